"""Everything that is asked of the ledger. Amounts are minor units, charges positive, what came in negative."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from pms.accounts.models import User
from pms.cashier.models import MONEY_IN, Folio, FolioWindow, Posting, Preauthorisation
from pms.db import db, run
from pms.guests.models import Account
from pms.reservations.models import Booking, Stay

F, P, S, U, W = Folio.__table__, Posting.__table__, Stay.__table__, User.__table__, FolioWindow.__table__

_FOLIO_OF = sa.select(F.c.id).where(F.c.stay_id == sa.bindparam("stay"))
_FOLIO_STATE = sa.select(F.c.id, F.c.stay_id, F.c.closed_on).where(F.c.id == sa.bindparam("folio"))
_FOR_POSTING = _FOLIO_STATE.with_for_update(read=True)
_FOR_POSTING_ALONE = _FOLIO_STATE.with_for_update()
_FOR_CLOSING = _FOLIO_OF.with_for_update()
_BALANCE = sa.select(sa.func.coalesce(sa.func.sum(P.c.amount), 0)).where(P.c.folio_id == sa.bindparam("folio"))
_BY_WINDOW = (
    sa.select(P.c.window, sa.func.sum(P.c.amount))
    .where(P.c.folio_id == sa.bindparam("folio"))
    .group_by(P.c.window)
    .order_by(P.c.window)
)
_POSTING = sa.select(P).where(P.c.id == sa.bindparam("posting"))
_REVERSAL_OF = (
    sa.select(P.c.id, P.c.at, U.c.name, U.c.name_zh)
    .join(U, U.c.id == P.c.by_id)
    .where(P.c.reverses_id == sa.bindparam("posting"))
)
_WINDOWS = sa.select(W.c.number, W.c.payer).where(W.c.folio_id == sa.bindparam("folio")).order_by(W.c.number)


def folio_of(stay_id: int) -> int | None:
    """The folio of a stay, None while none was opened."""
    return run(_FOLIO_OF, {"stay": stay_id}).scalar()


def account_of(stay_id: int) -> Account | None:
    """The contract account a stay was booked under: the company's, else the agency's."""
    booked_by = sa.func.coalesce(Booking.company_id, Booking.agent_id)
    wanted = sa.select(Account).join(Booking, booked_by == Account.id).join(Stay, Stay.booking_id == Booking.id)
    return db.session.scalar(wanted.where(Stay.id == stay_id))


def folio_for_posting(folio_id: int, *, alone: bool = False) -> Any:
    """`id, stay_id, closed_on`, or None; share-locked, so that the folio is not closed while something is posted.

    `alone`: nobody else posts until this unit of work ends, for what looks before it posts.
    """
    statement = _FOR_POSTING_ALONE if alone else _FOR_POSTING
    return db.session.connection().execute(statement, {"folio": folio_id}).first()


def folio_for_closing(stay_id: int) -> int | None:
    """As `folio_of`, but waits until no posting is under way and lets none begin."""
    return run(_FOR_CLOSING, {"stay": stay_id}).scalar()


def balance(folio_id: int) -> int:
    """What the guest owes (positive) or has in credit (negative)."""
    return int(run(_BALANCE, {"folio": folio_id}).scalar_one())


def window_balances(folio_id: int) -> dict[int, int]:
    """What is owed in each window of a folio that has postings."""
    rows = run(_BY_WINDOW, {"folio": folio_id})
    return {window: int(total) for window, total in rows}


def windows(folio_id: int) -> dict[int, str]:
    """The windows a folio was split into beside the guest's own: number -> who pays."""
    return {row.number: row.payer for row in run(_WINDOWS, {"folio": folio_id})}


def balances(stay_ids: Iterable[int]) -> dict[int, int]:
    """Balance by stay; a stay without folio or posting has 0. One statement."""
    wanted = list(stay_ids)
    rows = db.session.connection().execute(
        sa.select(P.c.stay_id, sa.func.sum(P.c.amount)).where(P.c.stay_id.in_(wanted)).group_by(P.c.stay_id)
    )
    return dict.fromkeys(wanted, 0) | {stay_id: int(total) for stay_id, total in rows}


def posting(posting_id: int) -> Any:
    """The row of a posting, or None."""
    return run(_POSTING, {"posting": posting_id}).first()


def reversal_of(posting_id: int) -> Any:
    """`id, at, name, name_zh` of the posting that reversed this one and of who did it, or None."""
    return run(_REVERSAL_OF, {"posting": posting_id}).first()


def statement(folio_id: int) -> list[Any]:
    """The lines of the bill in the order they were posted: all columns of a posting and `reversed` (bool)."""
    undone = P.alias("undone")
    wanted = (
        sa.select(P, undone.c.id.is_not(None).label("reversed"))
        .outerjoin(undone, undone.c.reverses_id == P.c.id)
        .where(P.c.folio_id == folio_id)
        .order_by(P.c.business_date, P.c.id)
    )
    return list(db.session.connection().execute(wanted))


