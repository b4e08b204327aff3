"""Another departure, on its page and over the rack: what it means is seen before anybody says yes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.reservations.models import Stay, Use
from tests.builders import TODAY, House
from tests.clients import Browser, at_desk
from tests.front_desk.steps import Desk

OVER = {"HX-Request": "true"}


@pytest.fixture
def stay(desk: Desk) -> Stay:
    """In 1204 until Monday 23 November."""
    with work():
        stay = desk.guest_in_house("1204", guest=desk.house.guest("Okafor", "Chidi"))
    db.session.expunge(stay)  # reading it later must not begin a transaction
    return stay


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


def form(stay: Stay, day: str, **changes: Any) -> dict[str, Any]:
    version = now(stay).version
    return {"version": version, "day": day} | changes


def now(stay: Stay) -> Stay:
    """The stay as it stands; belongs to no session, so that looking at it locks nobody out."""
    with reading():
        found = db.session.get_one(Stay, stay.id, populate_existing=True)
        db.session.expunge(found)
    return found


def address(stay: Stay) -> str:
    return f"/stays/{stay.id}/departure"


def sato(desk: Desk, **values: Any) -> Stay:
    """Sato is to have 1204 from Monday on."""
    with work():
        other = desk.house.stay(room="1204", arrival=2, guest=desk.house.guest("Sato", "Aiko"), **values)
    db.session.expunge(other)
    return other


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("+1", 24), ("＋1", 24), ("+2", 25), ("wed", 25), ("周三", 25), ("26/11", 26), ("-1", 22), ("2026-11-24", 24)],
)
def test_a_day_is_understood_as_it_is_typed(agent: Browser, stay: Stay, typed: str, meant: int) -> None:
    agent.post(address(stay), form(stay, typed))
    assert now(stay).departure == date(2026, 11, meant)


def test_what_it_means_is_said_before(agent: Browser, stay: Stay) -> None:
    said = agent.get(f"{address(stay)}/meaning?day=%2B2").text
    assert "<html" not in said
    assert "Extend to Wed 25 Nov 2026?" in said and "2 more nights" in said
    assert "2 × 680.00" in said and "1,360.00" in said
    assert "2,720.00 to top up" in said  # two nights to come, two added, nothing paid
    assert "1 new, until Wed 25 Nov 2026 12:00" in said and "Housekeeping" in said


def test_a_day_that_is_none_says_how_to_write_one(agent: Browser, stay: Stay) -> None:
    assert "is not a day" in agent.get(f"{address(stay)}/meaning?day=soon").text
    answer = agent.post(address(stay), form(stay, "soon"))
    assert answer.status_code == 422 and 'value="soon"' in answer.text
    assert "is not a day" in answer.text


def test_who_is_displaced_stands_first_with_what_can_be_done(agent: Browser, stay: Stay, desk: Desk) -> None:
    other = sato(desk)
    said = agent.get(f"{address(stay)}?day=%2B2").text
    assert "This displaces Sato, Aiko" in said
    assert said.index("displaces") < said.index("What can be done") < said.index("to top up")
    assert "Sato, Aiko to 1201. Same type and price." in said
    assert f'value="to:{other.id}={desk.house.rooms["1201"].id}" checked' in said
    assert f'data-plan-out="{other.id}"' in said


def test_nobody_is_displaced_unseen(agent: Browser, stay: Stay, desk: Desk) -> None:
    other = sato(desk)
    refused = agent.post(address(stay), form(stay, "+2"))
    assert refused.status_code in (409, 422) and "Sato, Aiko" in refused.text
    assert "Sato, Aiko to 1201" in refused.text
    assert now(stay).departure == TODAY + timedelta(days=2)
    assert now(other).room_id == desk.house.rooms["1204"].id


def test_the_other_guest_gets_the_room_that_was_shown(agent: Browser, stay: Stay, desk: Desk) -> None:
    other, room = sato(desk), desk.house.rooms["1202"]
    done = agent.post(address(stay), form(stay, "+2", choice=f"to:{other.id}={room.id}"))
    assert done.status_code == 303
    assert now(stay).departure == TODAY + timedelta(days=4)
    assert now(other).room_id == room.id


def test_the_guest_himself_may_move_instead(agent: Browser, stay: Stay, desk: Desk) -> None:
    other, room = sato(desk), desk.house.rooms["1202"]
    agent.post(address(stay), form(stay, "+2", choice=f"move:{room.id}"))
    assert (now(stay).room_id, now(stay).departure) == (room.id, TODAY + timedelta(days=4))
    assert now(other).room_id == desk.house.rooms["1204"].id


def test_a_choice_shown_for_others_is_not_carried_out(agent: Browser, stay: Stay, desk: Desk) -> None:
    other = sato(desk)
    choice = f"to:{other.id + 7}={desk.house.rooms['1202'].id}"
    refused = agent.post(address(stay), form(stay, "+2", choice=choice))
    assert refused.status_code == 409 and "Look at it again" in refused.text
    assert now(stay).departure == TODAY + timedelta(days=2)


@pytest.mark.parametrize("choice", ["to:", "to:x=1", "move:", "move:9999", "to:1", "anything"])
def test_a_choice_that_makes_no_sense_breaks_nothing(agent: Browser, stay: Stay, desk: Desk, choice: str) -> None:
    sato(desk)
    assert agent.post(address(stay), form(stay, "+2", choice=choice)).status_code in (409, 422)


def test_a_promised_room_is_kept_for_the_other(agent: Browser, stay: Stay, desk: Desk) -> None:
    sato(desk, do_not_move=True, do_not_move_why="their room")
    said = agent.get(f"{address(stay)}?day=%2B2").text
    assert "The room was promised" in said
    assert 'value="to:' not in said and "Okafor, Chidi moves to 1201 today" in said


def test_when_no_room_is_left_the_other_has_none_and_that_is_said(agent: Browser, stay: Stay, desk: Desk) -> None:
    other = sato(desk)
    with work():
        for room in ("1201", "1202"):
            desk.house.stay(room=room, nights=6, guest=desk.house.guest("Full", room))
    said = agent.get(f"{address(stay)}?day=%2B1").text
    assert "Sato, Aiko loses the room and has none yet" in said
    with work():
        desk.house.types["STK"] = db.session.merge(desk.house.types["STK"])
        desk.house.types["STK"].overbooking = 5
    agent.post(address(stay), form(stay, "+1", choice="unplaced"))
    assert now(other).room_id in (None, desk.house.rooms["1204"].id)


def test_an_extension_can_be_undone(agent: Browser, stay: Stay) -> None:
    agent.post(address(stay), form(stay, "+2", back="/rack"))
    page = agent.get("/rack").text
    undo = page.partition(f'action="{address(stay)}/undo')[2].partition('"')[0].replace("&amp;", "&")
    assert undo
    agent.post(f"{address(stay)}/undo{undo}")
    assert now(stay).departure == TODAY + timedelta(days=2)


def test_leaving_early_frees_the_nights_and_can_be_undone(agent: Browser, stay: Stay) -> None:
    assert "Leave early" in agent.get(f"{address(stay)}/meaning?day=-1").text
    agent.post(address(stay), form(stay, "-1"))
    assert now(stay).departure == TODAY + timedelta(days=1)
    agent.post(f"{address(stay)}/undo?day=2026-11-23")
    assert now(stay).departure == TODAY + timedelta(days=2)


def test_leaving_on_the_day_of_arrival_asks_for_a_price(agent: Browser, stay: Stay) -> None:
    assert 'name="day_use_price"' in agent.get(f"{address(stay)}?day=today").text
    refused = agent.post(address(stay), form(stay, "today"))
    assert refused.status_code == 422 and 'id="day_use_price-error"' in refused.text
    agent.post(address(stay), form(stay, "today", day_use_price="200"))
    assert now(stay).use is Use.DAY_USE


def test_the_same_day_again_is_refused(agent: Browser, stay: Stay) -> None:
    answer = agent.post(address(stay), form(stay, "23/11"))
    assert answer.status_code == 422 and "already booked until" in answer.text


def test_late_check_out_is_granted_or_refused_with_who_comes(agent: Browser, stay: Stay, desk: Desk) -> None:
    agent.post(f"/stays/{stay.id}/late-check-out")
    assert now(stay).late_check_out
    with work():
        db.session.get_one(Stay, stay.id).late_check_out = False
    sato(desk)
    refused = agent.post(f"/stays/{stay.id}/late-check-out")
    assert refused.status_code == 422 and "Sato, Aiko is to have this room" in refused.text
    assert not now(stay).late_check_out


def test_over_the_rack_the_answer_leads_back_to_it(agent: Browser, stay: Stay) -> None:
    assert "<html" not in agent.get(address(stay), headers=OVER).text
    answer = agent.post(address(stay), form(stay, "+1", back="/rack?days=7"), headers=OVER)
    assert answer.headers["HX-Redirect"] == "/rack?days=7"
    assert agent.post(address(stay), form(stay, "+1", back="//elsewhere.example")).location.startswith("/stays/")


def test_two_desks_do_not_overwrite_each_other(agent: Browser, stay: Stay) -> None:
    seen = form(stay, "+3")
    agent.post(address(stay), form(stay, "+1"))
    second = agent.post(address(stay), seen)
    assert second.status_code == 409 and "Changed by somebody else meanwhile" in second.text
    assert "+3" in second.text or "2026-11-2" in second.text


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["extend"]))
def test_others_extend_nobody(app: Flask, stay: Stay, house: House, role: Role) -> None:
    other = at_desk(app, house, role.value)
    assert other.get(address(stay)).status_code == 403
    assert other.post(address(stay), form(stay, "+1")).status_code == 403
    assert other.post(f"/stays/{stay.id}/late-check-out").status_code == 403
    if access.allowed(house.user(role.value), "see_reservations"):
        assert f'"{address(stay)}"' not in other.get(f"/rack/stays/{stay.id}").text


def test_the_sheet_in_chinese(agent: Browser, stay: Stay, desk: Desk) -> None:
    sato(desk)
    agent.post("/preferences/language", {"language": "zh"})
    main = agent.get(f"{address(stay)}?day=%2B2").text.partition("<main")[2].partition("</main>")[0]
    assert "延住" in main and "将占用" in main and "押金" in main
    for english in ("Extend", "displaces", "What can", "Price", "Told", "night", "to top up"):
        assert english not in main
