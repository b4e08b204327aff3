"""Requests, repairs and complaints over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pms import clock
from pms.db import db, work
from pms.departments import Department
from pms.requests.models import Call, Service
from pms.requests.words import Kind
from tests.api.conftest import NewProgram
from tests.api.program import Program

pytestmark = pytest.mark.both_engines

TWO_UMBRELLAS = {"text": "Two umbrellas", "department": "concierge"}


@pytest.fixture
def lamp(desk: Program) -> int:
    """A service: repairs of lamps, due after 30 minutes, by the engineers."""
    with work():
        service = Service(
            kind=Kind.REPAIR, name_en="Lamp", name_zh="灯具", department=Department.ENGINEERING, minutes=30
        )
        db.session.add(service)
        db.session.flush()
        return service.id


def numbers(program: Program, **query: Any) -> list[str]:
    return [call["number"] for call in program.get("/calls", **query)["items"]]


def test_a_repair_is_written_down_done_and_called_back(program_of: NewProgram, lamp: int) -> None:
    desk, leader = program_of(), program_of("shift_leader")
    stay = desk.in_house("1204")
    assert desk.get("/services")["items"][0]["name_zh"] == "灯具"
    call = desk.post("/calls", {"text": "The lamp is dark", "room": "1204", "service_id": lamp})
    assert (call["kind"], call["department"], call["state"]) == ("repair", "engineering", "dispatched")
    assert (call["stay_id"], call["guest"], call["room"]) == (stay, "Fischer, Anna", "1204")
    path = f"/calls/{call['id']}"
    assert desk.post(f"{path}/acceptance")["worker"] == "API front_desk_agent"
    assert desk.post(f"{path}/completion", {"outcome": "New bulb", "signed_by": "Fischer"})["state"] == "done"
    again = leader.post(f"{path}/call-back", {"satisfied": False, "call_back": "still dark"})
    assert (again["state"], again["satisfied"]) == ("dispatched", False)
    desk.post(f"{path}/completion", {"outcome": "New switch", "note_left": True})
    assert leader.post(f"{path}/call-back", {"satisfied": True})["state"] == "closed"
    assert (desk.get(path)["outcome"], numbers(desk), numbers(desk, open=True)) == ("New switch", ["00001"], [])


def test_a_call_waits_for_its_new_appointment_or_is_withdrawn(desk: Program) -> None:
    desk.in_house("1204")
    call = desk.post("/calls", TWO_UMBRELLAS | {"room": "1204", "dispatched": False})
    assert call["state"] == "open"
    path, later = f"/calls/{call['id']}", clock.now() + timedelta(hours=2)
    assert desk.post(f"{path}/dispatch", {"department": "housekeeping"})["department"] == "housekeeping"
    waits = desk.post(f"{path}/postponement", {"why_later": "guest is out", "until": later.isoformat()})
    assert (waits["state"], waits["due_at"][:16]) == ("postponed", later.isoformat()[:16])
    assert desk.post(f"{path}/withdrawal", {"why": "the rain is over"})["outcome"] == "the rain is over"


def test_calls_are_listed_by_what_is_open_late_of_a_class_or_of_a_department(program_of: NewProgram) -> None:
    desk = program_of()
    desk.post("/calls", TWO_UMBRELLAS)
    desk.post("/calls", {"text": "When does the pool open?", "kind": "enquiry", "answer": "At six"})
    loud = {"text": "Noise all night", "kind": "complaint", "severity": 2, "reason": "noise"}
    desk.post("/calls", loud | {"department": "security"})
    assert numbers(desk) == ["00001", "00002", "00003"]
    assert numbers(desk, open=True) == ["00001", "00003"]
    assert numbers(desk, kind="complaint") == numbers(desk, department="security") == ["00003"]
    assert numbers(desk, late=True) == []
    with work():
        db.session.query(Call).filter_by(number="00001").update({"due_at": clock.now() - timedelta(minutes=1)})
    assert numbers(desk, late=True) == ["00001"]
    first = desk.get("/calls", limit=2)
    assert [call["late"] for call in first["items"]] == [True, False]
    assert [call["number"] for call in desk.get("/calls", limit=2, cursor=first["next"])["items"]] == ["00003"]


def test_the_second_to_accept_a_call_hears_who_was_first(program_of: NewProgram) -> None:
    call = program_of().post("/calls", TWO_UMBRELLAS)
    program_of("assistant_manager").post(f"/calls/{call['id']}/acceptance")
    problem = program_of().refused("POST", f"/calls/{call['id']}/acceptance")
    assert (problem["status"], "API assistant_manager" in problem["detail"]) == (409, True)


@pytest.mark.parametrize(
    ("verb", "body", "field"),
    [
        ("dispatch", {"department": "salon"}, None),
        ("postponement", {"why_later": " ", "until": "2098-01-01T10:00:00Z"}, "why_later"),
        ("postponement", {"why_later": "out", "until": "2001-01-01T10:00:00Z"}, "until"),
        ("completion", {"outcome": " "}, "outcome"),
        ("withdrawal", {"why": " "}, "why"),
    ],
)
def test_a_call_says_what_a_step_lacks(desk: Program, verb: str, body: dict[str, Any], field: str | None) -> None:
    call = desk.post("/calls", TWO_UMBRELLAS)
    answer = desk.call("POST", f"/calls/{call['id']}/{verb}", body)
    assert (answer.status_code, answer.json.get("field")) == ((422, field) if field else (200, None))


def test_a_complaint_needs_its_severity_and_a_call_a_department_and_an_hour_to_come(desk: Program) -> None:
    assert desk.refused("POST", "/calls", {"text": "Noise", "kind": "complaint"})["field"] == "severity"
    assert desk.refused("POST", "/calls", {"text": "Two umbrellas"})["field"] == "department"
    assert desk.refused("POST", "/calls", TWO_UMBRELLAS | {"due_at": "2001-01-01T00:00:00Z"})["field"] == "due_at"
    assert desk.refused("POST", "/calls", TWO_UMBRELLAS | {"due_at": "9999-12-31T23:59:00-05:00"})["status"] == 422
    assert desk.refused("POST", "/calls", TWO_UMBRELLAS | {"room": "9999"})["status"] == 404
    assert desk.refused("POST", "/calls", TWO_UMBRELLAS | {"service_id": 99})["status"] == 404


def test_staff_of_another_department_cannot_take_a_call(program_of: NewProgram) -> None:
    call = program_of().post("/calls", TWO_UMBRELLAS)
    problem = program_of("housekeeping").refused("POST", f"/calls/{call['id']}/acceptance")
    assert (problem["status"], "This is for Concierge." in problem["detail"]) == (422, True)
    pager = program_of("housekeeping", department=Department.CONCIERGE)
    assert pager.post(f"/calls/{call['id']}/acceptance")["state"] == "accepted"


def test_who_complains_stays_unnamed_to_those_who_need_not_know(program_of: NewProgram) -> None:
    desk = program_of()
    guest = desk.guest("Secret", incognito=True)
    stay = desk.book(desk.wish(guest))["stays"][0]["id"]
    call = desk.post("/calls", TWO_UMBRELLAS | {"stay_id": stay, "caller": "Ms Secret", "contact": "139"})
    seen = program_of("housekeeping").get(f"/calls/{call['id']}")
    assert (seen["guest"], seen["stay_id"], seen["caller"], seen["contact"]) == ("", None, "", "")
    assert program_of("housekeeping").get("/calls")["items"][0]["guest"] == ""
    assert desk.get("/calls")["items"][0]["guest"] == "Secret, Anna"
