"""A text that is too long, a number that is too large: a sentence at the field, never an error page."""

from __future__ import annotations

from flask import Flask

from pms.db import work
from tests.builders import House
from tests.clients import Browser


def test_a_name_that_is_too_long_is_said_at_its_field(app: Flask, house: House) -> None:
    with work():
        admin = house.user("admin")
    browser = Browser(app).log_in_as(admin)
    form = {"login": "wang", "name": "x" * 121, "role": "cashier", "language": "en", "password": "river stone lantern"}
    answer = browser.post("/users", form)
    assert answer.status_code == 422
    assert "This is longer than 120 characters." in answer.text
    assert 'id="name-error"' in answer.text


def test_a_login_that_is_too_long_is_simply_wrong(app: Flask, house: House) -> None:
    answer = Browser(app).post("/login", {"login": "x" * 61, "password": "whatever it may be"})
    assert answer.status_code == 422
    assert "Login or password is not right." in answer.text
