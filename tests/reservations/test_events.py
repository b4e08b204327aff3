"""The events board (R14) and clerks' credit (R13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access, notices
from pms.access import Role
from pms.db import db, work
from pms.departments import Department
from pms.errors import NotAllowed, Refused
from pms.reservations import actions, events, queries_events
from pms.reservations.events import NewEvent
from pms.reservations.models_events import Event
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk, day, journal_of


def dinner(**values: Any) -> NewEvent:
    row = {"day": TODAY, "starts": "18:30", "ends": "21:00", "title": "Xinhe annual dinner", "place": "Lotus Hall"}
    return NewEvent(**(row | values))


def test_what_is_on_stands_on_the_board_by_time(clerk: Clerk) -> None:
    clerk.do(events.write_event, dinner())
    event = clerk.do(events.write_event, dinner(starts="09:00", ends="", title="Sales meeting", place="Room 2"))
    clerk.do(events.write_event, dinner(day=day(1), title="Wedding"))
    assert [event.title for event in queries_events.events_of(TODAY)] == ["Sales meeting", "Xinhe annual dinner"]
    assert [action for action, _ in journal_of(event)] == ["write_event"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"place": ""}, "place"),
        ({"day": day(-1)}, "day"),
        ({"starts": "6 pm"}, "starts"),
        ({"ends": "18:00"}, "ends"),
        ({"covers": -1}, "covers"),
    ],
)
def test_a_senseless_event_is_refused(clerk: Clerk, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as no:
        clerk.do(events.write_event, dinner(**values))
    assert no.value.field == field


def test_what_is_called_off_leaves_the_board_and_those_who_serve_it_are_told(clerk: Clerk) -> None:
    event = clerk.do(events.write_event, dinner())
    clerk.do(events.call_off, event)
    assert queries_events.events_of(TODAY) == []
    assert "Lotus Hall, is called off" in str(notices.open_for(Department.BANQUET)[0].text)
    with pytest.raises(Refused, match="called off already"):
        clerk.do(events.call_off, event)


@pytest.mark.both_engines
def test_the_database_keeps_the_times_in_order(house: House) -> None:
    row = {"day": TODAY, "title": "Tea", "place": "Lobby", "written_at": NOON, "starts": "10:00", "ends": "09:00"}
    with pytest.raises(IntegrityError), work():
        db.session.add(Event(**row, written_by=house.user().id))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["write_events"]))
def test_other_roles_only_look_at_the_board(clerk: Clerk, role: Role) -> None:
    event = clerk.do(events.write_event, dinner())
    for action, what in ((events.write_event, dinner()), (events.call_off, event)):
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(action, what)


def test_each_booking_counts_for_the_clerk_who_took_it(clerk: Clerk, supervisor: Clerk) -> None:
    mine = clerk.take(clerk.room("STK", 1, 2), clerk.room("DLK", 1, 1))
    supervisor.book("STK", nights=3)
    clerk.do(actions.cancel, mine.stays[0], "Flu")
    with work():
        db.session.merge(mine).booked_on = TODAY - timedelta(days=1)
    assert [tuple(line) for line in queries_events.clerks_credit(TODAY)] == [
        ("Reservation Clerk", None, 0, 0, 0, 0, 1, 2, 3, 234_000, 1),
        ("Reservation Supervisor", None, 1, 1, 3, 204_000, 1, 1, 3, 204_000, 0),
    ]
    assert queries_events.clerks_credit(day(-30)) == []


# --- The pages -------------------------------------------------------------------------------------------------------
def test_the_board_is_written_and_seen_by_everybody(desk: Browser, app: Flask, house: House) -> None:
    typed = {"title": "Xinhe dinner", "place": "Lotus Hall", "day": TODAY.isoformat(), "starts": "18:30"}
    wrong = desk.post("/events", typed | {"starts": "6pm"})
    assert wrong.status_code == 422 and 'value="Lotus Hall"' in wrong.text
    assert desk.post("/events", typed | {"title": ""}).status_code == 422
    assert desk.post("/events", typed).status_code == 303
    other = at_desk(app, house, "housekeeping")
    page = other.get("/events").text
    assert "Xinhe dinner" in page and "/call-off" not in page
    assert other.post("/events", typed).status_code == 403
    assert other.post("/events/1/call-off").status_code == 403
    assert desk.post("/events/1/call-off").status_code == 303
    assert desk.post("/events/1/call-off").status_code == 422
    assert "Nothing is on" in other.get("/events").text


def test_credit_is_for_those_who_see_revenue(desk: Browser, app: Flask, house: House, clerk: Clerk) -> None:
    clerk.book("STK", nights=2)
    page = desk.get("/credit").text
    assert "Reservation Clerk" in page and "1,360.00" in page
    assert at_desk(app, house, "reservation_clerk").get("/credit").status_code == 403


def test_a_clerk_is_called_by_the_chinese_name_on_a_chinese_page(app: Flask, house: House, clerk: Clerk) -> None:
    clerk.book("STK", nights=2)
    with work():
        db.session.merge(clerk.by).name_zh = "周敏"
    page = at_desk(app, house, "reservation_supervisor", language="zh").get("/credit").text
    assert "周敏" in page and "Reservation Clerk" not in page
