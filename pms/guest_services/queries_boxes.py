"""Safe-deposit boxes: which are free, who has one, what is written on its card."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.db import db
from pms.errors import Missing
from pms.guest_services.models_boxes import BoxAct, BoxOpening, BoxSize, BoxUse, SafeBox
from pms.guests.models import Guest
from pms.guests.queries_papers import MASKED_GUEST, guest_rows
from pms.property.models import Room, Setting
from pms.reservations.models import Stay, StayGuest
from pms.reservations.status import Status
from pms.say import say

BY_NUMBER = (sa.func.length(SafeBox.number), SafeBox.number)
SECOND = aliased(User)
PRICES = "safe_boxes"  # the key of the setting


def prices() -> dict[str, int]:
    """What the house asks for a key, by name; empty while it has not said."""
    return db.session.scalar(sa.select(Setting.value).where(Setting.key == PRICES)) or {}


class BoxRow(NamedTuple):
    """A box of the house; from `use_id` on None or empty while nobody has it."""

    id: int
    number: str
    size: BoxSize
    active: bool
    note: str
    use_id: int | None
    given_at: datetime | None
    key_lost_at: datetime | None
    room: str
    departure: date | None
    status: Status | None
    surname: str
    given: str
    name_zh: str
    incognito: bool

    @property
    def guest_has_left(self) -> bool:
        return self.use_id is not None and self.status is not Status.IN_HOUSE

    def undisclosed(self) -> BoxRow:
        return self._replace(surname="", given="", name_zh="") if self.incognito else self


class CardLine(NamedTuple):
    """One line of the card: both signatures."""

    act: BoxAct
    at: datetime
    signed_by: str
    reason: str
    contents: str
    by: str
    by_zh: str | None
    second: str | None
    second_zh: str | None


class Given(NamedTuple):
    at: datetime
    name: str
    name_zh: str | None


class BoxLine(NamedTuple):
    """A box in use, for the paper of the night."""

    number: str
    room: str
    guest: str
    guest_incognito: bool
    given_at: datetime
    openings: int
    key_lost: bool
    departure: date
    leaves_next: bool  # on the morning after the date, or should have left
    in_house: bool


def boxes(*, see_incognito: bool) -> list[BoxRow]:
    """All boxes by number, with who has them."""
    return _disclosed(_boxes(), see_incognito)


def boxes_after(after: tuple[int, str] | None, limit: int, *, in_use: bool | None, see_incognito: bool) -> list[BoxRow]:
    """`limit` boxes after the length and number in `after`: those with guests, those that can be given out, or all."""
    wanted = _boxes().limit(limit)
    if after is not None:
        wanted = wanted.where(sa.tuple_(*BY_NUMBER) > sa.tuple_(*map(sa.literal, after)))
    if in_use is not None:
        wanted = wanted.where(BoxUse.id.is_not(None) if in_use else sa.and_(BoxUse.id.is_(None), SafeBox.active))
    return _disclosed(wanted, see_incognito)


def _boxes() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            SafeBox.id, SafeBox.number, SafeBox.size, SafeBox.active, SafeBox.note, BoxUse.id, BoxUse.given_at,
            BoxUse.key_lost_at, sa.func.coalesce(Room.number, ""), Stay.departure, Stay.status,
            sa.func.coalesce(Guest.surname, ""), sa.func.coalesce(Guest.given, ""),
            sa.func.coalesce(Guest.name_zh, ""), sa.func.coalesce(Guest.incognito, sa.false()),
        )
        .select_from(SafeBox)
        .outerjoin(BoxUse, sa.and_(BoxUse.box_id == SafeBox.id, BoxUse.closed_at.is_(None)))
        .outerjoin(Stay, Stay.id == BoxUse.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .order_by(*BY_NUMBER)
    )  # fmt: skip


def _disclosed(wanted: sa.Select[*tuple[Any, ...]], see_incognito: bool) -> list[BoxRow]:
    rows = [BoxRow(*values) for values in db.session.execute(wanted)]
    return rows if see_incognito else [row.undisclosed() for row in rows]


def free_boxes() -> list[SafeBox]:
    """Boxes that can be given out, by number."""
    taken = sa.exists().where(BoxUse.box_id == SafeBox.id, BoxUse.closed_at.is_(None))
    return list(db.session.scalars(sa.select(SafeBox).where(SafeBox.active, ~taken).order_by(*BY_NUMBER)))


def box(box_id: int) -> SafeBox:
    """Raises `Missing`."""
    found = db.session.get(SafeBox, box_id)
    if found is None:
        raise Missing(say("There is no such box."))
    return found


def numbers() -> set[str]:
    """The numbers that boxes have."""
    return set(db.session.scalars(sa.select(SafeBox.number)))


def use(use_id: int) -> BoxUse:
    """Raises `Missing`."""
    found = db.session.get(BoxUse, use_id)
    if found is None:
        raise Missing(say("There is no such box."))
    return found


def open_use_of(box_id: int) -> BoxUse | None:
    return db.session.scalar(sa.select(BoxUse).where(BoxUse.box_id == box_id, BoxUse.closed_at.is_(None)))


def open_uses_of(stay_id: int) -> list[BoxUse]:
    """The boxes a guest has now, by number."""
    wanted = sa.select(BoxUse).join(BoxUse.box).where(BoxUse.stay_id == stay_id, BoxUse.closed_at.is_(None))
    return list(db.session.scalars(wanted.order_by(*BY_NUMBER)))


def last_given(box_id: int) -> Given:
    """Who gave the box out last, and when."""
    wanted = (
        sa.select(BoxOpening.at, User.name, User.name_zh)
        .join(BoxUse, BoxUse.id == BoxOpening.use_id)
        .join(User, User.id == BoxOpening.by_id)
        .where(BoxUse.box_id == box_id, BoxOpening.act == BoxAct.GIVEN)
        .order_by(BoxOpening.id.desc())
        .limit(1)
    )
    return Given(*db.session.execute(wanted).one())


def guests_of(stay_id: int) -> list[Guest]:
    """Everybody who lives in the room."""
    sharing = sa.select(StayGuest.guest_id).where(StayGuest.stay_id == stay_id)
    booked = sa.select(Stay.guest_id).where(Stay.id == stay_id)
    return list(db.session.scalars(sa.select(Guest).where(sa.or_(Guest.id.in_(sharing), Guest.id.in_(booked)))))


def card(use_id: int) -> list[CardLine]:
    """Every opening of one use, first to last."""
    wanted = (
        sa.select(
            BoxOpening.act, BoxOpening.at, BoxOpening.signed_by, BoxOpening.reason, BoxOpening.contents,
            User.name, User.name_zh, SECOND.name, SECOND.name_zh,
        )
        .join(User, User.id == BoxOpening.by_id)
        .outerjoin(SECOND, SECOND.id == BoxOpening.second_id)
        .where(BoxOpening.use_id == use_id)
        .order_by(BoxOpening.id)
    )  # fmt: skip
    return [CardLine(*values) for values in db.session.execute(wanted)]


def safe_boxes(day: date) -> list[BoxLine]:
    """Boxes in use when the date closes, the first to leave first."""
    return guest_rows(BoxLine, _safe_boxes(), tomorrow=day + timedelta(days=1))


@cache
def _safe_boxes() -> sa.Select[*tuple[Any, ...]]:
    opened = (
        sa.select(sa.func.count())
        .where(BoxOpening.use_id == BoxUse.id, BoxOpening.act == BoxAct.OPENED)
        .scalar_subquery()
    )
    return (
        sa.select(
            *MASKED_GUEST, SafeBox.number, sa.func.coalesce(Room.number, "").label("room"), BoxUse.given_at,
            opened.label("openings"), BoxUse.key_lost_at.is_not(None).label("key_lost"), Stay.departure,
            (Stay.departure <= sa.bindparam("tomorrow", type_=sa.Date)).label("leaves_next"),
            (Stay.status == Status.IN_HOUSE).label("in_house"),
        )
        .select_from(BoxUse)
        .join(SafeBox, SafeBox.id == BoxUse.box_id)
        .join(Stay, Stay.id == BoxUse.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(BoxUse.closed_at.is_(None))
        .order_by(Stay.departure, *BY_NUMBER)
    )  # fmt: skip
