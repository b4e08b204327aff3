"""For the machine that watches the house, and the log it collects."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from pms.web import schema
from tests.clients import Browser
from tests.web.conftest import NewApp


@pytest.mark.both_engines
def test_ready_only_with_the_tables_of_this_version(empty_database_url: str, new_app: NewApp) -> None:
    app = new_app(empty_database_url)
    client = app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").status_code == 503
    with app.app_context():
        schema.upgrade()
    assert client.get("/readyz").json == {"status": "ok"}


def test_not_ready_without_a_database(new_app: NewApp) -> None:
    client = new_app("postgresql+psycopg://nobody@127.0.0.1:1/none").test_client()
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "database not reachable"})


def test_the_log_names_user_and_page_but_no_guest(browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    browser.get("/probe/page/7?q=Fischer")
    browser.post("/probe/guest", {"name": "Fischer"})
    browser.get("/guests/Fischer")
    written = capsys.readouterr().err
    first = json.loads(written.splitlines()[0])
    assert (first["route"], first["ids"], first["status"]) == ("/probe/page/<int:number>", {"number": 7}, 200)
    assert first["role"] == "front_desk_agent"
    assert first["request_id"]
    assert first["ms"] > 0
    assert "Fischer" not in written


@pytest.mark.usefixtures("crashes_answered")
def test_the_log_of_a_crash_has_its_place_but_not_its_words(
    app: Flask, browser: Browser, capsys: pytest.CaptureFixture[str]
) -> None:
    app.config["ENVIRONMENT"] = "production"
    browser.post("/probe/crash")
    written = capsys.readouterr().err
    assert '"kind": "RuntimeError"' in written
    assert "in crash" in written or "crash" in written
    assert "Fischer" not in written
