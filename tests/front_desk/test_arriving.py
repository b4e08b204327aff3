"""Walk-ins, whole groups, arrivals around midnight, and check-in taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from pms import clock
from pms.cashier import actions as cashier
from pms.cashier import queries as ledger
from pms.cashier.models import PaymentMethod, PostingKind
from pms.db import db
from pms.errors import NotAllowed, Refused
from pms.front_desk import actions, queries
from pms.front_desk.actions import CheckIn, Deposit, DepositKind, Seen
from pms.front_desk.groups import Split, WithLeader
from pms.notices import Department, Notice, NoticeTo
from pms.property.models import Housekeeping
from pms.reservations.actions import BookingRequest, StayRequest
from pms.reservations.models import Booking, Group, RoomNight, Source, Stay, TypeNight
from pms.reservations.status import Status
from pms.say import from_json
from tests.builders import NOON, TODAY
from tests.front_desk.steps import NO_DEPOSIT, Desk, journal_of

TOMORROW = TODAY + timedelta(days=1)


def request_of(desk: Desk, guest_id: int, **values: Any) -> BookingRequest:
    one = {"type_id": desk.house.types["STK"].id, "plan_id": desk.house.plans["BAR"].id, "arrival": TODAY}
    one |= {"departure": TODAY + timedelta(days=2), "guest_id": guest_id} | values
    return BookingRequest(stays=(StayRequest(**one),), source=Source.WALK_IN)


def walk_in(desk: Desk, role: str = "front_desk_agent", room: str | None = None, **values: Any) -> Stay:
    guest = desk.house.guest("Okafor", "Ada")
    sheet = CheckIn(
        documents=(Seen(guest.id, desk.document(guest.id)),),
        room_id=desk.house.rooms[room].id if room else None,
        signed=True,
        deposit=NO_DEPOSIT,
    )
    return actions.walk_in(request_of(desk, guest.id, **values), sheet, **desk.by(role)).stay


@pytest.mark.both_engines
def test_a_walk_in_is_booked_placed_and_checked_in_at_once(desk: Desk) -> None:
    stay = walk_in(desk, room="1202")
    assert (stay.status, stay.room.number, stay.booking.source) == (Status.IN_HOUSE, "1202", Source.WALK_IN)
    assert db.session.scalar(sa.select(sa.func.count()).where(RoomNight.stay_id == stay.id)) == 2


def test_a_walk_in_without_a_wish_gets_the_best_ready_room(desk: Desk) -> None:
    desk.house.rooms["1201"].housekeeping = Housekeeping.DIRTY
    desk.house.rooms["1202"].housekeeping = Housekeeping.CLEANING
    assert walk_in(desk).room.number == "1204"


def test_a_walk_in_waits_when_no_room_of_the_type_is_clean(desk: Desk) -> None:
    for number in ("1201", "1202", "1204"):
        desk.house.rooms[number].housekeeping = Housekeeping.DIRTY
    with pytest.raises(Refused, match="No clean room") as refusal:
        walk_in(desk)
    assert [offer.kind for offer in refusal.value.offers] == ["rush_cleaning"]


def test_a_walk_in_that_fails_leaves_nothing_behind(desk: Desk) -> None:
    db.session.commit()
    desk.house.rooms["1202"].housekeeping = Housekeeping.DIRTY
    db.session.commit()
    with pytest.raises(Refused, match="not clean"):
        walk_in(desk, room="1202")
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Booking)) == 0
    assert db.session.scalar(sa.select(sa.func.sum(TypeNight.sold))) in (None, 0)


def test_a_walk_in_starts_today(desk: Desk) -> None:
    with pytest.raises(Refused, match="one room from today"):
        walk_in(desk, arrival=TOMORROW)


def test_only_the_desk_takes_walk_ins(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        walk_in(desk, role="reservation_clerk")


# --- Groups ---
def rooming_list(desk: Desk, *rooms: str) -> tuple[Group, list[Stay]]:
    group = Group(code="TANG", name="Tang Travel", arrival=TODAY, departure=TODAY + timedelta(days=2))
    db.session.add(group)
    db.session.flush()
    stays = [
        desk.house.stay(room=room, group_id=group.id, guest=desk.house.guest(f"Guest{room}", "A")) for room in rooms
    ]
    return group, stays


def sheets(desk: Desk, stays: list[Stay]) -> dict[int, CheckIn]:
    return {stay.id: desk.sheet(stay) for stay in stays}


def leader(heads: int, signed: bool = True) -> WithLeader:
    return WithLeader(heads=heads, split=Split.ROOMS, signed=signed)


@pytest.mark.both_engines
def test_the_whole_group_is_checked_in_at_once(desk: Desk) -> None:
    group, stays = rooming_list(desk, "1201", "1202", "1204")
    done = actions.check_in_group(group, sheets(desk, stays), leader(3), **desk.by())
    assert [each.room for each in done] == ["1201", "1202", "1204"]
    assert {stay.status for stay in stays} == {Status.IN_HOUSE}


def test_nobody_of_a_group_is_checked_in_while_somebody_is_not_ready_and_all_of_them_are_named(desk: Desk) -> None:
    group, stays = rooming_list(desk, "1201", "1202", "1204")
    desk.house.rooms["1202"].housekeeping = Housekeeping.DIRTY
    known = sheets(desk, stays)
    del known[stays[2].id]
    with pytest.raises(Refused, match="2 of 3 guests are not ready") as refusal:
        actions.check_in_group(group, known, leader(3), **desk.by())
    assert [str(offer.text) for offer in refusal.value.offers] == [
        "Guest1202, A: Room 1202 is not clean yet.",
        "Guest1204, A: The document of Guest1204, A has not been seen yet.",
    ]
    assert {stay.status for stay in stays} == {Status.RESERVED}


def test_a_group_of_which_nobody_is_due_is_refused(desk: Desk) -> None:
    group, stays = rooming_list(desk, "1201")
    actions.check_in_group(group, sheets(desk, stays), leader(1), **desk.by())
    with pytest.raises(Refused, match="Nobody of Tang Travel"):
        actions.check_in_group(group, {}, leader(1), **desk.by())


def test_only_the_desk_checks_groups_in(desk: Desk) -> None:
    group, _ = rooming_list(desk, "1201")
    with pytest.raises(NotAllowed):
        actions.check_in_group(group, {}, leader(1), **desk.by("reservation_supervisor"))


def test_each_department_hears_of_a_group_once_and_not_room_by_room(desk: Desk) -> None:
    group, stays = rooming_list(desk, "1201", "1202", "1204")
    stays[1].vip_level = 2
    actions.check_in_group(group, sheets(desk, stays), leader(3), **desk.by())
    notices = db.session.scalars(sa.select(Notice)).all()
    assert [notice.about for notice in notices] == [f"group:{group.id}"]
    assert "3 guests in rooms 1201, 1202, 1204" in str(from_json(notices[0].text))
    told = db.session.scalars(sa.select(NoticeTo.department)).all()
    assert len(told) == len(set(told))
    assert {Department.HOUSEKEEPING, Department.ASSISTANT_MANAGER} < set(told)  # the AM because of the VIP


def test_whoever_of_a_group_comes_later_stays_reserved(desk: Desk) -> None:
    group, stays = rooming_list(desk, "1201", "1202", "1204")
    actions.check_in_group(group, sheets(desk, stays), leader(2), later={stays[1].id}, **desk.by())
    assert [stay.status for stay in stays] == [Status.IN_HOUSE, Status.RESERVED, Status.IN_HOUSE]


@pytest.mark.parametrize(("heads", "signed", "why"), [(2, True, "the leader counts 2"), (3, False, "has not signed")])
def test_nobody_of_a_group_gets_a_key_before_the_leader_has_counted_and_signed(
    desk: Desk, heads: int, signed: bool, why: str
) -> None:
    group, stays = rooming_list(desk, "1201", "1202", "1204")
    with pytest.raises(Refused, match=why):
        actions.check_in_group(group, sheets(desk, stays), leader(heads, signed), **desk.by())
    assert {stay.status for stay in stays} == {Status.RESERVED}


# --- Around midnight ---
def test_who_comes_after_midnight_before_the_audit_takes_tonight_as_well(desk: Desk) -> None:
    stay = desk.house.stay(arrival=1, nights=2, room="1204")
    actions.add_night_before(stay, **desk.by("night_auditor"))
    desk.check_in(stay, role="night_auditor")
    assert (stay.arrival, stay.checked_in_on) == (TODAY, TODAY)
    assert db.session.scalar(sa.select(sa.func.count()).where(RoomNight.stay_id == stay.id)) == 3


def test_or_he_is_checked_in_after_the_audit(desk: Desk) -> None:
    stay = desk.house.stay(arrival=1, nights=2, room="1204")
    clock.advance_business_date(TODAY, TOMORROW, at=NOON)
    desk.check_in(stay)
    assert stay.checked_in_on == TOMORROW


def test_tonight_is_for_those_booked_for_tomorrow_only(desk: Desk) -> None:
    for arrival in (0, 2):
        with pytest.raises(Refused, match="booked for tomorrow"):
            actions.add_night_before(desk.house.stay(arrival=arrival), **desk.by())


# --- Undo ---
@pytest.mark.both_engines
def test_undo_check_in_takes_back_everything_it_made(desk: Desk) -> None:
    stay = desk.guest_in_house(plan="PKG")
    actions.undo_check_in(stay, **desk.by())
    assert (stay.status, stay.checked_in_on, stay.checked_in_at) == (Status.RESERVED, None, None)
    assert queries.registrations_of(stay.id) == []
    assert queries.vouchers_of(stay.id) == []
    assert ledger.folio_of(stay.id) is None
    assert all(key.void_at == NOON for key in queries.keys_of(stay.id))
    assert journal_of(stay)[-1] == "undo_check_in"


def test_after_undo_the_guest_can_be_checked_in_again(desk: Desk) -> None:
    stay = desk.guest_in_house(plan="PKG")
    actions.undo_check_in(stay, **desk.by())
    desk.check_in(stay)
    assert stay.status is Status.IN_HOUSE


def test_a_deposit_is_given_back_before_check_in_is_undone(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    done = desk.check_in(stay, deposit=Deposit(DepositKind.CASH, 50_000))
    with pytest.raises(Refused, match=r"deposit of CNY 500\.00 must be given back") as refusal:
        actions.undo_check_in(stay, **desk.by())
    assert [(offer.kind, offer.value) for offer in refusal.value.offers] == [("refund", 50_000)]
    back = {"kind": PostingKind.REFUND} | desk.by()
    cashier.pay(done.folio_id, stay.id, 50_000, PaymentMethod.CASH, **back)
    actions.undo_check_in(stay, **desk.by())
    assert ledger.folio_of(stay.id) == done.folio_id  # what was posted stays


def test_undo_releases_what_a_card_holds(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    desk.check_in(stay, deposit=Deposit(DepositKind.PREAUTHORISATION, 50_000, "A8"))
    actions.undo_check_in(stay, **desk.by())
    assert ledger.held_by_cards(stay.id) == 0


def test_check_in_is_not_undone_over_charges(desk: Desk) -> None:
    stay = desk.guest_in_house()
    charge = desk.charge(stay, 12_800)
    with pytest.raises(Refused, match="charges on the folio"):
        actions.undo_check_in(stay, **desk.by())
    cashier.reverse(charge, "minibar of the guest before", **desk.by("cashier"))
    actions.undo_check_in(stay, **desk.by())


def test_check_in_of_a_closed_date_is_not_undone(desk: Desk) -> None:
    stay = desk.guest_in_house()
    clock.advance_business_date(TODAY, TOMORROW, at=NOON)
    with pytest.raises(Refused, match="which is closed"):
        actions.undo_check_in(stay, **desk.by())


def test_check_in_is_not_undone_behind_the_back_of_the_police(desk: Desk) -> None:
    stay = desk.guest_in_house()
    queries.registrations_of(stay.id)[0].sent_at = NOON
    with pytest.raises(Refused, match="sent to the police"):
        actions.undo_check_in(stay, **desk.by())


def test_who_is_not_in_house_has_no_check_in_to_undo(desk: Desk) -> None:
    with pytest.raises(Refused, match="Reserved"):
        actions.undo_check_in(desk.house.stay(), **desk.by())


def test_only_the_desk_undoes_a_check_in(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        actions.undo_check_in(desk.guest_in_house(), **desk.by("cashier"))
