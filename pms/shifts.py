"""The three shifts of the house (H): their names, hours, and which one works at a moment."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from pms.say import Say, say, translate


class Shift(StrEnum):
    EARLY = "early"
    LATE = "late"
    NIGHT = "night"

    @property
    def hours(self) -> str:
        """`7–15`"""
        return "{}–{}".format(*HOURS[self])

    def in_language(self, lang: str) -> str:
        """As pms.say asks: the name with its hours."""
        return f"{translate(SHIFT_NAMES[self], lang)} {self.hours}"


SHIFT_NAMES: dict[Shift, Say] = {
    Shift.EARLY: say("Early shift"),
    Shift.LATE: say("Late shift"),
    Shift.NIGHT: say("Night shift"),
}
HOURS: dict[Shift, tuple[int, int]] = {Shift.EARLY: (7, 15), Shift.LATE: (15, 23), Shift.NIGHT: (23, 7)}
HALF = timedelta(hours=4)


class Duty(NamedTuple):
    """One shift of one day; `day` is the calendar day on which it began, also after midnight."""

    day: date
    shift: Shift


def shift_at(hour: int) -> Shift:
    """Which shift works at an hour of the hotel's clock."""
    return next((s for s, (first, until) in HOURS.items() if first <= hour < until), Shift.NIGHT)


def duty_at(local: datetime) -> Duty:
    """The shift that works at a moment on the hotel's clock."""
    shift = shift_at(local.hour)
    began_yesterday = shift is Shift.NIGHT and local.hour < HOURS[Shift.NIGHT][1]
    return Duty(local.date() - timedelta(days=1) if began_yesterday else local.date(), shift)


def ending(local: datetime) -> Duty:
    """The shift that is handed over at a moment: from its middle until the next one's middle."""
    return duty_at(local - HALF)


def next_shift_ends(local: datetime) -> datetime:
    """When the shift after the one that is handed over ends, on the hotel's clock: a night of a clock change is longer
    or shorter than eight hours.
    """
    duty = ending(local)
    began = datetime.combine(duty.day, time(HOURS[duty.shift][0]), tzinfo=local.tzinfo)
    return began + 4 * HALF  # of the clock, not of the sun: the zone is looked up afterwards
