"""No clean room at arrival (C10): he waits, the room is promised and cleaned first, and he is called afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access, clock
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk import actions
from pms.front_desk.models_waiting import AfterWait, RoomWait
from pms.front_desk.queries_waiting import calls_due, wait_of, waiting_for_room
from pms.guest_services.actions import Deposited, store_luggage, take_to_room
from pms.guest_services.models import Luggage
from pms.handover.sources import Moment, everything_open
from pms.notices import Department, Notice, NoticeTo
from pms.property.actions import promise_room
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Stay
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.front_desk.steps import Desk, journal_of, told_about
from tests.races import race
from tests.web.statements import counted

HALF_AN_HOUR = timedelta(minutes=30)


def waited(desk: Desk, room: str = "1204", surname: str = "Weber") -> Stay:
    """A guest who waited for his room from noon on and got it ten minutes later."""
    stay = desk.house.stay(room=room, guest=desk.house.guest(surname, "Karl"))
    actions.ask_rush_cleaning(stay, **desk.by())
    desk.now = NOON + timedelta(minutes=10)
    desk.check_in(stay)
    return stay


def called(desk: Desk, stay: Stay, outcome: AfterWait, said: str = "", role: str = "front_desk_agent") -> None:
    actions.call_afterwards(wait_of(stay.id), outcome, said, **desk.by(role))


# --- Waiting ----------------------------------------------------------------------------------------------------------
def test_rush_cleaning_tells_housekeeping_and_puts_the_guest_on_the_list(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    actions.ask_rush_cleaning(stay, **desk.by())
    assert Department.HOUSEKEEPING in told_about(stay)
    assert journal_of(stay) == ["ask_rush_cleaning"]
    assert [(guest.stay.id, guest.since) for guest in waiting_for_room(TODAY)] == [(stay.id, NOON)]


def test_rush_cleaning_needs_a_room(desk: Desk) -> None:
    with pytest.raises(Refused, match="room first"):
        actions.ask_rush_cleaning(desk.house.stay(), **desk.by())


@pytest.mark.both_engines
def test_asking_again_does_not_make_the_wait_shorter(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    actions.ask_rush_cleaning(stay, **desk.by())
    desk.now = NOON + HALF_AN_HOUR
    actions.ask_rush_cleaning(stay, **desk.by())
    assert [guest.since for guest in waiting_for_room(TODAY)] == [NOON]


# --- The promise ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["front_desk_agent", "housekeeping"])
def test_a_promised_room_is_told_to_the_desk_and_to_housekeeping(desk: Desk, role: str) -> None:
    room = desk.house.rooms["1204"]
    room.housekeeping = Housekeeping.DIRTY
    promise_room(room, NOON + HALF_AN_HOUR, **desk.by(role))
    assert room.ready_at == NOON + HALF_AN_HOUR
    told = sa.select(NoticeTo.department).join(Notice, Notice.id == NoticeTo.notice_id)
    about = db.session.scalars(told.where(Notice.about == f"room:{room.id}"))
    assert set(about) == {Department.FRONT_DESK, Department.HOUSEKEEPING}


@pytest.mark.parametrize(
    ("state", "in_minutes", "why"),
    [
        (Housekeeping.CLEAN, 30, "is ready already"),
        (Housekeeping.DIRTY, 0, "must lie ahead"),
        (Housekeeping.DIRTY, 13 * 60, "next twelve hours"),
    ],
)
def test_a_room_is_not_promised_when_it_is_clean_nor_for_no_time_of_today(
    desk: Desk, state: Housekeeping, in_minutes: int, why: str
) -> None:
    room = desk.house.rooms["1204"]
    room.housekeeping = state
    with pytest.raises(Refused, match=why):
        promise_room(room, NOON + timedelta(minutes=in_minutes), **desk.by())


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["set_housekeeping"]))
def test_other_roles_promise_no_room(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        promise_room(house.rooms["1204"], NOON + HALF_AN_HOUR, by=house.user(role.value), now=NOON)


# --- The call afterwards ----------------------------------------------------------------------------------------------
def test_who_waited_is_called_half_an_hour_after_his_check_in(desk: Desk) -> None:
    stay = waited(desk)
    assert [(call.stay.id, call.due_at) for call in calls_due()] == [(stay.id, NOON + timedelta(minutes=40))]
    assert waiting_for_room(TODAY) == []


def test_who_did_not_wait_is_not_called(desk: Desk) -> None:
    desk.guest_in_house("1204")
    assert calls_due() == []


def test_a_check_in_taken_back_makes_the_guest_wait_again(desk: Desk) -> None:
    stay = waited(desk)
    actions.undo_check_in(stay, **desk.by())
    assert (calls_due(), [guest.stay.id for guest in waiting_for_room(TODAY)]) == ([], [stay.id])


def test_nobody_answers_and_the_call_is_due_again_in_a_quarter_of_an_hour(desk: Desk) -> None:
    stay = waited(desk)
    called(desk, stay, AfterWait.NO_ANSWER)
    assert [call.due_at for call in calls_due()] == [desk.now + timedelta(minutes=15)]


def test_all_is_well_and_the_call_is_done(desk: Desk) -> None:
    stay = waited(desk)
    called(desk, stay, AfterWait.ALL_WELL)
    assert calls_due() == []
    assert wait_of(stay.id).outcome is AfterWait.ALL_WELL
    assert "call_afterwards" in journal_of(stay)
    assert Department.ASSISTANT_MANAGER not in told_about(stay)


def test_what_is_not_well_is_written_down_and_told_to_the_am(desk: Desk) -> None:
    stay = waited(desk)
    with pytest.raises(Refused, match="what is not well"):
        called(desk, stay, AfterWait.NOT_WELL, "  ")
    called(desk, stay, AfterWait.NOT_WELL, "空调太响")
    assert (wait_of(stay.id).said, calls_due()) == ("空调太响", [])
    assert Department.ASSISTANT_MANAGER in told_about(stay)


def test_a_guest_who_waits_still_or_has_left_is_not_called(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    actions.ask_rush_cleaning(stay, **desk.by())
    with pytest.raises(Refused, match="not in the house"):
        called(desk, stay, AfterWait.ALL_WELL)


def test_the_second_who_calls_hears_who_has_called_and_when(desk: Desk) -> None:
    stay = waited(desk)
    called(desk, stay, AfterWait.ALL_WELL, role="shift_leader")
    with pytest.raises(Conflict, match=r"Shift Leader has called this guest already, at 12:10"):
        called(desk, stay, AfterWait.ALL_WELL)


@pytest.mark.both_engines
def test_of_two_who_call_at_once_one_is_told(app: Flask, house: House) -> None:
    with work():
        stay_id, clerks = waited(Desk(house)).id, [house.user("front_desk_agent"), house.user("shift_leader")]

    def call(number: int) -> None:
        actions.call_afterwards(wait_of(stay_id), AfterWait.ALL_WELL, by=clerks[number], now=NOON + HALF_AN_HOUR)

    results = race(app, 2, call)
    assert sorted(type(result) for result in results if result) == [Conflict]


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "values",
    [
        {"outcome": AfterWait.ALL_WELL},
        {"outcome": AfterWait.NO_ANSWER, "called": True},
        {"outcome": AfterWait.NOT_WELL, "called": True},
    ],
)
def test_the_database_keeps_no_call_without_its_caller_or_its_words(house: House, values: dict[str, Any]) -> None:
    answered = values.pop("called", False)
    by = {"called_at": NOON, "called_by": house.user().id} if answered else {}
    with pytest.raises(IntegrityError):
        db.session.execute(
            sa.insert(RoomWait).values(
                stay_id=house.stay().id, since=NOON, said="", **by, outcome=AfterWait(values["outcome"])
            )
        )


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["call_afterwards"]))
def test_other_roles_do_not_call(desk: Desk, role: Role) -> None:
    with pytest.raises(NotAllowed):
        called(desk, waited(desk), AfterWait.ALL_WELL, role=role.value)


def test_the_next_shift_is_told_whom_to_call(desk: Desk) -> None:
    stay = waited(desk)
    points = [
        (source, point.about, point.room)
        for source, point in everything_open(Moment(TODAY, desk.now, desk.now + timedelta(hours=8)))
    ]
    assert ("calls", f"stay:{stay.id}", "1204") in points


# --- Luggage to the room ----------------------------------------------------------------------------------------------
def left_bags(desk: Desk, stay: Stay, pieces: int = 2) -> Luggage:
    bags = Deposited(depositor="Weber", pieces=pieces, description="bags", shelf="A1",
                     due_at=NOON + timedelta(hours=4), no_valuables=True, no_dangerous_goods=True)  # fmt: skip
    return store_luggage(bags, stay=stay, **desk.by("concierge"))


def test_the_luggage_follows_the_guest_to_his_room_once(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    bags = left_bags(desk, stay)
    left_bags(desk, stay, pieces=1)
    with pytest.raises(Refused, match="Check the guest in first"):
        take_to_room(stay, **desk.by("concierge"))
    desk.check_in(stay)
    assert take_to_room(stay, **desk.by("concierge")) == 3
    assert (bags.here, bags.released_to, bags.proof) == (0, "1204", "room")
    with pytest.raises(Conflict, match="lies here any more"):
        take_to_room(stay, **desk.by("concierge"))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["release_luggage"]))
def test_other_roles_carry_no_luggage(desk: Desk, role: Role) -> None:
    with pytest.raises(NotAllowed):
        take_to_room(desk.guest_in_house(), **desk.by(role.value))


# --- The pages --------------------------------------------------------------------------------------------------------
@pytest.fixture
def clerk(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    return at_desk(app, house)


def someone_waits(house: House, state: Housekeeping = Housekeeping.DIRTY) -> int:
    with work():
        stay = house.stay(room="1204", guest=house.guest("Weber", "Karl"))
        house.rooms["1204"].housekeeping = state
        actions.ask_rush_cleaning(stay, by=house.user(), now=NOON)
        return house.rooms["1204"].id


def test_a_time_typed_on_the_waiting_page_stands_there_and_on_the_desk(clerk: Browser, house: House) -> None:
    room_id = someone_waits(house)
    assert clerk.post(f"/room-queue/rooms/{room_id}", {"ready_at": "13:30"}).status_code == 303
    for page in ("/room-queue", "/"):
        assert "13:30" in clerk.get(page).text
    assert fresh_room(room_id).ready_at == NOON + timedelta(minutes=90)


@pytest.mark.parametrize(("typed", "why"), [("", "write the time"), ("soon", "not a"), ("11:59", "twelve hours")])
def test_a_promise_that_is_refused_keeps_what_was_typed(clerk: Browser, house: House, typed: str, why: str) -> None:
    answer = clerk.post(f"/room-queue/rooms/{someone_waits(house)}", {"ready_at": typed})
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{typed}"' in answer.text


def test_housekeeping_promises_on_its_own_page(app: Flask, house: House, clerk: Browser) -> None:
    room_id = someone_waits(house)
    attendant = at_desk(app, house, "housekeeping")
    assert attendant.post(f"/housekeeping/rooms/{room_id}/promise", {"ready_at": "13:10"}).status_code == 303
    assert "13:10" in attendant.get(f"/housekeeping/rooms/{room_id}").text
    wrong = attendant.post(f"/housekeeping/rooms/{room_id}/promise", {"ready_at": "11:00"})
    assert wrong.status_code == 422
    assert "twelve hours" in wrong.text
    assert at_desk(app, house, "concierge").post(f"/housekeeping/rooms/{room_id}/promise").status_code == 403


@pytest.mark.parametrize(("language", "words"), [("en", "Call afterwards: is all well?"), ("zh", "入住后回访")])
def test_the_call_stands_on_both_pages_late_in_red_and_is_done_there(
    app: Flask, house: House, language: str, words: str
) -> None:
    with work():
        stay_id = waited(Desk(house)).id
    with time_machine.travel(NOON + timedelta(minutes=41), tick=False):
        clerk = at_desk(app, house, language=language)
        for path in ("/", "/room-queue"):
            page = clerk.get(path).text
            assert words in page
            assert "state late" in page
        wordless = clerk.post(f"/room-queue/calls/{stay_id}", {"outcome": "not_well"})
        assert wordless.status_code == 422
        assert clerk.post(f"/room-queue/calls/{stay_id}", {"outcome": "gone"}).status_code == 422
        assert clerk.post(f"/room-queue/calls/{stay_id}", {"outcome": "all_well"}).status_code == 303
        assert words not in clerk.get("/room-queue").text
        assert clerk.post(f"/room-queue/calls/{stay_id}", {"outcome": "all_well"}).status_code == 409


def test_what_the_guest_said_stays_in_the_form_when_it_is_refused(clerk: Browser, house: House) -> None:
    with work():
        stay_id = waited(Desk(house)).id
    answer = clerk.post(f"/room-queue/calls/{stay_id}", {"outcome": "not_well", "said": "x" * 201})
    assert answer.status_code == 422
    assert "x" * 201 in answer.text


def test_luggage_is_sent_up_from_both_pages(app: Flask, house: House, clerk: Browser) -> None:
    desk = Desk(house)
    with work():
        stay = waited(desk)
        luggage_id = left_bags(desk, stay).id
    assert f"/luggage/to-room/{stay.id}" in clerk.get("/room-queue").text
    assert f"/luggage/to-room/{stay.id}" in at_desk(app, house, "concierge").get(f"/luggage/{luggage_id}").text
    answer = clerk.post(f"/luggage/to-room/{stay.id}", {"back": "/room-queue"})
    assert (answer.status_code, answer.location) == (303, "/room-queue")
    assert "taken to the room" in clerk.get(f"/luggage/{luggage_id}").text
    assert at_desk(app, house, "housekeeping").post(f"/luggage/to-room/{stay.id}").status_code == 403


def test_who_may_not_call_sees_neither_page_nor_panel(app: Flask, house: House) -> None:
    with work():
        stay_id = waited(Desk(house)).id
    other = at_desk(app, house, "reservation_clerk")
    assert other.get("/room-queue").status_code == 403
    assert other.post(f"/room-queue/calls/{stay_id}", {"outcome": "all_well"}).status_code == 403
    assert "room-queue" not in other.get("/").text


@pytest.mark.both_engines
def test_the_lists_take_no_query_a_guest(desk: Desk) -> None:
    waited(desk)
    db.session.expire_all()
    with counted() as one:
        calls_due()
    waited(desk, "1203", "Tan")
    db.session.expire_all()
    with counted() as two:
        [(call.stay.guest.name, call.stay.room and call.stay.room.number) for call in calls_due()]
    assert len(one) == len(two) == 1


def fresh_room(room_id: int) -> Room:
    with reading():
        return db.session.get_one(Room, room_id, populate_existing=True)
