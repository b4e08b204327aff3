"""The two faces of the papers: widths, cutting off, wrapping, and letters a face lacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

import structlog
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from pms import home

REGULAR, BOLD = "InnkeepPaper-Regular", "InnkeepPaper-Bold"
ELLIPSIS = "…"
# Chinese punctuation does not begin a line, nor does an opening bracket end one.
NOT_FIRST = "，。：；！？、）」』】》”’,.;:!?)"
log = structlog.get_logger("pms")


@cache
def face(name: str) -> TTFont:
    """The face, loaded and registered once in a process (0.1 s each)."""
    font = TTFont(name, str(home.PACKAGE / "fonts" / f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=50_000)
def width(text: str, bold: bool, size: float) -> float:
    """How wide `text` prints, in points."""
    return sum(_letters_width(piece, name) for name, piece in pieces(text, bold)) * size / 1000


def _letters_width(text: str, name: str) -> float:
    metrics = face(name).face
    get, default = metrics.charWidths.get, metrics.defaultWidth
    return sum(get(ord(letter), default) for letter in text)


@lru_cache(maxsize=50_000)
def pieces(text: str, bold: bool) -> tuple[tuple[str, str], ...]:
    """The text by face: rare letters on a bold line come from Regular."""
    if not bold:
        return ((REGULAR, text),)
    if text.isascii():
        return ((BOLD, text),)
    known, more = face(BOLD).face.charToGlyph, face(REGULAR).face.charToGlyph
    by_face = groupby(text, lambda letter: REGULAR if ord(letter) not in known and ord(letter) in more else BOLD)
    return tuple((name, "".join(letters)) for name, letters in by_face)


def missing(text: str) -> set[str]:
    """Letters no face has; they print as a box."""
    if text.isascii():
        return set()
    known = face(REGULAR).face.charToGlyph
    return {letter for letter in text if ord(letter) not in known}


def warn_missing(letters: set[str], paper: str) -> None:
    """Say which letters a paper could not print, by code point: the log holds no names of guests."""
    if letters:
        log.warning("missing_glyphs", paper=paper, letters=[f"U+{ord(letter):04X}" for letter in sorted(letters)])


@lru_cache(maxsize=50_000)
def fit(text: str, bold: bool, size: float, room: float) -> str:
    """`text`, cut off with an ellipsis where it is wider than `room` points."""
    if width(text, bold, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, bold, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS if low else ""


def wrap(text: str, bold: bool, size: float, room: float) -> Iterator[str]:
    """Lines no wider than `room`: broken at spaces and between hanzi; a word that is too long is broken anywhere."""
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in _words(paragraph):
            while line and width((line + word).rstrip(), bold, size) > room:
                yield line.rstrip()
                line, word = "", word.lstrip()
            while width(word.rstrip(), bold, size) > room:
                head = fit(word, bold, size, room)[:-1] or word[:1]
                yield head
                word = word[len(head) :]
            line += word
        yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    word = ""
    for letter in text:
        if word and letter not in NOT_FIRST and (_is_wide(letter) or _is_wide(word[-1]) or (word[-1] == " " != letter)):
            yield word
            word = ""
        word += letter
    if word:
        yield word


def _is_wide(letter: str) -> bool:
    return "\u2e80" <= letter <= "\ud7ff" or "\uf900" <= letter <= "\uffef"
