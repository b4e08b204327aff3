"""A paper of the catalogue as PDF, CSV or XLSX. What is printed depends on the rows, the date and the house alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from pms.reporting.blocks import Block
from pms.reporting.catalogue import Read, Report, readers_line
from pms.reporting.kinds import House
from pms.say import Say, say

LANGUAGES = ("en", "zh", "both")
FORMATS = ("pdf", "csv", "xlsx")


class Pdf(bytes):
    """The bytes of a PDF, and how many pages it has."""

    pages: int = 0


def render(report: Report, read: Read, day: date, lang: str, house: House, form: str = "pdf") -> bytes:
    """The paper in one of FORMATS."""
    return {"pdf": render_pdf, "csv": render_csv, "xlsx": render_xlsx}[form](report, read, day, lang, house)


def render_pdf(report: Report, read: Read, day: date, lang: str, house: House) -> Pdf:
    """`lang` is "en", "zh" or "both"; the same bytes every time for the same rows."""
    from pms.reporting.pdf import draw
    from pms.reporting.setting import Setting

    setting = Setting(
        edition_title(report),
        report.code,
        readers_line(report.readers, lang),
        house,
        lang,
        report.wide,
        restricted=bool(report.audience),
    )
    return draw(blocks(report, read, day), setting)


def render_csv(report: Report, read: Read, day: date, lang: str, house: House) -> bytes:
    from pms.reporting.exports import to_csv

    return to_csv(blocks(report, read, day), lang, house)


def render_xlsx(report: Report, read: Read, day: date, lang: str, house: House) -> bytes:
    from pms.reporting.exports import to_xlsx

    return to_xlsx(blocks(report, read, day), lang, house)


def blocks(report: Report, read: Read, day: date) -> Iterable[Block]:
    """The story for the paper's audience."""
    return report.story(read if report.audience else without_undisclosed(read), day)


def without_undisclosed(read: Read) -> Read:
    """Rows of guests who want no disclosure do not exist for a paper that others read; rows about rooms and things
    (field `guest_incognito`), which those others work from, lose the name only.
    """

    def reading(name: str, day: date) -> Sequence[Any]:
        shown = (row for row in read(name, day) if not getattr(row, "incognito", False))
        return [row._replace(guest="") if getattr(row, "guest_incognito", False) else row for row in shown]

    return reading


def edition_title(report: Report) -> Say:
    return say("{title} (restricted)", title=report.title) if report.audience else report.title
