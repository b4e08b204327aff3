"""What the bill 账单 of a stay says."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from pms.cashier import queries
from pms.cashier.models import Folio, PostingKind
from pms.cashier.rules import KIND_NAMES, METHOD_NAMES
from pms.db import db
from pms.errors import Missing
from pms.guests.models import Account, Guest
from pms.guests.names import list_name
from pms.property.models import Room
from pms.reservations.models import Booking, Stay
from pms.say import Say, from_json, say

IN = frozenset({PostingKind.PAYMENT, PostingKind.DEPOSIT, PostingKind.REFUND, PostingKind.TRANSFER})


class BillLine(NamedTuple):
    """A posting: what was charged or paid, in minor units; the other of the two is None."""

    day: date
    what: Say
    reference: str
    charge: int | None
    paid: int | None


class Bill(NamedTuple):
    """A folio as the guest gets it; `balance` is what is still owed, minor units."""

    number: str
    guest: str
    company: str
    room: str
    arrival: date
    departure: date
    confirmation: str
    lines: list[BillLine]
    balance: int


def bill(stay_id: int) -> Bill:
    """The bill of a stay, reversed postings and their reversals included. Raises `Missing`."""
    statement = (
        sa.select(
            Folio.id, Folio.number, Guest.surname, Guest.given, Guest.name_zh, Account.name_en,
            Account.name_zh.label("account_zh"), Room.number.label("room"), Stay.arrival, Stay.departure,
            Booking.confirmation,
        )
        .select_from(Stay)
        .join(Folio, Folio.stay_id == Stay.id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Booking, Booking.id == Stay.booking_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(Account, Account.id == Booking.company_id)
        .where(Stay.id == stay_id)
    )  # fmt: skip
    row = db.session.execute(statement).first()
    if row is None:
        raise Missing(say("There is no such record to print."))
    lines = [_line(posting) for posting in queries.statement(row.id)]
    return Bill(
        number=row.number,
        guest=list_name(row.surname, row.given, row.name_zh),
        company=" ".join(filter(None, (row.name_en, row.account_zh))),
        room=row.room or "",
        arrival=row.arrival,
        departure=row.departure,
        confirmation=row.confirmation,
        lines=lines,
        balance=sum((line.charge or 0) - (line.paid or 0) for line in lines),
    )


def _line(posting: sa.Row) -> BillLine:
    name = KIND_NAMES[posting.kind]
    what = from_json(posting.text) or (say("{kind}, {method}", kind=name, method=METHOD_NAMES[posting.method])
                                       if posting.method else name)  # fmt: skip
    money_in = posting.kind in IN
    return BillLine(
        day=posting.business_date,
        what=what,
        reference=posting.reference,
        charge=None if money_in else posting.amount,
        paid=-posting.amount if money_in else None,
    )
