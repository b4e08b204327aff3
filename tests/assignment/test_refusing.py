"""The offered room is refused (P6): written down, not offered again by anybody, another by the guest's words."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from pms import access
from pms.access import Role
from pms.assignment import actions, refusing
from pms.db import db, work
from pms.errors import NotAllowed, Refused
from pms.journal import JournalLine
from pms.property.models import RoomType
from pms.reservations.actions import agree_other_bed
from pms.reservations.models import RoomNight
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House


@pytest.mark.both_engines
def test_a_refused_room_is_taken_back_and_never_offered_again(house: House) -> None:
    with work():
        stay = house.stay(room="1201")
        refusing.refuse_room(stay, house.rooms["1201"], ["quieter"], "the lift", by=house.user(), now=NOON)
    assert stay.room_id is None and db.session.scalar(sa.select(sa.func.count()).select_from(RoomNight)) == 0
    assert "1201" not in [choice.room.number for choice in actions.suggest(stay, None)]
    with work():
        for number in ("1202", "1204"):
            house.stay(room=number, guest=house.guest(number))
        plan = actions.preview(TODAY, [stay.id])
    assert not plan.placed  # rather none than the one he did not want
    line = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "refuse_room")).one()
    assert line.details == {"room": "1201", "words": ["quieter"], "why": "the lift"}


def test_another_guest_may_have_the_room(house: House) -> None:
    with work():
        refusing.refuse_room(house.stay(), house.rooms["1201"], ["higher"], by=house.user(), now=NOON)
        other = house.stay(guest=house.guest("Other"))
    assert "1201" in [choice.room.number for choice in actions.suggest(other, None)]


def test_who_changes_his_mind_gets_it_with_his_consent(house: House) -> None:
    with work():
        stay = house.stay()
        refusing.refuse_room(stay, house.rooms["1201"], ["higher"], by=house.user(), now=NOON)
    with pytest.raises(Refused, match="has refused 1201"), work():
        actions.place_stay(stay, house.rooms["1201"], by=house.user(), now=NOON)
    with work():
        actions.place_stay(stay, house.rooms["1201"], by=house.user(), now=NOON, consent="asked for it after all")
    assert stay.room_id == house.rooms["1201"].id


def test_quieter_comes_first_and_what_it_lacks_is_said(house: House) -> None:
    with work():
        house.rooms["1204"].quiet = 90
        stay = house.stay(room="1201")
    first, second = refusing.other_rooms(stay, ["quieter"])
    assert (first.choice.room.number, first.meets, first.lacks) == ("1204", ["quieter"], [])
    assert (second.choice.room.number, second.meets, second.lacks) == ("1202", [], ["quieter"])


def test_higher_is_higher_than_what_was_refused(house: House) -> None:
    with work():
        house.rooms["1302"].type = house.types["STK"]
        stay = house.stay(room="1201")
        refusing.refuse_room(stay, house.rooms["1201"], ["higher"], by=house.user(), now=NOON)
    assert refusing.other_rooms(stay, ["higher"])[0].choice.room.number == "1302"
    assert refusing.other_rooms(stay, ["lower"])[0].lacks == ["lower"]


def test_another_bed_is_looked_for_in_types_that_stand_as_high(house: House) -> None:
    with work():
        stay = house.stay(room="1201")
    found = refusing.other_rooms(stay, ["other_bed"])
    assert found[0].choice.room.number == "1203"  # the twin
    assert "1205" not in [each.choice.room.number for each in found]  # a better type


def test_friends_are_on_the_floor(house: House) -> None:
    with work():
        house.rooms["1302"].type = house.types["STK"]
        booking = house.booking()
        house.stay(room="1301", guest=house.guest("Friend"), booking=booking)
        stay = house.stay(room="1201", booking=booking)
    assert refusing.other_rooms(stay, ["next_to_friends"])[0].choice.room.number == "1302"


def test_nothing_is_written_down_before_the_guest_was_asked(house: House) -> None:
    with work():
        stay = house.stay()
        house.user()
    with pytest.raises(Refused, match="would rather have"), work():
        refusing.refuse_room(stay, house.rooms["1201"], [], " ", by=house.user(), now=NOON)


def test_a_promised_room_and_a_guest_in_house_are_not_for_this(house: House) -> None:
    with work():
        locked = house.stay(room="1204", do_not_move=True, do_not_move_why="promised")
        living = house.stay(room="1202", arrival=-1, status=Status.IN_HOUSE, guest=house.guest("B"))
        house.user()
    for stay in (locked, living):
        with pytest.raises(Refused), work():
            refusing.refuse_room(stay, stay.room, ["higher"], by=house.user(), now=NOON)  # type: ignore[arg-type]


def test_another_bed_is_no_upgrade(house: House) -> None:
    with work():
        stay = house.stay()
        agree_other_bed(stay, house.types["STT"].id, by=house.user(), now=NOON)
    assert stay.held_type_id == house.types["STT"].id
    with pytest.raises(Refused, match="better or plainer"), work():
        agree_other_bed(stay, house.types["DLK"].id, by=house.user(), now=NOON)
    assert db.session.get_one(RoomType, stay.held_type_id).code == "STT"


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["place"]))
def test_other_roles_write_down_no_refusal(house: House, role: Role) -> None:
    with work():
        stay = house.stay()
        by = house.user(role.value)
    with pytest.raises(NotAllowed), work():
        refusing.refuse_room(stay, house.rooms["1201"], ["higher"], by=by, now=NOON)
    with pytest.raises(NotAllowed), work():
        agree_other_bed(stay, house.types["STT"].id, by=by, now=NOON)
