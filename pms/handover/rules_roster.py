"""What a roster's cell says, which week a day lies in, who has no rest; decided without a database (H4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from pms.errors import Refused
from pms.say import Say, say
from pms.shifts import Shift

LETTERS: dict[Shift, Say] = {Shift.EARLY: say("E"), Shift.LATE: say("L"), Shift.NIGHT: say("N")}
TYPED: dict[str, Shift] = {
    "e": Shift.EARLY, "l": Shift.LATE, "n": Shift.NIGHT,
    "早": Shift.EARLY, "中": Shift.LATE, "晚": Shift.LATE, "夜": Shift.NIGHT,
}  # fmt: skip
MOST_POST = 24
WEEK = tuple(timedelta(days=n) for n in range(7))


class Cell(NamedTuple):
    """One shift of somebody on a day; `post` is where he stands, as typed."""

    shift: Shift
    post: str = ""


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days_of(monday: date) -> list[date]:
    return [monday + step for step in WEEK]


def parse_cell(text: str) -> Cell | None:
    """`e`, `N lobby`, `早 收银`; nothing typed is a day off. Raises `Refused` for what names no shift."""
    text = text.strip()
    if not text:
        return None
    shift, post = TYPED.get(text[0].lower()), text[1:]
    if shift is None or (post and text[0].isascii() and not post[0].isspace()):
        raise Refused(say("Write E, L or N and then the post, or nothing for a day off: not “{text}”.", text=text[:40]))
    if len(post.strip()) > MOST_POST:
        raise Refused(say("This is longer than {length} characters.", length=MOST_POST))
    return Cell(shift, post.strip())


def without_rest(shifts: Mapping[date, Shift]) -> set[date]:
    """The days on whose morning somebody goes on working who worked the night (23–7, then 7–15)."""
    nights = {day + timedelta(days=1) for day, shift in shifts.items() if shift is Shift.NIGHT}
    return {day for day, shift in shifts.items() if shift is Shift.EARLY and day in nights}
