"""The housekeeping board: most urgent first, one tap a room, no names for who need not know, discrepancies settled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from pms import access, journal
from pms.access import Role
from pms.db import db, reading, work
from pms.property.models import Closure, Discrepancy, Housekeeping, Room
from pms.reservations import queries_housekeeping
from pms.reservations.board import ALL, TO_DO, Board
from pms.reservations.models import Stay
from pms.reservations.queries_housekeeping import RUSH
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser
from tests.web.statements import counted

WORKERS = ("housekeeping", "front_desk_agent", "shift_leader")


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def rooms(house: House) -> dict[str, int]:
    """1201 dirty, 1202 dirty with an arrival at 15:00, 1203 dirty and a guest waits for it, 1204 dirty and due out,
    1205 clean, 1206 inspected. Room ids by number.
    """
    with work():
        for number in ("1201", "1202", "1203", "1204"):
            house.rooms[number].housekeeping = Housekeeping.DIRTY
        house.rooms["1206"].housekeeping = Housekeeping.INSPECTED
        house.stay(room="1202", eta="15:00", guest=house.guest("Okafor", "Chidi"), vip_level=2)
        waiting = house.stay(room="1203", eta="16:00", guest=house.guest("Lindqvist", "Per"))
        journal.write(house.user(), RUSH, waiting, now=NOON - timedelta(minutes=9), room="1203")
        house.stay(
            arrival=-2, nights=2, room="1204", status=Status.IN_HOUSE, guest=house.guest("Deng", "Chao"), adults=2
        )
        found = {number: room.id for number, room in house.rooms.items()}
    db.session.expunge_all()
    return found


def worker(app: Flask, house: House, role: str = "housekeeping", language: str = "en") -> Browser:
    with work():
        user = house.user(role)
        user.language = language
    return Browser(app).log_in_as(user)


def state(room_id: int) -> Housekeeping:
    with reading():
        return db.session.get_one(Room, room_id, populate_existing=True).housekeeping


def tap(room_id: int, was: str, wanted: str) -> dict[str, str]:
    return {"tap": f"{room_id}:{was}:{wanted}"}


def numbers(board: Board) -> list[str]:
    return [room.number for room in board.shown()]


def test_who_waits_comes_first_then_arrivals_and_due_outs_last(house: House, rooms: dict[str, int]) -> None:
    with reading():
        found = queries_housekeeping.board(TODAY, names=False, see_incognito=False)
    assert numbers(Board(TODAY, found, TO_DO)) == ["1203", "1202", "1201", "1204"]
    assert Board(TODAY, found, ALL).counts() == {"to_do": 4, "clean": 3, "inspected": 1, "closed": 0, "all": 8}
    assert Board(TODAY, found, ALL, floor=13).counts()["all"] == 2


@pytest.mark.parametrize("role", WORKERS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens(app: Flask, house: House, rooms: dict[str, int], role: str, language: str) -> None:
    attendant = worker(app, house, role, language)
    pages = ("", "?show=all", "?show=clean&floor=12", "?show=closed", f"/rooms/{rooms['1202']}", "/discrepancies")
    for page in pages:
        assert attendant.get(f"/housekeeping{page}").status_code == 200, page


def test_one_tap_cleans_and_one_more_inspects(app: Flask, house: House, rooms: dict[str, int]) -> None:
    attendant = worker(app, house)
    assert attendant.post("/housekeeping/tap", tap(rooms["1201"], "dirty", "clean")).status_code == 303
    assert state(rooms["1201"]) is Housekeeping.CLEAN
    assert "Room 1201 is clean." in attendant.get("/housekeeping").text
    attendant.post("/housekeeping/tap", tap(rooms["1201"], "clean", "inspected"))
    assert state(rooms["1201"]) is Housekeeping.INSPECTED


def test_the_toast_takes_it_back(app: Flask, house: House, rooms: dict[str, int]) -> None:
    attendant = worker(app, house)
    attendant.post("/housekeeping/tap", tap(rooms["1201"], "dirty", "clean"))
    undo = f"/housekeeping/rooms/{rooms['1201']}/undo/dirty"
    assert f'action="{undo}"' in attendant.get("/housekeeping").text
    attendant.post(undo)
    assert state(rooms["1201"]) is Housekeeping.DIRTY


def test_a_second_tap_changes_nothing_more(app: Flask, house: House, rooms: dict[str, int]) -> None:
    attendant = worker(app, house)
    for _ in range(2):
        assert attendant.post("/housekeeping/tap", tap(rooms["1201"], "dirty", "clean")).status_code == 303
    assert state(rooms["1201"]) is Housekeeping.CLEAN


def test_who_taps_on_an_old_page_is_told_how_the_room_is_now(app: Flask, house: House, rooms: dict[str, int]) -> None:
    attendant = worker(app, house)
    late = attendant.post("/housekeeping/tap", tap(rooms["1206"], "dirty", "clean"))
    assert late.status_code == 409
    assert "Somebody else was faster: room 1206 is inspected now." in late.text
    assert state(rooms["1206"]) is Housekeeping.INSPECTED


@pytest.mark.parametrize("sent", ["", "1", "x:dirty:clean", "1:dirty:spotless", "²:dirty:clean"])
def test_what_no_button_sends_is_refused(app: Flask, house: House, sent: str) -> None:
    assert worker(app, house).post("/housekeeping/tap", {"tap": sent}).status_code == 422


def test_a_guest_gone_without_a_word_is_told_to_the_desk(app: Flask, house: House, rooms: dict[str, int]) -> None:
    attendant = worker(app, house)
    assert "Has left" in attendant.get("/housekeeping").text
    attendant.post("/housekeeping/tap", tap(rooms["1204"], "dirty", "left"))
    with reading():
        (found,) = queries_housekeeping.discrepancies(TODAY)
    assert (found.room, found.kind, found.seen, found.known) == ("1204", "skip", 0, 2)


def test_several_rooms_at_the_desk(app: Flask, house: House, rooms: dict[str, int]) -> None:
    leader = worker(app, house, "shift_leader")
    ticked = [rooms["1201"], rooms["1202"]]
    assert leader.post("/housekeeping/several", {"room": ticked, "state": "clean"}).status_code == 303
    assert {state(room) for room in ticked} == {Housekeeping.CLEAN}
    refused = leader.post("/housekeeping/several", {"room": [rooms["1205"], rooms["1203"]], "state": "inspected"})
    assert refused.status_code == 422
    assert "Room 1203 is dirty." in refused.text
    assert state(rooms["1205"]) is Housekeeping.CLEAN  # all of them or none
    assert leader.post("/housekeeping/several", {"state": "clean"}).status_code == 422


def test_no_names_for_housekeeping_but_who_waits_for_the_desk(app: Flask, house: House, rooms: dict[str, int]) -> None:
    for page in ("", "?show=all", f"/rooms/{rooms['1203']}", f"/rooms/{rooms['1204']}"):
        text = worker(app, house).get(f"/housekeeping{page}").text
        assert not any(name in text for name in ("Lindqvist", "Okafor", "Deng")), page
    assert "A guest waits at the desk" in worker(app, house).get("/housekeeping").text
    desk = worker(app, house, "front_desk_agent").get("/housekeeping").text
    assert "Lindqvist Per waits at the desk" in desk
    assert "Deng" not in desk  # who lives there is nobody's business on this page


def test_an_incognito_guest_who_waits_is_named_to_the_desk_alone(house: House, rooms: dict[str, int]) -> None:
    with work():
        db.session.query(Stay).filter(Stay.room_id == rooms["1203"]).one().guest.incognito = True
    for sees, name in ((True, "Lindqvist Per"), (False, "")):
        with reading():
            room = queries_housekeeping.one_room(rooms["1203"], TODAY, names=True, see_incognito=sees)
        assert (room.name, room.rush_at) == (name, NOON - timedelta(minutes=9))


def test_a_room_is_taken_out_of_order_and_opened_again(app: Flask, house: House, rooms: dict[str, int]) -> None:
    attendant = worker(app, house)
    path = f"/housekeeping/rooms/{rooms['1201']}"
    assert attendant.post(f"{path}/close", {"reason": "Leak in the bath", "until": "+3"}).status_code == 303
    with reading():
        closure = db.session.query(Closure).one()
        assert (closure.first, closure.until) == (TODAY, TODAY + timedelta(days=3))
    assert "Leak in the bath" in attendant.get("/housekeeping?show=closed").text
    assert attendant.post(f"{path}/reopen").status_code == 303
    assert "Leak in the bath" not in attendant.get("/housekeeping?show=closed").text


@pytest.mark.parametrize(
    ("number", "form", "words"),
    [
        ("1201", {"reason": "", "until": "+1"}, "This is missing."),
        ("1201", {"reason": "Leak", "until": "someday"}, "someday is not a day"),
        ("1202", {"reason": "Leak", "until": "+2"}, "Okafor, Chidi has room 1202"),
    ],
)
def test_a_closure_that_cannot_be_is_refused_and_typed_words_stay(
    app: Flask, house: House, rooms: dict[str, int], number: str, form: dict[str, str], words: str
) -> None:
    page = worker(app, house, "shift_leader").post(f"/housekeeping/rooms/{rooms[number]}/close", form)
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{form["reason"]}"' in page.text


def test_what_is_seen_is_compared_and_settled_with_a_word(app: Flask, house: House, rooms: dict[str, int]) -> None:
    attendant, desk = worker(app, house), worker(app, house, "front_desk_agent")
    seen = {"room": "1201", "seen": "occupied", "persons": "1"}
    assert attendant.post("/housekeeping/discrepancies", seen).status_code == 303
    assert "The desk is told." in attendant.get("/housekeeping/discrepancies").text
    with reading():
        number = db.session.query(Discrepancy).one().id
    silent = desk.post(f"/housekeeping/discrepancies/{number}/settle", {"action": " "})
    assert silent.status_code == 422
    assert "Say what was found and done." in silent.text
    done = {"action": "Guest of 1206 left a bag"}
    assert desk.post(f"/housekeeping/discrepancies/{number}/settle", done).status_code == 303
    assert "Guest of 1206 left a bag" in desk.get("/housekeeping/discrepancies").text
    assert desk.post(f"/housekeeping/discrepancies/{number}/settle", done).status_code == 422


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"room": "9999", "seen": "vacant"}, "There is no room 9999."),
        ({"room": "1201", "seen": "occupied", "persons": "0"}, "occupied means one or more"),
        ({"room": "1201"}, "This is missing."),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    app: Flask, house: House, rooms: dict[str, int], form: dict[str, str], words: str
) -> None:
    page = worker(app, house).post("/housekeeping/discrepancies", form)
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{form["room"]}"' in page.text


def test_a_desk_agent_finds_no_button_for_what_is_not_his(app: Flask, house: House, rooms: dict[str, int]) -> None:
    agent = worker(app, house, "front_desk_agent")
    assert ":inspected" not in agent.get("/housekeeping?show=clean").text
    assert agent.post("/housekeeping/tap", tap(rooms["1205"], "clean", "inspected")).status_code == 403
    assert "/close" not in agent.get(f"/housekeeping/rooms/{rooms['1201']}").text
    for verb in ("close", "reopen"):
        assert agent.post(f"/housekeeping/rooms/{rooms['1201']}/{verb}").status_code == 403


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["set_housekeeping"]))
def test_other_roles_see_no_board(app: Flask, house: House, rooms: dict[str, int], role: Role) -> None:
    other = worker(app, house, role.value)
    for page in ("", "/discrepancies", f"/rooms/{rooms['1201']}"):
        assert other.get(f"/housekeeping{page}").status_code == 403, page
    for page in ("/tap", "/several", "/discrepancies", f"/rooms/{rooms['1201']}/undo/dirty"):
        assert other.post(f"/housekeeping{page}").status_code == 403, page
    assert 'href="/housekeeping"' not in other.get("/").text


def test_the_board_asks_no_more_for_more_guests(app: Flask, house: House, rooms: dict[str, int]) -> None:
    attendant = worker(app, house)
    attendant.get("/housekeeping?show=all")
    with counted() as few:
        attendant.get("/housekeeping?show=all")
    with work():
        for number in ("1301", "1302"):
            house.stay(room=number, status=Status.IN_HOUSE)
    with counted() as many:
        attendant.get("/housekeeping?show=all")
    assert len(many) == len(few)
