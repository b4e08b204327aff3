"""Small houses for the search: a few rooms, a few stays, a price where a test wants one."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from pms.assignment.solver.problem import Party, Price, Problem


def numbers(values: Any, width: int | None = None) -> Any:
    array = np.array(values, np.int32)
    return array if width is None else array.reshape(-1, width)


def house(
    stays: list[tuple[int, int]],
    rooms: int = 2,
    *,
    nights: int = 7,
    cost: dict[tuple[int, int, int], int] | None = None,
    forbidden: tuple[tuple[int, int], ...] = (),
    fixed: dict[int, int] | None = None,
    **more: Any,
) -> Problem:
    """`stays` are (arrival, departure) in nights; `cost` is {(tier, stay, room): price}; what is not said is free."""
    count = len(stays)
    prices = np.zeros((5, count, rooms), np.int32)
    for where, price in (cost or {}).items():
        prices[where] = price
    allowed = np.ones((count, rooms), bool)
    for stay, room in forbidden:
        allowed[stay, room] = False
    kept = np.full(count, -1, np.int32)
    for stay, room in (fixed or {}).items():
        kept[stay] = room
    parts = {
        "nights": nights,
        "tiers": 5,
        "first": numbers([2 * arrival + 1 for arrival, _ in stays]),
        "last": numbers([2 * departure + 1 for _, departure in stays]),
        "priority": np.full(count, 1000, np.int32),
        "fixed": kept,
        "wants": np.arange(count, dtype=np.int32),
        "may": np.arange(count, dtype=np.int32),
        "pays": np.arange(5 * count, dtype=np.int32).reshape(5, count),
        "allowed": allowed,
        "cost": prices.reshape(5 * count, rooms),
        "floor": np.ones(rooms, np.int32),
        "blocked": numbers([], 3),
        "pairs": numbers([], 2),
        "parties": (),
        "company": np.full(count, -1, np.int32),
        "side": np.full(count, -1, np.int32),
        "apart": np.array([[False, True], [True, False]]),
        "gap": numbers([0, 12, 6, 3]),
        "gap_tier": 4,
        "noise": None,
        "current": np.full(count, -1, np.int32),
        "change": np.zeros(count, np.int32),
        "change_tier": 4,
    }
    return Problem(**(parts | more))


@st.composite
def houses(draw: st.DrawFn) -> Problem:
    """Houses of up to six rooms on two floors and twelve stays, with parties, sides, closures and people in house."""
    rooms, count, nights = draw(st.integers(1, 6)), draw(st.integers(0, 12)), 6
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    arrivals = rng.integers(0, nights, count)
    stays = [(int(day), int(min(nights, day + rng.integers(1, 5)))) for day in arrivals]
    cost = {(int(rng.integers(1, 5)), s, r): int(rng.integers(0, 50)) for s in range(count) for r in range(rooms)}
    forbidden = tuple((s, r) for s in range(count) for r in range(rooms) if rng.random() < 0.2)
    return house(
        stays,
        rooms,
        nights=nights,
        cost=cost,
        forbidden=forbidden,
        fixed=_people_in_house(stays, rooms, rng),
        floor=numbers([1 + room // 3 for room in range(rooms)]),
        blocked=numbers([[rooms - 1, 11, 13]] if rng.random() < 0.5 else [], 3),
        pairs=numbers([[room, room + 1] for room in range(0, rooms - 1, 2)], 2),
        parties=_parties(count),
        side=np.where(rng.random(count) < 0.3, rng.integers(0, 2, count), -1).astype(np.int32),
        first=numbers([2 * arrival + int(rng.random() < 0.8) for arrival, _ in stays]),
        noise=Price(3, 5) if rng.random() < 0.5 else None,
        current=rng.integers(-1, rooms, count).astype(np.int32),
        change=rng.integers(0, 20, count).astype(np.int32),
    )


def _people_in_house(stays: list[tuple[int, int]], rooms: int, rng: np.random.Generator) -> dict[int, int]:
    """At most one in each room, so that nobody is there twice; two of them may still meet on a floor: a fact."""
    here = [stay for stay, (arrival, _) in enumerate(stays) if arrival == 0]
    return dict(zip(here, rng.permutation(rooms)[: len(here) // 2].tolist(), strict=False))


def _parties(count: int) -> tuple[Party, ...]:
    parties = []
    if count >= 2:
        parties.append(Party((0, 1), Price(3, 60), Price(1, 50)))
    if count >= 6:
        parties.append(Party((2, 3, 4), Price(1, 80)))
    return tuple(parties)
