"""Why not that room: everything that stands against it, the weightiest first, and what speaks for it."""

from __future__ import annotations

import pytest

from pms.assignment import actions
from pms.db import work
from pms.errors import Missing
from pms.property.models import Housekeeping
from pms.reservations.status import Status
from tests.builders import House


def test_a_wish_weighs_more_than_a_dirty_room(house: House) -> None:
    with work():
        house.rooms["1202"].quiet, house.rooms["1204"].quiet = 90, 50
        house.rooms["1204"].housekeeping = Housekeeping.DIRTY
        stay = house.stay(room="1202", wishes="quiet")
    found = actions.why_not(stay, house.rooms["1204"])
    assert found.than is not None and found.than.number == "1202"
    said = [str(text) for text in found.sentences]
    assert said[0] == "Not one of the quiet rooms." and len(said) > 1
    assert [reason.rule for reason in found.worse].index("wish_quiet") < [r.rule for r in found.worse].index(
        "clean_rooms_first"
    )


def test_what_speaks_for_the_other_room_is_said_too(house: House) -> None:
    with work():
        house.rooms["1204"].quiet, house.rooms["1202"].quiet = 90, 50
        stay = house.stay(room="1202", wishes="quiet")
    found = actions.why_not(stay, house.rooms["1204"])
    assert "Quiet, as asked." in [str(reason.text) for reason in found.better]


def test_every_must_that_forbids_a_room_is_named(house: House) -> None:
    with work():
        house.stay(room="1205", guest=house.guest("A", keep_apart="K/1"))
        stay = house.stay(guest=house.guest("B", keep_apart="K/2"))
    found = actions.why_not(stay, house.rooms["1205"])
    assert {reason.rule for reason in found.forbidden} >= {
        "type_is_as_agreed", "free_on_every_night", "kept_apart_on_other_floors",
    }  # fmt: skip


def test_the_own_room_has_nothing_against_it(house: House) -> None:
    with work():
        stay = house.stay(room="1202")
    found = actions.why_not(stay, house.rooms["1202"])
    assert [str(text) for text in found.sentences] == ["Nothing stands against 1202."]


def test_for_a_guest_in_house_only_the_nights_to_come_count(house: House) -> None:
    with work():
        house.stay(arrival=-2, nights=2, room="1202", status=Status.CHECKED_OUT)
        stay = house.stay(arrival=-2, nights=4, room="1201", status=Status.IN_HOUSE)
    assert not actions.why_not(stay, house.rooms["1202"]).forbidden


def test_a_room_that_is_as_good_is_said_to_be(house: House) -> None:
    with work():
        house.rooms["1201"].lift_distance = house.rooms["1202"].lift_distance = 5
        stay = house.stay(room="1201", guest=house.guest("A"))
    found = actions.why_not(stay, house.rooms["1202"])
    assert [str(text) for text in found.sentences] == ["1202 would do as well as 1201."]


def test_a_room_out_of_use_is_no_room(house: House) -> None:
    with work():
        house.rooms["1204"].active = False
        stay = house.stay()
    with pytest.raises(Missing):
        actions.why_not(stay, house.rooms["1204"])
