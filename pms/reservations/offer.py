"""What the house can offer for a stay: each type with what stands against it, each rate plan with its price (R3, R4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pms import money
from pms.errors import Refused
from pms.property import queries as house
from pms.property.models import RateKind
from pms.reservations import queries, queries_availability, queries_groups, rules
from pms.reservations.queries_availability import TypeOnNight


@dataclass(frozen=True, slots=True)
class Price:
    """What the stay costs a room by one plan: minor units a night, in order."""

    plan: Any
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
    nights = rules.nights_of(arrival, departure)
    by_type: dict[int, list[TypeOnNight]] = {}
    for row in queries_availability.availability(arrival, departure):
        by_type.setdefault(row.type_id, []).append(row)
    held = _held(group_id, nights)
    return [_offered(kind, by_type[kind.id], nights, plans, percent, group_id, held) for kind in house.types()]


def _offered(
    kind: Any,
    rows: Iterable[TypeOnNight],
    nights: Sequence[date],
    plans: Sequence[Any],
    percent: int,
    group_id: int | None,
    held: Mapping[tuple[int, date], int],
) -> Offered:
    rows = list(rows)
    left = {row.night: row.left + held.get((kind.id, row.night), 0) for row in rows}
    contract = queries.block_prices(group_id, kind.id)
    return Offered(
        kind=kind,
        left=min(left.values()),
        full=tuple(row.night for row in rows if not left[row.night] and not row.stop_sell),
        stopped=tuple(row.night for row in rows if row.stop_sell and not left[row.night]),
        minimum=max(row.minimum_stay for row in rows) if group_id is None else 1,
        prices=tuple(_price(plan, kind.id, nights, percent, contract) for plan in plans),
    )


def _price(plan: Any, type_id: int, nights: Sequence[date], percent: int, contract: Mapping[date, int]) -> Price | None:
    try:
        full = [contract[n] if n in contract else house.price_of(plan.id, type_id, n) for n in nights]
    except Refused:
        return None
    return Price(plan, tuple(money.percent_off(price, percent) for price in full))


def _held(group_id: int | None, nights: Sequence[date]) -> dict[tuple[int, date], int]:
    """Rooms a group's block still holds without a name, by type and night."""
    block = queries_groups.block_of(group_id) if group_id else []
    return {(line.type_id, line.night): line.open for line in block if line.night in nights}
