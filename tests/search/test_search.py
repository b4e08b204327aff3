"""The search behind `/`: who is found, by what, and who is not."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from markupsafe import Markup

from pms.db import db, work
from pms.guest_services.models import Luggage
from pms.guests.rules import search_text
from pms.reservations.models import Group
from pms.reservations.status import Status
from pms.search.views import marked
from tests.builders import NOON, TODAY, House
from tests.clients import Browser


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return Browser(app).log_in_as(house.user())


def wang(house: House, **values: object) -> None:
    search = search_text("Wang", "Jianguo", "王建国")
    guest = house.guest("Wang", "Jianguo", "王建国", search=search, incognito=bool(values.pop("incognito", False)))
    house.stay(guest=guest, **values)  # type: ignore[arg-type]


def hits(browser: Browser, text: str) -> str:
    answer = browser.get("/search", query_string={"q": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    return answer.text


@pytest.mark.both_engines
@pytest.mark.parametrize("typed", ["wang", "WANG jian", "wjg", "王建国", "建国", "wangjianguo"])
def test_a_guest_is_found_by_latin_pinyin_initials_and_chinese(app: Flask, house: House, typed: str) -> None:
    with work():
        wang(house)
    assert "王建国" in hits(Browser(app).log_in_as(house.user()), typed)


@pytest.mark.parametrize("typed", ["138 0013 8000", "+8613800138000", "65223388"])
def test_a_guest_is_found_by_telephone_his_own_or_the_bookers(agent: Browser, house: House, typed: str) -> None:
    with work():
        guest = house.guest("Okafor", "Chidi", telephone="+8613800138000")
        house.stay(guest=guest, booking=house.booking(telephone="+8651265223388"))
        house.stay(guest=house.guest("Other", "Guest"))
    page = hits(agent, typed)
    assert "Chidi" in page
    assert "Other" not in page


def test_a_guest_with_many_stays_is_one_hit_and_the_one_in_house_wins(agent: Browser, house: House) -> None:
    with work():
        guest = house.guest("Okafor", "Chidi")
        house.stay(arrival=-40, guest=guest, status=Status.CHECKED_OUT)
        house.stay(arrival=20, guest=guest)
        house.stay(arrival=-1, nights=3, guest=guest, room="1201", status=Status.IN_HOUSE)
    page = hits(agent, "okafor")
    assert page.count("hit-stay-") == 1
    assert "In house" in page


def test_a_guest_who_wants_no_disclosure_is_an_unknown_name_to_the_reservation_clerk(app: Flask, house: House) -> None:
    with work():
        wang(house, incognito=True, room="1201", status=Status.IN_HOUSE)
        clerk = house.user("reservation_clerk")
    found, unknown = (hits(Browser(app).log_in_as(clerk), text) for text in ("wang", "nobody"))
    assert found.replace("wang", "nobody") == unknown
    assert "王建国" in hits(Browser(app).log_in_as(house.user()), "wang")


def test_somebody_of_another_department_finds_no_guest(app: Flask, house: House) -> None:
    with work():
        wang(house)
        waiter = house.user("department_staff")
    assert "王建国" not in hits(Browser(app).log_in_as(waiter), "wang")


def test_a_confirmation_number_is_found_by_its_end(agent: Browser, house: House) -> None:
    with work():
        house.stay(booking=house.booking(confirmation="LT-26-04690"))
    assert "LT-26-04690" in hits(agent, "4690")
    assert "LT-26-04690" not in hits(agent, "90")


def test_a_room_number_finds_the_room_and_who_lives_there(agent: Browser, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Rossi", "Ida"), room="1201", status=Status.IN_HOUSE)
    page = hits(agent, "1201")
    assert "Type STK" in page
    assert "Rossi" in page


def test_a_luggage_tag_is_found_while_it_is_held(agent: Browser, house: House) -> None:
    row = {"depositor": "Wang", "pieces": 2, "description": "case", "shelf": "C4", "due_at": NOON, "stored_at": NOON}
    with work():
        row |= {"stored_on": TODAY, "stored_by": house.user().id}
        db.session.add(Luggage(tag="0311", code="A", **row))
        db.session.add(Luggage(tag="0312", code="B", released_at=NOON, **row))
    assert "Tag 0311" in hits(agent, "0311")
    assert "Tag 0312" not in hits(agent, "0312")


def test_a_hit_leads_to_its_stay_its_tag_its_group(agent: Browser, house: House) -> None:
    with work():
        stay = house.stay(arrival=5, guest=house.guest("Rossi", "Ida"))
        day = {"arrival": TODAY, "departure": TODAY + timedelta(days=1)}
        db.session.add(Group(code="WLT-21", name="West Lake Tour", name_zh="西湖之旅", **day))
        db.session.flush()
        group = db.session.query(Group.id).scalar()
    assert f'href="/stays/{stay.id}"' in hits(agent, "rossi")
    for typed in ("wlt", "lake", "西湖"):
        assert f'href="/groups/{group}"' in hits(agent, typed)


# --- Doing ------------------------------------------------------------------------------------------------------------
def first_address(page: str) -> str:
    found = re.search(r'<a class="hit"[^>]* href="([^"]+)"', page)
    assert found
    return found[1]


def test_who_is_due_is_offered_his_check_in_first(agent: Browser, house: House) -> None:
    with work():
        wang(house, room="1201")
    page = hits(agent, "wang")
    assert page.index("Do now") < page.index("Guests")
    assert first_address(page).endswith("/check-in")


def test_of_a_guest_in_house_the_stay_comes_first_and_the_verbs_behind(agent: Browser, house: House) -> None:
    with work():
        wang(house, room="1201", status=Status.IN_HOUSE)
    page = hits(agent, "wang")
    assert page.index("Guests") < page.index("Do now")
    assert re.search(r'href="/stays/\d+/room-change"[^>]* data-alt="1"', page)


@pytest.mark.parametrize("typed", ["check in wang", "CI wjg", "ci 1201", "入住王建国", "入住 王建国"])
def test_a_verb_in_front_does_it(agent: Browser, house: House, typed: str) -> None:
    with work():
        wang(house, room="1201")
    assert first_address(hits(agent, typed)).endswith("/check-in")


def test_who_comes_today_stands_before_who_comes_next_month(agent: Browser, house: House) -> None:
    with work():
        house.stay(arrival=20, guest=house.guest("Okafor", "Oliver"))
        house.stay(arrival=0, guest=house.guest("Okafor", "Eleanor"))
        house.stay(arrival=3, guest=house.guest("Okafor", "James"))
    page = hits(agent, "okafor")
    assert page.index("Eleanor") < page.index("James") < page.index("Oliver")


def test_a_verb_that_does_not_fit_is_taken_for_a_name(agent: Browser, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Move", "Ann"))
    assert "/check-in" in hits(agent, "move ann")
    assert "Nothing found" in hits(agent, "check out wang")


def test_a_verb_one_may_not_use_is_not_offered(app: Flask, house: House) -> None:
    with work():
        wang(house, room="1201")
        clerk = house.user("reservation_clerk")
    for typed in ("wang", "check in wang"):
        assert "/check-in" not in hits(Browser(app).log_in_as(clerk), typed)


def test_housekeeping_is_led_to_the_room_and_not_to_its_guest(app: Flask, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Rossi", "Ida"), room="1201", status=Status.IN_HOUSE)
        maid = house.user("housekeeping")
    page = hits(Browser(app).log_in_as(maid), "1201")
    assert f'href="/housekeeping/rooms/{house.rooms["1201"].id}"' in page
    assert "/stays/" not in page


def test_pages_are_found_by_their_names_in_both_languages(agent: Browser) -> None:
    assert 'href="/"' in hits(agent, "des")
    assert 'href="/"' in hits(agent, "前台")


def test_a_page_one_may_not_open_is_not_offered(agent: Browser) -> None:
    assert 'href="/users"' not in hits(agent, "users")


@pytest.mark.parametrize("typed", ["zzz", "%", "_", "'; DROP TABLE stays", "x" * 500, "  "])
def test_odd_words_find_nothing_and_break_nothing(agent: Browser, house: House, typed: str) -> None:
    with work():
        wang(house)
    assert "王建国" not in hits(agent, typed)


def test_nothing_found_says_so_and_what_to_try(agent: Browser) -> None:
    assert "Nothing found for “zzz”" in hits(agent, "zzz")


def test_every_hit_that_leads_somewhere_leads_to_a_page(agent: Browser, house: House) -> None:
    with work():
        wang(house)
        house.stay(guest=house.guest("Wangari", "Grace"), room="1202", status=Status.IN_HOUSE)
        house.stay(arrival=9, guest=house.guest("Wang", "Yang"))
    addresses = re.findall(r'href="(/[^"#]*)', hits(agent, "wang"))
    assert addresses
    assert all(
        agent.get(address.replace("&amp;", "&")).status_code == 200 for address in addresses if "static" not in address
    )


def test_without_script_the_search_is_a_page(agent: Browser) -> None:
    assert "<h1>Search</h1>" in agent.get("/search?q=desk").text


def test_nobody_searches_without_logging_in(app: Flask, house: House) -> None:
    assert Browser(app).get("/search?q=wang").status_code == 303


@pytest.mark.parametrize(
    ("html", "typed", "expected"),
    [
        ("<b>Wang</b> Jianguo", "wan", "<b><mark>Wan</mark>g</b> Jianguo"),
        ("Swang", "wang", "Swang"),
        ('<span class="wang">Li</span>', "wang", '<span class="wang">Li</span>'),
        ("O&#39;Brien", "o'", "<mark>O&#39;</mark>Brien"),
        ("Tom &amp; Amp", "amp", "Tom &amp; <mark>Amp</mark>"),
        ("Wang", "", "Wang"),
    ],
)
def test_what_was_typed_is_marked_at_the_beginning_of_words_only(html: str, typed: str, expected: str) -> None:
    assert marked(Markup(html), typed) == expected


def test_a_guest_of_long_ago_is_found_where_nobody_of_that_name_is_here(agent: Browser, house: House) -> None:
    with work():
        house.stay(arrival=-90, guest=house.guest("Castellanos", "Ana"), status=Status.CHECKED_OUT)
    assert "lanos, Ana" in hits(agent, "castel")
    assert "Checked out" in hits(agent, "castel")


@pytest.mark.parametrize("arrival", [-90, 3])
def test_whoever_called_for_the_booking_is_found_by_the_telephone(agent: Browser, house: House, arrival: int) -> None:
    status = Status.CHECKED_OUT if arrival < 0 else Status.RESERVED
    with work():
        house.stay(arrival=arrival, booking=house.booking(telephone="+8613867001234"), status=status)
    assert "Fischer" in hits(agent, "13867001234")


def test_one_letter_asks_for_pages_only(agent: Browser, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Dong", "Wei"))
    assert 'href="/"' in hits(agent, "d")
    assert "Dong" not in hits(agent, "d")
