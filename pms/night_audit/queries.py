"""What the audit asks: how far it is, what stands in its way, who has not come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.cashier.models import Folio, Posting, PostingKind
from pms.db import db, run
from pms.front_desk.models import Registration
from pms.guests.models import Guest
from pms.night_audit.models import Audit, AuditStep, DailyFigures, Paper
from pms.night_audit.queries_figures import DailyRow, daily_rows
from pms.property.models import Discrepancy, Room
from pms.reservations.models import Booking, Stay, StayNight
from pms.reservations.status import Status
from pms.say import Say, from_json

__all__ = ["DailyRow", "daily_rows"]  # asked for from outside by this name

F, P, S, G, R = Folio.__table__, Posting.__table__, Stay.__table__, Guest.__table__, Room.__table__
N = StayNight.__table__
_DAY = sa.bindparam("day", type_=sa.Date)
_NAME = (G.c.surname, G.c.given, G.c.name_zh)
# Written out, so that PostgreSQL sees that the partial indexes fit.
_IN_HOUSE: Any = sa.literal_column(f"'{Status.IN_HOUSE.value}'")
_RESERVED: Any = sa.literal_column(f"'{Status.RESERVED.value}'")


def _rows(statement: Any, **parameters: Any) -> list[Any]:
    return run(statement, parameters).all()


# --- How far the audit is --------------------------------------------------------------------------------------------
_UNFINISHED = sa.select(sa.func.min(Audit.business_date)).where(Audit.finished_at.is_(None))
_DONE_AT = sa.select(AuditStep.done_at).where(AuditStep.business_date == _DAY, AuditStep.step == sa.bindparam("step"))
_WARNINGS = sa.select(Audit.warnings).where(Audit.business_date == _DAY)
_STEPS = sa.select(AuditStep.step).where(AuditStep.business_date == _DAY)


def audit_of(day: date) -> Audit | None:
    """The audit of a date, begun or finished."""
    return db.session.get(Audit, day, populate_existing=True)


def first_date() -> date | None:
    """The first date that was ever closed."""
    return db.session.scalar(sa.select(sa.func.min(Audit.business_date)))


def unfinished() -> date | None:
    """The first date whose audit was begun and not brought to its end."""
    return run(_UNFINISHED).scalar()


def steps_done(day: date) -> set[str]:
    return {row.step for row in _rows(_STEPS, day=day)}


def done_at(day: date, step: str) -> datetime:
    """When a step was done, by the time the audit was given."""
    done: datetime = run(_DONE_AT, {"day": day, "step": step}).scalar_one()
    return done


def warnings_of(day: date) -> list[Say]:
    """The sentences noted when the date was closed."""
    return [from_json(sentence) for sentence in _rows(_WARNINGS, day=day)[0].warnings]


# --- What stands in the way ------------------------------------------------------------------------------------------
_STILL_HERE = (
    sa.select(S.c.id, S.c.departure, R.c.number, *_NAME)
    .select_from(S.join(G, G.c.id == S.c.guest_id).outerjoin(R, R.c.id == S.c.room_id))
    .where(S.c.status == _IN_HOUSE, S.c.departure <= _DAY)
    .order_by(R.c.number, S.c.id)
)
_NOT_ARRIVED = (
    sa.select(S.c.id, S.c.arrival, Booking.confirmation, Booking.guarantee, *_NAME)
    .select_from(S.join(G, G.c.id == S.c.guest_id).join(Booking, Booking.id == S.c.booking_id))
    .where(S.c.status == _RESERVED, S.c.arrival <= _DAY)
    .order_by(S.c.arrival, S.c.id)
)
_CLOSED_NOT_ZERO = (
    sa.select(F.c.id, F.c.number, F.c.stay_id, sa.cast(sa.func.sum(P.c.amount), sa.BigInteger).label("balance"))
    .select_from(F.join(P, P.c.folio_id == F.c.id))
    .where(F.c.closed_on.is_not(None), F.c.id.in_(sa.select(P.c.folio_id).where(P.c.business_date == _DAY)))
    .group_by(F.c.id, F.c.number, F.c.stay_id)
    .having(sa.func.sum(P.c.amount) != 0)
    .order_by(F.c.number)
)
_DISCREPANCIES = (
    sa.select(Discrepancy.id, Discrepancy.kind, Room.number)
    .join(Room, Room.id == Discrepancy.room_id)
    .where(Discrepancy.resolved_at.is_(None))
    .order_by(Room.number)
)
_UNSENT = (
    sa.select(sa.func.count(), sa.func.min(Registration.at))
    .where(Registration.sent_at.is_(None), Registration.at < sa.bindparam("before", type_=Registration.at.type))
    .select_from(Registration)
)


def still_here(day: date) -> list[Any]:
    """Guests in house whose departure was `day` or earlier: id, departure, number, surname, given, name_zh."""
    return _rows(_STILL_HERE, day=day)


def not_arrived(day: date) -> list[Any]:
    """Reserved for `day` or earlier: id, arrival, confirmation, guarantee, surname, given, name_zh."""
    return _rows(_NOT_ARRIVED, day=day)


def closed_not_zero(day: date) -> list[Any]:
    """Closed folios that were touched on `day` and do not come to zero: id, number, stay_id, balance."""
    return _rows(_CLOSED_NOT_ZERO, day=day)


def open_discrepancies() -> list[Any]:
    """id, kind, number (of the room)."""
    return _rows(_DISCREPANCIES)


def unsent_registrations(before: datetime) -> tuple[int, datetime | None]:
    """How many registrations made before then were not sent to the police, and the oldest (C9)."""
    count, oldest = _rows(_UNSENT, before=before)[0]
    return count, oldest


# --- What is to be done ----------------------------------------------------------------------------------------------
_STAYS_NOT_ARRIVED = (
    sa.select(Stay)
    .options(joinedload(Stay.booking), joinedload(Stay.guest))
    .where(S.c.status == _RESERVED, S.c.arrival <= _DAY)
    .order_by(S.c.arrival, S.c.id)
)
_UNCHARGED = (
    sa.select(sa.func.count())
    .select_from(N.join(S, S.c.id == N.c.stay_id))
    .where(
        N.c.night == _DAY,
        S.c.status == _IN_HOUSE,
        ~sa.exists().where(P.c.stay_id == S.c.id, P.c.business_date == _DAY, P.c.audit_kind == PostingKind.ROOM.value),
    )
)


def stays_not_arrived(day: date) -> list[Stay]:
    """Reserved stays of `day` or earlier, with booking and guest, in order of arrival."""
    return list(db.session.scalars(_STAYS_NOT_ARRIVED, {"day": day}))


def nights_without_charge(day: date) -> int:
    """How many guests in house have a night on `day` that was not charged yet."""
    return int(run(_UNCHARGED, {"day": day}).scalar_one())


# --- The guest ledger ------------------------------------------------------------------------------------------------
class GuestLedger(NamedTuple):
    """All folios together on a date, in minor units."""

    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        return self.opening + self.debit - self.credit


def _sum(amount: Any) -> Any:
    return sa.cast(sa.func.coalesce(sa.func.sum(amount), 0), sa.BigInteger)


_FROZEN_CLOSING = (
    sa.select(DailyFigures.guest_ledger_closing)
    .where(DailyFigures.business_date < _DAY)
    .order_by(DailyFigures.business_date.desc())
    .limit(1)
)
_ALL_BEFORE = sa.select(_sum(P.c.amount)).where(P.c.business_date < _DAY)
_GUEST_LEDGER = sa.select(
    sa.func.coalesce(_FROZEN_CLOSING.scalar_subquery(), _ALL_BEFORE.scalar_subquery()),
    _sum(sa.case((P.c.amount > 0, P.c.amount), else_=0)),
    _sum(sa.case((P.c.amount < 0, -P.c.amount), else_=0)),
).where(P.c.business_date == _DAY)
_OPEN_FOLIOS = sa.select(_sum(P.c.amount)).select_from(F.join(P, P.c.folio_id == F.c.id)).where(F.c.closed_on.is_(None))
_TRIAL_BALANCE = _GUEST_LEDGER.add_columns(_OPEN_FOLIOS.scalar_subquery())


def guest_ledger(day: date) -> GuestLedger:
    """The folios' movement on `day` after what was frozen for the date before."""
    return GuestLedger(*_rows(_GUEST_LEDGER, day=day)[0])


