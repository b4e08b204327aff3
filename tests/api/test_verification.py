"""The verification of bookings over the API: read, explained, signed for the date."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program

pytestmark = pytest.mark.both_engines

EXPLAIN, SIGN = "/verification/explanations", "/verification/signature"


@pytest.fixture
def supervisor(program_of: NewProgram) -> Program:
    """A reservation supervisor: verifies."""
    return program_of("reservation_supervisor")


def contradiction(program: Program) -> Any:
    """Somebody held without guarantee whom nobody can call; the line about him."""
    program.book(program.wish(program.guest(incognito=True)))
    (line,) = program.get("/verification")["items"]
    return line


def test_what_contradicts_is_explained_and_then_signed_for(supervisor: Program) -> None:
    line = contradiction(supervisor)
    assert (line["kind"], line["night"], line["stay_id"], line["explanation"]) == ("no_telephone", DAY, 1, "")
    assert line["text"] == "Arrives on Sat 21 Nov 2026 without guarantee, and nobody can be called."
    problem = supervisor.refused("POST", SIGN)
    assert (problem["status"], line["number"] in problem["detail"]) == (422, True)
    why = {"fingerprint": line["fingerprint"], "text": " He rings us at noon "}
    now = supervisor.post(EXPLAIN, why)
    assert (now["open"], now["items"][0]["explanation"]) == (0, "He rings us at noon")
    assert now["items"][0]["explained_by"] == "API reservation_supervisor"
    signed = supervisor.post(SIGN)
    assert (signed["business_date"], signed["signed"]["explained"]) == (DAY, 1)
    assert supervisor.get("/verification") == signed


def test_a_contradiction_is_said_in_the_language_asked_for(program_of: NewProgram) -> None:
    contradiction(program_of("reservation_supervisor"))
    (line,) = program_of("reservation_clerk", lang="zh").get("/verification")["items"]
    assert not line["text"].isascii()
    assert "2026年11月21日" in line["text"]


def test_a_group_past_its_cut_off_is_named_by_its_code(program_of: NewProgram) -> None:
    manager = program_of("assistant_manager")
    block = {"blocks": [{"type": "STK", "rooms": 1}], "cut_off": DAY}
    group = {"code": "TOUR", "name": "Tour", "plan": "GRP", "arrival": DAY, "departure": "2026-11-23"}
    manager.post("/groups", group | block)
    (line,) = manager.get("/verification")["items"]
    assert (line["kind"], line["number"], line["stay_id"]) == ("cut_off", "TOUR", None)


def test_the_second_hears_who_was_first_and_a_request_sent_again_its_first_answer(
    program_of: NewProgram, supervisor: Program
) -> None:
    why = {"fingerprint": contradiction(supervisor)["fingerprint"], "text": "He rings us"}
    first, again = (supervisor.call("POST", EXPLAIN, why, key="k1") for _ in range(2))
    assert (again.json, again.headers["Idempotent-Replayed"]) == (first.json, "true")
    manager = program_of("manager")
    for path, body in ((EXPLAIN, why), (SIGN, None)):
        supervisor.call("POST", path, body)
        problem = manager.refused("POST", path, body)
        assert (problem["status"], "API reservation_supervisor" in problem["detail"]) == (409, True), path


def test_an_explanation_is_about_what_is_there_and_says_why(supervisor: Program) -> None:
    line = contradiction(supervisor)
    gone = supervisor.refused("POST", EXPLAIN, {"fingerprint": "0" * 64, "text": "Agreed"})
    assert "mended or has changed" in gone["detail"]
    for wrong in (" ", "x" * 301):
        why = {"fingerprint": line["fingerprint"], "text": wrong}
        assert supervisor.refused("POST", EXPLAIN, why)["field"] == "text"
    assert supervisor.get("/verification")["open"] == 1


def test_a_clerk_reads_and_is_told_who_signs(program_of: NewProgram) -> None:
    clerk = program_of("reservation_clerk")
    assert clerk.get("/verification") | {"last_night": ""} == {
        "business_date": DAY, "last_night": "", "open": 0, "signed": None, "items": []
    }  # fmt: skip
    problem = clerk.refused("POST", SIGN)
    assert (problem["status"], "Reservation supervisor" in problem["detail"]) == (403, True)