def standing_charges(folio_id: int) -> int:
    """How many charges stand on a folio, neither reversed nor a reversal; deposits and payments do not count."""
    undone = P.alias("undone")
    wanted = (
        sa.select(sa.func.count())
        .select_from(P.outerjoin(undone, undone.c.reverses_id == P.c.id))
        .where(P.c.folio_id == folio_id, P.c.reverses_id.is_(None), undone.c.id.is_(None), P.c.kind.not_in(MONEY_IN))
    )
    return db.session.connection().execute(wanted).scalar_one()


def has_postings(folio_id: int) -> bool:
    return (
        db.session.connection().execute(sa.select(P.c.id).where(P.c.folio_id == folio_id).limit(1)).first() is not None
    )


def held_by_cards(stay_id: int) -> int:
    """Sum of the pre-authorisations of a stay that are not released."""
    wanted = sa.select(sa.func.coalesce(sa.func.sum(Preauthorisation.amount), 0)).where(
        Preauthorisation.stay_id == stay_id, Preauthorisation.released_at.is_(None)
    )
    return int(db.session.connection().execute(wanted).scalar_one())


def closed_unsettled() -> list[str]:
    """Numbers of folios closed at another balance than zero; there must be none (`pms doctor`)."""
    wanted = sa.select(F.c.number).join(P, P.c.folio_id == F.c.id).where(F.c.closed_on.is_not(None))
    unsettled = wanted.group_by(F.c.id, F.c.number).having(sa.func.sum(P.c.amount) != 0).order_by(F.c.id)
    return list(db.session.connection().execute(unsettled).scalars())


@dataclass(frozen=True, slots=True)
class Ledger:
    """A line of the trial balance; closing = opening + debit - credit."""

    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The three ledgers of a date. `folios` is the sum of all folios at its end, counted on its own."""

    day: date
    guest: Ledger
    deposit: Ledger
    city: Ledger
    folios: int

    @property
    def ties(self) -> bool:
        return self.guest.closing + self.deposit.closing == self.folios


# A folio belongs to the deposit ledger until its guest is in the house (or will not come), then to the guest ledger.
_ARRIVED = sa.func.coalesce(S.c.checked_in_on, S.c.ended_on)
_DAY = sa.bindparam("day", type_=sa.Date)


def _sum_if(condition: Any, amount: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, amount), else_=0)), 0)


# A folio is closed at zero only, so those closed before the day add nothing and need not be read.
_OPEN_THEN = sa.or_(F.c.closed_on.is_(None), F.c.closed_on >= _DAY)
_TRIAL = (
    sa.select(
        sa.case((_ARRIVED < _DAY, 2), (_ARRIVED == _DAY, 1), else_=0).label("arrived"),
        _sum_if(P.c.business_date < _DAY, P.c.amount).label("opening"),
        _sum_if(sa.and_(P.c.business_date == _DAY, P.c.amount > 0), P.c.amount).label("debit"),
        _sum_if(sa.and_(P.c.business_date == _DAY, P.c.amount < 0), -P.c.amount).label("credit"),
    )
    .select_from(F.join(S, S.c.id == F.c.stay_id).join(P, P.c.folio_id == F.c.id))
    .where(_OPEN_THEN, P.c.business_date <= _DAY)
    .group_by("arrived")
)
_CITY = sa.select(
    _sum_if(P.c.business_date < _DAY, -P.c.amount).label("opening"),
    _sum_if(sa.and_(P.c.business_date == _DAY, P.c.amount < 0), -P.c.amount).label("debit"),
    _sum_if(sa.and_(P.c.business_date == _DAY, P.c.amount > 0), P.c.amount).label("credit"),
).where(P.c.kind == sa.literal_column("'transfer'"), P.c.business_date <= _DAY)
_FOLIOS = sa.select(sa.func.coalesce(sa.func.sum(P.c.amount), 0)).where(
    P.c.folio_id.in_(sa.select(F.c.id).where(_OPEN_THEN)), P.c.business_date <= _DAY
)


def trial_balance(day: date) -> TrialBalance:
    """Guest, deposit and city ledger of a date (papers.md). Three statements over the folios open on that date.

    A deposit moves to the guest ledger on the date its guest arrives; what is charged to an account is the city
    ledger's debit.
    """
    parts = {row.arrived: row for row in run(_TRIAL, {"day": day})}
    waiting, arriving, inside = (_ledger(parts.get(key)) for key in (0, 1, 2))
    moved = arriving.opening
    return TrialBalance(
        day=day,
        guest=_moved_in(inside, arriving, moved),
        deposit=_moved_out(waiting, moved),
        city=_ledger(run(_CITY, {"day": day}).one()),
        folios=int(run(_FOLIOS, {"day": day}).scalar_one()),
    )


def _ledger(row: Any) -> Ledger:
    return Ledger(int(row.opening), int(row.debit), int(row.credit)) if row is not None else Ledger(0, 0, 0)


def _moved_in(inside: Ledger, arriving: Ledger, moved: int) -> Ledger:
    return Ledger(
        inside.opening,
        inside.debit + arriving.debit + max(moved, 0),
        inside.credit + arriving.credit + max(-moved, 0),
    )


def _moved_out(waiting: Ledger, moved: int) -> Ledger:
    return Ledger(waiting.opening + moved, waiting.debit + max(-moved, 0), waiting.credit + max(moved, 0))
