"""Moves for those who belong together: a couple behind one connecting door, a party on one floor, all at once.

Whoever was in the way is put out and settled again with everybody around; the caller keeps only a better plan.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import linear_sum_assignment

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.keep_apart import Floors
from pms.assignment.solver.lifting import lift
from pms.assignment.solver.nights import settle
from pms.assignment.solver.parties import connected
from pms.assignment.solver.prices import Prices
from pms.assignment.solver.problem import NOWHERE, Bools, Ints
from pms.assignment.solver.starts import fitting_pairs
from pms.assignment.solver.windows import block_with, one_side_at_a_time

Move = Callable[[Ground, Prices, Ints, int, np.random.Generator], Ints]

IN_THE_WAY = 1000.0  # price of putting somebody out, for every half day
TORN = 50.0  # times that, when he would be torn from behind a connecting door
HOPELESS = 1e15
SPREAD = 0.5  # chance of up to this share on the price of a pair, so that another is tried the next time


def split_parties(ground: Ground, room: Ints) -> Ints:
    """Parties with members on several floors that pay for it, and of whom somebody can move."""
    where = room[ground.member]
    seen = np.zeros((len(ground.split), ground.floors), bool)
    seen[ground.member_of[where >= 0], ground.floor[where[where >= 0]]] = True
    can_move = np.bincount(ground.member_of[ground.movable[ground.member]], minlength=len(seen)) > 0
    return np.flatnonzero((seen.sum(axis=1) > 1) & can_move & ground.split.any(axis=1))


def parted_couples(ground: Ground, room: Ints) -> Ints:
    """Couples without their door of whom one can move."""
    torn = ~connected(ground, room)[ground.couples].all(axis=1)
    return np.flatnonzero(torn & ground.movable[ground.couples].any(axis=1))


def broken_promises(ground: Ground, room: Ints) -> list[tuple[Move, int]]:
    """Parties and couples who do not live as tier 1 promises, each with the move that keeps the promise."""
    split, parted = split_parties(ground, room), parted_couples(ground, room)
    parties = split[ground.split[split, 1] > 0].tolist()
    couples = parted[ground.unconnected[parted, 1] > 0].tolist()
    return [(move_in, party) for party in parties] + [(reunite, couple) for couple in couples]


def gather(ground: Ground, prices: Prices, room: Ints, party: int, rng: np.random.Generator) -> Ints:
    """A plan with the party on one floor, if one is found: where most of it lives, or any other one."""
    members = np.array(ground.problem.parties[party].members)
    living = np.bincount(ground.floor[room[members][room[members] >= 0]], minlength=ground.floors)
    fits = np.bincount(ground.floor, ground.problem.allows(members).any(axis=0), ground.floors)
    floors = np.flatnonzero(fits >= len(members))
    floor = int(living.argmax()) if rng.random() < 0.5 or not len(floors) else int(rng.choice(floors))
    there = np.union1d(np.flatnonzero(ground.floor == floor), room[members[room[members] >= 0]])
    stay_put = connected(ground, room) | one_side_at_a_time(ground, rng)
    window = (int(ground.problem.first[members].min()), int(ground.problem.last[members].max()))
    lifted = lift(ground, room, block_with(ground, there, rng), window, stay_put)
    return settle(ground, prices, room, lifted, meant={party: floor})


def move_in(ground: Ground, prices: Prices, room: Ints, party: int, rng: np.random.Generator) -> Ints:
    """A plan with the whole party on one floor, whoever lives there; those put out may have no room for now."""
    members = np.array(ground.problem.parties[party].members)
    stays, staying = members[ground.movable[members]], members[~ground.movable[members]]
    new = room.copy()
    new[stays] = NOWHERE
    price = _price_of_rooms(ground, prices, new, stays, IN_THE_WAY * rng.random() ** 3)
    best, where = np.inf, None
    for floor in np.unique(ground.floor[room[staying]]) if len(staying) else range(ground.floors):
        rooms = np.flatnonzero(ground.floor == floor)
        paid, rooms = _together_in(rooms, price[:, rooms])
        if paid * (spread := 1 + SPREAD * rng.random()) < best:
            best, where = paid * spread, rooms
    return room if where is None else _put_in(ground, prices, room, stays, where, rng)


def _together_in(rooms: Ints, price: Floats) -> tuple[float, Ints]:
    """What the stays pay in the best of these rooms, infinite where they cannot all be there, and each one's room."""
    if len(rooms) < len(price):
        return np.inf, rooms
    rows, columns = linear_sum_assignment(np.minimum(price, HOPELESS))
    return float(price[rows, columns].sum()), rooms[columns].astype(np.int32)


