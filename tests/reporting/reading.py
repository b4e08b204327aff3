"""What a reader or a program gets out of a printed paper."""

from __future__ import annotations

import io
import shutil
import subprocess

import pytest
from pypdf import PdfReader

from pms.reporting.catalogue import find
from pms.reporting.rendering import Pdf, render_pdf
from tests.reporting.samples import DAY, HOUSE
from tests.reporting.samples_lists import read


def printed(name: str, lang: str = "en", rows: dict[str, list] | None = None) -> Pdf:
    """A paper of the believable evening; `rows` replaces some of its lists."""
    found = rows or {}
    return render_pdf(find(name), lambda what, day: found[what] if what in found else read(what, day), DAY, lang, HOUSE)


def text_of(pdf: bytes) -> str:
    """The words of a PDF as pdftotext gives them, one line a row."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils)")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page as pypdf gives them."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def outline_of(pdf: bytes) -> list[tuple[int, str]]:
    """The bookmarks as (depth, title)."""

    def walk(entries: list, depth: int) -> list[tuple[int, str]]:
        found = []
        for entry in entries:
            found.extend(walk(entry, depth + 1) if isinstance(entry, list) else [(depth, str(entry.title))])
        return found

    return walk(PdfReader(io.BytesIO(pdf)).outline, 0)
