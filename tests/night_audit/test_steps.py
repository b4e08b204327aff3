"""What each step of the night audit does (papers.md, "The night audit, in order")."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pms import clock, journal
from pms.cashier.models import Posting, PostingKind
from pms.db import db, reading, work
from pms.guest_services.models import Message, MessageStatus
from pms.night_audit.models import Audit, AuditStep, DailyFigures
from pms.property.models import Hotel, Housekeeping, Room
from pms.property.queries import settings_changed
from pms.reservations.models import Guarantee, RoomNight, Stay, TypeNight
from pms.reservations.status import Status
from tests.builders import TODAY
from tests.night_audit.conftest import DAY, NIGHT, Night

Rows = Callable[[type], list[Any]]
Stop = Callable[[Night, str], None]
pytestmark = pytest.mark.both_engines


def test_the_business_date_moves_on_by_one_day(full_night: Night, engine_name: str) -> None:
    full_night.close()
    with reading():
        assert clock.business_date() == TODAY + DAY


def test_the_steps_leave_a_row_each_in_their_order(full_night: Night, rows: Rows, engine_name: str) -> None:
    closed = full_night.close()
    assert list(closed.done) == ["check", "no_shows", "charges", "close", "rooms", "figures", "seal"]
    assert {row.step for row in rows(AuditStep)} == set(closed.done)
    (audit,) = rows(Audit)
    assert (audit.finished_at, audit.holder, audit.started_by) == (NIGHT, "", full_night.auditor.id)


def test_who_did_not_come_is_a_no_show_and_the_room_is_free_for_the_whole_stay(night: Night, engine_name: str) -> None:
    with work():
        stay = night.expected(room="1205", nights=3)
    night.close()
    with reading():
        gone = db.session.get_one(Stay, stay.id, populate_existing=True)
        assert (gone.status, gone.ended_on, gone.room_id) == (Status.NO_SHOW, TODAY, None)
        assert db.session.query(RoomNight).filter_by(stay_id=stay.id).count() == 0
        assert {row.sold for row in db.session.query(TypeNight).filter_by(type_id=stay.type_id)} == {0}


def test_a_guaranteed_no_show_pays_the_first_night_and_others_nothing(
    night: Night, rows: Rows, engine_name: str
) -> None:
    with work():
        guaranteed = night.expected(Guarantee.COMPANY, nights=3, price=50_000)
        night.expected(Guarantee.NONE, nights=3, price=60_000)
    closed = night.close()
    assert closed.done["no_shows"] == {"count": 2, "fees": 50_000}
    assert [(row.stay_id, row.kind, row.amount) for row in rows(Posting)] == [
        (guaranteed.id, PostingKind.NO_SHOW_FEE, 50_000)
    ]


def test_a_house_may_charge_no_fee(night: Night, rows: Rows, engine_name: str) -> None:
    with work():
        db.session.get_one(Hotel, 1).no_show_fee_nights = 0
        settings_changed()
        night.expected(Guarantee.COMPANY)
    night.close()
    assert rows(Posting) == []


def test_guests_expected_later_are_left_alone(night: Night, engine_name: str) -> None:
    with work():
        tomorrow = night.expected(arrival=1)
    night.close()
    assert db.session.get_one(Stay, tomorrow.id, populate_existing=True).status is Status.RESERVED


def test_everybody_in_house_is_charged_the_night(full_night: Night, rows: Rows, engine_name: str) -> None:
    full_night.close()
    posted = {(row.kind.value, row.amount) for row in rows(Posting) if row.business_date == TODAY and row.audit_kind}
    assert posted == {
        ("room", 68_000),
        ("room", 72_000),
        ("room", 159_200),  # the suite's 168.000 with one breakfast split off
        ("package", 8_800),
        ("no_show_fee", 98_000),
    }


def test_rooms_slept_in_are_dirty_and_others_stay_as_they_are(full_night: Night, rows: Rows, engine_name: str) -> None:
    full_night.close()
    dirty = {room.number for room in rows(Room) if room.housekeeping is Housekeeping.DIRTY}
    assert dirty == {"1201", "1203", "1301"}


def test_a_room_cleaned_after_the_date_was_closed_stays_clean(
    full_night: Night, stop_before: Stop, engine_name: str
) -> None:
    """An audit that was killed after closing and goes on at nine must not undo what housekeeping did at eight."""
    room = full_night.house.rooms["1201"]
    stop_before(full_night, "rooms")
    with work():
        cleaned = db.session.get_one(Room, room.id)
        cleaned.housekeeping, cleaned.housekeeping_since = Housekeeping.CLEAN, NIGHT + timedelta(hours=6)
    full_night.close(now=NIGHT + timedelta(hours=7))
    assert db.session.get_one(Room, room.id, populate_existing=True).housekeeping is Housekeeping.CLEAN


def test_the_rack_loses_the_slips_of_more_than_24_hours(night: Night, engine_name: str) -> None:
    with work():
        stay = night.guest_in_house("1201")
        old, new = night.message(stay, hours_on_rack=25), night.message(stay, hours_on_rack=23)
        read = night.message(stay, hours_on_rack=40, status=MessageStatus.DELIVERED)
    night.close()
    states = [db.session.get_one(Message, slip.id, populate_existing=True).status for slip in (old, new, read)]
    assert states == [MessageStatus.TAKEN_OFF, MessageStatus.ON_RACK, MessageStatus.DELIVERED]


def test_what_somebody_has_loaded_is_not_left_as_it_was(night: Night, engine_name: str) -> None:
    """A desk that holds the room object saves it later without a conflict."""
    with work():
        night.guest_in_house("1201")
    room = night.house.rooms["1201"]
    night.close()
    assert room.housekeeping is Housekeeping.DIRTY
    with work():
        room.housekeeping = Housekeeping.CLEANING


def test_the_figures_are_frozen(full_night: Night, rows: Rows, engine_name: str) -> None:
    full_night.close()
    (day,) = rows(DailyFigures)
    assert (day.rooms, day.occupied, day.persons, day.arrivals, day.departures, day.no_shows) == (8, 3, 3, 2, 1, 2)
    assert (day.room_revenue, day.other_revenue) == (68_000 + 72_000 + 159_200, 8_800 + 98_000)
    assert (day.guest_ledger_opening, day.guest_ledger_credit) == (68_000, 68_000)
    assert day.guest_ledger_closing == 68_000 + 72_000 + 159_200 + 8_800 + 98_000


def test_the_ledger_of_a_date_opens_with_what_the_date_before_closed_with(
    full_night: Night, rows: Rows, engine_name: str
) -> None:
    full_night.close_until(TODAY + DAY)
    first, second = sorted(rows(DailyFigures), key=lambda day: day.business_date)
    assert second.guest_ledger_opening == first.guest_ledger_closing
    assert second.guest_ledger_debit == 68_000 + 72_000 + 159_200 + 8_800


def test_the_journal_is_sealed_and_its_head_noted(full_night: Night, rows: Rows, engine_name: str) -> None:
    full_night.close()
    with reading():
        chain = journal.verify()
    assert (chain.intact, chain.unsealed) == (True, 0)
    (audit,) = rows(Audit)
    assert audit.journal_head == db.session.get_one(journal.JournalHead, 1).hash


def test_a_guest_who_came_after_the_charges_were_posted_is_charged_all_the_same(
    night: Night, rows: Rows, stop_before: Stop, engine_name: str
) -> None:
    stop_before(night, "close")
    with work():
        late = night.guest_in_house("1201")
        missed = night.expected(kind="STT")
    closed = night.close()
    assert closed.done["close"]["charged"]
    assert [(row.stay_id, row.amount) for row in rows(Posting)] == [(late.id, 68_000)]
    assert db.session.get_one(Stay, missed.id, populate_existing=True).status is Status.NO_SHOW
