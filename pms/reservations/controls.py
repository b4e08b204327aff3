"""Control of sales 控制售房 (R3): stop-sell, minimum stay and overbooking limit by type and night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pms import access, clock, journal
from pms.db import db
from pms.errors import Refused
from pms.property import queries as house
from pms.reservations import freed, inventory, rules
from pms.reservations.models import TypeNight
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User

T = TypeNight.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What holds for a type on some nights; None leaves as it is. `extra`: rooms to sell beyond those there are."""

    stop_sell: bool | None = None
    minimum_stay: int | None = None
    extra: int | None = None


def control_sales(type_id: int, first: date, until: date, control: Control, *, by: User, now: datetime) -> None:
    """Control a type on the nights from `first` to before `until`. A lower limit may show as oversold."""
    access.require(by, "control_sales")
    nights = rules.nights_of(first, until)
    if first < clock.business_date() or not 1 <= len(nights) <= rules.LONGEST_STAY:
        raise Refused(say("Please choose nights from today on, a year at most."), field="first")
    if control.minimum_stay is not None and not 1 <= control.minimum_stay <= rules.LONGEST_STAY:
        raise Refused(say("A minimum stay is at least one night."), field="minimum_stay")
    if control.extra is not None and control.extra < 0:
        raise Refused(say("An overbooking limit is not negative."), field="extra")
    values: dict[str, Any] = {
        name: value for name in ("stop_sell", "minimum_stay", "extra") if (value := getattr(control, name)) is not None
    }
    if not values:
        return
    inventory.ensure(type_id, nights)
    db.session.connection().execute(sa.update(T).where(T.c.type_id == type_id, T.c.night.in_(nights)).values(values))
    code = house.type_of(type_id).code
    journal.write(by, "control_sales", f"roomtype:{type_id}", now=now, type=code, first=first, until=until, **values)
    freed.tell_waitlist(type_id, nights, by=by, now=now)
