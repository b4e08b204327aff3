"""The house changes rules in its own edition of the catalogue; nonsense is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pms.assignment.engine import rank_rooms, refusal
from pms.assignment.rules import Tier
from pms.assignment.rules.book import MANUAL, RuleBook
from pms.errors import Refused
from tests.assignment.made import ROOM, STAY, house

QUIET = replace(ROOM, id=1, number="1201", features=frozenset({"quiet"}))
HIGH = replace(ROOM, id=2, number="1202", features=frozenset({"high"}))
ASKS = replace(STAY, wishes=("quiet", "high"))


def best(changes: dict[str, dict[str, Any]]) -> str:
    return rank_rooms(house(QUIET, HIGH), ASKS, 1, RuleBook.from_mapping(changes))[0].room.number


def test_without_changes_it_is_the_manual() -> None:
    assert RuleBook.from_mapping({}) == MANUAL


def test_points_decide_between_two_wishes() -> None:
    assert best({"wish_high": {"points": {"points": 50}}}) == "1202"
    assert best({"wish_high": {"points": {"points": 10}}}) == "1201"


def test_a_higher_tier_beats_any_points() -> None:
    assert (
        best({"wish_quiet": {"points": {"points": 1}, "tier": 1}, "wish_high": {"points": {"points": 999}}}) == "1201"
    )


def test_a_rule_that_is_off_says_nothing() -> None:
    assert best({"wish_quiet": {"on": False}}) == "1202"
    held = replace(ROOM, held_back="state visit")
    assert refusal(house(held), STAY, held) is not None
    assert refusal(house(held), STAY, held, RuleBook.from_mapping({"held_back_rooms_wait": {"on": False}})) is None


def test_who_comes_first_may_cost_more_but_is_never_off() -> None:
    dear = RuleBook.from_mapping({"everybody_has_a_room": {"points": {"by_priority": 9}}})
    assert dear.without_room(replace(STAY, priority=2), house(ROOM)) == 20_018
    assert dear.tier("everybody_has_a_room") is Tier.ROOM


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"no_such_rule": {"on": False}}, "no rule called no_such_rule"),
        ({"family_connects": {"tier": 5}}, "tier is 1 to 4"),
        ({"family_connects": {"tier": 0}}, "tier is 1 to 4"),
        ({"family_connects": {"points": {"weight": 3}}}, "no points called weight"),
        ({"family_connects": {"points": {"points": -1}}}, "whole number"),
        ({"family_connects": {"points": {"points": 1.5}}}, "whole number"),
        ({"free_on_every_night": {"on": False}}, "cannot be switched off"),
        ({"everybody_has_a_room": {"on": False}}, "comes first"),
    ],
)
def test_nonsense_is_refused(changes: dict[str, dict[str, Any]], says: str) -> None:
    with pytest.raises(Refused, match=says):
        RuleBook.from_mapping(changes)
