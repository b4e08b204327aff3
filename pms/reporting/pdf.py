"""A story on paper: A4 or A5, page x of y, bookmarks, the same bytes whenever it is printed again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from pms.reporting import fonts
from pms.reporting.blocks import (
    Block,
    Chart,
    Code,
    Cut,
    Fields,
    Foot,
    Heading,
    Kpis,
    Notes,
    Signatures,
    Table,
    Words,
)
from pms.reporting.charts import draw_chart, draw_kpis
from pms.reporting.pen import BAND, INK_2
from pms.reporting.rendering import Pdf
from pms.reporting.setting import Setting
from pms.reporting.sheet import Sheet
from pms.reporting.slips import draw_code, draw_cut, draw_fields, draw_signatures, draw_words
from pms.reporting.tables import BASE, PAD, ROW, SIZE, draw_table

FOOT_LINE = 11.0
EMBEDDING = Lock()  # cutting a face down for a file moves the one cursor all threads read it with


def draw(story: Iterable[Block], setting: Setting) -> Pdf:
    """The PDF of a story. Letters no face has are warned about in the log and print as a box."""
    sheet = Sheet(setting)
    sheet.canvas.setTitle(setting.line(setting.title))
    sheet.canvas.setAuthor(setting.house.called(setting.lang))
    sheet.canvas.setSubject(setting.code)
    sheet.canvas.setCreator("Innkeep")
    for block in story:
        if not sheet.page and not isinstance(block, Heading):
            sheet.begin()
        DRAWERS[type(block)](sheet, block)
    if not sheet.page:
        sheet.begin()
    fonts.warn_missing(sheet.letters, setting.code or str(setting.title))
    with EMBEDDING:
        printed = Pdf(sheet.close())
    printed.pages = sheet.page
    return printed


def draw_heading(sheet: Sheet, block: Heading) -> None:
    """A new part with its own head, on a new page."""
    sheet.head = (block.title, block.day, block.sub)
    sheet.begin()
    sheet.bookmark(block.title, 0)


def draw_notes(sheet: Sheet, block: Notes) -> None:
    sheet.down -= 4
    sheet.space(2 * ROW)
    sheet.box(sheet.left, sheet.down, sheet.right - sheet.left, ROW, BAND)
    sheet.bookmark(block.label, 1)
    sheet.pair(sheet.left + PAD + 1, sheet.down + BASE, block.label, SIZE)
    sheet.down += ROW + 1
    room = sheet.right - sheet.left - 20
    for sentence in block.sentences:
        for number, line in enumerate(fonts.wrap(sheet.setting.line(sentence), False, SIZE, room)):
            sheet.space(ROW)
            if number == 0:
                sheet.dot(sheet.left + 8, sheet.down + BASE - 3, 0.7)
            sheet.text(sheet.left + 14, sheet.down + BASE, line, SIZE)
            sheet.down += ROW - 1
    sheet.down += 4


def draw_foot(sheet: Sheet, block: Foot) -> None:
    """At the very foot of the last page; two languages share a line where they fit."""
    room = sheet.right - sheet.left
    lines = [sheet.setting.line(block.sentence)]
    if fonts.width(lines[0], False, 8) > room:
        lines = list(filter(None, sheet.setting.pair(block.sentence)))
    sheet.space(FOOT_LINE * len(lines))
    for above, words in enumerate(reversed(lines)):
        down = sheet.bottom + 2 - FOOT_LINE * above
        sheet.text(sheet.left, down, fonts.fit(words, False, 8, room), 8, colour=INK_2)
    sheet.down = sheet.bottom


DRAWERS: dict[type, Callable[[Sheet, Any], None]] = {
    Heading: draw_heading,
    Table: draw_table,
    Kpis: draw_kpis,
    Chart: draw_chart,
    Notes: draw_notes,
    Foot: draw_foot,
    Fields: draw_fields,
    Words: draw_words,
    Signatures: draw_signatures,
    Code: draw_code,
    Cut: draw_cut,
}
