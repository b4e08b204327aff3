"""The page that places many guests: whom, the plan to look at, accepted in part, on the grid, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.reservations.models import Group, Stay
from tests.builders import TODAY, House
from tests.clients import Browser, at_desk


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


def coming(house: House, surname: str = "Okafor", *, incognito: bool = False, **values: Any) -> int:
    with work():
        return house.stay(guest=house.guest(surname, "Chidi", incognito=incognito), **values).id


def room_of(stay_id: int) -> str:
    with reading():
        room = db.session.get_one(Stay, stay_id, populate_existing=True).room
        return room.number if room else ""


def planned(browser: Browser, *stays: int) -> str:
    """The address of a plan for these guests, made."""
    address = browser.post("/placing", {"stay": [str(stay) for stay in stays]}).headers["Location"]
    assert "Looking for" in browser.get(address).text
    assert browser.post(f"{address}/plan").status_code == 303
    return address


def test_the_page_lists_who_waits_on_these_days(agent: Browser, house: House) -> None:
    coming(house, "Adler")
    coming(house, "Brandt", arrival=2)
    coming(house, "Placed", room="1204")
    page = agent.get("/placing").text
    assert "Adler" in page and "Brandt" not in page and "Placed" not in page
    assert "Brandt" in agent.get("/placing?until=%2B2").text
    assert "is not a day" in agent.get("/placing?from=someday").text


def test_one_group_is_chosen(agent: Browser, house: House) -> None:
    coming(house, "Adler")
    with work():
        plan = house.plans["GRP"].id
        group = Group(code="WLT", name="West Lake", name_zh="西湖", arrival=TODAY, departure=TODAY, plan_id=plan)
        db.session.add(group)
        db.session.flush()
        house.stay(guest=house.guest("Guo", "Feng"), group_id=group.id)
        number = group.id
    page = agent.get(f"/placing?group={number}").text
    assert "Guo" in page and "Adler" not in page and f'value="{number}" selected' in page


def test_a_plan_is_seen_accepted_and_taken_back(agent: Browser, house: House) -> None:
    stays = [coming(house, name) for name in ("Adler", "Brandt")]
    address = planned(agent, *stays)
    page = agent.get(address).text
    assert "Plan of rooms" in page and "2/2" in page and "Accept 2" in page
    assert [room_of(stay) for stay in stays] == ["", ""]
    agent.post(f"{address}/accept", {"stay": [str(stays[0])]})
    assert room_of(stays[0]) and room_of(stays[1]) == ""
    page = agent.get(address).text
    assert f'action="{address}/undo"' in page and "1 guests have rooms now." in page
    agent.post(f"{address}/undo")
    assert room_of(stays[0]) == "" and "took it back at" in agent.get(address).text


def test_accepting_twice_says_so_and_changes_nothing(agent: Browser, house: House) -> None:
    stay = coming(house)
    address = planned(agent, stay)
    agent.post(f"{address}/accept", {"stay": [str(stay)]})
    again = agent.post(f"{address}/accept", {"stay": [str(stay)]})
    assert again.status_code == 409 and "accepted or taken back already" in again.text


def test_nobody_chosen_keeps_the_page(agent: Browser, house: House) -> None:
    stay = coming(house, "Adler")
    none = agent.post("/placing", {})
    assert none.status_code == 422 and "Adler" in none.text and "Error:" in none.text
    address = planned(agent, stay)
    assert agent.post(f"{address}/accept", {}).status_code == 422


def test_who_is_left_over_stands_first_with_what_could_be_done(agent: Browser, house: House) -> None:
    stays = [coming(house, name, kind="STT") for name in ("Adler", "Brandt")]  # the house has one
    page = agent.get(planned(agent, *stays)).text.partition("pl-left")[2]
    left, _, placed = page.partition("<table")
    assert "No room of the type is free for Brandt" in left and "<li>" in left
    assert "Adler" in placed


def test_why_and_why_not_are_answered_beside_the_row(agent: Browser, house: House) -> None:
    stay = coming(house, wishes="room:1202")
    address = planned(agent, stay)
    why = agent.get(f"{address}/stays/{stay}/why").text
    assert "Why 1202?" in why and "The room they asked for." in why and "Why not 1201?" in why
    assert "1205 is of another type" in agent.get(f"{address}/stays/{stay}/why-not?room=1205").text
    assert "There is no such room." in agent.get(f"{address}/stays/{stay}/why-not?room=77").text


def test_the_plan_lies_over_the_room_grid(agent: Browser, house: House) -> None:
    coming(house, "Nearby", room="1204")
    stay = coming(house, "Adler")
    address = planned(agent, stay)
    grid = agent.get(f"{address}?as=grid").text
    assert grid.count("rk-ghost") == 1 and "Nearby" in grid
    agent.post(f"{address}/accept", {"stay": [str(stay)]})
    assert "rk-ghost" not in agent.get(f"{address}?as=grid").text


def test_progress_is_shown_while_it_is_planned(agent: Browser, house: House) -> None:
    address = agent.post("/placing", {"stay": [str(coming(house))]}).headers["Location"]
    assert 'data-state="asked"' in agent.get(f"{address}/progress").text
    agent.post(f"{address}/plan")
    assert 'data-state="planned"' in agent.get(f"{address}/progress").text


def test_who_wants_no_disclosure_has_no_name_for_a_reservation_clerk(app: Flask, house: House) -> None:
    hidden = coming(house, "Secretive", kind="STT", incognito=True)
    other = coming(house, "Adler", kind="STT", incognito=True)
    clerk = at_desk(app, house, "reservation_clerk")
    assert "Secretive" not in clerk.get("/placing").text
    address = planned(clerk, hidden, other)
    page = clerk.get(address).text
    assert "Secretive" not in page and "Adler" not in page and "No room was found." in page
    assert "Secretive" in at_desk(app, house).get(address).text


def test_guests_who_have_rooms_are_planned_again_when_asked(agent: Browser, house: House) -> None:
    with work():
        house.rooms["1204"].quiet = 90
    stay = coming(house, "Adler", room="1201", wishes="quiet,room:1204")
    assert "Adler" not in agent.get("/placing").text
    page = agent.get("/placing?again=all").text
    assert "Adler" in page and "1201" in page
    address = agent.post("/placing", {"stay": [str(stay)], "again": "all"}).headers["Location"]
    agent.post(f"{address}/plan")
    assert "1201 →" in agent.get(address).text
    agent.post(f"{address}/accept", {"stay": [str(stay)]})
    assert room_of(stay) == "1204"
    agent.post(f"{address}/undo")
    assert room_of(stay) == "1201"


def test_a_plan_that_leaves_somebody_over_is_made_again_with_as_few_moves_as_possible(
    agent: Browser, house: House
) -> None:
    with work():
        house.rooms["1204"].accessible = True
    has = coming(house, "Has", room="1204")
    needs = coming(house, "Needs", needs="accessible")
    page = agent.get(planned(agent, needs)).text
    assert 'name="again" value="few"' in page
    address = agent.post("/placing", {"stay": [str(needs)], "again": "few"}).headers["Location"]
    agent.post(f"{address}/plan")
    page = agent.get(address).text
    assert "2/2" in page and "1204 →" in page and 'name="again" value="few"' not in page
    agent.post(f"{address}/accept", {"stay": [str(needs), str(has)]})
    assert room_of(needs) == "1204" and room_of(has) in ("1201", "1202")


def test_a_run_that_is_not_there_is_missing(agent: Browser) -> None:
    assert agent.get("/placing/77").status_code == 404


def test_the_page_speaks_chinese(app: Flask, house: House) -> None:
    stay = coming(house, "Adler")
    clerk = at_desk(app, house, language="zh")
    assert "排房" in clerk.get("/placing").text
    address = clerk.post("/placing", {"stay": [str(stay)]}).headers["Location"]
    clerk.post(f"{address}/plan")
    assert "排房预览" in clerk.get(address).text


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["place"]))
def test_others_do_not_place_guests(app: Flask, agent: Browser, house: House, role: Role) -> None:
    stay = coming(house)
    address = planned(agent, stay)
    other = at_desk(app, house, role.value)
    for path in ("/placing", address, f"{address}/progress", f"{address}/stays/{stay}/why", f"/stays/{stay}/why-not"):
        assert other.get(path).status_code == 403
    for path in ("/placing", f"{address}/plan", f"{address}/accept", f"{address}/undo"):
        assert other.post(path, {"stay": [str(stay)]}).status_code == 403
    assert 'href="/placing"' not in other.get("/").text
    assert room_of(stay) == ""
