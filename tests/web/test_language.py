"""English or Chinese: the user's setting, else the cookie, else what the browser asks for."""

from __future__ import annotations

import pytest
from flask import Flask

from pms.db import db
from pms.say import say
from pms.web.language import said
from tests.builders import House
from tests.clients import Browser

CHINESE, ENGLISH = '<html lang="zh-CN"', '<html lang="en"'


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("zh-CN,zh;q=0.9", CHINESE), ("en-GB", ENGLISH), ("fr", ENGLISH), ("fr,zh;q=0.5", CHINESE), ("", ENGLISH)],
)
def test_a_strangers_browser_is_asked(app: Flask, house: House, asked: str, expected: str) -> None:
    assert expected in Browser(app).get("/login", headers={"Accept-Language": asked}).text


def test_a_strangers_choice_is_kept_in_a_cookie(app: Flask, house: House) -> None:
    stranger = Browser(app)
    assert stranger.post("/preferences/language", {"language": "zh", "next": "/login?"}).location == "/login"
    assert CHINESE in stranger.get("/login", headers={"Accept-Language": "en"}).text


def test_a_users_choice_is_kept_with_the_user(app: Flask, house: House, browser: Browser) -> None:
    browser.post("/preferences/language", {"language": "zh"})
    other = Browser(app).log_in_as(house.user())
    page = other.get("/", headers={"Accept-Language": "en"}).text
    assert CHINESE in page
    assert "澜庭大酒店" in page


def test_the_users_setting_wins_over_the_cookie(app: Flask, house: House, browser: Browser) -> None:
    browser.client.set_cookie("lang", "zh")
    assert ENGLISH in browser.get("/").text


def test_light_and_dark_and_single_keys_are_the_users_choice(house: House, browser: Browser) -> None:
    browser.post("/preferences/theme", {"theme": "dark"})
    browser.post("/preferences/shortcuts", {"shortcuts": "off"})
    page = browser.get("/").text
    assert 'data-bs-theme="dark"' in page
    assert 'data-keys="off"' in page
    user = house.user()
    db.session.refresh(user)
    assert (user.theme, user.shortcuts_on) == ("dark", False)


@pytest.mark.parametrize("path", ["language", "theme"])
def test_an_unknown_choice_is_refused(browser: Browser, path: str) -> None:
    assert browser.post(f"/preferences/{path}", {path: "fr"}).status_code == 422


def test_the_switch_leads_back_within_the_house_only(browser: Browser) -> None:
    assert browser.post("/preferences/theme", {"theme": "dark", "next": "//evil.example"}).location == "/"
    assert browser.post("/preferences/theme", {"theme": "dark", "next": "/papers?"}).location == "/papers"


@pytest.mark.parametrize(
    ("reader", "html"),
    [("en", 'Zhao Lei <span lang="zh-CN">赵磊</span> &lt;here&gt;'), ("zh", "Zhao Lei 赵磊 &lt;here&gt;")],
)
def test_a_chinese_name_in_an_english_sentence_says_that_it_is_chinese(app: Flask, reader: str, html: str) -> None:
    with app.test_request_context(headers={"Accept-Language": reader}):
        assert said(say("{guest} <here>", guest="Zhao Lei 赵磊")) == html
