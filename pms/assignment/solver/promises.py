"""Moves for those who belong together: a couple behind one connecting door, a party on one floor, all at once.

Whoever was in the way is put out and settled again with everybody around; the caller keeps only a better plan.
"""

from __future__ import annotations

import numpy as np

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.keep_apart import Floors
from pms.assignment.solver.lifting import lift
from pms.assignment.solver.nights import settle
from pms.assignment.solver.parties import connected
from pms.assignment.solver.prices import Prices
from pms.assignment.solver.problem import NOWHERE, Bools, Ints
from pms.assignment.solver.starts import fitting_pairs
from pms.assignment.solver.windows import block_with, one_side_at_a_time

IN_THE_WAY = 1000.0  # price of putting somebody out, for every night
TORN = 50.0  # times that, when he would be torn from behind a connecting door
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


def gather(ground: Ground, prices: Prices, room: Ints, party: int, rng: np.random.Generator) -> Ints:
    """A plan with the party on one floor, if one is found: where most of it lives, or any other one."""
    members = np.array(ground.problem.parties[party].members)
    living = np.bincount(ground.floor[room[members][room[members] >= 0]], minlength=ground.floors)
    fits = np.bincount(ground.floor, ground.problem.allowed[ground.problem.wants[members]].any(axis=0), ground.floors)
    floors = np.flatnonzero(fits >= len(members))
    floor = int(living.argmax()) if rng.random() < 0.5 or not len(floors) else int(rng.choice(floors))
    there = np.union1d(np.flatnonzero(ground.floor == floor), room[members[room[members] >= 0]])
    stay_put = connected(ground, room) | one_side_at_a_time(ground, rng)
    window = (int(ground.problem.first[members].min()), int(ground.problem.last[members].max()))
    lifted = lift(ground, room, block_with(ground, there, rng), window, stay_put)
    return settle(ground, prices, room, lifted, meant={party: floor})


def reunite(ground: Ground, prices: Prices, room: Ints, couple: int, rng: np.random.Generator) -> Ints:
    """A plan with the couple behind one door, if there is a pair for them: those in it are settled elsewhere."""
    stays = ground.couples[couple]
    new = room.copy()
    new[stays[ground.movable[stays]]] = NOWHERE
    pairs = _pairs_for(ground, new, stays, Floors(ground, new))
    if not len(pairs):
        return room
    price = _price_of_pairs(ground, prices, new, stays, pairs) * (1 + SPREAD * rng.random(len(pairs)))
    pair = pairs[price.argmin()]
    out = _overlapping(ground, new, stays) & np.isin(new, pair)
    new[out] = NOWHERE
    new[stays] = pair
    affected = np.flatnonzero(out)
    if not len(affected):
        return new
    wanted: Bools = np.logical_or.reduce(ground.problem.allowed[ground.problem.wants[affected]])
    rooms = block_with(ground, np.union1d(pair, room[stays[room[stays] >= 0]]), rng, wanted)
    window = (int(ground.problem.first[affected].min()), int(ground.problem.last[affected].max()))
    stay_put = connected(ground, new) | one_side_at_a_time(ground, rng)
    return settle(ground, prices, new, lift(ground, new, rooms, window, stay_put))


def _pairs_for(ground: Ground, room: Ints, stays: Ints, floors: Floors) -> Ints:
    """[n, 2] rooms for the first and the second: allowed, and nobody in them who cannot be put out."""
    problem = ground.problem
    pairs = np.concatenate((problem.pairs, problem.pairs[:, ::-1]))
    first, last = problem.first[stays].min(), problem.last[stays].max()
    held = np.zeros(problem.rooms, bool)
    kept = (problem.fixed >= 0) & (problem.first < last) & (problem.last > first)
    kept[stays] = False
    held[problem.fixed[kept]] = True
    closed = problem.blocked[(problem.blocked[:, 1] < last) & (problem.blocked[:, 2] > first)]
    held[closed[:, 0]] = True
    good = ~held[pairs].any(axis=1) & fitting_pairs(ground, room, stays, pairs)
    for side, stay in enumerate(stays.tolist()):
        good &= floors.open_to(stay)[pairs[:, side]] | (problem.fixed[stay] >= 0)
    return pairs[good]


def _price_of_pairs(ground: Ground, prices: Prices, room: Ints, stays: Ints, pairs: Ints) -> Floats:
    """What the couple pays, and what it costs to put out who lives there."""
    problem = ground.problem
    out = np.flatnonzero(_overlapping(ground, room, stays) & (room >= 0))
    nights = (problem.last[out] - problem.first[out]) * np.where(connected(ground, room)[out], TORN, 1.0)
    in_the_way = np.bincount(room[out], nights * IN_THE_WAY, problem.rooms)
    price = in_the_way[pairs].sum(axis=1).astype(np.float64)
    for side in np.flatnonzero(ground.movable[stays]).tolist():
        price += prices.guests(stays[[side]], pairs[:, side])[0]
    return price


def _overlapping(ground: Ground, room: Ints, stays: Ints) -> Bools:
    problem = ground.problem
    first, last = problem.first[stays].min(), problem.last[stays].max()
    return (problem.first < last) & (problem.last > first) & ground.movable & (room >= 0)
