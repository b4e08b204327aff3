"""A form of one record as a PDF: reports/forms/NAME.py filled with it. Knows no feature, so that all may print."""

from __future__ import annotations

from typing import Any

from pms import home
from pms.reporting.catalogue import LANDSCAPE, PORTRAIT, SMALL
from pms.reporting.kinds import House
from pms.reporting.rendering import Pdf


def render_form(name: str, record: Any, lang: str, house: House) -> Pdf:
    """The form of reports/forms/NAME.py filled with a record."""
    from pms.reporting.pdf import draw
    from pms.reporting.setting import Setting

    form = home.load_form(name)
    readers = "  ".join(filter(None, (house.address, house.telephone)))
    paper = getattr(form, "PAPER", PORTRAIT)
    wide, small = paper == LANDSCAPE, paper == SMALL
    return draw(form.story(record), Setting(form.TITLE, form.CODE, readers, house, lang, wide, small=small))


def tabulate_form(name: str, record: Any, lang: str, house: House, form: str) -> bytes:
    """The tables of a form for a spreadsheet: `form` is csv or xlsx."""
    from pms.reporting.exports import to_csv, to_xlsx

    story = home.load_form(name).story(record)
    return to_csv(story, lang, house) if form == "csv" else to_xlsx(story, lang, house)
