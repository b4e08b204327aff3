"""The rack as a page: who has which room, who may see whom, filters, as few statements for many rooms as for few."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, work
from pms.property.models import Closure, ClosureKind, Room
from pms.reservations import closures
from pms.reservations.models import Use
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.front_desk.steps import Desk
from tests.web.statements import counted


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


def bars(agent: Browser, query: str = "") -> str:
    return agent.get(f"/rack{query}").text.partition('class="rk-body"')[2].partition("rk-legend")[0]


def bar_of(agent: Browser, stay_id: int, query: str = "") -> str:
    return bars(agent, query).partition(f"href=/rack/stays/{stay_id}>")[0].rpartition("<a ")[2]


def test_a_reserved_stay_lies_in_its_room_from_noon_to_noon(agent: Browser, desk: Desk) -> None:
    with work():
        stay = desk.house.stay(room="1204", nights=2, guest=desk.house.guest("Okafor", "Chidi"))
    assert bar_of(agent, stay.id) == "class='r a10 z18' "
    assert ">Okafor, Chidi<" in bars(agent)


def test_states_are_told_apart(agent: Browser, desk: Desk) -> None:
    house = desk.house
    with work():
        here = house.stay(room="1201", arrival=-1, nights=3, status=Status.IN_HOUSE)
        leaves = house.stay(room="1202", arrival=-2, nights=2, status=Status.IN_HOUSE)
        gone = house.stay(room="1203", arrival=-2, nights=1, status=Status.CHECKED_OUT)
        overdue = house.stay(room="1204", arrival=-1, nights=3)
        cut = house.stay(room="1205", arrival=-5, nights=6, status=Status.IN_HOUSE)
    found = [bar_of(agent, stay.id).split("'")[1].split(" a")[0] for stay in (here, leaves, gone, overdue, cut)]
    assert found == ["h", "o", "g", "x", "h l"]


def test_an_arrival_is_overdue_when_its_own_time_is_over(
    agent: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pms.clock.now", lambda: NOON)  # 12:00 in Shanghai
    with work():
        stay = desk.house.stay(room="1204", eta="11:30")
        later = desk.house.stay(room="1205", eta="12:30")
    assert bar_of(agent, stay.id).startswith("class='x ")
    assert bar_of(agent, later.id).startswith("class='r ")


def test_the_old_room_of_a_guest_who_moved_shows_where_he_was(agent: Browser, desk: Desk) -> None:
    from pms.reservations import occupancy

    with work():
        stay = desk.house.stay(room="1204", arrival=-2, nights=4, status=Status.IN_HOUSE)
        occupancy.move(stay, desk.house.rooms["1201"], since=TODAY)
        db.session.flush()
    text = bars(agent)
    assert f"class='m a2 z10' href=/rack/stays/{stay.id}>" in text
    assert f"class='h a10 z18' href=/rack/stays/{stay.id}>" in text


def test_vip_group_lock_and_half_days_are_marked(agent: Browser, desk: Desk) -> None:
    with work():
        stay = desk.house.stay(
            room="1301", vip_level=2, do_not_move=True, do_not_move_why="promised", early_arrival=True,
            late_check_out=True,
        )  # fmt: skip
    text = bars(agent).partition(f"/rack/stays/{stay.id}>")[2].partition("</a>")[0]
    assert "star-filled" in text and "#lock" in text and "#sunrise" in text and "#sunset" in text
    assert bar_of(agent, stay.id) == "class='r a8 z19' "


def test_closed_rooms_say_why(agent: Browser, desk: Desk) -> None:
    room, until = desk.house.rooms["1205"], TODAY + timedelta(days=2)
    with work():
        by = desk.by("shift_leader")
        closures.close(room, ClosureKind.OUT_OF_ORDER, TODAY, until, "Shower <leaks>", **by)
        closures.close(desk.house.rooms["1206"], ClosureKind.OUT_OF_SERVICE, TODAY, until, "Carpet", **by)
    text = bars(agent)
    assert "<i class='c a10 z18'>" in text and "Shower &lt;leaks&gt;" in text
    assert "<i class='s a10 z18'>" in text and "Carpet" in text
    assert db.session.query(Closure).count() == 2


def test_day_use_is_seen_although_it_takes_no_night(agent: Browser, desk: Desk) -> None:
    with work():
        stay = desk.house.stay(room="1204", nights=0, use=Use.DAY_USE, status=Status.IN_HOUSE)
    assert bar_of(agent, stay.id) == "class='o a9 z11' "


def test_a_name_is_text_and_not_a_tag(agent: Browser, desk: Desk) -> None:
    with work():
        desk.house.stay(room="1204", guest=desk.house.guest("<b>Bold", "O'Brien & Co"))
    assert "&lt;b&gt;Bold, O&#x27;Brien &amp; Co" in bars(agent)


def test_who_wants_no_disclosure_is_not_named_to_those_who_need_not_know(app: Flask, desk: Desk) -> None:
    with work():
        desk.house.stay(room="1204", guest=desk.house.guest("Secret", "Star", incognito=True))
        desk.house.stay(guest=desk.house.guest("Hidden", "Star", incognito=True))
    concierge = at_desk(app, desk.house, "concierge").get("/rack").text
    assert "Secret" not in concierge and "Hidden" not in concierge and "Name not disclosed" in concierge
    assert "Secret, Star" in at_desk(app, desk.house).get("/rack").text


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["see_reservations"]))
def test_who_may_not_see_reservations_has_no_rack(app: Flask, house: House, role: Role) -> None:
    other = at_desk(app, house, role.value)
    assert other.get("/rack").status_code == 403
    assert 'href="/rack"' not in other.get("/").text


def test_who_may_only_look_finds_nothing_to_do(app: Flask, desk: Desk) -> None:
    with work():
        stay = desk.house.stay(room="1204")
        desk.house.stay()
    cashier = at_desk(app, desk.house, "cashier")
    page = cashier.get("/rack").text
    assert "data-move" not in page and "data-place" not in page and "/placing" not in page
    assert f"/stays/{stay.id}/room" not in cashier.get(f"/rack/stays/{stay.id}").text


def test_a_type_and_a_floor_are_chosen(agent: Browser) -> None:
    assert bars(agent, "?type=SUI").count("data-room") == 2
    assert bars(agent, "?floor=12&type=DLK").count("data-room") == 2
    assert bars(agent, "?floor=12&floor=13").count("data-room") == 8
    assert "2 of 8 rooms" in agent.get("/rack?type=SUI").text


@pytest.mark.parametrize("days", [7, 14, 31, 60])
def test_each_period_draws_its_days(agent: Browser, days: int) -> None:
    page = agent.get(f"/rack?days={days}&from=2026-12-01").text
    assert page.count("rk-day a") == days
    assert f"rk-{days}" in page


def test_nonsense_in_the_address_opens_the_rack_of_today(agent: Browser) -> None:
    page = agent.get("/rack?days=900&from=yesterday&type=NONE&floor=x").text
    assert 'data-first="2026-11-19" data-days="14"' in page


def test_what_is_sold_stands_over_its_day(agent: Browser, desk: Desk) -> None:
    with work():
        for number in ("1201", "1202", "1203", "1204"):
            desk.house.stay(room=number, nights=1)
    page = agent.get("/rack").text
    assert "<span>50 %</span>" in page


def test_many_rooms_cost_no_more_statements_than_few(agent: Browser, desk: Desk) -> None:
    agent.get("/rack")
    with counted() as few:
        agent.get("/rack")
    with work():
        for n in range(40):
            room = Room(number=f"20{n:02d}", floor=20, type_id=desk.house.types["STK"].id)
            db.session.add(room)
            db.session.flush()
            desk.house.rooms[room.number] = room
            desk.house.stay(room=room.number, arrival=n % 5, guest=desk.house.guest(f"Guest{n}"))
    with counted() as many:
        assert agent.get("/rack").text.count("/rack/stays/") >= 40
    assert len(many) == len(few)


def test_the_chinese_rack_speaks_chinese(agent: Browser, desk: Desk) -> None:
    with work():
        desk.house.stay(room="1204", guest=desk.house.guest("Zhao", "Lei", "赵磊"))
    agent.post("/preferences/language", {"language": "zh"})
    page = agent.get("/rack").text
    assert "房态图" in page and ">赵磊<" in page and "标准大床" in page
    for english in ("Room rack", "Reserved", "All types", "Without room", "Today", "Zhao"):
        assert english not in page.partition("<main")[2]


def test_a_bar_leads_to_the_stay_also_without_script(agent: Browser, desk: Desk) -> None:
    with work():
        stay = desk.house.stay(room="1204", guest=desk.house.guest("Okafor", "Chidi"))
    page = agent.get(f"/rack/stays/{stay.id}").text
    assert "<html" in page and "Okafor, Chidi" in page and f"/stays/{stay.id}/room" in page
    assert "<html" not in agent.get(f"/rack/stays/{stay.id}", headers={"HX-Request": "true"}).text
