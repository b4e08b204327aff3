"""The page of a refused room: an apology, the guest's words, the rooms that meet them, given with one key."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.assignment.queries import refused_rooms
from pms.db import db, reading, work
from pms.property.models import Room
from pms.reservations.models import Stay
from tests.builders import House
from tests.clients import Browser, at_desk


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


@pytest.fixture
def stay(house: House) -> int:
    with work():
        house.rooms["1204"].quiet = 90
        return house.stay(room="1201", guest=house.guest("Okafor", "Chidi")).id


def room_id(number: str) -> int:
    with reading():
        return db.session.scalars(sa.select(Room.id).where(Room.number == number)).one()


def now(stay: int) -> tuple[str, int]:
    with reading():
        found = db.session.get_one(Stay, stay, populate_existing=True)
        return found.room.number if found.room else "", found.version


def test_the_refusal_is_written_down_and_another_room_given(agent: Browser, house: House, stay: int) -> None:
    path = f"/stays/{stay}/another-room"
    assert "I am sorry about room 1201" in agent.get(path).text
    answer = agent.post(path, {"number": "1201", "words": ["quieter"], "why": "hears the lift"})
    assert answer.status_code == 303 and "words=quieter" in answer.headers["Location"]
    page = agent.get(answer.headers["Location"]).text
    assert "refused so far: 1201" in page
    assert page.index(f'for="room-{room_id("1204")}"') < page.index(f'for="room-{room_id("1202")}"')
    room, version = now(stay)
    assert room == ""
    agent.post(f"{path}/give", {"room": str(room_id("1204")), "version": version, "back": "/rack"})
    assert now(stay)[0] == "1204"
    assert "Room refused by the guest" in agent.get(f"/stays/{stay}").text


def test_another_bed_is_given_in_one_step(agent: Browser, house: House, stay: int) -> None:
    page = agent.get(f"/stays/{stay}/another-room?words=other_bed").text
    assert "1203" in page
    form = {"room": str(room_id("1203")), "version": now(stay)[1]}
    agent.post(f"/stays/{stay}/another-room/give", form)
    assert now(stay)[0] == "1203"


def test_what_cannot_be_keeps_what_was_typed(agent: Browser, house: House, stay: int) -> None:
    path = f"/stays/{stay}/another-room"
    unknown = agent.post(path, {"number": "77", "words": ["quieter"], "why": "hears the lift"})
    assert unknown.status_code == 422 and "There is no such room." in unknown.text and "hears the lift" in unknown.text
    assert 'value="quieter" checked' in unknown.text
    not_asked = agent.post(path, {"number": "1201"})
    assert not_asked.status_code == 422 and "would rather have" in not_asked.text
    with reading():
        assert refused_rooms([stay]) == {}
    old = agent.post(f"{path}/give", {"room": str(room_id("1204")), "version": 0})
    assert old.status_code == 409 and now(stay)[0] == "1201"


def test_the_check_in_sheet_and_the_stay_lead_there(agent: Browser, stay: int) -> None:
    for page in (f"/stays/{stay}", f"/stays/{stay}/check-in"):
        assert f"/stays/{stay}/another-room" in agent.get(page).text


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["place"]))
def test_others_offer_no_other_room(app: Flask, house: House, stay: int, role: Role) -> None:
    other, path = at_desk(app, house, role.value), f"/stays/{stay}/another-room"
    assert other.get(path).status_code == 403
    assert other.post(path, {"number": "1201", "words": "higher"}).status_code == 403
    assert other.post(f"{path}/give", {"room": str(room_id("1204"))}).status_code == 403
    assert now(stay)[0] == "1201"
