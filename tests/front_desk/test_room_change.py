"""Room change: reason, consent, rate effect, keys and the slip (X1, X2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from pms.db import db
from pms.errors import NotAllowed, Refused
from pms.front_desk import actions, queries
from pms.front_desk.actions import RateEffect
from pms.front_desk.models import RoomMove
from pms.notices import Department
from pms.property.models import Closure, ClosureKind, Housekeeping
from pms.reservations import occupancy
from pms.reservations.models import RoomNight, Stay, StayNight, TypeNight
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.front_desk.steps import Desk, journal_of, told_about


def move(desk: Desk, stay: Stay, to: str, role: str = "front_desk_agent", **values: Any) -> RoomMove:
    why = values.pop("why", "noise")
    return actions.change_room(stay, desk.house.rooms[to], why, **values, **desk.by(role))


def rooms_of(stay: Stay) -> list[str]:
    wanted = sa.select(RoomNight).where(RoomNight.stay_id == stay.id).order_by(RoomNight.night)
    numbers = {room.id: room.number for room in db.session.scalars(sa.select(queries.Room))}
    return [numbers[row.room_id] for row in db.session.scalars(wanted)]


def prices_of(stay: Stay) -> list[int]:
    wanted = sa.select(StayNight.price).where(StayNight.stay_id == stay.id).order_by(StayNight.night)
    return list(db.session.scalars(wanted))


def sold(desk: Desk, kind: str) -> list[int]:
    wanted = sa.select(TypeNight.sold).where(TypeNight.type_id == desk.house.types[kind].id, TypeNight.night >= TODAY)
    return list(db.session.scalars(wanted.order_by(TypeNight.night)))


def test_the_guest_his_nights_and_his_key_move(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    made = move(desk, stay, "1202")
    old_key, new_key = queries.keys_of(stay.id)
    assert (stay.room_id, rooms_of(stay)) == (desk.house.rooms["1202"].id, ["1202", "1202"])
    assert (old_key.void_at, new_key.void_at) == (NOON, None)
    assert new_key.room_id == desk.house.rooms["1202"].id
    assert desk.house.rooms["1204"].housekeeping is Housekeeping.DIRTY
    assert (made.from_room.number, made.to_room.number, made.reason) == ("1204", "1202", "noise")
    assert journal_of(stay)[-1] == "room_move"
    assert {Department.HOUSEKEEPING, Department.CONCIERGE, Department.OPERATOR} <= told_about(stay)


def test_nights_already_slept_stay_in_the_old_room(desk: Desk) -> None:
    stay = desk.house.stay(arrival=-1, nights=3, room="1204", status=Status.IN_HOUSE)
    move(desk, stay, "1202")
    assert rooms_of(stay) == ["1204", "1202", "1202"]


def test_a_move_needs_its_reason(desk: Desk) -> None:
    with pytest.raises(Refused, match="reason"):
        move(desk, desk.guest_in_house("1204"), "1202", why=" ")


def test_house_cannot_move_a_guest_without_consent(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    before = journal_of(stay)
    with pytest.raises(Refused, match="consent") as refusal:
        move(desk, stay, "1202", why="engineering", asked_by_house=True)
    assert refusal.value.field == "consent"
    assert (rooms_of(stay), journal_of(stay)) == (["1204", "1204"], before)


def test_with_consent_the_house_may_ask(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    made = move(desk, stay, "1202", asked_by_house=True, consent="Ms Fischer, by telephone, AM Li")
    assert (made.asked_by_house, made.consent) == (True, "Ms Fischer, by telephone, AM Li")


def test_a_room_that_was_promised_is_kept(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", do_not_move=True, do_not_move_why="same room as last year")
    with pytest.raises(Refused, match="promised the room: same room as last year") as refusal:
        move(desk, stay, "1202")
    assert [offer.kind for offer in refusal.value.offers] == ["unlock"]


def test_a_taken_room_is_refused_with_ready_ones_of_the_type(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    desk.house.stay(arrival=1, room="1202", guest=desk.house.guest("Weber", "Karl"))
    with pytest.raises(Refused, match="1202 is given to Weber, Karl") as refusal:
        move(desk, stay, "1202")
    assert [offer.value for offer in refusal.value.offers] == [desk.house.rooms["1201"].id]


def test_a_room_in_which_somebody_still_lives_is_refused(desk: Desk) -> None:
    desk.house.stay(arrival=-1, nights=1, room="1202", status=Status.IN_HOUSE, guest=desk.house.guest("Weber", "Karl"))
    with pytest.raises(Refused, match="Weber, Karl has not left"):
        move(desk, desk.guest_in_house("1204"), "1202")


def test_a_dirty_room_is_refused_with_rush_cleaning(desk: Desk) -> None:
    desk.house.rooms["1202"].housekeeping = Housekeeping.DIRTY
    with pytest.raises(Refused, match="1202 is not clean") as refusal:
        move(desk, desk.guest_in_house("1204"), "1202")
    assert {offer.kind for offer in refusal.value.offers} == {"room", "rush_cleaning"}


def test_a_room_out_of_order_is_refused(desk: Desk) -> None:
    room = desk.house.rooms["1202"]
    closure = Closure(
        room_id=room.id,
        kind=ClosureKind.OUT_OF_ORDER,
        first=TODAY,
        until=TODAY + timedelta(days=3),
        reason="water damage",
        created_at=NOON,
        created_by=desk.house.user().id,
    )
    db.session.add(closure)
    db.session.flush()
    occupancy.close_room(closure)
    with pytest.raises(Refused, match="out of order until"):
        move(desk, desk.guest_in_house("1204"), "1202")


def test_nobody_moves_to_where_he_is_or_to_a_room_no_longer_used(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    with pytest.raises(Refused, match="already in room 1204"):
        move(desk, stay, "1204")
    desk.house.rooms["1202"].active = False
    with pytest.raises(Refused, match="not in use"):
        move(desk, stay, "1202")


def test_only_guests_in_house_change_rooms(desk: Desk) -> None:
    with pytest.raises(Refused, match="not in the house: Reserved"):
        move(desk, desk.house.stay(room="1204"), "1202")


def test_the_price_is_kept_unless_a_new_one_is_agreed(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    made = move(desk, stay, "1206", role="shift_leader")
    assert (made.rate_effect, prices_of(stay)) == (0, [68_000, 68_000])


@pytest.mark.both_engines
def test_the_new_price_counts_from_tonight(desk: Desk) -> None:
    stay = desk.house.stay(arrival=-1, nights=3, room="1204", status=Status.IN_HOUSE)
    made = move(desk, stay, "1206", rate_effect=RateEffect.NEW)
    assert (made.rate_effect, prices_of(stay)) == (30_000, [68_000, 98_000, 98_000])


def test_a_better_room_at_the_old_price_needs_authority(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        move(desk, desk.guest_in_house("1204"), "1206")


def test_when_the_house_asks_the_better_room_is_the_guests(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    move(desk, stay, "1206", asked_by_house=True, consent="agreed at the desk")
    assert stay.room_id == desk.house.rooms["1206"].id


def test_the_counters_follow_the_guest_to_another_type(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    move(desk, stay, "1206", role="shift_leader")
    assert (sold(desk, "STK"), sold(desk, "DLK")) == ([0, 0], [1, 1])
    assert (stay.type_id, stay.assign_type_id) == (desk.house.types["STK"].id, desk.house.types["DLK"].id)
    move(desk, stay, "1202")
    assert (sold(desk, "STK"), sold(desk, "DLK"), stay.assign_type_id) == ([1, 1], [0, 0], None)


@pytest.mark.parametrize("role", ["reservation_clerk", "concierge", "cashier", "manager"])
def test_who_does_not_move_guests(desk: Desk, role: str) -> None:
    stay = desk.guest_in_house("1204")
    with pytest.raises(NotAllowed):
        move(desk, stay, "1202", role=role)
