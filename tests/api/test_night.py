"""The police register, placing in runs, the night audit as it would go, shifts and notices over the API."""

from __future__ import annotations

from typing import Any

import pytest

from pms.db import db, work
from pms.front_desk.models import Registration
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program

pytestmark = pytest.mark.both_engines


# --- Police register -------------------------------------------------------------------------------------------------
def registered(desk: Program) -> int:
    """A guest from abroad in house whose registration lacks nothing; its number."""
    guest = desk.guest("Fischer", nationality="DE", sex="F", born_on="1980-05-01")
    stay = desk.book(desk.wish(guest))["stays"][0]["id"]
    desk.post(f"/stays/{stay}/check-in", desk.sheet(guest, room="1204"))
    with work():
        number = db.session.query(Registration.id).filter_by(stay_id=stay).scalar()
    desk.put(f"/police-register/{number}", {"visa": "L123", "visa_expires_on": "2027-01-01", "purpose": "tourism"})
    return int(number)


def test_a_registration_is_filled_in_and_goes_to_the_police_once(desk: Program) -> None:
    number = registered(desk)
    (line,) = desk.get("/police-register")["items"]
    assert (line["id"], line["guest"], line["visa"], line["lacks"]) == (number, "Fischer, Anna", "L123", "")
    assert "•" in line["number"]
    sent = desk.post("/police-batches", {"registrations": [number], "reference": "PB-1"})
    assert (sent["reference"], sent["guests"]) == ("PB-1", 1)
    assert desk.get(f"/police-batches/{sent['id']}") == sent
    assert desk.get("/police-register")["items"] == []
    again = {"registrations": [number], "reference": "PB-2"}
    assert desk.refused("POST", "/police-batches", again)["status"] == 409
    assert desk.refused("POST", "/police-batches", again | {"reference": "PB-1"})["field"] == "reference"
    assert desk.refused("PUT", f"/police-register/{number}", {"visa": "X"})["status"] == 422
    assert desk.refused("GET", "/police-batches/99")["status"] == 404


def test_what_lacks_something_does_not_go_to_the_police(desk: Program) -> None:
    number = registered(desk)
    desk.put(f"/police-register/{number}", {})
    assert desk.get("/police-register")["items"][0]["lacks"]
    problem = desk.refused("POST", "/police-batches", {"registrations": [number], "reference": "PB-1"})
    assert [offer["value"] for offer in problem["offers"]] == [number]


# --- Placing in runs -------------------------------------------------------------------------------------------------
def test_a_run_is_planned_accepted_in_part_and_taken_back(desk: Program) -> None:
    first, second = (desk.book(desk.wish(desk.guest(name)))["stays"][0]["id"] for name in ("Fischer", "Okafor"))
    run = desk.post("/placing-runs", {"first": DAY, "last": DAY})
    assert (run["status"], len(run["lines"])) == ("asked", 2)
    path = f"/placing-runs/{run['id']}"
    planned = desk.put(f"{path}/plan", None)
    assert (planned["status"], all(line["room"] and line["why"] for line in planned["lines"])) == ("planned", True)
    assert desk.put(f"{path}/plan", None) == planned  # only once
    done = desk.post(f"{path}/acceptance", {"stays": [first]})
    assert (done["count"], done["left_out"], done["run"]["status"]) == (1, [], "accepted")
    assert desk.get(f"/stays/{first}")["room"] and desk.get(f"/stays/{second}")["room"] is None
    assert desk.refused("POST", f"{path}/acceptance", {"stays": [second]})["status"] == 409
    assert desk.post(f"{path}/undone")["run"]["status"] == "undone"
    assert desk.get(f"/stays/{first}")["room"] is None
    assert [(each["guests"], each["accepted"]) for each in desk.get("/placing-runs")["items"]] == [(2, 1)]


def test_a_run_tells_how_far_the_plan_is_from_the_best_there_can_be(desk: Program) -> None:
    for name in ("Fischer", "Okafor"):
        desk.book(desk.wish(desk.guest(name), wishes=["lake_view"]))
    asked = desk.post("/placing-runs", {"first": DAY, "last": DAY})
    assert (asked["price"], asked["bound"], asked["above_best"]) == (None, None, None)
    planned = desk.put(f"/placing-runs/{asked['id']}/plan", None)
    assert 0 < planned["bound"] <= planned["price"]
    assert planned["above_best"] == pytest.approx(100 * (planned["price"] - planned["bound"]) / planned["bound"])


def test_a_plan_that_leaves_somebody_over_is_compared_with_nothing(desk: Program) -> None:
    desk.book(desk.wish(desk.guest(), needs=["accessible"]))  # no room is
    run = desk.post("/placing-runs", {"first": DAY, "last": DAY})
    planned = desk.put(f"/placing-runs/{run['id']}/plan", None)
    assert any(line["room"] is None for line in planned["lines"])
    assert (planned["price"], planned["bound"], planned["above_best"]) == (None, None, None)


