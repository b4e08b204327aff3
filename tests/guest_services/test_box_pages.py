"""Safe-deposit boxes in the browser: the card, the second person, the check-out sheet, the refusal at the luggage."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from flask import Flask

from pms import access, clock
from pms.access import Role
from pms.accounts.passwords import make_hash
from pms.db import db, reading, work
from pms.guest_services import boxes, boxes_of_the_house, queries_boxes
from pms.guest_services.boxes import Card
from pms.guest_services.models_boxes import BoxSize, BoxUse, SafeBox
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.front_desk.steps import Desk
from tests.guest_services.pages import main_of
from tests.guest_services.steps import Counter
from tests.web.statements import counted

SIGNED = "Fischer, Anna"
PASSWORD = "river stone lantern"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def used(counter: Counter) -> int:
    """Box 12 of Anna Fischer in 1204; 13 is free."""
    with work():
        stay = counter.guest()
        boxes_of_the_house.add_boxes("12-13", BoxSize.SMALL, **counter.by("assistant_manager"))
        box = db.session.query(SafeBox).filter_by(number="12").one()
        use = boxes.give_box(box, stay, Card(SIGNED), **counter.by("cashier"))
    return use.id


def closed(use_id: int) -> bool:
    with reading():
        return db.session.get_one(BoxUse, use_id, populate_existing=True).closed_at is not None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_box_from_the_first_signature_to_the_last(app: Flask, counter: Counter, language: str) -> None:
    with work():
        stay = counter.guest()
        boxes_of_the_house.add_boxes("12", BoxSize.SMALL, **counter.by("assistant_manager"))
        box_id = db.session.query(SafeBox).one().id
        stay_id = stay.id
    desk = at_desk(app, counter.house, language=language)
    for page in ("", "?list=free", "?list=all", f"/give?stay_id={stay_id}&box_id={box_id}"):
        assert desk.get(f"/safe-boxes{page}").status_code == 200, page
    form = {"stay_id": str(stay_id), "box_id": str(box_id), "signed_by": SIGNED, "key_deposit": "200"}
    refused = desk.post("/safe-boxes/give", form | {"signed_by": "Weber"})
    assert refused.status_code == 422 and 'value="Weber"' in refused.text and 'value="200"' in refused.text
    assert desk.post("/safe-boxes/give", form | {"stay_id": ""}).status_code == 422
    assert desk.post("/safe-boxes/give", form | {"signed_by": ""}).status_code == 422
    where = desk.post("/safe-boxes/give", form).location
    assert "200.00" in desk.get(where).text
    wrong = desk.post(f"{where}/open", {"open-signed_by": "Weber"})
    assert wrong.status_code == 422 and 'value="Weber"' in wrong.text
    assert desk.post(f"{where}/open", {"open-signed_by": ""}).status_code == 422
    assert desk.post(f"{where}/open", {"open-signed_by": "anna fischer"}).status_code == 303
    back = {"back-signed_by": SIGNED, "back-empty": "y"}
    assert desk.post(f"{where}/hand-back", back).status_code == 422
    assert desk.post(f"{where}/hand-back", back | {"back-key_back": "y"}).status_code == 303
    assert desk.post(f"{where}/hand-back", back | {"back-key_back": "y"}).status_code == 409
    with reading():
        assert [line.act.value for line in queries_boxes.card(1)] == ["given", "opened", "handed_back"]


def test_the_second_person_gives_his_own_password(app: Flask, counter: Counter, used: int) -> None:
    am = at_desk(app, counter.house, "assistant_manager")
    with work():
        witness = counter.house.user("department_staff", login="guard")
        witness.password_hash = make_hash(PASSWORD)
        login = witness.login
    page = am.get(f"/safe-boxes/{used}").text
    about = re.search(r'name="about" value="([^"]+)"', page)
    assert about is not None
    form = {"force-reason": "Left with the key", "force-contents": "A watch, in the house safe"}
    alone = am.post(f"/safe-boxes/{used}/force", form)
    assert alone.status_code == 422 and "second person" in alone.text and "A watch" in alone.text
    asked = {"action": "witness_forced_box", "about": about[1], "approver": login, "password": PASSWORD}
    ticket = re.search(r'name="approval" value="([^"]+)"', am.post("/approvals", asked).text)
    assert ticket is not None
    assert am.post(f"/safe-boxes/{used}/force", form | {"approval": "nonsense"}).status_code == 422
    assert am.post(f"/safe-boxes/{used}/force", form | {"approval": ticket[1]}).status_code == 303
    assert closed(used)
    assert "Left with the key" in am.get(f"/safe-boxes/{used}").text


def test_the_desk_reports_a_lost_key_and_drills_nothing(app: Flask, counter: Counter, used: int) -> None:
    desk = at_desk(app, counter.house)
    assert "/force" not in desk.get(f"/safe-boxes/{used}").text
    assert desk.post(f"/safe-boxes/{used}/force", {}).status_code == 403
    assert desk.post(f"/safe-boxes/{used}/lost-key").status_code == 303
    page = main_of(desk.get(f"/safe-boxes/{used}").text)
    assert "/open" not in page and "with a second person" in page


def test_a_guest_who_wants_no_disclosure_has_no_name_for_the_cashier(app: Flask, counter: Counter) -> None:
    with work():
        hidden = counter.guest("1205", counter.person("Hart", "Ruth", incognito=True))
        boxes_of_the_house.add_boxes("12", BoxSize.SMALL, **counter.by("assistant_manager"))
        box = db.session.query(SafeBox).one()
        use = boxes.give_box(box, hidden, Card("Hart, Ruth", also="Ben Hart"), **counter.by("cashier")).id
        stay_id = hidden.id
    cashier, desk = at_desk(app, counter.house, "cashier"), at_desk(app, counter.house)
    for page in ("", "?list=all", f"/{use}", f"/give?stay_id={stay_id}"):
        assert "Hart" not in main_of(cashier.get(f"/safe-boxes{page}").text), page
        assert "1205" in cashier.answer.text
        if page != "":
            assert "Hart" in main_of(desk.get(f"/safe-boxes{page}").text), page
    assert "Hart" not in main_of(cashier.get("/settings/safe-boxes").text)
    wrong = cashier.post(f"/safe-boxes/{use}/open", {"open-signed_by": "Weber"})
    assert wrong.status_code == 422 and "Hart" not in main_of(wrong.text)


def test_the_check_out_sheet_waits_for_an_answer(app: Flask, house: House) -> None:
    desk = Desk(house)
    with work():
        stay = desk.guest_in_house("1204", nights=1)
        duty = {"by": desk.house.user("assistant_manager"), "now": NOON}
        boxes_of_the_house.add_boxes("12", BoxSize.SMALL, **duty)
        boxes.give_box(db.session.query(SafeBox).one(), stay, Card(stay.guest.name), **duty)
        clock.advance_business_date(TODAY, stay.departure, at=NOON)
        stay_id = stay.id
    clerk = at_desk(app, desk.house)
    assert "Safe-deposit box 12 still in use" in clerk.get(f"/stays/{stay_id}/check-out").text
    form = {"seen": "0", "kind": "food", "keys_back": "1"}
    refused = clerk.post(f"/stays/{stay_id}/check-out", form)
    assert refused.status_code == 422 and "box 12 is still in use" in refused.text
    assert 'name="box_stays" value="y" data-key="1"' in refused.text
    assert clerk.post(f"/stays/{stay_id}/check-out", form | {"box_stays": "y"}).status_code == 303
    with reading():
        assert db.session.get_one(Stay, stay_id, populate_existing=True).status is Status.CHECKED_OUT
    assert "has left" in clerk.get("/safe-boxes").text


def test_valuables_at_the_luggage_desk_lead_to_a_box(app: Flask, counter: Counter) -> None:
    form = {"depositor": "Weber", "pieces": "1", "description": "Case", "shelf": "a1", "due_at": "18:00",
            "no_dangerous_goods": "y"}  # fmt: skip
    assert "/safe-boxes/give" in at_desk(app, counter.house).post("/luggage/take", form).text
    concierge = at_desk(app, counter.house, "concierge").post("/luggage/take", form)
    assert concierge.status_code == 422
    assert "/safe-boxes/give" not in concierge.text and "The front desk opens a safe-deposit box" in concierge.text


def test_the_list_asks_the_database_the_same_however_many_boxes(app: Flask, counter: Counter, used: int) -> None:
    desk, many = at_desk(app, counter.house), []
    for numbers in ("20-21", "30-60"):
        with work():
            boxes_of_the_house.add_boxes(numbers, BoxSize.LARGE, **counter.by("assistant_manager"))
        with counted() as statements:
            desk.get("/safe-boxes?list=all")
        many.append(len(statements))
    assert many[0] == many[1]


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["keep_safe_boxes"]))
def test_other_roles_see_no_boxes(app: Flask, counter: Counter, used: int, role: Role) -> None:
    other: Browser = at_desk(app, counter.house, role.value)
    for page in ("", "/give", f"/{used}"):
        assert other.get(f"/safe-boxes{page}").status_code == 403
    for page in ("/give", f"/{used}/open", f"/{used}/hand-back", f"/{used}/lost-key"):
        assert other.post(f"/safe-boxes{page}").status_code == 403
    assert 'href="/safe-boxes"' not in other.get("/").text


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["manage_safe_boxes"]))
def test_the_boxes_of_the_house_are_changed_by_the_manager(app: Flask, counter: Counter, used: int, role: Role) -> None:
    other = at_desk(app, counter.house, role.value)
    page = other.get("/settings/safe-boxes")
    assert page.status_code == 200 and "boxes-form" not in page.text
    assert other.post("/settings/safe-boxes", {"numbers": "99", "size": "small"}).status_code == 403
    assert other.get("/settings/safe-boxes/1").status_code == 403
    assert other.post("/settings/safe-boxes/1", {}).status_code == 403


def test_boxes_are_added_and_taken_out_of_use_in_the_settings(app: Flask, counter: Counter, used: int) -> None:
    duty = at_desk(app, counter.house, "assistant_manager")
    assert duty.post("/settings/safe-boxes", {"numbers": "", "size": "small"}).status_code == 422
    assert duty.post("/settings/safe-boxes", {"numbers": "12-14", "size": "small"}).status_code == 422
    assert duty.post("/settings/safe-boxes", {"numbers": "14", "size": "large"}).status_code == 303
    assert duty.get("/settings/safe-boxes/2").status_code == 200
    change = {"version": "1", "size": "medium", "note": ""}
    assert duty.post("/settings/safe-boxes/2", change).status_code == 422
    assert duty.post("/settings/safe-boxes/2", change | {"version": "9", "note": "x"}).status_code == 409
    assert duty.post("/settings/safe-boxes/2", change | {"note": "Hinge broken"}).status_code == 303
    assert "Hinge broken" in duty.get("/settings/safe-boxes").text
