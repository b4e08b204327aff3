"""What the rules of guest against room charge, for many stays and all rooms at once.

The scalar rules stay the only law: a rule is asked once for each combination of the facts it reads (`Reads`), and its
answer is spread over all stays and rooms that are equal in them. Thousands of rooms have few types, states and sets of
features, so a few hundred questions price a house.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.assignment.rules import Must, OfKind, Preference, Tier, Who, Wishing, anybody
from pms.assignment.rules.book import RuleBook

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]
Question: TypeAlias = "tuple[_Asked, Hashable]"
Questions: TypeAlias = tuple[Question, ...]


class Classes(NamedTuple):
    """Rooms that are equal in some facts: the class of each room [R], and one room of each class."""

    of_room: NDArray[np.intp]
    samples: tuple[RoomFacts, ...]


class Columns:
    """The rooms of a house in a fixed order, sorted into classes as the rules ask for them."""

    def __init__(self, rooms: Iterable[RoomFacts]) -> None:
        self.rooms: tuple[RoomFacts, ...] = tuple(rooms)
        self.place = {room.number: place for place, room in enumerate(self.rooms)}
        self.floor = np.array([room.floor for room in self.rooms], dtype=np.int32)
        self._of_floor: dict[int, list[int]] = {}
        for place, room in enumerate(self.rooms):
            self._of_floor.setdefault(room.floor, []).append(place)
        self._classes: dict[tuple[str, ...], Classes] = {}

    def classes(self, facts: tuple[str, ...]) -> Classes:
        if facts not in self._classes:
            self._classes[facts] = self._sort(facts)
        return self._classes[facts]

    def _sort(self, facts: tuple[str, ...]) -> Classes:
        if not facts:
            return Classes(np.zeros(len(self.rooms), np.intp), self.rooms[:1])
        values = list(map(attrgetter(*facts), self.rooms))
        first = dict(zip(reversed(values), reversed(self.rooms), strict=True))  # of equal rooms the first one stays
        codes = {value: code for code, value in enumerate(first)}
        return Classes(np.array([codes[value] for value in values], np.intp), tuple(first.values()))

    def around(self, numbers: Sequence[str]) -> Classes:
        """Classes for a rule about these rooms: each of them, the others of each of their floors, all the rest."""
        named = [self.place[number] for number in dict.fromkeys(numbers) if number in self.place]
        floors = {self.rooms[place].floor for place in named}
        codes = np.zeros(len(self.rooms), np.intp)
        samples = [next((room for room in self.rooms if room.floor not in floors), self.rooms[0])]
        for floor in floors:
            others = [place for place in self._of_floor[floor] if place not in named]
            codes[others] = len(samples)
            samples += [self.rooms[place] for place in others[:1]]
        for place in named:
            codes[place] = len(samples)
            samples.append(self.rooms[place])
        return Classes(codes, tuple(samples))


class Priced(NamedTuple):
    """What S stays may have and pay, said once: W have different wants, A of these may have different rooms, and tier
    by tier they pay in C ways, the first of which is nothing.
    """

    wants: Ints  # [S] column of `may` and `pays`
    may: Ints  # [W] row of `allowed`
    pays: Ints  # [T, W] row of `cost`
    allowed: Bools  # [A, R]
    cost: Ints  # [C, R]


class Pricing:
    """The prices of one house by one rule book. Remembers every answer, so keep it while the house stays the same."""

    def __init__(self, house: House, book: RuleBook, columns: Columns | None = None) -> None:
        self.house = house
        self.columns = columns or Columns(house.rooms.values())
        rules: list[Must | Preference] = [*book.musts, *book.preferences.values()]
        self._rules = [_Asked(rule) for rule in rules if not rule.reads.situation]
        self._known: dict[Hashable, list[tuple[_Asked, Who | None]]] = {}  # by kinds and wishes: most are many people's
        self._answers: dict[Hashable, NDArray[Any] | None] = {}

    def of(self, stays: Sequence[StayFacts]) -> Priced:
        """Stays of which no rule can tell the difference share a column; a fixed one breaks none and pays nothing."""
        columns: dict[Questions, int] = {}
        samples: list[StayFacts] = []
        wants = np.zeros(len(stays), np.int32)
        for place, stay in enumerate(stays):
            wants[place] = found = columns.setdefault(self._questions(stay), len(columns))
            if found == len(samples):
                samples.append(stay)
        return self._priced(wants, [_by_tier(questions) for questions in columns], samples)

    def _priced(self, wants: Ints, asked: Sequence[list[Questions]], samples: Sequence[StayFacts]) -> Priced:
        """`asked` are the musts of each sample, then its preferences of each tier: equal ones are answered once."""
        musts = {part[0]: stay for part, stay in zip(asked, samples, strict=True)}
        costs: dict[Questions, StayFacts] = dict(zip([()], samples, strict=False))
        costs |= {of_tier: stay for part, stay in zip(asked, samples, strict=True) for of_tier in part[1:]}
        may, pays = ({questions: row for row, questions in enumerate(known)} for known in (musts, costs))
        rooms = len(self.columns.rooms)
        in_tiers = [[pays[of_tier] for of_tier in part[1:]] for part in asked]
        allowed = [self._allowed(questions, stay) for questions, stay in musts.items()]
        cost = [self._cost(questions, stay) for questions, stay in costs.items()]
        return Priced(
            wants,
            may=np.array([may[part[0]] for part in asked], np.int32),
            pays=np.array(in_tiers, np.int32).reshape(-1, len(Tier)).T,
            allowed=np.array(allowed, np.bool_).reshape(len(musts), rooms),
            cost=np.array(cost, np.int32).reshape(len(costs), rooms),
        )

    def one(self, stay: StayFacts) -> tuple[Bools, Ints]:
        """Which rooms one stay may have [R], and what each would cost by tier [T, R]."""
        allowed = np.ones(len(self.columns.rooms), np.bool_)
        cost = np.zeros((len(Tier), len(allowed)), np.int32)
        for (rule, _), answer in self._answered(self._questions(stay), stay):
            if rule.tier is None:
                allowed &= answer
            else:
                cost[rule.tier] += answer
        return allowed, cost

    def _questions(self, stay: StayFacts) -> Questions:
        """The rules that speak for the stay, each with what its answers depend on besides the room."""
        if stay.fixed_room is not None:
            return ()
        kind = stay.kinds, stay.wishes
        if kind not in self._known:
            rules = [rule for rule in self._rules if not rule.known or rule.who(stay, self.house)]
            self._known[kind] = [(rule, None if rule.known else rule.who) for rule in rules]
        house, asked, off = self.house, self._known[kind], stay.set_aside
        if off:
            asked = [(rule, who) for rule, who in asked if rule.rule.name not in off]
        return tuple([(rule, rule.facts(stay)) for rule, who in asked if who is None or who(stay, house)])

    def _allowed(self, questions: Questions, stay: StayFacts) -> Bools:
        allowed = np.ones(len(self.columns.rooms), np.bool_)
        for _, answer in self._answered(questions, stay):
            allowed &= answer
        return allowed

    def _cost(self, questions: Questions, stay: StayFacts) -> Ints:
        cost = np.zeros(len(self.columns.rooms), np.int32)
        for _, answer in self._answered(questions, stay):
            cost += answer
        return cost

    def _answered(self, questions: Questions, stay: StayFacts) -> Iterator[tuple[Question, NDArray[Any]]]:
        """The questions that make a difference between rooms, each with its answer for every room [R]."""
        for question in questions:
            if question not in self._answers:
                self._answers[question] = self._ask(question[0], stay)
            if (answer := self._answers[question]) is not None:
                yield question, answer

    def _ask(self, asked: _Asked, stay: StayFacts) -> NDArray[Any] | None:
        """The answer for each room [R]: may they have it, or the points; None when it is the same as no rule."""
        if asked.named:
            classes = self.columns.around(_numbers(getattr(stay, asked.named)))
        else:
            classes = self.columns.classes(asked.rule.reads.room)
        kind: type[Any] = np.bool_ if asked.tier is None else np.int32
        answers: NDArray[Any] = np.array([asked.answer(stay, room, self.house) for room in classes.samples], kind)
        none = answers.all() if asked.tier is None else not answers.any()
        return None if none else answers[classes.of_room]


class _Asked:
    """A rule with what `Pricing` needs of it, looked up once."""

    def __init__(self, rule: Must | Preference) -> None:
        self.rule, self.who, self.named = rule, rule.reads.who, rule.reads.named
        self.known = self.who is anybody or isinstance(self.who, OfKind | Wishing)  # by the kinds and wishes alone
        self.tier = int(rule.tier) if isinstance(rule, Preference) else None
        facts = (self.named,) if self.named else rule.reads.stay
        self.facts: Callable[[StayFacts], Hashable] = attrgetter(*facts) if facts else _nothing

    def answer(self, stay: StayFacts, room: RoomFacts, house: House) -> int:
        """1 or 0 for a must: may they have it? Points for a preference."""
        if isinstance(self.rule, Must):
            return self.rule.check(stay, room, house) is None
        word = self.rule.judge(stay, room, house, **self.rule.points)
        return word.points if word else 0


def _by_tier(questions: Questions) -> list[Questions]:
    """The musts, then the preferences of each tier."""
    parts: list[list[Question]] = [[] for _ in range(1 + len(Tier))]
    for question in questions:
        tier = question[0].tier
        parts[0 if tier is None else 1 + tier].append(question)
    return [tuple(part) for part in parts]


def _nothing(stay: StayFacts) -> Hashable:
    return None


def _numbers(named: str | Sequence[str]) -> Sequence[str]:
    return (named,) if isinstance(named, str) else named
