"""A room for one guest who has not arrived, from the rack, and back again; another end of a booking."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.reservations.models import Stay
from tests.builders import TODAY, House
from tests.clients import Browser, at_desk
from tests.front_desk.steps import Desk


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


def coming(desk: Desk, surname: str = "Okafor", **values: Any) -> int:
    with work():
        return desk.house.stay(guest=desk.house.guest(surname, "Chidi"), **values).id


def room_of(stay_id: int) -> str:
    with reading():
        room = db.session.get_one(Stay, stay_id, populate_existing=True).room
        return room.number if room else ""


def test_rooms_that_suit_are_offered_with_their_reasons(agent: Browser, desk: Desk) -> None:
    page = agent.get(f"/stays/{coming(desk, wishes='room:1202')}/room").text
    assert page.count('name="room"') == 3 and "Rooms that suit" in page
    assert page.index("1202:") < page.index("1201")


def test_a_guest_gets_a_room_and_it_can_be_taken_back(agent: Browser, desk: Desk) -> None:
    stay = coming(desk)
    agent.post(f"/stays/{stay}/room", {"version": 1, "number": "1204", "back": "/rack"})
    assert room_of(stay) == "1204"
    page = agent.get("/rack").text
    undo = page.partition(f'action="/stays/{stay}/room/undo')[2].partition('"')[0].replace("&amp;", "&")
    agent.post(f"/stays/{stay}/room/undo{undo}")
    assert room_of(stay) == ""


def test_a_taken_room_is_refused_and_others_are_one_key_away(agent: Browser, desk: Desk) -> None:
    coming(desk, "Sato", room="1204")
    stay = coming(desk)
    refused = agent.post(f"/stays/{stay}/room", {"version": 1, "number": "1204"})
    assert refused.status_code in (409, 422) and "1204" in refused.text
    assert 'name="take"' in refused.text and 'value="1204"' in refused.text
    take = refused.text.partition('name="take" value="')[2].partition('"')[0]
    agent.post(f"/stays/{stay}/room", {"version": 1, "number": "1204", "take": take})
    assert room_of(stay) in ("1201", "1202")


def test_a_room_promised_to_the_guest_is_locked(agent: Browser, desk: Desk) -> None:
    stay = coming(desk)
    agent.post(f"/stays/{stay}/room", {"version": 1, "number": "1204", "lock": "y"})
    with reading():
        assert db.session.get_one(Stay, stay, populate_existing=True).do_not_move


def test_the_tray_names_rooms_that_would_suit(agent: Browser, desk: Desk) -> None:
    coming(desk, "Adler")
    assert "Adler, Chidi" in agent.get("/rack").text
    assert "rk-yes" in agent.get("/rack/tray").text


def test_the_tray_leads_to_placing_everybody(agent: Browser, desk: Desk) -> None:
    coming(desk, "Adler")
    assert 'href="/placing" data-key="p"' in agent.get("/rack").text


def test_all_that_stands_against_a_room_is_said_wherever_the_stay_is_shown(agent: Browser, desk: Desk) -> None:
    stay = coming(desk, room="1201", wishes="quiet")
    for page in (f"/stays/{stay}", f"/rack/stays/{stay}"):
        assert f'data-why-not="/stays/{stay}/why-not"' in agent.get(page).text
    answer = agent.get(f"/stays/{stay}/why-not?room=1205").text
    assert "Why not 1205?" in answer and "1205 is of another type (DLK)." in answer
    assert "There is no such room." in agent.get(f"/stays/{stay}/why-not?room=77").text
    assert "1205 is of another type" in agent.get(f"/stays/{stay}/room?number=1205").text


def test_a_reserved_stay_gets_another_departure(agent: Browser, desk: Desk) -> None:
    stay = coming(desk, room="1204", nights=2)
    assert "Leave on Tue 24 Nov 2026?" in agent.get(f"/stays/{stay}/dates?day=%2B1").text
    with reading():
        seen = db.session.get_one(Stay, stay).version
    agent.post(f"/stays/{stay}/dates", {"version": seen, "day": "+1"})
    with reading():
        assert db.session.get_one(Stay, stay, populate_existing=True).departure == TODAY + timedelta(days=3)
    refused = agent.post(f"/stays/{stay}/dates", {"version": seen, "day": "+1"})
    assert refused.status_code == 409


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["place"]))
def test_others_place_nobody(app: Flask, desk: Desk, role: Role) -> None:
    stay = coming(desk)
    other = at_desk(app, desk.house, role.value)
    assert other.get(f"/stays/{stay}/room").status_code == 403
    assert other.post(f"/stays/{stay}/room", {"number": "1204"}).status_code == 403
    assert room_of(stay) == ""