def test_a_run_is_for_guests_without_a_room_who_are_named(desk: Program) -> None:
    stay = desk.book(desk.wish(desk.guest()))["stays"][0]["id"]
    desk.book(desk.wish(desk.guest("Okafor")))
    run = desk.post("/placing-runs", {"first": DAY, "last": DAY, "stays": [stay, 99]})
    assert [line["stay_id"] for line in run["lines"]] == [stay]
    assert desk.refused("POST", "/placing-runs", {"first": DAY, "last": DAY, "stays": [99]})["status"] == 422
    assert desk.refused("PUT", "/placing-runs/99/plan")["status"] == 404
    assert desk.refused("POST", f"/placing-runs/{run['id']}/acceptance", {"stays": []})["status"] == 422


def test_a_run_does_not_name_who_wants_no_disclosure(program_of: NewProgram) -> None:
    desk = program_of()
    desk.book(desk.wish(desk.guest("Secret", incognito=True)))
    run = desk.post("/placing-runs", {"first": DAY, "last": DAY})["id"]
    desk.put(f"/placing-runs/{run}/plan", None)
    (line,) = program_of("reservation_clerk").get(f"/placing-runs/{run}")["lines"]
    assert (line["guest"], line["why"], line["room"] is not None) == ("", [], True)


# --- Night audit -----------------------------------------------------------------------------------------------------
def test_the_audit_is_rehearsed_and_nothing_is_written(program_of: NewProgram) -> None:
    desk, auditor = program_of(), program_of("night_auditor")
    desk.in_house("1204")
    late = desk.book(desk.wish(desk.guest("Okafor")), guarantee="order")["stays"][0]
    seen = auditor.get("/night-audit")
    assert (seen["day"], seen["running"], seen["refused"]) == (DAY, False, "")
    assert [each["stay_id"] for each in seen["no_shows"]] == [late["id"]]
    assert [(each["kind"], each["count"], each["total"]) for each in seen["postings"]] == [("room", 1, 68_000)]
    assert {step["state"] for step in seen["steps"]} == {"waits"}
    assert auditor.get("/business-date")["date"] == DAY
    assert desk.refused("GET", "/night-audit")["status"] == 403


# --- Shifts ----------------------------------------------------------------------------------------------------------
def test_a_handover_is_drafted_from_what_is_open(desk: Program) -> None:
    note = desk.post("/shift-notes", {"kind": "open", "text": "Key 1204 sticks"})
    drafted = desk.post("/handovers")
    assert [point["text"] for point in drafted["points"] if point["source"] == "notes"] == [
        "Still open: Key 1204 sticks"
    ]
    assert desk.get(f"/handovers/{drafted['id']}") == drafted
    assert [each["id"] for each in desk.get("/handovers")["items"]] == [drafted["id"]]
    unsigned = desk.refused("POST", f"/handover-points/{drafted['points'][0]['id']}/acknowledgement")
    assert unsigned["detail"].startswith("The handover is not signed yet.")
    assert desk.post(f"/shift-notes/{note['id']}/settlement")["settled_at"]
    assert desk.refused("POST", f"/shift-notes/{note['id']}/settlement")["status"] == 409
    assert desk.get("/shift-notes")["items"] == []
    assert desk.refused("POST", "/shift-notes", {"kind": "open", "text": " "})["status"] == 422


# --- Notices ---------------------------------------------------------------------------------------------------------
def waiting(program: Program, **query: Any) -> list[str]:
    return [notice["text"] for notice in program.get("/notices", department="concierge", **query)["items"]]


def test_a_department_reads_and_acknowledges_its_notices(program_of: NewProgram) -> None:
    desk, manager = program_of(), program_of("manager")
    for text in ("Two umbrellas", "A taxi"):
        desk.post("/calls", {"text": text, "department": "concierge"})
    page = manager.get("/notices", department="concierge", limit=1)
    assert page["items"][0]["text"] == "Request 00002, –."
    assert waiting(manager, cursor=page["next"]) == ["Request 00001, –."]
    path, whose = f"/notices/{page['items'][0]['id']}/acknowledgement", {"department": "concierge"}
    assert manager.post(path, whose) == {"department": "concierge", "waiting": 1}
    assert waiting(manager) == ["Request 00001, –."]
    for answer in (desk.refused("POST", path, whose), desk.refused("GET", "/notices", department="concierge")):
        assert answer["detail"] == "Only somebody of Concierge can acknowledge this."
    assert manager.refused("POST", "/notices/99/acknowledgement", whose)["status"] == 404
