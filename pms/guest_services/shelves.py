"""The shelves as a picture: which compartments hold what, made from the tags that lie on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

COMPARTMENT = re.compile(r"([A-Z])(\d{1,2})")
WIDTH = 8
LETTERS = "ABCDE"
WIDEST = 12


class OnAShelf(Protocol):
    @property
    def shelf(self) -> str: ...


Row = TypeVar("Row", bound=OnAShelf)


@dataclass(frozen=True, slots=True)
class Compartment(Generic[Row]):
    name: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelves(Generic[Row]):
    """`racks` by their letter; `elsewhere` is what lies in a place that is no letter with a number."""

    racks: dict[str, list[Compartment[Row]]]
    elsewhere: list[Row] = field(default_factory=list)

    @property
    def compartments(self) -> list[Compartment[Row]]:
        return [one for rack in self.racks.values() for one in rack]

    @property
    def taken(self) -> int:
        return sum(bool(one.rows) for one in self.compartments)

    @property
    def free(self) -> int:
        return len(self.compartments) - self.taken

    @property
    def next_free(self) -> str:
        """The first empty compartment, '' when all are taken."""
        return next((one.name for one in self.compartments if not one.rows), "")


def shelves_of(rows: Iterable[Row]) -> Shelves[Row]:
    """Racks A to E with eight compartments each, and more where tags lie beyond them."""
    placed: dict[tuple[str, int], list[Row]] = defaultdict(list)
    elsewhere = []
    for row in rows:
        found = COMPARTMENT.fullmatch(row.shelf)
        if found and 1 <= int(found[2]) <= WIDEST:
            placed[found[1], int(found[2])].append(row)
        else:
            elsewhere.append(row)
    letters = sorted({*LETTERS, *(letter for letter, _ in placed)})
    width = max([WIDTH, *(number for _, number in placed)])
    racks = {
        letter: [Compartment(f"{letter}{n}", tuple(placed[letter, n])) for n in range(1, width + 1)]
        for letter in letters
    }
    return Shelves(racks, elsewhere)
