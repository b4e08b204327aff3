"""What can be sold, as a table: types by nights, and the whole house below (R3). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol


class OnNight(Protocol):
    """A type on a night, in rooms (`queries_availability.TypeOnNight`)."""

    @property
    def type_id(self) -> int: ...
    @property
    def night(self) -> date: ...
    @property
    def rooms(self) -> int: ...
    @property
    def out_of_order(self) -> int: ...
    @property
    def sold(self) -> int: ...
    @property
    def blocked(self) -> int: ...
    @property
    def left(self) -> int: ...


class House(NamedTuple):
    """All types together on a night: rooms `left`, and how many percent of those to sleep in are `taken`."""

    night: date
    left: int
    taken: int


def by_type(cells: Iterable[OnNight]) -> dict[int, list[OnNight]]:
    """The nights of each type, in their order."""
    lines: dict[int, list[OnNight]] = {}
    for cell in cells:
        lines.setdefault(cell.type_id, []).append(cell)
    return lines


def whole_house(cells: Sequence[OnNight]) -> list[House]:
    """Night by night."""
    nights: dict[date, list[OnNight]] = {}
    for cell in cells:
        nights.setdefault(cell.night, []).append(cell)
    return [_together(night, of_night) for night, of_night in nights.items()]


def _together(night: date, cells: list[OnNight]) -> House:
    usable = sum(cell.rooms - cell.out_of_order for cell in cells)
    taken = sum(cell.sold + cell.blocked for cell in cells)
    return House(night, sum(cell.left for cell in cells), (200 * taken + usable) // (2 * usable) if usable else 0)
