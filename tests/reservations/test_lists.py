"""Finding bookings and the desk's lists: one statement each, whatever the house holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa

from pms.db import db, work
from pms.errors import Missing
from pms.guests.models import AccountKind
from pms.reservations import actions, queries
from pms.reservations.models import Guarantee
from pms.reservations.status import Status
from tests.builders import TODAY, House
from tests.reservations.clerk import Clerk, day


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def count(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    yield seen
    sa.event.remove(db.engine, "before_cursor_execute", count)


@pytest.mark.both_engines
def test_a_booking_is_found_by_its_number_however_it_is_written(clerk: Clerk) -> None:
    booking = clerk.take(clerk.room(), clerk.room("SUI"))
    assert queries.booking_by_confirmation(" lt-26-00001 ") is booking
    assert queries.load_booking(booking.id) is booking
    assert queries.load_stay(booking.stays[0].id) is booking.stays[0]


@pytest.mark.parametrize(
    ("load", "key", "why"),
    [
        (queries.load_booking, 999, "no such booking"),
        (queries.booking_by_confirmation, "LT-26-99999", "no such booking"),
        (queries.load_stay, 999, "no such stay"),
    ],
)
def test_what_is_not_there_is_missing(house: House, load: Any, key: Any, why: str) -> None:
    with pytest.raises(Missing, match=why):
        load(key)


def test_a_booking_comes_with_stays_and_guests_without_further_statements(clerk: Clerk) -> None:
    booking_id = clerk.take(*(clerk.room(kind) for kind in ("STK", "STT", "SUI"))).id
    db.session.expunge_all()
    with statements() as seen:
        names = [stay.guest.name for stay in queries.load_booking(booking_id).stays]
    assert (len(names), len(seen)) == (3, 2)


@pytest.mark.both_engines
def test_arrivals_of_the_day_include_those_overdue_and_leave_out_the_rest(clerk: Clerk, house: House) -> None:
    today = clerk.book(arrival=0, eta="19:00", needs=("twin",))
    tomorrow, gone = clerk.book("DLK", arrival=1), clerk.book("SUI", arrival=0)
    clerk.do(actions.cancel, gone, "ill")
    with work():
        overdue = house.stay(arrival=-1, kind="STT")
    with statements() as seen:
        rows = {row.stay_id: row for row in queries.arrivals(TODAY)}
    assert set(rows) == {today.id, overdue.id}
    assert tomorrow.id not in rows
    assert len(seen) == 1
    line = rows[today.id]
    assert (line.guest, line.room, line.type, line.held_type, line.plan) == ("Fischer, Anna", None, "STK", "STK", "BAR")
    assert (line.nights, line.persons, line.eta, line.needs, line.guarantee) == (2, 1, "19:00", "twin", Guarantee.NONE)


def test_a_line_names_company_agency_and_the_type_agreed(supervisor: Clerk, house: House) -> None:
    with work():
        company, agency = house.account(), house.account("CITS", AccountKind.AGENT, name_en="CITS")
    booking = supervisor.take(supervisor.room(arrival=0), company_id=company.id, agent_id=agency.id)
    supervisor.do(actions.agree_upgrade, booking.stays[0], house.types["SUI"].id)
    line = queries.arrivals(TODAY)[0]
    assert (line.company, line.agent, line.type, line.held_type) == ("Xinhe Textile", "CITS", "STK", "SUI")


def test_due_out_and_in_house_are_by_room(house: House) -> None:
    with work():
        for room, arrival, nights in (("1205", -2, 2), ("1201", -3, 2), ("1301", -1, 3)):
            house.stay(arrival=arrival, nights=nights, room=room, status=Status.IN_HOUSE)
        house.stay(arrival=-2, nights=2, room="1202", status=Status.CHECKED_OUT)
    assert [row.room for row in queries.due_out(TODAY)] == ["1201", "1205"]
    assert [row.room for row in queries.in_house()] == ["1201", "1205", "1301"]


def test_a_guest_who_was_here_before_is_known_with_every_stay(clerk: Clerk, house: House) -> None:
    with work():
        guest = house.guest("Okafor", "Ada")
        house.stay(arrival=-40, room="1301", guest=guest, status=Status.CHECKED_OUT)
    coming = clerk.book(guest_id=guest.id)
    assert [row.arrival for row in queries.stay_history(guest.id)] == [coming.arrival, day(-40)]
    assert queries.times_stayed(guest.id) == 1
