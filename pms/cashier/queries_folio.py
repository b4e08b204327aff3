"""A folio as the page shows it, and the lists of the cashier. Amounts are minor units, what came in negative."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.accounts.models import Name, User
from pms.cashier.models import MONEY_IN, Folio, PaymentMethod, Posting, PostingKind, Preauthorisation
from pms.cashier.rules import KIND_NAMES, METHOD_NAMES, is_move
from pms.db import db
from pms.guests.models import Guest
from pms.property.models import Room
from pms.reservations.models import Stay
from pms.reservations.status import Status
from pms.say import Say, from_json, say

F, P, PRE, S, U = Folio.__table__, Posting.__table__, Preauthorisation.__table__, Stay.__table__, User.__table__
G, R = Guest.__table__, Room.__table__


class Line(NamedTuple):
    """A posting with who made it; `stands` when it was neither reversed nor moved and is no reversal itself."""

    id: int
    window: int
    day: date
    at: datetime
    by: Name
    kind: PostingKind
    method: PaymentMethod | None
    amount: int
    reference: str
    text: Any
    stands: bool
    moved: bool

    @property
    def what(self) -> Any:
        """The words of the line: its own, else those of its kind."""
        return from_json(self.text) or worded(self.kind, self.method)

    @property
    def charge(self) -> int | None:
        return None if self.kind in MONEY_IN else self.amount

    @property
    def paid(self) -> int | None:
        return -self.amount if self.kind in MONEY_IN else None


def worded(kind: PostingKind, method: PaymentMethod | None) -> Say:
    """`Payment, cash`, `Food and drinks`."""
    name = KIND_NAMES[kind]
    return say("{kind}, {method}", kind=name, method=METHOD_NAMES[method]) if method else name


def lines(folio_id: int) -> list[Line]:
    """Everything posted to a folio, in the order of the bill; one statement."""
    undone = P.alias("undone")
    wanted = (
        sa.select(P, U.c.name, U.c.name_zh, undone.c.id.label("undone_by"), undone.c.text.label("undone_text"))
        .select_from(P.join(U, U.c.id == P.c.by_id).outerjoin(undone, undone.c.reverses_id == P.c.id))
        .where(P.c.folio_id == folio_id)
        .order_by(P.c.business_date, P.c.id)
    )
    return [_line(row) for row in db.session.connection().execute(wanted)]


def _line(row: Any) -> Line:
    return Line(
        row.id, row.window, row.business_date, row.at, Name(row.name, row.name_zh), row.kind, row.method, row.amount,
        row.reference, row.text, row.reverses_id is None and row.undone_by is None,
        is_move(row.text) or is_move(row.undone_text),
    )  # fmt: skip


class Held(NamedTuple):
    """A pre-authorisation with who noted it."""

    amount: int
    reference: str
    at: datetime
    by: Name
    released_at: datetime | None


def preauthorisations(stay_id: int) -> list[Held]:
    """All pre-authorisations of a stay, released ones too."""
    wanted = (
        sa.select(PRE, U.c.name, U.c.name_zh)
        .join(U, U.c.id == PRE.c.by_id)
        .where(PRE.c.stay_id == stay_id)
        .order_by(PRE.c.id)
    )
    rows = db.session.connection().execute(wanted)
    return [Held(r.amount, r.reference, r.at, Name(r.name, r.name_zh), r.released_at) for r in rows]


def closed_on(stay_id: int) -> date | None:
    """The business date on which the folio of a stay was closed, None while it is open or not there."""
    return db.session.connection().execute(sa.select(F.c.closed_on).where(F.c.stay_id == stay_id)).scalar()


class OpenFolio(NamedTuple):
    """A folio that is not at rest: of a guest in the house, or of one who left or never came and is not even."""

    stay_id: int
    number: str
    status: Status
    arrival: date
    departure: date
    room: str | None
    surname: str
    given: str
    name_zh: str
    incognito: bool
    balance: int
    held: int
    deposits: int

    def undisclosed(self) -> OpenFolio:
        """As those see it who need not know of a guest without disclosure (Q1)."""
        return self._replace(surname="", given="", name_zh="") if self.incognito else self


def open_folios() -> list[OpenFolio]:
    """Folios of guests in the house, and others that are not even; the highest balance first. One statement."""
    owed = sa.select(P.c.folio_id, sa.func.sum(P.c.amount).label("balance"), _deposits().label("deposits"))
    sums = owed.where(P.c.folio_id.in_(sa.select(F.c.id).where(F.c.closed_on.is_(None)))).group_by(P.c.folio_id)
    total = sums.subquery("total")
    balance = sa.func.coalesce(total.c.balance, 0)
    held = sa.select(sa.func.coalesce(sa.func.sum(PRE.c.amount), 0)).where(
        PRE.c.stay_id == S.c.id, PRE.c.released_at.is_(None)
    )
    wanted = (
        sa.select(
            S.c.id, F.c.number, S.c.status, S.c.arrival, S.c.departure, R.c.number, G.c.surname, G.c.given,
            G.c.name_zh, G.c.incognito, balance, held.scalar_subquery(), sa.func.coalesce(total.c.deposits, 0),
        )
        .select_from(
            F.join(S, S.c.id == F.c.stay_id)
            .join(G, G.c.id == S.c.guest_id)
            .outerjoin(R, R.c.id == S.c.room_id)
            .outerjoin(total, total.c.folio_id == F.c.id)
        )
        .where(F.c.closed_on.is_(None), sa.or_(S.c.status == Status.IN_HOUSE, balance != 0))
        .order_by(balance.desc(), R.c.number, S.c.id)
    )  # fmt: skip
    rows = db.session.connection().execute(wanted)
    return [OpenFolio(*tuple(row)[:10], *map(int, tuple(row)[10:])) for row in rows]


def _deposits() -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((P.c.kind == PostingKind.DEPOSIT, -P.c.amount), else_=0)), 0)


class Taken(NamedTuple):
    """What somebody took on a day by one method, less what was given back or reversed; minor units."""

    by: Name
    method: PaymentMethod
    times: int
    amount: int


def taken_on(day: date) -> list[Taken]:
    """Money taken on a business date by cashier and method: for the till."""
    wanted = (
        sa.select(U.c.name, U.c.name_zh, P.c.method, sa.func.count(), -sa.func.sum(P.c.amount))
        .join(U, U.c.id == P.c.by_id)
        .where(P.c.business_date == day, P.c.method.is_not(None))
        .group_by(U.c.id, U.c.name, U.c.name_zh, P.c.method)
        .order_by(U.c.name, U.c.id, P.c.method)
    )
    rows = db.session.connection().execute(wanted)
    return [Taken(Name(name, zh), method, count, int(amount)) for name, zh, method, count, amount in rows]
