"""Placing at the desk: planned, saved, explained, and refused with better rooms."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pms.access import Role, allowed
from pms.assignment import actions, queries
from pms.db import db, work
from pms.errors import NotAllowed, Refused
from pms.journal import JournalLine
from pms.property.models import Housekeeping, Setting
from pms.reservations.models import RoomNight, Source
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House


@pytest.mark.both_engines
def test_arrivals_get_rooms_of_their_type_and_the_reasons_are_kept(house: House) -> None:
    with work():
        first, second = house.stay(), house.stay(kind="DLK", wishes="quiet")
        house.rooms["1206"].quiet = 90
    with work():
        plan = actions.place_arrivals(TODAY, by=house.user(), now=NOON)
    assert len(plan.placed) == 2 and not plan.unplaced
    assert first.room is not None and first.room.type.code == "STK"
    assert second.room is not None and second.room.number == "1206"
    assert "Quiet, as asked." in [str(text) for text in queries.why_this_room(second.id)]
    nights = db.session.scalars(sa.select(RoomNight.night).where(RoomNight.stay_id == first.id)).all()
    assert sorted(nights) == [TODAY, TODAY + timedelta(days=1)]


def test_who_has_a_room_keeps_it(house: House) -> None:
    with work():
        placed = house.stay(room="1204")
        house.stay()
        actions.place_arrivals(TODAY, by=house.user(), now=NOON)
    assert placed.room is not None and placed.room.number == "1204"


def test_one_guest_too_many_is_named(house: House) -> None:
    with work():
        for surname in ("Adler", "Berg", "Chen"):
            house.stay(kind="SUI", guest=house.guest(surname, ""))
        plan = actions.place_arrivals(TODAY, by=house.user(), now=NOON)
    assert len(plan.placed) == 2
    (left,) = plan.unplaced
    assert "No room of the type is free for Chen" in str(left.why)


def test_a_preview_saves_nothing(house: House) -> None:
    with work():
        stay = house.stay()
    before = db.session.scalar(sa.select(sa.func.count()).select_from(JournalLine))
    plan = actions.preview(TODAY)
    assert len(plan.placed) == 1 and stay.room_id is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(JournalLine)) == before


def test_a_closed_day_use_and_departing_room_are_seen_as_free_or_not(house: House) -> None:
    with work():
        house.stay(arrival=-2, nights=2, room="1301", status=Status.IN_HOUSE)
        staying = house.stay(arrival=-2, nights=3, room="1302", status=Status.IN_HOUSE)
        due_in = house.stay(kind="SUI")
        actions.place_arrivals(TODAY, by=house.user(), now=NOON)
    assert due_in.room is not None and due_in.room.number == "1301"
    assert staying.room is not None and staying.room.number == "1302"


def test_a_taken_room_is_refused_with_other_rooms(house: House) -> None:
    with work():
        house.stay(room="1201")
        stay = house.stay()
    with pytest.raises(Refused, match="not free") as refused, work():
        actions.place_stay(stay, house.rooms["1201"], by=house.user(), now=NOON)
    assert refused.value.offers and all(offer.kind == "room" for offer in refused.value.offers)
    assert stay.room_id is None


def test_a_need_stands_back_only_with_consent_on_record(house: House) -> None:
    with work():
        house.user()
        house.rooms["1204"].smoking = True
        stay = house.stay(needs="non_smoking")
    with pytest.raises(Refused, match="smoking"), work():
        actions.place_stay(stay, house.rooms["1204"], by=house.user(), now=NOON)
    with work():
        actions.place_stay(stay, house.rooms["1204"], by=house.user(), now=NOON, consent="guest, by telephone")
    line = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "place")).one()
    assert line.details["consent"] == "guest, by telephone"


def test_only_the_am_puts_guests_who_are_kept_apart_on_one_floor(house: House) -> None:
    with work():
        house.stay(room="1205", guest=house.guest("A", keep_apart="K/1"))
        stay = house.stay(guest=house.guest("B", keep_apart="K/2"))
    with pytest.raises(NotAllowed), work():
        actions.place_stay(stay, house.rooms["1201"], by=house.user(), now=NOON, consent="ordered")
    with work():
        am = house.user("assistant_manager")
        actions.place_stay(stay, house.rooms["1201"], by=am, now=NOON, consent="ordered by the AM")
    assert stay.room_id == house.rooms["1201"].id


def test_consent_to_a_missing_need_is_none_to_meeting_somebody_kept_apart(house: House) -> None:
    with work():
        house.stay(room="1205", guest=house.guest("A", keep_apart="K/1"))
        stay = house.stay(needs="accessible", guest=house.guest("B", keep_apart="K/2"))
    with pytest.raises(NotAllowed), work():
        actions.place_stay(stay, house.rooms["1201"], by=house.user(), now=NOON, consent="agreed by telephone")


def test_a_locked_room_is_not_taken_away(house: House) -> None:
    with work():
        stay = house.stay(room="1204")
        actions.lock(stay, "promised by the manager", by=house.user(), now=NOON)
    with pytest.raises(Refused, match="promised by the manager"), work():
        actions.unplace(stay, by=house.user(), now=NOON)
    with pytest.raises(Refused, match="promised by the manager"), work():
        actions.place_stay(stay, house.rooms["1201"], by=house.user(), now=NOON)
    with work():
        actions.unlock(stay, by=house.user(), now=NOON)
        actions.unplace(stay, by=house.user(), now=NOON)
    assert stay.room_id is None and db.session.scalar(sa.select(sa.func.count()).select_from(RoomNight)) == 0


def test_a_lock_needs_a_room_and_a_reason(house: House) -> None:
    with work():
        bare, placed = house.stay(), house.stay(room="1204")
    for stay, why in ((bare, "promised"), (placed, "  ")):
        with pytest.raises(Refused), work():
            actions.lock(stay, why, by=house.user(), now=NOON)


def test_suggestions_come_clean_first_and_with_reasons(house: House) -> None:
    with work():
        for number in ("1201", "1202"):
            house.rooms[number].housekeeping = Housekeeping.DIRTY
        stay = house.stay()
    best = actions.suggest(stay)
    assert best[0].room.number == "1204" and len(best) == 3
    assert "Clean and ready." in [str(reason.text) for reason in best[0].met]
    (against,) = actions.why_not(stay, house.rooms["1205"]).forbidden
    assert str(against.text) == "1205 is of another type (DLK)."


def test_a_stay_in_house_is_not_placed_anew(house: House) -> None:
    with work():
        stay = house.stay(arrival=-1, room="1204", status=Status.IN_HOUSE)
    with pytest.raises(Refused, match="In house"), work():
        actions.place_stay(stay, house.rooms["1201"], by=house.user(), now=NOON)


@pytest.mark.parametrize("role", list(Role))
def test_placing_is_refused_to_roles_that_may_not(house: House, role: Role) -> None:
    with work():
        house.stay()
        by = house.user(role.value)
    if allowed(by, "place"):
        with work():
            assert actions.place_arrivals(TODAY, by=by, now=NOON).placed
        return
    with pytest.raises(NotAllowed), work():
        actions.place_arrivals(TODAY, by=by, now=NOON)


def test_the_house_changes_a_rule_and_the_next_guest_is_placed_by_it(house: House) -> None:
    with work():
        house.rooms["1202"].quiet = 90
        stay = house.stay(wishes="quiet")
    assert actions.suggest(stay, 1)[0].room.number == "1202"
    with work():
        db.session.add(Setting(key="placing_rules", value={"wish_quiet": {"on": False}}))
    assert actions.suggest(stay, 1)[0].room.number == "1201"


def test_who_rang_the_desk_and_said_nothing_counts_as_neither_business_nor_leisure(house: House) -> None:
    with work():
        rang = house.stay(booking=house.booking(source=Source.PHONE))
        web = house.stay(booking=house.booking(source=Source.WEB))
    kinds = {stay.id: stay.kinds for stay in queries.arriving_unplaced(TODAY)}
    assert kinds == {rang.id: frozenset(), web.id: frozenset({"leisure"})}
