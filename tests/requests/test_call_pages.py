"""The pages of requests: a call by keyboard words, what may be done with it by whom, late ones in red (S1-S6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.departments import Department
from pms.requests import actions
from pms.requests.models import Call, Service
from pms.requests.words import Kind, State
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.clients import Browser, at_desk
from tests.guest_services.pages import main_of
from tests.requests.steps import Centre
from tests.web.statements import counted


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def call(centre: Centre) -> Call:
    """The lamp of Anna Fischer in 1204 is dark; engineering is told."""
    with work():
        centre.guest()
        found = centre.repair()
        centre.engineer()
    db.session.expunge_all()
    return found


@pytest.fixture
def desk(app: Flask, centre: Centre) -> Browser:
    return at_desk(app, centre.house)


def typed(**changes: Any) -> dict[str, Any]:
    form = {"where": "1204", "kind": "request", "service_id": "", "text": "Two umbrellas", "department": "concierge"}
    return form | {"severity": "", "reason": "", "dispatched": "y"} | changes


def fresh() -> Call:
    with reading():
        found = db.session.query(Call).order_by(Call.id.desc()).first()
        db.session.expunge_all()
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens(app: Flask, centre: Centre, call: Call, language: str) -> None:
    manager = at_desk(app, centre.house, "manager", language=language)
    for page in ("", "?list=mine", "?list=late", "?list=call_back", "?list=history", "/new", f"/{call.id}", "/morning"):
        assert manager.get(f"/requests{page}").status_code == 200, page
    for page in ("", "/new", f"/{call.service_id}"):
        assert manager.get(f"/settings/services{page}").status_code == 200, page


def test_a_room_brings_its_guest_and_a_service_its_class(desk: Browser, centre: Centre, call: Call) -> None:
    answer = desk.post("/requests/new", typed(service_id=str(call.service_id), department="", text="Dark again"))
    assert answer.status_code == 303
    saved = fresh()
    assert (saved.kind, saved.state, saved.stay_id) == (Kind.REPAIR, State.DISPATCHED, call.stay_id)
    assert "Call 00002 is written down." in desk.get(answer.location).text


def test_what_happens_in_no_room_has_a_place(desk: Browser, centre: Centre) -> None:
    desk.post("/requests/new", typed(where="Lobby bar"))
    assert (fresh().place, fresh().room_id) == ("Lobby bar", None)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"text": ""}, "This is missing."),
        ({"department": ""}, "which department"),
        ({"kind": "complaint"}, "how serious"),
        ({"due_at": "someday"}, "is not a"),
    ],
)
def test_what_is_missing_is_said_and_typed_words_stay(desk: Browser, changed: dict[str, str], words: str) -> None:
    page = desk.post("/requests/new", typed(**changed) | {"caller": "Herr Fischer"})
    assert page.status_code == 422
    assert words in page.text
    assert 'value="Herr Fischer"' in page.text


def test_from_the_call_to_the_satisfied_guest(app: Flask, centre: Centre, call: Call) -> None:
    with work():
        engineer = Browser(app).log_in_as(centre.engineer())
    leader = at_desk(app, centre.house, "shift_leader")
    assert engineer.post(f"/requests/{call.id}/accept").status_code == 303
    refused = engineer.post(f"/requests/{call.id}/finish", {"done-outcome": "New bulb"})
    assert refused.status_code == 422
    assert "The guest signs for a repair." in refused.text and 'value="New bulb"' in refused.text
    engineer.post(f"/requests/{call.id}/finish", {"done-outcome": "New bulb", "done-signed_by": "Fischer"})
    assert 'data-key="s"' not in main_of(engineer.get(f"/requests/{call.id}").text)  # the supervisor calls back
    leader.post(f"/requests/{call.id}/call-back", {"satisfied": "yes"})
    assert (fresh().state, fresh().signed_by, fresh().satisfied) == (State.CLOSED, "Fischer", True)
    assert "00001" in main_of(leader.get("/requests?list=history").text)


def test_who_comes_second_reads_who_was_first(app: Flask, centre: Centre, call: Call, desk: Browser) -> None:
    leader = at_desk(app, centre.house, "shift_leader")
    assert desk.post(f"/requests/{call.id}/accept").status_code == 303
    late = leader.post(f"/requests/{call.id}/accept")
    assert late.status_code == 409
    assert "Accepted by Front Desk Agent on Sat 21 Nov 2026 at 12:00" in late.text


def test_later_wants_a_reason_and_a_time(desk: Browser, call: Call) -> None:
    page = desk.post(f"/requests/{call.id}/postpone", {"later-why_later": "No part", "later-until": "never"})
    assert page.status_code == 422 and 'value="No part"' in page.text
    desk.post(f"/requests/{call.id}/postpone", {"later-why_later": "No part", "later-until": "+1"})
    assert fresh().state is State.POSTPONED


def test_verbs_of_the_desk(desk: Browser, call: Call) -> None:
    desk.post(f"/requests/{call.id}/dispatch", {"department": "housekeeping"})
    assert fresh().department == "housekeeping"
    desk.post(f"/requests/{call.id}/log", {"wanted": "yes"})
    assert fresh().for_log
    assert desk.post(f"/requests/{call.id}/charge", {"pieces": "1"}).status_code == 422
    desk.post(f"/requests/{call.id}/cancel", {"why": "Guest left"})
    assert fresh().state is State.CANCELLED


def test_a_leader_takes_the_room_out_of_order_and_back(app: Flask, centre: Centre) -> None:
    with work():
        call = centre.repair(room="1202")
    leader = at_desk(app, centre.house, "shift_leader")
    leader.post(f"/requests/{call.id}/room", {"until": "+2"})
    assert "Room 1202 is in order again" in leader.get(f"/requests/{call.id}").text
    leader.post(f"/requests/{call.id}/room", {"until": ""})
    assert "Take room 1202 out of order" in leader.get(f"/requests/{call.id}").text


def test_late_calls_stand_in_red_and_in_the_morning_view(app: Flask, centre: Centre) -> None:
    with work():
        centre.now = NOON - timedelta(minutes=7)
        centre.call(dispatched=False, text="Forgotten")
        centre.now = NOON - timedelta(days=1)
        centre.repair(text="Since yesterday")
    leader = at_desk(app, centre.house, "shift_leader")
    page = main_of(leader.get("/requests?list=late").text)
    assert "Not dispatched for 7 min" in page and "Since yesterday" in page
    assert "Since yesterday" in main_of(leader.get("/requests/morning").text)
    leader.post("/requests/morning/checked")
    assert "Checked by the foreman today" in leader.get("/requests/morning").text
    with reading():
        assert db.session.query(Call).filter_by(kind=Kind.REPAIR).one().checked_on == TODAY


def test_a_guest_who_wants_no_disclosure_has_no_name_there(app: Flask, centre: Centre) -> None:
    with work():
        centre.guest("1205", guest=centre.house.guest("Hart", "Ruth", incognito=True))
        call = centre.call(room="1205")
    concierge, agent = at_desk(app, centre.house, "concierge"), at_desk(app, centre.house)
    assert "Hart" not in concierge.get(f"/requests/{call.id}").text
    assert "Hart" in agent.get(f"/requests/{call.id}").text


def test_the_check_in_sheet_shows_what_the_guest_complained_of(app: Flask, centre: Centre, desk: Browser) -> None:
    with work():
        stay = centre.house.stay(arrival=-30, status=Status.CHECKED_OUT, guest=centre.house.guest("Stein", "Eva"))
        again = centre.house.stay(guest=stay.guest, room="1204")
        actions.write_down(
            actions.NewRequest(
                Kind.COMPLAINT, "The drill at seven", severity=3, reason="noise", department=Department.SECURITY
            ),
            stay=stay,
            **centre.by(),
        )
    page = desk.get(f"/stays/{again.id}/check-in").text
    assert "The drill at seven" in page and "Complained last time" in page


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["write_down_request"]))
def test_other_roles_see_no_calls(app: Flask, centre: Centre, call: Call, role: Role) -> None:
    other = at_desk(app, centre.house, role.value)
    for page in ("", "/new", f"/{call.id}"):
        assert other.get(f"/requests{page}").status_code == 403, page
    verbs = ("dispatch", "accept", "postpone", "finish", "call-back", "cancel", "log", "room")
    for page in ("/new", *(f"/{call.id}/{verb}" for verb in verbs)):
        assert other.post(f"/requests{page}").status_code == 403, page
    assert 'href="/requests"' not in other.get("/").text


def test_buttons_that_would_be_refused_are_not_there(app: Flask, centre: Centre, call: Call) -> None:
    clerk = main_of(at_desk(app, centre.house, "reservation_clerk").get(f"/requests/{call.id}").text)
    concierge = main_of(at_desk(app, centre.house, "concierge").get(f"/requests/{call.id}").text)
    assert "/accept" not in clerk and "/cancel" not in clerk and "/log" not in clerk
    assert "/accept" not in concierge  # it is engineering's
    assert "/requests/morning" not in concierge


def test_prices_are_changed_by_the_manager_alone(app: Flask, centre: Centre, call: Call) -> None:
    form = {"kind": "repair", "name_en": "Lamp", "name_zh": "灯", "department": "engineering", "minutes": "20"}
    form |= {"price": "30", "posting": "other", "active": "y", "version": "1"}
    manager, agent = at_desk(app, centre.house, "manager"), at_desk(app, centre.house)
    assert agent.get("/settings/services").status_code == 200
    assert "/settings/services/new" not in agent.get("/settings/services").text
    assert agent.post(f"/settings/services/{call.service_id}", form).status_code == 403
    assert manager.post(f"/settings/services/{call.service_id}", form | {"price": "much"}).status_code == 422
    assert manager.post(f"/settings/services/{call.service_id}", form).status_code == 303
    assert manager.post(f"/settings/services/{call.service_id}", form).status_code == 409  # seen before that
    assert manager.post("/settings/services/new", form | {"name_en": "Bulb"}).status_code == 303
    with reading():
        prices = {one.name_en: one.price for one in db.session.query(Service)}
    assert prices == {"Lamp": 3_000, "Bulb": 3_000}


def test_the_list_asks_no_more_for_more_calls(desk: Browser, centre: Centre, call: Call) -> None:
    desk.get("/requests")
    with counted() as few:
        desk.get("/requests")
    with work():
        for _ in range(12):
            centre.call()
    with counted() as many:
        desk.get("/requests")
    assert len(many) == len(few)
