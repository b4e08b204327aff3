"""The guests of a group: a rooming list becomes profiles and stays that pick up the block (R8)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pms import access, journal
from pms.guests.actions import NewGuest, create_guest
from pms.guests.models import AccountKind
from pms.property import queries as house
from pms.reservations import blocks, queries_groups
from pms.reservations.booking import book
from pms.reservations.models import Booking, Group, Guarantee
from pms.reservations.requests import BookingRequest, StayRequest
from pms.reservations.rooming_list import BadRoomingList, Mistake, Named, parse
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User


def import_rooming_list(group: Group, text: str, *, force: bool = False, by: User, now: datetime) -> Booking:
    """One booking with a room for every guest of the list who shares nobody's; from the block first, then as ordinary.

    Raises `BadRoomingList` with every mistake and its line, or `SoldOut` with offers beyond block and house; nothing is
    taken over then (the unit of work is rolled back).
    """
    access.require(by, "manage_groups")
    blocks.refuse_cancelled(group)
    named = parse(text, _types(group))
    parties = {guest.line: [guest] for guest in named if guest.shares_with is None}
    for guest in named:
        if guest.shares_with is not None:
            parties[guest.shares_with].append(guest)
    if not force:
        _check_capacity(parties)
    stays = tuple(_stay(group, party, force, by=by, now=now) for party in parties.values())
    of_company = group.account is not None and group.account.kind is AccountKind.COMPANY
    request = BookingRequest(
        stays=stays,
        source=group.kind,
        guarantee=Guarantee.ORDER,
        booker=group.name[:80],
        group_id=group.id,
        company_id=group.account_id if of_company else None,
        agent_id=None if of_company else group.account_id,
    )
    booking = book(request, by=by, now=now)
    journal.write(by, "import_rooming_list", group, now=now, guests=len(named), rooms=len(stays), booking=booking.id)
    return booking


def _types(group: Group) -> list[str]:
    """The types a list may name: those of the block first of all, but any that is sold."""
    blocked = list(dict.fromkeys(line.type for line in queries_groups.block_of(group.id)))
    return blocked if len(blocked) == 1 else [kind.code for kind in house.types()]


def _check_capacity(parties: dict[int, list[Named]]) -> None:
    mistakes = []
    for line, party in parties.items():
        kind = house.type_by_code(party[0].type_code)
        if kind is not None and len(party) > kind.capacity:
            text = say("{persons} persons are too many for type {type}", persons=len(party), type=kind.code)
            mistakes.append(Mistake(line, text))
    if mistakes:
        raise BadRoomingList(mistakes)


def _stay(group: Group, party: list[Named], force: bool, *, by: User, now: datetime) -> StayRequest:
    guests = [_profile(guest, by=by, now=now) for guest in party]
    kind = house.type_by_code(party[0].type_code)
    assert kind is not None
    assert group.plan_id is not None
    return StayRequest(
        guest_id=guests[0],
        sharers=tuple(guests[1:]),
        type_id=kind.id,
        plan_id=group.plan_id,
        arrival=group.arrival,
        departure=group.departure,
        adults=len(party),
        eta=group.eta,
        force=force,
    )


def _profile(guest: Named, *, by: User, now: datetime) -> int:
    new = NewGuest(surname=guest.surname, given=guest.given, name_zh=guest.name_zh, sex=guest.sex)
    return create_guest(new, by=by, now=now).id
