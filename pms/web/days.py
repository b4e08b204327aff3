"""Days as a clerk types them with the telephone in one hand: `fri`, `+3`, `26/11`, `today`, `周五`, `2026-11-26`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pms.errors import Refused
from pms.say import say

TODAY = {"", "t", "today", "今天", "今日"}
TOMORROW = {"tm", "tomorrow", "明天", "明日"}
AFTER_TOMORROW = {"后天", "後天"}
WEEKDAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_ZH = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
NUMBERS = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*([-./月])\s*(\d{1,2})\s*日?")
DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?")


def parse_day(text: str, today: date, *, past: bool = False) -> date:
    """The day meant by `text` as seen from `today`, usually the business date.

    `+3` and `-1` count from today; a weekday is the next one, never today; `26/11` and `26.11` are day and month,
    `11-26` and `11月26日` month and day. Without a year it is the next such day, with `past` the last one.
    Raises `Refused` with how to write it.
    """
    typed = text.strip().lower().replace("／", "/").replace("＋", "+").replace("－", "-")
    found = _named(typed, today) or _counted(typed, today) or _written(typed, today, past)
    if found is None:
        raise Refused(say("{text} is not a day. Write fri, +3, 26/11 or 2026-11-26.", text=text.strip()))
    return found


def _named(typed: str, today: date) -> date | None:
    if typed in TODAY:
        return today
    if typed in TOMORROW:
        return today + timedelta(days=1)
    if typed in AFTER_TOMORROW:
        return today + timedelta(days=2)
    weekday = None
    if found := WEEKDAY_ZH.fullmatch(typed):
        weekday = "一二三四五六日".index(found[1].replace("天", "日"))
    elif len(typed) >= 2 and typed.isalpha():
        weekday = next((n for n, name in enumerate(WEEKDAYS_EN) if name.startswith(typed)), None)
    if weekday is None:
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _counted(typed: str, today: date) -> date | None:
    if not re.fullmatch(r"[+-]\d{1,3}", typed):
        return None
    return today + timedelta(days=int(typed))


def _written(typed: str, today: date, past: bool) -> date | None:
    if found := DAY_FIRST.fullmatch(typed):
        day, month, year = found[1], found[2], found[3]
    elif found := NUMBERS.fullmatch(typed):
        year, month, day = found[1], found[2], found[4]
    else:
        return None
    if year:
        return _date(int(year), month, day)
    step = -1 if past else 1
    candidates = (_date(today.year + step * n, month, day) for n in range(9))  # 29 February comes every eighth at worst
    return next((d for d in candidates if d and (d <= today if past else d >= today)), None)


def _date(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None
