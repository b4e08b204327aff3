"""Guides of one sex who could share a twin room, so that a room more is left for guests (P3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pms import journal
from pms.db import db
from pms.errors import Refused
from pms.property.models import RoomType
from pms.reservations import change_slip, queries_guides
from pms.reservations.models import Stay, StayGuest
from pms.reservations.saving import save
from pms.reservations.status import Status
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User

GUIDE = "guide"  # the party of a stay by which the placing rules know guides
TWIN = "twin"
SHARED = StayGuest.__table__


def may_share(host: Stay, other: Stay) -> bool:
    """Could `other` sleep in the twin room of `host`? Both are guides of one known sex, alone, with the same needs.

    They arrive together, since everybody of a room is registered when it is checked in (C9), and `other` leaves no
    later, since the room is not his.
    """
    return (
        host.guest_id != other.guest_id
        and all(_is_alone(stay) for stay in (host, other))
        and host.guest.sex == other.guest.sex
        and host.arrival == other.arrival
        and other.departure <= host.departure
        and _is_twin(held_type(host))
        and _needs(host) == _needs(other)
    )


def pairs(guides: Iterable[Stay]) -> list[tuple[Stay, Stay]]:
    """Who could share whose room, host first, each guide once; the longest stays first, for they hold the others."""
    left = sorted(guides, key=lambda stay: (stay.arrival, -(stay.departure - stay.arrival).days, stay.id))
    found = []
    for host in left.copy():
        other = next((stay for stay in left if may_share(host, stay)), None)
        if host in left and other is not None:
            found.append((host, other))
            left = [stay for stay in left if stay not in (host, other)]
    return found


def held_type(stay: Stay) -> RoomType:
    """The type he is to sleep in."""
    return stay.assign_type or stay.type


def part(stay: Stay, today: date, *, by: User, now: datetime) -> None:
    """A guide who was to share has a room of his own again: he is taken out of his colleague's.

    Raises `Refused` when they have arrived and he is registered there.
    """
    if stay.party != GUIDE:
        return
    for host in queries_guides.shared_by(stay):
        if host.status is Status.IN_HOUSE:
            raise Refused(
                say("{guest} has arrived and shares a room. Make a new booking for a room of his own.",
                    guest=stay.guest.name_on_notices)
            )  # fmt: skip
        was = {"adults": host.adults, "children": host.children}
        db.session.execute(sa.delete(SHARED).where(SHARED.c.stay_id == host.id, SHARED.c.guest_id == stay.guest_id))
        host.adults -= stay.adults
        save(host)
        now_is = was | {"adults": host.adults}
        change_slip.record(host, "persons", was=was, now_is=now_is, today=today, by=by, now=now)
        journal.write(by, "part_guides", host, now=now, other=stay.id)


def _is_alone(stay: Stay) -> bool:
    """A guide to come, of known sex, whom nobody shares with and who has nothing promised that two cannot have."""
    return (
        stay.status is Status.RESERVED
        and stay.party == GUIDE
        and stay.persons == 1
        and stay.arrival < stay.departure
        and stay.guest.sex in ("F", "M")
        and not stay.guest.keep_apart
        and not stay.vip_level
        and "king" not in _needs(stay)
    )


def _is_twin(kind: RoomType) -> bool:
    return kind.beds == TWIN and kind.capacity > 1


def _needs(stay: Stay) -> set[str]:
    return {word for word in stay.needs.split(",") if word and word != TWIN}
