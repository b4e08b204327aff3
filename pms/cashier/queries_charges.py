"""What the night audit posts for a date, as SELECTs in the order of `COLUMNS` that feed one INSERT each.

Every occupied night gives a room posting, a free one (complimentary, house use) an amount of zero: so the room
postings of a date can be counted against the rooms occupied, and the bill of a free stay shows its nights.
A breakfast that the plan includes is part of the nightly price and is split off as its own posting, so that the guest
pays exactly the price that was fixed. Tax comes on top of the nightly price.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from pms.cashier.models import Folio, Posting, PostingKind
from pms.db import UtcDateTime, db, run
from pms.property.models import RatePlan
from pms.reservations.models import Stay, StayNight, Use
from pms.reservations.status import Status

COLUMNS = ("folio_id", "stay_id", "business_date", "at", "by_id", "kind", "amount", "reference", "night", "audit_kind")
AUDIT_KINDS = (PostingKind.ROOM, PostingKind.PACKAGE, PostingKind.TAX)

F, P, S, N, R = Folio.__table__, Posting.__table__, Stay.__table__, StayNight.__table__, RatePlan.__table__
_DAY = sa.bindparam("day", type_=sa.Date)
_BREAKFAST = sa.bindparam("breakfast", type_=sa.BigInteger)
_PERMILLE = sa.bindparam("permille", type_=sa.BigInteger)

_PRICE = sa.case((S.c.use == Use.PAID, N.c.price), else_=0)
_MEALS = R.c.breakfasts * (S.c.adults + S.c.children) * _BREAKFAST
# A price below the breakfast leaves the room at nothing, never below.
_PACKAGE = sa.case((_PRICE <= 0, 0), (_MEALS > _PRICE, _PRICE), else_=_MEALS)
_TAX = sa.case(
    (_PRICE < 0, -((-_PRICE * _PERMILLE + 500) // 1000)),
    else_=(_PRICE * _PERMILLE + 500) // 1000,
)
_AMOUNTS = {PostingKind.ROOM: _PRICE - _PACKAGE, PostingKind.PACKAGE: _PACKAGE, PostingKind.TAX: _TAX}


def charges(kind: PostingKind) -> Any:
    """One posting for every stay in house with a night on `day`; guests who leave that day have none.

    Parameters: day, at, by, breakfast (price a person), permille.
    """
    wanted = (
        sa.select(
            F.c.id,
            S.c.id,
            _DAY,
            sa.bindparam("at", type_=UtcDateTime()),
            sa.bindparam("by", type_=sa.Integer),
            sa.literal(kind.value, sa.String),
            _AMOUNTS[kind],
            sa.literal("", sa.String),
            N.c.night,
            sa.literal(kind.value, sa.String),
        )
        .select_from(N.join(S, S.c.id == N.c.stay_id).join(F, F.c.stay_id == S.c.id).join(R, R.c.id == S.c.plan_id))
        .where(N.c.night == _DAY, S.c.status == Status.IN_HOUSE, S.c.checked_in_on <= _DAY)
        .order_by(S.c.id)
    )
    return wanted if kind is PostingKind.ROOM else wanted.where(_AMOUNTS[kind] != 0)


_POSTED = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(P.c.amount), 0)).where(
    P.c.business_date == _DAY, P.c.kind.in_(AUDIT_KINDS), P.c.audit_kind.is_not(None)
)


def posted(day: date) -> tuple[int, int]:
    """How many charges the audit has posted for a date, and their sum."""
    count, total = run(_POSTED, {"day": day}).one()
    return int(count), int(total)


def preview(day: date, breakfast: int, permille: int) -> dict[PostingKind, tuple[int, int]]:
    """What would be posted for a date, count and sum of each kind; for the rehearsal. Changes nothing."""
    found = {}
    for kind in AUDIT_KINDS:
        rows = charges(kind).subquery()
        amount = list(rows.c)[COLUMNS.index("amount")]
        wanted = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(amount), 0)).select_from(rows)
        values = {"day": day, "at": None, "by": None, "breakfast": breakfast, "permille": permille}
        count, total = db.session.connection().execute(wanted, values).one()
        found[kind] = (int(count), int(total))
    return found


def first_night_prices(stay_ids: Sequence[int], nights: int) -> dict[int, int]:
    """Sum of the prices fixed for the first `nights` nights, by stay. One statement however many stays."""
    place = sa.func.row_number().over(partition_by=N.c.stay_id, order_by=N.c.night).label("place")
    wanted: Any = sa.bindparam("stays", stay_ids, expanding=True)
    first = sa.select(N.c.stay_id, N.c.price, place).where(N.c.stay_id.in_(wanted)).subquery()
    sums = sa.select(first.c.stay_id, sa.func.sum(first.c.price)).where(first.c.place <= nights)
    rows = db.session.connection().execute(sums.group_by(first.c.stay_id))
    return {stay: int(total) for stay, total in rows}
