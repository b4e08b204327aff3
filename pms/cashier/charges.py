"""What the house charges by itself: the nights of a date, day use and the fees of those who did not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from pms import access, clock, journal
from pms.access import Actor
from pms.cashier import queries_charges, rules
from pms.cashier.actions import open_folio, post
from pms.cashier.models import Posting, PostingKind
from pms.db import db
from pms.errors import Refused
from pms.property.queries import hotel
from pms.reservations.models import Guarantee, Stay, Use
from pms.reservations.status import Status
from pms.say import say

FEES = (PostingKind.NO_SHOW_FEE, PostingKind.CANCELLATION_FEE)


@dataclass(frozen=True, slots=True)
class Posted:
    """What stands posted for a date by the audit: how many charges, their sum, and how many of them are new."""

    count: int
    total: int
    new: int


def post_room_charges(day: date, *, by: Actor, now: datetime) -> Posted:
    """Post room, breakfast and tax of the night `day` for everybody in house; again posts only what is missing.

    Step 3 of the night audit (papers.md). Three statements however many guests there are.
    """
    access.require(by, "run_audit")
    house = hotel()
    values = {"day": day, "at": now, "by": by.id, "breakfast": house.breakfast_price, "permille": house.tax_permille}
    connection = db.session.connection()
    before, _ = queries_charges.posted(day)
    for kind in _kinds_charged():
        connection.execute(_insert(kind, connection.dialect.name), values)
    count, total = queries_charges.posted(day)
    new = count - before
    journal.write(by, "post_room_charges", f"date:{day}", now=now, count=count, total=total, new=new)
    return Posted(count, total, new)


def preview_room_charges(day: date) -> dict[PostingKind, Posted]:
    """What `post_room_charges` would post of each kind; for the rehearsal."""
    house = hotel()
    found = queries_charges.preview(day, house.breakfast_price, house.tax_permille)
    return {kind: Posted(count, total, count) for kind, (count, total) in found.items()}


def charge_day_use(stay: Stay, amount: int, *, by: Actor, now: datetime) -> int:
    """Charge the agreed price of a day use, with its tax; revenue without a room-night. Returns the posting's id."""
    if stay.use is not Use.DAY_USE:
        raise Refused(say("This guest stays overnight; the night audit charges the night."))
    folio_id = open_folio(stay, by=by, now=now)
    charged = post(folio_id, stay.id, PostingKind.DAY_USE, amount, by=by, now=now)
    if tax := rules.tax_on(amount, hotel().tax_permille):
        post(folio_id, stay.id, PostingKind.TAX, tax, by=by, now=now)
    return charged


def no_show_fees(stays: Sequence[Stay]) -> dict[int, int]:
    """The fee of each stay by policy of the house, by stay: the first nights of a booking that something stands behind,
    else nothing.
    """
    nights = hotel().no_show_fee_nights
    owed = [stay.id for stay in stays if stay.use is Use.PAID and stay.booking.guarantee is not Guarantee.NONE]
    prices = queries_charges.first_night_prices(owed, nights) if owed and nights else {}
    return {stay.id: max(prices.get(stay.id, 0), 0) for stay in stays}


def post_fee(stay: Stay, kind: PostingKind, amount: int, *, by: Actor, now: datetime) -> int:
    """Charge a no-show or cancellation fee to a guest who did not come, at most one of each kind a date.

    Returns the folio's id. Raises `Refused` for any other kind of charge and for a guest who is or was here.
    """
    if not access.allowed(by, "run_audit"):
        access.require(by, "post_charge")
    if kind not in FEES:
        raise Refused(say("This is not a fee for a guest who did not come."), field="kind")
    if stay.status not in (Status.NO_SHOW, Status.CANCELLED):
        raise Refused(say("A fee is for a guest who did not come."))
    rules.check_amount(amount)
    folio_id = open_folio(stay, by=by, now=now)
    row = {
        "folio_id": folio_id,
        "stay_id": stay.id,
        "business_date": clock.business_date(),
        "at": now,
        "by_id": by.id,
        "kind": kind,
        "amount": amount,
        "reference": "",
        "audit_kind": kind.value,
    }
    connection = db.session.connection()
    if connection.execute(_insert_once(connection.dialect.name), row).first():
        journal.write(by, "post_fee", stay, now=now, kind=kind.value, amount=amount)
    return folio_id


def _kinds_charged() -> list[PostingKind]:
    """Kinds that can give a charge with the settings of the house; the others need no statement."""
    house = hotel()
    wanted = {
        PostingKind.ROOM: True,
        PostingKind.PACKAGE: house.breakfast_price > 0,
        PostingKind.TAX: house.tax_permille > 0,
    }
    return [kind for kind in queries_charges.AUDIT_KINDS if wanted[kind]]


@cache
def _insert_once(dialect: str) -> Any:
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(Posting.__table__).on_conflict_do_nothing().returning(Posting.__table__.c.id)


@cache
def _insert(kind: PostingKind, dialect: str) -> sa.Insert:
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    columns = list(queries_charges.COLUMNS)
    return (
        insert(Posting.__table__)
        .from_select(columns, queries_charges.charges(kind), include_defaults=False)
        .on_conflict_do_nothing()
    )
