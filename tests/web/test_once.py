"""A form does its work once: double click, refresh and back get the first posting's answer."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from pms.db import work
from pms.web import once
from tests.builders import House
from tests.clients import Browser, new_token
from tests.web.probe import Probe, guests

pytestmark = pytest.mark.both_engines


def test_the_second_posting_of_a_form_gets_the_first_ones_answer(browser: Browser, probe: Probe) -> None:
    token = new_token()
    first = browser.post("/probe/guest", token=token)
    second = browser.post("/probe/guest", token=token)
    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, "/probe/page/1")
    assert (probe.runs, guests()) == (1, 1)


def test_the_repeated_answer_brings_its_toast_again(browser: Browser) -> None:
    token = new_token()
    browser.post("/probe/guest", token=token)
    with browser.client.session_transaction() as session:
        told = session.pop("_flashes")
    browser.post("/probe/guest", token=token)
    with browser.client.session_transaction() as session:
        assert (
            [str(text) for _, text in session["_flashes"]] == [str(text) for _, text in told] == ["Fischer is noted."]
        )


def test_a_fragment_for_htmx_is_repeated_with_its_words_and_headers(browser: Browser) -> None:
    token = new_token()
    answers = [browser.post("/probe/fragment", token=token) for _ in range(2)]
    assert [(answer.text, answer.headers["HX-Trigger"]) for answer in answers] == [("run 1", "noted")] * 2


def test_two_clicks_at_the_same_time_do_the_work_once(app: Flask, house: House, probe: Probe) -> None:
    token, answers = new_token(), []
    browsers = [Browser(app).log_in_as(house.user()) for _ in range(2)]

    def click(browser: Browser) -> None:
        answers.append(browser.post("/probe/slow", token=token))

    clicks = [threading.Thread(target=click, args=(browser,)) for browser in browsers]
    clicks[0].start()
    assert probe.inside.wait(5)
    clicks[1].start()
    clicks[1].join(0.2)
    assert not answers, "the second click waits for the first"
    probe.hold.set()
    for thread in clicks:
        thread.join()
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/")] * 2
    assert (probe.runs, guests()) == (1, 1)


def test_a_token_sent_again_with_other_words_is_refused(browser: Browser) -> None:
    token = new_token()
    browser.post("/probe/guest", {"name": "Fischer"}, token)
    answer = browser.post("/probe/guest", {"name": "Okafor"}, token)
    assert answer.status_code == 409
    assert "already sent" in answer.text
    assert guests() == 1


def test_a_token_sent_again_to_another_page_is_refused(browser: Browser) -> None:
    token = new_token()
    browser.post("/probe/guest", token=token)
    assert browser.post("/probe/fragment", token=token).status_code == 409


def test_somebody_elses_token_is_refused(app: Flask, house: House, browser: Browser) -> None:
    token = new_token()
    browser.post("/probe/guest", token=token)
    assert Browser(app).log_in_as(house.user("cashier")).post("/probe/guest", token=token).status_code == 409


@pytest.mark.parametrize("token", ["", "1", "not-a-token"])
def test_a_form_without_a_token_is_refused(browser: Browser, probe: Probe, token: str) -> None:
    answer = browser.post("/probe/guest", {"_token": token})
    assert answer.status_code == 400
    assert probe.runs == 0


def test_a_refused_form_can_be_sent_again(browser: Browser, probe: Probe) -> None:
    probe.fail_first, token = 1, new_token()
    assert browser.post("/probe/sometimes", token=token).status_code == 422
    assert browser.post("/probe/sometimes", token=token).status_code == 303
    assert guests() == 1


def test_answers_are_forgotten_after_two_days(browser: Browser, probe: Probe, monkeypatch: pytest.MonkeyPatch) -> None:
    token = new_token()
    browser.post("/probe/guest", token=token)
    with work():
        once.forget_old()
    assert browser.post("/probe/guest", token=token).location == "/probe/page/1"
    later = once.clock.now() + once.KEPT_FOR * 2
    monkeypatch.setattr(once.clock, "now", lambda: later)
    with work():
        once.forget_old()
    monkeypatch.undo()
    assert browser.post("/probe/guest", token=token).location == "/probe/page/2"
