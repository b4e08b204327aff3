"""Weddings over the API: the sheet of a wedding party, and the list of those to come."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import NewProgram
from tests.api.program import Program

pytestmark = pytest.mark.both_engines

DAY = "2026-11-28"
DATES = {"arrival": DAY, "departure": "2026-11-29"}
PARTY = DATES | {"code": "WED-1", "name": "Wang and Li", "plan": "GRP", "kind": "wedding"}
SHEET = {"bride": "Li Na", "groom": "Wang Wei", "day": DAY, "starts": "18:08", "place": "Lotus Hall", "covers": 200}
PATH = "/groups/WED-1/wedding"


@pytest.fixture
def leader(program_of: NewProgram) -> Program:
    """A shift leader who has made the wedding party."""
    leader = program_of("shift_leader")
    leader.post("/groups", PARTY | {"blocks": [{"type": "DLK", "rooms": 1}]})
    return leader


def couple(program: Program) -> int:
    """The newly-weds' stay, from the rooming list."""
    listed = program.post("/groups/WED-1/rooming-list", {"list": "Wang Wei, , M, DLK"})
    return int(listed["stays"][0]["id"])


def test_a_wedding_is_taken_down_listed_and_changed(leader: Program) -> None:
    (line,) = leader.get("/weddings")["items"]
    assert (line["code"], line["bride"], line["place"]) == ("WED-1", None, None)
    assert leader.refused("GET", PATH)["status"] == 404
    stay = couple(leader)
    taken = leader.post(PATH, SHEET | {"salon_at": "09:30", "stay_id": stay})
    assert (taken["group"], taken["covers"], taken["stay_id"], taken["salon_done_at"]) == ("WED-1", 200, stay, None)
    assert leader.get(PATH) == taken
    (event,) = leader.get("/events", day=DAY)["items"]
    assert (event["starts"], event["place"]) == ("18:08", "Lotus Hall")
    changed = leader.put(PATH, SHEET | {"starts": "19:18", "version": taken["version"]})
    assert (changed["starts"], changed["salon_at"], changed["stay_id"]) == ("19:18", "", None)
    (line,) = leader.get("/weddings")["items"]
    assert (line["bride"], line["starts"], line["rooms"], line["placed"]) == ("Li Na", "19:18", 1, 0)


def test_what_salon_and_housekeeping_have_done_is_seen(program_of: NewProgram, leader: Program) -> None:
    leader.post(PATH, SHEET | {"salon_at": "09:30", "stay_id": couple(leader)})
    for each in leader.get("/arrangements", day=DAY)["items"]:
        program_of("assistant_manager").post(f"/arrangements/{each['id']}/completion")
    sheet, (line,) = leader.get(PATH), leader.get("/weddings")["items"]
    assert (bool(sheet["salon_done_at"]), bool(sheet["decorated_at"])) == (True, True)
    assert (line["salon_done"], line["decorated"]) == (True, True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"bride": " "}, "bride"),
        ({"day": "2026-12-24"}, "day"),
        ({"starts": "evening"}, "starts"),
        ({"salon_at": "20:00"}, "salon_at"),
        ({"ends": "17:00"}, "ends"),
        ({"stay_id": 99}, "stay_id"),
        ({"covers": -1}, "covers"),
    ],
)
def test_a_sheet_says_what_makes_no_sense(leader: Program, values: dict[str, Any], field: str) -> None:
    assert leader.refused("POST", PATH, SHEET | values)["field"] == field
    assert leader.refused("GET", PATH)["status"] == 404


def test_only_a_wedding_party_has_a_wedding(leader: Program) -> None:
    leader.post("/groups", PARTY | {"code": "TOUR", "kind": "group"})
    assert "is no wedding" in leader.refused("POST", "/groups/TOUR/wedding", SHEET)["detail"]
    assert leader.refused("POST", "/groups/NONE/wedding", SHEET)["status"] == 404


def test_a_wedding_is_taken_down_once_and_the_second_sees_what_the_first_did(leader: Program) -> None:
    first, again = (leader.call("POST", PATH, SHEET, key="k1") for _ in range(2))
    assert (again.json, again.headers["Idempotent-Replayed"]) == (first.json, "true")
    assert leader.refused("POST", PATH, SHEET)["status"] == 409
    seen = first.json["version"]
    leader.put(PATH, SHEET | {"place": "Garden", "version": seen})
    problem = leader.refused("PUT", PATH, SHEET, headers={"If-Match": f'"{seen}"'})
    assert (problem["status"], problem["current"]["place"]) == (412, "Garden")
    assert leader.refused("PUT", PATH, SHEET)["status"] == 428


def test_a_cancelled_party_is_no_wedding_to_come(leader: Program) -> None:
    leader.post(PATH, SHEET)
    leader.post("/groups/WED-1/cancellation", {"reason": "put off"})
    assert leader.get("/weddings")["items"] == []
    sheet = leader.get(PATH)
    assert leader.refused("PUT", PATH, SHEET | {"version": sheet["version"]})["status"] == 422
