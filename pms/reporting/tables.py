"""Tables drawn straight onto the sheet: plain strings, fixed rows, no grid; 10,000 rows take about two seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pms.reporting import fonts
from pms.reporting.blocks import Band, Cell, Column, Table
from pms.reporting.kinds import CENTRE, RIGHT, Kind, bilingual
from pms.reporting.kinds import words as words_of
from pms.reporting.pen import BAND, INK, INK_2, INK_3, LINE
from pms.reporting.sheet import Sheet
from pms.say import Say, say

ROW, SIZE, HEAD, HEAD_2 = 14.6, 8.4, 7.5, 7.0
PAD, INDENT = 3.0, 10.0
TOTAL = say("Total")
BASE = 10.2  # from the top of a row to its letters' foot


@dataclass(frozen=True, slots=True)
class Slot:
    """A column with its place on the sheet."""

    column: Column
    x1: float
    x2: float

    @property
    def room(self) -> float:
        return self.x2 - self.x1 - 2 * PAD


def slots(columns: Sequence[Column], left: float, right: float) -> list[Slot]:
    """Share the width out by the columns' widths."""
    scale = (right - left) / sum(column.width for column in columns)
    found, x = [], left
    for column in columns:
        found.append(Slot(column, x, x + column.width * scale))
        x += column.width * scale
    return found


def draw_table(sheet: Sheet, table: Table) -> None:
    """Head, bands, rows and total; the head stands again on each new page."""
    places = slots(table.columns, sheet.left, sheet.right)
    sheet.space(4 * ROW)
    if table.title is not None:
        sheet.down += 20
        sheet.bookmark(table.title, 1)
        sheet.pair(sheet.left, sheet.down - 4, table.title, 10)
    _draw_heads(sheet, places)
    if not any(band.rows for band in table.bands):
        _draw_empty(sheet, table.empty)
    for band in table.bands:
        _draw_band(sheet, band, places)
    if table.total:
        _draw_total(sheet, table, places)
    sheet.down += 4


def _draw_heads(sheet: Sheet, places: Sequence[Slot]) -> None:
    two = sheet.setting.lang == "both"
    for place in places:
        main, second = sheet.setting.pair(place.column.title)
        _put(sheet, place, sheet.down + 11.5, main, HEAD, bold=True)
        _put(sheet, place, sheet.down + 20.5, second, HEAD_2, colour=INK_2)
    sheet.down += 25 if two else 16
    sheet.rule(sheet.down, 0.7)


def _draw_empty(sheet: Sheet, words: Say | None) -> None:
    if words is not None:
        sheet.text(sheet.left + PAD, sheet.down + BASE, sheet.setting.line(words), SIZE, colour=INK_2)
        sheet.down += ROW


def _draw_band(sheet: Sheet, band: Band, places: Sequence[Slot]) -> None:
    if band.label is not None:
        if sheet.space(3 * ROW):
            _draw_heads(sheet, places)
        _draw_band_label(sheet, band)
    last = len(band.rows)
    for number, row in enumerate(band.rows, 1):
        if sheet.space(ROW):
            _draw_heads(sheet, places)
        _draw_row(sheet, row, places)
        sheet.down += ROW
        if number < last:
            fifth = number % 5 == 0
            sheet.rule(sheet.down, 0.6 if fifth else 0.3, INK_3 if fifth else LINE)


def _draw_band_label(sheet: Sheet, band: Band) -> None:
    assert band.label is not None
    sheet.box(sheet.left, sheet.down, sheet.right - sheet.left, ROW, BAND)
    sheet.bookmark(band.label, 1)
    sheet.pair(sheet.left + PAD + 1, sheet.down + BASE, band.label, SIZE)
    if band.count is not None:
        number, unit = band.count
        words = f"{number:,} {sheet.setting.label(unit)}"
        sheet.text_right(sheet.right - PAD - 1, sheet.down + BASE, words, SIZE, colour=INK_2)
    sheet.down += ROW


def _draw_row(sheet: Sheet, row: Any, places: Sequence[Slot]) -> None:
    setting, base = sheet.setting, sheet.down + BASE
    for place in places:
        value, kind, bold, indent = resolve(place.column, row)
        if value is None or value == "":
            continue
        if kind is bilingual and not isinstance(value, str):
            sheet.pair(place.x1 + PAD + indent, base, value, SIZE, bold=bold, room=place.room - indent)
            continue
        words = kind.show(value, setting.lang, setting.house)
        if kind.plate:
            sheet.plate(place.x1 + PAD - 1, sheet.down + 2.4, words, 7.2)
            continue
        words, size = _fitted(words, kind, bold, place.room - indent)
        sheet.text(_start(place, kind.align, words, bold, size) + indent, base, words, size, bold=bold)


def resolve(column: Column, row: Any) -> tuple[Any, Kind, bool, float]:
    """What a column shows of a row: value, kind, bold, indent."""
    value = column.value(row)
    if isinstance(value, Cell):
        kind = value.kind or column.kind
        return value.value, kind, value.bold or kind.bold, INDENT if value.indent else 0.0
    return value, column.kind, column.kind.bold, 0.0


def _fitted(words: str, kind: Kind, bold: bool, room: float) -> tuple[str, float]:
    """Names are cut off; a number, time or state that is too wide is printed smaller, never cut."""
    if kind.cut:
        return fonts.fit(words.replace("\n", " "), bold, SIZE, room), SIZE
    wide = fonts.width(words, bold, SIZE)
    return words, SIZE if wide <= room else round(SIZE * room / wide, 2)


def _start(place: Slot, align: str, words: str, bold: bool, size: float) -> float:
    if align == RIGHT:
        return place.x2 - PAD - fonts.width(words, bold, size)
    if align == CENTRE:
        return (place.x1 + place.x2 - fonts.width(words, bold, size)) / 2
    return place.x1 + PAD


def _put(
    sheet: Sheet, place: Slot, down: float, words: str, size: float, *, bold: bool = False, colour: str = INK
) -> None:
    sheet.text(_start(place, place.column.kind.align, words, bold, size), down, words, size, bold=bold, colour=colour)


def _draw_total(sheet: Sheet, table: Table, places: Sequence[Slot]) -> None:
    """Figures under their columns; words may run on over the empty columns beside them."""
    setting = sheet.setting
    if sheet.space(ROW + 2):
        _draw_heads(sheet, places)
    sheet.rule(sheet.down, 1.0)
    base = sheet.down + BASE + 1
    used = sheet.text(sheet.left + PAD, base, setting.label(TOTAL), SIZE + 0.4, bold=True)
    for place in places:
        value = table.total.get(place.column.of)
        if isinstance(value, Say):
            used = sheet.text(max(place.x1 + PAD, used + 8), base, setting.line(value), SIZE, bold=True)
        elif isinstance(value, Cell):
            quiet = words_of(value.value, setting.lang)
            used = sheet.text(max(place.x1 + PAD, used + 8), base, quiet, SIZE, colour=INK_2)
        elif value is not None:
            _put(sheet, place, base, place.column.kind.show(value, setting.lang, setting.house), SIZE, bold=True)
            used = place.x2
    sheet.down += ROW + 2
