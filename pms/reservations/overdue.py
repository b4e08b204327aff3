"""Overdue arrivals 应到未到 (R7): called, with what they say; what is held without guarantee may be released.

Nothing is released by itself: whoever releases has read the name.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pms import access, clock, journal
from pms.db import insert_one
from pms.errors import Refused
from pms.property import queries as house
from pms.reservations import endings, rules
from pms.reservations.changes import change_stay
from pms.reservations.models import Guarantee, Stay
from pms.reservations.models_calls import Answer, ArrivalCall
from pms.reservations.requests import Change
from pms.reservations.status import STATUS_NAMES, Status, WrongStatus
from pms.say import say, translate

if TYPE_CHECKING:
    from pms.accounts.models import User

COMING = (Answer.COMES, Answer.HURRIES)
NOT_COMING = say("Called: does not come")
RELEASED = say("Not here by the hold hour, without guarantee")


def call_arrival(stay: Stay, answer: Answer, eta: str = "", *, by: User, now: datetime) -> None:
    """An overdue guest was called: comes at `eta` (HH:MM, the new time of arrival), does not come, or did not answer.

    Raises `Refused` for a guest who is not due today, and without a time of today that is still to come.
    """
    access.require(by, "change_booking")
    _check_due(stay)
    if answer in COMING:
        eta = eta.strip()
        _check_time(eta, now)
        change_stay(stay, Change(eta=eta), version=stay.version, by=by, now=now)
    if answer is Answer.NOT_COMING:
        endings.cancel(stay, translate(NOT_COMING, _language()), by=by, now=now)
    kept = eta if answer in COMING else ""
    insert_one(ArrivalCall, stay_id=stay.id, at=now, by_id=by.id, answer=answer, eta=kept)
    journal.write(by, "call_arrival", stay, now=now, answer=answer.value, eta=kept or None)


def release(stay: Stay, *, by: User, now: datetime) -> None:
    """Give up a booking without guarantee whose hold hour or own time is over. Raises `Refused` for any other."""
    access.require(by, "cancel_booking")
    _check_due(stay)
    hold_hour = house.hotel().hold_hour
    guaranteed = stay.booking.guarantee is not Guarantee.NONE
    if guaranteed:
        raise Refused(say("{guest} is guaranteed: the room is kept all night.", guest=stay.guest.name))
    if stay.arrival == clock.business_date() and not rules.is_late(
        stay.eta, guaranteed=guaranteed, hold_hour=hold_hour, time=_time(now)
    ):
        until = rules.expected_by(stay.eta, guaranteed=guaranteed, hold_hour=hold_hour)
        raise Refused(say("{guest} is held until {time}.", guest=stay.guest.name, time=until))
    endings.cancel(stay, translate(RELEASED, _language()), by=by, now=now)


def _check_due(stay: Stay) -> None:
    if stay.status is not Status.RESERVED:
        raise WrongStatus(say("This guest is not waited for any more: {status}.", status=STATUS_NAMES[stay.status]))
    if stay.arrival > clock.business_date():
        raise Refused(say("{guest} is due on {arrival} only.", guest=stay.guest.name, arrival=stay.arrival))


def _check_time(eta: str, now: datetime) -> None:
    if not eta:
        raise Refused(say("At what time does the guest come? Write it like 18:30."), field="eta")
    rules.check_eta(eta)
    if eta <= _time(now):
        raise Refused(say("{time} is over already. When does the guest come?", time=eta), field="eta")


def _time(now: datetime) -> str:
    return f"{now.astimezone(ZoneInfo(house.hotel().zone)):%H:%M}"


def _language() -> str:
    """Reasons are kept as text, in the language of the house's papers."""
    return "zh" if house.hotel().paper_language == "zh" else "en"
