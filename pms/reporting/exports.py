"""The tables of a story for a spreadsheet: CSV and XLSX with the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from pms.reporting.blocks import Band, Block, Cell, Column, Heading, Table
from pms.reporting.kinds import House
from pms.say import Say, both, say, translate

# A spreadsheet runs a text that begins like this as a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same rows give the same bytes


def grids(story: Iterable[Block], lang: str, house: House) -> Iterator[tuple[str, list[list[Any]]]]:
    """Each table as (title, rows with the heads first); values are text, int, Decimal or None."""
    title = ""
    for block in story:
        if isinstance(block, Heading):
            title = _words(block.title, lang)
        elif isinstance(block, Table):
            name = _words(block.title, lang) if block.title else title
            yield name, _grid(block, lang, house)


def _grid(table: Table, lang: str, house: House) -> list[list[Any]]:
    parts = any(band.label for band in table.bands)
    heads: list[Any] = [_words(column.title, lang) for column in table.columns]
    rows = [[_words(say("Part"), lang), *heads] if parts else heads]
    for band in table.bands:
        rows.extend(_row(band, row, table.columns, parts, lang, house) for row in band.rows)
    return rows


def _row(band: Band, row: Any, columns: Iterable[Column], parts: bool, lang: str, house: House) -> list[Any]:
    cells = [_plain(column, row, lang, house) for column in columns]
    return [_words(band.label, lang) if band.label else "", *cells] if parts else cells


def _plain(column: Column, row: Any, lang: str, house: House) -> Any:
    value, kind = column.value(row), column.kind
    if isinstance(value, Cell):
        value, kind = value.value, value.kind or kind
    return kind.plain(value, lang, house)


def _words(sentence: Say, lang: str) -> str:
    return both(sentence) if lang == "both" else translate(sentence, lang)


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would run gets an apostrophe in front; numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def to_csv(story: Iterable[Block], lang: str, house: House) -> bytes:
    """UTF-8 with a mark, so that Excel reads the Chinese; several tables are parted by an empty line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for number, (title, rows) in enumerate(grids(story, lang, house)):
        if number:
            writer.writerow([])
            writer.writerow([harmless(title)])
        writer.writerows([[harmless(value) for value in row] for row in rows])
    return buffer.getvalue().encode("utf-8-sig")


def to_xlsx(story: Iterable[Block], lang: str, house: House) -> bytes:
    """A sheet a table; text is written as text, never as a formula or a link."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": LONG_AGO})
    bold = book.add_format({"bold": True})
    taken: set[str] = set()
    for title, rows in grids(story, lang, house):
        sheet = book.add_worksheet(_sheet_name(title, taken))
        sheet.freeze_panes(1, 0)
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                _write(sheet, down, across, value, bold if down == 0 else None)
    if not taken:
        book.add_worksheet()
    book.close()
    return buffer.getvalue()


def _write(sheet: Any, down: int, across: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | Decimal):
        sheet.write_number(down, across, value, style)
    else:
        sheet.write_string(down, across, str(value), style)


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 letters, none of []:*?/\\, each name once."""
    clean = "".join(" " if letter in "[]:*?/\\" else letter for letter in title)[:28].strip("' ") or "Sheet"
    name, number = clean, 2
    while name.lower() in taken:
        name, number = f"{clean} {number}", number + 1
    taken.add(name.lower())
    return name
