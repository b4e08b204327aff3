"""The pages of the roster: who may see and write what, refusals with what was typed, a swap from page to page (H4)."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from pms import access, clock
from pms.access import Role
from pms.accounts.passwords import make_hash
from pms.db import db, work
from pms.departments import Department
from pms.handover import queries_roster, roster
from pms.handover.models_roster import Swap
from pms.handover.rules_roster import monday_of, parse_cell
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.guest_services.pages import main_of
from tests.handover.team import NEXT, Team

WEEK = f"/roster?day={NEXT}"
EDIT = f"/roster/edit?department=front_desk&day={NEXT}"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def leader(app: Flask, team: Team) -> Browser:
    return at_desk(app, team.house, "shift_leader")


def cells(team: Team, *typed: tuple[str, int, str, str], seen: int = 1) -> dict[str, str]:
    """`("front_desk_agent", 0, "E lobby", "L")`: what stood there and what is typed."""
    data = {"seen": str(seen)}
    for role, day, was, now in typed:
        name = f"{team.user(role).id}_{day}"
        data |= {f"w_{name}": was, f"c_{name}": now}
    return data


def test_everybody_sees_the_week_of_his_department(app: Flask, team: Team) -> None:
    page = main_of(at_desk(app, team.house).get(WEEK).text)
    assert "Night Auditor" in page and "lobby" in page and "Front desk" in page
    assert "Night Auditor" not in main_of(at_desk(app, team.house, "concierge").get(WEEK).text)


def test_a_leader_writes_the_week_by_its_cells(leader: Browser, team: Team) -> None:
    assert 'value="E lobby"' in leader.get(EDIT).text
    assert (
        leader.post(
            EDIT, cells(team, ("front_desk_agent", 0, "E lobby", ""), ("front_desk_agent", 3, "", "n"))
        ).status_code
        == 303
    )
    assert team.shifts() == {3: "night"}


def test_what_a_leader_did_not_touch_stays_as_somebody_else_wrote_it(leader: Browser, team: Team) -> None:
    leader.post(EDIT, cells(team, ("front_desk_agent", 0, "L", "L"), ("front_desk_agent", 3, "", "E")))
    assert team.shifts() == {0: "early lobby", 3: "early"}


def test_a_wrong_cell_is_shown_again_with_everything_typed(leader: Browser, team: Team) -> None:
    answer = leader.post(
        EDIT, cells(team, ("front_desk_agent", 3, "", "L cashier"), ("front_desk_agent", 4, "", "shift"))
    )
    assert answer.status_code == 422
    assert 'value="L cashier"' in answer.text and 'value="shift"' in answer.text
    assert f'href="#c_{team.user().id}_4"' in answer.text


def test_who_was_slower_keeps_what_he_typed_and_sees_the_new_week(leader: Browser, team: Team) -> None:
    with work():
        team.write(("front_desk_agent", 0, "N"))
    answer = leader.post(EDIT, cells(team, ("front_desk_agent", 3, "", "L cashier")))
    assert answer.status_code == 409 and "has changed this week meanwhile" in answer.text
    assert 'value="L cashier"' in answer.text and 'value="N"' in answer.text
    again = cells(team, ("front_desk_agent", 3, "", "L cashier"), seen=2)
    assert leader.post(EDIT, again).status_code == 303
    assert team.shifts() == {0: "night", 3: "late cashier"}


def test_somebody_of_another_department_is_put_on_the_roster(leader: Browser, team: Team) -> None:
    with work():
        bell = team.user("concierge").id
    assert leader.post(EDIT, {"seen": "1", "c_also_2": "E", "w_also_2": ""}).status_code == 422
    assert "Choose who works these shifts." in leader.answer.text
    assert leader.post(EDIT, {"seen": "1", "also": str(bell), "c_also_2": "E", "w_also_2": ""}).status_code == 303
    assert team.shifts("concierge") == {2: "early"}


def test_the_week_before_is_copied_with_one_button(leader: Browser, team: Team) -> None:
    copy = "/roster/copy?department=front_desk&day=2026-11-30"
    assert leader.post(copy).status_code == 303
    assert "lobby" in main_of(leader.get("/roster?day=2026-11-30").text)
    assert leader.post(copy).status_code == 422
    assert "There is nothing to copy" in leader.answer.text


def test_a_swap_from_page_to_page(app: Flask, leader: Browser, team: Team) -> None:
    agent = at_desk(app, team.house)
    assert 'id="swap-form"' in agent.get(WEEK).text
    other = team.user("night_auditor").id
    wrong = {"day": str(NEXT), "other": str(other), "in_return": "someday"}
    assert agent.post(f"/roster/swaps?day={NEXT}", wrong).status_code == 422
    assert 'value="someday"' in agent.answer.text
    assert agent.post(f"/roster/swaps?day={NEXT}", wrong | {"in_return": "2026-11-26"}).status_code == 422
    assert "Night Auditor has no shift on" in agent.answer.text
    assert agent.post(f"/roster/swaps?day={NEXT}", wrong | {"in_return": "2026-11-24"}).status_code == 303
    swap = db.session.query(Swap).one().id
    address = f"/roster/swaps/{swap}"
    assert "/withdraw" in agent.get(address).text and "/approve" not in agent.answer.text
    asked = at_desk(app, team.house, "night_auditor")
    assert "/agree" in asked.get(address).text
    assert leader.post(f"{address}/approve").status_code == 409
    assert asked.post(f"{address}/agree").status_code == 303
    assert agent.post(f"{address}/approve").status_code == 403
    assert "/approve" in leader.get(address).text
    assert leader.post(f"{address}/decline", {"reason": ""}).status_code == 422
    assert leader.post(f"{address}/approve").status_code == 303
    assert team.shifts() == {1: "night"}
    assert "Approved" in main_of(agent.get(WEEK).text)


def test_a_swap_is_nobody_elses_business(app: Flask, team: Team) -> None:
    with work():
        swap = team.ask().id
    stranger = at_desk(app, team.house, "concierge")
    assert stranger.get(f"/roster/swaps/{swap}").status_code == 404
    assert stranger.post(f"/roster/swaps/{swap}/agree").status_code == 404
    assert stranger.post(f"/roster/swaps/{swap}/dance").status_code == 404


def test_who_is_on_now_stands_on_the_handover_and_where_a_colleague_approves(app: Flask, team: Team) -> None:
    with work():
        team.house.user("shift_leader").password_hash = make_hash("river stone lantern")
        monday = monday_of(TODAY)
        roster.write_week(
            Department.FRONT_DESK,
            monday,
            {(team.user("shift_leader").id, TODAY): parse_cell("e lobby")},
            seen=0,
            **team.by(),
        )
    agent = at_desk(app, team.house)
    assert re.search(r"On now.*Shift Leader.*lobby", main_of(agent.get("/handover").text), re.S)
    page = agent.post("/drawer", {"of_10000": "1", "reason": "A tip"}).text
    assert re.search(r"On now:.*Shift Leader", page, re.S)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_and_does_what_it_may(app: Flask, house: House, role: Role) -> None:
    browser = at_desk(app, house, role.value)
    writes = role in access.ALLOWED["keep_roster"]
    page = browser.get(WEEK)
    assert page.status_code == 200
    assert ("/roster/edit" in page.text, "/roster/copy" in page.text) == (writes, writes)
    assert browser.get(EDIT).status_code == (200 if writes else 403)
    if not writes:
        assert browser.post(EDIT, {"seen": "0"}).status_code == 403
        assert browser.post(f"/roster/copy?day={NEXT}").status_code == 403


def test_no_page_shows_a_wrong_address_as_an_error_of_ours(leader: Browser) -> None:
    assert leader.get("/roster?department=moon&day=yesterday").status_code == 200
    assert leader.get("/roster/swaps/99").status_code == 404
    assert queries_roster.staff()
