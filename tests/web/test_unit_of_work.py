"""One request is one unit of work."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from pms.web.house import TRIES
from tests.builders import House
from tests.clients import Browser
from tests.web.probe import Probe, guests

pytestmark = pytest.mark.both_engines


def test_a_post_is_saved_when_its_answer_leaves(browser: Browser) -> None:
    assert browser.post("/probe/guest").status_code == 303
    assert guests() == 1


@pytest.mark.parametrize("page", ["refused", "refused-form", "bad-request"])
def test_an_answer_of_400_or_above_leaves_nothing_behind(browser: Browser, page: str) -> None:
    assert browser.post(f"/probe/{page}").status_code == 422
    assert guests() == 0


def test_desks_that_work_at_the_same_time_lose_nothing(app: Flask, house: House, probe: Probe) -> None:
    desks = [Browser(app).log_in_as(house.user()) for _ in range(6)]
    with ThreadPoolExecutor(len(desks)) as people:
        answers = people.map(lambda desk: [desk.post("/probe/guest").status_code for _ in range(5)], desks)
        assert [status for statuses in answers for status in statuses] == [303] * 30
    assert guests() == 30


@pytest.mark.usefixtures("crashes_answered")
def test_a_crash_leaves_nothing_behind(browser: Browser) -> None:
    answer = browser.post("/probe/crash")
    assert answer.status_code == 500
    assert "Fischer" not in answer.text
    assert guests() == 0


@pytest.mark.usefixtures("crashes_answered")
def test_a_page_cannot_write(browser: Browser) -> None:
    assert browser.get("/probe/writes-on-get").status_code == 500
    assert guests() == 0


def test_work_that_postgresql_asks_to_repeat_is_repeated_once_more_as_a_whole(browser: Browser, probe: Probe) -> None:
    probe.fail_first = 2
    assert browser.post("/probe/retry").status_code == 303
    assert (probe.runs, guests()) == (3, 1)
    with browser.client.session_transaction() as session:
        assert session["_flashes"] == [("message", "noted")]


@pytest.mark.usefixtures("crashes_answered")
def test_work_is_not_repeated_for_ever(browser: Browser, probe: Probe) -> None:
    probe.fail_first = 99
    assert browser.post("/probe/retry").status_code == 500
    assert (probe.runs, guests()) == (TRIES, 0)
