"""Notices to departments, which each of them must acknowledge (front-office.md, "Notify")."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms import access, journal
from pms.access import Actor
from pms.db import BY_KEY, Json, UtcDateTime, choice, db, insert_all, insert_one, partial_index
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import Missing, Refused
from pms.say import Say, from_json, say


class Notice(db.Model):  # type: ignore[name-defined]
    """What happened, once; `about` is the record (`stay:12`)."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int]
    about: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[Any] = mapped_column(Json)


class NoticeTo(db.Model):  # type: ignore[name-defined]
    """A department that is told, and who acknowledged for it and when."""

    __tablename__ = "notice_departments"

    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notices.id"), primary_key=True)
    department: Mapped[Department] = mapped_column(choice(Department), primary_key=True)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[int | None]

    __table_args__ = (
        partial_index("ix_notice_departments_open", "department", "notice_id", where="acknowledged_at IS NULL"),
        BY_KEY,
    )


class OpenNotice(NamedTuple):
    id: int
    at: datetime
    department: Department
    text: Say
    about: str


def tell(departments: Iterable[Department], text: Say, *, about: Any, by: Actor, now: datetime) -> int:
    """Tell each department once; returns the notice's id."""
    notice = insert_one(Notice, at=now, by_id=by.id, about=journal.name_of(about), text=text.to_json())
    insert_all(NoticeTo, [{"notice_id": notice, "department": d} for d in dict.fromkeys(departments)])
    return notice


def acknowledge(notice_id: int, department: Department, *, by: Any, now: datetime) -> None:
    """Anyone of a department acknowledges for it; the first one counts. Raises `Missing`, `Refused` for a stranger."""
    access.require(by, "acknowledge_notice")
    row = db.session.get(NoticeTo, (notice_id, department))
    if row is None:
        raise Missing(say("This department was not told about that."))
    must_belong(by, department)
    if row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by = now, by.id
        journal.write(by, "acknowledge_notice", f"notice:{notice_id}", now=now, department=department.value)


def must_belong(by: Any, department: Department) -> None:
    """Notices are for their department; manager and AM stand in for any. Raises `Refused` for a stranger."""
    if by.department != department and by.role not in (access.Role.MANAGER, access.Role.ASSISTANT_MANAGER):
        raise Refused(
            say("Only somebody of {department} can acknowledge this.", department=DEPARTMENT_NAMES[department])
        )


def acknowledge_all(department: Department, *, until: datetime, by: Actor, now: datetime) -> int:
    """Acknowledge everything a department was told up to `until`, as at the end of a shift; returns how many."""
    access.require(by, "acknowledge_notice")
    told = sa.select(Notice.id).where(Notice.at <= until)
    wanted = (
        sa.update(NoticeTo)
        .where(NoticeTo.department == department, NoticeTo.acknowledged_at.is_(None), NoticeTo.notice_id.in_(told))
        .values(acknowledged_at=now, acknowledged_by=by.id)
    )
    count = db.session.connection().execute(wanted).rowcount
    if count:
        journal.write(by, "acknowledge_notices", f"department:{department.value}", now=now, count=count, until=until)
    return count


def open_for(department: Department, limit: int = 50, *, before: int | None = None) -> list[OpenNotice]:
    """What a department has not acknowledged yet, newest first, of ids below `before`; one statement."""
    wanted = (
        sa.select(Notice.id, Notice.at, NoticeTo.department, Notice.text, Notice.about)
        .join(NoticeTo, NoticeTo.notice_id == Notice.id)
        .where(NoticeTo.department == department, NoticeTo.acknowledged_at.is_(None))
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    if before is not None:
        wanted = wanted.where(Notice.id < before)
    return [OpenNotice(r.id, r.at, r.department, from_json(r.text), r.about) for r in db.session.execute(wanted)]


def count_open(department: Department) -> int:
    """How many notices wait for a department."""
    wanted = sa.select(sa.func.count()).where(NoticeTo.department == department, NoticeTo.acknowledged_at.is_(None))
    return db.session.scalar(wanted) or 0
