"""Waitlist, lost business, overdue arrivals, arrangements and events over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pms.db import db, work
from pms.reservations.models import Stay
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program
from tests.builders import TODAY

pytestmark = pytest.mark.both_engines

NEXT = "2026-11-23"
DATES = {"arrival": DAY, "departure": NEXT}


def fill(desk: Program, kind: str = "SUI") -> list[int]:
    """Both rooms of a type are sold on the two nights; the stays that have them."""
    guest = desk.guest()
    return [stay["id"] for stay in desk.book(desk.wish(guest, kind), desk.wish(guest, kind))["stays"]]


def waiting(desk: Program, name: str = "Okafor", **wish: Any) -> Any:
    guest = desk.guest(name, telephone="+8613800000000", **wish.pop("profile", {}))
    return desk.post("/waitlist", DATES | {"guest_id": guest, "type": "SUI", "plan": "BAR"} | wish)


# --- Waitlist and lost business --------------------------------------------------------------------------------------
def test_who_waits_is_called_and_booked_when_a_room_is_free(desk: Program) -> None:
    stays = fill(desk)
    line = waiting(desk)
    assert (line["guest"], line["telephone"], line["free"]) == ("Okafor, Anna", "+8613800000000", [])
    path = f"/waitlist/{line['id']}"
    assert desk.refused("POST", f"{path}/booking")["status"] == 422
    desk.post(f"/stays/{stays[0]}/cancellation", {"reason": "ill"})
    assert desk.post(f"{path}/call", {"outcome": "thinks"})["outcome"] == "thinks"
    assert desk.get("/waitlist")["items"][0]["free"] == ["SUI"]
    assert desk.post(f"{path}/booking")["stays"][0]["type"] == "SUI"
    assert desk.get("/waitlist")["items"] == []
    assert "booked as" in desk.refused("POST", f"{path}/booking")["detail"]


def test_the_waitlist_is_in_the_order_of_calls(desk: Program) -> None:
    stays = fill(desk)
    for_two, for_one = waiting(desk, rooms=2)["id"], waiting(desk, "Lindqvist")["id"]
    assert [line["id"] for line in desk.get("/waitlist")["items"]] == [for_two, for_one]
    desk.post(f"/stays/{stays[0]}/cancellation", {"reason": "ill"})
    assert [line["id"] for line in desk.get("/waitlist")["items"]] == [for_one, for_two]


def test_nobody_waits_while_there_is_a_room_or_without_a_number(desk: Program) -> None:
    guest = desk.guest()
    wish = DATES | {"guest_id": guest, "type": "SUI", "plan": "BAR"}
    assert desk.refused("POST", "/waitlist", wish)["field"] == "telephone"
    assert desk.refused("POST", "/waitlist", wish | {"telephone": "13800000000"})["field"] == "type"
    assert desk.refused("POST", "/waitlist", wish | {"plan": "NONE"})["field"] == "plan"
    assert desk.get("/waitlist")["items"] == []


def test_who_gives_up_becomes_lost_business(desk: Program) -> None:
    fill(desk)
    line = waiting(desk)
    assert desk.post(f"/waitlist/{line['id']}/giving-up", {"note": "Hilton"})["status"] == "given_up"
    lost = DATES | {"why": "price", "type": "STK", "rooms": 2}
    assert desk.post("/turnaways", lost)["rooms"] == 2
    page = desk.get("/turnaways", first=DAY, until="2026-11-22", limit=1)
    assert [(each["why"], each["note"]) for each in page["items"]] == [("full", "Hilton")]
    rest = desk.get("/turnaways", first=DAY, until="2026-11-22", cursor=page["next"])["items"]
    assert [(each["why"], each["type"]) for each in rest] == [("price", "STK")]
    assert desk.get("/turnaways", first="2026-11-22", until=NEXT)["items"] == []
    assert desk.refused("POST", "/turnaways", lost | {"rooms": 0})["field"] == "rooms"


def test_who_waits_without_disclosure_is_not_named_to_who_need_not_know(program_of: NewProgram) -> None:
    desk = program_of()
    fill(desk)
    waiting(desk, "Secret", profile={"incognito": True}, note="film star")
    (line,) = program_of("reservation_clerk").get("/waitlist")["items"]
    assert (line["guest"], line["guest_id"], line["telephone"], line["note"]) == ("", None, "", "")
    assert desk.get("/waitlist")["items"][0]["note"] == "film star"


# --- Overdue arrivals ------------------------------------------------------------------------------------------------
@pytest.fixture
def overdue(desk: Program) -> int:
    """Somebody who should have come yesterday, without guarantee."""
    stay = int(desk.book(desk.wish(desk.guest("Late")))["stays"][0]["id"])
    with work():
        db.session.query(Stay).filter_by(id=stay).update({"arrival": TODAY - timedelta(days=1)})
    return stay


def test_an_overdue_guest_is_called_and_released(desk: Program, overdue: int) -> None:
    (line,) = desk.get("/overdue-arrivals")["items"]
    assert (line["stay_id"], line["guest"], line["may_be_released"]) == (overdue, "Late, Anna", True)
    desk.post(f"/stays/{overdue}/arrival-call", {"answer": "no_answer"})
    assert desk.get("/overdue-arrivals")["items"][0]["answer"] == "no_answer"
    assert desk.refused("POST", f"/stays/{overdue}/arrival-call", {"answer": "comes"})["field"] == "eta"
    assert desk.post(f"/stays/{overdue}/release")["status"] == "cancelled"
    assert desk.get("/overdue-arrivals")["items"] == []


def test_who_does_not_come_is_cancelled(desk: Program, overdue: int) -> None:
    assert desk.post(f"/stays/{overdue}/arrival-call", {"answer": "not_coming"})["status"] == "cancelled"
    assert desk.refused("POST", f"/stays/{overdue}/arrival-call", {"answer": "no_answer"})["status"] in (409, 422)


def test_who_is_guaranteed_is_not_released(desk: Program) -> None:
    stay = desk.book(guarantee="order")["stays"][0]["id"]
    assert "guaranteed" in desk.refused("POST", f"/stays/{stay}/release")["detail"]


# --- Arrangements and events -----------------------------------------------------------------------------------------
def test_flowers_are_promised_ticked_off_and_dropped(desk: Program) -> None:
    stay = desk.in_house("1204")
    flowers = {"kind": "flowers", "department": "housekeeping", "due_on": DAY, "due_at": "18:00", "what": "roses"}
    first, second = (desk.post(f"/stays/{stay}/arrangements", flowers) for _ in range(2))
    assert (first["room"], first["guest"], first["done_at"]) == ("1204", "Fischer, Anna", None)
    assert desk.post(f"/arrangements/{first['id']}/completion")["done_at"]
    assert [each["id"] for each in desk.get("/arrangements", day=DAY)["items"]] == [second["id"], first["id"]]
    desk.post(f"/arrangements/{second['id']}/withdrawal")
    assert len(desk.get("/arrangements", day=DAY)["items"]) == 1
    assert desk.refused("POST", f"/arrangements/{second['id']}/completion")["status"] == 422
    assert desk.refused("POST", f"/stays/{stay}/arrangements", flowers | {"due_on": "2027-01-01"})["field"] == "due_on"


def test_only_the_department_that_owns_it_ticks_an_arrangement_off(program_of: NewProgram) -> None:
    desk = program_of()
    stay = desk.in_house("1204")
    cake = {"kind": "cake", "department": "restaurants", "due_on": DAY}
    made = desk.post(f"/stays/{stay}/arrangements", cake)
    problem = program_of("cashier").refused("POST", f"/arrangements/{made['id']}/completion")
    assert problem["detail"] == "Only somebody of Restaurants can tick this off."


def test_an_arrangement_does_not_give_a_guest_without_disclosure_away(program_of: NewProgram) -> None:
    desk = program_of()
    stay = desk.book(desk.wish(desk.guest("Secret", incognito=True)))["stays"][0]["id"]
    desk.post(f"/stays/{stay}/arrangements", {"kind": "fruit", "department": "housekeeping", "due_on": DAY})
    (line,) = program_of("housekeeping").get("/arrangements", day=DAY)["items"]
    assert (line["guest"], line["stay_id"]) == ("", None)
    assert desk.get("/arrangements", day=DAY)["items"][0]["guest"] == "Secret, Anna"


def test_an_event_is_put_on_the_board_and_called_off(program_of: NewProgram) -> None:
    leader = program_of("shift_leader")
    wedding = {"day": DAY, "starts": "18:00", "title": "Wedding Li", "place": "Ballroom", "covers": 120}
    event = leader.post("/events", wedding)
    assert [each["title"] for each in program_of("housekeeping").get("/events", day=DAY)["items"]] == ["Wedding Li"]
    assert leader.refused("POST", "/events", wedding | {"ends": "17:00"})["field"] == "ends"
    assert leader.refused("POST", "/events", wedding | {"day": "2026-11-20"})["field"] == "day"
    assert leader.post(f"/events/{event['id']}/calling-off")["called_off_at"]
    assert leader.get("/events", day=DAY)["items"] == []
    assert leader.refused("POST", f"/events/{event['id']}/calling-off")["status"] == 422
