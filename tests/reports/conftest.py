"""An evening in the small house that touches every list of the papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from pms.cashier.models import Folio, PaymentMethod, Posting, PostingKind
from pms.db import db, insert_one, work
from pms.front_desk.models import Extension, RoomMove
from pms.guest_services.models import Luggage, Message
from pms.guests.models import DocumentKind, GuestDocument
from pms.property.models import Closure, ClosureKind, Discrepancy, DiscrepancyKind
from pms.reservations.models import Group, Guarantee, Source, Stay, Use
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House

DAY = timedelta(days=1)


@dataclass
class Evening:
    """The house and the records of its forms."""

    house: House
    liu: Stay
    move: RoomMove
    luggage: Luggage
    message: Message


def add(record: Any) -> Any:
    db.session.add(record)
    db.session.flush()
    return record


def folio(house: House, stay: Stay, *postings: tuple[PostingKind, int, int]) -> int:
    """A folio with (kind, amount, days from TODAY) on it."""
    number = insert_one(Folio, number=f"F{stay.id:05d}", stay_id=stay.id, opened_on=stay.arrival)
    for kind, amount, days in postings:
        insert_one(
            Posting,
            folio_id=number,
            stay_id=stay.id,
            business_date=TODAY + timedelta(days=days),
            at=NOON,
            by_id=house.user("cashier").id,
            kind=kind,
            amount=amount,
            reference="",
            method=PaymentMethod.CARD if amount < 0 else None,
        )
    return number


@pytest.fixture
def evening(house: House) -> Evening:
    with work():
        return build(house)


def build(house: House) -> Evening:
    clerk, desk = house.user("reservation_clerk"), house.user("front_desk_agent")
    hidden = house.guest("Raghunathan", "Priya", incognito=True, nationality="IN")
    liu = house.stay(
        -1,
        3,
        room="1204",
        status=Status.IN_HOUSE,
        guest=house.guest("Liu", "Zhe", "刘喆", nationality="CN"),
        booking=house.booking(source=Source.AGENT, company_id=house.account().id),
        vip_level=2,
        adults=2,
    )
    secret = house.stay(-1, 2, room="1205", status=Status.IN_HOUSE, guest=hidden, use=Use.COMPLIMENTARY)
    house.stay(-2, 2, room="1203", status=Status.CHECKED_OUT, checked_out_at=NOON)
    house.stay(0, 1, room="1201", status=Status.IN_HOUSE, booking=house.booking(source=Source.WALK_IN))
    group = add(Group(code="SURG", name="Congress", name_zh="外科年会", arrival=TODAY + DAY, departure=TODAY + 3 * DAY))
    house.stay(
        1,
        2,
        room="1206",
        guest=house.guest("Novák", "Tomáš"),
        group_id=group.id,
        eta="17:00",
        wishes="high,quiet",
        booking=house.booking(guarantee=Guarantee.ORDER, group_id=group.id),
    )
    house.stay(0, 1, status=Status.NO_SHOW, ended_on=TODAY, ended_by=clerk.id, guest=house.guest("Erdoğan", "Şule"))
    house.stay(4, 1, status=Status.CANCELLED, ended_on=TODAY, ended_by=clerk.id, end_reason="Flight cancelled")
    folio(
        house,
        liu,
        (PostingKind.ROOM, 68_000, -1),
        (PostingKind.ROOM, 68_000, 0),
        (PostingKind.FOOD, 9_000, 0),
        (PostingKind.PAYMENT, -100_000, 0),
    )
    add(GuestDocument(guest_id=liu.guest_id, kind=DocumentKind.PASSPORT, number="E12345678", country="CN"))
    add(
        Extension(
            stay_id=liu.id,
            business_date=TODAY,
            at=NOON,
            by_id=desk.id,
            old_departure=TODAY + DAY,
            new_departure=TODAY + 2 * DAY,
            price=68_000,
            approved_by=clerk.id,
        )
    )
    move = add(
        RoomMove(
            stay_id=liu.id,
            business_date=TODAY,
            at=NOON,
            by_id=desk.id,
            from_room_id=house.rooms["1202"].id,
            to_room_id=house.rooms["1204"].id,
            reason="Noise",
            asked_by_house=False,
        )
    )
    add(
        Closure(
            room_id=house.rooms["1302"].id,
            kind=ClosureKind.OUT_OF_ORDER,
            first=TODAY,
            until=TODAY + DAY,
            reason="Water",
            created_at=NOON,
            created_by=desk.id,
        )
    )
    add(
        Discrepancy(
            room_id=secret.room_id,
            business_date=TODAY,
            kind=DiscrepancyKind.SKIP,
            housekeeping_persons=0,
            front_office_persons=1,
            found_at=NOON,
            found_by=desk.id,
        )
    )
    luggage = add(
        Luggage(
            tag="L0001",
            code="L0001-AB",
            stay_id=secret.id,
            depositor="Raghunathan, Priya",
            pieces=2,
            description="Case",
            shelf="B3",
            due_at=NOON,
            stored_at=NOON - DAY,
            stored_on=TODAY,
            stored_by=desk.id,
        )
    )
    message = add(
        Message(
            number="M0001",
            guest_id=liu.guest_id,
            stay_id=liu.id,
            caller="Mr Chen",
            text="Call 刘 back",
            taken_at=NOON,
            taken_on=TODAY,
            taken_by=desk.id,
            off_rack_at=NOON + DAY,
        )
    )
    return Evening(house, liu, move, luggage, message)
