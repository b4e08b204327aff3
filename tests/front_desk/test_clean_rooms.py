"""Enough clean rooms of each type for the next hours (P18)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.front_desk.clean_rooms import ask_rush_for_type
from pms.front_desk.queries_clean_rooms import TypeNeed, clean_rooms
from pms.notices import Department, Notice, NoticeTo
from pms.property.models import Housekeeping
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import at_desk
from tests.web.statements import counted

LATER = "16:00"


def suites_are_short(house: House) -> None:
    """Two suites are wanted until four; 1301 is dirty, in 1302 somebody lives."""
    house.rooms["1301"].housekeeping = Housekeeping.DIRTY
    house.stay(arrival=-1, nights=3, room="1302", status=Status.IN_HOUSE)
    house.stay(kind="SUI", eta="15:00", guest=house.guest("A"))
    house.stay(kind="SUI", eta="", guest=house.guest("B"))
    house.stay(kind="STK", eta="22:00", guest=house.guest("C"))
    db.session.flush()


def of_type(house: House, code: str) -> TypeNeed:
    return {need.code: need for need in clean_rooms(TODAY, LATER)}[code]


def test_who_comes_later_needs_no_room_yet(house: House) -> None:
    suites_are_short(house)
    assert (of_type(house, "SUI").coming, of_type(house, "STK").coming) == (2, 0)


def test_only_empty_rooms_are_cleaned_first(house: House) -> None:
    suites_are_short(house)
    need = of_type(house, "SUI")
    assert (need.ready, need.short, need.to_rush) == (0, 2, ("1301",))


def test_an_upgraded_guest_needs_a_room_of_the_type_he_gets(house: House) -> None:
    house.stay(kind="STK", eta="13:00", assign_type_id=house.types["SUI"].id)
    assert of_type(house, "SUI").coming == 1


def test_service_centre_and_housekeeping_are_asked_for_the_missing_rooms(house: House) -> None:
    suites_are_short(house)
    rooms = ask_rush_for_type(house.types["SUI"].id, LATER, by=house.user("shift_leader"), now=NOON)
    assert rooms == ("1301",)
    told = set(db.session.scalars(sa.select(NoticeTo.department).join(Notice, Notice.id == NoticeTo.notice_id)))
    assert told == {Department.HOUSEKEEPING, Department.SERVICE_CENTRE}


def test_nothing_is_asked_where_there_is_enough_or_nothing_to_clean(house: House) -> None:
    suites_are_short(house)
    leader = house.user("shift_leader")
    with pytest.raises(Refused, match="enough clean rooms"):
        ask_rush_for_type(house.types["STK"].id, LATER, by=leader, now=NOON)
    house.rooms["1301"].housekeeping = Housekeeping.CLEAN
    with pytest.raises(Refused, match="left to clean"):
        ask_rush_for_type(house.types["SUI"].id, LATER, by=leader, now=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["ask_rush_for_type"]))
def test_other_roles_hurry_nobody(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        ask_rush_for_type(house.types["SUI"].id, LATER, by=house.user(role.value), now=NOON)


@pytest.mark.both_engines
def test_the_number_of_statements_does_not_grow_with_the_house(house: House) -> None:
    clean_rooms(TODAY, LATER)
    with counted() as before:
        clean_rooms(TODAY, LATER)
    suites_are_short(house)
    with counted() as after:
        clean_rooms(TODAY, LATER)
    assert len(after) <= len(before)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_names_what_is_missing_and_asks_with_one_key(app: Flask, house: House, language: str) -> None:
    with work():
        suites_are_short(house)
        suite = house.types["SUI"].id
    with time_machine.travel(NOON, tick=False):
        leader = at_desk(app, house, "shift_leader", language=language)
        page = leader.get("/clean-rooms").text
        assert ("抢扫 1301" if language == "zh" else "Rush-clean 1301") in page
        assert leader.post(f"/clean-rooms/{suite}/rush", {"hours": "4"}).status_code == 303
        assert leader.post(f"/clean-rooms/{house.types['STT'].id}/rush").status_code == 422
    with reading():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 1


def test_the_concierge_has_no_such_page(app: Flask, house: House) -> None:
    assert at_desk(app, house, "concierge").get("/clean-rooms").status_code == 403
