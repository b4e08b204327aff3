"""What could not be done is said with offers that were checked, one way each (P7)."""

from __future__ import annotations

from dataclasses import replace

from pms.assignment.explaining import neighbour
from pms.assignment.facts import DIRTY, House, RoomFacts, StayFacts, span
from pms.assignment.rules.book import MANUAL
from pms.assignment.shortage import missing, offers, offers_in_turn
from tests.assignment.made import DAY, ROOM, STAY, days, house

LEFT = replace(STAY, id=9, guest="Chen", type_code="STK", departure=days(2))
OTHER = replace(ROOM, id=2, number="1206")


def taken(around: House, room: RoomFacts, first: int = 0, until: int = 2) -> dict[int | None, StayFacts]:
    """Somebody in the room, who may be moved."""
    guest = replace(STAY, id=room.id + 100, guest=f"in {room.number}", arrival=days(first), departure=days(until))
    around.settle(neighbour(guest, room))
    return {guest.id: guest}


def kinds(around: House, stay: StayFacts = LEFT, movable: dict[int | None, StayFacts] | None = None) -> dict[str, str]:
    return {offer.kind: str(offer.text) for offer in offers(around, stay, MANUAL, movable or {})}


def test_short_types_are_counted_by_the_night() -> None:
    around = house(ROOM)
    taken(around, ROOM, first=1)
    (sentence,) = missing(around, [LEFT, replace(LEFT, id=10)], MANUAL)
    assert str(sentence) == "Rooms of type STK short on the night of Sun 22 Nov 2026: 2."


def test_free_nights_in_different_rooms_are_told_and_a_change_of_rooms_offered() -> None:
    around = house(ROOM, OTHER)
    taken(around, ROOM, first=1)
    taken(around, OTHER, until=1)
    (sentence,) = missing(around, [LEFT], MANUAL)
    assert "each night has one" in str(sentence)
    assert kinds(around)["change_midway"] == "Chen could have 1205 and move to 1206 on Sun 22 Nov 2026."


def test_the_nearest_better_type_is_offered_first() -> None:
    rooms = [
        ROOM,
        replace(OTHER, type_id=3, type_code="SUI", rank=2),
        replace(ROOM, id=3, number="1207", type_id=2, rank=1),
    ]
    around = house(*rooms)
    taken(around, ROOM)
    assert kinds(around) == {"upgrade": "Upgrade Chen to STK: 1207 is free."}
    assert kinds(around, replace(LEFT, persons=3)) == {}, "they would not fit"


def test_a_lesser_type_is_offered_when_there_is_no_better_one() -> None:
    around = house(ROOM, replace(OTHER, type_id=2))
    taken(around, ROOM)
    assert list(kinds(around, replace(LEFT, rank=1))) == ["other_type"]


def test_rush_cleaning_is_offered_to_an_early_guest() -> None:
    around = house(replace(ROOM, state=DIRTY))
    assert kinds(around, replace(LEFT, early=True)) == {"rush_cleaning": "Rush-clean 1205 for Chen."}


def test_somebody_else_is_moved_only_where_he_may_go() -> None:
    guest = replace(LEFT, needs=frozenset({"non_smoking"}))
    plain = replace(ROOM, features=frozenset({"non_smoking"}))
    around = house(plain, replace(OTHER, features=frozenset({"smoking"})))
    movable = taken(around, plain)
    found = kinds(around, guest, movable)
    assert found["move"] == "Move in 1205 from 1205 to 1206, then Chen has 1205."
    assert "move" not in kinds(around, guest, {}), "who is in house is not asked"
    needs_it_too = {key: replace(one, needs=frozenset({"non_smoking"})) for key, one in movable.items()}
    assert "move" not in kinds(around, guest, needs_it_too)


def test_a_need_may_stand_back_with_consent() -> None:
    around = house(replace(ROOM, features=frozenset({"smoking"})))
    found = kinds(around, replace(LEFT, needs=frozenset({"non_smoking"})))
    assert found == {"consent": "Ask Chen to agree to 1205: 1205 is a smoking room."}


def test_a_closed_room_that_nobody_lives_in_could_be_reopened() -> None:
    around = house(ROOM)
    around.close(1, span(DAY, days(2)))
    assert kinds(around) == {"reopen": "Reopen room 1205 for Chen."}
    around = house(ROOM)
    around.close(1, span(DAY, days(1)))
    taken(around, ROOM, first=1)
    assert "reopen" not in kinds(around)


def test_a_room_that_is_offered_to_one_guest_is_not_offered_to_the_next() -> None:
    better = replace(ROOM, id=7, number="1301", type_id=2, type_code="DLK", rank=1)
    best = replace(ROOM, id=8, number="1401", type_id=3, type_code="SUI", rank=2)
    around = house(better, best)
    first, second, third = LEFT, replace(LEFT, id=10, guest="Ding"), replace(LEFT, id=11, guest="Feng")
    found = offers_in_turn(around, [first, second, third], MANUAL, {})
    assert [[offer.value for offer in each if offer.kind == "upgrade"] for each in found] == [[7], [8], []]
    assert around.is_free(better, first)  # nothing is given, only offered
