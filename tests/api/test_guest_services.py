"""Safe-deposit boxes, visitors and directions over the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from pms.db import db, work
from pms.guest_services.models_boxes import BoxSize, SafeBox
from pms.property.models import Hotel
from pms.property.queries import settings_changed
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program
from tests.builders import NOON

pytestmark = pytest.mark.both_engines

VISITOR = {"name": "Karin Vogt", "asked_name": "Fischer"}
SIGNED = {"signed_by": "Fischer, Anna"}


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def secret_guest(desk: Program, room: str = "1201") -> int:
    """Somebody in house who wants no disclosure; the number of the stay."""
    guest = desk.guest("Secret", incognito=True)
    stay = desk.book(desk.wish(guest))["stays"][0]["id"]
    desk.post(f"/stays/{stay}/check-in", desk.sheet(guest, room=room))
    return int(stay)


# --- Safe-deposit boxes ----------------------------------------------------------------------------------------------
@pytest.fixture
def safe(desk: Program) -> list[int]:
    """Boxes 8, 9 and 10, and 11 without a lock; their ids in the order of their numbers."""
    with work():
        boxes = [SafeBox(number=str(n), size=BoxSize.SMALL) for n in (10, 9, 8)]
        boxes.append(SafeBox(number="11", size=BoxSize.LARGE, active=False, note="lock drilled"))
        db.session.add_all(boxes)
        db.session.flush()
        return [box.id for box in sorted(boxes, key=lambda box: int(box.number))]


def given(program: Program, box: int, stay: int, **card: Any) -> Any:
    return program.post(f"/safe-boxes/{box}/uses", {"stay_id": stay} | SIGNED | card)


def numbers(program: Program, **query: Any) -> list[str]:
    return [box["number"] for box in program.get("/safe-boxes", **query)["items"]]


def test_a_box_is_given_opened_and_handed_back_each_time_signed(desk: Program, safe: list[int]) -> None:
    stay = desk.in_house("1204")
    use = given(desk, safe[0], stay, also="Fischer, Paul", key_deposit=20_000)
    assert (use["number"], use["room"], use["guest"], use["stay_id"]) == ("8", "1204", "Fischer, Anna", stay)
    path = f"/safe-box-uses/{use['id']}"
    problem = desk.refused("POST", f"{path}/opening", {"signed_by": "Paul Weber"})
    assert (problem["field"], [offer["kind"] for offer in problem["offers"]]) == ("signed_by", ["call"])
    desk.post(f"{path}/opening", {"signed_by": "Paul Fischer"})
    back = SIGNED | {"empty": True, "key_back": True}
    assert desk.refused("POST", f"{path}/hand-back", back | {"empty": False})["field"] == "empty"
    assert desk.post(f"{path}/hand-back", back)["closed_at"]
    problem = desk.refused("POST", f"{path}/hand-back", back)
    assert (problem["status"], "API front_desk_agent" in problem["detail"]) == (409, True)
    card = [(line["act"], line["signed_by"]) for line in desk.get(path)["openings"]]
    assert card == [("given", "Fischer, Anna"), ("opened", "Paul Fischer"), ("handed_back", "Fischer, Anna")]
    assert {line["by"] for line in desk.get(path)["openings"]} == {"API front_desk_agent"}


def test_the_boxes_are_listed_by_number_page_by_page(desk: Program, safe: list[int]) -> None:
    given(desk, safe[1], desk.in_house("1204"))
    assert numbers(desk) == ["8", "9", "10", "11"]
    first = desk.get("/safe-boxes", limit=2)
    assert numbers(desk, limit=2, cursor=first["next"]) == ["10", "11"]
    assert (numbers(desk, in_use=True), numbers(desk, in_use=False)) == (["9"], ["8", "10"])
    assert [(box["guest"], box["room"]) for box in first["items"]] == [("", ""), ("Fischer, Anna", "1204")]


def test_a_box_that_is_taken_or_out_of_use_is_refused_with_those_that_are_free(desk: Program, safe: list[int]) -> None:
    stay = desk.in_house("1204")
    given(desk, safe[0], stay)
    for box, status in ((safe[0], 409), (safe[3], 422)):
        problem = desk.refused("POST", f"/safe-boxes/{box}/uses", {"stay_id": stay} | SIGNED)
        assert (problem["status"], [offer["value"] for offer in problem["offers"]]) == (status, safe[1:3])
    wrong = {"stay_id": stay, "signed_by": "Karl Weber"}
    assert desk.refused("POST", f"/safe-boxes/{safe[1]}/uses", wrong)["field"] == "signed_by"
    assert desk.refused("POST", "/safe-boxes/99/uses", wrong)["status"] == 404


def test_a_lost_key_shuts_the_box_until_its_lock_is_drilled(desk: Program, safe: list[int]) -> None:
    use = given(desk, safe[0], desk.in_house("1204"))
    path = f"/safe-box-uses/{use['id']}"
    assert desk.post(f"{path}/lost-key")["key_lost_at"] == desk.post(f"{path}/lost-key")["key_lost_at"]
    problem = desk.refused("POST", f"{path}/opening", SIGNED)
    assert [offer["kind"] for offer in problem["offers"]] == ["force"]


def test_who_leaves_hands_his_box_back_or_it_is_agreed_that_it_stays(desk: Program, safe: list[int]) -> None:
    stay = desk.in_house("1204")
    desk.post(f"/stays/{stay}/departure", {"departure": DAY, "day_use_price": 0})
    use = given(desk, safe[0], stay)
    problem = desk.refused("POST", f"/stays/{stay}/check-out")
    assert (problem["field"], problem["offers"][0]["kind"]) == ("box_stays", "box_stays")
    assert desk.post(f"/stays/{stay}/check-out?box_stays=true")["status"] == "checked_out"
    assert desk.get("/safe-boxes")["items"][0]["guest_has_left"] is True
    assert desk.get(f"/safe-box-uses/{use['id']}")["closed_at"] is None


def test_the_card_of_a_guest_without_disclosure_names_nobody_to_who_need_not_know(
    program_of: NewProgram, safe: list[int]
) -> None:
    desk, cashier = program_of(), program_of("cashier")
    use = given(desk, safe[0], secret_guest(desk), signed_by="Anna Secret")
    hidden = cashier.get(f"/safe-box-uses/{use['id']}")
    assert (hidden["guest"], hidden["stay_id"], hidden["signatory"], hidden["openings"][0]["signed_by"]) == (
        "", None, "", "",
    )  # fmt: skip
    assert cashier.get("/safe-boxes")["items"][0]["guest"] == ""
    assert cashier.post(f"/safe-box-uses/{use['id']}/opening", {"signed_by": "Secret, Anna"})["guest"] == ""
    assert desk.get("/safe-boxes")["items"][0]["guest"] == "Secret, Anna"


# --- Visitors --------------------------------------------------------------------------------------------------------
def test_the_guest_is_rung_and_agrees_and_the_visitor_is_in_and_out_once(program_of: NewProgram) -> None:
    desk, concierge = program_of(), program_of("concierge")
    stay = desk.in_house("1204")
    seen = VISITOR | {"document": "passport", "document_end": "4821", "by_appointment": True}
    visitor = desk.post("/visitors", seen)
    assert (visitor["answer"], visitor["stay_id"], visitor["room"], visitor["in_at"]) == ("asking", stay, "1204", None)
    assert visitor["said"] == "One moment, please. We will ring and ask."
    path = f"/visitors/{visitor['id']}"
    assert desk.refused("POST", f"{path}/departure")["detail"] == "This visitor has not gone up."
    assert desk.refused("POST", f"{path}/answer", {"answer": "nobody"})["field"] == "answer"
    assert concierge.post(f"{path}/answer", {"answer": "comes_up"})["said"] == "You are expected. Please go up."
    problem = desk.refused("POST", f"{path}/answer", {"answer": "lobby"})
    assert (problem["status"], "API concierge" in problem["detail"]) == (409, True)
    assert [each["id"] for each in desk.get("/visitors")["items"]] == [visitor["id"]]
    assert desk.post(f"{path}/departure")["out_at"]
    assert desk.refused("POST", f"{path}/departure")["status"] == 409
    assert desk.get("/visitors")["items"] == []
    assert desk.get(path)["document_end"] == "4821"


def test_a_hidden_guest_a_wrong_room_and_a_stranger_are_one_answer(program_of: NewProgram) -> None:
    desk, concierge = program_of(), program_of("concierge", lang="zh")
    secret_guest(desk)
    desk.in_house("1204")
    asked = [{"asked_name": "Secret"}, {"asked_name": "Fischer", "asked_room": "1201"}, {"asked_name": "Stranger"}]
    answers = [concierge.post("/visitors", VISITOR | each) for each in asked]
    assert {(each["answer"], each["stay_id"], each["said"]) for each in answers} == {
        ("nobody", None, "没有这位宾客在本店住宿。")
    }


def test_who_wants_no_disclosure_by_now_is_not_named_to_who_need_not_know(program_of: NewProgram) -> None:
    desk, concierge = program_of(), program_of("concierge")
    stay = desk.in_house("1204")
    visitor = desk.post("/visitors", VISITOR)
    desk.post(f"/visitors/{visitor['id']}/answer", {"answer": "comes_up"})
    guest = desk.get(f"/guests/{desk.get(f'/stays/{stay}')['guest_id']}")
    desk.call("PATCH", f"/guests/{guest['id']}", {"incognito": True, "version": guest["version"]})
    (hidden,) = concierge.get("/visitors")["items"]
    assert (hidden["asked_name"], hidden["room"], hidden["stay_id"]) == ("", "", None)
    assert desk.get("/visitors")["items"][0]["room"] == "1204"


def test_visitors_are_listed_by_day_with_who_is_late(desk: Program) -> None:
    desk.in_house("1204")
    first, second = desk.post("/visitors", VISITOR), desk.post("/visitors", VISITOR | {"asked_name": "Stranger"})
    desk.post(f"/visitors/{first['id']}/answer", {"answer": "comes_up"})
    page = desk.get("/visitors", day=DAY, limit=1)
    assert [each["id"] for each in page["items"]] == [first["id"]]
    rest = desk.get("/visitors", day=DAY, cursor=page["next"])["items"]
    assert [each["id"] for each in rest] == [second["id"]]
    assert desk.get("/visitors", day="2026-11-20")["items"] == []
    assert page["items"][0]["late"] is False
    with work():
        db.session.query(Hotel).update({"visitors_hour": 11})
        settings_changed()
    assert [each["late"] for each in desk.get("/visitors", day=DAY)["items"]] == [True, False]


def test_a_visitor_says_what_he_lacks(desk: Program) -> None:
    assert desk.refused("POST", "/visitors", VISITOR | {"name": " "})["field"] == "name"
    assert desk.refused("POST", "/visitors", VISITOR | {"document_end": "C01X4821"})["field"] == "document_end"
    assert desk.refused("POST", "/visitors", VISITOR | {"document": "library card"})["field"] == "document"
    assert desk.refused("POST", "/visitors/99/answer", {"answer": "lobby"})["status"] == 404
    assert desk.get("/visitors", day=DAY)["items"] == []


# --- Directions ------------------------------------------------------------------------------------------------------
TEMPLE = {
    "title_en": "Lingyin Temple", "title_zh": "灵隐寺",
    "text_en": "Bus 7 to the terminus.", "text_zh": "7 路公交车到终点。",
    "address_zh": "杭州市西湖区法云弄 1 号", "hours_en": "06:30–18:00", "hours_zh": "6:30—18:00",
}  # fmt: skip
STATION = {"title_en": "East Station", "title_zh": "杭州东站", "text_en": "Metro line 1.", "text_zh": "地铁 1 号线。"}


def titles(program: Program, **query: Any) -> list[str]:
    return [each["title_en"] for each in program.get("/directions", **query)["items"]]


def test_directions_are_written_changed_set_aside_and_brought_back(program_of: NewProgram) -> None:
    concierge, desk = program_of("concierge"), program_of()
    temple = concierge.post("/directions", TEMPLE)
    assert (temple["title_zh"], temple["way_en"], temple["version"], temple["active"]) == ("灵隐寺", "", "1", True)
    path = f"/directions/{temple['id']}"
    change = {"way_en": "8 km", "way_zh": "8 公里"}
    changed = concierge.call("PATCH", path, change, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["ETag"], changed.json["text_en"]) == (200, '"2"', TEMPLE["text_en"])
    assert concierge.post(f"{path}/set-aside")["active"] is False
    assert (titles(desk), titles(desk, set_aside=True)) == ([], ["Lingyin Temple"])
    problem = concierge.refused("POST", f"{path}/set-aside")
    assert (problem["status"], "API concierge" in problem["detail"]) == (409, True)
    assert concierge.post(f"{path}/bring-back")["active"] is True
    assert desk.get(path)["way_zh"] == "8 公里"


def test_directions_are_found_by_words_of_either_language_page_by_page(program_of: NewProgram) -> None:
    concierge = program_of("concierge")
    for place in (TEMPLE, STATION):
        concierge.post("/directions", place)
    first = concierge.get("/directions", limit=1)
    assert titles(concierge, limit=1) == ["Lingyin Temple"]
    assert titles(concierge, cursor=first["next"]) == ["East Station"]
    assert titles(concierge, q="terminus bus") == titles(concierge, q="法云弄") == ["Lingyin Temple"]
    assert titles(concierge, q="airport") == []


def test_whoever_saw_older_directions_gets_the_new_ones(program_of: NewProgram) -> None:
    concierge = program_of("concierge")
    path = f"/directions/{concierge.post('/directions', TEMPLE)['id']}"
    concierge.call("PATCH", path, {"telephone": "5550 1660", "version": "1"})
    late = {"telephone": "5550 1661"}
    assert concierge.refused("PATCH", path, late)["status"] == 428
    assert concierge.refused("PATCH", path, late | {"version": "1"})["status"] == 409
    problem = concierge.refused("PATCH", path, late, headers={"If-Match": '"1"'})
    assert (problem["status"], problem["current"]["telephone"]) == (412, "5550 1660")


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"text_zh": " "}, 422, "text_zh"),
        ({"way_en": "8 km"}, 422, "way_zh"),
        ({"title_zh": "很长" * 13}, 422, "title_zh"),
        ({"title_en": "lingyin temple"}, 409, "title_en"),
    ],
)
def test_directions_are_in_both_languages_short_and_there_once(
    program_of: NewProgram, wrong: dict[str, str], status: int, field: str
) -> None:
    concierge = program_of("concierge")
    concierge.post("/directions", TEMPLE)
    problem = concierge.refused("POST", "/directions", TEMPLE | {"title_en": "Temple", "title_zh": "寺"} | wrong)
    assert (problem["status"], problem["field"]) == (status, field)
    assert titles(concierge) == ["Lingyin Temple"]


# --- Who may, and what is sent twice ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("role", "method", "path"),
    [
        ("concierge", "GET", "/safe-boxes"),
        ("housekeeping", "POST", "/safe-boxes/1/uses"),
        ("concierge", "POST", "/safe-box-uses/1/opening"),
        ("manager", "POST", "/safe-box-uses/1/hand-back"),
        ("reservation_clerk", "GET", "/safe-box-uses/1"),
        ("department_staff", "POST", "/safe-box-uses/1/lost-key"),
        ("housekeeping", "GET", "/visitors"),
        ("cashier", "POST", "/visitors"),
        ("reservation_clerk", "POST", "/visitors/1/answer"),
        ("manager", "POST", "/visitors/1/departure"),
        ("admin", "GET", "/visitors/1"),
        ("housekeeping", "GET", "/directions"),
        ("cashier", "GET", "/directions/1"),
        ("front_desk_agent", "POST", "/directions"),
        ("shift_leader", "PATCH", "/directions/1"),
        ("night_auditor", "POST", "/directions/1/set-aside"),
        ("front_desk_agent", "POST", "/directions/1/bring-back"),
    ],
)
def test_other_roles_hear_who_may(program_of: NewProgram, role: str, method: str, path: str) -> None:
    problem = program_of(role).refused(method, path, {})
    assert (problem["status"], "Ask: " in problem["detail"]) == (403, True)


def test_what_is_sent_twice_with_one_key_happens_once(desk: Program, safe: list[int]) -> None:
    stay = desk.in_house("1204")
    for path, body in ((f"/safe-boxes/{safe[0]}/uses", {"stay_id": stay} | SIGNED), ("/visitors", VISITOR)):
        first, again = (desk.call("POST", path, body, key=f"lost answer {path}".replace(" ", "-")) for _ in range(2))
        assert (first.status_code, first.json) == (201, again.json)
        assert again.headers["Idempotent-Replayed"] == "true"
    assert len(desk.get("/visitors", day=DAY)["items"]) == len(numbers(desk, in_use=True)) == 1
