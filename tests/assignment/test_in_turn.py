"""Rooms one after the other for a guest whom no single room would do, with the fewest moves there can be (P7)."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from pms.assignment.facts import DIRTY, House, span
from pms.assignment.in_turn import MOST_ROOMS, rooms_in_turn
from pms.assignment.rules.book import MANUAL
from tests.assignment.made import ROOM, STAY, days, house

GUEST = replace(STAY, id=9, guest="Chen", departure=days(4))


def around(*free: str, **changes: object) -> House:
    """A house of rooms 1201, 1202 ... each with its nights as written: `..XX` is free on the first two."""
    rooms = [replace(ROOM, id=n, number=f"12{n:02d}", **changes) for n in range(1, len(free) + 1)]
    found = house(*rooms)
    for room, nights in zip(rooms, free, strict=True):
        for night, state in enumerate(nights):
            if state == "X":
                found.close(room.id, span(days(night), days(night + 1)))
    return found


def said(found: House, stay: object = GUEST) -> list[tuple[str, int]]:
    parts = rooms_in_turn(found, stay, MANUAL)  # type: ignore[arg-type]
    return [(part.room.number, (part.first - GUEST.arrival).days) for part in parts]


def test_two_rooms_are_enough_where_two_will_do() -> None:
    assert said(around("..XX", ".XXX", "X.XX", "XX..")) == [("1201", 0), ("1204", 2)]


def test_three_rooms_only_where_two_will_not_do() -> None:
    assert said(around("..XX", "XX.X", "XXX.")) == [("1201", 0), ("1202", 2), ("1203", 3)]


def test_nobody_is_asked_to_move_three_times() -> None:
    assert said(around(".XXX", "X.XX", "XX.X", "XXX.")) == []


def test_nobody_moves_when_one_room_is_free_on_all_nights_or_one_night_has_none() -> None:
    assert said(around("....", "..XX", "XX..")) == []
    assert said(around("..XX", "XXX.")) == []


def test_the_guest_moves_as_late_as_he_can() -> None:
    assert said(around("..XX", "...X", "XX..", "XXX.")) == [("1202", 0), ("1203", 3)]


def test_the_same_floor_is_better_than_a_late_move() -> None:
    found = around("...X", "..XX", "XX..")
    rooms = dict(found.rooms) | {1: replace(found.rooms[1], floor=18)}
    assert said(replace(found, rooms=rooms)) == [("1202", 0), ("1203", 2)]


def test_no_must_is_broken_by_any_of_the_rooms() -> None:
    guest = replace(GUEST, needs=frozenset({"non_smoking"}))
    found = around("..XX", "..XX", "XX..")
    smoking, fine = frozenset({"smoking"}), frozenset({"non_smoking"})
    rooms = {n: replace(room, features=smoking if n == 1 else fine) for n, room in found.rooms.items()}
    assert said(replace(found, rooms=rooms), guest) == [("1202", 0), ("1203", 2)]


def test_only_the_first_room_must_be_ready_for_an_early_guest_and_only_the_last_free_for_a_late_one() -> None:
    early = replace(GUEST, early=True)
    found = around("..XX", "..XX", "XX..")
    rooms = {n: replace(room, state=DIRTY) if n != 2 else room for n, room in found.rooms.items()}
    assert said(replace(found, rooms=rooms, today=GUEST.arrival), early) == [("1202", 0), ("1203", 2)]
    found = around("..XX", "XX..", "XX..")
    found.close(2, span(days(4), days(5)))
    assert said(found, replace(GUEST, late=True)) == [("1201", 0), ("1203", 2)]


@given(st.lists(st.text(".X", min_size=4, max_size=4), min_size=1, max_size=5))
def test_there_is_no_way_with_fewer_moves(free: list[str]) -> None:
    """Compared with every order of every choice of rooms."""
    found = said(around(*free))
    chosen = {k: list(permutations(range(len(free)), k)) for k in range(1, MOST_ROOMS + 1)}
    fewest = next((k for k, rooms in chosen.items() if any(will_do(free, each) for each in rooms)), 0)
    assert len(found) == (fewest if fewest > 1 else 0)
    nights = [next(number for number, first in reversed(found) if first <= night) for night in range(4) if found]
    assert all(free[int(number) - 1201][night] == "." for night, number in enumerate(nights))


def will_do(free: list[str], rooms: tuple[int, ...]) -> bool:
    night = 0
    for room in rooms:
        while night < 4 and free[room][night] == ".":
            night += 1
    return night == 4
