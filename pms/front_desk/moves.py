"""Room change (X1, X2): the guest, his keys, his nights and his price go to another room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.assignment.actions import check_move, rooms_to_move_to
from pms.assignment.facts import Scored
from pms.db import db, run
from pms.errors import Offer, Refused
from pms.front_desk import queries, rules
from pms.front_desk.desk import called, issue_key, leave_dirty, must_be_in_house, room_offers, save, told, void_keys
from pms.front_desk.models import RoomMove
from pms.front_desk.rules import RateEffect
from pms.lengths import check_lengths
from pms.property import queries as house
from pms.property.models import Room
from pms.reservations import contracts, occupancy, pricing
from pms.reservations import queries as reservations
from pms.reservations.inventory import nights_between
from pms.reservations.models import Stay, StayNight
from pms.reservations.nights import hold_type
from pms.say import Say, say

N = StayNight.__table__
_REPRICE = (
    sa.update(N)
    .where(N.c.stay_id == sa.bindparam("stay"), N.c.night == sa.bindparam("of_night"))
    .values(price=sa.bindparam("new_price"))
)


SAME_TYPE, OTHER_TYPES = 3, 3  # rooms offered for a change


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A room the guest could move to now, with what speaks for it. `effect` is the change of price of the next night
    were it priced anew, in minor units, None where there is no price; `better` is a higher rung of the ladder (P8).
    """

    room_id: int
    number: str
    type_id: int
    why: Say
    better: bool
    effect: int | None


def choices(stay: Stay, *, by: User) -> list[RoomChoice]:
    """Rooms that are ready for a change, best first: of his type, then of the same rank and above; reading only."""
    tonight = clock.business_date()
    own = house.type_of(stay.held_type_id)
    kinds = [own.id, *(kind.id for kind in house.types() if kind.rank >= own.rank and kind.id != own.id)]
    ranked = rooms_to_move_to(stay, tonight, kinds)
    found: list[RoomChoice] = []
    for kind in kinds:
        most = SAME_TYPE if kind == own.id else 1
        ready = {room.id for room in queries.free_rooms(kind, tonight, stay.departure, limit=None)} - {stay.room_id}
        best = [scored for scored in ranked[kind] if scored.room.id in ready][:most]
        effect = rate_effect_of(stay, kind, by=by) if best else None
        better = house.type_of(kind).rank > own.rank
        found += [RoomChoice(s.room.id, s.room.number, kind, _why(s), better, effect) for s in best]
    return found[: SAME_TYPE + OTHER_TYPES]


def _why(choice: Scored) -> Say:
    return choice.met[0].text if choice.met else say("Free until the guest leaves.")


def rate_effect_of(stay: Stay, type_id: int, *, by: User) -> int | None:
    """What the next night would cost more (less: negative) in a room of another type, priced anew."""
    nights = nights_between(clock.business_date(), stay.departure)
    if not nights:
        return 0
    try:
        return priced(stay, type_id, nights, by)[0] - queries.price_of_night(stay.id, nights[0])
    except Refused:
        return None


def change_room(
    stay: Stay,
    to: Room,
    why: str,
    *,
    asked_by_house: bool = False,
    consent: str = "",
    rate_effect: RateEffect = RateEffect.KEEP,
    keys: int = 1,
    by: User,
    now: datetime,
) -> RoomMove:
    """Move a guest in house to another room from tonight on (`X1`, `X2`).

    Raises `Refused` with other ready rooms of the type when `to` is taken, lived in or dirty; when the house asks
    without the guest's consent; when the guest was promised his room; when the room lacks what he needs or brings
    those kept apart together, unless `consent` says who agreed (P2, P15). A better type at the old price needs the
    authority for upgrades, unless the house asks for the move.
    """
    access.require(by, "room_move")
    must_be_in_house(stay)
    locked = stay.do_not_move_why if stay.do_not_move else None
    rules.check_move(why, asked_by_house=asked_by_house, consent=consent, locked=locked)
    check_lengths(RoomMove, {"reason": why, "consent": consent})
    tonight = clock.business_date()
    _check_free(stay, to, tonight)
    _check_musts(stay, to, tonight, consent, by)
    _check_upgrade(stay, to, rate_effect, asked_by_house, by)

    assert stay.room_id is not None
    old_id = stay.room_id
    effect = _change_type(stay, to, rate_effect, tonight, by)
    occupancy.move(stay, to, since=tonight)
    save(stay)
    void_keys(stay, now=now)
    issue_key(stay, to.id, keys, now=now)
    old = leave_dirty(old_id, now=now)
    move = RoomMove(
        stay_id=stay.id, business_date=tonight, at=now, by_id=by.id, from_room_id=old_id, to_room_id=to.id,
        reason=why.strip(), asked_by_house=asked_by_house, consent=consent.strip(), rate_effect=effect,
    )  # fmt: skip
    db.session.add(move)
    db.session.flush()
    journal.write(
        by, "room_move", stay, now=now, old=old, new=to.number, why=why.strip(), asked_by_house=asked_by_house,
        consent=consent.strip() or None, rate_effect=effect,
    )  # fmt: skip
    text = say("{guest} moves from room {old} to room {new}.", guest=called(stay), old=old, new=to.number)
    notices.tell(told(stay), text, about=stay, by=by, now=now)
    return move


