"""The call list of due-outs (E1) in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import clock
from pms.db import reading, work
from pms.errors import Refused
from pms.front_desk import queries
from pms.front_desk.models import CallResult
from pms.front_desk.rules import hour_said
from pms.reservations.models import Stay
from tests.builders import NOON, TODAY
from tests.clients import Browser, new_token
from tests.front_desk.steps import Desk
from tests.web.statements import counted

TOMORROW = TODAY + timedelta(days=1)
Seat = Callable[..., Browser]


@pytest.fixture
def seat(app: Flask, desk: Desk) -> Seat:
    def sit(role: str = "front_desk_agent", language: str = "en") -> Browser:
        with work():
            user = desk.house.user(role)
            user.language = language
        return Browser(app).log_in_as(user)

    return sit


@pytest.fixture
def stays(desk: Desk) -> dict[str, Stay]:
    """1204 and 1202 are due out today, 1206 since yesterday; 1205 stays."""
    with work():
        found = {
            room: desk.guest_in_house(room, nights=nights, guest=desk.house.guest(surname, "A"))
            for room, nights, surname in (("1204", 2, "Fischer"), ("1202", 2, "Okafor"), ("1206", 1, "Weber"),
                                          ("1205", 4, "Baker"))
        }  # fmt: skip
        clock.advance_business_date(TODAY, TOMORROW, at=NOON)
        clock.advance_business_date(TOMORROW, TOMORROW + timedelta(days=1), at=NOON)
    return found


def number(stay: Stay) -> int:
    return int(sa.inspect(stay).identity[0])


def call(browser: Browser, stay: Stay, result: str, at: str = "", token: str = "") -> int:
    return browser.post(f"/due-outs/{number(stay)}", {"result": result, "at": at}, token=token).status_code


def answers() -> dict[str, tuple[CallResult | None, str]]:
    with reading():
        return {line.room: (line.called, line.note) for line in queries.due_out_calls(clock.business_date())}


def test_who_should_have_left_stands_first_and_who_stays_not_at_all(seat: Seat, stays: dict[str, Stay]) -> None:
    page = seat().get("/due-outs").text
    assert list(dict.fromkeys(re.findall(r"Weber|Okafor|Fischer|Baker", page))) == ["Weber", "Okafor", "Fischer"]
    assert "check-out until 12:00" in page


def test_the_hour_is_that_of_the_season(seat: Seat, desk: Desk) -> None:
    with work():
        clock.advance_business_date(TODAY, date(2026, 12, 24), at=NOON)  # low season
    assert "check-out until 14:00" in seat().get("/due-outs").text


def test_when_he_leaves_is_written_down_and_the_next_call_is_chosen(seat: Seat, stays: dict[str, Stay]) -> None:
    browser = seat()
    assert call(browser, stays["1206"], "leaves", "1330") == 303
    assert browser.answer.headers["Location"].endswith(f"/due-outs#stay-{number(stays['1202'])}")
    assert answers()["1206"] == (CallResult.LEAVES, "13:30")
    assert "13:30" in browser.get("/due-outs").text


def test_after_the_last_row_the_list_begins_again_with_who_was_not_reached(seat: Seat, stays: dict[str, Stay]) -> None:
    browser = seat()
    call(browser, stays["1204"], "no_answer")
    assert browser.answer.headers["Location"].endswith(f"#stay-{number(stays['1206'])}")


def test_who_stays_longer_leads_to_the_page_of_his_departure(seat: Seat, stays: dict[str, Stay]) -> None:
    browser = seat()
    assert call(browser, stays["1204"], "extends") == 303
    assert browser.answer.headers["Location"].endswith(f"/stays/{number(stays['1204'])}/departure")
    assert answers()["1204"][0] is CallResult.EXTENDS


def test_a_late_check_out_is_granted_with_the_call(seat: Seat, stays: dict[str, Stay]) -> None:
    call(seat(), stays["1204"], "late_check_out")
    with reading():
        (line,) = [line for line in queries.due_out_calls(clock.business_date()) if line.room == "1204"]
    assert (line.late_check_out, line.called) == (True, CallResult.LATE_CHECK_OUT)


def test_no_late_check_out_when_the_next_guest_has_the_room(seat: Seat, desk: Desk, stays: dict[str, Stay]) -> None:
    with work():
        desk.house.stay(arrival=2, room="1204", guest=desk.house.guest("Peeters", "Ilse"))
    browser = seat()
    assert call(browser, stays["1204"], "late_check_out") == 422
    assert "Peeters, Ilse is to have this room" in browser.answer.text
    assert answers()["1204"][0] is None


@pytest.mark.parametrize("typed", ["25:00", "soon", "12:75"])
def test_a_time_that_is_none_is_refused_and_kept(seat: Seat, stays: dict[str, Stay], typed: str) -> None:
    browser = seat()
    assert call(browser, stays["1204"], "leaves", typed) == 422
    assert "Write it like 13:30." in browser.answer.text
    assert f'value="{typed}"' in browser.answer.text
    assert answers()["1204"][0] is None


def test_an_answer_nobody_knows_is_refused(seat: Seat, stays: dict[str, Stay]) -> None:
    assert call(seat(), stays["1204"], "sings") == 422


def test_the_same_call_sent_twice_is_one(seat: Seat, stays: dict[str, Stay]) -> None:
    browser, token = seat(), new_token()
    assert [call(browser, stays["1204"], "no_answer", token=token) for _ in range(2)] == [303, 303]


def test_who_is_not_due_out_is_not_called(seat: Seat, stays: dict[str, Stay]) -> None:
    browser = seat()
    assert call(browser, stays["1205"], "leaves") == 422
    assert "booked until" in browser.answer.text


@pytest.mark.parametrize("role", ["reservation_clerk", "housekeeping", "cashier", "manager"])
def test_who_does_not_call(seat: Seat, stays: dict[str, Stay], role: str) -> None:
    browser = seat(role)
    assert browser.get("/due-outs").status_code == 403
    assert call(browser, stays["1204"], "leaves") == 403
    assert '"/due-outs"' not in browser.get("/search").text
    assert '"/due-outs"' in seat().get("/search").text


def test_when_everybody_has_left_the_list_says_so(seat: Seat) -> None:
    assert "Everybody has left" in seat().get("/due-outs").text


def test_a_long_list_needs_no_more_statements(seat: Seat, desk: Desk, stays: dict[str, Stay]) -> None:
    browser = seat()
    browser.get("/due-outs")
    with counted() as few:
        browser.get("/due-outs")
    with work():
        clock.advance_business_date(TODAY + timedelta(days=2), TODAY + timedelta(days=4), at=NOON)
    with counted() as more:
        assert "Baker" in browser.get("/due-outs").text
    assert len(more) == len(few)


def test_no_english_on_the_chinese_list(seat: Seat, stays: dict[str, Stay]) -> None:
    page = seat(language="zh").get("/due-outs").text
    words = re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition(">")[2].partition("</main>")[0])
    assert not set(re.findall(r"[A-Za-z]{2,}", words)) - {"Fischer", "Okafor", "Weber"}


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("13:30", "13:30"),
        ("1330", "13:30"),
        ("13", "13:00"),
        ("9", "09:00"),
        ("13：30", "13:30"),
        ("14点", "14:00"),
        ("", ""),
    ],
)
def test_times_as_they_are_said(said: str, time: str) -> None:
    assert hour_said(said) == time


@pytest.mark.parametrize("said", ["24", "12:60", "noon", "1:2"])
def test_what_is_no_time(said: str) -> None:
    with pytest.raises(Refused):
        hour_said(said)
