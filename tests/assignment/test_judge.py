"""Our rules and the independent judge say the same of every guest and every room, whatever the weights."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from pms.assignment.instance import Instance, read_instance
from pms.assignment.rules.book import MANUAL, RuleBook
from tests.assignment import judge

EXTRACT = Path(__file__).parent / "data" / "extract.json"


def penalties(made: Instance, book: RuleBook, stay: int, room: int) -> Counter[str]:
    """What the rules of guest against room charge, under the judge's names."""
    found: Counter[str] = Counter()
    facts = made.stays[stay]
    if facts.fixed_room is None:
        for rule, word in book.words(facts, made.house.rooms[room], made.house):
            if not rule.reads.situation and word.points:
                found[judge.NAMES[rule.name][0]] += word.points
    return found


def refused(made: Instance, book: RuleBook, stay: int, room: int) -> set[str]:
    facts = made.stays[stay]
    if facts.fixed_room == room:
        return set()
    reasons = {judge.MUSTS[r.rule] for r in book.refusals(facts, made.house.rooms[room], made.house)}
    return reasons | ({"do_not_move"} if facts.fixed_room is not None else set())


@judge.needs_judge
@pytest.mark.parametrize(("season", "seed"), [("peak", 1), ("low", 2), ("normal", 3)])
def test_every_guest_and_room_is_priced_as_by_the_judge(season: str, seed: int) -> None:
    check, gen = judge.load("check"), judge.load("gen")
    dice = random.Random(seed)
    weights: dict[str, Any] = json.loads(json.dumps(check.W), object_hook=_whole_keys)
    if seed > 1:
        weights = {
            k: {n: dice.randrange(90) for n in v} if isinstance(v, dict) else dice.randrange(90)
            for k, v in weights.items()
        }
        tiers = {name: tier and dice.randint(1, 4) for name, tier in check.TIER.items()}
        check.W.update(weights)
        check.TIER.update(tiers)
    book = judge.book_of(check.W, check.TIER)
    inst, _ = gen.build(60, 0.92, season, seed)
    check.index(inst)
    made = read_instance(inst)
    for s, stay in enumerate(inst["stays"]):
        for r, room in enumerate(inst["rooms"]):
            theirs: Counter[str] = Counter()
            for rule, points, _ in check.unary(inst, stay, room):
                theirs[rule] += points
            assert penalties(made, book, s, r) == +theirs, (stay, room)
            assert refused(made, book, s, r) == {rule for rule, _ in check.hard(inst, stay, room)}, (stay, room)
    for name, (theirs_name, _) in judge.NAMES.items():
        assert book.tier(name) == check.TIER[theirs_name]


def _whole_keys(found: dict[str, Any]) -> dict[Any, Any]:
    return {int(k) if k.isdigit() else k: v for k, v in found.items()}


@judge.needs_judge
def test_the_manual_says_what_the_example_house_says() -> None:
    check = judge.load("check")
    example = judge.book_of(check.W, check.TIER)
    assert example.preferences == MANUAL.preferences


@judge.needs_judge
@pytest.mark.parametrize(("season", "seed"), [("peak", 1), ("low", 2), ("normal", 3)])
def test_a_whole_plan_costs_what_the_judge_says(season: str, seed: int) -> None:
    """The hidden plan, and the same with some guests left out: gaps, floors, doors and who has no room."""
    check, gen = judge.load("check"), judge.load("gen")
    book = judge.book_of(check.W, check.TIER)
    inst, plan = gen.build(100, 0.92, season, seed)
    assign = {stay: room for place, (stay, room) in enumerate(plan["assign"].items()) if place % 7}
    made = read_instance(inst)
    numbers = {room.number: room for room in made.house.rooms.values()}
    rooms = [numbers.get(assign.get(name, "")) for name in made.ids]
    ours = judge.penalties_of_plan(made.house, made.stays, rooms, book)
    theirs = check.evaluate(inst, assign)
    named: Counter[str] = Counter()
    for rule, points in ours.items():
        named[judge.NAMES[rule][0]] += points
    assert dict(named) == theirs["by_rule"]
    assert judge.by_tier(ours, book) == theirs["tiers"]


def test_an_extract_of_an_example_house_costs_what_the_judge_once_said() -> None:
    """The same without the judge at hand: guests of each kind and all sorts of rooms, priced with its own weights."""
    data = json.loads(EXTRACT.read_text(encoding="utf-8"))
    made = read_instance(data)
    for (s, name), (r, room) in product(enumerate(made.ids), made.house.rooms.items()):
        expected = data["expected"][name][room.number]
        assert dict(penalties(made, MANUAL, s, r)) == expected["points"], (name, room.number)
        assert refused(made, MANUAL, s, r) == set(expected["hard"]), (name, room.number)
