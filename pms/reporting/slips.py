"""The parts of a form: labelled fields, words, lines to sign on, codes for a scanner, where to cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import segno

from pms.reporting import fonts
from pms.reporting.blocks import Cell, Code, Cut, Fields, Signatures, Words
from pms.reporting.kinds import bilingual
from pms.reporting.pen import INK, INK_2, INK_3, LINE
from pms.reporting.sheet import Sheet

FIELD = 27.0
QUIET = 2  # modules of white around a QR code
SEAM = 0.08  # rows overlap a little, else some viewers show light lines between them


def draw_fields(sheet: Sheet, block: Fields) -> None:
    """Labels small above, values below; a value that is not known leaves its line empty to write on."""
    step = (sheet.right - sheet.left) / block.abreast
    for number, (label, value) in enumerate(block.pairs):
        if number % block.abreast == 0:
            sheet.space(FIELD)
            sheet.down += FIELD
        x = sheet.left + (number % block.abreast) * step
        room = step - 10
        kind, value = (value.kind or bilingual, value.value) if isinstance(value, Cell) else (bilingual, value)
        words = kind.show(value, sheet.setting.lang, sheet.setting.house)
        caption = fonts.fit(sheet.setting.label(label), False, 7, room)
        sheet.text(x, sheet.down - 15, caption, 7, colour=INK_2)
        sheet.text(x, sheet.down - 4, fonts.fit(words, True, 9.5, room), 9.5, bold=True)
        sheet.level(x, x + room, sheet.down, 0.4, LINE)
    sheet.down += 4


def draw_words(sheet: Sheet, block: Words) -> None:
    """A paragraph; on a bilingual paper each language stands on lines of its own."""
    texts = sheet.setting.pair(block.sentence) if not isinstance(block.sentence, str) else (block.sentence,)
    for text in filter(None, texts):
        for line in fonts.wrap(text, block.bold, block.size, sheet.right - sheet.left):
            sheet.space(block.size * 1.5)
            sheet.down += block.size * 1.5
            sheet.text(sheet.left, sheet.down, line, block.size, bold=block.bold)
    sheet.down += 4


def draw_signatures(sheet: Sheet, block: Signatures) -> None:
    sheet.space(52)
    sheet.down += 38
    step = (sheet.right - sheet.left) / len(block.labels)
    for number, label in enumerate(block.labels):
        x = sheet.left + number * step
        sheet.level(x, x + step - 14, sheet.down, 0.7)
        caption = sheet.setting.label(label)
        sheet.text(x, sheet.down + 9, fonts.fit(caption, False, 7, step - 14), 7, colour=INK_2)
    sheet.down += 14


def draw_code(sheet: Sheet, block: Code) -> None:
    """A QR code as boxes (sharp on any printer), the number in large letters beside it."""
    modules = segno.make(block.content, error="m", micro=False).matrix
    size = 84.0 if block.big else 62.0
    sheet.space(size + 8)
    sheet.down += 6
    unit = size / (len(modules) + 2 * QUIET)
    for down, row in enumerate(modules):
        for across, length in _dark_runs(row):
            x, y = sheet.left + (across + QUIET) * unit, sheet.down + (down + QUIET) * unit
            sheet.box(x, y, length * unit, unit + SEAM, INK)
    sheet.text(sheet.left + size + 14, sheet.down + size / 2 + 10, block.caption, 34 if block.big else 22, bold=True)
    sheet.down += size + 2


def _dark_runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and how many stand side by side."""
    at = 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            yield at, length
        at += length


def draw_cut(sheet: Sheet, block: Cut) -> None:
    sheet.space(20)
    sheet.down += 14
    sheet.canvas.setDash(3, 3)
    sheet.rule(sheet.down, 0.6, INK_3)
    sheet.canvas.setDash()
    if block.label is not None:
        caption = sheet.setting.label(block.label)
        sheet.text_right(sheet.right, sheet.down - 3, caption, 7, colour=INK_2)
    sheet.down += 8
