"""Groups (R8): the block counts as sold, names pick it up, the cut-off gives the rest back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pms.access import ALLOWED, Role
from pms.clock import advance_business_date
from pms.db import db, work
from pms.errors import Conflict, Missing, NotAllowed, Refused
from pms.notices import Department
from pms.reservations import actions, groups, queries_groups
from pms.reservations.groups import Block, NewGroup
from pms.reservations.inventory import SoldOut
from pms.reservations.models import Group, GroupStatus, Source, Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.reservations.clerk import Clerk, day, journal_of, prices, recounted, sold, told


def tour(clerk: Clerk, **values: Any) -> NewGroup:
    """Two STK on two nights from tomorrow on."""
    plan = clerk.house.plans["GRP"].id
    row = {"code": "tour-7", "name": "Jiangnan tour", "arrival": day(1), "departure": day(3), "plan_id": plan}
    return NewGroup(**(row | {"blocks": (Block(type_id=clerk.house.types["STK"].id, rooms=2),)} | values))


def make(clerk: Clerk, **values: Any) -> Group:
    group: Group = clerk.do(groups.create_group, tour(clerk, **values))
    return group


def join(clerk: Clerk, group: Group, kind: str = "STK", **values: Any) -> Stay:
    return clerk.take(clerk.room(kind, arrival=1, nights=2, plan="GRP", **values), group_id=group.id).stays[0]


def test_a_block_counts_as_sold_before_anybody_has_a_name(clerk: Clerk) -> None:
    group = make(clerk)
    assert (group.code, group.colour, sold()) == ("TOUR-7", 1, {("STK", 1): 2, ("STK", 2): 2})
    assert [(line.type, line.blocked, line.open, line.price) for line in queries_groups.block_of(group.id)] == [
        ("STK", 2, 2, 61_200),
        ("STK", 2, 2, 61_200),
    ]
    assert journal_of(group) == [("create_group", {"code": "TOUR-7", "rooms": {"STK": 2}})]
    assert told(group) == {Department.FRONT_DESK, Department.SALES}


@pytest.mark.parametrize(
    ("kind", "department"), [(Source.CONFERENCE, Department.BANQUET), (Source.WEDDING, Department.SALON)]
)
def test_a_conference_is_told_to_banquet_a_wedding_to_the_salon(
    clerk: Clerk, kind: Source, department: Department
) -> None:
    assert department in told(make(clerk, kind=kind))


def test_a_name_picks_up_the_block_and_is_not_counted_twice(clerk: Clerk) -> None:
    group = make(clerk)
    join(clerk, group)
    assert sold() == recounted() == {("STK", 1): 2, ("STK", 2): 2}
    assert [line.open for line in queries_groups.block_of(group.id)] == [1, 1]


def test_a_name_pays_what_was_agreed_with_the_group(supervisor: Clerk, house: House) -> None:
    block = Block(type_id=house.types["STK"].id, rooms=2, price=45_000)
    group = make(supervisor, blocks=(block,))
    assert prices(join(supervisor, group)) == [45_000, 45_000]
    assert prices(join(supervisor, group, "STT")) == [64_800, 64_800]


def test_a_price_of_a_block_by_hand_needs_the_authority(clerk: Clerk, house: House) -> None:
    with pytest.raises(NotAllowed):
        make(clerk, blocks=(Block(type_id=house.types["STK"].id, rooms=1, price=1),))


@pytest.mark.both_engines
def test_beyond_the_block_names_are_sold_like_any_other(clerk: Clerk) -> None:
    group = make(clerk)
    for _ in range(3):
        join(clerk, group)
    assert sold() == recounted() == {("STK", 1): 3, ("STK", 2): 3}
    with pytest.raises(SoldOut) as no:
        join(clerk, group)
    assert no.value.offers


def test_a_name_less_leaves_the_room_in_the_block(clerk: Clerk) -> None:
    group = make(clerk)
    stays = [join(clerk, group) for _ in range(3)]
    clerk.do(actions.cancel, stays[0], "ill")
    assert sold() == recounted() == {("STK", 1): 2, ("STK", 2): 2}
    clerk.do(actions.cancel, stays[1], "ill")
    assert sold() == recounted() == {("STK", 1): 2, ("STK", 2): 2}


def test_a_block_may_cover_part_of_the_nights(clerk: Clerk, house: House) -> None:
    group = make(clerk, blocks=(Block(type_id=house.types["STK"].id, rooms=1, first=day(2)),))
    join(clerk, group)
    assert sold() == recounted() == {("STK", 1): 1, ("STK", 2): 1}


@pytest.mark.both_engines
def test_a_block_that_comes_later_counts_the_names_there_are(clerk: Clerk, house: House) -> None:
    group = make(clerk, blocks=())
    join(clerk, group)
    clerk.do(groups.change_block, group, Block(type_id=house.types["STK"].id, rooms=2))
    assert sold() == recounted() == {("STK", 1): 2, ("STK", 2): 2}


@pytest.mark.parametrize(("rooms", "counted"), [(3, 3), (1, 2), (0, 2)])
def test_a_block_grows_and_shrinks_but_never_below_its_names(
    clerk: Clerk, house: House, rooms: int, counted: int
) -> None:
    group = make(clerk)
    for _ in range(2):
        join(clerk, group)
    clerk.do(groups.change_block, group, Block(type_id=house.types["STK"].id, rooms=rooms))
    assert sold() == recounted() == {("STK", 1): counted, ("STK", 2): counted}


def test_a_block_beyond_the_house_is_refused_with_offers_or_forced(clerk: Clerk, supervisor: Clerk) -> None:
    blocks = (Block(type_id=clerk.house.types["STK"].id, rooms=4),)
    with pytest.raises(SoldOut) as no:
        make(clerk, blocks=blocks)
    assert {offer.kind for offer in no.value.offers} >= {"type", "sell_beyond_limit"}
    assert sold() == {}
    with pytest.raises(NotAllowed):
        make(clerk, blocks=blocks, force=True)
    make(supervisor, blocks=blocks, force=True)
    assert sold()["STK", 1] == 4


@pytest.mark.both_engines
def test_at_cut_off_rooms_without_a_name_are_sold_to_others_again(clerk: Clerk) -> None:
    group = make(clerk, arrival=day(2), departure=day(4), cut_off=day(1))
    clerk.take(clerk.room("STK", arrival=2, nights=2, plan="GRP"), group_id=group.id)
    auditor = clerk.as_("night_auditor")
    assert auditor.do(groups.release_at_cut_off) == []
    with work():
        advance_business_date(TODAY, day(1), at=NOON)
    assert auditor.do(groups.release_at_cut_off) == [group]
    assert sold() == recounted() == {("STK", 2): 1, ("STK", 3): 1}
    assert journal_of(group)[-1] == ("release_block", {"room_nights": 2})
    assert Department.RESERVATIONS in told(group)
    assert auditor.do(groups.release_at_cut_off) == []
    with pytest.raises(NotAllowed):
        clerk.do(groups.release_at_cut_off)


def test_a_cancelled_group_gives_everything_back(clerk: Clerk) -> None:
    group = make(clerk)
    stays = [join(clerk, group), join(clerk, group, "SUI")]
    assert clerk.do(groups.cancel_group, group, "visa refused") == 2
    assert (group.status, sold(), recounted()) == (GroupStatus.CANCELLED, {}, {})
    assert {stay.status for stay in stays} == {Status.CANCELLED}
    assert Department.HOUSEKEEPING in told(group)


def test_a_group_is_not_cancelled_without_a_reason_or_with_guests_in_house(clerk: Clerk, house: House) -> None:
    group = make(clerk)
    with pytest.raises(Refused, match="why"):
        clerk.do(groups.cancel_group, group, " ")
    with work():
        house.stay(arrival=0, room="1205", status=Status.IN_HOUSE, group_id=group.id)
    with pytest.raises(Refused, match="in house"):
        clerk.do(groups.cancel_group, group, "war")


def test_nothing_is_done_with_a_cancelled_group(clerk: Clerk, house: House) -> None:
    group = make(clerk)
    stay = join(clerk, group)
    clerk.do(groups.cancel_group, group, "visa refused")
    block = Block(type_id=house.types["STK"].id, rooms=1)
    for job, *args in (
        (groups.change_block, block),
        (groups.set_status, GroupStatus.DEFINITE),
        (groups.cancel_group, "again"),
    ):
        with pytest.raises(Refused, match="is cancelled"):
            clerk.do(job, group, *args)
    with pytest.raises(Refused, match="is cancelled"):
        join(clerk, group)
    with pytest.raises(Refused, match="is cancelled"):
        clerk.do(actions.reinstate, stay)


def test_a_tentative_group_becomes_definite_and_it_is_told(clerk: Clerk) -> None:
    group = make(clerk, status=GroupStatus.TENTATIVE)
    clerk.do(groups.set_status, group, GroupStatus.DEFINITE)
    assert group.status is GroupStatus.DEFINITE
    assert journal_of(group)[-1] == ("set_group_status", {"was": "tentative", "now_is": "definite"})
    with pytest.raises(Refused, match="with a reason"):
        clerk.do(groups.set_status, group, GroupStatus.CANCELLED)


def test_a_group_has_a_leader_who_exists(clerk: Clerk, house: House) -> None:
    group = make(clerk)
    with work():
        guide = house.guest("Sun", "Li")
    clerk.do(groups.set_leader, group, guide.id)
    assert group.leader is guide
    with pytest.raises(Missing):
        clerk.do(groups.set_leader, group, 999)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"code": " "}, "code and a name"),
        ({"name": ""}, "code and a name"),
        ({"kind": Source.PHONE}, "group, a conference or a wedding"),
        ({"arrival": day(-1)}, "before the business date"),
        ({"departure": day(1)}, "after arrival"),
        ({"cut_off": day(2)}, "cut-off"),
        ({"cut_off": TODAY - timedelta(days=1)}, "cut-off"),
        ({"eta": "noon"}, "not a time"),
        ({"plan_id": 999}, "plan is not offered"),
        ({"code": "x" * 17}, "at most 16 characters"),
        ({"leader_id": 999}, "no such guest"),
        ({"blocks": (Block(type_id=1, rooms=-1),)}, "not negative"),
        ({"blocks": (Block(type_id=999, rooms=1),)}, "not sold"),
        ({"blocks": (Block(type_id=1, rooms=1, until=day(4)),)}, "between the group's arrival and departure"),
    ],
)
def test_a_senseless_group_is_refused(clerk: Clerk, values: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        make(clerk, **values)


def test_a_code_is_used_once(clerk: Clerk) -> None:
    make(clerk)
    with pytest.raises(Conflict, match="already a group TOUR-7"):
        make(clerk)


def test_the_desk_finds_who_of_a_group_arrives_today(clerk: Clerk, house: House) -> None:
    group = make(clerk)
    stay, cancelled = join(clerk, group), join(clerk, group)
    clerk.do(actions.cancel, cancelled, "ill")
    assert groups.stays_arriving(group.id, day(1)) == [stay]
    assert groups.stays_arriving(group.id, day(2)) == []


def test_groups_are_loaded_by_id_and_code(clerk: Clerk) -> None:
    group = make(clerk)
    assert queries_groups.load_group(group.id) is group
    assert queries_groups.group_by_code(" tour-7 ") is group
    with pytest.raises(Missing):
        queries_groups.load_group(999)


def test_who_may_not_manage_groups_is_refused(clerk: Clerk, house: House) -> None:
    group = make(clerk)
    block = Block(type_id=house.types["STK"].id, rooms=1)
    jobs = (
        (groups.create_group, tour(clerk, code="x")),
        (groups.change_block, group, block),
        (groups.set_leader, group, 1),
        (groups.set_status, group, GroupStatus.TENTATIVE),
        (groups.release_block, group),
        (groups.cancel_group, group, "why"),
    )
    for role in set(Role) - ALLOWED["manage_groups"]:
        for job, *args in jobs:
            with pytest.raises(NotAllowed):
                clerk.as_(role.value).do(job, *args)
    db.session.expire_all()
    assert sold() == {("STK", 1): 2, ("STK", 2): 2}