def _check_free(stay: Stay, to: Room, tonight: date) -> None:
    if to.id == stay.room_id:
        raise Refused(say("The guest is already in room {room}.", room=to.number), field="room")
    if not to.active:
        raise Refused(say("Room {room} is not in use.", room=to.number), field="room")
    offers = room_offers(stay, tonight, but=(to.id,))
    try:
        occupancy.check_free(stay, to, tonight)
    except occupancy.Taken as taken:
        raise Refused(taken.reason, offers=offers, field="room") from taken
    why_not = rules.check_room(queries.room_state(to.id, tonight), stay.id, overnight=False)
    if why_not:
        wait = Offer(say("Ask for rush cleaning and let the guest wait"), "rush_cleaning", to.id)
        raise Refused(why_not, offers=(*offers, wait), field="room")


def _check_musts(stay: Stay, to: Room, tonight: date, consent: str, by: User) -> None:
    if against := check_move(stay, to, tonight, consent=consent, by=by):
        raise Refused(against, offers=room_offers(stay, tonight, but=(to.id,)), field="room")


def _check_upgrade(stay: Stay, to: Room, rate_effect: RateEffect, asked_by_house: bool, by: User) -> None:
    better = house.type_of(to.type_id).rank > house.type_of(stay.held_type_id).rank
    if better and rate_effect is RateEffect.KEEP and not asked_by_house:
        access.require(by, "approve_upgrade")


def _change_type(stay: Stay, to: Room, rate_effect: RateEffect, tonight: date, by: User) -> int:
    """Count the nights to come on the new type, at the old price or the new one; returns the change a night."""
    nights = nights_between(tonight, stay.departure)
    effect = _reprice(stay, to.type_id, nights, by) if rate_effect is RateEffect.NEW and nights else 0
    if to.type_id != stay.held_type_id:
        hold_type(stay, to.type_id, since=tonight)
        if rate_effect is RateEffect.NEW:
            stay.type_id = to.type_id  # paid for from now on, also when he stays longer
        stay.assign_type_id = None if to.type_id == stay.type_id else to.type_id
    return effect


def _reprice(stay: Stay, type_id: int, nights: Sequence[date], by: User) -> int:
    old = queries.price_of_night(stay.id, nights[0])
    fixed = priced(stay, type_id, nights, by)
    rows = [{"stay": stay.id, "of_night": n, "new_price": p} for n, p in zip(nights, fixed, strict=True)]
    run(_REPRICE, rows)
    return fixed[0] - old


def priced(stay: Stay, type_id: int, nights: Sequence[date], by: User) -> tuple[int, ...]:
    """What nights of a stay cost in a type at its plan, discount and group's contract. Raises `Refused`."""
    return pricing.fix(
        stay.plan_id, type_id, nights, use=stay.use, discount_percent=stay.discount_percent,
        approved_by=reservations.approver_of(stay), contract=reservations.block_prices(stay.group_id, type_id),
        agreed_percent=contracts.agreed_percent(contracts.account_of(stay.booking), stay.arrival, stay.departure),
        by=by,
    ).prices  # fmt: skip
