"""`pms assign`: a plan from a file, without a database, and clear words about a file that is none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pms.assignment.cli import assign
from tests.assignment import judge
from tests.assignment.tiny import instance, party, room, stay


def run(folder: Path, data: Any, *more: str) -> Result:
    source = folder / "i.json"
    source.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    files = ["--instance", str(source), "--plan", str(folder / "plan.json")]
    return CliRunner().invoke(assign, [*files, "--seconds", "0.2", *more])


def small() -> dict[str, Any]:
    return instance([room("301"), room("302", "city")], [stay("A", "vip"), stay("B")])


def test_a_plan_is_written_with_its_reasons(tmp_path: Path) -> None:
    done = run(tmp_path, small(), "--json")
    assert done.exit_code == 0
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert plan["assign"] == {"A": "302", "B": "301"} and plan["short"] == []
    assert "City view." in plan["why"]["A"]
    figures = json.loads(done.output)
    assert figures["placed"] == 2 and figures["tiers"][0] == 0


def test_a_proof_says_how_good_any_plan_could_be(tmp_path: Path) -> None:
    """The VIP has the best room: nothing is left to prove; without a proof there is no bound."""
    figures = json.loads(run(tmp_path, small(), "--json", "--proof", "0.1").output)
    assert 0 <= figures["points"] - figures["bound"] <= 3
    assert json.loads(run(tmp_path, small(), "--json").output)["bound"] is None
    assert "no plan for everybody has less than" in run(tmp_path, small(), "--proof", "0.1").output


def test_who_has_no_room_is_told_with_what_is_missing_and_what_would_help(tmp_path: Path) -> None:
    rooms = [room("301"), room("302", kind="DLK")]
    done = run(tmp_path, instance(rooms, [stay("A"), stay("B", prio=3)]))
    assert done.exit_code == 0
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert plan["assign"] == {"B": "301"}
    assert plan["short"] == [
        "Rooms of type STK short on the night of 1: 1.",
        "Rooms of type STK short on the night of 2: 1.",
        "A: Upgrade A to DLK: 302 is free.",
    ]
    assert "1 have none" in done.output and "Upgrade A" in done.output


def changed(**values: Any) -> dict[str, Any]:
    return {**small(), **values}


def stays_with(**values: Any) -> dict[str, Any]:
    return changed(stays=[{**stay("A"), **values}])


@pytest.mark.parametrize(
    ("data", "where", "what"),
    [
        ("{", "no JSON", "To do"),
        ([], "the instance", "an object belongs"),
        ({}, "the instance", "'types' is missing"),
        (changed(rooms=[{"id": 3}]), "rooms[0]", "'type' is missing"),
        (changed(rooms=[room("301"), room("301")]), "rooms[1]", "'301' is there twice"),
        (changed(rooms=[{**room("301"), "type": "XXX"}]), "rooms[0].type", "no 'XXX'"),
        (changed(connecting=[["301"]]), "connecting[0]", "no pair"),
        (changed(connecting=[["301", "999"]]), "connecting[0]", "no room '999'"),
        (changed(ooo=[{"room": "999", "from": 0, "to": 1}]), "ooo[0].room", "no '999'"),
        (changed(ooo=[{"room": "301", "from": 3, "to": 1}]), "ooo[0]", "is before"),
        (changed(parties=[party("vip", "A", "Z")]), "parties[0]", "no stay 'Z'"),
        (changed(parties=[party("club", "A")]), "parties[0].kind", "'club' is not known"),
        (changed(conflicts=[["N1", "N1"]]), "conflicts[0]", "itself"),
        (changed(season="spring"), "season", "peak, normal, low"),
        (changed(stays=[stay("A"), stay("A")]), "stays[1]", "twice"),
        (stays_with(dep="3"), "stays[0].dep", "a whole number"),
        (stays_with(dep=True), "stays[0].dep", "a whole number"),
        (stays_with(dep=1), "stays[0]", "not after 'arr'"),
        (stays_with(dep=4000), "stays[0].dep", "too far away"),
        (stays_with(want=["sauna"]), "stays[0].want", "'sauna'"),
        (stays_with(want="high"), "stays[0].want", "a list"),
        (stays_with(must=[3]), "stays[0].must", "in quotes"),
        (stays_with(ok_types=["XXX"]), "stays[0].ok_types", "no type 'XXX'"),
        (stays_with(segment="king"), "stays[0].segment", "ordinary"),
        (stays_with(fixed_room="999"), "stays[0].fixed_room", "no '999'"),
        (stays_with(party="P9"), "stays[0]", "no party 'P9'"),
        (
            changed(stays=[stay("A", fixed_room="301"), stay("B", fixed_room="301")]),
            "stays[1].fixed_room",
            "A and B are both fixed in room 301",
        ),
    ],
)
def test_a_malformed_file_is_refused_with_the_place_and_what_to_do(
    tmp_path: Path, data: Any, where: str, what: str
) -> None:
    done = run(tmp_path, data)
    assert done.exit_code == 2
    assert where in done.output and what in done.output and "To do: " in done.output
    assert not (tmp_path / "plan.json").exists()


@pytest.mark.parametrize(
    "data",
    [
        instance([], []),
        instance([room("301")], []),
        instance([], [stay("A")]),
        instance([room("301", kind="SUI")], [stay("A")]),
        instance([room("301")], [stay("A", arr=-3, dep=2, fixed_room="301"), stay("B", arr=2, dep=4)]),
        instance([room("301")], [stay("A", arr=5, dep=7)], ooo=[{"room": "301", "from": 0, "to": 3}]),
    ],
    ids=["nothing", "no stays", "no rooms", "no room of the type", "in house since long", "closed before"],
)
def test_odd_houses_are_planned_too(tmp_path: Path, data: dict[str, Any]) -> None:
    done = run(tmp_path, data)
    assert done.exit_code == 0, done.output
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    assert set(plan) == {"assign", "why", "short"}


def test_a_place_for_the_plan_that_does_not_exist_is_said_before_the_search(tmp_path: Path) -> None:
    source = tmp_path / "i.json"
    source.write_text(json.dumps(small()), encoding="utf-8")
    done = CliRunner().invoke(assign, ["--instance", str(source), "--plan", str(tmp_path / "none" / "plan.json")])
    assert done.exit_code == 2 and "no folder" in done.output


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    done = CliRunner().invoke(assign, ["--instance", str(tmp_path / "none.json"), "--plan", str(tmp_path / "p.json")])
    assert done.exit_code == 2


def test_the_command_loads_no_database_and_no_web(tmp_path: Path) -> None:
    """It is asked for hundreds of instances in a row: starting must be quick."""
    program = (
        "import sys; import pms.assignment.cli, pms.assignment.instance, pms.assignment.instance_plan;"
        "print(sorted(set(sys.modules) & {'flask', 'sqlalchemy', 'pydantic', 'reportlab'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@judge.needs_judge
@pytest.mark.parametrize("season", ["peak", "low"])
def test_the_judge_finds_nothing_broken_and_agrees_with_our_own_score(tmp_path: Path, season: str) -> None:
    check, gen = judge.load("check"), judge.load("gen")
    inst, _ = gen.build(60, 0.9, season, 7)
    figures = json.loads(run(tmp_path, inst, "--json", "--seconds", "2").output)
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    theirs = check.evaluate(inst, plan["assign"])
    assert theirs["hard_list"] == [] and theirs["tiers"] == figures["tiers"]
    assert set(plan["why"]) == set(plan["assign"])
