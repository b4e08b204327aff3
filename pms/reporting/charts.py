"""The figures and the bar chart of the manager's papers, drawn as vectors."""

from __future__ import annotations

from pms.reporting import fonts
from pms.reporting.blocks import Bar, Chart, Kpis
from pms.reporting.pen import INK, INK_2, LINE, STAY, WHITE
from pms.reporting.sheet import Sheet
from pms.say import say

HIGH = 102.0  # of the 100 % line above the axis
AXIS = 26.0  # room for the percent at the right


def draw_kpis(sheet: Sheet, kpis: Kpis) -> None:
    """Figures side by side, parted by hairlines."""
    sheet.space(60)
    top = sheet.down + 14
    step = (sheet.right - sheet.left) / len(kpis.figures)
    for number, kpi in enumerate(kpis.figures):
        x = sheet.left + number * step
        room = step - 12
        if number:
            sheet.upright(x - 8, top - 2, top + 43, 0.5)
        label = sheet.setting.label(kpi.label)
        sheet.text(x, top + 6, fonts.fit(label, False, 8, room), 8, colour=INK_2)
        figure = kpi.kind.show(kpi.value, sheet.setting.lang, sheet.setting.house) or "–"
        sheet.text(x, top + 27, figure, 20, bold=True)
        if kpi.note is not None:
            note = sheet.setting.pair(kpi.note)[0]
            sheet.text(x, top + 41, fonts.fit(note, False, 8, room), 8, colour=INK_2)
    sheet.down = top + 46


def draw_chart(sheet: Sheet, chart: Chart) -> None:
    """Occupancy by day: filled is slept, outlined is on the books, a dot is last year, the peak or the day is named."""
    sheet.space(HIGH + 50)
    sheet.down += 18
    sheet.bookmark(chart.title, 1)
    sheet.pair(sheet.left, sheet.down, chart.title, 10)
    _draw_legend(sheet, chart)
    top = sheet.down + 12
    axis = top + HIGH
    end = sheet.right - AXIS
    for percent in (100, 50):
        down = axis - HIGH * percent / 100
        sheet.level(sheet.left, end, down, 0.4, LINE)
        sheet.text_right(sheet.right, down + 3, f"{percent} %", 8, colour=INK_2)
    if chart.bars:
        step = (end - sheet.left) / len(chart.bars)
        named = _named(chart)
        for number, bar in enumerate(chart.bars):
            _draw_bar(sheet, bar, sheet.left + number * step, step, axis, bar is named)
            if bar is named or (bar.day.day == 1 or bar.day.day % 7 == 0):
                middle, colour = sheet.left + (number + 0.5) * step, INK if bar is named else INK_2
                sheet.text_centred(middle, axis + 9, str(bar.day.day), 7.5, bold=bar is named, colour=colour)
    sheet.level(sheet.left, end, axis, 0.7)
    sheet.down = axis + 14


def _named(chart: Chart) -> Bar:
    """The bar whose figure is written out: the day of the paper, else the peak."""
    of_day = [bar for bar in chart.bars if bar.day == chart.mark]
    return of_day[0] if of_day else max(chart.bars, key=lambda bar: bar.value)


def _draw_bar(sheet: Sheet, bar: Bar, x: float, step: float, axis: float, named: bool) -> None:
    gap = step * 0.14
    high = HIGH * min(bar.value, 105.0) / 100
    if bar.booked:
        sheet.frame(x + gap, axis - high, step - 2 * gap, high, 0.8, STAY)
    else:
        sheet.box(x + gap, axis - high, step - 2 * gap, high, STAY)
    if bar.last_year is not None:
        sheet.dot(x + step / 2, axis - HIGH * min(bar.last_year, 105.0) / 100, 2.2, edge=WHITE)
    if named:
        sheet.text_centred(x + step / 2, axis - high - 5, f"{bar.value:.1f}", 8, bold=True)


def _draw_legend(sheet: Sheet, chart: Chart) -> None:
    x = sheet.right
    entries = (
        (say("last year"), "dot", any(bar.last_year is not None for bar in chart.bars)),
        (say("on the books"), "outline", any(bar.booked for bar in chart.bars)),
        (say("sold"), "filled", any(not bar.booked for bar in chart.bars)),
    )
    for words, sign, wanted in entries:
        if not wanted:
            continue
        start = sheet.text_right(x, sheet.down, sheet.setting.label(words), 8, colour=INK_2)
        if sign == "dot":
            sheet.dot(start - 9, sheet.down - 3, 1.7)
        elif sign == "outline":
            sheet.frame(start - 12, sheet.down - 7, 8, 8, 0.8, STAY)
        else:
            sheet.box(start - 12, sheet.down - 7, 8, 8, STAY)
        x = start - 26
