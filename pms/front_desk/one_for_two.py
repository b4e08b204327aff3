"""A booking of two rooms is offered one better room for both parties, by the ladder and with approval (P7, P8).

The guests pay what both rooms cost as booked; nothing is decided before that price was seen. One stay holds both
parties afterwards, the other is given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pms import access, journal
from pms.accounts.models import User
from pms.cashier.queries import balances, held_by_cards
from pms.db import insert_all
from pms.errors import Refused
from pms.front_desk.queries import registered_guests
from pms.property import queries as house
from pms.property.models import RoomType
from pms.reservations import queries
from pms.reservations.actions import Change, cancel, change_stay
from pms.reservations.models import Stay, StayGuest
from pms.reservations.queries_availability import left_on_all
from pms.reservations.rules import nights_of
from pms.reservations.second_room import second_room
from pms.say import both, say

BEDS = frozenset({"king", "twin"})  # needs that two parties in one suite do not share


@dataclass(frozen=True, slots=True)
class OneForTwo:
    """Both stays and the types that could hold them, the next rung of the ladder first. `prices` of each night in minor
    units, what both rooms cost as booked.
    """

    first: Stay
    second: Stay
    kinds: tuple[RoomType, ...]
    prices: tuple[int, ...]

    @property
    def persons(self) -> int:
        return self.first.persons + self.second.persons


def look(stay: Stay) -> OneForTwo | None:
    """What could be offered instead of this room and another of its booking; None when there is no other like it."""
    second = second_room(stay, queries.load_booking(stay.booking_id).stays)
    if second is None:
        return None
    nights = nights_of(stay.arrival, stay.departure)
    left, persons = left_on_all(nights), stay.persons + second.persons
    kinds = [
        kind
        for kind in sorted(house.types(), key=lambda kind: (kind.rank, kind.id))
        if kind.rank > stay.type.rank and kind.capacity >= persons and left.get(kind.id, 0) > 0
    ]
    mine, theirs = queries.prices_of(stay.id), queries.prices_of(second.id)
    return OneForTwo(stay, second, tuple(kinds), tuple(mine[night] + theirs[night] for night in nights))


def accept(stay: Stay, type_id: int, consent: str, *, version: int, by: User, now: datetime) -> Stay:
    """Both parties in one room of this type at the price of the two; `consent` says who agreed.

    Raises `NotAllowed`, `Refused` when there is no second room, nothing was agreed, or the other stay has money of its
    own, `Conflict` when somebody has worked on the stay meanwhile.
    """
    access.require(by, "approve_upgrade")
    offer = look(stay)
    if offer is None:
        raise Refused(say("There is no second room like this one in the booking any more."))
    if type_id not in {kind.id for kind in offer.kinds}:
        raise Refused(say("No room of this type is left for all nights, or it is too small."), field="type")
    if not consent.strip():
        raise Refused(say("Write down who agreed, and how."), field="consent")
    _must_have_no_money(offer.second)
    sharers = [guest.id for guest in registered_guests(offer.second)]
    there = {guest.id for guest in registered_guests(stay)}
    was = stay.type.code
    cancel(offer.second, both(say("One suite instead of two rooms")), by=by, now=now)
    change_stay(stay, _change(offer, type_id), version=version, by=by, now=now)
    insert_all(StayGuest, [{"stay_id": stay.id, "guest_id": guest} for guest in sharers if guest not in there])
    said = {"was": was, "now_is": house.type_of(type_id).code, "other": offer.second.id, "why": consent.strip()}
    journal.write(by, "one_for_two", stay, now=now, price=sum(offer.prices), **said)
    return stay


def _change(offer: OneForTwo, type_id: int) -> Change:
    first, second = offer.first, offer.second
    needs = [word for word in second.needs.split(",") if word and word not in BEDS]
    levels = [level for level in (first.vip_level, second.vip_level) if level]
    return Change(
        type_id=type_id,
        adults=first.adults + second.adults,
        children=first.children + second.children,
        needs=tuple({word: None for word in [*first.needs.split(","), *needs] if word}),
        vip_level=min(levels, default=None),
        prices=offer.prices,
    )


def _must_have_no_money(stay: Stay) -> None:
    if balances([stay.id])[stay.id] or held_by_cards(stay.id):
        raise Refused(
            say("{guest} has paid a deposit for the second room. Settle it first, then offer the suite.",
                guest=stay.guest.name)
        )  # fmt: skip
