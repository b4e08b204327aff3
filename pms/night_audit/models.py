"""The audit's own log, the frozen figures and lists of each closed date, and the archive of papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import Json, UtcDateTime, db


class Audit(db.Model):  # type: ignore[name-defined]
    """The audit of one business date. `holder` is the process that runs it now ('' for none), on behalf of `held_by`;
    `beat_at` shows that it is alive (night_audit.hold). `unattended`: nobody was asked about the warnings.
    """

    __tablename__ = "audits"

    business_date: Mapped[date] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    holder: Mapped[str] = mapped_column(sa.String(120), default="")
    held_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    held_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unattended: Mapped[bool] = mapped_column(default=False)
    warnings: Mapped[Any] = mapped_column(Json)  # sentences noted on the way
    journal_head: Mapped[str] = mapped_column(sa.String(64), default="")

    __table_args__ = (
        sa.Index(
            "ix_audits_unfinished",
            "business_date",
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        ),
    )


class AuditStep(db.Model):  # type: ignore[name-defined]
    """A step that is done; a killed audit goes on with the first one missing."""

    __tablename__ = "audit_steps"

    business_date: Mapped[date] = mapped_column(sa.ForeignKey("audits.business_date"), primary_key=True)
    step: Mapped[str] = mapped_column(sa.String(24), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(UtcDateTime)
    result: Mapped[Any] = mapped_column(Json)


class Snapshot(db.Model):  # type: ignore[name-defined]
    """A point-in-time list of a closed date, rows as plain data, zlib-compressed JSON (night_audit.snapshots)."""

    __tablename__ = "snapshots"

    business_date: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    rows: Mapped[bytes]


class DailyFigures(db.Model):  # type: ignore[name-defined]
    """The figures of a closed date, frozen; money in minor units. Columns as in the manager's daily.

    `occupied` are rooms slept in, complimentary and house use included, day use not. `room_revenue` is what was
    posted for nights and day use; no-show fees, packages and all other charges but tax are `other_revenue`.
    """

    __tablename__ = "daily_figures"

    business_date: Mapped[date] = mapped_column(primary_key=True)
    rooms: Mapped[int]
    out_of_order: Mapped[int]
    occupied: Mapped[int]
    complimentary: Mapped[int]
    house_use: Mapped[int]
    day_use: Mapped[int]
    walk_ins: Mapped[int]
    arrivals: Mapped[int]
    departures: Mapped[int]
    early_departures: Mapped[int]
    extensions: Mapped[int]
    no_shows: Mapped[int]
    cancellations: Mapped[int]
    persons: Mapped[int]
    room_revenue: Mapped[int] = mapped_column(sa.BigInteger)
    other_revenue: Mapped[int] = mapped_column(sa.BigInteger)
    guest_ledger_opening: Mapped[int] = mapped_column(sa.BigInteger)
    guest_ledger_debit: Mapped[int] = mapped_column(sa.BigInteger)
    guest_ledger_credit: Mapped[int] = mapped_column(sa.BigInteger)
    guest_ledger_closing: Mapped[int] = mapped_column(sa.BigInteger)


class Paper(db.Model):  # type: ignore[name-defined]
    """A paper in the archive: found by business date, printed again the same (N7). `audience` "" or "restricted";
    `needs` is the action of the access table that a reader must be allowed.
    """

    __tablename__ = "papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_date: Mapped[date]
    code: Mapped[str] = mapped_column(sa.String(40))
    lang: Mapped[str] = mapped_column(sa.String(4))
    audience: Mapped[str] = mapped_column(sa.String(16), default="")
    needs: Mapped[str] = mapped_column(sa.String(24), default="see_papers")
    title: Mapped[Any] = mapped_column(Json)
    pages: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (sa.UniqueConstraint("business_date", "code", "lang", "audience"),)
