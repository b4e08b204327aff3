"""Rooming lists (R8): what clerks paste becomes guests and rooms, or nothing does and every mistake is named."""

from __future__ import annotations

from typing import Any

import pytest

from pms.db import db, work
from pms.errors import NotAllowed, Refused
from pms.guests.models import AccountKind, Guest
from pms.reservations import groups
from pms.reservations.group_guests import import_rooming_list
from pms.reservations.groups import Block, NewGroup
from pms.reservations.inventory import SoldOut
from pms.reservations.models import Booking, Group, Guarantee, Source, StayGuest
from pms.reservations.rooming_list import BadRoomingList, parse
from tests.builders import House
from tests.reservations.clerk import Clerk, day, journal_of, recounted, sold

TYPES = ("STK", "STT")


@pytest.fixture
def group(clerk: Clerk, house: House) -> Group:
    new = NewGroup(
        code="SUZ",
        name="Suzhou silk",
        arrival=day(1),
        departure=day(3),
        plan_id=house.plans["GRP"].id,
        eta="16:00",
        blocks=(Block(type_id=house.types["STK"].id, rooms=2), Block(type_id=house.types["STT"].id, rooms=1)),
    )
    made: Group = clerk.do(groups.create_group, new)
    return made


def mistakes(text: str, types: tuple[str, ...] = TYPES) -> dict[int, str]:
    with pytest.raises(BadRoomingList) as no:
        parse(text, types)
    return {mistake.line: str(mistake.text) for mistake in no.value.mistakes}


# --- Reading ---
def test_pasted_lines_are_read_with_comma_semicolon_or_tab() -> None:
    for sign in ",", ";", "\t":
        guest = parse(sign.join(("Zhao Lei", "赵磊", "m", "stk", "")), TYPES)[0]
        assert (guest.surname, guest.given, guest.name_zh, guest.sex, guest.type_code) == (
            "Zhao",
            "Lei",
            "赵磊",
            "M",
            "STK",
        )


def test_empty_lines_do_not_shift_the_line_numbers() -> None:
    assert [guest.line for guest in parse("\n\nZhao Lei,,,STK\n\nLi Na,,,STT\n", TYPES)] == [3, 5]


@pytest.mark.parametrize("heading", ["No.,type,name,sex", "序号,房型,姓名,性别", "#,Room type,Name,Sex"])
def test_a_heading_may_put_the_columns_in_another_order(heading: str) -> None:
    guest = parse(f"{heading}\n1,STT,Zhao Lei,男", TYPES)[0]
    assert (guest.line, guest.surname, guest.sex, guest.type_code) == (2, "Zhao", "M", "STT")


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Fischer Anna Maria", ("Fischer", "Anna Maria", "")),
        ('"Van der Berg, Jan"', ("Van der Berg", "Jan", "")),
        ("赵磊", ("", "", "赵磊")),
        ("Cher", ("Cher", "", "")),
    ],
)
def test_names_are_read_surname_first(cell: str, name: tuple[str, str, str]) -> None:
    guest = parse(f"{cell},,,STK", TYPES)[0]
    assert (guest.surname, guest.given, guest.name_zh) == name


def test_with_one_type_only_it_need_not_be_written() -> None:
    assert parse("Zhao Lei\nLi Na", ("STK",))[1].type_code == "STK"


def test_a_sharer_is_named_by_line_or_by_name() -> None:
    text = "Zhao Lei,赵磊,M,STK\nLi Na,李娜,F,,1\nWang Min,,F,,zhao lei\nSun Li,,F,,赵磊"
    assert [guest.shares_with for guest in parse(text, TYPES)] == [None, 1, 1, 1]


def test_every_mistake_is_named_with_its_line() -> None:
    text = "Zhao Lei,,X,STK\n,,F,STK\nLi Na,,F,PENT\nSun Li,,,,Nobody\nWang Min,,,STK"
    assert mistakes(text) == {
        1: "the sex X is not F or M",
        2: "there is no name",
        3: "there is no room type PENT; one of STK, STT",
        4: "nobody else in the list is Nobody",
    }
    assert mistakes(f"{'x' * 81},,,STK\nLi,{'李' * 41},,STK") == {1: "the name is too long", 2: "the name is too long"}


