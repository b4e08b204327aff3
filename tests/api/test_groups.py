"""Groups and split bills over the API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program

pytestmark = pytest.mark.both_engines

NEXT = "2026-11-23"
TOUR = {"code": "tour", "name": "Tour", "arrival": DAY, "departure": NEXT, "plan": "GRP"}
BLOCK = {"blocks": [{"type": "STK", "rooms": 2}]}
TWO = "Fischer Anna, , F\nOkafor Ben, , M"


@pytest.fixture
def leader(program_of: NewProgram) -> Program:
    """A shift leader: makes groups and checks them in."""
    return program_of("shift_leader")


def papers(arrivals: Any) -> list[Any]:
    guests = [guest for stay in arrivals["items"] for guest in stay["guests"]]
    return [
        {"guest_id": guest["guest_id"], "kind": "passport", "number": f"E{guest['guest_id']:08d}", "country": "DE"}
        for guest in guests
    ]


def sheet(**values: Any) -> dict[str, Any]:
    """What the leader of two guests confirms."""
    deposit = {"kind": "none", "why_none": "company pays"}
    return {"heads": 2, "split": "rooms", "signed": True, "seen": True, "deposit": deposit} | values


def named(leader: Program) -> list[int]:
    """The group with a rooming list of two guests in two rooms that are placed; the stays."""
    leader.post("/groups", TOUR | BLOCK)
    stays = [stay["id"] for stay in leader.post("/groups/TOUR/rooming-list", {"list": TWO})["stays"]]
    leader.post("/placings", {"day": DAY})
    return stays


def test_a_group_is_made_with_its_block_filled_and_checked_in(leader: Program) -> None:
    made = leader.post("/groups", TOUR | BLOCK)
    assert (made["code"], made["kind"], made["plan"], made["status"]) == ("TOUR", "group", "GRP", "definite")
    assert [(night["type"], night["blocked"], night["picked_up"]) for night in made["block"]] == [("STK", 2, 0)] * 2
    booked = leader.post("/groups/TOUR/rooming-list", {"list": TWO})
    assert [stay["group"] for stay in booked["stays"]] == ["TOUR", "TOUR"]
    leader.post("/placings", {"day": DAY})
    arrivals = leader.get("/groups/TOUR/arrivals")
    assert [stay["obstacle"] for stay in arrivals["items"]] == ["", ""]
    done = leader.post("/groups/TOUR/check-in", sheet(papers=papers(arrivals)))
    assert {room["room"] for room in done["rooms"]} == {stay["room"] for stay in arrivals["items"]}
    (line,) = leader.get("/groups")["items"]
    assert (line["in_house"], line["due"], line["picked_up"]) == (2, 0, 4)
    assert leader.get("/groups/TOUR/arrivals")["items"] == []


def test_nobody_of_a_group_is_checked_in_while_somebody_lacks_something(leader: Program) -> None:
    first, second = named(leader)
    problem = leader.refused("POST", "/groups/TOUR/check-in", sheet(heads=3))
    fields = [error["field"] for error in problem["errors"]]
    assert (len([name for name in fields if name.startswith("number-")]), "heads" in fields) == (2, True)
    only = sheet(heads=1, later=[second], papers=papers(leader.get("/groups/TOUR/arrivals")))
    assert [room["stay_id"] for room in leader.post("/groups/TOUR/check-in", only)["rooms"]] == [first]
    assert [stay["stay_id"] for stay in leader.get("/groups/TOUR/arrivals")["items"]] == [second]


def test_a_rooming_list_with_mistakes_names_each_with_its_line(leader: Program) -> None:
    leader.post("/groups", TOUR | BLOCK)
    problem = leader.refused("POST", "/groups/TOUR/rooming-list", {"list": "Fischer Anna, , X\nOkafor Ben, , M"})
    assert (problem["field"], [offer["value"] for offer in problem["offers"]]) == ("list", [1])
    assert leader.get("/stays", group="TOUR")["items"] == []


def test_the_block_is_changed_released_and_never_beyond_what_is_left(leader: Program) -> None:
    leader.post("/groups", TOUR | BLOCK)
    more = {"type": "STK", "rooms": 3, "first": DAY, "until": "2026-11-22"}
    nights = leader.put("/groups/TOUR/block", more)["block"]
    assert [night["blocked"] for night in nights] == [3, 2]
    problem = leader.refused("PUT", "/groups/TOUR/block", {"type": "SUI", "rooms": 9})
    assert (problem["status"], bool(problem["offers"])) == (422, True)
    assert leader.post("/groups/TOUR/release")["room_nights"] == 5
    assert leader.put("/groups/TOUR/status", {"status": "tentative"})["status"] == "tentative"
    assert leader.post("/groups/TOUR/cancellation", {"reason": "no flight"})["status"] == "cancelled"
    assert leader.refused("PUT", "/groups/TOUR/block", more)["status"] == 422


def test_the_second_to_change_a_group_sees_what_the_first_did(leader: Program) -> None:
    seen = leader.post("/groups", TOUR)["version"]
    changed = leader.call("PATCH", "/groups/TOUR", {"version": seen, "eta": "18:30", "kind": "wedding"})
    assert (changed.json["eta"], changed.json["kind"], changed.json["version"] != seen) == ("18:30", "wedding", True)
    problem = leader.refused("PATCH", "/groups/TOUR", {"notes": "buses"}, headers={"If-Match": f'"{seen}"'})
    assert (problem["status"], problem["current"]["eta"]) == (412, "18:30")
    assert leader.refused("PATCH", "/groups/TOUR", {"notes": "buses"})["status"] == 428


def test_a_code_is_given_once_and_a_block_lies_within_the_nights_of_its_group(leader: Program) -> None:
    leader.post("/groups", TOUR)
    assert leader.refused("POST", "/groups", TOUR)["status"] == 409
    beyond = TOUR | {"code": "B", "blocks": [{"type": "STK", "rooms": 1, "until": "2026-11-30"}]}
    assert leader.refused("POST", "/groups", beyond)["field"] == "blocks"
    assert leader.refused("POST", "/groups", TOUR | {"code": "C", "account": "NOBODY"})["field"] == "account"
    page = leader.post("/groups", TOUR | {"code": "D"}) and leader.get("/groups", limit=1)
    assert [group["code"] for group in leader.get("/groups", cursor=page["next"])["items"]] == ["D"]


def test_prices_of_a_block_are_for_those_who_sell(program_of: NewProgram, leader: Program) -> None:
    leader.post("/groups", TOUR | BLOCK)
    assert leader.get("/groups/TOUR")["block"][0]["price"] == 61_200
    assert program_of("concierge").get("/groups/TOUR")["block"][0]["price"] is None


# --- Split bills -----------------------------------------------------------------------------------------------------
def test_a_bill_is_split_and_a_charge_moved_to_who_pays_it(desk: Program) -> None:
    stay = desk.in_house("1204")
    charge = desk.post(f"/stays/{stay}/postings", {"kind": "food", "amount": 9_000})["posting_id"]
    folio = desk.post(f"/stays/{stay}/folio/windows", {"payer": "Xinhe Textile"})
    assert [(window["number"], window["balance"]) for window in folio["windows"]] == [(2, 0)]
    moved = desk.post(f"/stays/{stay}/folio/moves", {"postings": [charge], "window": 2})
    assert (moved["windows"][0]["balance"], moved["balance"]) == (9_000, 9_000)
    assert [line["window"] for line in moved["postings"]] == [1, 1, 2]
    assert desk.refused("POST", f"/stays/{stay}/folio/windows", {"payer": "Xinhe Textile"})["field"] == "payer"
    again = desk.refused("POST", f"/stays/{stay}/folio/moves", {"postings": [charge], "window": 2})
    assert again["status"] in (409, 422)
    assert desk.refused("POST", f"/stays/{stay}/folio/moves", {"postings": [], "window": 2})["field"] == "posting"
