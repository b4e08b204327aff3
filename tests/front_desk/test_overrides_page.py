"""The page that sets one rule aside for one guest (P2, P15), and where it is shown afterwards."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.assignment.queries_overrides import overrides_of
from pms.db import reading, work
from tests.builders import House
from tests.clients import Browser, at_desk


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


@pytest.fixture
def stay(house: House) -> int:
    with work():
        house.rooms["1201"].smoking = True
        guest = house.guest("Okafor", "Chidi", keep_apart="law/a")
        return house.stay(room="1201", wishes="lake_view", needs="non_smoking", guest=guest).id


def aside(stay_id: int) -> list[str]:
    with reading():
        return [each.rule for each in overrides_of(stay_id)]


def test_a_rule_is_chosen_by_name_and_shown_wherever_reasons_are(agent: Browser, house: House, stay: int) -> None:
    assert f'href="/stays/{stay}/rules"' in agent.get(f"/stays/{stay}").text
    page = agent.get(f"/stays/{stay}/rules").text
    assert "Wish: lake view" in page and "No lake view." in page and "1201 is a smoking room." in page
    answer = agent.post(f"/stays/{stay}/rules", {"rule": "smoking_as_needed", "why": "He agreed at the desk"})
    assert answer.status_code == 303 and aside(stay) == ["smoking_as_needed"]
    for path in (f"/stays/{stay}/rules", f"/stays/{stay}", f"/stays/{stay}/room"):
        page = agent.get(path).text
        assert "He agreed at the desk" in page and "Smoking or non-smoking as needed" in page, path
        assert re.search(r"Front Desk Agent(</td><td>|, )[^<]*\d\d:\d\d", page), path


def test_it_is_shown_in_the_plan(agent: Browser, stay: int) -> None:
    agent.post(f"/stays/{stay}/rules", {"rule": "wish_lake_view", "why": "City is fine"})
    run = agent.post("/placing", {"stay": [str(stay)], "again": "all"}).headers["Location"]
    agent.post(f"{run}/plan")
    assert "City is fine" in agent.get(f"{run}/stays/{stay}/why").text


def test_it_holds_again_with_one_press(agent: Browser, stay: int) -> None:
    agent.post(f"/stays/{stay}/rules", {"rule": "wish_lake_view", "why": "City is fine"})
    assert f"/stays/{stay}/rules/wish_lake_view/hold" in agent.get(f"/stays/{stay}").text  # Undo of the toast
    assert agent.post(f"/stays/{stay}/rules/wish_lake_view/hold").status_code == 303
    assert aside(stay) == []


def test_who_is_kept_apart_is_the_ams_alone(app: Flask, house: House, agent: Browser, stay: int) -> None:
    name = "kept_apart_on_other_floors"
    page = agent.get(f"/stays/{stay}/rules").text
    assert f'value="{name}"' not in page and "Ask: Assistant manager" in page
    assert agent.post(f"/stays/{stay}/rules", {"rule": name, "why": "x"}).status_code == 403
    am = at_desk(app, house, "assistant_manager")
    assert f'value="{name}"' in am.get(f"/stays/{stay}/rules").text
    am.post(f"/stays/{stay}/rules", {"rule": name, "why": "They have made peace"})
    page = agent.get(f"/stays/{stay}/rules").text
    assert aside(stay) == [name] and "They have made peace" in page and f"rules/{name}/hold" not in page
    assert agent.post(f"/stays/{stay}/rules/{name}/hold").status_code == 403
    assert aside(stay) == [name]


@pytest.mark.parametrize(("form", "says"), [
    ({"rule": "wish_lake_view", "why": ""}, "Write down who agreed"),
    ({"rule": "", "why": "typed words"}, "Choose a rule"),
    ({"rule": "free_on_every_night", "why": "x"}, "always holds"),
])  # fmt: skip
def test_nothing_typed_is_lost_when_it_is_refused(agent: Browser, stay: int, form: dict[str, str], says: str) -> None:
    answer = agent.post(f"/stays/{stay}/rules", form)
    assert answer.status_code == 422 and says in answer.text and f'value="{form["why"]}"' in answer.text
    assert aside(stay) == []


@pytest.mark.parametrize("role", sorted(access.ALLOWED["see_reservations"] - access.ALLOWED["place"]))
def test_other_roles_see_it_and_set_nothing_aside(app: Flask, house: House, stay: int, role: Role) -> None:
    browser = at_desk(app, house, role.value)
    assert f"/stays/{stay}/rules" not in browser.get(f"/stays/{stay}").text
    assert browser.get(f"/stays/{stay}/rules").status_code == 403
    assert browser.post(f"/stays/{stay}/rules", {"rule": "wish_lake_view", "why": "x"}).status_code == 403


def test_chinese_has_its_own_words(app: Flask, house: House, stay: int) -> None:
    page = at_desk(app, house, language="zh").get(f"/stays/{stay}/rules").text
    assert "Set a rule aside" not in page and "Hold" not in page
