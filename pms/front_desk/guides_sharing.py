"""Two guides in one twin room, so that a room more is left for guests: agreed, at a price seen before (P3).

One stay holds both and costs what it cost; the other is given up without a fee. Taken up again, it takes its guide
out of the shared room (reservations.guides.part).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pms import access, clock, journal
from pms.accounts.models import Name, User
from pms.cashier.queries import balances, held_by_cards
from pms.db import db, insert_all
from pms.errors import Conflict, Refused
from pms.reservations import guides, queries, queries_guides
from pms.reservations.actions import Change, cancel, change_stay
from pms.reservations.changes import check_version
from pms.reservations.models import Stay, StayGuest
from pms.reservations.status import Status
from pms.say import both, say


@dataclass(frozen=True, slots=True)
class Sharing:
    """Both stays and what each costs as booked, in minor units: `kept` goes on, `given_up` does not."""

    host: Stay
    other: Stay
    kept: int
    given_up: int


def look(host: Stay, other: Stay) -> Sharing | None:
    """What it would mean if `other` slept in the room of `host`; None when the two cannot share it."""
    if not guides.may_share(host, other):
        return None
    kept, given_up = (sum(queries.prices_of(stay.id).values()) for stay in (host, other))
    return Sharing(host, other, kept, given_up)


def share(host: Stay, other: Stay, consent: str, *, versions: tuple[int, int], by: User, now: datetime) -> Stay:
    """`other` shares the room of `host` and is registered in it; `consent` says who agreed.

    Raises `NotAllowed`, `Refused` when the two cannot share, nothing was agreed, or `other` has money of his own,
    `Conflict` with who and when if somebody has worked on one of the `versions` seen.
    """
    access.require(by, "let_guides_share")
    queries_guides.locked(host.id, other.id)
    _must_be_as_seen(host, other, versions)
    offer = look(host, other)
    if offer is None:
        raise Refused(say("These two cannot share a room: both must be guides of one sex, alone, who arrive together, "
                          "the first in a twin room until the second has left."))  # fmt: skip
    if not consent.strip():
        raise Refused(say("Write down who agreed, and how."), field="consent")
    _must_have_no_money(other)
    cancel(other, both(say("Shares with {number}", number=host.booking.confirmation)), by=by, now=now)
    needs = tuple(dict.fromkeys([*filter(None, host.needs.split(",")), guides.TWIN]))
    change_stay(host, Change(adults=host.adults + 1, needs=needs), version=host.version, by=by, now=now)
    insert_all(StayGuest, [{"stay_id": host.id, "guest_id": other.guest_id}])
    said = {"other": other.id, "given_up": offer.given_up, "why": consent.strip()}
    journal.write(by, "share_room", host, now=now, **said)
    return host


def _must_be_as_seen(host: Stay, other: Stay, versions: tuple[int, int]) -> None:
    """Who comes second hears who has given the room up, and when."""
    if other.version != versions[1] and other.status is Status.CANCELLED and other.ended_at and other.ended_by:
        who, at = db.session.get_one(User, other.ended_by), clock.local(other.ended_at)
        words = {"name": Name(who.name, who.name_zh), "day": at.date(), "time": f"{at:%H:%M}"}
        guest = other.guest.name_on_notices
        raise Conflict(say("The room of {guest} was given up by {name} on {day} at {time}.", guest=guest, **words))
    check_version(host, versions[0])
    check_version(other, versions[1])


def _must_have_no_money(stay: Stay) -> None:
    if balances([stay.id])[stay.id] or held_by_cards(stay.id):
        guest = stay.guest.name_on_notices
        raise Refused(say("{guest} has paid a deposit for the room he would give up. Settle it first.", guest=guest))
