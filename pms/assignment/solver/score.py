"""What a plan costs, tier by tier, and whether it breaks anything hard."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pms.assignment.solver.ground import Ground, Tiers, lay_out
from pms.assignment.solver.problem import Ints, Problem


def evaluate(problem: Problem, room: Ints) -> tuple[int, ...]:
    """The price of a plan, highest tier first; `room` is [S], -1 without a room. Hard rules are `broken`'s."""
    return score(lay_out(problem), room)


def score(ground: Ground, room: Ints) -> tuple[int, ...]:
    """The same for a problem that is laid out already."""
    problem = ground.problem
    tiers = _of_guests(ground, room) + _of_parties(ground, room)
    tiers[problem.gap_tier] += _of_gaps(ground, room)
    if problem.noise is not None:
        tiers[problem.noise.tier] += problem.noise.amount * _strangers_at_doors(ground, room)
    return tuple(tiers.tolist())


def _of_guests(ground: Ground, room: Ints) -> Tiers:
    problem = ground.problem
    placed = np.flatnonzero((room >= 0) & ground.movable)
    tiers = problem.cost[problem.pays[:, problem.wants[placed]], room[placed]].sum(axis=1, dtype=np.int64)
    tiers[0] += problem.priority[room < 0].sum(dtype=np.int64)
    moved = ground.movable & (room >= 0) & (problem.current >= 0) & (room != problem.current)
    tiers[problem.change_tier] += problem.change[moved].sum(dtype=np.int64)
    return tiers


def _of_parties(ground: Ground, room: Ints) -> Tiers:
    seen = np.zeros((len(ground.split), ground.floors), bool)
    with_room = room[ground.member] >= 0
    seen[ground.member_of[with_room], ground.floor[room[ground.member[with_room]]]] = True
    beyond = np.maximum(seen.sum(axis=1) - 1, 0)
    one, other = room[ground.couples[:, 0]], room[ground.couples[:, 1]]
    apart = (one >= 0) & (other >= 0) & ~(ground.doors[one] == other[:, None]).any(axis=1)
    return beyond @ ground.split + apart @ ground.unconnected


def timeline(problem: Problem, room: Ints) -> tuple[Ints, Ints, Ints]:
    """Room, first and last slot of everything that takes a room, closures too, by room and time."""
    placed = room >= 0
    where = np.concatenate((room[placed], problem.blocked[:, 0]))
    first = np.concatenate((problem.first[placed], problem.blocked[:, 1]))
    last = np.concatenate((problem.last[placed], problem.blocked[:, 2]))
    order = np.argsort(where * (2 * problem.nights + 4) + first, kind="stable")
    return where[order], first[order], last[order]


def _of_gaps(ground: Ground, room: Ints) -> int:
    where, first, last = timeline(ground.problem, room)
    idle = first[1:] // 2 - last[:-1] // 2
    return int(ground.gap[idle[(where[1:] == where[:-1]) & (idle > 0)]].sum(dtype=np.int64))


def _strangers_at_doors(ground: Ground, room: Ints) -> int:
    """Shared nights of strangers on both sides of a connecting door."""
    problem = ground.problem
    nobody = np.iinfo(np.int32).max
    sleeps = np.full((problem.rooms, problem.nights + 1), nobody, np.int32)
    for stay in np.flatnonzero(room >= 0).tolist():
        sleeps[room[stay], problem.first[stay] // 2 : problem.last[stay] // 2] = ground.stranger[stay]
    one, other = sleeps[problem.pairs[:, 0]], sleeps[problem.pairs[:, 1]]
    return int(((one != nobody) & (other != nobody) & (one != other)).sum())


def broken(problem: Problem, room: Ints) -> Iterator[str]:
    """What a plan breaks of the hard rules, a line each; fixed stays and closures alone break nothing."""
    free = np.flatnonzero((room >= 0) & (problem.fixed < 0))
    for stay in free[~problem.allowed[problem.may[problem.wants[free]], room[free]]]:
        yield f"stay {stay} may not have room {room[stay]}"
    for stay in np.flatnonzero((problem.fixed >= 0) & (room != problem.fixed)):
        yield f"stay {stay} has left room {problem.fixed[stay]}"
    yield from _double(problem, room)
    yield from _met(problem, room)


def _double(problem: Problem, room: Ints) -> Iterator[str]:
    taken = np.zeros((problem.rooms, 2 * problem.nights + 3), bool)
    for where, first, last in problem.blocked.tolist():
        taken[where, first:last] = True
    for stay in np.flatnonzero(problem.fixed >= 0):
        taken[problem.fixed[stay], problem.first[stay] : problem.last[stay]] = True
    for stay in np.flatnonzero((room >= 0) & (problem.fixed < 0)):
        slots = taken[room[stay], problem.first[stay] : problem.last[stay]]
        if slots.any():
            yield f"stay {stay} is in room {room[stay]}, which is taken"
        slots[:] = True


def _met(problem: Problem, room: Ints) -> Iterator[str]:
    sided = np.flatnonzero((room >= 0) & (problem.side >= 0)).tolist()
    for n, one in enumerate(sided):
        for other in sided[:n]:
            both_fixed = problem.fixed[one] >= 0 and problem.fixed[other] >= 0
            if both_fixed or not problem.apart[problem.side[one], problem.side[other]]:
                continue
            same_floor = problem.floor[room[one]] == problem.floor[room[other]]
            if same_floor and share_a_night(problem, one, other):
                yield f"stays {one} and {other} meet on a floor"


def share_a_night(problem: Problem, one: int, other: int) -> bool:
    return bool(
        max(problem.first[one] // 2, problem.first[other] // 2) < min(problem.last[one] // 2, problem.last[other] // 2)
    )
