"""What the policy gives VIPs and returning guests (C3, C6, C7) stands on the day's list by itself, once a stay."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from pms import access, notices
from pms.access import Role
from pms.assignment.planning import pre_place
from pms.db import db, reading, work
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk import queries_special
from pms.front_desk.vip import Honours, decide, request_vip
from pms.property import rules
from pms.property.models_welcome import Gift, Welcome
from pms.property.queries import settings_changed
from pms.reservations import actions, arrangements, queries_arrangements, welcome
from pms.reservations.models import Stay
from pms.reservations.models_arrangements import Arrangement
from pms.reservations.requests import Change
from pms.reservations.status import Status
from pms.say import translate
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.races import race
from tests.reporting.reading import printed, text_of
from tests.reservations.clerk import Clerk, day
from tests.web.statements import counted

FRUIT = {"kind": Gift.FRUIT, "name_en": "Fruit basket", "name_zh": "水果篮", "department": Department.HOUSEKEEPING}
NOBODY_YET: dict[str, Any] = {"vip_level": 0, "from_stay": 0, "active": True}


class Line(NamedTuple):
    """A line of a policy for a pure test."""

    vip_level: int
    from_stay: int
    kind: str


def line(house: House, **values: Any) -> Welcome:
    """A line of the policy, saved by the manager."""
    return welcome.save_line(None, NOBODY_YET | FRUIT | values, by=house.user("manager"), now=NOON)


def regular(house: House, times: int, **values: Any) -> Stay:
    """Somebody who slept here `times` times and comes again."""
    guest = house.guest("Okafor", "Ada")
    for number in range(times):
        house.stay(arrival=-30 * (number + 1), nights=1, guest=guest, status=Status.CHECKED_OUT)
    return house.stay(guest=guest, **values)


def whats(date: Any = TODAY) -> list[tuple[str, Department]]:
    return [(each.what, each.department) for each in queries_arrangements.of_day(date)]


def prepared(house: House) -> int:
    return welcome.prepare_arrivals(by=house.user("manager"), now=NOON)


# --- What the policy gives --------------------------------------------------------------------------------------------
@given(nth=st.integers(1, 40))
def test_a_returning_guest_gets_what_the_highest_rung_reached_gives(nth: int) -> None:
    policy = [Line(0, 3, "fruit"), Line(0, 6, "flowers"), Line(0, 6, "fruit"), Line(0, 10, "other")]
    given = [each.kind for each in rules.welcomes(policy, 0, nth)]
    assert given == ([] if nth < 3 else ["fruit"] if nth < 6 else ["flowers", "fruit"] if nth < 10 else ["other"])


def test_a_vip_who_comes_often_gets_a_thing_once_but_every_other_thing() -> None:
    policy = [Line(2, 0, "fruit"), Line(2, 0, "other"), Line(1, 0, "flowers"), Line(0, 3, "fruit"), Line(0, 3, "other")]
    assert rules.welcomes(policy, 2, 3) == [policy[0], policy[1], policy[4]]


# --- It is arranged ---------------------------------------------------------------------------------------------------
@pytest.mark.both_engines
def test_a_saved_line_is_given_to_todays_and_tomorrows_arrivals_once(house: House) -> None:
    regular(house, 2)
    house.stay(guest=house.guest("First", "Timer"))
    tomorrow = house.stay(arrival=1, vip_level=2, guest=house.guest("Li", "Mei"))
    kept = line(house, from_stay=3)
    line(house, vip_level=2, kind=Gift.OTHER, name_en="Letter", name_zh="欢迎信", department=Department.SALES)
    assert whats() == [("Fruit basket 水果篮", Department.HOUSEKEEPING)]
    assert whats(tomorrow.arrival) == [("Letter 欢迎信", Department.SALES)]
    values = NOBODY_YET | FRUIT | {"from_stay": 3, "name_en": "Basket of fruit"}
    welcome.save_line(kept, values, version=kept.version, by=house.user("manager"), now=NOON)
    assert prepared(house) == 0
    assert len(whats()) == 1
    (told,) = notices.open_for(Department.HOUSEKEEPING)
    assert str(told.text) == "For Okafor, Ada on Sat 21 Nov 2026 : Fruit. Fruit basket 水果篮"


def test_what_is_switched_off_is_not_given(house: House) -> None:
    regular(house, 5)
    line(house, from_stay=3, active=False)
    assert whats() == []


def test_what_was_called_off_by_hand_is_not_arranged_again(house: House) -> None:
    stay = regular(house, 2)
    line(house, from_stay=3)
    (made,) = queries_arrangements.open_welcomes(stay.id)
    arrangements.drop(made, by=house.user(), now=NOON)
    assert (prepared(house), whats()) == (0, [])


def test_it_is_ticked_off_by_its_department(house: House) -> None:
    stay = regular(house, 2)
    line(house, from_stay=3)
    (made,) = queries_arrangements.open_welcomes(stay.id)
    with pytest.raises(Refused, match="Only somebody of Housekeeping"):
        arrangements.tick_off(made, by=house.user("cashier"), now=NOON)
    arrangements.tick_off(made, by=house.user("housekeeping"), now=NOON)
    assert queries_arrangements.open_welcomes(stay.id) == []


def test_a_vip_finds_the_amenities_of_the_level_on_the_list_when_he_is_approved(house: House) -> None:
    stay = house.stay(arrival=12, guest=house.guest("Whitfield"))
    line(house, vip_level=1, name_en="Flowers", name_zh="鲜花", kind=Gift.FLOWERS)
    wanted = Honours(level=1, host="Trade Office", amenities="green tea")
    request = request_vip(stay, wanted, by=house.user("reservation_clerk"), now=NOON)
    assert request.amenities == "Flowers 鲜花; green tea"
    assert whats(day(12)) == []
    decide(request, True, by=house.user("assistant_manager"), now=NOON)
    assert whats(day(12)) == [("Flowers 鲜花", Department.HOUSEKEEPING)]


@pytest.mark.parametrize("ahead", [0, 1, 2])
def test_who_books_for_today_or_tomorrow_is_given_it_at_once_others_the_evening_before(
    clerk: Clerk, house: House, ahead: int
) -> None:
    line(house, from_stay=2)
    guest = house.guest("Okafor", "Ada")
    house.stay(arrival=-30, nights=1, guest=guest, status=Status.CHECKED_OUT)
    clerk.book(arrival=ahead, guest_id=guest.id)
    assert len(whats(day(ahead))) == (1 if ahead < 2 else 0)


def test_the_evening_before_what_is_missing_is_arranged_with_the_rooms(house: House) -> None:
    with work():
        house.stay(arrival=1, vip_level=3, guest=house.guest("Li", "Mei"))
        db.session.add(Welcome(vip_level=3, **FRUIT))
        db.session.flush()
        by = house.user("manager")
        settings_changed()
    pre_place(TODAY, by=by, now=NOON)
    with reading():
        assert whats(day(1)) == [("Fruit basket 水果篮", Department.HOUSEKEEPING)]


def test_a_stay_that_begins_later_has_its_fruit_later(clerk: Clerk, house: House) -> None:
    stay = regular(house, 2)
    line(house, from_stay=3)
    clerk.do(actions.change_stay, stay, Change(arrival=day(1)), version=stay.version)
    assert (whats(), len(whats(day(1)))) == ([], 1)


def test_a_guest_made_a_vip_before_his_arrival_is_given_the_amenities(supervisor: Clerk, house: House) -> None:
    line(house, vip_level=2)
    stay = house.stay(arrival=1, guest=house.guest("Li", "Mei"))
    supervisor.do(actions.change_stay, stay, Change(vip_level=2), version=stay.version)
    assert len(whats(day(1))) == 1


@pytest.mark.both_engines
def test_two_who_prepare_at_once_arrange_it_once(app: Flask, house: House) -> None:
    with work():
        regular(house, 2)
        db.session.add(Welcome(from_stay=3, **FRUIT))
        by = house.user("manager")
        settings_changed()
    done = race(app, 2, lambda _: welcome.prepare_arrivals(by=by, now=NOON))
    assert sorted(done) == [0, 1]
    assert db.session.query(Arrangement).count() == 1


@pytest.mark.both_engines
def test_the_number_of_statements_does_not_grow_with_those_who_have_everything(house: House) -> None:
    line(house, from_stay=2)
    regular(house, 1)
    prepared(house)
    with counted() as one:
        prepared(house)
    for _ in range(3):
        regular(house, 1)
    prepared(house)
    with counted() as many:
        prepared(house)
    assert len(many) <= len(one)


# --- The policy is changed --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "why"), [({}, "from which stay on"), ({"vip_level": 1, "from_stay": 3}, "not for both")]
)
def test_a_line_is_for_vips_or_for_returning_guests(house: House, values: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        line(house, **values)


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "wrong", [{}, {"vip_level": 1, "from_stay": 3}, {"vip_level": 4}, {"vip_level": 1, "name_zh": ""}]
)
def test_the_database_keeps_no_line_for_nobody(house: House, wrong: dict[str, Any]) -> None:
    db.session.add(Welcome(**(NOBODY_YET | FRUIT | wrong)))
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_of_two_managers_the_second_is_told(house: House) -> None:
    kept = line(house, from_stay=3)
    values = NOBODY_YET | FRUIT | {"from_stay": 4}
    with pytest.raises(Conflict, match="since you opened it"):
        welcome.save_line(kept, values, version=kept.version + 1, by=house.user("manager"), now=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["manage_property"]))
def test_other_roles_do_not_change_the_policy(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        welcome.save_line(None, NOBODY_YET | FRUIT | {"from_stay": 3}, by=house.user(role.value), now=NOON)


# --- The pages --------------------------------------------------------------------------------------------------------
@pytest.fixture
def manager(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "manager")


def form(**values: str) -> dict[str, str]:
    row = {"vip_level": "0", "from_stay": "3", "kind": "fruit", "department": "housekeeping", "active": "y"}
    return row | {"name_en": "Fruit basket", "name_zh": "水果篮"} | values


@pytest.mark.parametrize(("language", "words"), [("en", "from stay 3 on"), ("zh", "第 3 次入住起")])
def test_a_line_is_written_down_changed_and_switched_off_in_the_settings(
    app: Flask, house: House, manager: Browser, language: str, words: str
) -> None:
    manager.post("/preferences/language", {"language": language})
    assert manager.get("/settings/welcome/new").status_code == 200
    assert manager.post("/settings/welcome/new", form()).status_code == 303
    assert words in manager.get("/settings/welcome").text
    with reading():
        line_id = db.session.query(Welcome).one().id
    assert "水果篮" in manager.get(f"/settings/welcome/{line_id}").text
    changed = form(version="1", name_en="Basket")
    del changed["active"]
    assert manager.post(f"/settings/welcome/{line_id}", changed).status_code == 303
    with reading():
        again = db.session.query(Welcome).one()
        assert (again.name_en, again.active) == ("Basket", False)
    assert manager.post(f"/settings/welcome/{line_id}", changed).status_code == 409


def test_a_refused_line_keeps_what_was_typed(manager: Browser) -> None:
    answer = manager.post("/settings/welcome/new", form(from_stay="", name_en="Orchids"))
    assert answer.status_code == 422
    assert "from which stay on" in answer.text
    assert 'value="Orchids"' in answer.text
    assert manager.post("/settings/welcome/new", form(name_zh="")).status_code == 422


def test_others_look_and_change_nothing(app: Flask, house: House) -> None:
    with work():
        line_id = line(house, from_stay=3).id
    looker = at_desk(app, house)
    assert "/settings/welcome/new" not in looker.get("/settings/welcome").text
    main = looker.get(f"/settings/welcome/{line_id}").text.partition("<main")[2].partition("</main>")[0]
    assert "<button" not in main
    assert looker.get("/settings/welcome/new").status_code == 403
    for path in ("new", line_id):
        assert looker.post(f"/settings/welcome/{path}", form()).status_code == 403


def test_the_desk_reads_the_gift_in_its_own_language(house: House) -> None:
    line(house, from_stay=3)
    line(house, from_stay=3, kind=Gift.OTHER, name_en="Upgrade", name_zh="升级")
    given = queries_special.gift(0, 4)
    assert (translate(given, "en"), translate(given, "zh")) == ("Fruit basket, Upgrade", "水果篮、升级")
    assert queries_special.gift(0, 2) is None


def test_the_paper_of_the_day_has_it(house: House) -> None:
    regular(house, 2, room="1204")
    line(house, from_stay=3)
    paper = text_of(printed("birthdays_and_specials", rows={"specials": queries_arrangements.specials(TODAY)}))
    assert all(words in paper for words in ("1204", "Fruit basket", "Housekeeping"))
