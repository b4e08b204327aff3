"""What the browser is told about each answer."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.builders import House
from tests.clients import Browser
from tests.web.conftest import NewApp

PAGES = ["/", "/login", "/no-such-page", "/users", "/probe/page/1", "/healthz"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_protecting_headers(browser: Browser, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES[:4])
def test_no_page_has_inline_script_style_or_handlers(browser: Browser, path: str) -> None:
    page = browser.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", page)


def test_static_files_are_kept_for_a_year_under_an_address_of_their_version(app: Flask, browser: Browser) -> None:
    with app.test_request_context():
        address = app.url_for("static", filename="pms.css")
    assert re.fullmatch(r"/static/pms\.css\?v=[0-9a-f]+", address)
    with browser.get(address) as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(database_url: str, new_app: NewApp) -> None:
    cookie = new_app(database_url).test_client().get("/login", base_url="https://house.example").headers["Set-Cookie"]
    for word in ("pms_session=", "Secure", "HttpOnly", "SameSite=Lax"):
        assert word in cookie


def test_https_is_remembered(database_url: str, new_app: NewApp) -> None:
    app = new_app(database_url)
    answer = app.test_client().get("/healthz", base_url="https://house.example")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "Strict-Transport-Security" not in app.test_client().get("/healthz").headers


def test_only_a_trusted_proxy_is_believed(database_url: str, new_app: NewApp) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    direct, behind = new_app(database_url), new_app(database_url, TRUSTED_PROXIES=1)
    assert "Strict-Transport-Security" not in direct.test_client().get("/healthz", headers=forwarded).headers
    assert "Strict-Transport-Security" in behind.test_client().get("/healthz", headers=forwarded).headers


def test_only_trusted_host_names_are_answered(database_url: str, new_app: NewApp) -> None:
    app = new_app(database_url, TRUSTED_HOSTS=["house.example"])
    assert app.test_client().get("/healthz", base_url="https://house.example").status_code == 200
    assert app.test_client().get("/healthz", base_url="https://evil.example").status_code == 400


def test_a_form_without_the_sessions_token_is_refused(browser: Browser, house: House) -> None:
    answer = browser.post("/probe/guest", {"csrf_token": "forged"})
    assert answer.status_code == 400
    assert "came from elsewhere" in answer.text
