"""The pages of a change of rooms midway: the plan leads to it, the guest agrees, the day reminds everybody (P7)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import clock
from pms.db import db, reading, work
from pms.front_desk import actions
from pms.reservations import actions as reservations
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.reservations.queries_moves import agreed
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.front_desk.steps import Desk


@pytest.fixture
def full(house: House) -> int:
    """Chen has booked four nights; 1201 is free on the first two and 1204 on the last two."""
    with work():
        house.stay(arrival=2, room="1201", guest=house.guest("Weber"))
        house.stay(arrival=0, room="1204", guest=house.guest("Koch"))
        house.stay(nights=4, room="1202", guest=house.guest("Wolf"))
        return house.stay(nights=4, guest=house.guest("Chen", "Wei", "陈伟")).id


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


def form_on(browser: Browser, path: str, consent: str = "Mr Chen, by telephone") -> dict[str, str]:
    page = browser.get(path).text
    parts = re.search(r'name="parts" value="([^"]*)"', page)
    version = re.search(r'name="version" value="(\d+)"', page)
    assert parts and version, page
    return {"parts": parts[1], "version": version[1], "consent": consent}


def agree(browser: Browser, stay_id: int) -> None:
    answer = browser.post(f"/stays/{stay_id}/midway", form_on(browser, f"/stays/{stay_id}/midway"))
    assert answer.status_code == 303, answer.text


def on_the_day(house: House, stay_id: int) -> None:
    """He has checked in, and it is the day of his move."""
    with work():
        Desk(house).check_in(load_stay(stay_id))
        clock.advance_business_date(TODAY, TODAY + timedelta(days=2), at=NOON)


def test_the_plan_leads_to_it_and_shows_what_was_agreed(agent: Browser, house: House, full: int) -> None:
    run = agent.post("/placing", {"stay": [str(full)]}).headers["Location"]
    agent.post(f"{run}/plan")
    page = agent.get(run).text
    link = f"/stays/{full}/midway?run={run.rsplit('/', 1)[1]}"
    assert link in page and 'data-key="m"' in page
    answer = agent.post(link, form_on(agent, link))
    assert (answer.status_code, answer.headers["Location"]) == (303, run)
    page = agent.get(run).text
    assert "Everybody has a room" in page and "Nobody could be placed" not in page
    assert "moves to 1204 on" in page and link not in page and "changes rooms midway, as agreed" in page
    assert f'action="/stays/{full}/room/undo?room=0' in page
    agent.post(f"/stays/{full}/room/undo?room=0&back={run}")
    with reading():
        assert load_stay(full).room_id is None and not agreed(full)
    assert link in agent.get(run).text


def test_rooms_that_an_open_plan_gives_to_others_are_not_offered(agent: Browser, house: House, full: int) -> None:
    """The plan gives 1201 to Lang, who arrives with him; nobody has accepted it yet."""
    with work():
        lang = house.stay(nights=2, guest=house.guest("Lang"), vip_level=1).id
    run = agent.post("/placing", {"stay": [str(full), str(lang)]}).headers["Location"]
    agent.post(f"{run}/plan")
    assert "midway" not in agent.get(run).text, "1201 is the VIP's"
    assert "No change of rooms to offer" in agent.get(f"/stays/{full}/midway?run={run.rsplit('/', 1)[1]}").text
    assert "The guest agrees" in agent.get(f"/stays/{full}/midway").text, "without the plan 1201 is free"


def test_the_clerk_sees_rooms_and_days_and_asks_the_guest(agent: Browser, full: int) -> None:
    page = agent.get(f"/stays/{full}/midway").text
    rooms = re.findall(r'<th scope="row">(\d+)</th><td>([^<]*)</td><td>([^<]*)</td><td>(\d)</td>', page)
    assert rooms == [("1201", "Sat 21 Nov", "Mon 23 Nov", "2"), ("1204", "Mon 23 Nov", "Wed 25 Nov", "2")]
    form = form_on(agent, f"/stays/{full}/midway", consent="")
    refused = agent.post(f"/stays/{full}/midway", form)
    assert refused.status_code == 422 and "Write down who agreed" in refused.text
    agree(agent, full)
    page = agent.get(f"/stays/{full}").text
    assert "moves to 1204 on Mon 23 Nov" in page and "Mr Chen, by telephone" in page
    assert "Change of rooms agreed" in page and "1201, then 1204 from" in page, "the history has it"


def test_rooms_that_were_not_on_the_page_are_refused_with_what_was_typed(agent: Browser, full: int) -> None:
    form = form_on(agent, f"/stays/{full}/midway") | {"parts": "nonsense"}
    answer = agent.post(f"/stays/{full}/midway", form)
    assert answer.status_code == 422 and "Choose the rooms again" in answer.text
    assert 'value="Mr Chen, by telephone"' in answer.text


def test_who_worked_on_the_stay_meanwhile_is_not_run_over(agent: Browser, full: int) -> None:
    form = form_on(agent, f"/stays/{full}/midway") | {"version": "0"}
    assert agent.post(f"/stays/{full}/midway", form).status_code == 409


def test_the_pages_speak_chinese(app: Flask, house: House, full: int) -> None:
    agent = at_desk(app, house, language="zh")
    page = agent.get(f"/stays/{full}/midway").text
    assert "中途换房" in page and "客人同意" in page and "agrees" not in page
    agree(agent, full)
    assert "换至 1204" in agent.get(f"/stays/{full}").text
    on_the_day(house, full)
    assert "今日应换房" in agent.get("/").text


def test_who_may_not_place_neither_sees_nor_does_it(app: Flask, house: House, agent: Browser, full: int) -> None:
    concierge = at_desk(app, house, "concierge")
    assert "midway" not in concierge.get(f"/stays/{full}").text
    assert concierge.get(f"/stays/{full}/midway").status_code == 403
    assert concierge.post(f"/stays/{full}/midway", form_on(agent, f"/stays/{full}/midway")).status_code == 403
    agree(agent, full)
    page = concierge.get(f"/stays/{full}").text
    assert "moves to 1204" in page and "Need not move" not in page
    assert concierge.post(f"/stays/{full}/moves/2026-11-23/drop").status_code == 403


def test_the_check_in_sheet_reminds_the_clerk_to_say_it(agent: Browser, full: int) -> None:
    agree(agent, full)
    page = agent.get(f"/stays/{full}/check-in").text
    assert "Tell the guest: moves to 1204 on Mon 23 Nov, as agreed." in page
    assert "Given to this guest" in page


def test_on_the_day_the_desk_sees_who_moves_and_whether_the_room_is_ready(
    app: Flask, house: House, agent: Browser, full: int
) -> None:
    agree(agent, full)
    on_the_day(house, full)
    page = agent.get("/").text
    panel = page[page.index("To change rooms today") :][:900]
    assert f"/stays/{full}/room-change" in panel and "1201" in panel and "1204" in panel and "Clean" in panel
    housekeeping = at_desk(app, house, "housekeeping").get("/").text
    assert "To change rooms today" in housekeeping and "Chen" not in housekeeping
    with work():
        actions.change_room(load_stay(full), house.rooms["1204"], "as agreed", by=house.user(), now=NOON)
    assert "To change rooms today" not in agent.get("/").text


def test_the_sheet_of_the_room_change_is_filled_in_as_agreed(agent: Browser, house: House, full: int) -> None:
    agree(agent, full)
    on_the_day(house, full)
    page = agent.get(f"/stays/{full}/room-change").text
    assert "Move to 1204?" in page and 'value="Mr Chen, by telephone"' in page
    assert "As agreed: no room was free on all nights." in page
    with reading():
        version = str(db.session.get_one(Stay, full).version)
    form = {"version": version, "other": "as agreed", "asked_by": "house", "consent": "Mr Chen", "number": "1204"}
    assert agent.post(f"/stays/{full}/room-change", form | {"rate": "keep", "keys": "1"}).status_code == 303
    with reading():
        stay = load_stay(full)
        assert stay.room and stay.room.number == "1204" and not agreed(full)


def test_before_the_day_another_room_is_not_filled_in(agent: Browser, house: House, full: int) -> None:
    agree(agent, full)
    with work():
        Desk(house).check_in(load_stay(full))
    page = agent.get(f"/stays/{full}/room-change").text
    assert "Move to 1204?" not in page and "another room takes the place of it" in page


def test_the_rack_shows_him_in_both_rooms_with_the_sign_of_a_change(agent: Browser, house: House, full: int) -> None:
    agree(agent, full)
    on_the_day(house, full)
    page = agent.get("/rack?from=2026-11-21").text
    bars = re.findall(rf"<a class='(\w) [^>]*href=/rack/stays/{full}>(.*?)</a>", page)
    assert [state for state, _ in bars] == ["m", "r"] or [state for state, _ in bars] == ["h", "r"]
    assert "arrows-exchange" in bars[1][1] and "arrows-exchange" not in bars[0][1]
    assert "moves to 1204 on Mon 23 Nov" in agent.get(f"/rack/stays/{full}").text


def test_he_need_not_move_once_the_room_is_free(agent: Browser, house: House, full: int) -> None:
    agree(agent, full)
    refused = agent.post(f"/stays/{full}/moves/2026-11-23/drop")
    assert refused.status_code == 409 and "Room 1201 is given to Weber" in refused.text
    with work():
        weber = db.session.scalars(sa.select(Stay).where(Stay.arrival == TODAY + timedelta(days=2))).one()
        reservations.cancel(weber, "ill", by=house.user("reservation_clerk"), now=NOON)
    assert "Need not move" in agent.get(f"/stays/{full}").text
    assert agent.post(f"/stays/{full}/moves/2026-11-23/drop").status_code == 303
    page = agent.get(f"/stays/{full}").text
    assert "moves to 1204 on" not in page
    assert "Change of rooms not needed any more" in page


def test_the_audit_page_leads_to_the_room_change(
    app: Flask, house: House, agent: Browser, full: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(agent, full)
    on_the_day(house, full)
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(days=2, hours=14))
    page = at_desk(app, house, "night_auditor").get("/night-audit").text
    assert "was to move from room 1201 to room 1204" in page
    assert f"/stays/{full}/room-change" in page


def test_housekeeping_sees_who_moves_in(app: Flask, house: House, agent: Browser, full: int) -> None:
    agree(agent, full)
    on_the_day(house, full)
    assert "moves in from 1201" in at_desk(app, house, "housekeeping").get("/housekeeping?show=all").text
