"""The quick form of the rules says what the rules say, of every guest and every room."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pms.assignment.explaining import neighbour, score
from pms.assignment.facts import RoomFacts, StayFacts
from pms.assignment.pricing import Pricing
from pms.assignment.rules import Tier
from pms.assignment.rules.book import MANUAL
from pms.assignment.standing import Standing
from tests.assignment import made

SEASONS = st.sampled_from(["peak", "normal", "low"])


@settings(max_examples=50)
@given(made.rooms(), made.stays(), SEASONS)
def test_prices_of_all_rooms_at_once_are_those_of_the_rules_one_by_one(
    rooms: list[RoomFacts], stays: list[StayFacts], season: str
) -> None:
    house = made.house(*rooms, season=season)
    priced = Pricing(house, MANUAL).of(stays)
    pairs = [
        (stay, row, room, place)
        for stay, row in zip(stays, priced.wants, strict=True)
        for place, room in enumerate(rooms)
    ]
    for stay, row, room, place in pairs:
        cost = [0] * len(Tier)
        for rule, word in MANUAL.words(stay, room, house):
            if not rule.reads.situation:
                cost[rule.tier] += word.points
        assert priced.cost[priced.pays[:, row], place].tolist() == cost
        refused = list(MANUAL.refusals(stay, room, made.house(*rooms)))
        assert bool(priced.allowed[priced.may[row], place]) is (not refused)


def test_guests_no_rule_can_tell_apart_share_a_row_and_who_stays_put_pays_nothing() -> None:
    stays = [made.STAY, replace(made.STAY, id=2, guest="Berg"), replace(made.STAY, kinds=frozenset({"vip"}))]
    priced = Pricing(made.house(made.ROOM), MANUAL).of([*stays, replace(stays[2], fixed_room=1)])
    assert priced.wants[0] == priced.wants[1] != priced.wants[2]
    paid = priced.cost[priced.pays[:, priced.wants]]
    assert paid[:, 2].any() and not paid[:, 3].any()


@settings(max_examples=50)
@given(made.rooms(), made.stays(), made.stay(), SEASONS)
def test_the_house_as_it_stands_is_priced_as_by_the_rules_one_by_one(
    rooms: list[RoomFacts], settled: list[StayFacts], stay: StayFacts, season: str
) -> None:
    """Gaps, floors, doors, strangers and guests kept apart included."""
    house = made.house(*rooms, season=season, connecting={0: frozenset({1}), 1: frozenset({0})})
    *settled, stay = made.sized([*settled, replace(stay, id=99)])
    for number, other in enumerate(settled):
        if house.is_free(room := rooms[number % len(rooms)], other):
            house.settle(neighbour(other, room))
    standing = Standing(house, MANUAL)
    offered = standing.offered(stay)
    for place, room in enumerate(standing.rooms):
        may = not list(MANUAL.refusals(stay, room, house))
        assert bool(offered.allowed[place]) is may
        if may:
            assert tuple(offered.cost[:, place].tolist()) == score(house, stay, room, MANUAL).cost
