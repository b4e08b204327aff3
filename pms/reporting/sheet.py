"""One sheet after another, A4 or A5: head, foot, page x of y, bookmarks."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from pms.reporting import fonts
from pms.reporting.pen import INK, INK_2, INK_3, LINE, Pen
from pms.reporting.setting import Setting
from pms.say import Say, format_date, say

TITLE_GAP, PAIR_GAP = 9.0, 5.0
FOOT = 10.0
LOCALES = {"en": "en", "zh": "zh-CN", "both": "en"}  # for screen readers


class Sheet(Pen):
    """The page being drawn; `down` is how far from the top the next thing goes."""

    def __init__(self, setting: Setting) -> None:
        size = landscape(A4) if setting.wide else A5 if setting.small else A4
        self.buffer = io.BytesIO()
        lang = LOCALES[setting.lang]
        super().__init__(Canvas(self.buffer, pagesize=size, invariant=1, pageCompression=1, lang=lang), *size)
        self.setting = setting
        self.margin = (12 if setting.wide else 10 if setting.small else 15) * mm
        self.left, self.right = self.margin, self.width - self.margin
        self.bottom = self.height - self.margin - FOOT - 8
        self.head: tuple[Say, date | None, Say | None] | None = None
        self.page = 0
        self.down = self.margin

    def begin(self) -> None:
        """A new page, with the head of the paper when it has one."""
        if self.page:
            self._finish()
        self.page += 1
        self.down = self.margin
        if self.head:
            self._draw_head(*self.head)

    def space(self, needed: float) -> bool:
        """Begin a new page unless `needed` points are left; True when it did."""
        if self.page and self.down + needed <= self.bottom:
            return False
        self.begin()
        return True

    def close(self) -> bytes:
        """The finished file."""
        self._finish()
        for number in range(1, self.page + 1):
            self.canvas.beginForm(f"foot{number}")
            self._draw_foot(number)
            self.canvas.endForm()
        self.canvas.save()
        return self.buffer.getvalue()

    def bookmark(self, sentence: Say, level: int) -> None:
        """An entry of the outline that leads here."""
        key = f"p{self.page}y{self.down:.0f}l{level}"
        self.canvas.bookmarkHorizontal(key, 0, self.height - self.down + 14)
        self.canvas.addOutlineEntry(self.setting.line(sentence), key, level, closed=False)

    def _finish(self) -> None:
        self.canvas.doForm(f"foot{self.page}")  # drawn at the end, when the number of pages is known
        self.canvas.showPage()

    def _draw_head(self, title: Say, day: date | None, sub: Say | None) -> None:
        setting, top = self.setting, self.margin
        start = self.right
        if day is not None:
            languages = ("en", "zh") if setting.lang == "both" else (setting.lang,)
            dates = "  ".join(format_date(day, lang) for lang in languages)
            start = self.text_right(self.right, top + 8, dates, 10, bold=True)
            self.text_right(self.right, top + 21, setting.label(say("Business date")), 8, colour=INK_3)
        self._draw_title(title, top + 13, start)
        if sub is not None:
            words = fonts.fit(setting.line(sub), False, 8.5, self.right - self.left - 100)
            self.text(self.left, top + 26.5, words, 8.5, colour=INK_2)
        self.rule(top + 33, 1.2)
        self.down = top + 33

    def _draw_title(self, title: Say, down: float, end: float) -> None:
        """The title before `end`, in smaller letters where it is too long."""
        main, second = self.setting.pair(title)
        plate = self.setting.label(say("restricted")) if self.setting.restricted else ""
        letters = fonts.width(main, True, 17) + fonts.width(second, True, 15) + fonts.width(plate, True, 8)
        scale = min(1.0, (end - self.left) / (letters + 4 * TITLE_GAP))
        after = self.text(self.left, down, main, 17 * scale, bold=True)
        if second:
            after = self.text(after + TITLE_GAP, down, second, 15 * scale, bold=True, colour=INK_2)
        if plate:
            self.plate(after + TITLE_GAP, down - 11, plate, 8)

    def _draw_foot(self, number: int) -> None:
        setting, base = self.setting, self.height - self.margin
        self.rule(base - FOOT, 0.3, LINE)
        after = self.text(self.left, base, setting.house.called(setting.lang), 7.5, bold=True)
        page = say("Page {page} of {pages}", page=number, pages=self.page)
        start = self.text_right(self.right, base, setting.line(page), 7.5, colour=INK_2)
        readers = f"{setting.code}   {setting.readers}" if setting.code else setting.readers
        readers = fonts.fit(readers, False, 7.5, start - after - 32)
        self.text(after + 22, base, readers, 7.5, colour=INK_2)

    def pair(self, x: float, down: float, sentence: Any, size: float, *, bold: bool = True, room: float = 0) -> float:
        """The main words and the Chinese beside them in a lighter ink; returns where they end."""
        main, second = self.setting.pair(sentence)
        if room:
            main = fonts.fit(main, bold, size, room)
            second = fonts.fit(second, False, size, max(room - fonts.width(main, bold, size) - PAIR_GAP, 0))
        after = self.text(x, down, main, size, bold=bold)
        return self.text(after + PAIR_GAP, down, second, size, colour=INK_2) if second else after

    def rule(self, down: float, weight: float, colour: str = INK) -> None:
        """A line across the sheet."""
        self.level(self.left, self.right, down, weight, colour)
