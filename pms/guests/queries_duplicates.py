"""Profiles that look like the same person (R12), and what became of those that were."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from pms.accounts.models import User
from pms.db import db
from pms.guests.models import Guest, GuestDocument, TwoPeople
from pms.journal import JournalLine

MOST_PAIRS = 100
MOST_OF_ONE = 5


class Alike(StrEnum):
    DOCUMENT = "document"
    BIRTHDAY = "birthday"
    TELEPHONE = "telephone"


class Pair(NamedTuple):
    """Two profiles and what they share; the elder one would survive."""

    elder: Guest
    younger: Guest
    alike: list[Alike]


class Merge(NamedTuple):
    """Who merged a profile, and when."""

    by: str
    at: datetime


def pairs(*, see_incognito: bool, after: tuple[int, int] | None = None, limit: int = MOST_PAIRS) -> list[Pair]:
    """Profiles with the same document, the same name and birthday or the same telephone, each beside the eldest of its
    kind; the last ones made first. `after` is the younger's and the elder's number of the pair before. One statement.
    """
    elder, younger = aliased(Guest), aliased(Guest)
    shared = _shared()
    known = [] if see_incognito else [elder.incognito.is_(False), younger.incognito.is_(False)]
    looked_at = sa.exists().where(TwoPeople.elder_id == elder.id, TwoPeople.younger_id == younger.id)
    wanted = (
        sa.select(elder, younger, *(shared.c[alike.value] for alike in Alike))
        .select_from(shared)
        .join(elder, elder.id == shared.c.elder)
        .join(younger, younger.id == shared.c.younger)
        .options(joinedload(elder.account), joinedload(younger.account))
        .where(~looked_at, *known)
        .order_by(younger.id.desc(), elder.id)
        .limit(limit)
    )
    if after is not None:
        last_younger, last_elder = after
        same = sa.and_(younger.id == last_younger, elder.id > last_elder)
        wanted = wanted.where(sa.or_(younger.id < last_younger, same))
    rows: Any = db.session.execute(wanted)
    return [
        Pair(one, other, [alike for alike, is_so in zip(Alike, so, strict=True) if is_so]) for one, other, *so in rows
    ]


def _shared() -> sa.Subquery:
    """Each pair once, with a column for each `Alike` that is 1 where they are alike in it."""
    found = sa.union_all(*_alike()).subquery()
    ways = (sa.func.max(sa.case((found.c.alike == alike.value, 1), else_=0)).label(alike.value) for alike in Alike)
    wanted = sa.select(found.c.elder, found.c.younger, *ways).where(found.c.elder < found.c.younger)
    return wanted.group_by(found.c.elder, found.c.younger).subquery()


def _alike() -> list[sa.Select[*tuple[Any, ...]]]:
    surname, given = sa.func.lower(Guest.surname), sa.func.lower(Guest.given)
    return [
        _sharing(Alike.DOCUMENT, GuestDocument.kind, GuestDocument.number).join(
            GuestDocument, GuestDocument.guest_id == Guest.id
        ),
        _sharing(Alike.BIRTHDAY, Guest.born_on, Guest.name_zh).where(Guest.born_on.is_not(None), Guest.name_zh != ""),
        _sharing(Alike.BIRTHDAY, Guest.born_on, surname, given).where(
            Guest.born_on.is_not(None), Guest.surname != "", Guest.given != ""
        ),
        _sharing(Alike.TELEPHONE, Guest.telephone).where(Guest.telephone != ""),
    ]


def _sharing(alike: Alike, *what: Any) -> sa.Select[*tuple[Any, ...]]:
    """Every profile beside the eldest that shares `what` with it."""
    eldest = sa.func.min(Guest.id).over(partition_by=what)
    wanted = sa.select(eldest.label("elder"), Guest.id.label("younger"), sa.literal(alike.value).label("alike"))
    return wanted.select_from(Guest).where(Guest.merged_into.is_(None))


def like(guest: Guest, *, see_incognito: bool) -> list[Guest]:
    """Other profiles that share a document, name and birthday, or telephone with this one, the elder first."""
    of_his = aliased(GuestDocument)
    his = (
        sa.select(GuestDocument.guest_id)
        .join(of_his, sa.and_(of_his.kind == GuestDocument.kind, of_his.number == GuestDocument.number))
        .where(of_his.guest_id == guest.id)
    )
    same: list[sa.ColumnElement[bool]] = [Guest.id.in_(his)]
    if guest.telephone:
        same.append(Guest.telephone == guest.telephone)
    if guest.born_on:
        same.append(sa.and_(Guest.born_on == guest.born_on, sa.or_(*_named_as(guest))))
    looked_at = sa.exists().where(
        TwoPeople.elder_id == sa.case((Guest.id < guest.id, Guest.id), else_=guest.id),
        TwoPeople.younger_id == sa.case((Guest.id < guest.id, guest.id), else_=Guest.id),
    )
    known = [] if see_incognito else [Guest.incognito.is_(False)]
    wanted = sa.select(Guest).where(
        Guest.id != guest.id, Guest.merged_into.is_(None), sa.or_(*same), ~looked_at, *known
    )
    return list(db.session.scalars(wanted.order_by(Guest.id).limit(MOST_OF_ONE)))


def _named_as(guest: Guest) -> list[sa.ColumnElement[bool]]:
    chinese = [Guest.name_zh == guest.name_zh] if guest.name_zh else []
    if not (guest.surname and guest.given):
        return chinese or [sa.false()]
    latin = sa.and_(
        sa.func.lower(Guest.surname) == guest.surname.lower(), sa.func.lower(Guest.given) == guest.given.lower()
    )
    return [*chinese, latin]


def merged_into(guest_id: int) -> list[Guest]:
    """The profiles that are this one now, the eldest first."""
    return list(db.session.scalars(sa.select(Guest).where(Guest.merged_into == guest_id).order_by(Guest.id)))


def merge_of(guest_id: int) -> Merge | None:
    """Who merged this profile into another one, and when; None while nobody has."""
    wanted = (
        sa.select(User.name, JournalLine.at)
        .join(User, User.id == JournalLine.by_id)
        .where(JournalLine.subject == f"guest:{guest_id}", JournalLine.action == "merged_into")
        .order_by(JournalLine.id.desc())
        .limit(1)
    )
    row = db.session.execute(wanted).first()
    return Merge(*row) if row else None
