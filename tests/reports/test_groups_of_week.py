"""Next week's groups and conferences (N2): every room that a block holds or a guest of the group sleeps in, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pms.night_audit.snapshots import pack, read, unpack
from pms.reporting.catalogue import find
from pms.reporting.rendering import render
from pms.reservations import actions, events, groups
from pms.reservations.events import NewEvent
from pms.reservations.groups import Block, NewGroup
from pms.reservations.models import Group, GroupStatus, Source
from pms.reservations.queries_week import GroupOfWeek, group_nights_of_week, groups_of_week, week_after
from tests.builders import TODAY, House
from tests.reporting import samples_lists
from tests.reporting.reading import printed, text_of
from tests.reporting.samples import DAY, HOUSE
from tests.reservations.clerk import Clerk, day

MONDAY = 2  # days after TODAY, a Saturday


@pytest.fixture
def clerk(house: House) -> Clerk:
    return Clerk(house, "reservation_supervisor")


def group(clerk: Clerk, code: str = "TOUR", arrival: int = MONDAY, nights: int = 2, **values: Any) -> Group:
    row = {"code": code, "name": "Jiangnan tour", "arrival": day(arrival), "departure": day(arrival + nights)}
    plan, blocks = clerk.house.plans["PKG"].id, (Block(type_id=clerk.house.types["STK"].id, rooms=2),)
    new: Group = clerk.do(groups.create_group, NewGroup(**(row | {"plan_id": plan, "blocks": blocks} | values)))
    return new


def test_the_week_is_the_one_after_this_whatever_the_day() -> None:
    for offset in range(7):
        monday, sunday = week_after(day(-5 + offset))  # Monday 16 to Sunday 22
        assert (monday, sunday) == (day(MONDAY), day(MONDAY + 6))


@pytest.mark.both_engines
def test_rooms_of_the_block_and_rooms_beside_it_are_counted_once(clerk: Clerk) -> None:
    tour = group(clerk)
    for kind in ("STK", "DLK"):  # the second type is not in the block
        clerk.take(clerk.room(kind, arrival=MONDAY, nights=2, plan="PKG"), group_id=tour.id)
    assert [(*tuple(line)[2:], line.open) for line in group_nights_of_week(TODAY)] == [
        ("STK", 2, 1, 0, 1), ("DLK", 0, 1, 0, 0), ("STK", 2, 1, 0, 1), ("DLK", 0, 1, 0, 0),
    ]  # fmt: skip
    (line,) = groups_of_week(TODAY)
    assert (line.code, line.blocked, line.named, line.assigned, line.breakfasts) == ("TOUR", 4, 4, 0, 1)


def test_who_was_cancelled_does_not_count(clerk: Clerk) -> None:
    tour = group(clerk)
    stay = clerk.take(clerk.room("STK", arrival=MONDAY, nights=2, plan="PKG"), group_id=tour.id).stays[0]
    clerk.do(actions.cancel, stay, "changed plans")
    assert {line.named for line in group_nights_of_week(TODAY)} == {0}


@pytest.mark.both_engines
def test_groups_of_other_weeks_and_cancelled_ones_are_left_out_and_one_that_leaves_on_monday_is_not(
    clerk: Clerk,
) -> None:
    group(clerk, "LEAVES", arrival=0, nights=MONDAY)
    group(clerk, "LATER", arrival=MONDAY + 7)
    gone = group(clerk, "GONE")
    clerk.do(groups.cancel_group, gone, "no visa")
    group(clerk, "MAYBE", status=GroupStatus.TENTATIVE, kind=Source.CONFERENCE, notes="one coach")
    assert [(line.code, line.kind, line.status, line.notes) for line in groups_of_week(TODAY)] == [
        ("LEAVES", "group", "definite", ""),
        ("MAYBE", "conference", "tentative", "one coach"),
    ]


@pytest.mark.both_engines
def test_what_guests_must_have_is_named_once(clerk: Clerk) -> None:
    tour = group(clerk)
    for needs in (("non_smoking", "accessible"), ("accessible",)):
        clerk.take(clerk.room("STK", arrival=MONDAY, plan="PKG", needs=needs), group_id=tour.id)
    assert groups_of_week(TODAY)[0].needs == "accessible,non_smoking"


def test_a_leader_who_wants_no_disclosure_is_on_the_restricted_edition_only() -> None:
    assert "Raghunathan" not in text_of(printed("groups_of_week"))
    assert "Raghunathan" in text_of(printed("groups_of_week-restricted"))


def test_events_of_the_week_stand_below(clerk: Clerk) -> None:
    dinner = NewEvent(day=day(MONDAY), starts="18:30", title="Xinhe dinner", place="Lotus Hall", covers=120)
    clerk.do(events.write_event, dinner)
    clerk.do(events.write_event, NewEvent(day=TODAY, starts="18:30", title="Tonight", place="Lotus Hall"))
    assert [line.title for line in read("events_of_week", TODAY)] == ["Xinhe dinner"]


def test_the_list_is_the_same_after_the_date_is_closed(clerk: Clerk) -> None:
    group(clerk)
    rows = groups_of_week(TODAY)
    assert unpack(pack(rows), GroupOfWeek) == rows


def test_the_paper_has_groups_nights_and_events_in_both_languages() -> None:
    words = " ".join(text_of(printed("groups_of_week")).split())
    assert f"{DAY + timedelta(days=2):%a %-d %b}" in words
    for part in ("Groups", "Conferences", "Rooms by night", "Rooms of JN-7 Jiangnan tour", "Events of the week"):
        assert part in words
    chinese = render(find("groups_of_week"), samples_lists.read, DAY, "zh", HOUSE, "csv").decode("utf-8-sig")
    assert "江南游" in chinese and "确定" in chinese and "Jiangnan tour" not in chinese
