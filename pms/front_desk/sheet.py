"""What the check-in sheet proposes: rooms with their reasons, upgrades, the deposit, the words of the welcome."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pms.assignment import actions as placing
from pms.assignment.facts import Scored
from pms.front_desk import queries, queries_check_in
from pms.front_desk.queries_check_in import RoomNow
from pms.property import queries as house
from pms.property.models import Housekeeping, RateKind
from pms.reservations.models import Guarantee, Stay
from pms.reservations.offer import Price, offers
from pms.reservations.queries import prices_of
from pms.say import Listed, Say, say

CHOICES = 3
LOOKED_AT = 40  # rooms of the type, best first, among which the ready ones are looked for
REASONS = 3
DEPOSIT_NIGHTS = 1  # more than the stay has, for extras
OPEN_RATES = {RateKind.RACK, RateKind.PROMOTION, RateKind.PACKAGE}
PAID_BY_OTHERS = {Guarantee.COMPANY, Guarantee.AGENT, Guarantee.ORDER}


@dataclass(frozen=True, slots=True)
class RoomChoice:
    """A room the guest could have: what speaks for it, and the verdict in a few words."""

    id: int
    number: str
    state: str
    """dirty, cleaning, clean, inspected or occupied, as macro room_state wants it."""
    ready_at: datetime | None
    ready: bool
    why: Say | Listed | str | None
    verdict: Say
    upgrade_to: int | None = None
    """The type, when it is a better one than booked (P8)."""


def room_choices(stay: Stay) -> list[RoomChoice]:
    """At most three rooms: the one that is placed, then those ready now, best first, then those still to be cleaned."""
    ranked = placing.suggest(stay, limit=LOOKED_AT)
    ids = {choice.room.id for choice in ranked} | ({stay.room_id} if stay.room_id else set())
    now = queries_check_in.rooms_now(ids)
    if stay.room_id and (stay.do_not_move or stay.room_id not in {choice.room.id for choice in ranked}):
        kept = _kept(now[stay.room_id], stay)
        return [kept] if stay.do_not_move else [kept, *_best(stay, ranked, now)][:CHOICES]
    return _best(stay, ranked, now)[:CHOICES]


def upgrades(stay: Stay, today: date) -> list[RoomChoice]:
    """For each better type with a room ready for the whole stay, one of them; nearest rung first (P7, P8)."""
    rank = house.type_of(stay.held_type_id).rank
    better = sorted((kind for kind in house.types() if kind.rank > rank), key=lambda kind: kind.rank)
    found = []
    for kind in better:
        free = queries.free_rooms(kind.id, max(stay.arrival, today), stay.departure, limit=1)
        if free and stay.persons <= kind.capacity:
            text = say("{type} at the price that was agreed.", type=TypeName(kind))
            room = free[0]
            found.append(
                RoomChoice(room.id, room.number, room.housekeeping.value, None, True, text, say("Upgrade"), kind.id)
            )
    return found[:2]


class TypeName:
    """The name of a room type inside a sentence."""

    def __init__(self, kind: Any) -> None:
        self.kind = kind

    def in_language(self, lang: str) -> str:
        return str(getattr(self.kind, f"name_{lang}"))


def suggested_deposit(prices: list[int]) -> int:
    """The nights and one more for extras, in minor units."""
    return sum(prices) + DEPOSIT_NIGHTS * (prices[0] if prices else 0)


def paid_by_others(stay: Stay) -> bool:
    """Did a company, an agent or a group's order promise to pay?"""
    return stay.booking.guarantee in PAID_BY_OTHERS


def nightly(stay: Stay) -> list[int]:
    return list(prices_of(stay.id).values())


def _best(stay: Stay, ranked: list[Scored], now: dict[int, RoomNow]) -> list[RoomChoice]:
    """Clean first (C10); the placed one before all others."""
    order = sorted(ranked, key=lambda choice: (choice.room.id != stay.room_id, not _is_ready(now[choice.room.id])))
    return [_choice(choice, now[choice.room.id], first=place == 0) for place, choice in enumerate(order)]


def _choice(choice: Scored, room: RoomNow, *, first: bool) -> RoomChoice:
    missed = [reason.text for reason in choice.missed if reason.source != "assignment.md"]
    met = [reason.text for reason in choice.met][:REASONS]
    verdict = missed[0] if missed else say("All wishes met")
    if first and _is_ready(room):
        verdict = say("Best match")
    elif not _is_ready(room):
        verdict = say("Not ready")
    why = Listed(met) if met else None
    return RoomChoice(room.id, room.number, _state(room), room.ready_at, _is_ready(room), why, verdict)


def _kept(room: RoomNow, stay: Stay) -> RoomChoice:
    why = stay.do_not_move_why if stay.do_not_move else None
    return RoomChoice(
        room.id, room.number, _state(room), room.ready_at, _is_ready(room), why,
        say("Promised") if stay.do_not_move else say("Given to this guest"),
    )  # fmt: skip


def _is_ready(room: RoomNow) -> bool:
    return room.housekeeping in queries.READY and not room.lived_in


def _state(room: RoomNow) -> str:
    return "occupied" if room.lived_in else Housekeeping(room.housekeeping).value


@dataclass(frozen=True, slots=True)
class TypeOffer:
    """A room type a walk-in can have at once: what is left of it, the best ready room, what it costs by each rate."""

    kind: Any
    left: int
    room: str
    why: Say
    rates: tuple[Price, ...]


def walk_in_offers(arrival: date, departure: date, persons: int) -> list[TypeOffer]:
    """The dearer rooms first (P17, C2), by the rates open to anybody who walks in; only types with a room ready."""
    plans = [plan for plan in house.plans() if plan.kind in OPEN_RATES]
    sold = sorted(offers(arrival, departure, plans=plans), key=lambda each: -each.kind.rank)
    ranked = placing.rooms_for_walk_in(arrival, departure, [each.kind.id for each in sold])
    found: list[TypeOffer] = []
    for offered in sold:
        kind, rates = offered.kind, tuple(price for price in offered.prices if price)
        if not offered.sells(1, (departure - arrival).days) or persons > kind.capacity or not rates:
            continue
        free = {room.number for room in queries.free_rooms(kind.id, arrival, departure, limit=None)}
        ready = [choice.room.number for choice in ranked[kind.id] if choice.room.number in free]
        if ready:
            found.append(TypeOffer(kind, offered.left, ready[0], _why(len(ready), best=not found), rates))
    return found


def _why(ready: int, *, best: bool) -> Say:
    if best:
        return say("The best that is free; rooms ready now: {count}.", count=ready)
    return say("Rooms ready now: {count}.", count=ready)
