"""Nobody comes in without logging in, and nobody does what the access table does not give to their role."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from pms import access
from pms.access import Role
from pms.db import work
from pms.web.gate import needs
from tests.builders import House
from tests.clients import Browser

PUBLIC = {
    "static",
    "health.alive",
    "health.ready",
    "accounts.login",
    "accounts.log_in",
    "accounts.logout",
    "accounts.set_language",
    "accounts.set_theme",
}
# One's own affairs, open to whoever is logged in.
OWN = {"accounts.password", "accounts.change_password", "accounts.set_shortcuts", "approvals.give"}


def _address(app: Flask, rule: Rule) -> str:
    """An address of the rule with numbers and words that belong to no record."""
    values = {}
    for name, converter in rule._converters.items():
        values[name] = 999_999 if type(converter).__name__ == "IntegerConverter" else "2026-11-20"
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def _rules(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def _for_programs(endpoint: str) -> bool:
    """The API has a door of its own: a token instead of a login (tests/api/test_door.py)."""
    return endpoint.startswith("api_")


def test_only_the_way_in_is_public(app: Flask) -> None:
    public = {name for name, view in app.view_functions.items() if getattr(view, "public", False)}
    assert {name for name in public if not _for_programs(name)} == PUBLIC


def test_every_other_page_declares_its_action(app: Flask) -> None:
    silent = {name for name, view in app.view_functions.items() if not getattr(view, "action", None)}
    assert {name for name in silent - PUBLIC if not _for_programs(name)} == OWN


def test_every_other_page_leads_to_the_login(app: Flask, house: House) -> None:
    stranger, seen = Browser(app), 0
    for rule, method in _rules(app):
        if rule.endpoint in PUBLIC or _for_programs(rule.endpoint):
            continue
        address = _address(app, rule)
        answer = stranger.get(address) if method == "GET" else stranger.post(address)
        assert (answer.status_code, (answer.location or "")[:6]) == (303, "/login"), f"{method} {rule}"
        seen += 1
    assert seen > 5


@pytest.mark.parametrize("role", Role)
def test_each_role_gets_exactly_what_the_access_table_gives(app: Flask, house: House, role: Role) -> None:
    browser, seen = Browser(app).log_in_as(house.user(role.value)), 0
    for rule, method in _rules(app):
        action = getattr(app.view_functions[rule.endpoint], "action", None)
        if action is None:
            continue
        address = _address(app, rule)
        answer = browser.get(address) if method == "GET" else browser.post(address)
        assert (answer.status_code == 403) is (role not in access.ALLOWED[action]), f"{method} {rule} for {role}"
        seen += 1
    assert seen > 3


def test_a_refused_page_names_who_may(app: Flask, house: House) -> None:
    answer = Browser(app).log_in_as(house.user()).get("/users")
    assert answer.status_code == 403
    assert "Ask: Administrator." in answer.text


def test_a_system_user_has_no_session(app: Flask, house: House) -> None:
    with work():
        audit = house.user("night_auditor", login="audit", is_system=True)
    assert Browser(app).log_in_as(audit).get("/").status_code == 303


def test_the_login_leads_back_to_the_page_that_was_wanted(app: Flask, house: House) -> None:
    answer = Browser(app).get("/notices?list=old")
    assert answer.location == "/login?next=/notices?list%3Dold"


def test_htmx_is_sent_to_the_login_as_a_whole_page(app: Flask, house: House) -> None:
    answer = Browser(app).get("/notices", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login")


def test_an_action_that_is_not_in_the_access_table_cannot_be_declared() -> None:
    with pytest.raises(ValueError, match="not in the access table"):
        needs("fly")
