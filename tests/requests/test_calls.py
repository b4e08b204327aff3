"""Every call is written down, classed and numbered; dispatched, accepted once, done and signed (S1, S2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, work
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.property.models import Closure
from pms.requests import actions, queries
from pms.requests.models import Call
from pms.requests.rules import DUE_WITHIN, Level
from pms.requests.status import MOVES, may
from pms.requests.words import Kind, State
from tests.builders import NOON, TODAY
from tests.guest_services.steps import journal_of
from tests.races import race
from tests.requests.steps import Centre, told

LATER = NOON + timedelta(days=1)


def test_a_call_gets_a_number_a_class_and_its_department(centre: Centre) -> None:
    stay = centre.guest()
    call = centre.repair()
    assert (call.number, call.kind, call.state) == ("00001", Kind.REPAIR, State.DISPATCHED)
    assert (call.stay_id, call.guest_id, call.where) == (stay.id, stay.guest_id, "1204")
    assert call.due_at == NOON + timedelta(minutes=30)  # as the service says
    assert told(call) == [Department.ENGINEERING]
    assert journal_of(f"call:{call.id}") == ["write_down_request", "dispatch_request"]


@pytest.mark.parametrize("kind", [Kind.ENQUIRY, Kind.REQUEST, Kind.REPAIR])
def test_without_a_service_the_class_says_when_it_is_due(centre: Centre, kind: Kind) -> None:
    assert centre.call(kind=kind).due_at == NOON + DUE_WITHIN[kind]


def test_what_is_urgent_is_due_in_a_quarter_of_an_hour(centre: Centre) -> None:
    assert centre.repair(urgent=True).due_at == NOON + timedelta(minutes=15)


def test_an_answered_enquiry_is_closed_and_another_keeps_its_time(centre: Centre) -> None:
    answered = centre.call(kind=Kind.ENQUIRY, text="When does the pool open?", answer="At six")
    asked = centre.call(kind=Kind.ENQUIRY, text="Is there a train at five?", due_at=NOON + timedelta(hours=2))
    assert (answered.state, answered.outcome) == (State.CLOSED, "At six")
    assert (asked.state, asked.due_at) == (State.OPEN, NOON + timedelta(hours=2))


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({"text": " "}, "text"),
        ({"department": None}, "department"),
        ({"kind": Kind.COMPLAINT, "reason": "noise"}, "severity"),
        ({"kind": Kind.COMPLAINT, "severity": 1}, "reason"),
        ({"answer": "Done"}, "answer"),
        ({"due_at": NOON}, "due_at"),
        ({"text": "x" * 1001}, "text"),
    ],
)
def test_what_a_call_cannot_lack(centre: Centre, new: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as no:
        centre.call(**new)
    assert no.value.field == field


def test_a_call_kept_back_is_dispatched_by_hand_and_may_go_elsewhere(centre: Centre) -> None:
    call = centre.call(dispatched=False)
    assert (call.state, told(call)) == (State.OPEN, [])
    actions.dispatch(call, **centre.by("concierge"))
    actions.dispatch(call, Department.HOUSEKEEPING, **centre.by("concierge"))
    assert told(call) == [Department.CONCIERGE, Department.HOUSEKEEPING]
    assert call.department is Department.HOUSEKEEPING


@pytest.mark.both_engines
def test_two_accept_one_call_and_the_second_hears_who_and_when(app: Flask, centre: Centre) -> None:
    with work():
        call, first = centre.repair(), centre.engineer()
        second = centre.house.user("department_staff", login="sun", name="Sun Bo", department=Department.ENGINEERING)
    clerks = (first, second)
    results = race(app, 2, lambda n: actions.accept(db.session.get_one(Call, call.id), by=clerks[n], now=NOON))
    (conflict,) = [result for result in results if isinstance(result, Exception)]
    winner = next(clerks[n] for n in range(2) if isinstance(results[n], Call))
    assert isinstance(conflict, Conflict)
    assert str(conflict.reason) == f"Call 00001: Accepted by {winner.name} on Sat 21 Nov 2026 at 12:00."
    assert journal_of(f"call:{call.id}").count("accept_request") == 1


def test_only_the_department_takes_a_call_or_the_desk_for_it(centre: Centre) -> None:
    call = centre.repair()
    with pytest.raises(Refused, match="This is for Engineering"):
        actions.accept(call, **centre.by("concierge"))
    assert actions.accept(call, **centre.by("shift_leader")).state is State.ACCEPTED


def test_a_repair_is_signed_for_or_a_note_is_left(centre: Centre) -> None:
    call = centre.repair()
    with pytest.raises(Refused) as no:
        actions.finish(call, "New bulb", **centre.by("engineer"))
    assert (no.value.field, no.value.offers[0].kind) == ("signed_by", "note_left")
    actions.finish(call, "New bulb", note_left=True, **centre.by("engineer"))
    assert (call.state, call.ended_on, call.note_left) == (State.DONE, TODAY, True)


def test_a_request_needs_no_call_back(centre: Centre) -> None:
    call = centre.call()
    assert centre.finished(call).state is State.CLOSED


def test_urgent_work_comes_before_the_ticket(centre: Centre) -> None:
    call = centre.repair(urgent=True, dispatched=False)
    assert centre.finished(call).state is State.DONE  # from not dispatched


def test_not_possible_today_says_why_and_when(centre: Centre) -> None:
    call = centre.repair()
    for why, until, field in ((" ", LATER, "why_later"), ("No spare part", None, "until"), ("No part", NOON, "until")):
        with pytest.raises(Refused) as no:
            actions.postpone(call, why, until, **centre.by("engineer"))
        assert no.value.field == field
    actions.postpone(call, "Spare part comes tomorrow", LATER, **centre.by("engineer"))
    assert (call.state, call.due_at, call.why_later) == (State.POSTPONED, LATER, "Spare part comes tomorrow")
    assert actions.accept(call, **centre.by("engineer")).state is State.ACCEPTED


def test_a_withdrawn_call_keeps_the_reason_and_is_over(centre: Centre) -> None:
    call = centre.call()
    with pytest.raises(Refused, match="why"):
        actions.cancel(call, "", **centre.by())
    actions.cancel(call, "Rain has stopped", **centre.by())
    with pytest.raises(Conflict, match=r"Call 00001: Withdrawn by Front Desk Agent on .* at 12:00"):
        actions.accept(call, **centre.by("concierge"))


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("move", list(MOVES))
def test_a_call_moves_only_from_where_the_table_says(centre: Centre, state: State, move: str) -> None:
    from pms.requests.moving import move as push

    call = centre.call()
    call.state = state
    db.session.flush()
    if may(state, move):
        asked = {"satisfied": move == "satisfied", "called_back_at": NOON} if "satisfied" in move else {}
        assert push(call, move, **asked, **centre.by()).state is MOVES[move].target
    else:
        with pytest.raises(Conflict, match="Call 00001"):
            push(call, move, **centre.by())


def test_a_repair_takes_its_room_out_of_order_and_gives_it_back(centre: Centre) -> None:
    call = centre.repair(room="1202")
    closure = actions.take_room_out(call, TODAY + timedelta(days=2), **centre.by("shift_leader"))
    assert closure.reason == "00001 The lamp is dark"
    with pytest.raises(Conflict, match="1202 is out of order already"):
        actions.take_room_out(call, TODAY + timedelta(days=2), **centre.by("shift_leader"))
    actions.give_room_back(call, **centre.by("shift_leader"))
    assert db.session.get_one(Closure, closure.id).reopened_at == NOON
    assert not queries.is_closed(closure.id)


def test_a_room_with_a_guest_is_not_taken_out_and_others_are_offered(centre: Centre) -> None:
    centre.guest("1202")
    call = centre.repair(room="1202")
    with pytest.raises(Refused, match="Move the guest first") as no:
        actions.take_room_out(call, TODAY + timedelta(days=1), **centre.by("shift_leader"))
    assert {offer.kind for offer in no.value.offers} == {"room"}


def test_the_foreman_checks_all_open_repairs_of_the_day(centre: Centre) -> None:
    open_one, done, request = centre.repair(), centre.repair(), centre.call()
    centre.finished(done)
    assert actions.check_repairs(**centre.by("engineer")) == 1
    db.session.expire_all()
    assert [each.checked_on for each in (open_one, done, request)] == [TODAY, None, None]


WHO_MAY_NOT = [
    (role, verb)
    for verb, action in {
        "call": "write_down_request",
        "dispatch": "dispatch_request",
        "accept": "work_request",
        "call_back": "call_back_request",
        "check": "check_repairs",
        "escalate": "escalate_requests",
    }.items()
    for role in sorted(set(Role) - access.ALLOWED[action])
]


@pytest.mark.parametrize(("role", "verb"), WHO_MAY_NOT)
def test_who_may_not(centre: Centre, role: Role, verb: str) -> None:
    call = centre.call()
    who = centre.by(role.value)
    acts = {
        "call": lambda: centre.call(role=role.value),
        "dispatch": lambda: actions.dispatch(call, **who),
        "accept": lambda: actions.accept(call, **who),
        "call_back": lambda: actions.call_back(call, True, **who),
        "check": lambda: actions.check_repairs(**who),
        "escalate": lambda: actions.escalate(**who),
    }
    with pytest.raises(NotAllowed):
        acts[verb]()


def test_levels_are_read_from_the_clock(centre: Centre) -> None:
    call = centre.repair(dispatched=False)
    row = queries.row(call.id, see_incognito=True)
    assert [row.level(NOON + timedelta(minutes=m)) for m in (5, 6, 30, 31)] == [
        Level.NONE,
        Level.NOT_DISPATCHED,
        Level.NOT_DISPATCHED,
        Level.OVERDUE,
    ]
