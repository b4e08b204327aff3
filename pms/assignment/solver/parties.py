"""What those who belong together add to the price of a room while they are lifted (P1, P3, P9, P10)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.prices import Prices
from pms.assignment.solver.problem import Bools, Ints

MEANT = 8.0  # times the price of a further floor: enough to make a party go where it is meant to live


def floor_prices(
    ground: Ground, prices: Prices, room: Ints, kept: Ints, up: Bools, meant: dict[int, int]
) -> Iterator[tuple[int, Floats]]:
    """For every lifted member of a party, the price of each floor to it.

    Where one of them stays, a floor costs nothing. Else nothing on the floor where most live now; a floor where n live
    costs each of them the n-th part of a further floor, so that the few go to the many.
    """
    lifted = up[ground.member]
    for party in np.unique(ground.member_of[lifted]).tolist():
        members = np.array(ground.problem.parties[party].members)
        if party in meant:
            price = np.full(ground.floors, MEANT * prices.split[party])
            price[meant[party]] = 0.0
        else:
            price = prices.split[party] * _shares(ground, room[members], kept[members])
        for stay in members[up[members]].tolist():
            yield stay, price


def _shares(ground: Ground, now: Ints, kept: Ints) -> Floats:
    living = np.bincount(ground.floor[now[now >= 0]], minlength=ground.floors)
    share = 1.0 / np.maximum(living, 1)
    staying = ground.floor[kept[kept >= 0]]
    if len(staying):
        share[staying] = 0.0
    elif living.any():
        share[living.argmax()] = 0.0
    return share


def door_prices(ground: Ground, prices: Prices, kept: Ints, up: Bools) -> Iterator[tuple[int, Floats]]:
    """For one of a couple who is lifted alone: what every room costs that has no door to the other's."""
    for n, (one, other) in enumerate(ground.couples.tolist()):
        for stay, mate in ((one, other), (other, one)):
            if up[stay] and kept[mate] >= 0:
                price = np.full(len(ground.floor), prices.unconnected[n])
                behind = ground.doors[kept[mate]]
                price[behind[behind >= 0]] = 0.0
                yield stay, price


def connected(ground: Ground, room: Ints) -> Bools:
    """[S] stays of couples that have a connecting door between them."""
    one, other = room[ground.couples[:, 0]], room[ground.couples[:, 1]]
    good = (one >= 0) & (other >= 0) & (ground.doors[one] == other[:, None]).any(axis=1)
    at_door = np.zeros(len(room), bool)
    at_door[ground.couples[good]] = True
    return at_door
