"""What the house can offer for a stay: each type with what stands against it, each plan with its price (R3, R4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pms import money
from pms.errors import Refused
from pms.property import queries as house
from pms.property.models import RateKind
from pms.reservations import queries_availability, queries_groups, rules
from pms.reservations.queries_availability import TypeOnNight
from pms.reservations.queries_groups import BlockLine


@dataclass(frozen=True, slots=True)
class Price:
    """What the stay costs a room by one plan: minor units for each of `nights`."""

    plan: Any
    nights: tuple[date, ...]
    prices: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.prices)

    @property
    def average(self) -> int:
        return self.total // len(self.prices)


@dataclass(frozen=True, slots=True)
class Offered:
    """A type for the stay. `left` can be sold on every night (of a group: those its block still holds as well);
    `full` and `stopped` are the nights in the way; `minimum` the nights a stay must last that touches these.
    """

    kind: Any
    left: int
    full: tuple[date, ...]
    stopped: tuple[date, ...]
    minimum: int
    prices: tuple[Price | None, ...]

    def sells(self, rooms: int, nights: int) -> bool:
        """Can so many rooms be sold for so many nights without anybody's authority?"""
        return self.left >= rooms and self.minimum <= nights


def plans(*, group: bool) -> list[Any]:
    """The rate plans that are asked for by one caller: those of groups only for a group."""
    return [plan for plan in house.plans() if group or plan.kind is not RateKind.GROUP]


def offers(
    arrival: date, departure: date, *, percent: int = 0, group_id: int | None = None, plans: Sequence[Any]
) -> list[Offered]:
    """Every type that is sold, by rank, with a price for each of `plans`; `percent` is taken off. Two statements,
    three for a group. Raises `Refused` for dates that are no stay.
    """
    rules.check_departure(arrival, departure)
    by_type: dict[int, list[TypeOnNight]] = {}
    for row in queries_availability.availability(arrival, departure):
        by_type.setdefault(row.type_id, []).append(row)
    block = {(line.type_id, line.night): line for line in queries_groups.block_of(group_id)} if group_id else {}
    return [_offered(kind, by_type[kind.id], plans, percent, block) for kind in house.types()]


def _offered(
    kind: Any,
    rows: Sequence[TypeOnNight],
    plans: Sequence[Any],
    percent: int,
    block: Mapping[tuple[int, date], BlockLine],
) -> Offered:
    held = {row.night: block[kind.id, row.night] for row in rows if (kind.id, row.night) in block}
    left = {row.night: row.left + (held[row.night].open if row.night in held else 0) for row in rows}
    contract = {night: line.price for night, line in held.items()}
    return Offered(
        kind=kind,
        left=min(left.values()),
        full=tuple(row.night for row in rows if not left[row.night] and not row.stop_sell),
        stopped=tuple(row.night for row in rows if not left[row.night] and row.stop_sell),
        minimum=1 if block else max(row.minimum_stay for row in rows),
        prices=tuple(price(plan, kind.id, list(left), percent, contract) for plan in plans),
    )


def price(plan: Any, type_id: int, nights: Sequence[date], percent: int, contract: Mapping[date, int]) -> Price | None:
    """What a room of the type costs by the plan, as agreed with a group where `contract` has the night; None without
    a price.
    """
    try:
        full = [contract[n] if n in contract else house.price_of(plan.id, type_id, n) for n in nights]
    except Refused:
        return None
    return Price(plan, tuple(nights), tuple(money.percent_off(amount, percent) for amount in full))
