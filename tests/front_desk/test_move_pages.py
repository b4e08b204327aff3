"""The sheet of a room change, on its page and over the rack; the change slip afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.front_desk.models import RoomMove
from pms.property.models import Housekeeping
from pms.reservations.models import Stay
from tests.builders import House
from tests.clients import Browser, at_desk
from tests.front_desk.steps import Desk

OVER = {"HX-Request": "true"}


@pytest.fixture
def stay(desk: Desk) -> Stay:
    with work():
        stay = desk.guest_in_house("1204", guest=desk.house.guest("Okafor", "Chidi"))
    db.session.expunge(stay)  # reading it later must not begin a transaction
    return stay


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


def form(stay: Stay, **changes: Any) -> dict[str, Any]:
    version = now(stay).version
    return {"version": version, "reason": "n", "asked_by": "guest", "rate": "keep", "keys": "1", "number": ""} | changes


def now(stay: Stay) -> Stay:
    """The stay as it stands; belongs to no session, so that looking at it locks nobody out."""
    with reading():
        found = db.session.get_one(Stay, stay.id, populate_existing=True)
        db.session.expunge(found)
    return found


def room_of(stay: Stay) -> str:
    with reading():
        room = db.session.get_one(Stay, stay.id, populate_existing=True).room
        assert room is not None
        return room.number


def address(stay: Stay) -> str:
    return f"/stays/{stay.id}/room-change"


def test_the_sheet_offers_ready_rooms_and_says_what_follows(agent: Browser, stay: Stay) -> None:
    page = agent.get(address(stay)).text
    assert "<b>1201</b>" in page and "<b>1202</b>" in page and "<b>1205</b>" in page
    assert "<b>1204</b>" not in page
    assert "+300.00 a night" in page  # deluxe costs 980, his room 680
    assert "1204 will be dirty" in page and "Housekeeping" in page


def test_a_better_room_is_the_best_of_its_type_only(agent: Browser, stay: Stay) -> None:
    page = agent.get(address(stay)).text
    assert page.count('name="room"') == 2 + 1 + 1 + 1  # his type, twin, deluxe, suite


def test_the_guest_moves_and_the_slip_can_be_printed(agent: Browser, stay: Stay, house: House) -> None:
    done = agent.post(address(stay), form(stay, room=house.rooms["1202"].id), follow_redirects=True)
    assert room_of(stay) == "1202"
    assert "1204 to 1202" in done.text and "Print the change slip" in done.text
    with reading():
        move = db.session.query(RoomMove).one()
        assert move.reason == "Noise"
        number = move.id
    slip = agent.get(f"{address(stay)}/{number}.pdf")
    assert slip.mimetype == "application/pdf" and slip.data.startswith(b"%PDF")


def test_over_the_rack_the_answer_leads_on(agent: Browser, stay: Stay, house: House) -> None:
    sheet = agent.get(address(stay), headers=OVER).text
    assert "<html" not in sheet and "hx-post" in sheet
    answer = agent.post(address(stay), form(stay, number="1201"), headers=OVER)
    assert answer.status_code == 200 and "/room-change/" in answer.headers["HX-Redirect"]
    assert room_of(stay) == "1201"


def test_without_a_reason_nothing_happens_and_nothing_typed_is_lost(agent: Browser, stay: Stay) -> None:
    answer = agent.post(address(stay), form(stay, reason="", number="1202", consent="Mrs Okafor"))
    assert answer.status_code == 422 and room_of(stay) == "1204"
    assert answer.text.count("Please give the reason for the room change.") == 2
    assert 'value="1202"' in answer.text and 'value="Mrs Okafor"' in answer.text
    assert "Error:" in answer.text.partition("</title>")[0]


def test_a_reason_in_other_words_is_written_down(agent: Browser, stay: Stay) -> None:
    agent.post(address(stay), form(stay, other="Wants to be near his sister", number="1202"))
    with reading():
        assert db.session.query(RoomMove).one().reason == "Wants to be near his sister"


def test_a_dirty_room_is_refused_and_another_is_one_key_away(agent: Browser, stay: Stay, house: House) -> None:
    with work():
        db.session.merge(house.rooms["1201"]).housekeeping = Housekeeping.DIRTY
    refused = agent.post(address(stay), form(stay, number="1201"))
    assert refused.status_code == 422 and "Room 1201 is not clean yet." in refused.text
    instead = house.rooms["1202"].id
    assert f'name="take" value="{instead}" data-key="1"' in refused.text
    agent.post(address(stay), form(stay, number="1201", take=instead))
    assert room_of(stay) == "1202"


def test_a_taken_room_is_refused_with_who_has_it(agent: Browser, stay: Stay, desk: Desk) -> None:
    with work():
        desk.house.stay(room="1201", arrival=1, guest=desk.house.guest("Sato", "Aiko"))
    refused = agent.post(address(stay), form(stay, number="1201"), headers=OVER)
    assert refused.status_code == 422 and "Room 1201 is given to Sato, Aiko" in refused.text
    assert "<html" not in refused.text


def test_a_room_that_does_not_exist_is_said_at_the_number(agent: Browser, stay: Stay) -> None:
    refused = agent.post(address(stay), form(stay, number="9999"))
    assert refused.status_code == 422 and 'id="number-error"' in refused.text


def test_when_the_house_asks_the_guest_must_have_agreed(agent: Browser, stay: Stay) -> None:
    refused = agent.post(address(stay), form(stay, asked_by="house", number="1202"))
    assert refused.status_code == 422 and 'id="consent-error"' in refused.text
    agent.post(address(stay), form(stay, asked_by="house", number="1202", consent="Mr Okafor by telephone"))
    assert room_of(stay) == "1202"


def test_a_promised_room_is_not_taken_away(agent: Browser, stay: Stay) -> None:
    with work():
        mine = db.session.get_one(Stay, stay.id)
        mine.do_not_move, mine.do_not_move_why = True, "his wedding night"
    assert "his wedding night" in agent.get(address(stay)).text
    refused = agent.post(address(stay), form(stay, number="1202"))
    assert refused.status_code == 422 and "This guest was promised the room" in refused.text
    assert room_of(stay) == "1204"


def test_a_better_room_at_the_old_price_needs_authority(app: Flask, agent: Browser, stay: Stay, house: House) -> None:
    assert "an upgrade to be approved" in agent.get(address(stay)).text
    assert agent.post(address(stay), form(stay, number="1205")).status_code == 403
    agent.post(address(stay), form(stay, number="1205", rate="new"))
    assert room_of(stay) == "1205"
    leader = at_desk(app, house, "shift_leader")
    leader.post(address(stay), form(stay, number="1301"))
    assert room_of(stay) == "1301"


def test_somebody_who_looked_earlier_sees_that_things_have_changed(agent: Browser, stay: Stay) -> None:
    seen = form(stay, number="1202")
    agent.post(address(stay), form(stay, number="1201"))
    second = agent.post(address(stay), seen)
    assert second.status_code == 409 and "Somebody else has worked on this stay" in second.text
    assert 'value="1202"' in second.text and room_of(stay) == "1201"


def test_only_a_guest_in_house_changes_rooms(agent: Browser, desk: Desk) -> None:
    with work():
        coming = desk.house.stay(room="1204")
    assert agent.get(address(coming)).status_code == 422


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["room_move"]))
def test_others_move_nobody(app: Flask, stay: Stay, house: House, role: Role) -> None:
    other = at_desk(app, house, role.value)
    assert other.get(address(stay)).status_code == 403
    assert other.post(address(stay), form(stay, number="1202")).status_code == 403
    if access.allowed(house.user(role.value), "see_reservations"):
        assert "room-change" not in other.get(f"/rack/stays/{stay.id}").text


def test_a_slip_belongs_to_its_stay(agent: Browser, stay: Stay, desk: Desk) -> None:
    agent.post(address(stay), form(stay, number="1202"))
    with reading():
        number = db.session.query(RoomMove.id).scalar()
    assert agent.get(f"/stays/{stay.id + 1}/room-change/{number}.pdf").status_code == 404


def test_the_sheet_in_chinese(agent: Browser, stay: Stay) -> None:
    agent.post("/preferences/language", {"language": "zh"})
    main = agent.get(address(stay)).text.partition("<main")[2].partition("</main>")[0]
    assert "换房" in main and "噪音" in main
    for english in ("Reason", "Noise", "Price", "Told", "Consent", "Keep", "free"):
        assert english not in main
