"""What the search is given and what it gives back: arrays only, no rule, no database.

S stays, R rooms, T tiers, W different wants. Time is counted in half days: day d has the slots 2d (its morning) and
2d + 1 (its afternoon and night); day 0 is the first day of the problem. Prices are whole and count inside a tier only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.signedinteger[Any]]  # int32 throughout what is handed over
Bools: TypeAlias = NDArray[np.bool_]

NOBODY = NOWHERE = -1


class Price(NamedTuple):
    """What one breach costs: `amount` in tier `tier` (0 is the highest)."""

    tier: int
    amount: int


class Party(NamedTuple):
    """Stays that belong together, fixed ones included; a stay may be in several parties.

    `split` is charged for every floor beyond the first that those with a room are spread over. `unconnected` is
    charged when a party of two has two rooms without a connecting door; parties of another size never pay it.
    """

    members: tuple[int, ...]
    split: Price | None = None
    unconnected: Price | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Stays to be placed in rooms, and what every choice costs.

    Hard: `allowed`, no two stays in one slot of a room, `blocked`, `apart`, `fixed` (a fact: it breaks no rule and pays
    neither `cost` nor `change`, but counts as neighbour, party member and keep-apart side). All else has a price.
    """

    nights: int  # the horizon: slots run from 0 to 2 * nights + 1
    tiers: int  # T; 0 is for guests without a room
    first: Ints  # [S] first half-day slot taken
    last: Ints  # [S] slot after the last one taken; idle nights between stays are first // 2 of the later - last // 2
    priority: Ints  # [S] what leaving the stay without a room costs in tier 0, above 0
    fixed: Ints  # [S] the room it stays in, or -1
    wants: Ints  # [S] its column of `may` and `pays`: stays of equal wants share one
    may: Ints  # [W] the row of `allowed`
    pays: Ints  # [T, W] the row of `cost` in each tier: few differ, which is what keeps memory small
    allowed: Bools  # [A, R] no must of guest against room forbids it; closures belong to `blocked`
    cost: Ints  # [C, R] what the rules of guest against room charge, 0 or more; the first row is nothing
    floor: Ints  # [R]
    blocked: Ints  # [B, 3] room, first slot, slot after the last: closures, and occupants that are not in the problem
    pairs: Ints  # [P, 2] rooms with a connecting door
    parties: tuple[Party, ...]
    company: Ints  # [S] label of whom it came with: stays of one label are no strangers; -1: a stranger to everybody
    side: Ints  # [S] keep-apart side, or -1
    apart: Bools  # [K, K] symmetric: sides that are never on one floor on one night
    gap: Ints  # [G] price of n idle nights between two neighbours in a room; 0 beyond G - 1 and for n = 0
    gap_tier: int
    noise: Price | None  # each night that strangers spend on both sides of a connecting door; None outside low season
    current: Ints  # [S] the room held or told now, or -1
    change: Ints  # [S] what another room than `current` costs, in `change_tier`; 0 where nobody minds
    change_tier: int  # 0: nobody moves but for somebody's room, and as few as can be

    @property
    def stays(self) -> int:
        return len(self.first)

    @property
    def rooms(self) -> int:
        return len(self.floor)

    def allows(self, stays: Ints | int) -> Bools:
        """[stays, R] the rooms each may have; for one stay [R]."""
        rows: Bools = self.allowed[self.may[self.wants[stays]]]
        return rows


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan that breaks nothing hard, and what is known of its worth."""

    room: Ints  # [S] index of the room, -1: none found
    tiers: tuple[int, ...]  # what it costs, highest tier first; smaller is better, compared like a word in a dictionary
    steps: int  # steps the search took; the same number gives the same plan again
    seconds: float
