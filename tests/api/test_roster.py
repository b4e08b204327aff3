"""The roster, who works now, and swaps of shifts over the API (H4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from pms.db import reading, work
from pms.departments import Department
from pms.handover import queries_roster, roster, swaps
from pms.handover.rules_roster import Cell
from pms.shifts import Shift
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program
from tests.builders import NOON, TODAY, House
from tests.handover.team import NEXT, Team, on

pytestmark = pytest.mark.both_engines

WEEK = {"department": "front_desk", "day": NEXT.isoformat()}


@pytest.fixture
def leader(program_of: NewProgram) -> Program:
    return program_of("shift_leader")


@pytest.fixture
def team(house: House) -> Team:
    """The agent has the early shift of the next Monday, the night auditor the night of its Tuesday."""
    team = Team(house)
    with work():
        team.write(("front_desk_agent", 0, "E lobby"), ("night_auditor", 1, "N"))
    return team


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def shifts_of(team: Team, role: str = "front_desk_agent") -> dict[int, str]:
    with reading():
        return team.shifts(role)


def cell(team: Team, role: str, day: date, **what: Any) -> dict[str, Any]:
    return {"user_id": team.user(role).id, "day": day.isoformat()} | what


def shifts(week: Any, name: str) -> list[str | None]:
    (row,) = (row for row in week["rows"] if row["name"] == name)
    return [day["shift"] for day in row["days"]]


def test_a_week_is_read_by_whatever_day_of_it(leader: Program, team: Team) -> None:
    week = leader.get("/roster", department="front_desk", day=on(3).isoformat())
    assert (week["monday"], week["version"], week["changed_at"] is not None) == (NEXT.isoformat(), "1", True)
    assert shifts(week, "Front Desk Agent") == ["early", None, None, None, None, None, None]
    assert week["rows"][0]["days"][0] == {
        "day": NEXT.isoformat(), "shift": "early", "post": "lobby", "department": "front_desk", "tired": False,
    }  # fmt: skip
    assert leader.get("/roster", department="front_desk")["monday"] == "2026-11-16"


def test_a_leader_writes_cells_and_the_others_stay(leader: Program, team: Team) -> None:
    seen = {"If-Match": leader.call("GET", "/roster", **WEEK).headers["ETag"]}
    cells = [
        cell(team, "front_desk_agent", on(0)),
        cell(team, "front_desk_agent", on(1), shift="late", post=" cashier "),
        cell(team, "night_auditor", on(0), shift="night"),
    ]
    answer = leader.call("PATCH", "/roster", WEEK | {"cells": cells}, headers=seen)
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert shifts(answer.json, "Front Desk Agent")[:2] == [None, "late"]
    assert shifts(answer.json, "Night Auditor")[:2] == ["night", "night"]
    assert shifts_of(team) == {1: "late cashier"}


def test_whoever_saw_an_older_week_gets_the_new_one(leader: Program, team: Team) -> None:
    change = WEEK | {"cells": [cell(team, "front_desk_agent", on(2), shift="late")]}
    assert leader.refused("PATCH", "/roster", change)["status"] == 428
    assert leader.refused("PATCH", "/roster", change | {"version": "0"})["status"] == 409
    problem = leader.refused("PATCH", "/roster", change, headers={"If-Match": '"0"'})
    assert (problem["status"], problem["current"]["version"]) == (412, "1")
    assert shifts_of(team) == {0: "early lobby"}


def test_what_cannot_be_written_names_its_cell(leader: Program, team: Team) -> None:
    with work():
        team.write(("concierge", 1, "E"), department=Department.CONCIERGE)
    for wrong, words in (
        (cell(team, "concierge", on(1), shift="late"), "works on"),
        (cell(team, "front_desk_agent", on(8), shift="late"), "another week"),
        ({"user_id": 999, "day": on(1).isoformat(), "shift": "late"}, "not with us any more"),
    ):
        cells = [cell(team, "front_desk_agent", on(2), shift="late"), wrong]
        problem = leader.refused("PATCH", "/roster", WEEK | {"cells": cells, "version": "1"})
        assert (problem["status"], problem["field"], words in problem["detail"]) == (422, "cells.1", True)
    over = {"department": "front_desk", "day": DAY, "version": "0"}
    yesterday = [cell(team, "front_desk_agent", TODAY - timedelta(days=1), shift="late")]
    assert "is over" in leader.refused("PATCH", "/roster", over | {"cells": yesterday})["detail"]
    long = [cell(team, "front_desk_agent", on(2), shift="late", post="x" * 25)]
    assert leader.refused("PATCH", "/roster", WEEK | {"cells": long, "version": "1"})["field"] == "cells.0.post"
    assert shifts_of(team) == {0: "early lobby"}


def test_the_week_before_is_copied_once(leader: Program, team: Team) -> None:
    after = WEEK | {"day": (NEXT + timedelta(days=7)).isoformat()}
    assert shifts(leader.post("/roster/copies", after), "Front Desk Agent")[0] == "early"
    assert "nothing to copy" in leader.refused("POST", "/roster/copies", after)["detail"]


def test_a_copy_whose_answer_was_lost_is_made_once(leader: Program, team: Team) -> None:
    after = WEEK | {"day": (NEXT + timedelta(days=7)).isoformat()}
    first, again = (leader.call("POST", "/roster/copies", after, key="copy-once") for _ in range(2))
    assert (first.status_code, first.json, again.headers["Idempotent-Replayed"]) == (200, again.json, "true")


def test_a_program_is_on_no_roster(program_of: NewProgram, team: Team) -> None:
    pager = program_of("front_desk_agent", department=Department.FRONT_DESK)
    assert [row["name"] for row in pager.get("/roster", **WEEK)["rows"] if "API" in row["name"]] == []


def test_who_works_now_is_named_with_department_and_post(program_of: NewProgram, team: Team) -> None:
    agent = team.user()
    with work():
        roster.write_week(
            Department.FRONT_DESK, TODAY - timedelta(days=5), {(agent.id, TODAY): Cell(Shift.EARLY, "lobby")}, seen=0,
            by=team.user("shift_leader"), now=NOON,
        )  # fmt: skip
    now = program_of("housekeeping").get("/roster/on-duty")
    assert (now["day"], now["shift"]) == (DAY, "early")
    assert [(each["name"], each["department"], each["post"]) for each in now["items"]] == [
        ("Front Desk Agent", "front_desk", "lobby")
    ]


# --- Swaps -----------------------------------------------------------------------------------------------------------
def test_what_both_have_agreed_is_approved_and_swapped(leader: Program, team: Team) -> None:
    with work():
        swap = team.agreed().id
    (line,) = leader.get("/roster-swaps", department="front_desk")["items"]
    assert (line["asked_by_name"], line["other_name"], line["state"]) == ("Front Desk Agent", "Night Auditor", "agreed")
    assert leader.post(f"/roster-swaps/{swap}/decision", {"approves": True})["state"] == "approved"
    assert (shifts_of(team), shifts_of(team, "night_auditor")) == ({1: "night"}, {0: "early lobby"})
    problem = leader.refused("POST", f"/roster-swaps/{swap}/decision", {"approves": True})
    assert (problem["status"], "API shift_leader was faster" in problem["detail"]) == (409, True)


def test_a_no_has_its_reason_and_what_is_not_agreed_waits(leader: Program, team: Team) -> None:
    with work():
        swap = team.ask().id
    path = f"/roster-swaps/{swap}/decision"
    assert leader.refused("POST", path, {"approves": True})["status"] == 409
    with work():
        swaps.answer(queries_roster.swap(swap), True, **team.by("night_auditor"))
    assert leader.refused("POST", path, {"approves": False})["field"] == "reason"
    declined = leader.post(path, {"approves": False, "reason": "a big group"})
    assert (declined["state"], declined["reason"], shifts_of(team)) == ("declined", "a big group", {0: "early lobby"})
    assert leader.refused("POST", "/roster-swaps/99/decision", {"approves": True})["status"] == 404


def test_swaps_are_listed_by_department_the_newest_first(leader: Program, team: Team) -> None:
    with work():
        team.write(("front_desk_agent", 3, "E"))
        swaps_asked = [team.ask().id, team.ask(day=3, in_return=None).id]
    page = leader.get("/roster-swaps", department="front_desk", limit=1)
    rest = leader.get("/roster-swaps", department="front_desk", cursor=page["next"])
    assert [each["id"] for each in page["items"] + rest["items"]] == swaps_asked[::-1]
    assert leader.get("/roster-swaps", department="concierge")["items"] == []


@pytest.mark.parametrize(
    ("role", "method", "path"),
    [
        ("front_desk_agent", "PATCH", "/roster"),
        ("housekeeping", "POST", "/roster/copies"),
        ("night_auditor", "GET", "/roster-swaps"),
        ("concierge", "POST", "/roster-swaps/1/decision"),
    ],
)
def test_only_leaders_write_a_roster_and_approve(program_of: NewProgram, role: str, method: str, path: str) -> None:
    problem = program_of(role).refused(method, path, {})
    assert (problem["status"], "Shift leader" in problem["detail"]) == (403, True)
