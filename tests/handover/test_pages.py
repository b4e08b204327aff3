"""The pages of a shift's end: who may see what, refusals with what was typed, both signatures."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from pms import access, clock
from pms.access import Role
from pms.accounts.passwords import make_hash
from pms.db import db, reading, work
from pms.handover.models import CashCount, Equipment, Handover, HandoverPoint, ShiftNote
from tests.builders import House
from tests.clients import Browser, at_desk
from tests.guest_services.pages import main_of
from tests.handover.steps import THREE, Desk

PASSWORD = "river stone lantern"


@pytest.fixture
def clerk(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr(clock, "now", lambda: THREE)
    with work():
        for role in ("front_desk_agent", "shift_leader", "concierge"):
            house.user(role).password_hash = make_hash(PASSWORD)
    return at_desk(app, house)


def one(model: Any) -> Any:
    """The one record of its kind as it is now; the unit of work is over when it comes back."""
    with reading():
        db.session.expire_all()
        record = db.session.query(model).one()
        db.session.expunge(record)
        return record


def login_of(house: House, role: str) -> str:
    with reading():
        return house.user(role).login


def sign(browser: Browser, house: House, side: str, role: str, password: str = PASSWORD) -> int:
    handover = one(Handover).id
    data = {"side": side, "login": login_of(house, role), "password": password}
    return browser.post(f"/handover/{handover}/sign", data).status_code


def counted(browser: Browser) -> Browser:
    browser.post("/handover/draft")
    browser.post("/drawer", {"of_10000": "0"})
    return browser


def test_the_whole_way_drafted_counted_signed_by_both(clerk: Browser, house: House, desk: Desk) -> None:
    with work():
        desk.note("Lift 2 is slow")
    assert "Not drafted yet" in clerk.get("/handover").text
    page = counted(clerk).get("/handover").text
    assert "Lift 2 is slow" in page and "Drawer counted: 0.00" in page
    assert sign(clerk, house, "given", "front_desk_agent") == 303
    assert "Somebody of the next shift signs here" in clerk.get("/handover").text
    assert sign(clerk, house, "taken", "shift_leader") == 303
    handover = one(Handover)
    assert (handover.given_by, handover.taken_by) == (house.user().id, house.user("shift_leader").id)


def test_a_signature_is_worth_its_password_only(clerk: Browser, house: House) -> None:
    counted(clerk)
    assert sign(clerk, house, "given", "front_desk_agent", "guessed") == 422
    assert "Login or password is not right." in clerk.answer.text
    assert "guessed" not in clerk.answer.text
    assert sign(clerk, house, "given", "concierge") == 403
    assert one(Handover).given_by is None


def test_one_person_cannot_sign_for_both_sides_on_the_page_either(clerk: Browser, house: House) -> None:
    counted(clerk)
    sign(clerk, house, "given", "front_desk_agent")
    assert sign(clerk, house, "taken", "front_desk_agent") == 403
    assert "Nobody signs for both sides" in clerk.answer.text


def test_who_signs_second_is_told_who_was_faster(clerk: Browser, house: House) -> None:
    counted(clerk)
    sign(clerk, house, "given", "front_desk_agent")
    assert sign(clerk, house, "given", "shift_leader") == 409
    assert "Front Desk Agent was faster" in clerk.answer.text


def test_the_next_shift_acknowledges_point_by_point(app: Flask, clerk: Browser, house: House, desk: Desk) -> None:
    with work():
        desk.note()
    sign(counted(clerk), house, "given", "front_desk_agent")
    point = one(HandoverPoint).id
    assert "/acknowledge" not in clerk.get("/handover").text
    assert clerk.post(f"/handover/points/{point}/acknowledge").status_code == 403
    leader = at_desk(app, house, "shift_leader")
    assert "/acknowledge" in leader.get("/handover").text
    assert leader.post(f"/handover/points/{point}/acknowledge").status_code == 303
    assert "0 to acknowledge" in leader.get("/handover").text
    assert leader.post(f"/handover/points/{point}/acknowledge").status_code == 409


def test_a_difference_is_shown_after_counting_and_nothing_typed_is_lost(clerk: Browser, desk: Desk) -> None:
    with work():
        desk.cash(50_000)
    assert "500.00" not in main_of(clerk.get("/drawer").text).replace("50,000", "")
    answer = clerk.post("/drawer", {"of_10000": "4", "of_5000": "1", "kept": "450"})
    assert answer.status_code == 422
    assert "CNY 50.00 are missing. Count again, or say why." in answer.text
    assert 'value="450"' in answer.text and "A colleague approves here" in answer.text


def test_a_colleague_sees_the_difference_at_the_same_desk(clerk: Browser, house: House, desk: Desk) -> None:
    with work():
        desk.cash(50_000)
    typed = {"of_10000": "4", "of_5000": "1", "reason": "Change given twice"}
    page = clerk.post("/drawer", typed).text
    about = re.search(r'name="about" value="([^"]+)"', page)
    assert about is not None
    wanted = {"action": "witness_count", "about": about[1], "approver": login_of(house, "shift_leader")}
    given = re.search(
        r'name="approval" value="([^"]+)"', clerk.post("/approvals", wanted | {"password": PASSWORD}).text
    )
    assert given is not None
    assert clerk.post("/drawer", typed | {"of_5000": "0", "approval": given[1]}).status_code == 422  # another count
    assert clerk.post("/drawer", typed | {"approval": given[1]}).status_code == 303
    assert one(CashCount).witness_id == house.user("shift_leader").id


@pytest.mark.parametrize(("field", "typed"), [("of_10000", "some"), ("kept", "much")])
def test_what_is_no_number_is_shown_again(clerk: Browser, field: str, typed: str) -> None:
    answer = clerk.post("/drawer", {field: typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text


def test_the_log_is_written_and_settled(clerk: Browser) -> None:
    assert clerk.post("/handover/log", {"kind": "open", "text": "Lift 2 is slow"}).status_code == 303
    assert "Lift 2 is slow" in clerk.get("/handover").text
    note = one(ShiftNote).id
    assert clerk.post(f"/handover/log/{note}/settle").status_code == 303
    assert clerk.post(f"/handover/log/{note}/settle").status_code == 409


def test_an_empty_line_is_asked_for_again(clerk: Browser) -> None:
    answer = clerk.post("/handover/log", {"kind": "remember", "text": ""})
    assert answer.status_code == 422
    assert "This is missing." in answer.text


def test_equipment_is_counted_on_the_page(app: Flask, clerk: Browser, house: House) -> None:
    leader = at_desk(app, house, "shift_leader")
    assert leader.post("/handover/equipment", {"name": "Master key", "pieces": "2"}).status_code == 303
    assert leader.post("/handover/equipment", {"name": "Umbrella", "pieces": "many"}).status_code == 422
    assert clerk.post("/handover/equipment", {"name": "Umbrella", "pieces": "2"}).status_code == 403
    counted(clerk)
    handover, thing = one(Handover).id, one(Equipment)
    assert sign(clerk, house, "given", "front_desk_agent") == 422
    assert clerk.post(f"/handover/{handover}/equipment", {f"thing_{thing.id}": ""}).status_code == 422
    assert clerk.post(f"/handover/{handover}/equipment", {f"thing_{thing.id}": "2"}).status_code == 303
    assert sign(clerk, house, "given", "front_desk_agent") == 303
    assert clerk.get(f"/handover/{handover}").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_what_it_may(app: Flask, house: House, role: Role) -> None:
    browser = at_desk(app, house, role.value)
    for path, action in (("/handover", "see_handover"), ("/drawer", "count_drawer")):
        assert browser.get(path).status_code == (200 if role in access.ALLOWED[action] else 403)
    page = browser.get("/handover").text
    assert ("/handover/draft" in page) == (role in access.ALLOWED["hand_over"])
    assert ("/handover/log" in page) == (role in access.ALLOWED["write_log"])
    assert ('action="/handover/equipment"' in page) == (role in access.ALLOWED["manage_equipment"])
    for path, action in (("draft", "hand_over"), ("log", "write_log"), ("equipment", "manage_equipment")):
        if role not in access.ALLOWED[action]:
            assert browser.post(f"/handover/{path}").status_code == 403


@pytest.mark.parametrize("path", ["/handover/9", "/handover/points/9/acknowledge", "/handover/log/9/settle"])
def test_what_is_not_there_is_not_found(clerk: Browser, path: str) -> None:
    answer = clerk.get(path) if path == "/handover/9" else clerk.post(path)
    assert answer.status_code == 404
