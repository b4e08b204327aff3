"""Complaints to their end, the call back, what the clock does, the price list, the day's log (S3-S6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from pms.cashier.models import Folio, Posting, PostingKind
from pms.db import db, work
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.requests import actions, queries
from pms.requests.models import Call
from pms.requests.words import Kind, State
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.races import race
from tests.requests.steps import Centre, told

AM, CENTRE = Department.ASSISTANT_MANAGER, Department.SERVICE_CENTRE


def test_nothing_is_promised_to_who_complains_before_the_facts_are_known(centre: Centre) -> None:
    call = centre.complaint()
    assert call.due_at == NOON + timedelta(days=2)
    with pytest.raises(Refused, match="before the facts") as no:
        centre.finished(call)
    assert no.value.field == "facts"
    assert centre.finished(call, facts="The drill of floor 13").state is State.DONE


def test_a_satisfied_guest_closes_the_case_and_an_unsatisfied_one_opens_it_again(centre: Centre) -> None:
    first, second = centre.finished(centre.repair()), centre.finished(centre.repair())
    actions.call_back(first, True, **centre.by("shift_leader"))
    with pytest.raises(Refused, match="not satisfied with"):
        actions.call_back(second, False, **centre.by("shift_leader"))
    actions.call_back(second, False, "It flickers", **centre.by("shift_leader"))
    assert (first.state, first.satisfied) == (State.CLOSED, True)
    assert (second.state, second.satisfied, second.ended_at) == (State.DISPATCHED, False, None)
    assert told(second)[-2:] == [AM, Department.ENGINEERING]


def test_a_guest_is_called_back_once(centre: Centre) -> None:
    call = centre.finished(centre.repair())
    actions.call_back(call, True, **centre.by("shift_leader"))
    with pytest.raises(Conflict, match="Call 00001: Closed by Shift Leader"):
        actions.call_back(call, True, **centre.by("manager"))


def test_the_clock_tells_further_up_once_a_level(centre: Centre) -> None:
    call = centre.repair(dispatched=False)

    def at(minutes: int) -> int:
        return actions.escalate(by=centre.house.user("manager"), now=NOON + timedelta(minutes=minutes))

    assert [at(4), at(6), at(7), at(31), at(32)] == [0, 1, 0, 1, 0]
    assert told(call) == [AM, CENTRE, AM, Department.ENGINEERING]


def test_a_complaint_without_answer_goes_up_after_three_days_and_a_new_appointment_starts_again(centre: Centre) -> None:
    complaint, repair = centre.complaint(), centre.repair()
    later = NOON + timedelta(days=3, minutes=1)
    assert actions.escalate(**(centre.by("manager") | {"now": later})) == 2
    assert (complaint.escalated, repair.escalated) == (3, 2)
    actions.postpone(repair, "No part", later + timedelta(hours=1), **(centre.by("engineer") | {"now": later}))
    assert actions.escalate(**(centre.by("manager") | {"now": later + timedelta(minutes=1)})) == 0
    assert actions.escalate(**(centre.by("manager") | {"now": later + timedelta(hours=2)})) == 1


def test_a_complaint_is_marked_when_its_guest_comes_again(centre: Centre) -> None:
    stay = centre.guest()
    call = centre.complaint()
    again = centre.house.stay(arrival=30, guest=stay.guest)
    assert queries.earlier_complaints(stay) == []  # of this stay itself
    assert [one.number for one in queries.earlier_complaints(again)] == [call.number]
    actions.cancel(call, "Another room", **centre.by())
    assert queries.earlier_complaints(again) == []


def test_the_days_log_has_what_is_unsolved_or_may_come_back(centre: Centre) -> None:
    postponed, unsatisfied, marked, plain = (centre.repair() for _ in range(4))
    actions.postpone(postponed, "No part", NOON + timedelta(days=1), **centre.by())
    actions.call_back(centre.finished(unsatisfied), False, "Dark", **centre.by("manager"))
    actions.put_into_log(centre.finished(marked), True, **centre.by())
    assert queries.for_the_log(TODAY) == [postponed, unsatisfied, marked]
    actions.put_into_log(marked, False, **centre.by())
    assert plain not in queries.for_the_log(TODAY) and marked not in queries.for_the_log(TODAY)


def test_what_is_repaired_again_and_again_is_seen(centre: Centre) -> None:
    centre.repair()
    centre.repair(room="1202")
    assert queries.repeated(TODAY) == []
    actions.cancel(centre.repair(room="1202"), "No", **centre.by())
    centre.repair()
    (one,) = queries.repeated(TODAY)
    assert (one.room, one.name_en, one.times) == ("1204", "Lamp", 2)


def iron(centre: Centre) -> Call:
    price = {"kind": Kind.REQUEST, "price": 3_000, "posting": PostingKind.LAUNDRY}
    return centre.call(service=centre.service("Ironing", **price), text="Two shirts")


def test_a_priced_service_goes_to_the_folio_once(centre: Centre) -> None:
    stay = centre.guest()
    call = iron(centre)
    actions.charge(call, 2, **centre.by())
    posting = db.session.get_one(Posting, call.charged_id)
    assert (posting.amount, posting.kind, posting.reference) == (6_000, PostingKind.LAUNDRY, call.number)
    assert db.session.get_one(Folio, posting.folio_id).stay_id == stay.id


@pytest.mark.both_engines
def test_two_clerks_charge_it_once(app: Flask, centre: Centre) -> None:
    with work():
        centre.guest()
        call, who = iron(centre), centre.by()
    results = race(app, 2, lambda _: actions.charge(db.session.get_one(Call, call.id), **who))
    assert sum(isinstance(result, Conflict) for result in results) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Posting)) == 1


def test_what_cannot_be_charged(centre: Centre) -> None:
    with pytest.raises(Refused, match="costs nothing"):
        actions.charge(centre.repair(), **centre.by())
    with pytest.raises(Refused, match="no guest in house"):
        actions.charge(iron(centre), **centre.by())
    stay = centre.guest()
    call = iron(centre)
    with pytest.raises(Refused, match="Between 1 and 99"):
        actions.charge(call, 0, **centre.by())
    with pytest.raises(NotAllowed):
        actions.charge(call, **centre.by("concierge"))
    db.session.get_one(Stay, stay.id).status = Status.CHECKED_OUT
    with pytest.raises(Refused, match="no guest in house"):
        actions.charge(call, **centre.by())


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name_zh": " "}, "name_en"),
        ({"name_en": "Lamp"}, "name_en"),
        ({"minutes": 0}, "minutes"),
        ({"price": -1}, "price"),
        ({"posting": PostingKind.PAYMENT}, "posting"),
    ],
)
def test_a_service_that_makes_no_sense(centre: Centre, changed: dict[str, object], field: str) -> None:
    centre.service()
    good = {"kind": Kind.REPAIR, "name_en": "Bulb", "name_zh": "灯泡", "department": Department.ENGINEERING}
    good |= {"minutes": 20, "price": 0, "posting": PostingKind.OTHER, "active": True}
    with pytest.raises(Refused) as no:
        actions.save_service(None, good | changed, **centre.by("manager"))
    assert no.value.field == field
    assert actions.save_service(None, good, **centre.by("manager")).name_zh == "灯泡"
    with pytest.raises(NotAllowed):
        actions.save_service(None, good, **centre.by("front_desk_agent"))
