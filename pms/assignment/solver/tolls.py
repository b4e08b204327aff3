"""Parties in the bound: each rents the floors it lives on, and its members pay a toll where they live."""

from __future__ import annotations

import numpy as np

from pms.assignment.solver.ground import Bools, Floats, Ground
from pms.assignment.solver.problem import Ints

GRAIN = 64.0  # tolls are multiples of 1/64, so that single precision adds them up without error


class Tolls:
    """One toll for each kind of party members on each floor; `row` [kinds] says which, -1 for who is in no party.

    `fits` [kinds, floors] are the rooms of each floor that one of the kind may have, `fewest` [parties] the floors
    that a party needs to have rooms enough.
    """

    def __init__(self, ground: Ground, party: Ints, count: Ints, fits: Ints, fewest: Ints, weight: Floats) -> None:
        members = np.flatnonzero(party >= 0)
        self.floors = ground.floors
        self.party = party[members]
        self.most = np.minimum(fits[members], count[members, None]).astype(np.float64)  # of a kind on a floor
        self.row = np.full(len(party), -1, np.int64)
        self.row[members] = np.arange(len(members))
        self.size = len(members) * self.floors
        self.split = ground.split[:, 1:] @ weight[1:]
        self.lived = np.zeros((len(self.split), self.floors), bool)  # floors on which a member stays put
        fixed = ground.problem.fixed[ground.member]
        self.lived[ground.member_of[fixed >= 0], ground.floor[fixed[fixed >= 0]]] = True
        self.fewest = fewest

    def by_floor(self, tolls: Floats) -> Floats:
        """[member kinds, floors] what one member pays; `tolls` are those of as many members as there can be."""
        each: Floats = np.round(tolls.reshape(-1, self.floors) / np.maximum(self.most, 1) * GRAIN) / GRAIN
        return each

    def rent(self, toll: Floats) -> tuple[float, Bools]:
        """What all parties pay for their floors less what their members would pay there, and which floors they rent.

        A party rents a floor when its tolls are more than the price of a further floor; at least as many as it needs,
        the best of all.
        """
        earned = np.zeros((len(self.split), self.floors))
        np.add.at(earned, self.party, toll * self.most)
        price = self.split[:, None] - earned
        rented = self.lived | (price < 0)
        short = np.flatnonzero(rented.sum(axis=1) < self.fewest)
        wanting = np.where(rented[short], -np.inf, price[short])
        order = np.argsort(wanting, axis=1, kind="stable")
        for party, floors in zip(short.tolist(), order, strict=True):
            rented[party, floors[: self.fewest[party]]] = True
        return float(price[rented].sum() - self.split.sum()), rented

    def slope(self, on_floor: Ints, rented: Bools) -> Floats:
        """How the bound changes with each toll: members on a floor, of as many as can be, less 1 where it is rented."""
        slope: Floats = np.where(self.most > 0, on_floor / np.maximum(self.most, 1) - rented[self.party], 0.0).ravel()
        return slope