def trial_balance(day: date) -> tuple[GuestLedger, int]:
    """The guest ledger, and what all open folios come to, counted posting by posting (closed ones are at zero).

    Of one moment, so one statement: between two a desk may post.
    """
    *ledger, folios = _rows(_TRIAL_BALANCE, day=day)[0]
    return GuestLedger(*ledger), folios


# --- The archive -----------------------------------------------------------------------------------------------------
class PaperLine(NamedTuple):
    """A paper in the archive without its bytes."""

    id: int
    business_date: date
    code: str
    lang: str
    audience: str
    needs: str
    title: Say
    pages: int
    sha256: str
    made_at: datetime


_PAPER_COLUMNS = tuple(getattr(Paper, name) for name in PaperLine._fields)
_PAPERS = sa.select(*_PAPER_COLUMNS).where(Paper.business_date == _DAY).order_by(Paper.code, Paper.audience, Paper.lang)


def papers_of(day: date) -> list[PaperLine]:
    """The papers of a date, by code; the bytes stay where they are."""
    return [PaperLine(*row)._replace(title=from_json(row.title)) for row in _rows(_PAPERS, day=day)]


def days_with_papers(limit: int = 400) -> list[date]:
    """Dates that have papers in the archive, newest first."""
    wanted = sa.select(Paper.business_date).distinct().order_by(Paper.business_date.desc()).limit(limit)
    return list(db.session.scalars(wanted))


def paper(paper_id: int) -> Paper | None:
    return db.session.get(Paper, paper_id)
