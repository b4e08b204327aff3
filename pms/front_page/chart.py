"""The picture of the nights ahead: where each bar stands. The template draws it as SVG, beside a table of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pms.front_page.rows import NightRow

WIDTH, HEIGHT = 240, 115
LEFT, RIGHT, TOP, AXIS = 0, 214, 20, 95
"""The bars stand between LEFT and RIGHT; the line of 100 % lies at TOP, the foot of the bars at AXIS."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a bar: upper edge and height in the picture's units."""

    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    night: date
    x: float
    width: float
    individual: Block
    group: Block
    closed: Block
    percent: int
    named: bool
    """The peak carries its figure."""
    tick: bool
    """Every seventh night carries its date."""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def top(self) -> float:
        return self.closed.y


def bars(nights: Sequence[NightRow], rooms: int) -> list[Bar]:
    """One bar a night, bottom up: individuals, groups, out of order. Beyond 110 % a bar is cut off."""
    if not nights or not rooms:
        return []
    step = (RIGHT - LEFT) / len(nights)
    peak = max(nights, key=lambda night: night.individual + night.group)
    result = []
    for number, night in enumerate(nights):
        individual = _block(AXIS, night.individual, rooms)
        group = _block(individual.y, night.group, rooms)
        result.append(
            Bar(
                night=night.night,
                x=round(LEFT + number * step, 1),
                width=round(step - 1.2, 1),
                individual=individual,
                group=group,
                closed=_block(group.y, night.closed, rooms),
                percent=percent(night.individual + night.group, rooms),
                named=night is peak,
                tick=number % 7 == 0,
            )
        )
    return result


def percent(taken: int, rooms: int) -> int:
    """Whole percent of the house, rounded half up."""
    return (taken * 200 + rooms) // (2 * rooms) if rooms else 0


def _block(foot: float, count: int, rooms: int) -> Block:
    height = min((AXIS - TOP) * count / rooms, foot - TOP + (AXIS - TOP) / 10)
    return Block(round(foot - height, 1), round(max(height, 0), 1))
