"""Check-in: what no stroke may skip, and everything that one check-in makes (C2, C3, C6-C10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from pms.cashier import queries as ledger
from pms.cashier.models import Preauthorisation
from pms.db import db
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk import actions, queries, queries_police
from pms.front_desk.actions import CheckIn, Deposit, DepositKind, Seen
from pms.guests.models import GuestDocument
from pms.notices import Department, Notice
from pms.property.models import Housekeeping
from pms.reservations.models import StayGuest, Use
from pms.reservations.queries import times_stayed
from pms.reservations.status import Status
from pms.say import from_json
from tests.builders import NOON, TODAY
from tests.front_desk.steps import NO_DEPOSIT, Desk, journal_of, told_about


def offered(refusal: pytest.ExceptionInfo[Refused], kind: str) -> list[object]:
    return [offer.value for offer in refusal.value.offers if offer.kind == kind]


def test_a_guest_who_is_due_gets_his_room(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    done = desk.check_in(stay)
    assert (stay.status, stay.checked_in_on, stay.checked_in_at) == (Status.IN_HOUSE, TODAY, NOON)
    assert done.room == "1204"
    assert journal_of(stay)[-1] == "check_in"


def test_what_check_in_writes_is_in_the_database(desk: Desk) -> None:
    stay = desk.guest_in_house()
    db.session.expire_all()
    assert stay.status is Status.IN_HOUSE
    assert stay.checked_in_on == TODAY


def test_the_document_is_noted_as_seen_and_waits_for_the_police(desk: Desk) -> None:
    stay = desk.guest_in_house()
    (registration,) = queries.registrations_of(stay.id)
    paper = db.session.get_one(GuestDocument, registration.document_id)
    assert (registration.guest_id, registration.signed, registration.sent_at) == (stay.guest_id, True, None)
    assert (paper.seen_at, paper.seen_by) == (NOON, desk.house.user().id)
    assert [row.id for row in queries_police.unsent()] == [registration.id]


def test_the_key_is_valid_until_the_check_out_hour_of_the_day_of_departure(desk: Desk) -> None:
    stay = desk.guest_in_house(nights=2)
    (key,) = queries.keys_of(stay.id)
    assert key.valid_until == datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


def test_in_the_low_season_guests_may_stay_until_14(desk: Desk) -> None:
    stay = desk.guest_in_house(nights=30)  # until 21 December
    assert queries.keys_of(stay.id)[0].valid_until == datetime(2026, 12, 21, 6, 0, tzinfo=UTC)


def test_the_key_of_a_vip_is_valid_until_18(desk: Desk) -> None:
    stay = desk.guest_in_house(vip_level=1)
    assert queries.keys_of(stay.id)[0].valid_until == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_breakfast_vouchers_are_made_for_every_morning_when_the_plan_has_breakfast(desk: Desk) -> None:
    stay = desk.guest_in_house(plan="PKG", adults=2, nights=2)
    assert [(v.day, v.persons) for v in queries.vouchers_of(stay.id)] == [
        (date(2026, 11, 22), 2),
        (date(2026, 11, 23), 2),
    ]


def test_there_are_no_vouchers_without_breakfast_in_the_plan(desk: Desk) -> None:
    assert queries.vouchers_of(desk.guest_in_house(plan="BAR").id) == []


def test_departments_are_told(desk: Desk) -> None:
    stay = desk.guest_in_house()
    assert told_about(stay) == {
        Department.HOUSEKEEPING,
        Department.SERVICE_CENTRE,
        Department.CONCIERGE,
        Department.OPERATOR,
    }


@pytest.mark.parametrize("special", [{"vip_level": 2}, {"needs": "accessible"}])
def test_the_assistant_manager_hears_of_vips_and_disabled_guests(desk: Desk, special: dict[str, object]) -> None:
    stay = desk.guest_in_house(**special)
    assert {Department.ASSISTANT_MANAGER, Department.RESTAURANTS} <= told_about(stay)


def test_no_notice_names_a_guest_who_wants_no_disclosure(desk: Desk) -> None:
    hidden = desk.house.guest("Hart", "Ruth", incognito=True)
    stay = desk.guest_in_house("1204", nights=2, guest=hidden)
    actions.change_room(stay, desk.house.rooms["1202"], "noise", **desk.by())
    actions.extend(stay, TODAY + timedelta(days=3), **desk.by())
    actions.grant_late_check_out(stay, **desk.by())
    texts = [str(from_json(text)) for text in db.session.scalars(sa.select(Notice.text))]
    assert len(texts) == 4
    assert not any("Hart" in text for text in texts)


def test_a_cash_deposit_is_on_the_folio(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    done = desk.check_in(stay, deposit=Deposit(DepositKind.CASH, 100_000, "R 17"))
    assert ledger.balance(done.folio_id) == -100_000


def test_a_preauthorisation_holds_money_but_moves_none(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    done = desk.check_in(stay, deposit=Deposit(DepositKind.PREAUTHORISATION, 200_000, "A81733"))
    assert ledger.balance(done.folio_id) == 0
    assert ledger.held_by_cards(stay.id) == 200_000


def test_a_preauthorisation_needs_its_approval_code(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    with pytest.raises(Refused, match="approval code"):
        desk.check_in(stay, deposit=Deposit(DepositKind.PREAUTHORISATION, 200_000))


def test_card_numbers_are_not_kept(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    with pytest.raises(Refused, match="card number"):
        desk.check_in(stay, deposit=Deposit(DepositKind.PREAUTHORISATION, 200_000, "4111 1111 1111 1111"))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Preauthorisation)) == 0


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"documents": ()}, "document of Fischer, Anna has not been seen"),
        ({"signed": False}, "not signed"),
        ({"deposit": None}, "decide about the deposit"),
        ({"deposit": Deposit(DepositKind.NONE)}, "why there is no deposit"),
        ({"deposit": Deposit(DepositKind.NONE, 100, why_none="x")}, "no way it was paid"),
        ({"deposit": Deposit(DepositKind.CASH)}, "amount of the deposit"),
        ({"keys": 0}, "Between 1 and 9 keys"),
        ({"keys": 10}, "Between 1 and 9 keys"),
    ],
)
def test_what_no_stroke_may_skip(desk: Desk, lacking: dict[str, object], words: str) -> None:
    stay = desk.house.stay(room="1204")
    with pytest.raises(Refused, match=words):
        desk.check_in(stay, **lacking)
    assert stay.status is Status.RESERVED
    assert journal_of(stay) == []


def test_everybody_in_the_room_is_registered(desk: Desk) -> None:
    stay = desk.house.stay(room="1204", adults=2)
    sharer = desk.house.guest("Weber", "Karl")
    db.session.add(StayGuest(stay_id=stay.id, guest_id=sharer.id))
    db.session.flush()
    only_one = (Seen(stay.guest_id, desk.document(stay.guest_id)),)
    with pytest.raises(Refused, match="document of Weber, Karl"):
        desk.check_in(stay, documents=only_one)
    desk.check_in(stay)
    assert {row.guest_id for row in queries.registrations_of(stay.id)} == {stay.guest_id, sharer.id}


def test_a_document_of_somebody_else_does_not_count(desk: Desk) -> None:
    stay, other = desk.house.stay(room="1204"), desk.house.guest("Weber", "Karl")
    with pytest.raises(Refused, match="not on file for this guest"):
        desk.check_in(stay, documents=(Seen(stay.guest_id, desk.document(other.id)),))


def test_a_stranger_cannot_be_registered_in_the_room(desk: Desk) -> None:
    stay, other = desk.house.stay(room="1204"), desk.house.guest("Weber", "Karl")
    sheet = desk.sheet(stay)
    with pytest.raises(Refused, match="not registered in this room"):
        desk.check_in(stay, documents=(*sheet.documents, Seen(other.id, desk.document(other.id))))


def test_nobody_is_checked_in_twice(desk: Desk) -> None:
    stay = desk.guest_in_house()
    with pytest.raises(Refused, match="In house"):
        desk.check_in(stay)


def test_a_guest_booked_for_tomorrow_waits_for_the_audit_or_takes_tonight_as_well(desk: Desk) -> None:
    stay = desk.house.stay(arrival=1, room="1204")
    with pytest.raises(Refused, match="business date is Sat 21 Nov 2026") as refusal:
        desk.check_in(stay)
    assert offered(refusal, "extra_night") == [TODAY]
    assert offered(refusal, "wait") == [stay.arrival]


def test_a_guest_booked_for_another_day_is_offered_no_extra_night(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        desk.check_in(desk.house.stay(arrival=2, room="1204"))
    assert offered(refusal, "extra_night") == []


def test_an_overdue_guest_is_welcome_while_his_booking_lasts(desk: Desk) -> None:
    stay = desk.house.stay(arrival=-1, nights=2, room="1204")
    desk.check_in(stay)
    assert stay.checked_in_on == TODAY


def test_a_booking_that_has_ended_is_changed_first(desk: Desk) -> None:
    with pytest.raises(Refused, match="booking ended"):
        desk.check_in(desk.house.stay(arrival=-2, nights=2, room="1204"))


def test_a_guest_without_a_room_is_offered_ready_ones(desk: Desk) -> None:
    desk.house.rooms["1202"].housekeeping = Housekeeping.INSPECTED
    desk.house.rooms["1201"].housekeeping = Housekeeping.DIRTY
    stay = desk.house.stay(kind="STK")
    with pytest.raises(Refused, match="no room yet") as refusal:
        desk.check_in(stay)
    assert offered(refusal, "room") == [desk.house.rooms["1202"].id, desk.house.rooms["1204"].id]


@pytest.mark.parametrize("state", [Housekeeping.DIRTY, Housekeeping.CLEANING])
def test_a_room_that_is_not_clean_is_refused_with_ready_ones_and_rush_cleaning(desk: Desk, state: Housekeeping) -> None:
    stay = desk.house.stay(room="1204")
    desk.house.rooms["1204"].housekeeping = state
    with pytest.raises(Refused, match="1204 is not clean") as refusal:
        desk.check_in(stay)
    assert offered(refusal, "room") == [desk.house.rooms["1201"].id, desk.house.rooms["1202"].id]
    assert offered(refusal, "rush_cleaning") == [desk.house.rooms["1204"].id]


def test_the_guest_before_has_to_leave_first(desk: Desk) -> None:
    leaving = desk.house.stay(arrival=-1, nights=1, room="1204", status=Status.IN_HOUSE)
    coming = desk.house.stay(room="1204", guest=desk.house.guest("Weber", "Karl"))
    with pytest.raises(Refused, match="Fischer, Anna has not left room 1204"):
        desk.check_in(coming)
    assert leaving.status is Status.IN_HOUSE


def test_the_sheet_may_name_the_room(desk: Desk) -> None:
    stay = desk.house.stay(kind="STK")
    done = desk.check_in(stay, room_id=desk.house.rooms["1202"].id)
    assert (done.room, stay.room_id) == ("1202", desk.house.rooms["1202"].id)


def test_day_use_takes_the_room_but_no_night(desk: Desk) -> None:
    stay = desk.house.stay(nights=0, room="1204", use=Use.DAY_USE)
    desk.check_in(stay)
    assert stay.status is Status.IN_HOUSE


@pytest.mark.parametrize("role", ["reservation_clerk", "concierge", "housekeeping", "cashier", "manager", "admin"])
def test_only_the_desk_checks_in(desk: Desk, role: str) -> None:
    with pytest.raises(NotAllowed):
        desk.check_in(desk.house.stay(room="1204"), role=role)


@pytest.mark.parametrize("role", ["front_desk_agent", "shift_leader", "assistant_manager", "night_auditor"])
def test_everybody_of_the_desk_checks_in(desk: Desk, role: str) -> None:
    stay = desk.house.stay(room="1204")
    desk.check_in(stay, role=role)
    assert stay.status is Status.IN_HOUSE


def test_a_stay_that_somebody_else_changed_is_a_conflict(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    table = type(stay).__table__
    db.session.connection().execute(sa.update(table).where(table.c.id == stay.id).values(version=7))
    with pytest.raises(Conflict, match="just changed this stay"):
        desk.check_in(stay)


def test_welcome_for_the_third_time(desk: Desk) -> None:
    guest = desk.house.guest()
    for before in (-40, -20):
        desk.house.stay(arrival=before, guest=guest, status=Status.CHECKED_OUT)
    assert times_stayed(guest.id) == 2


def test_an_empty_sheet_lacks_everything() -> None:
    assert CheckIn() == replace(CheckIn(), documents=(), signed=False, deposit=None)
    assert NO_DEPOSIT.why_none
