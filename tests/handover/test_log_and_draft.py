"""The log of the shift, and the handover drafted from what is open in the house (H1, H2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pms import access, clock, notices
from pms.access import Role
from pms.db import db, work
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk.desk import issue_key
from pms.guest_services import boxes_of_the_house, queries_boxes, queries_wake_ups
from pms.guest_services.boxes import Card, give_box
from pms.guest_services.models_boxes import BoxSize
from pms.guest_services.models_visitors import VisitAnswer
from pms.guest_services.visitors import NewVisitor, answered, leave, receive
from pms.guest_services.wake_ups import order_wake_up, ring
from pms.handover import actions, queries
from pms.handover.models import NoteKind
from pms.requests.calls import NewRequest, write_down
from pms.requests.words import Kind
from pms.reservations.status import Status
from pms.say import from_json, say
from pms.shifts import HALF, Duty, Shift, duty_at, ending, next_shift_ends
from tests.builders import NOON, TODAY
from tests.guest_services.steps import Counter
from tests.handover.steps import THREE, Desk
from tests.races import race
from tests.web.statements import counted

HOURS = st.integers(0, 366 * 24 * 60).map(lambda minutes: NOON + timedelta(minutes=minutes))


@given(HOURS)
def test_a_shift_is_handed_over_around_its_end_and_never_before_its_middle(moment: datetime) -> None:
    handed, on = ending(moment), duty_at(moment)
    assert handed == duty_at(moment - HALF)
    assert handed == on or duty_at(moment - timedelta(hours=8)) == handed
    assert on.day in (moment.date(), moment.date() - timedelta(days=1))


@pytest.mark.parametrize(
    ("hour", "day", "shift"),
    [(0, 20, Shift.LATE), (4, 20, Shift.NIGHT), (6, 20, Shift.NIGHT), (12, 21, Shift.EARLY), (22, 21, Shift.LATE)],
)
def test_the_shift_that_ends_is_found_by_the_clock(hour: int, day: int, shift: Shift) -> None:
    assert ending(datetime(2026, 11, 21, hour, 30, tzinfo=UTC)) == Duty(date(2026, 11, day), shift)


def test_everything_open_in_the_house_is_in_the_draft(desk: Desk) -> None:
    with work():
        counter = Counter(desk.house)
        guest = counter.guest("1204", nights=1, arrival=-1)
        counter.message(guest)
        counter.store(stay=guest, due_at=THREE + timedelta(hours=1))
        desk.house.stay(arrival=0)
        issue_key(guest, desk.house.rooms["1204"].id, 2, now=NOON - timedelta(days=1))
        notices.tell((Department.FRONT_DESK,), say("Nobody is in house."), about=guest, by=desk.house.user(), now=NOON)
        desk.note()
        handover = desk.draft()
    assert desk.sources(handover) == ["notes", "messages", "luggage", "arrivals", "due_outs", "keys", "notices"]


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("local", "until", "hours"),
    [
        ("2026-11-21 15:00", "2026-11-21 23:00", 8),
        ("2026-11-21 20:00", "2026-11-22 07:00", 11),
        ("2026-10-24 23:00", "2026-10-25 07:00", 9),  # the clock goes back at night
        ("2026-03-28 23:00", "2026-03-29 07:00", 7),
    ],
)
def test_the_next_shift_ends_by_the_hotels_clock(local: str, until: str, hours: int) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=BERLIN)
    found = next_shift_ends(now)
    assert f"{found:%Y-%m-%d %H:%M}" == until
    assert found.astimezone(UTC) - now.astimezone(UTC) == timedelta(hours=hours)


def test_wake_ups_until_the_end_of_the_next_shift_are_handed_over(desk: Desk) -> None:
    with work():
        counter = Counter(desk.house)
        stay = counter.guest()
        for wall in ("2026-11-21 22:45", "2026-11-21 23:30"):
            order_wake_up(stay, datetime.fromisoformat(wall), **counter.by())
        (point,) = desk.points(desk.draft())
        assert (point.source, point.room) == ("wake_ups", "1204")
        assert "22:45" in str(from_json(point.text))
        ring(queries_wake_ups.load(int(point.about.partition(":")[2])), True, **counter.by())
        assert desk.sources(desk.draft()) == []


def test_the_night_of_a_clock_change_hands_over_the_call_of_its_ninth_hour(desk: Desk) -> None:
    with work():
        db.session.execute(sa.update(clock.BusinessDay).values(zone="Europe/Berlin"))
        stay = Counter(desk.house).guest()
        desk.now = datetime(2026, 10, 24, 23, 0, tzinfo=BERLIN).astimezone(UTC)
        order_wake_up(stay, datetime.fromisoformat("2026-10-25 06:30"), by=desk.house.user("concierge"), now=desk.now)
        assert desk.sources(desk.draft()) == ["wake_ups"]


def test_a_box_of_a_guest_who_leaves_today_is_handed_over(desk: Desk) -> None:
    with work():
        counter = Counter(desk.house)
        boxes_of_the_house.add_boxes("12", BoxSize.SMALL, **counter.by("assistant_manager"))
        (box,) = queries_boxes.free_boxes()
        stay = counter.guest("1204", nights=2)
        give_box(box, stay, Card("Fischer, Anna"), **counter.by("cashier"))
        assert desk.sources(desk.draft()) == []
        stay.departure = TODAY
        db.session.flush()
        sources = desk.sources(desk.draft())
    assert "boxes" in sources


def test_a_visitor_still_with_a_guest_is_handed_over_until_he_leaves(desk: Desk) -> None:
    with work():
        counter = Counter(desk.house)
        counter.guest()
        visitor = receive(NewVisitor("Karin Vogt", "Fischer"), **counter.by())
        answered(visitor, VisitAnswer.COMES_UP, **counter.by())
        (point,) = desk.points(desk.draft())
        assert (point.source, point.room) == ("visitors", "1204")
        assert "Karin Vogt is with the guest since 12:00" in str(from_json(point.text))
        leave(visitor, **counter.by())
        assert desk.sources(desk.draft()) == []


def test_calls_that_are_not_done_are_handed_over(desk: Desk) -> None:
    with work():
        call = write_down(
            NewRequest(Kind.REPAIR, "The lamp flickers", place="By the fountain", department=Department.ENGINEERING),
            **desk.by(),
        )
        (point,) = desk.points(desk.draft())
    assert (point.source, point.room) == ("requests", "By the fountain")
    assert call.number in str(from_json(point.text))


def test_what_is_done_meanwhile_is_not_in_the_next_draft(desk: Desk) -> None:
    with work():
        note = desk.note()
        assert desk.sources(desk.draft()) == ["notes"]
        actions.settle_note(note, **desk.by())
        assert desk.sources(desk.draft()) == []


def test_luggage_due_after_the_next_shift_waits_for_a_later_handover(desk: Desk) -> None:
    with work():
        Counter(desk.house).store(due_at=THREE + timedelta(hours=9))
        assert desk.sources(desk.draft()) == []


def test_drafting_asks_as_often_for_many_open_points_as_for_few(desk: Desk) -> None:
    with work():
        desk.house.stay(arrival=0)
        desk.draft()
        with counted() as few:
            desk.draft()
        for _ in range(5):
            desk.house.stay(arrival=0)
            desk.note()
        with counted() as many:
            desk.draft()
    assert len(many) <= len(few)


def test_names_of_guests_without_disclosure_are_for_those_who_may_know(desk: Desk) -> None:
    with work():
        desk.house.stay(arrival=0, guest=desk.house.guest("Weber", incognito=True))
        handover = desk.draft()
    (known,) = queries.points_of(handover.id, see_incognito=True)
    (hidden,) = queries.points_of(handover.id, see_incognito=False)
    assert ("Weber" in known.guest, hidden.guest) == (True, "")


def test_open_lines_stay_until_somebody_settles_them(desk: Desk) -> None:
    with work():
        for kind in NoteKind:
            desk.note(kind.value, kind)
    assert [row.kind for row in queries.open_notes()] == [NoteKind.OPEN, NoteKind.REMEMBER]
    assert len(queries.notes_of(Duty(TODAY, Shift.LATE))) == 3


def test_a_line_says_something_that_fits(desk: Desk) -> None:
    with work():
        for text in ("  ", "x" * 501):
            with pytest.raises(Refused):
                desk.note(text)


def test_what_was_done_is_not_settled(desk: Desk) -> None:
    with work(), pytest.raises(Refused, match="nothing left to do"):
        actions.settle_note(desk.note(kind=NoteKind.DONE), **desk.by())


@pytest.mark.both_engines
def test_of_two_who_settle_a_line_one_is_told_who_was_faster(app: Flask, desk: Desk) -> None:
    with work():
        note = desk.note().id
        desk.house.user()
    results = race(app, 2, lambda n: actions.settle_note(queries.note(note), **desk.by()))
    assert sorted(type(result) for result in results if result) == [Conflict]


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["write_log"]))
def test_other_roles_do_not_write_the_log(desk: Desk, role: Role) -> None:
    with work():
        note = desk.note()
        with pytest.raises(NotAllowed):
            desk.note(role=role.value)
        with pytest.raises(NotAllowed):
            actions.settle_note(note, **desk.by(role.value))


def test_a_guest_in_house_is_no_open_point(desk: Desk) -> None:
    with work():
        desk.house.stay(room="1204", status=Status.IN_HOUSE, nights=3)
        assert desk.sources(desk.draft()) == []
