"""The independent judge of plans, where its folder is at hand, and its example house as one RuleBook."""

from __future__ import annotations

import importlib.util
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pms.assignment.explaining import neighbour
from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.assignment.rules import Tier
from pms.assignment.rules.book import RuleBook

FOLDER = Path(os.environ.get("PMS_JUDGE") or Path(__file__).parents[3] / "shared" / "assignment")
needs_judge = pytest.mark.skipif(
    not (FOLDER / "check.py").exists(), reason="the judge's folder is not at hand (PMS_JUDGE names it)"
)

# our rule -> the judge's name for its penalties, and where the judge keeps our points
NAMES: dict[str, tuple[str, dict[str, Any]]] = {
    "everybody_has_a_room": ("unassigned", {"anybody": "unassigned", "by_priority": "unassigned_prio"}),
    "vip_has_the_best_condition": ("vip_quality", {"per_two_points": "vip_quality"}),
    "vip_sees_the_city": ("vip_view", {"points": "vip_view"}),
    "vip_room_can_be_inspected": ("vip_inspect", {"points": "vip_inspect"}),
    "the_very_room_asked_for": ("want_room", {"points": "want_room"}),
    "group_lives_low": ("group_low", {"at_the_top": "group_high"}),
    "the_room_of_last_time": ("past", {"other_floor": "past_room", "same_floor": "past_floor"}),
    "upgrades_are_not_given_away": (
        "upgrade",
        {"per_rung": "upgrade", "per_rung_regular_in_peak": "upgrade_regular_peak"},
    ),
    "the_type_that_was_booked": ("lateral", {"points": "lateral"}),
    "business_guest_is_on_the_business_floor": ("biz_floor", {"points": "biz_floor"}),
    "business_guest_works_in_peace": ("biz_noise", {"points": "biz_noise"}),
    "business_floor_is_for_business": ("biz_mixed", {"points": "biz_mixed"}),
    "leisure_guest_has_a_new_room": ("leisure", {"points": "leisure_old"}),
    "leisure_guest_lives_high": ("leisure", {"points": "leisure_low"}),
    "leisure_guest_has_a_view": ("leisure", {"points": "leisure_view"}),
    "disabled_guest_lives_low": ("disabled", {"points": "disabled_high"}),
    "disabled_guest_is_near_the_lift": ("disabled", {"points": "disabled_far"}),
    "elderly_guest_lives_low": ("elderly", {"points": "elderly_high"}),
    "elderly_guest_sleeps_quietly": ("elderly", {"points": "elderly_lift"}),
    "newly_weds_have_a_room_to_remember": (
        "wed",
        {
            "not_02": "wed_02",
            "not_high": "wed_high",
            "no_view": "wed_city",
            "no_king": "wed_bed",
            "no_good_number": "wed_number",
        },
    ),
    "shunned_numbers_are_avoided": ("taboo", {"points": "taboo"}),
    "best_rooms_are_kept": ("hold_best", {"per_two_points": "hold_best"}),
    "clean_rooms_first": ("ready", {"dirty": "dirty", "due_out": "dueout"}),
    "gaps_stay_sellable": ("gap", {"one_night": ("gap", 1), "two_nights": ("gap", 2), "three_nights": ("gap", 3)}),
    "strangers_do_not_share_a_door": ("connect_noise", {"per_night": "connect_noise"}),
    "family_connects": ("family_unconnected", {"points": "family_unconnected"}),
    "entourage_is_on_the_vips_floor": ("floor_split_vip", {"points": ("floor_split", "vip")}),
    "family_is_on_one_floor": ("floor_split_family", {"points": ("floor_split", "family")}),
    "group_is_on_one_floor": ("floor_split_group", {"points": ("floor_split", "group")}),
    "company_is_on_one_floor": ("floor_split_company", {"points": ("floor_split", "company")}),
} | {
    f"wish_{ours}": ("want", {"points": ("want", theirs)})
    for ours, theirs in {
        "non_smoking": "nonsmoking",
        "far_from_lift": "far_lift",
        "city_view": "city",
        "tub": "bath",
        **{word: word for word in ("smoking", "king", "twin", "near_lift", "high", "low", "even")},
    }.items()
}
MUSTS = {
    "type_is_as_agreed": "type",
    "large_enough": "capacity",
    "free_on_every_night": "out_of_order",
    "ready_for_an_early_guest": "not_ready",
    "accessible_when_needed": "must",
    "smoking_as_needed": "must",
    "beds_as_needed": "must",
    "other_needs_are_met": "must",
}


def load(name: str) -> ModuleType:
    """`check` or `gen`, a fresh copy each time."""
    spec = importlib.util.spec_from_file_location(f"judge_{name}", FOLDER / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def book_of(weights: dict[str, Any], tiers: dict[str, int]) -> RuleBook:
    """The judge's W and TIER as one edition of the catalogue."""

    def weight(path: str | tuple[str, Any]) -> int:
        return weights[path] if isinstance(path, str) else weights[path[0]].get(path[1], 0)

    return RuleBook.from_mapping(
        {
            ours: {"tier": tiers[theirs], "points": {name: weight(path) for name, path in points.items()}}
            for ours, (theirs, points) in NAMES.items()
        }
    )


def penalties_of_plan(
    house: House, stays: Iterable[StayFacts], rooms: Sequence[RoomFacts | None], book: RuleBook
) -> Counter[str]:
    """What a whole plan costs by rule; `rooms` are in the order of the stays, None where one has none.

    `house` holds only closures and is filled on the way. Who has a fixed room pays nothing for it himself, but counts
    for floors, doors and gaps.
    """
    found: Counter[str] = Counter()
    for stay, room in zip(stays, rooms, strict=True):
        if room is None:
            found["everybody_has_a_room"] += book.without_room(stay, house)
            continue
        for rule, word in book.words(stay, room, house):
            if rule.reads.situation or stay.fixed_room is None:
                found[rule.name] += word.points
        house.settle(neighbour(stay, room))
    return +found


def by_tier(found: Counter[str], book: RuleBook) -> list[int]:
    tiers = [0] * len(Tier)
    for rule, points in found.items():
        tiers[book.tier(rule)] += points
    return tiers
