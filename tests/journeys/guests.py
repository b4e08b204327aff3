"""Guests a journey needs besides those of the day."""

from __future__ import annotations

from datetime import timedelta

from pms.front_desk.actions import CheckIn, Deposit, DepositKind, Seen, check_in
from pms.reservations.models import Stay
from tests.builders import NOON, House
from tests.journeys.day import passport, person


def in_house(house: House, surname: str, given: str, room: str, nights: int) -> Stay:
    """Somebody who was checked in an hour ago. Call inside `work()`."""
    guest = person(house, surname, given, nationality="NG")
    stay = house.stay(guest=guest, room=room, nights=nights)
    seen = (Seen(guest.id, passport(guest, "NG").id),)
    deposit = Deposit(DepositKind.NONE, why_none="company pays")
    check_in(
        stay, CheckIn(documents=seen, signed=True, deposit=deposit), by=house.user(), now=NOON - timedelta(hours=1)
    )
    return stay
