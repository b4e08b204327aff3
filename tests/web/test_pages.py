"""Refusals and errors as pages a clerk can act on."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from pms.web import queries
from tests.builders import House
from tests.clients import Browser


def test_a_refusal_says_why_and_what_can_be_done_instead(browser: Browser) -> None:
    answer = browser.post("/probe/refused")
    assert answer.status_code == 422
    assert "Room 1206 is taken." in answer.text
    assert "Take room 1210." in answer.text
    assert "<title>Error:" in answer.text


def test_htmx_gets_the_refusal_without_the_frame(browser: Browser) -> None:
    answer = browser.post("/probe/refused", headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert "Room 1206 is taken." in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(("path", "status"), [("/no-such-page", 404), ("/probe/guest", 405)])
def test_a_page_that_is_not_there_says_so(browser: Browser, path: str, status: int) -> None:
    answer = browser.get(path)
    assert answer.status_code == status
    assert "<html" in answer.text


def test_a_stranger_sees_an_error_page_too(app: Flask, house: House) -> None:
    assert Browser(app).get("/no-such-page").status_code == 404


@pytest.mark.usefixtures("crashes_answered")
def test_an_error_page_tells_the_number_under_which_the_log_has_it(browser: Browser) -> None:
    answer = browser.post("/probe/crash")
    assert answer.headers["X-Request-ID"] in answer.text


@pytest.mark.usefixtures("crashes_answered")
def test_an_error_page_needs_no_database(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(queries, "house", broken)
    answer = browser.get("/login")
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Something broke" in answer.text
