"""The only reader of the wall clock, and the business date, which only the night audit moves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import UtcDateTime, db, is_writing, run
from pms.errors import Refused
from pms.say import say


class BusinessDay(db.Model):  # type: ignore[name-defined]
    """One row: the date the house works on, and since when."""

    __tablename__ = "business_day"

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[date]
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    zone: Mapped[str] = mapped_column(sa.String(40), default="UTC")

    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)


_READ = sa.select(BusinessDay.date).where(BusinessDay.id == 1)
_READ_LOCKED = _READ.with_for_update(read=True)
_READ_EXCLUSIVE = _READ.with_for_update()
_ZONE = sa.select(BusinessDay.zone).where(BusinessDay.id == 1)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def business_date() -> date:
    """The date the house works on. In a writing unit of work the row stays share-locked until it ends, so that
    the audit cannot close the date under a posting. Raises `Refused` before `pms init`.
    """
    day = run(_READ_LOCKED if is_writing() else _READ).scalar()
    if day is None:
        raise Refused(say("This house is not set up yet. Run: pms init --hotel hotel.toml"))
    return day


def hold_business_date() -> date:
    """As `business_date`, but nobody else writes on this date until the unit of work ends; for the audit's closing."""
    return run(_READ_EXCLUSIVE).scalar_one()


def open_house(day: date, zone: str, *, at: datetime) -> None:
    """Set the first business date of a new house."""
    db.session.add(BusinessDay(id=1, date=day, since=at, zone=zone))
    db.session.flush()


def advance_business_date(closing: date, following: date, *, at: datetime) -> None:
    """Move the date on; called by the night audit alone. Raises `Refused` when `closing` is no longer open."""
    moved = db.session.connection().execute(
        sa.update(BusinessDay).where(BusinessDay.id == 1, BusinessDay.date == closing).values(date=following, since=at)
    )
    if moved.rowcount != 1:
        raise Refused(say("{day} is already closed.", day=closing))


def zone() -> ZoneInfo:
    """The hotel's time zone (UTC before the house is set up)."""
    return ZoneInfo(run(_ZONE).scalar() or "UTC")


def local(moment: datetime) -> datetime:
    """`moment` on the hotel's clock."""
    return moment.astimezone(zone())


def at_local(day: date, hour: int, minute: int = 0) -> datetime:
    """The instant at which the hotel's clock shows `hour`:`minute` on `day`."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone()).astimezone(UTC)
