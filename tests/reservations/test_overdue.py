"""Overdue arrivals 应到未到 (R7): who is called, what they say, and what may be released by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access
from pms.access import Role
from pms.db import db, insert_one, reading, work
from pms.errors import NotAllowed, Refused
from pms.property.models import ClosureKind
from pms.reservations import closures, overdue, queries_overdue
from pms.reservations.models import Guarantee, Stay
from pms.reservations.models_calls import Answer, ArrivalCall
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk, journal_of

SEVEN = NOON + timedelta(hours=7)  # 19:00 in Shanghai


def due(house: House, guarantee: Guarantee = Guarantee.NONE, surname: str = "Okafor", **values: Any) -> Stay:
    with work():
        booking = house.booking(guarantee=guarantee, telephone="+8613800138000")
        return house.stay(guest=house.guest(surname, "Chidi"), booking=booking, **values)


def call(clerk: Clerk, stay: Stay, answer: Answer, eta: str = "", now: Any = SEVEN) -> None:
    by = clerk.by
    with work():
        overdue.call_arrival(stay, answer, eta, by=by, now=now)


def release(clerk: Clerk, stay: Stay, now: Any = SEVEN) -> None:
    by = clerk.by
    with work():
        overdue.release(stay, by=by, now=now)


def test_who_is_late_by_his_own_time_or_the_hold_hour_is_on_the_list(house: House) -> None:
    due(house, Guarantee.DEPOSIT, "Guaranteed")
    due(house, Guarantee.DEPOSIT, "Late", eta="16:30")
    due(house, surname="Held")
    due(house, surname="Tonight", eta="22:00")
    due(house, surname="Yesterday", arrival=-1)
    due(house, surname="Tomorrow", arrival=1)
    assert [(line.surname, line.until) for line in queries_overdue.overdue(TODAY, "19:00")] == [
        ("Yesterday", "18:00"),
        ("Late", "16:30"),
        ("Held", "18:00"),
    ]
    assert [line.surname for line in queries_overdue.overdue(TODAY, "18:00")] == ["Yesterday", "Late"]


def test_a_guest_who_comes_later_has_a_new_time_and_is_no_longer_overdue(clerk: Clerk, house: House) -> None:
    stay = due(house)
    call(clerk, stay, Answer.COMES, "22:30")
    assert stay.eta == "22:30"
    assert queries_overdue.overdue(TODAY, "19:00") == []
    (line,) = queries_overdue.overdue(TODAY, "22:31")
    assert (line.answer, line.answered_at) == (Answer.COMES, SEVEN)
    assert "call_arrival" in [action for action, _ in journal_of(stay)]


@pytest.mark.parametrize(
    ("eta", "words"), [("", "At what time"), ("18:30", "over already"), ("half ten", "not a time")]
)
def test_a_time_that_cannot_be_is_refused(clerk: Clerk, house: House, eta: str, words: str) -> None:
    stay = due(house)
    with pytest.raises(Refused, match=words) as no:
        call(clerk, stay, Answer.COMES, eta)
    assert no.value.field == "eta"


def test_a_guest_who_does_not_come_is_cancelled_and_gives_the_room_back(clerk: Clerk, house: House) -> None:
    stay = due(house, room="1204")
    call(clerk, stay, Answer.NOT_COMING)
    assert (stay.status, stay.room_id, stay.end_reason) == (Status.CANCELLED, None, "Called: does not come")
    assert queries_overdue.overdue(TODAY, "19:00") == []


def test_nobody_answers_and_the_room_is_kept(clerk: Clerk, house: House) -> None:
    stay = due(house)
    call(clerk, stay, Answer.NO_ANSWER)
    assert stay.status is Status.RESERVED
    assert queries_overdue.overdue(TODAY, "19:00")[0].answer is Answer.NO_ANSWER


def test_only_the_last_call_is_shown(clerk: Clerk, house: House) -> None:
    stay = due(house)
    call(clerk, stay, Answer.NO_ANSWER)
    call(clerk, stay, Answer.COMES, "19:30")
    (line,) = queries_overdue.overdue(TODAY, "20:00")
    assert line.answer is Answer.COMES


def test_what_is_held_without_guarantee_is_released_by_a_person(clerk: Clerk, house: House) -> None:
    stay = due(house, room="1204")
    release(clerk, stay)
    assert (stay.status, stay.end_reason) == (Status.CANCELLED, "Not here by the hold hour, without guarantee")


def test_a_guaranteed_room_is_not_released(clerk: Clerk, house: House) -> None:
    stay = due(house, Guarantee.DEPOSIT)
    with pytest.raises(Refused, match="kept all night"):
        release(clerk, stay)


def test_nothing_is_released_before_its_hour(clerk: Clerk, house: House) -> None:
    with pytest.raises(Refused, match="held until 18:00"):
        release(clerk, due(house), now=NOON)
    with pytest.raises(Refused, match="held until 22:00"):
        release(clerk, due(house, eta="22:00"))


def test_who_is_here_or_comes_another_day_is_not_called(clerk: Clerk, house: House) -> None:
    here, later = due(house, room="1204", status=Status.IN_HOUSE), due(house, arrival=1)
    for action in (lambda stay: call(clerk, stay, Answer.NO_ANSWER), lambda stay: release(clerk, stay)):
        with pytest.raises(Refused, match="not waited for any more: In house"):
            action(here)
        with pytest.raises(Refused, match="is due on"):
            action(later)


def test_types_that_are_short_tonight_are_named(house: House) -> None:
    due(house, kind="SUI")
    due(house, kind="SUI")
    with work():
        leader = house.user("shift_leader")
        until = TODAY + timedelta(days=1)
        closures.close(house.rooms["1301"], ClosureKind.OUT_OF_ORDER, TODAY, until, "Leak", by=leader, now=NOON)
    assert queries_overdue.short_of(TODAY) == {house.types["SUI"].id: 1}


@pytest.mark.both_engines
def test_the_database_wants_a_time_from_who_comes(house: House) -> None:
    stay = due(house)
    for answer, eta in ((Answer.COMES, ""), (Answer.NO_ANSWER, "22:00")):
        with pytest.raises(IntegrityError), work():
            insert_one(ArrivalCall, stay_id=stay.id, at=NOON, by_id=1, answer=answer, eta=eta)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["change_booking"]))
def test_other_roles_do_not_call(clerk: Clerk, house: House, role: Role) -> None:
    stay = due(house)
    for action in (
        lambda: call(clerk.as_(role.value), stay, Answer.NO_ANSWER),
        lambda: release(clerk.as_(role.value), stay),
    ):
        with pytest.raises(NotAllowed):
            action()


# --- The page --------------------------------------------------------------------------------------------------------
def test_the_page_calls_with_one_key_and_keeps_what_was_typed(desk: Browser, house: House) -> None:
    stay = due(house, arrival=-1)
    page = desk.get("/overdue").text
    assert "Okafor" in page and "+8613800138000" in page and "may be released" in page
    wrong = desk.post(f"/stays/{stay.id}/arrival-call", {"answer": "comes", "eta": "25:10"})
    assert wrong.status_code == 422 and 'value="25:10"' in wrong.text
    assert desk.post(f"/stays/{stay.id}/arrival-call", {"answer": "hm"}).status_code == 422
    assert desk.post(f"/stays/{stay.id}/arrival-call", {"answer": "no_answer"}).status_code == 303
    with reading():
        assert db.session.scalars(sa.select(ArrivalCall.answer)).all() == [Answer.NO_ANSWER]


def test_released_on_the_page_it_can_be_taken_back(desk: Browser, house: House) -> None:
    stay = due(house, arrival=-1)
    sure = due(house, Guarantee.DEPOSIT, arrival=-1)
    assert desk.post(f"/stays/{sure.id}/release").status_code == 422
    assert desk.post(f"/stays/{stay.id}/release").location == "/overdue"
    page = desk.get("/overdue").text
    assert f"/stays/{stay.id}/reinstate" in page


def test_who_only_looks_has_no_buttons(app: Flask, house: House) -> None:
    stay = due(house, arrival=-1)
    other = at_desk(app, house, "cashier")
    assert 'name="answer"' not in other.get("/overdue").text
    assert other.post(f"/stays/{stay.id}/arrival-call", {"answer": "no_answer"}).status_code == 403
    assert other.post(f"/stays/{stay.id}/release").status_code == 403
    assert at_desk(app, house, "housekeeping").get("/overdue").status_code == 403


def test_a_guest_who_wants_no_disclosure_is_not_named_to_a_clerk(app: Flask, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Secret", "Sam", incognito=True, telephone="+8613911112222"), arrival=-1)
    page = at_desk(app, house, "reservation_clerk").get("/overdue").text
    assert "Secret" not in page and "+8613911112222" not in page
    assert "Secret" in at_desk(app, house).get("/overdue").text
