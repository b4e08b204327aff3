"""Runs of placing: planned, looked at, accepted wholly or in part, taken back; others work on meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pms import access, clock
from pms.access import Role
from pms.assignment import actions, runs
from pms.assignment import queries_runs as queries
from pms.assignment.models import PlacingLine, RunStatus
from pms.assignment.reasons_of_runs import why_in_plan
from pms.db import db, reading, work
from pms.errors import Conflict, Missing, NotAllowed, Refused
from pms.journal import JournalLine
from pms.reservations.models import RoomNight, Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House


def planned(house: House, *stays: Stay) -> int:
    """A run for these guests, planned and not accepted yet."""
    with work():
        run = runs.ask([stay.id for stay in stays], by=house.user(), now=NOON)
        assert runs.begin(run.id, by=house.user())
    with reading():
        task = runs.read(run.id)
    with work():
        runs.keep(run.id, runs.think(task), task.book, milliseconds=5)
    return run.id


def room_of(stay: Stay) -> str:
    db.session.expire_all()
    room = db.session.get_one(Stay, stay.id).room
    return room.number if room else ""


@pytest.mark.both_engines
def test_what_is_accepted_is_what_was_seen_and_one_press_takes_it_back(house: House) -> None:
    with work():
        first, second = house.stay(), house.stay(kind="DLK", wishes="quiet")
        house.rooms["1206"].quiet = 90
    run = planned(house, first, second)
    seen = {line.stay_id: line.room for line in queries.lines_shown(run)}
    assert room_of(first) == "" and seen[second.id] == "1206"
    with work():
        done = runs.accept(run, [first.id, second.id], by=house.user(), now=NOON)
    assert (done.count, done.left_out) == (2, [])
    assert [room_of(first), room_of(second)] == [seen[first.id], seen[second.id]]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RoomNight)) == 4
    with work():
        taken_back = runs.undo(run, by=house.user(), now=NOON)
    assert taken_back.count == 2
    assert [room_of(first), room_of(second)] == ["", ""]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RoomNight)) == 0


def test_only_those_who_are_chosen_get_their_rooms(house: House) -> None:
    with work():
        first, second = house.stay(), house.stay()
    run = planned(house, first, second)
    with work():
        runs.accept(run, [second.id], by=house.user(), now=NOON)
    assert room_of(first) == "" and room_of(second)
    assert {line.stay_id: line.accepted for line in queries.lines_shown(run)} == {first.id: False, second.id: True}


def test_each_step_is_in_the_journal(house: House) -> None:
    with work():
        stay = house.stay()
    run = planned(house, stay)
    with work():
        runs.accept(run, [stay.id], by=house.user(), now=NOON)
        runs.undo(run, by=house.user(), now=NOON)
    lines = db.session.scalars(sa.select(JournalLine).order_by(JournalLine.id)).all()
    assert [line.action for line in lines] == [
        "ask_placing", "place", "accept_placing", "unplace", "undo_placing",
    ]  # fmt: skip
    assert lines[1].subject == f"stay:{stay.id}" and lines[1].details["run"] == run and lines[1].details["why"]


def test_a_room_that_was_taken_meanwhile_is_left_out_and_said(house: House) -> None:
    with work():
        first, second = house.stay(kind="DLK"), house.stay(kind="SUI")
    run = planned(house, first, second)
    taken = {line.stay_id: line.room for line in queries.lines_shown(run)}[first.id]
    with work():
        house.stay(room=taken, guest=house.guest("Quick", "Bo"))
    with work():
        done = runs.accept(run, [first.id, second.id], by=house.user(), now=NOON)
    assert done.count == 1 and room_of(first) == "" and room_of(second)
    assert [str(text) for text in done.left_out] == [f"Left out, room {taken}: {taken} is not free on every night."]


def test_a_booking_that_changed_meanwhile_is_left_out(house: House) -> None:
    with work():
        stay, cancelled, other = house.stay(), house.stay(), house.stay(kind="SUI")
    run = planned(house, stay, cancelled, other)
    with work():
        db.session.get_one(Stay, stay.id).departure += timedelta(days=1)
        db.session.get_one(Stay, cancelled.id).status = Status.CANCELLED
    with work():
        done = runs.accept(run, [stay.id, cancelled.id, other.id], by=house.user(), now=NOON)
    assert done.count == 1 and len(done.left_out) == 2
    assert "The booking was changed meanwhile." in str(done.left_out[0])


def test_guests_kept_apart_since_the_plan_are_not_put_on_one_floor(house: House) -> None:
    with work():
        stay = house.stay(guest=house.guest("A", keep_apart="K/1"))
    run = planned(house, stay)
    with work():
        house.stay(room="1205", guest=house.guest("B", keep_apart="K/2"))
        done = runs.accept(run, [stay.id], by=house.user(), now=NOON)
    assert done.count == 0 and room_of(stay) == ""


def test_who_has_arrived_or_was_locked_since_stays_when_the_run_is_taken_back(house: House) -> None:
    with work():
        arrived, locked, other = house.stay(), house.stay(), house.stay()
    run = planned(house, arrived, locked, other)
    with work():
        runs.accept(run, [arrived.id, locked.id, other.id], by=house.user(), now=NOON)
    with work():
        db.session.get_one(Stay, arrived.id).status = Status.IN_HOUSE
        actions.lock(db.session.get_one(Stay, locked.id), "promised", by=house.user(), now=NOON)
    with work():
        done = runs.undo(run, by=house.user(), now=NOON)
    assert done.count == 1 and len(done.left_out) == 2
    assert room_of(arrived) and room_of(locked) and room_of(other) == ""


def test_a_plan_is_accepted_once_and_taken_back_once(house: House) -> None:
    with work():
        stay = house.stay()
    run = planned(house, stay)
    with work():
        runs.accept(run, [stay.id], by=house.user(), now=NOON)
    with pytest.raises(Conflict), work():
        runs.accept(run, [stay.id], by=house.user(), now=NOON)
    with work():
        runs.undo(run, by=house.user(), now=NOON)
    with pytest.raises(Conflict), work():
        runs.undo(run, by=house.user(), now=NOON)


def test_after_the_night_audit_a_run_is_neither_accepted_nor_taken_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with work():
        stay = house.stay(arrival=1)
    run = planned(house, stay)
    with work():
        runs.accept(run, [stay.id], by=house.user(), now=NOON)
    monkeypatch.setattr(runs, "business_date", lambda: TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="night audit"), work():
        runs.undo(run, by=house.user(), now=NOON)


def test_nobody_chosen_or_nobody_waiting_is_refused(house: House) -> None:
    with work():
        placed, waiting = house.stay(room="1204"), house.stay()
        house.user()
    with pytest.raises(Refused, match="no room yet"), work():
        runs.ask([placed.id], by=house.user(), now=NOON)
    run = planned(house, waiting)
    with pytest.raises(Refused, match="Nobody is chosen"), work():
        runs.accept(run, [], by=house.user(), now=NOON)


def test_of_two_who_plan_the_same_run_one_does(house: House) -> None:
    with work():
        run = runs.ask([house.stay().id], by=house.user(), now=NOON).id
    with work():
        assert runs.begin(run, by=house.user())
    with work():
        assert not runs.begin(run, by=house.user())
        runs.give_up(run)
    with work():
        assert queries.load_run(run).status is RunStatus.FAILED
        assert runs.begin(run, by=house.user())


def test_who_is_left_over_is_in_the_plan_with_the_offers(house: House) -> None:
    with work():
        stays = [house.stay(kind="STT", guest=house.guest(name, "")) for name in ("Adler", "Brandt")]
    run = planned(house, *stays)
    (left,) = [line for line in queries.lines_shown(run) if line.room_id is None]
    assert len(left.why) > 1  # the sentence, then what could be done
    with pytest.raises(Refused), work():
        runs.accept(run, [left.stay_id], by=house.user(), now=NOON)


def test_wishes_that_go_without_are_counted(house: House) -> None:
    with work():
        stay = house.stay(wishes="lake_view")
    run = planned(house, stay)
    (line,) = queries.lines_shown(run)
    assert line.wishes >= 1 and line.unmet[0]["say"] == "No lake view."


def test_plans_of_earlier_dates_that_nobody_took_are_forgotten(house: House) -> None:
    with work():
        stay = house.stay()
    run = planned(house, stay)
    with work():
        queries.load_run(run).business_date = TODAY - timedelta(days=1)
    planned(house, stay)
    with pytest.raises(Missing):
        queries.load_run(run)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PlacingLine)) == 1


def test_why_not_is_asked_in_the_house_as_planned(house: House) -> None:
    with work():
        first, second = house.stay(kind="SUI"), house.stay(kind="SUI")
    run = planned(house, first, second)
    rooms = {line.stay_id: line for line in queries.lines_shown(run)}
    why = why_in_plan(run, first.id, rooms[second.id].room_id)
    assert why.choice is not None and why.choice.room.number == rooms[first.id].room
    assert why.other is not None and why.other.forbidden[0].rule == "free_on_every_night"
    with pytest.raises(Missing):
        why_in_plan(run, 10_000)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["place"]))
def test_other_roles_plan_accept_and_take_back_nothing(house: House, role: Role) -> None:
    with work():
        stay = house.stay()
        by = house.user(role.value)
    run = planned(house, stay)
    tries = (
        lambda: runs.ask([stay.id], by=by, now=NOON),
        lambda: runs.begin(run, by=by),
        lambda: runs.accept(run, [stay.id], by=by, now=NOON),
        lambda: runs.undo(run, by=by, now=NOON),
    )
    for attempt in tries:
        with pytest.raises(NotAllowed), work():
            attempt()
    assert clock.business_date() == TODAY and room_of(stay) == ""
