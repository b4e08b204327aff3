"""What the bill 账单 of a stay says."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.cashier import queries_folio
from pms.cashier.models import Folio, FolioWindow
from pms.db import db
from pms.errors import Missing
from pms.guests.models import Account, Guest
from pms.guests.names import list_name
from pms.property.models import Room
from pms.reservations.models import Booking, Stay
from pms.say import say


class BillLine(NamedTuple):
    """A posting: what was charged or paid, in minor units; the other of the two is None."""

    day: date
    what: Any
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
    interim: bool = False  # the folio is still open: more may be posted


def bill(stay_id: int, window: int = 1, *, named: bool = True) -> Bill:
    """The bill of a window of a stay's folio. Raises `Missing`.

    Reversed postings and their reversals are on it; what was moved to another window is on that one's alone. Without
    `named` it has a line to write the guest's name on.
    """
    statement = (
        sa.select(
            Folio.id, Folio.number, Folio.closed_on, FolioWindow.payer, Guest.surname, Guest.given, Guest.name_zh,
            Account.name_en, Account.name_zh.label("account_zh"), Room.number.label("room"), Stay.arrival,
            Stay.departure, Booking.confirmation,
        )
        .select_from(Stay)
        .join(Folio, Folio.stay_id == Stay.id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Booking, Booking.id == Stay.booking_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(Account, Account.id == Booking.company_id)
        .outerjoin(FolioWindow, sa.and_(FolioWindow.folio_id == Folio.id, FolioWindow.number == window))
        .where(Stay.id == stay_id)
    )  # fmt: skip
    row = db.session.execute(statement).first()
    if row is None or (window != 1 and row.payer is None):
        raise Missing(say("There is no such record to print."))
    posted = queries_folio.lines(row.id)
    lines = [
        BillLine(p.day, p.what, p.reference, p.charge, p.paid) for p in posted if p.window == window and not p.moved
    ]
    return Bill(
        number=row.number if window == 1 else f"{row.number}-{window}",
        guest=list_name(row.surname, row.given, row.name_zh) if named else "",
        company=row.payer or " ".join(filter(None, (row.name_en, row.account_zh))),
        room=row.room or "",
        arrival=row.arrival,
        departure=row.departure,
        confirmation=row.confirmation,
        lines=lines,
        balance=sum((line.charge or 0) - (line.paid or 0) for line in lines),
        interim=row.closed_on is None,
    )
