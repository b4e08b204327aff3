"""A first full plan, guest by guest: who has the most to lose chooses first, and takes the room that spoils least."""

from __future__ import annotations

import numpy as np

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.keep_apart import Floors
from pms.assignment.solver.prices import Prices
from pms.assignment.solver.problem import NOWHERE, Bools, Ints

TRIFLE = 0.02  # of a price unit, for every night of free time that is broken up


def greedy(ground: Ground, prices: Prices, start: Ints | None = None) -> Ints:
    """[S] rooms; couples who want a connecting door choose first, then the others as they stand `in_line`.

    Who has a room in `start`, the fixed ones among them, keeps it.
    """
    problem = ground.problem
    room = (problem.fixed if start is None else start).astype(np.int32)
    holes, floors, company = Holes(ground, room), Floors(ground, room), Company(ground)
    place_couples(ground, prices, room, holes, floors)
    for stay in in_line(ground).tolist():
        if room[stay] >= 0:
            continue
        first, last = int(problem.first[stay]), int(problem.last[stay])
        free = holes.free(first, last) & problem.allows(stay)
        if problem.side[stay] >= 0:
            free &= floors.open_to(stay)
        fits = free.nonzero()[0]
        if not len(fits):
            continue
        price = prices.guest(stay, fits)
        price += holes.idle(first, last, fits)
        company.add_prices(price, stay, room, fits)
        _move_in(ground, room, holes, floors, stay, int(fits[price.argmin()]))
    return room


def in_line(ground: Ground) -> Ints:
    """Who chooses first: parties with a promise, then by priority, longer stays before shorter ones."""
    problem = ground.problem
    party = np.full(problem.stays, len(problem.parties), np.int32)
    party[ground.member[::-1]] = ground.member_of[::-1]
    promised = np.zeros(problem.stays, bool)
    promised[ground.member[(ground.split[:, :2].sum(axis=1) > 0)[ground.member_of]]] = True
    nights = problem.last - problem.first
    order = np.lexsort((np.arange(problem.stays), party, -nights, -problem.priority, ~promised))
    return order[ground.movable[order]].astype(np.int32)


def place_couples(ground: Ground, prices: Prices, room: Ints, holes: Holes, floors: Floors) -> None:
    """Both rooms at once, while there are pairs: those with the fewest pairs for their nights choose first."""
    problem = ground.problem
    pairs = np.concatenate((problem.pairs, problem.pairs[:, ::-1]))
    couples = ground.couples[(room[ground.couples] < 0).any(axis=1)]
    fitting = [fitting_pairs(ground, room, couple, pairs) for couple in couples]
    nights = (problem.last - problem.first)[couples[:, 0]]
    scarce = [fit.sum() / length for fit, length in zip(fitting, nights.tolist(), strict=True)]
    for n in np.argsort(scarce, kind="stable").tolist():
        fit, price = fitting[n].copy(), np.zeros(len(pairs))
        sides = [(side, stay) for side, stay in enumerate(couples[n].tolist()) if room[stay] < 0]
        for side, stay in sides:
            first, last, where = int(problem.first[stay]), int(problem.last[stay]), pairs[:, side]
            fit &= (holes.free(first, last) & floors.open_to(stay))[where]
            price += prices.guest(stay, where) + holes.idle(first, last, where)
        if fit.any():
            best = np.where(fit, price, np.inf).argmin()
            for side, stay in sides:
                _move_in(ground, room, holes, floors, stay, int(pairs[best, side]))


def fitting_pairs(ground: Ground, room: Ints, couple: Ints, pairs: Ints) -> Bools:
    """Which pairs the first and the second of a couple may have; one of them may have his room in `room` already."""
    problem = ground.problem
    fit = np.ones(len(pairs), bool)
    for side, stay in enumerate(couple.tolist()):
        where = pairs[:, side]
        fit &= where == room[stay] if room[stay] >= 0 else problem.allows(stay)[where]
    return fit


def _move_in(ground: Ground, room: Ints, holes: Holes, floors: Floors, stay: int, where: int) -> None:
    room[stay] = where
    holes.take(where, int(ground.problem.first[stay]), int(ground.problem.last[stay]))
    floors.enter(stay, where)


class Holes:
    """Which rooms are free when, and what a stay would leave idle beside it. Slots come first: [slot, R]."""

    def __init__(self, ground: Ground, room: Ints) -> None:
        problem = ground.problem
        self.gap = np.append(ground.gap, 0).astype(np.float64)
        self.whole = self.gap - TRIFLE * np.arange(len(self.gap))
        slots, self.never = 2 * problem.nights + 4, 4 * problem.nights + 64
        self.slots = np.arange(slots, dtype=np.int32)
        self.before = np.full((slots, problem.rooms), -self.never, np.int32)  # where the last one before this slot ends
        self.after = np.full((slots, problem.rooms), self.never, np.int32)  # first taken slot from this one on
        for where, first, last in problem.blocked.tolist():
            self.take(where, first, last)
        for stay in np.flatnonzero(room >= 0).tolist():
            self.take(int(room[stay]), int(problem.first[stay]), int(problem.last[stay]))

    def take(self, room: int, first: int, last: int) -> None:
        before, after = self.before[last:, room], self.after[:last, room]
        np.maximum(before, last, out=before)
        np.minimum(after, np.maximum(self.slots[:last], first), out=after)

    def free(self, first: int, last: int) -> Bools:
        """[R] nothing is in the room from slot `first` to `last`."""
        return self.after[first] >= last

    def idle(self, first: int, last: int, rooms: Ints) -> Floats:
        """What the stay would change in the price of gaps, and a trifle for breaking up long free times."""
        evening, morning = self.before[first].take(rooms), self.after[last].take(rooms)
        evening >>= 1
        morning >>= 1
        price: Floats = self.gap.take(first // 2 - evening, mode="clip")
        price += self.gap.take(morning - last // 2, mode="clip")
        morning -= evening
        price -= self.whole.take(morning, mode="clip")
        return price


class Company:
    """What the parties of a stay add to the price of a room, seen by the one who chooses now."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.parties: dict[int, list[int]] = {}
        for party, stay in zip(ground.member_of.tolist(), ground.member.tolist(), strict=True):
            self.parties.setdefault(stay, []).append(party)
        self.mate = {one: other for pair in ground.couples.tolist() for one, other in (pair, pair[::-1])}
        self.split = ground.split.sum(axis=1)
        self.unconnected = float(ground.unconnected.sum(axis=1).max(initial=0))

    def add_prices(self, price: Floats, stay: int, room: Ints, fits: Ints) -> None:
        for party in self.parties.get(stay, ()):
            self._add_floors(price, party, room, fits)
        mate = self.mate.get(stay, NOWHERE)
        if mate >= 0 and room[mate] >= 0:
            price += np.where((self.ground.doors[fits] == room[mate]).any(axis=1), 0.0, self.unconnected)

    def _add_floors(self, price: Floats, party: int, room: Ints, fits: Ints) -> None:
        """Nothing where the party lives already; the first of them looks for a floor with room for all."""
        ground, split = self.ground, float(self.split[party])
        members = room[list(ground.problem.parties[party].members)]
        there = members[members >= 0]
        if len(there):
            lived = np.zeros(ground.floors, bool)
            lived[ground.floor[there]] = True
            price += np.where(lived[ground.floor[fits]], 0.0, split)
        elif len(members) > 1:
            count = np.bincount(ground.floor[fits], minlength=ground.floors)
            short = np.maximum(len(members) - count, 0) / len(members)
            price += (3 * split * short)[ground.floor[fits]]
