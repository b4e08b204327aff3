"""Pure decisions about bookings: dates, persons, discounts, who is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from pms.departments import Department
from pms.errors import Refused
from pms.reservations.words import PARTIES
from pms.say import say

LONGEST_STAY = 365  # nights
FURTHEST_ARRIVAL = 3 * 366  # days ahead
NOON = "12:00"
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def check_dates(arrival: date, departure: date, today: date, *, day_use: bool) -> None:
    """Raises `Refused` unless the dates can be booked on the business date `today`."""
    if arrival < today:
        raise Refused(
            say("Arrival {arrival} is before the business date {today}.", arrival=arrival, today=today), field="arrival"
        )
    if (arrival - today).days > FURTHEST_ARRIVAL:
        raise Refused(say("Arrival {arrival} is too far ahead.", arrival=arrival), field="arrival")
    check_departure(arrival, departure, day_use=day_use)


def check_departure(arrival: date, departure: date, *, day_use: bool = False) -> None:
    """Raises `Refused` when a stay from `arrival` cannot end on `departure`."""
    if departure < arrival:
        raise Refused(say("Departure {departure} is before arrival.", departure=departure), field="departure")
    if departure == arrival and not day_use:
        raise Refused(say("Departure must be after arrival, except for day use."), field="departure")
    if departure > arrival and day_use:
        raise Refused(say("Day use ends on the day it begins."), field="departure")
    if (departure - arrival).days > LONGEST_STAY:
        raise Refused(say("A stay is at most {nights} nights.", nights=LONGEST_STAY), field="departure")


def last_night(arrival: date, departure: date) -> date:
    """The last night of a stay; of day use the day itself."""
    return max(arrival, departure - timedelta(days=1))


def check_persons(adults: int, children: int, capacity: int, type_code: str) -> None:
    """Raises `Refused` when nobody comes or more than the type holds."""
    if adults < 0 or children < 0 or adults + children < 1:
        raise Refused(say("Please enter how many persons come."), field="adults")
    if adults + children > capacity:
        raise Refused(
            say(
                "{persons} persons are too many for type {type}, which holds {capacity}.",
                persons=adults + children,
                type=type_code,
                capacity=capacity,
            ),
            field="adults",
        )


def expected_by(eta: str, *, guaranteed: bool, hold_hour: int) -> str:
    """HH:MM until which the desk waits for an arrival of today: its own time, else the hold hour (R7), else all day."""
    return eta or ("23:59" if guaranteed else f"{hold_hour:02d}:00")


def is_late(eta: str, *, guaranteed: bool, hold_hour: int, time: str) -> bool:
    """Is an arrival of today overdue 应到未到 at `time`, HH:MM of the hotel's clock?"""
    return time > expected_by(eta, guaranteed=guaranteed, hold_hour=hold_hour)


def check_party(party: str) -> None:
    if party not in PARTIES:
        raise Refused(say("Guests do not travel as {party} here.", party=party), field="party")


def check_eta(eta: str) -> None:
    """Raises `Refused` unless `eta` is a time of the day like 18:30, or empty."""
    check_time(eta, field="eta")


def check_early(eta: str, *, field: str = "eta") -> None:
    """Raises `Refused` when who is to come before noon is expected later."""
    if eta >= NOON:
        raise Refused(
            say("{time} is not before noon. Write an earlier hour, or take the early arrival off.", time=eta),
            field=field,
        )


def check_time(time: str, *, field: str) -> None:
    """As `check_eta`, of any time that is typed into `field`."""
    if time and not _CLOCK.fullmatch(time):
        raise Refused(say("{text} is not a time. Write it like 18:30.", text=time), field=field)


def comes_later(times: int, *, peak: bool) -> bool:
    """On the waitlist: in peak season returning guests are called before all others (P5); else the first who asked."""
    return peak and times == 0


def nights_of(arrival: date, departure: date) -> list[date]:
    """The nights slept between two business dates."""
    return [arrival + timedelta(days=i) for i in range((departure - arrival).days)]


def stretches(nights: Iterable[date]) -> list[list[date]]:
    """Consecutive runs of some nights, in date order."""
    runs: list[list[date]] = []
    for night in sorted(set(nights)):
        if runs and (night - runs[-1][-1]).days == 1:
            runs[-1].append(night)
        else:
            runs.append([night])
    return runs


def lowest_limit(limits: Sequence[int]) -> int:
    """The discount a role may give on a stay whose nights have these limits: every night's season counts (R5)."""
    return min(limits, default=0)


def told_of_booking(source: str, today: date, arrival: date, *, vip: bool, at_desk: bool) -> tuple[Department, ...]:
    """The departments that hear of a new booking: the desk of one for today it did not take itself, the AM of VIPs,
    and everybody who prepares a wedding (R9).
    """
    told = [] if at_desk or arrival > today else [Department.FRONT_DESK]
    if vip:
        told.append(Department.ASSISTANT_MANAGER)
    if source == "wedding":
        told += [Department.HOUSEKEEPING, Department.FRONT_DESK, Department.SALON]
    return tuple(dict.fromkeys(told))


def whom_to_tell(
    today: date, arrival: date, *, placed: bool, vip: bool, in_house: bool = False
) -> tuple[Department, ...]:
    """The departments that hear of a change or cancellation (R2): only those who have prepared something."""
    told = [Department.FRONT_DESK] if in_house or (arrival - today).days <= 1 else []
    if placed:
        told += [Department.FRONT_DESK, Department.HOUSEKEEPING]
    if vip:
        told += [Department.ASSISTANT_MANAGER, Department.CONCIERGE]
    return tuple(dict.fromkeys(told))


def words(codes: Collection[str]) -> str:
    """Need or wish codes as the column keeps them: `high,quiet`."""
    return ",".join(dict.fromkeys(code.strip() for code in codes if code.strip()))
