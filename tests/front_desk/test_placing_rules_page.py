"""The placing rules in the settings: looked at by all, tried on tonight, saved by a manager who has seen them."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.assignment import actions, queries, rule_settings
from pms.assignment.rules import MUSTS, PREFERENCES
from pms.db import db, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.journal import JournalLine
from pms.reservations.models import Stay
from tests.builders import NOON, House
from tests.clients import Browser, at_desk

UNCHANGED = rule_settings.fingerprint({})


@pytest.fixture
def manager(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "manager")


def typed(**changes: str) -> dict[str, Any]:
    """The form as it opens, with some fields typed anew; an empty one is a switch turned off."""
    form = {f"on-{name}": "y" for name in (*MUSTS, *PREFERENCES)}
    form |= {f"tier-{name}": str(int(rule.tier)) for name, rule in PREFERENCES.items()}
    form |= {f"{rule.name}-{key}": str(n) for rule in PREFERENCES.values() for key, n in rule.points.items()}
    form |= {"seen": UNCHANGED} | {name.replace("__", "-"): text for name, text in changes.items()}
    return {name: text for name, text in form.items() if text}


def saved() -> dict[str, Any]:
    with reading():
        return queries.rule_changes()


def test_every_rule_stands_on_the_page(manager: Browser) -> None:
    page = manager.get("/settings/placing").text
    for name in (*MUSTS, *PREFERENCES):
        assert f'id="on-{name}"' in page
    assert "All as in the manual" in page and 'aria-current="page"' in page


def test_a_rule_is_switched_off_made_dearer_and_moved(manager: Browser, house: House) -> None:
    changes = {"on__wish_quiet": "", "wish_high__points": "70", "tier__liked_numbers_are_a_plus": "2"}
    assert manager.post("/settings/placing", typed(**changes)).status_code == 303
    assert saved() == {
        "wish_quiet": {"on": False}, "wish_high": {"points": {"points": 70}}, "liked_numbers_are_a_plus": {"tier": 2},
    }  # fmt: skip
    page = manager.get("/settings/placing").text
    assert "3 rules are not as in the manual" in page and "manual: 30" in page
    with work():
        house.rooms["1202"].quiet = 90
        stay = house.stay(wishes="quiet")
    assert actions.suggest(stay, 1)[0].room.number == "1201"


def test_what_a_change_would_do_tonight_is_shown_and_not_saved(manager: Browser, house: House) -> None:
    with work():
        house.rooms["1202"].quiet = 90
        stay = house.stay(wishes="quiet", guest=house.guest("Adler"), room="1204")
    page = manager.post("/settings/placing/what-if", typed(on__wish_quiet="")).text
    assert "1 would have another room." in page and "Adler" in page and "1202" in page
    assert 'id="on-wish_quiet" name="on-wish_quiet" value="y" aria-label' in page  # what was typed is not lost
    assert saved() == {}
    with reading():
        assert db.session.get_one(Stay, stay.id).room.number == "1204"
    assert "0 would have another room." in manager.post("/settings/placing/what-if", typed()).text


def test_who_is_locked_is_not_planned_anew(manager: Browser, house: House) -> None:
    with work():
        house.stay(room="1204", do_not_move=True, do_not_move_why="promised")
    assert "Of 0 arrivals" in manager.post("/settings/placing/what-if", typed()).text


def test_an_administrator_tries_rules_without_learning_who_wants_no_disclosure(app: Flask, house: House) -> None:
    with work():
        house.rooms["1202"].quiet = 90
        house.stay(wishes="quiet", guest=house.guest("Secretive", incognito=True))
    page = at_desk(app, house, "admin").post("/settings/placing/what-if", typed(on__wish_quiet="")).text
    assert "Name not disclosed" in page and "Secretive" not in page


@pytest.mark.parametrize("path", ["/settings/placing", "/settings/placing/what-if"])
def test_points_that_are_no_number_are_named_at_their_field_and_nothing_is_lost(manager: Browser, path: str) -> None:
    answer = manager.post(path, typed(wish_high__points="many", on__wish_quiet=""))
    assert answer.status_code == 422 and "Error:" in answer.text
    assert 'href="#wish_high-points"' in answer.text and 'value="many"' in answer.text
    assert saved() == {}


def test_a_tier_there_is_not_is_refused(manager: Browser) -> None:
    answer = manager.post("/settings/placing", typed(tier__wish_high="9"))
    assert answer.status_code == 422 and saved() == {}


def test_the_manuals_rules_come_back_with_one_press(manager: Browser) -> None:
    manager.post("/settings/placing", typed(on__wish_quiet=""))
    manager.post("/settings/placing", {"manual": "y", "seen": rule_settings.fingerprint(saved())})
    assert saved() == {}


@pytest.mark.both_engines
def test_of_two_managers_the_second_is_told(house: House) -> None:
    by = house.user("manager")
    with work():
        rule_settings.change_rules({"wish_quiet": {"on": False}}, seen=UNCHANGED, by=house.user("manager"), now=NOON)
    with pytest.raises(Conflict), work():
        rule_settings.change_rules({"wish_high": {"on": False}}, seen=UNCHANGED, by=house.user("manager"), now=NOON)
    assert saved() == {"wish_quiet": {"on": False}}
    line = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "change_placing_rules")).one()
    assert (line.details["was"], line.details["rules"]) == ({}, {"wish_quiet": {"on": False}}) and by is not None


def test_what_always_holds_is_not_switched_off(house: House) -> None:
    with work():
        by = house.user("manager")
    with pytest.raises(Refused), work():
        rule_settings.change_rules({"free_on_every_night": {"on": False}}, seen=UNCHANGED, by=by, now=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["manage_property"]))
def test_others_look_at_the_rules_and_change_nothing(app: Flask, house: House, role: Role) -> None:
    other = at_desk(app, house, role.value)
    page = other.get("/settings/placing").text
    assert "rules-form" in page and "formaction" not in page
    for path in ("/settings/placing", "/settings/placing/what-if"):
        assert other.post(path, typed(on__wish_quiet="")).status_code == 403
    with pytest.raises(NotAllowed), work():
        rule_settings.change_rules({}, seen=UNCHANGED, by=house.user(role.value), now=NOON)
    assert saved() == {}
