"""Wake-up calls and things kept for somebody, over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pms.db import db, work
from pms.guest_services.models_kept import Kept
from pms.reservations.models import Group, Stay
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program
from tests.builders import TODAY

pytestmark = pytest.mark.both_engines

TOMORROW = "2098-11-22"  # far from the wall clock of whoever runs this
PARCEL = {"kind": "parcel", "what": "a box", "giver": "courier", "shelf": "b2", "room": "1204"}
SCARF = {"kind": "found", "what": "a red scarf", "giver": "Ms Zhou", "shelf": "f1", "room": "1204"}


# --- Wake-up calls ---------------------------------------------------------------------------------------------------
def ordered(program: Program, stay: int, time: str = "06:30") -> Any:
    return program.post(f"/stays/{stay}/wake-ups", {"day": TOMORROW, "time": time})


def states(program: Program, **query: Any) -> list[tuple[str, str]]:
    return [(call["time"], call["state"]) for call in program.get("/wake-ups", day=TOMORROW, **query)["items"]]


def test_a_guest_is_rung_twice_and_then_woken_in_person(desk: Program) -> None:
    call = ordered(desk, desk.in_house("1204"))
    assert (call["room"], call["day"], call["time"], call["state"]) == ("1204", TOMORROW, "06:30", "waiting")
    path = f"/wake-ups/{call['id']}"
    assert desk.post(f"{path}/ring", {"answered": False})["state"] == "waiting"
    assert desk.post(f"{path}/ring", {"answered": False})["state"] == "go_up"
    assert desk.post(f"{path}/visit")["state"] == "woken"
    assert desk.refused("POST", f"{path}/ring", {"answered": True})["status"] == 409


def test_the_calls_of_a_day_are_listed_by_the_clock_page_by_page(desk: Program) -> None:
    first, second = desk.in_house("1204"), desk.in_house("1201")
    late, early = ordered(desk, first, "07:00"), ordered(desk, second, "05:15")
    assert ordered(desk, first, "07:00")["id"] == late["id"]  # stands already
    desk.post(f"/wake-ups/{early['id']}/ring", {"answered": True})
    page = desk.get("/wake-ups", day=TOMORROW, limit=1)
    assert states(desk, limit=1) == [("05:15", "answered")]
    assert states(desk, cursor=page["next"]) == [("07:00", "waiting")]
    assert desk.post(f"/wake-ups/{late['id']}/cancellation")["state"] == "cancelled"
    assert ordered(desk, first, "07:00")["id"] != late["id"]
    assert desk.get("/wake-ups", day=DAY)["items"] == []


def test_a_group_is_woken_with_one_request(desk: Program) -> None:
    with work():
        db.session.add(Group(code="TOUR", name="Tour", arrival=TODAY, departure=TODAY + timedelta(days=2)))
    assert desk.refused("POST", "/groups/TOUR/wake-ups", {"day": TOMORROW, "time": "06:00"})["field"] == "who"
    stays = [desk.in_house("1204"), desk.in_house("1201")]
    with work():
        group = db.session.query(Group).one()
        db.session.query(Stay).filter(Stay.id.in_(stays)).update({"group_id": group.id})
    wish = {"day": TOMORROW, "time": "06:00"}
    assert [desk.post("/groups/TOUR/wake-ups", wish)["made"] for _ in range(2)] == [2, 0]
    assert [call["group"] for call in desk.get("/wake-ups", day=TOMORROW)["items"]] == ["TOUR", "TOUR"]


def test_nobody_is_woken_in_the_past_or_before_he_has_arrived(desk: Program) -> None:
    stay = desk.in_house("1204")
    early = {"day": "2001-01-01", "time": "06:30"}
    assert desk.refused("POST", f"/stays/{stay}/wake-ups", early)["field"] == "due_at"
    assert desk.refused("POST", f"/stays/{stay}/wake-ups", early | {"time": "6.30"})["field"] == "time"
    due = desk.book(desk.wish(desk.guest("Okafor")))["stays"][0]["id"]
    assert desk.refused("POST", f"/stays/{due}/wake-ups", early)["field"] == "who"
    assert desk.refused("POST", "/wake-ups/99/ring", {"answered": True})["status"] == 404


def test_a_guest_without_disclosure_is_woken_by_his_room_alone(program_of: NewProgram) -> None:
    desk, concierge = program_of(), program_of("concierge")
    guest = desk.guest("Secret", incognito=True)
    stay = desk.book(desk.wish(guest))["stays"][0]["id"]
    desk.post(f"/stays/{stay}/check-in", desk.sheet(guest, room="1204"))
    call = ordered(concierge, stay)
    assert (call["room"], call["guest"], call["stay_id"]) == ("1204", "", None)
    assert ordered(desk, stay)["guest"] == "Secret, Anna"


# --- Things kept -----------------------------------------------------------------------------------------------------
def shelf(program: Program, **query: Any) -> list[str]:
    return [thing["what"] for thing in program.get("/kept-things", **query)["items"]]


def test_a_parcel_for_a_room_is_for_whoever_lives_there_and_goes_out_once(desk: Program) -> None:
    desk.in_house("1204")
    thing = desk.post("/kept-things", PARCEL)
    assert (thing["owner"], thing["shelf"], thing["due_on"]) == ("Fischer, Anna", "B2", "2026-11-28")
    path = f"/kept-things/{thing['id']}"
    assert desk.post(f"{path}/told")["told_at"]
    assert desk.refused("POST", f"{path}/hand-out", {"name": "Anna Fischer", "id_seen": True})["field"] == "signed"
    taken = {"name": "Anna Fischer", "id_seen": True, "signed": True}
    assert desk.post(f"{path}/hand-out", taken)["gone"] == "handed_out"
    assert desk.refused("POST", f"{path}/hand-out", taken)["status"] == 409
    assert (shelf(desk), shelf(desk, gone=True)) == ([], ["a box"])
    assert desk.get(path)["gone_to"] == "Anna Fischer"


def test_what_was_found_gets_its_owner_and_is_kept_for_its_time(program_of: NewProgram) -> None:
    desk, leader = program_of(), program_of("shift_leader")
    stay = desk.in_house("1204")
    thing = program_of("housekeeping").post("/kept-things", SCARF)
    assert (thing["owner"], thing["room"]) == ("", "1204")
    path = f"/kept-things/{thing['id']}"
    assert desk.post(f"{path}/owner", {"stay_id": stay})["owner"] == "Fischer, Anna"
    problem = leader.refused("POST", f"{path}/disposal", {"how": "given to charity"})
    assert [offer["kind"] for offer in problem["offers"]] == ["post"]
    with work():
        db.session.query(Kept).update({"due_on": TODAY})
    assert leader.post(f"{path}/disposal", {"how": "given to charity"})["gone"] == "disposed"


def test_things_are_listed_by_kind_and_what_is_overdue(desk: Program) -> None:
    desk.post("/kept-things", PARCEL | {"owner": "Ms Li"})
    desk.post("/kept-things", SCARF)
    assert shelf(desk) == ["a box", "a red scarf"]
    assert shelf(desk, kind="found") == ["a red scarf"]
    with work():
        db.session.query(Kept).filter_by(what="a box").update({"due_on": TODAY - timedelta(days=1)})
    assert shelf(desk, overdue=True) == ["a box"]
    page = desk.get("/kept-things", limit=1)
    assert shelf(desk, cursor=page["next"]) == ["a red scarf"]


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"what": " "}, "what"),
        ({"room": ""}, "owner"),
        ({"due_on": "2026-11-20"}, "due_on"),
        ({"room": "9999"}, "room"),
    ],
)
def test_a_thing_says_what_it_lacks(desk: Program, missing: dict[str, str], field: str) -> None:
    desk.in_house("1204")
    assert desk.refused("POST", "/kept-things", PARCEL | missing)["field"] == field
    assert shelf(desk) == []