def reunite(ground: Ground, prices: Prices, room: Ints, couple: int, rng: np.random.Generator) -> Ints:
    """A plan with the couple behind one door, if there is a pair for them: those in it are settled elsewhere."""
    stays = ground.couples[couple]
    movable = ground.movable[stays]
    new = room.copy()
    new[stays[movable]] = NOWHERE
    pairs = np.concatenate((ground.problem.pairs, ground.problem.pairs[:, ::-1]))
    pairs = pairs[fitting_pairs(ground, new, stays, pairs)]
    if not len(pairs):
        return room
    price = np.zeros(len(pairs))
    for side, paid in zip(
        np.flatnonzero(movable).tolist(), _price_of_rooms(ground, prices, new, stays[movable], IN_THE_WAY), strict=True
    ):
        price += paid[pairs[:, side]]
    price *= 1 + SPREAD * rng.random(len(pairs))
    best = int(price.argmin())
    return (
        _put_in(ground, prices, room, stays[movable], pairs[best, movable], rng) if np.isfinite(price[best]) else room
    )


def _price_of_rooms(ground: Ground, prices: Prices, room: Ints, stays: Ints, in_the_way: float) -> Floats:
    """[stays, rooms] what each pays in a room and for putting out who lives there; infinite where it cannot be."""
    problem, floors = ground.problem, Floors(ground, room)
    price = prices.guests(stays, np.arange(problem.rooms))
    nights = (problem.last - problem.first) * np.where(connected(ground, room), TORN, 1.0)
    for row, stay in enumerate(stays.tolist()):
        here = _meets(ground, room, stay)
        out, staying = here[ground.movable[here]], here[~ground.movable[here]]
        price[row] += in_the_way * np.bincount(room[out], nights[out], problem.rooms)
        price[row, room[staying]] = np.inf
        closed = (problem.blocked[:, 1] < problem.last[stay]) & (problem.blocked[:, 2] > problem.first[stay])
        price[row, problem.blocked[closed, 0]] = np.inf
        price[row, ~floors.open_to(stay)] = np.inf
    return price


def _put_in(ground: Ground, prices: Prices, room: Ints, stays: Ints, where: Ints, rng: np.random.Generator) -> Ints:
    """The stays in their rooms; those who live there on their nights are settled elsewhere, with others around them."""
    problem, new = ground.problem, room.copy()
    new[stays] = NOWHERE
    for stay, to in zip(stays.tolist(), where.tolist(), strict=True):
        here = _meets(ground, new, stay)
        new[here[new[here] == to]] = NOWHERE
    out = np.flatnonzero((new < 0) & (room >= 0))
    out = out[~np.isin(out, stays)]
    new[stays] = where
    if not len(out):
        return new
    wanted: Bools = np.logical_or.reduce(problem.allows(out))
    rooms = block_with(ground, np.union1d(where, room[stays[room[stays] >= 0]]), rng, wanted)
    window = (int(problem.first[out].min()), int(problem.last[out].max()))
    stay_put = connected(ground, new) | one_side_at_a_time(ground, rng)
    stay_put[stays] = True
    return settle(ground, prices, new, lift(ground, new, rooms, window, stay_put))


def _meets(ground: Ground, room: Ints, stay: int) -> Ints:
    """Who has a room while the stay is here."""
    problem = ground.problem
    return np.flatnonzero((problem.first < problem.last[stay]) & (problem.last > problem.first[stay]) & (room >= 0))
