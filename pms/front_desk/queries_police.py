"""Who was registered, for the police: what is still to be sent, and what went with which proof (C9)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms import clock
from pms.accounts.models import User
from pms.db import db
from pms.front_desk.models import PoliceBatch, Registration
from pms.front_desk.rules import lacks_for_police
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.guests.names import list_name
from pms.guests.rules import mask
from pms.property.models import Room
from pms.reservations.models import Group, Stay
from pms.say import Say

MOST_SHOWN = 300
LAST_BATCHES = 12

_COLUMNS = (
    Registration.id, Registration.at, Registration.stay_id, Room.number.label("room"), Guest.surname, Guest.given,
    Guest.name_zh, Guest.sex, Guest.born_on, Guest.nationality, Guest.incognito,
    GuestDocument.kind.label("document"), GuestDocument.number, Registration.visa, Registration.visa_expires_on,
    Registration.purpose, Registration.host, Stay.arrival, Stay.departure, Group.code.label("group"),
    Registration.sent_at, PoliceBatch.reference,
)  # fmt: skip


class RegisterLine(NamedTuple):
    """One registration as the police want it. `number` is masked unless it was asked for whole; `document` is a
    DocumentKind's value or "".
    """

    id: int
    at: datetime
    stay_id: int
    room: str
    surname: str
    given: str
    name_zh: str
    sex: str
    born_on: date | None
    nationality: str
    incognito: bool
    document: str
    number: str
    visa: str
    visa_expires_on: date | None
    purpose: str
    host: str
    arrival: date
    departure: date
    group: str
    sent_at: datetime | None
    reference: str

    @property
    def guest(self) -> str:
        return list_name(self.surname, self.given, self.name_zh)

    @property
    def lacks(self) -> Say | None:
        """What has to be filled in before it can go out."""
        return lacks_for_police(
            nationality=self.nationality,
            document=self.document,
            sex=self.sex,
            born_on=self.born_on,
            visa=self.visa,
            purpose=self.purpose,
        )


def unsent(limit: int | None = MOST_SHOWN) -> list[RegisterLine]:
    """What the police have not got yet, the oldest first."""
    return _lines(Registration.sent_at.is_(None), limit=limit)


def unsent_after(last: int, limit: int) -> list[RegisterLine]:
    """`limit` of those the police have not got yet after the id `last`, in the order of their numbers."""
    return _lines(Registration.sent_at.is_(None), Registration.id > last, limit=limit, order=(Registration.id,))


def count_unsent() -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(Registration.sent_at.is_(None))) or 0


def lines(ids: Collection[int], *, whole_numbers: bool = False) -> list[RegisterLine]:
    """These registrations, the oldest first."""
    return _lines(Registration.id.in_(ids), whole_numbers=whole_numbers)


def of_batch(batch_id: int) -> list[RegisterLine]:
    return _lines(Registration.batch_id == batch_id)


def of_group(group_id: int) -> list[RegisterLine]:
    """Everybody of a group who is registered: its collective list 团体名单, with whole numbers."""
    return _lines(Stay.group_id == group_id, whole_numbers=True)


def police_register(day: date) -> list[RegisterLine]:
    """Everybody registered between the midnights of `day` on the hotel's clock, for the daily paper; masked."""
    first = clock.at_local(day, 0)
    return _lines(Registration.at >= first, Registration.at < clock.at_local(day + timedelta(days=1), 0))


def _lines(
    *conditions: Any,
    limit: int | None = None,
    whole_numbers: bool = False,
    order: tuple[Any, ...] = (Registration.at, Registration.id),
) -> list[RegisterLine]:
    wanted = (
        sa.select(*_COLUMNS)
        .join(Stay, Stay.id == Registration.stay_id)
        .join(Guest, Guest.id == Registration.guest_id)
        .outerjoin(GuestDocument, GuestDocument.id == Registration.document_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(PoliceBatch, PoliceBatch.id == Registration.batch_id)
        .where(*conditions)
        .order_by(*order)
        .limit(limit)
    )
    return [_line(row, whole_numbers) for row in db.session.connection().execute(wanted)]


def _line(row: Any, whole_numbers: bool) -> RegisterLine:
    values = dict(row._mapping)
    number = values["number"] or ""
    for name in ("room", "group", "reference"):
        values[name] = values[name] or ""
    values["number"] = number if whole_numbers else mask(number)
    values["document"] = DocumentKind(values["document"]).value if values["document"] else ""
    return RegisterLine(**values)


class BatchLine(NamedTuple):
    """What was sent together: the number that proves it, when, by whom, how many."""

    id: int
    reference: str
    sent_at: datetime
    by: str
    by_zh: str
    guests: int


def batches(limit: int = LAST_BATCHES) -> list[BatchLine]:
    """What was sent last, the newest first."""
    return [BatchLine(*row) for row in db.session.execute(_batches().order_by(PoliceBatch.id.desc()).limit(limit))]


def batch(batch_id: int) -> BatchLine | None:
    row = db.session.execute(_batches().where(PoliceBatch.id == batch_id)).first()
    return BatchLine(*row) if row else None


def batch_called(reference: str) -> BatchLine | None:
    row = db.session.execute(_batches().where(PoliceBatch.reference == reference)).first()
    return BatchLine(*row) if row else None


def _batches() -> Any:
    return sa.select(
        PoliceBatch.id, PoliceBatch.reference, PoliceBatch.sent_at, User.name, User.name_zh, PoliceBatch.count
    ).join(User, User.id == PoliceBatch.by_id)
