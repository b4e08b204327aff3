"""The search as a whole: a full plan at once, a room for everybody, then better until time or steps are up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import InitVar, dataclass, field

import numpy as np

from pms.assignment.solver.bargain import Bargain, content
from pms.assignment.solver.ground import Ground, lay_out
from pms.assignment.solver.insertion import Insertion
from pms.assignment.solver.lifting import lift
from pms.assignment.solver.nights import settle
from pms.assignment.solver.noise import one_side_of_doors
from pms.assignment.solver.parties import connected
from pms.assignment.solver.prices import Prices, prices_of
from pms.assignment.solver.problem import Ints, Problem, Solution
from pms.assignment.solver.promises import broken_promises, gather, parted_couples, reunite, split_parties
from pms.assignment.solver.score import score
from pms.assignment.solver.starts import greedy
from pms.assignment.solver.windows import block, one_side_at_a_time, window

MILD, STRICT = 2, 1000  # steepness of the tiers inside a move; what is kept is always decided tier by tier
PATIENCE = 250  # steps for a room for everybody without anybody more getting one
ROUND = 100  # steps of comfort between two tries for those without a room
COUPLES, PARTIES = 0.15, 0.1  # share of the steps that look after them while one is not as it should be
EXCURSIONS, HOMELESS, AWAY = 2, 15, 60  # in a row; steps of each for rooms for those put out, and for comfort
BARGAIN = 200  # steps of the search before it bargains, those of the bargain, and those of comfort after it
BARGAIN_ROOMS = 1500  # in a larger house so few steps do not settle the rewards, and the start is a worse one
ENOUGH = 300  # steps when neither time nor steps are given


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 0,
    start: Ints | None = None,
    on_better: Callable[[Solution], None] | None = None,
) -> Solution:
    """The best plan found in `seconds` or `steps`, whichever ends first; it breaks no hard rule.

    `start` [S] are rooms to begin with, those of fixed stays among them, -1 where one is to be found. The same problem,
    seed and number of steps give the same plan on every machine: the clock is only asked whether to stop. `on_better`
    hears of the first plan and of every better one.
    """
    if seconds is None and steps is None:
        steps = ENOUGH
    search = Search(problem, seed, on_better, start)
    for _ in search.go_on():
        if (steps is not None and search.steps >= steps) or (seconds is not None and search.seconds >= seconds):
            break
    return search.solution()


@dataclass(slots=True)
class Search:
    """The plan at hand, the best one so far, and the ways to a better one."""

    problem: Problem
    seed: int
    on_better: Callable[[Solution], None] | None
    start: InitVar[Ints | None] = None
    steps: int = 0
    began: float = field(default_factory=time.monotonic)
    ground: Ground = field(init=False)
    plain: Prices = field(init=False)
    mild: Prices = field(init=False)
    strict: Prices = field(init=False)
    bargained: bool = False
    away: bool = False  # on an excursion: the plan at hand may be worse than the best
    stale: int = 0  # steps of comfort since the plan last got better
    rng: np.random.Generator = field(init=False)
    room: Ints = field(init=False)
    tiers: tuple[int, ...] = field(init=False)
    best: tuple[Ints, tuple[int, ...]] = field(init=False)

    def __post_init__(self, start: Ints | None) -> None:
        self.ground = lay_out(self.problem)
        self.rng = np.random.default_rng(self.seed)
        self.plain = prices_of(self.ground, 1, table=False)  # the first plan asks for each guest but once
        self.strict = prices_of(self.ground, STRICT, table=False)
        self.room = greedy(self.ground, self.plain, start)
        self.tiers = score(self.ground, self.room)
        self._remember()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def solution(self) -> Solution:
        room, tiers = self.best
        return Solution(room.copy(), tiers, self.steps, self.seconds)

    def go_on(self) -> Iterator[None]:
        """One step after the other; ends only when nothing can be better."""
        yield
        patience = PATIENCE
        self.mild = prices_of(self.ground, MILD)
        if self.tiers[0]:
            self.plain = prices_of(self.ground, 1)
        while any(self.tiers) and self.ground.movable.any():
            yield from self._room_for_all(patience)
            yield from self._comfort(ROUND)
            yield from self._promises()
            if self._may_bargain():
                yield from self._bargain()
            patience = PATIENCE // 2

    def _room_for_all(self, patience: int) -> Iterator[None]:
        prices = self.mild if self.away else self.plain
        search, record = Insertion(self.ground, prices, self.room, self.rng), self.steps
        while ((search.room < 0) & self.ground.movable).any() and self.steps - record < patience:
            search.step()
            self.steps += 1
            if self._keep_if_better(search.room):
                record = self.steps
            yield

    def _comfort(self, steps: int, goal: tuple[int, ...] = ()) -> Iterator[None]:
        """So many steps, or until the plan is better than `goal`."""
        until = self.steps + steps
        while self.steps < until and self.tiers > goal:
            better = self._keep_if_better(self._another_plan())
            self.stale = 0 if better else self.stale + 1
            self.steps += 1
            yield

    def _promises(self) -> Iterator[None]:
        """A broken promise is kept at any price, then the others are given time to settle around it."""
        for _ in range(EXCURSIONS):
            if self.tiers[0] or not (broken := broken_promises(self.ground, self.room)):
                return
            keep, who = broken[int(self.rng.integers(len(broken)))]
            yield from self._excursion(keep(self.ground, self.mild, self.room, who, self.rng), HOMELESS, AWAY)

    def _may_bargain(self) -> bool:
        rooms = self.problem.rooms
        ready = not self.bargained and not self.tiers[0] and rooms <= BARGAIN_ROOMS
        return ready and self.steps >= BARGAIN + rooms // 4

    def _bargain(self) -> Iterator[None]:
        """Another start, once, when the first one has been worked on for a while: better in a house that has time."""
        self.bargained = True
        weight = np.append(0.0, self.mild.weight[1:])
        bargain = Bargain(self.ground, self.room, content(self.ground, self.room), weight)
        for step in range(BARGAIN):
            bargain.step(step / BARGAIN)
            self.steps += 1
            yield
        start = bargain.rooms(self.rng)
        del bargain
        yield from self._excursion(
            greedy(self.ground, self.mild, start), BARGAIN // 2, BARGAIN + self.problem.rooms // 4
        )

    def _excursion(self, room: Ints, patience: int, steps: int) -> Iterator[None]:
        """From a plan that may be worse; it is forgotten unless it becomes better than the plan at hand."""
        home, self.away = (self.room, self.tiers), True
        self.room, self.tiers = room, score(self.ground, room)
        self.steps += 1
        yield
        yield from self._room_for_all(patience)
        if not self.tiers[0]:
            yield from self._comfort(steps, home[1])
        if self.tiers > home[1]:
            self.room, self.tiers = home
        self.away = False

    def _another_plan(self) -> Ints:
        """Mostly some nights settled anew; now and then a couple or a party that does not live as it should."""
        ground, prices, room, rng = self.ground, self._prices(), self.room, self.rng
        what = rng.random()
        if what < COUPLES and len(parted := parted_couples(ground, room)):
            return reunite(ground, prices, room, int(rng.choice(parted)), rng)
        if what < COUPLES + PARTIES and len(split := split_parties(ground, room)):
            tier = (ground.split[split] > 0).argmax(axis=1)
            return gather(ground, prices, room, int(rng.choice(split[tier == tier.min()])), rng)
        stay_put = connected(ground, room) | one_side_at_a_time(ground, rng)
        rooms = one_side_of_doors(ground, block(ground, rng), rng)
        return settle(ground, prices, room, lift(ground, room, rooms, window(ground, rng), stay_put))

    def _prices(self) -> Prices:
        """Mild ones serve all tiers at once; when they have no more to give, strict ones trade low tiers for high."""
        exhausted = not self.away and self.stale > 5 + self.problem.stays // 4
        return self.strict if exhausted and self.steps % 2 else self.mild

    def _keep_if_better(self, room: Ints) -> bool:
        """Whether the plan is really better; one that is as good is kept too, for the search to wander."""
        tiers = score(self.ground, room)
        if tiers > self.tiers:
            return False
        better = tiers < self.tiers
        self.room, self.tiers = room, tiers
        if tiers < self.best[1]:
            self._remember()
        return better

    def _remember(self) -> None:
        self.best = self.room, self.tiers
        if self.on_better is not None:
            self.on_better(self.solution())
