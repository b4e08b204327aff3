"""A repair from the call to the signature by keyboard alone: written down, accepted, done, called back (S1, S2)."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db, work
from pms.departments import Department
from pms.requests.models import Call, Service
from pms.requests.words import Kind, State
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard

MOST_WRITTEN = 22  # of them 4 for the room, 3 for the service, 9 of words
MOST_DONE = 17  # of them 9 letters
MOST_CALLED_BACK = 6


def test_a_repair_from_the_call_to_the_signature(day: Day, at_desk: AtDesk) -> None:
    with work():
        lamp = {"kind": Kind.REPAIR, "name_en": "Lamp", "name_zh": "Lamp", "department": Department.ENGINEERING}
        db.session.add(Service(**lamp, minutes=30))
        day.house.user("department_staff").department = Department.ENGINEERING
    write_down(at_desk())
    repair(at_desk("department_staff"))
    call_back(at_desk("shift_leader"))
    db.session.rollback()
    call = db.session.query(Call).one()
    assert (call.state, call.stay_id, call.signed_by) == (State.CLOSED, day.stays["delacroix"].id, "Marc")
    assert call.satisfied
    db.session.rollback()


def write_down(clerk: Keyboard) -> None:
    clerk.press("g", "s")
    expect(clerk.page.locator("#call-list")).to_be_visible()
    clerk.press("n")
    expect(clerk.page.locator("#where")).to_be_focused()
    clerk.type("1201").press("Tab", "Tab", "ArrowDown", "Tab").type("Dark lamp")
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("#chosen-title")).to_contain_text("00001")
    clerk.axe_clean()
    assert clerk.strokes <= MOST_WRITTEN, clerk.strokes


def repair(engineer: Keyboard) -> None:
    engineer.press("g", "s")
    expect(engineer.page.locator("#call-list")).to_contain_text("Dark lamp")
    engineer.press("j", "Enter")
    expect(engineer.page.locator("#chosen-title")).to_contain_text("00001")
    engineer.press("a")
    expect(engineer.page.locator("#done-outcome")).to_be_focused()
    engineer.type("Bulb").press("Tab").type("Marc").press("Control+Enter")
    expect(engineer.page.locator(".pms-toast")).to_contain_text("00001")
    assert engineer.strokes <= MOST_DONE, engineer.strokes


def call_back(leader: Keyboard) -> None:
    leader.press("g", "s")
    expect(leader.page.locator("#call-list")).to_be_visible()
    leader.press("v")
    expect(leader.page.locator("#to-call-back")).to_be_visible()
    leader.axe_clean()
    leader.press("j", "Enter")
    expect(leader.page.locator("[data-key=s]")).to_be_visible()
    leader.press("s")
    expect(leader.page.locator(".pms-toast")).to_contain_text("00001")
    assert leader.strokes <= MOST_CALLED_BACK, leader.strokes
