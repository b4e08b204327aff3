"""Calls of guests and what became of them, and the services the house knows: who does them, how fast, at what price."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.cashier.models import PostingKind
from pms.db import Money, UtcDateTime, choice, db, partial_index
from pms.departments import Department
from pms.guests.models import Guest
from pms.property.models import Room
from pms.requests.words import Kind, State
from pms.reservations.models import Stay


class Service(db.Model):  # type: ignore[name-defined]
    """Something guests ask for or report: its department, when it is due (`minutes`) and what it costs (S2, S4).

    `price` is in minor units a piece, 0 for what is free; `posting` the kind of charge on the folio.
    """

    __tablename__ = "services"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    name_en: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name_zh: Mapped[str] = mapped_column(sa.String(60))
    department: Mapped[Department] = mapped_column(choice(Department))
    minutes: Mapped[int]
    price: Mapped[int] = mapped_column(Money, default=0)
    posting: Mapped[PostingKind] = mapped_column(choice(PostingKind), default=PostingKind.OTHER)
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("minutes > 0", name="some_minutes"),
        sa.CheckConstraint("price >= 0", name="price_positive"),
    )


class Call(db.Model):  # type: ignore[name-defined]
    """One call or visit, classed and numbered (S1): enquiry, request, repair or complaint.

    `due_at` is when it has to be done, after a postponement the new appointment. `escalated` is how far up it has
    gone (rules.Level). `satisfied` is what the guest said when called back, None before. `charged_id` is the posting.
    """

    __tablename__ = "calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(8), unique=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    state: Mapped[State] = mapped_column(choice(State))
    service_id: Mapped[int | None] = mapped_column(sa.ForeignKey("services.id"))
    department: Mapped[Department | None] = mapped_column(choice(Department))
    urgent: Mapped[bool] = mapped_column(default=False)
    severity: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(sa.String(20), default="")
    stay_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stays.id"))
    guest_id: Mapped[int | None] = mapped_column(sa.ForeignKey("guests.id"))
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    place: Mapped[str] = mapped_column(sa.String(60), default="")
    caller: Mapped[str] = mapped_column(sa.String(80), default="")
    contact: Mapped[str] = mapped_column(sa.String(40), default="")
    text: Mapped[str] = mapped_column(sa.String(1000))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_on: Mapped[date] = mapped_column(index=True)
    opened_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    dispatched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    accepted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    why_later: Mapped[str] = mapped_column(sa.String(200), default="")
    note_left: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[str] = mapped_column(sa.String(500), default="")
    outcome: Mapped[str] = mapped_column(sa.String(500), default="")
    signed_by: Mapped[str] = mapped_column(sa.String(80), default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # done, answered or withdrawn
    ended_on: Mapped[date | None] = mapped_column(index=True)
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    called_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_back_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    satisfied: Mapped[bool | None]
    call_back: Mapped[str] = mapped_column(sa.String(300), default="")  # what the guest said
    escalated: Mapped[int] = mapped_column(default=0)
    checked_on: Mapped[date | None]  # the foreman's daily look
    for_log: Mapped[bool] = mapped_column(default=False)  # S5: goes into the day's log
    closure_id: Mapped[int | None] = mapped_column(sa.ForeignKey("closures.id"))
    charged_id: Mapped[int | None] = mapped_column(sa.ForeignKey("postings.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    service: Mapped[Service | None] = relationship()
    stay: Mapped[Stay | None] = relationship()
    guest: Mapped[Guest | None] = relationship()
    room: Mapped[Room | None] = relationship()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("severity between 0 and 3", name="severity"),
        sa.CheckConstraint("kind <> 'complaint' OR severity > 0", name="complaint_severity"),
        sa.CheckConstraint("(called_back_at IS NULL) = (satisfied IS NULL)", name="called_back"),
        partial_index("ix_calls_unsettled", "due_at", where="state NOT IN ('closed', 'cancelled')"),
        partial_index("ix_calls_guest_id", "guest_id", where="guest_id IS NOT NULL"),
        partial_index("ix_calls_stay_id", "stay_id", where="stay_id IS NOT NULL"),
        partial_index("ix_calls_room_id", "room_id", "opened_on", where="room_id IS NOT NULL"),
    )

    @property
    def where(self) -> str:
        return self.room.number if self.room else self.place
