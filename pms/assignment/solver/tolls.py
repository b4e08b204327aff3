"""Parties in the bound: each rents the floors it lives on, and its members pay a toll where they live."""

from __future__ import annotations

import numpy as np

from pms.assignment.solver.ground import Bools, Floats, Ground
from pms.assignment.solver.problem import Ints

GRAIN = 64.0  # tolls are multiples of 1/64, so that single precision adds them up without error


class Tolls:
    """One toll for each kind of party members on each floor; `row` [kinds] says which, -1 for who is in no party."""

    def __init__(self, ground: Ground, party: Ints, count: Ints) -> None:
        members = np.flatnonzero(party >= 0)
        self.floors = ground.floors
        self.party, self.count = party[members], count[members].astype(np.float64)
        self.row = np.full(len(party), -1, np.int64)
        self.row[members] = np.arange(len(members))
        self.size = len(members) * self.floors
        self.split = ground.split[:, 1:].sum(axis=1).astype(np.float64)
        self.lived = np.zeros((len(self.split), self.floors), bool)  # floors on which a member stays put
        fixed = ground.problem.fixed[ground.member]
        self.lived[ground.member_of[fixed >= 0], ground.floor[fixed[fixed >= 0]]] = True

    def by_floor(self, tolls: Floats) -> Floats:
        """[member kinds, floors] what one member pays; `tolls` are those of all members of the kind together."""
        each: Floats = np.round(tolls.reshape(-1, self.floors) / self.count[:, None] * GRAIN) / GRAIN
        return each

    def rent(self, toll: Floats) -> tuple[float, Bools]:
        """What all parties pay for their floors less what their members would pay there, and which floors they rent.

        A party rents a floor when its tolls are more than the price of a further floor; at least one, the best of all.
        """
        earned = np.zeros((len(self.split), self.floors))
        np.add.at(earned, self.party, toll * self.count[:, None])
        price = self.split[:, None] - earned
        rented = self.lived | (price < 0)
        homeless = np.flatnonzero(~rented.any(axis=1))
        rented[homeless, price[homeless].argmin(axis=1)] = True
        return float(price[rented].sum() - self.split.sum()), rented

    def slope(self, on_floor: Ints, rented: Bools) -> Floats:
        """How the bound changes with each toll: the share of the members on a floor, less 1 where it is rented."""
        slope: Floats = (on_floor / self.count[:, None] - rented[self.party]).ravel()
        return slope
