"""Records as the API shows them, to whoever asks: codes instead of ids, no name that may not be known."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel

from pms import access
from pms.accounts.models import Name
from pms.api import queries
from pms.api.door import LARGEST_ID, NotUnderstood
from pms.api.schemas_stays import GuestOut, ReservationOut, StayOut
from pms.errors import Conflict, Missing, Refused
from pms.guests.models import Guest
from pms.guests.names import list_name
from pms.property import queries as house
from pms.reservations.models import Booking
from pms.say import Say, say, translate
from pms.web import language
from pms.web.gate import me

Shown = TypeVar("Shown", bound=BaseModel)

ETAG = re.compile(r'"[0-9a-f]{1,16}"')
GUEST_FIELDS = tuple(name for name in GuestOut.model_fields if name not in ("id", "version", "name", "account"))
SEES_PRICES = ("see_revenue", "book", "see_folio")
AS_READ = (
    "id", "confirmation", "guest_id", "incognito", "status", "use", "arrival", "departure", "adults", "children",
    "room", "do_not_move", "guarantee", "group", "eta", "early_arrival", "vip_level", "remarks",
)  # fmt: skip
"""Fields of a stay that are shown as they are read."""

_as_read = attrgetter(*AS_READ)


def tell(sentence: Say | Name | str) -> str:
    """A sentence or a colleague's name in the language of whoever asks."""
    return translate(sentence, language.current())


def shown(model: type[Shown], record: Any, **more: Any) -> Shown:
    """A record or row as its schema has it: its attributes of the same names, but those in `more`."""
    found = {name: getattr(record, name) for name in model.model_fields if name not in more}
    return model.model_validate(found | more)


def may(action: str) -> bool:
    return access.allowed(me(), action)


def sees_prices() -> bool:
    """Whoever sells rooms, keeps folios or answers for revenue."""
    return any(may(action) for action in SEES_PRICES)


# --- Codes -----------------------------------------------------------------------------------------------------------
def type_id_of(code: str) -> int:
    """Raises `Refused`."""
    kind = house.type_by_code(code)
    if kind is None:
        raise Refused(say("This room type is not sold."), field="type")
    return int(kind.id)


def plan_id_of(code: str) -> int:
    """Raises `Refused`."""
    plan = house.plan_by_code(code)
    if plan is None:
        raise Refused(say("This rate plan is not offered."), field="plan")
    return int(plan.id)


# --- Stays -----------------------------------------------------------------------------------------------------------
def stay(stay_id: int) -> StayOut:
    """Raises `Missing`."""
    row = queries.stay_row(stay_id)
    if row is None:
        raise Missing(say("There is no such stay."))
    return stays([row])[0]


def stays(rows: Sequence[Any]) -> list[StayOut]:
    """Stays with nights and sharers; two statements more, however many they are."""
    ids = [row.id for row in rows]
    nights = queries.nights_of(ids) if ids and sees_prices() else None
    sharers = queries.sharers_of(ids) if ids else {}
    known, facts = may("see_incognito"), house.facts()
    return [_stay(row, facts, nights, sharers.get(row.id, []), known or not row.incognito) for row in rows]


def _stay(row: Any, facts: house.Facts, nights: Any, sharers: list[int], known: bool) -> StayOut:
    values: dict[str, Any] = dict(zip(AS_READ, _as_read(row), strict=True))
    values |= {
        "version": f"{row.version:x}",
        "guest": list_name(row.surname, row.given, row.name_zh),
        "type": facts.types[row.type_id].code,
        "held_type": facts.types[row.held_type_id].code,
        "plan": facts.plans[row.plan_id].code,
        "needs": _words(row.needs),
        "wishes": _words(row.wishes),
        "sharers": sharers,
        "nights": None if nights is None else nights.get(row.id, []),
    }
    if not known:
        values |= {"guest_id": None, "guest": "", "remarks": "", "sharers": [], "wishes": []}
    return StayOut.model_validate(values)  # everything in it at once


def _words(text: str) -> list[str]:
    return text.split(",") if text else []


def reservation(booking: Booking) -> ReservationOut:
    """A booking with its stays; who called for a guest without disclosure is not told either."""
    found = stays(queries.stays_of_booking(booking.id))
    known = all(each.guest_id for each in found)
    return ReservationOut(
        confirmation=booking.confirmation,
        booked_on=booking.booked_on,
        source=booking.source,
        guarantee=booking.guarantee,
        company=booking.company.code if booking.company else None,
        agent=booking.agent.code if booking.agent else None,
        booker=booking.booker if known else "",
        telephone=booking.telephone if known else "",
        market=booking.market,
        channel=booking.channel,
        notes=booking.notes if known else "",
        stays=found,
    )


# --- Guests ----------------------------------------------------------------------------------------------------------
def guest(record: Guest) -> GuestOut:
    values = {name: getattr(record, name) for name in GUEST_FIELDS}
    account = record.account.code if record.account else None
    return GuestOut(id=record.id, version=guest_version(record), name=record.name, account=account, **values)


def guest_version(record: Guest) -> str:
    """A profile has no counter: its version is what stands in it."""
    content = repr([getattr(record, name) for name in (*GUEST_FIELDS, "account_id")])
    return hashlib.sha256(content.encode()).hexdigest()[:16]


# --- Changing what others may have changed ---------------------------------------------------------------------------
class Outdated(Conflict):
    """Somebody was faster: 412 to whoever sent If-Match, else 409; with the record as it is now."""

    kind = "outdated"

    def __init__(self, reason: Say, current: Any) -> None:
        super().__init__(reason, field="version")
        self.status = 412 if request.headers.get("If-Match") else 409
        self.members = {"current": current.model_dump(mode="json")}


def version_seen(in_body: str | None) -> str:
    """The version the caller has seen, from If-Match or the body. Raises `NotUnderstood` (428) without one."""
    tag = request.headers.get("If-Match")
    if tag is not None and not ETAG.fullmatch(tag):
        raise NotUnderstood(say("If-Match is the ETag as it was read."), field="If-Match")
    seen = tag.strip('"') if tag else in_body
    if not seen:
        raise NotUnderstood(
            say("Say which version you have seen: If-Match with its ETag, or version."), status=428, field="version"
        )
    return seen


def as_number(version: str) -> int:
    """A stay's version as its record counts it; one too large for that is none it ever had."""
    return min(int(version, 16), LARGEST_ID)
