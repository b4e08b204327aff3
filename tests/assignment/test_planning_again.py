"""Guests who have rooms are planned again: nobody in house, nobody locked; as few as must, or all at a price (X2)."""

from __future__ import annotations

import pytest

from pms.assignment import planning, runs
from pms.assignment import queries_runs as queries
from pms.assignment.models import Again
from pms.db import db, reading, work
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, House


def planned(house: House, *stays: int, again: Again) -> dict[int, queries.LineShown]:
    with work():
        by = house.user()
        run = runs.ask(stays, again=again, by=by, now=NOON).id
    planning.plan_run(run, by=by)
    with reading():
        return {line.stay_id: line for line in queries.lines_shown(run)} | {0: run}  # type: ignore[dict-item]


def room_of(stay_id: int) -> str:
    with reading():
        room = db.session.get_one(Stay, stay_id, populate_existing=True).room
        return room.number if room else ""


@pytest.fixture
def crowded(house: House) -> tuple[int, int]:
    """Somebody who needs the accessible room, and somebody else who has it."""
    with work():
        house.rooms["1204"].accessible = True
        needs = house.stay(needs="accessible", guest=house.guest("Needs", "It")).id
        return needs, house.stay(room="1204", guest=house.guest("Has", "It")).id


@pytest.mark.both_engines
def test_as_few_as_must_make_room_and_the_whole_run_is_taken_back(house: House, crowded: tuple[int, int]) -> None:
    needs, has = crowded
    with work():
        other = house.stay(room="1202", guest=house.guest("Other")).id
    lines = planned(house, needs, again=Again.FEW)
    assert lines[needs].room == "1204" and lines[has].is_moved and not lines[other].changes
    run: int = lines.pop(0)  # type: ignore[assignment]
    with work():
        done = runs.accept(run, list(lines), by=house.user(), now=NOON)
    assert (done.count, done.left_out) == (2, [])
    assert (room_of(needs), room_of(has), room_of(other)) == ("1204", "1201", "1202")
    with work():
        assert runs.undo(run, by=house.user(), now=NOON).count == 2
    assert (room_of(needs), room_of(has)) == ("", "1204")


def test_who_is_locked_or_in_house_makes_room_for_nobody(house: House) -> None:
    with work():
        house.rooms["1204"].accessible = house.rooms["1202"].accessible = True
        needs = house.stay(needs="accessible").id
        locked = house.stay(room="1204", guest=house.guest("B"), do_not_move=True, do_not_move_why="promised").id
        living = house.stay(arrival=-1, nights=3, room="1202", guest=house.guest("C"), status=Status.IN_HOUSE).id
    lines = planned(house, needs, again=Again.FEW)
    assert lines[needs].room is None and locked not in lines and living not in lines


def test_without_being_asked_nobody_with_a_room_is_planned(house: House, crowded: tuple[int, int]) -> None:
    needs, has = crowded
    lines = planned(house, needs, has, again=Again.NOBODY)
    assert lines[needs].room is None and has not in lines


def test_a_better_room_is_found_for_who_has_one_when_all_are_planned_again(house: House) -> None:
    with work():
        house.rooms["1202"].quiet = house.rooms["1204"].quiet = 90
        wishes = house.stay(room="1201", wishes="quiet,room:1204").id
    lines = planned(house, wishes, again=Again.ALL)
    assert lines[wishes].room == "1204" and lines[wishes].was == "1201"


def test_a_room_that_is_as_good_is_kept(house: House) -> None:
    with work():
        stay = house.stay(room="1204").id
    lines = planned(house, stay, again=Again.ALL)
    assert not lines[stay].changes and lines[stay].room == "1204"


def test_who_is_accepted_without_him_who_makes_room_is_left_out(house: House, crowded: tuple[int, int]) -> None:
    needs, has = crowded
    lines = planned(house, needs, again=Again.FEW)
    run: int = lines.pop(0)  # type: ignore[assignment]
    with work():
        done = runs.accept(run, [needs], by=house.user(), now=NOON)
    assert done.count == 0 and "1204 is not free" in str(done.left_out[0])
    assert (room_of(needs), room_of(has)) == ("", "1204")