def test_whose_room_is_shared_must_be_clear() -> None:
    assert mistakes("Li Na,,,STK\nLi Na,,,STK\nSun Li,,,,Li Na") == {
        3: "Li Na is in the list more than once; write the line number"
    }
    assert mistakes("Li Na,,,STK\nSun Li,,,,1\nWang Min,,,,2") == {3: "2 shares a room too; write whose room it is"}
    assert mistakes("Li Na,,,,1") == {1: "nobody else in the list is 1"}


def test_an_empty_or_endless_list_is_a_mistake() -> None:
    assert mistakes(" \n") == {1: "there is no guest in the list"}
    assert 1001 in mistakes("Li Na,,,STK\n" * 1001)


# --- Taking over ---
@pytest.mark.both_engines
def test_a_list_becomes_guests_and_stays_that_pick_up_the_block(clerk: Clerk, group: Group) -> None:
    text = "Zhao Lei,赵磊,M,STK\nLi Na,李娜,F,,Zhao Lei\nKim Min-jun,,M,STT"
    booking: Booking = clerk.do(import_rooming_list, group, text)
    first, second = booking.stays
    assert [(stay.guest.name, stay.adults, stay.type.code, stay.eta) for stay in (first, second)] == [
        ("Zhao Lei 赵磊", 2, "STK", "16:00"),
        ("Kim, Min-jun", 1, "STT", "16:00"),
    ]
    sharer = db.session.query(StayGuest).filter_by(stay_id=first.id).one()
    assert db.session.get(Guest, sharer.guest_id).name_zh == "李娜"
    assert (booking.source, booking.guarantee, booking.group_id) == (Source.GROUP, Guarantee.ORDER, group.id)
    assert sold() == recounted() == {("STK", 1): 2, ("STK", 2): 2, ("STT", 1): 1, ("STT", 2): 1}
    assert journal_of(group)[-1][1] == {"guests": 3, "rooms": 2, "booking": booking.id}


def test_nothing_is_taken_over_when_one_line_is_wrong(clerk: Clerk, group: Group) -> None:
    with pytest.raises(BadRoomingList, match="rooming list: 1") as no:
        clerk.do(import_rooming_list, group, "Zhao Lei,,M,STK\nLi Na,,F,PENT")
    assert str(no.value.offers[0].text).startswith("Line 2: there is no room type PENT")
    assert db.session.query(Guest).count() == 0


def test_too_many_in_a_room_are_a_mistake_of_that_line(clerk: Clerk, group: Group) -> None:
    text = "Zhao Lei,,M,STK\nLi Na,,F,,1\nSun Li,,F,,1"
    with pytest.raises(BadRoomingList) as no:
        clerk.do(import_rooming_list, group, text)
    assert [(m.line, str(m.text)) for m in no.value.mistakes] == [(1, "3 persons are too many for type STK")]


def test_beyond_block_and_house_the_list_is_refused_with_offers(clerk: Clerk, group: Group) -> None:
    with pytest.raises(SoldOut) as no:
        clerk.do(import_rooming_list, group, "Zhao Lei,,M,STT\nLi Na,,F,STT")
    assert no.value.offers
    assert db.session.query(Guest).count() == 0


@pytest.mark.parametrize("kind", AccountKind)
def test_company_or_agency_of_the_group_stands_on_the_booking(
    clerk: Clerk, house: House, group: Group, kind: AccountKind
) -> None:
    with work():
        group.account = house.account(kind=kind)
    booking: Any = clerk.do(import_rooming_list, group, "Zhao Lei,,M,STK")
    wanted = (booking.company_id, booking.agent_id)
    assert wanted == ((group.account_id, None) if kind is AccountKind.COMPANY else (None, group.account_id))


def test_a_cancelled_group_and_the_wrong_role_are_refused(clerk: Clerk, group: Group) -> None:
    with pytest.raises(NotAllowed):
        clerk.as_("concierge").do(import_rooming_list, group, "Zhao Lei,,M,STK")
    clerk.do(groups.cancel_group, group, "visa")
    with pytest.raises(Refused, match="is cancelled"):
        clerk.do(import_rooming_list, group, "Zhao Lei,,M,STK")
