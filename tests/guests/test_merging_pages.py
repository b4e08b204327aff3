"""The pages on which duplicate profiles are found, compared and merged (R12)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask

from pms.access import ALLOWED, Role
from pms.db import db, reading, work
from pms.guests.models import Guest, TwoPeople
from pms.reservations.models import StayGuest
from pms.reservations.status import Status
from tests.builders import House
from tests.clients import Browser, at_desk
from tests.guests.test_merging import PHONE, person
from tests.web.statements import counted

ENGLISH = {"Tea", "Wang", "Huang", "Jianguo", "Ctrl", "Esc", "Mr", "Dr", "Enter"}


@pytest.fixture
def desk(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "reservation_supervisor")


@pytest.fixture
def pair(house: House) -> tuple[Guest, Guest]:
    elder = person(house, "Wang", "Jianguo", "王建国", telephone=PHONE, title="Mr", notes="Tea")
    younger = person(house, "Huang", "Jianguo", telephone=PHONE, title="Dr", born_on=date(1972, 3, 15))
    with work():
        house.stay(guest=younger)
    return elder, younger


def address(one: Guest, other: Guest) -> str:
    return f"/guests/{one.id}/merge?other={other.id}"


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([\w-]+)"', page)
    assert found
    return found[1]


def words_in(page: str) -> set[str]:
    main = "<main" + page.partition("<main")[2].partition("</main>")[0]
    return set(re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]+>", " ", main)))


def test_duplicates_are_found_compared_and_merged(desk: Browser, pair: tuple[Guest, Guest]) -> None:
    elder, younger = pair
    assert address(elder, younger).replace("&", "&amp;") in desk.get("/guests/duplicates").text
    page = desk.get(address(elder, younger)).text
    assert 'name="surname" value="younger"' in page
    assert 'name="name_zh"' not in page  # only one of them has it: nothing to choose
    assert "Tea" in page
    form = {"seen": seen(page), "surname": "younger", "title": "elder", "notes": "Tea\r\nLate riser"}
    assert "1972-03-15" in page
    answer = desk.post(f"/guests/{younger.id}/merge/{elder.id}", form)
    assert answer.headers["Location"] == f"/guests/{elder.id}"
    with reading():
        kept = db.session.get_one(Guest, elder.id, populate_existing=True)
        assert (kept.surname, kept.name_zh, kept.title, kept.notes) == ("Huang", "王建国", "Mr", "Tea\nLate riser")
    page = desk.get(f"/guests/{elder.id}").text
    assert "Merged into this profile" in page
    assert "T-00001" in page


def test_who_works_through_the_list_comes_back_to_it(desk: Browser, pair: tuple[Guest, Guest]) -> None:
    elder, younger = pair
    page = desk.get(address(elder, younger) + "&back=/guests/duplicates").text
    assert page.count('name="back" value="/guests/duplicates"') == 2
    assert 'href="/guests/duplicates" data-back' in page
    for verb in ("two-people", "merge"):
        answer = desk.post(f"/guests/{elder.id}/{verb}/{younger.id}", {"back": "/guests/duplicates"})
        assert answer.headers["Location"] == "/guests/duplicates", verb


def test_nobody_is_led_out_of_the_house(desk: Browser, pair: tuple[Guest, Guest]) -> None:
    elder, younger = pair
    page = desk.get(address(elder, younger) + "&back=//evil.example").text
    assert 'value="//evil' not in page
    assert 'href="//evil' not in page
    answer = desk.post(f"/guests/{elder.id}/merge/{younger.id}", {"back": "//evil.example"})
    assert answer.headers["Location"] == f"/guests/{elder.id}"


def test_the_merged_profile_leads_to_the_survivor(desk: Browser, pair: tuple[Guest, Guest]) -> None:
    elder, younger = pair
    desk.post(f"/guests/{elder.id}/merge/{younger.id}")
    assert desk.get(f"/guests/{younger.id}").headers["Location"] == f"/guests/{elder.id}"
    again = desk.get(address(elder, younger))
    assert again.status_code == 409
    assert "Reservation Supervisor has merged this profile" in again.text
    assert desk.post(f"/guests/{elder.id}/merge/{younger.id}").status_code == 409


def test_a_profile_offers_who_may_be_the_same_and_any_other(desk: Browser, pair: tuple[Guest, Guest]) -> None:
    elder, younger = pair
    page = desk.get(f"/guests/{younger.id}").text
    assert f"/guests/{younger.id}/merge?other={elder.id}" in page
    picked = desk.get(f"/guests/{younger.id}/merge").headers["Location"]
    assert f"/guests/{younger.id}/merge?other={elder.id}" in desk.get(picked + "&q=wang").text


def test_two_people_are_not_shown_again(desk: Browser, pair: tuple[Guest, Guest]) -> None:
    elder, younger = pair
    desk.post(f"/guests/{elder.id}/two-people/{younger.id}")
    assert "No duplicates" in desk.get("/guests/duplicates").text
    with reading():
        assert db.session.get(TwoPeople, (elder.id, younger.id))


def test_what_was_chosen_and_typed_stays_when_it_is_refused(
    desk: Browser, house: House, pair: tuple[Guest, Guest]
) -> None:
    elder, younger = pair
    with work():
        stay = house.stay(guest=elder, room="1204", status=Status.IN_HOUSE)
        db.session.add(StayGuest(stay_id=stay.id, guest_id=younger.id))
    form = {"title": "younger", "notes": "Typed by hand"}
    answer = desk.post(f"/guests/{elder.id}/merge/{younger.id}", form)
    assert answer.status_code == 422
    assert "Both profiles are guests of one stay" in answer.text
    assert 'name="title" value="younger" checked' in answer.text
    assert "Typed by hand" in answer.text
    long = desk.post(f"/guests/{elder.id}/merge/{younger.id}", form | {"notes": "x" * 501})
    assert long.status_code == 422


def test_a_profile_changed_meanwhile_is_shown_again_with_what_was_typed(
    desk: Browser, pair: tuple[Guest, Guest]
) -> None:
    elder, younger = pair
    answer = desk.post(f"/guests/{elder.id}/merge/{younger.id}", {"seen": "older", "notes": "Typed by hand"})
    assert answer.status_code == 409
    assert "has been changed since you opened this" in answer.text
    assert "Typed by hand" in answer.text
    assert seen(answer.text) != "older"


def test_a_profile_is_not_compared_with_itself_or_with_nobody(desk: Browser, pair: tuple[Guest, Guest]) -> None:
    elder, _ = pair
    assert desk.get(address(elder, elder)).status_code == 422
    assert desk.get(f"/guests/{elder.id}/merge?other=999").status_code == 404


def test_who_wants_no_disclosure_is_not_compared_by_who_may_not_know(
    desk: Browser, app: Flask, house: House, pair: tuple[Guest, Guest]
) -> None:
    elder, _ = pair
    hidden = person(house, telephone=PHONE, incognito=True)
    assert desk.get(address(elder, hidden)).status_code == 404
    assert desk.post(f"/guests/{elder.id}/merge/{hidden.id}").status_code == 404
    assert desk.post(f"/guests/{elder.id}/two-people/{hidden.id}").status_code == 404
    assert at_desk(app, house, "manager").get(address(elder, hidden)).status_code == 200


def test_other_roles_have_no_button_and_no_page(app: Flask, house: House, pair: tuple[Guest, Guest]) -> None:
    elder, younger = pair
    for role in ("reservation_clerk", "front_desk_agent"):
        assert Role(role) not in ALLOWED["merge_guests"]
        other = at_desk(app, house, role)
        assert "/merge" not in other.get(f"/guests/{elder.id}").text
        assert "/guests/duplicates" not in other.get("/guests").text
        for path in ("/guests/duplicates", address(elder, younger)):
            assert other.get(path).status_code == 403
        for path in (f"/guests/{elder.id}/merge/{younger.id}", f"/guests/{elder.id}/two-people/{younger.id}"):
            assert other.post(path).status_code == 403


def test_the_pages_in_chinese_have_no_english_word_of_ours(app: Flask, house: House, pair: tuple[Guest, Guest]) -> None:
    elder, younger = pair
    desk = at_desk(app, house, "reservation_supervisor", "zh")
    for path in ("/guests/duplicates", address(elder, younger), f"/guests/{elder.id}"):
        assert words_in(desk.get(path).text) <= ENGLISH, path


def test_the_list_asks_as_many_questions_for_twenty_pairs_as_for_one(
    desk: Browser, house: House, pair: tuple[Guest, Guest]
) -> None:
    desk.get("/guests/duplicates")
    with counted() as few:
        desk.get("/guests/duplicates")
    for _ in range(20):
        person(house, telephone=PHONE)
    with counted() as many:
        desk.get("/guests/duplicates")
    assert len(many) <= len(few)
