"""A shift handed over by keyboard alone: drafted, drawer and equipment counted, signed by both with their passwords."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.accounts.passwords import make_hash
from pms.db import db, work
from pms.handover import actions
from pms.handover.models import Handover, NoteKind
from tests.builders import NOON
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day

MOST = 37  # of them 4 letters of passwords, 12 of a login, 1 and 1 of counts
PASSWORD = "ok"


def test_a_shift_is_handed_over(day: Day, at_desk: AtDesk) -> None:
    with work():
        agent, leader = day.house.user(), day.house.user("shift_leader")
        agent.password_hash = leader.password_hash = make_hash(PASSWORD)
        actions.keep_equipment("Master key", 2, name_zh="总钥匙", by=leader, now=NOON)
        actions.write_note(NoteKind.OPEN, "Call the florist 联系花店", by=agent, now=NOON)
        leader.name_zh = "张伟"
        login, signers = leader.login, (agent.id, leader.id)
    clerk = at_desk()
    clerk.press("g", "x")
    expect(clerk.page.locator("#points")).to_be_visible()
    clerk.no_mixed_language()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("#points")).to_contain_text("Delacroix")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("c")
    expect(clerk.page.locator("#of_10000")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.type("0").press("Control+Enter")
    expect(clerk.page.locator("#equipment-form input.form-control")).to_be_focused()
    clerk.type("2").press("Control+Enter")
    expect(clerk.page.locator("#password")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.type(PASSWORD).press("Control+Enter")
    expect(clerk.page.locator("#login")).to_have_value("")
    expect(clerk.page.locator("#login")).to_be_focused()
    clerk.type(login).press("Tab").type(PASSWORD).press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_be_visible()
    expect(clerk.page.locator("#sign-form")).to_have_count(0)
    clerk.no_mixed_language()
    clerk.axe_clean()
    assert clerk.strokes <= MOST, clerk.strokes
    db.session.rollback()
    handover = db.session.query(Handover).one()
    assert (handover.given_by, handover.taken_by) == signers
