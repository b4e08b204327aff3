"""The price list 有偿服务 and what goes from it to the folio (S4); its due times are those of S2."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pms import access, journal
from pms.accounts.models import User
from pms.cashier import actions as cashier
from pms.cashier.models import MONEY_IN
from pms.db import db
from pms.errors import Conflict, Refused
from pms.lengths import check_lengths
from pms.requests import queries
from pms.requests.models import Call, Service
from pms.reservations.status import Status
from pms.say import say

C = Call.__table__
MOST_PIECES = 99
SLOWEST = 60 * 24 * 7  # minutes


def charge(call: Call, pieces: int = 1, *, by: User, now: datetime) -> int:
    """Post the price of the service, times `pieces`, to the guest's folio, once; returns the posting's id.

    Raises `Refused` for what is free or has no guest in house, `Conflict` when it is on the bill already.
    """
    access.require(by, "post_charge")
    service, stay = call.service, call.stay
    if service is None or not service.price:
        raise Refused(say("This service costs nothing. Prices are in Settings, Services."))
    if stay is None or stay.status is not Status.IN_HOUSE:
        raise Refused(say("There is no guest in house to charge. Take the payment at the cashier's."))
    if not 1 <= pieces <= MOST_PIECES:
        raise Refused(say("Between 1 and {most} are charged at once.", most=MOST_PIECES), field="pieces")
    _claim(call)
    folio = cashier.open_folio(stay, by=by, now=now)
    text = f"{service.name_en} {service.name_zh}"
    call.charged_id = cashier.post(
        folio, stay.id, service.posting, service.price * pieces, text=text, reference=call.number, by=by, now=now
    )
    db.session.flush()
    journal.write(by, "charge_request", call, now=now, number=call.number, pieces=pieces, posting=call.charged_id)
    return call.charged_id


def _claim(call: Call) -> None:
    """Whoever else charges this call waits here, and then hears that it is on the bill."""
    once = sa.update(C).where(C.c.id == call.id, C.c.charged_id.is_(None)).values(version=C.c.version + 1)
    claimed = db.session.connection().execute(once).rowcount == 1
    db.session.refresh(call)
    if not claimed:
        raise Conflict(say("Call {number} is on the bill already.", number=call.number))


def save_service(
    service: Service | None, values: dict[str, Any], *, version: int = 0, by: User, now: datetime
) -> Service:
    """A new service, or other facts of one. What is on bills already keeps its price.

    Raises `Refused` for what makes no sense, `Conflict` when the `version` seen is an old one.
    """
    access.require(by, "manage_services")
    if service is not None and service.version != version:
        raise Conflict(say("Somebody else has changed this since you opened it. Look at it again before you save."))
    _check(service, values)
    service = service or Service()
    for name, value in values.items():
        setattr(service, name, value)
    db.session.add(service)
    db.session.flush()
    shown = {"name": service.name_en, "minutes": service.minutes, "price": service.price, "active": service.active}
    journal.write(by, "save_service", service, now=now, **shown)
    return service


def _check(service: Service | None, values: dict[str, Any]) -> None:
    check_lengths(Service, values)
    if not values["name_en"].strip() or not values["name_zh"].strip():
        raise Refused(say("A service needs its name in both languages."), field="name_en")
    same = queries.service_named(values["name_en"])
    if same is not None and same is not service:
        raise Refused(say("There is a service of this name already."), field="name_en")
    if not 1 <= values["minutes"] <= SLOWEST:
        raise Refused(say("A service is due after 1 to {most} minutes.", most=SLOWEST), field="minutes")
    if values["price"] < 0:
        raise Refused(say("A price is not below nothing."), field="price")
    if values["posting"] in MONEY_IN:
        raise Refused(say("A payment is taken, not charged."), field="posting")
