"""Wake-up calls: by the hotel's clock, once, again after five minutes, then in person (Q4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.guest_services import queries_wake_ups, wake_ups
from pms.guest_services.models_wake_ups import WakeUp, WakeUpState
from pms.notices import Notice, NoticeTo
from pms.reservations.models import Group, Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.clients import at_desk
from tests.guest_services.pages import main_of
from tests.guest_services.steps import Counter
from tests.races import race

at = datetime.fromisoformat  # without zone: what the hotel's clock shows
SIX = at("2026-11-22 06:00")
BERLIN = ZoneInfo("Europe/Berlin")


def ordered(counter: Counter, stay: Stay, wall: datetime = SIX) -> WakeUp:
    wake_ups.order_wake_up(stay, wall, **counter.by())
    db.session.flush()
    return db.session.query(WakeUp).filter_by(stay_id=stay.id).order_by(WakeUp.id.desc()).first()  # type: ignore[return-value]


def test_a_call_rings_when_the_hotels_clock_shows_its_time(counter: Counter) -> None:
    call = ordered(counter, counter.guest())
    assert (call.wall, call.next_at) == ("2026-11-22 06:00", datetime(2026, 11, 21, 22, 0, tzinfo=UTC))


@pytest.mark.both_engines
def test_the_same_call_is_never_ordered_twice(counter: Counter) -> None:
    stay = counter.guest()
    assert wake_ups.order_wake_up(stay, SIX, **counter.by())
    assert not wake_ups.order_wake_up(stay, SIX, **counter.by())
    wake_ups.cancel_wake_up(db.session.query(WakeUp).one(), **counter.by())
    assert wake_ups.order_wake_up(stay, SIX, **counter.by())


@given(st.datetimes(at("2026-01-01 00:00"), at("2027-12-31 00:00")))
def test_the_clock_change_neither_loses_nor_doubles_a_call(wall: datetime) -> None:
    shown = wake_ups.instant_of(wall, BERLIN).astimezone(BERLIN).replace(tzinfo=None)
    if wake_ups.is_left_out(wall, BERLIN):
        assert shown - wall == timedelta(hours=1)
    else:
        assert shown == wall


def test_on_the_nights_of_the_clock_change() -> None:
    spring, autumn = at("2026-03-29 02:30"), at("2026-10-25 02:30")
    assert wake_ups.is_left_out(spring, BERLIN) and not wake_ups.is_left_out(autumn, BERLIN)
    assert wake_ups.instant_of(spring, BERLIN) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert wake_ups.instant_of(autumn, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # the first half past two


def test_no_answer_rings_again_after_five_minutes_then_somebody_goes_up(counter: Counter) -> None:
    call = ordered(counter, counter.guest())
    wake_ups.ring(call, False, **counter.by())
    assert (call.state, call.next_at) == (WakeUpState.WAITING, NOON + timedelta(minutes=5))
    wake_ups.ring(call, False, **counter.by())
    assert call.state is WakeUpState.GO_UP
    told = db.session.query(NoticeTo.department).join(Notice).filter(Notice.about == f"wakeup:{call.id}")
    assert {row[0] for row in told} == {Department.CONCIERGE, Department.SECURITY, Department.ASSISTANT_MANAGER}
    wake_ups.woken(call, **counter.by())
    assert call.state is WakeUpState.WOKEN


@pytest.mark.both_engines
def test_two_operators_ring_once_and_the_second_hears_of_it(app: Flask, counter: Counter) -> None:
    with work():
        call, who = ordered(counter, counter.guest()), counter.by()
    results = race(app, 2, lambda _: wake_ups.ring(db.session.get_one(WakeUp, call.id), True, **who))
    (late,) = [result for result in results if isinstance(result, Exception)]
    assert isinstance(late, Conflict)
    assert str(late.reason) == "This wake-up call: Answered by Concierge at 12:00."


def test_a_whole_group_is_woken_those_in_house_only(counter: Counter) -> None:
    group = Group(code="WLT", name="Tour", arrival=TODAY, departure=TODAY + timedelta(days=1))
    group.plan_id = counter.house.plans["GRP"].id
    db.session.add(group)
    db.session.flush()
    with pytest.raises(Refused, match="Nobody of group WLT"):
        wake_ups.order_for_group(group, SIX, **counter.by())
    first = counter.guest("1201", group_id=group.id)
    counter.guest("1202", guest=counter.person("Wu", "Min"), group_id=group.id)
    counter.house.stay(group_id=group.id)
    wake_ups.order_wake_up(first, SIX, **counter.by())
    assert wake_ups.order_for_group(group, SIX, **counter.by()) == 1  # the other one stands already


def test_who_is_not_in_the_house_and_times_that_are_over(counter: Counter) -> None:
    with pytest.raises(Refused, match="guests in house"):
        wake_ups.order_wake_up(counter.house.stay(arrival=1), SIX, **counter.by())
    with pytest.raises(Refused, match="over already"):
        wake_ups.order_wake_up(counter.guest(), at("2026-11-21 12:00"), **counter.by())


def test_who_has_left_is_not_rung(counter: Counter) -> None:
    stay = counter.guest()
    ordered(counter, stay)
    assert len(queries_wake_ups.worklist(NOON, see_incognito=True)) == 1
    stay.status, stay.checked_out_on = Status.CHECKED_OUT, TODAY
    db.session.flush()
    assert queries_wake_ups.worklist(NOON, see_incognito=True) == []


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["wake_guests"]))
def test_who_wakes_nobody(app: Flask, counter: Counter, role: Role) -> None:
    with work():
        call = ordered(counter, counter.guest())
        with pytest.raises(NotAllowed):
            wake_ups.ring(call, True, **counter.by(role.value))
        with pytest.raises(NotAllowed):
            wake_ups.order_wake_up(call.stay, SIX + timedelta(hours=1), **counter.by(role.value))
    other = at_desk(app, counter.house, role.value)
    assert other.get("/wake-ups").status_code == 403
    assert other.post(f"/wake-ups/{call.id}/answered").status_code == 403
    assert 'href="/wake-ups"' not in other.get("/").text


def test_the_worklist_orders_rings_and_keeps_what_was_typed(app: Flask, counter: Counter) -> None:
    with time_machine.travel(NOON, tick=False):
        with work():
            counter.guest(guest=counter.person("Hart", "Ruth", incognito=True))
        for language in ("zh", "en"):
            operator = at_desk(app, counter.house, "department_staff", language=language)
            assert operator.get("/wake-ups").status_code == 200
        wrong: list[tuple[dict[str, Any], str]] = [
            ({"who": "1204", "due_at": "soon"}, "is not a"),
            ({"who": "9999", "due_at": "6:30"}, "no room and no group"),
            ({"who": "1201", "due_at": "6:30"}, "Nobody lives in room 1201"),
        ]
        for typed, words in wrong:
            page = operator.post("/wake-ups", typed)
            assert page.status_code == 422 and words in page.text and f'value="{typed["who"]}"' in page.text
        assert operator.post("/wake-ups", {"who": "1204", "due_at": "6:30"}).status_code == 303
        page = operator.get("/wake-ups").text
        assert "1204" in main_of(page) and "Hart" not in page  # the operator need not know
        with reading():
            call_id = db.session.query(WakeUp).one().id
        operator.post(f"/wake-ups/{call_id}/unanswered")
        assert "second call" in main_of(operator.get("/wake-ups").text)
        operator.post(f"/wake-ups/{call_id}/answered")
        assert operator.post(f"/wake-ups/{call_id}/answered").status_code == 409


def test_the_nights_paper_has_tomorrows_calls(counter: Counter) -> None:
    ordered(counter, counter.guest())
    (line,) = queries_wake_ups.wake_ups(TODAY)
    assert (line.wall, line.room, line.guest, line.state) == ("2026-11-22 06:00", "1204", "Fischer, Anna", "waiting")
    assert queries_wake_ups.wake_ups(TODAY - timedelta(days=2)) == []
