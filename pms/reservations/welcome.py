"""What the policy gives VIPs and returning guests becomes a special arrangement of their stay (C3, C6, C7, R10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pms import clock
from pms.access import Actor
from pms.db import db, insert_missing
from pms.property import editing
from pms.property import queries as house
from pms.property import rules as policy
from pms.property.models_welcome import Welcome
from pms.reservations import queries_arrangements
from pms.reservations.arrangements import promised
from pms.reservations.models import Stay
from pms.reservations.models_arrangements import Arrangement, Special
from pms.reservations.status import Status

SOON = timedelta(days=1)  # the arrivals of tomorrow are prepared today


def save_line(
    line: Welcome | None, values: Mapping[str, Any], *, version: int = 0, by: Actor, now: datetime
) -> Welcome:
    """A new or changed line of the policy; who comes today or tomorrow is given it at once."""
    saved = editing.save_welcome(line, values, version=version, by=by, now=now)
    prepare_arrivals(by=by, now=now)
    return saved


def prepare_arrivals(*, by: Actor, now: datetime) -> int:
    """`prepare` for everybody who is to arrive today or tomorrow."""
    today = clock.business_date()
    return prepare(queries_arrangements.welcomed_on(today, today + SOON), by=by, now=now)


def prepare_soon(stays: Sequence[Stay], today: date, *, by: Actor, now: datetime) -> int:
    """`prepare` for those of them who come so soon that the evening before may be over: today or tomorrow."""
    return prepare([stay for stay in stays if stay.arrival <= today + SOON], by=by, now=now)


def prepare(stays: Sequence[Stay], *, by: Actor, now: datetime) -> int:
    """Arrange what the policy gives for these stays on the day of arrival, each line once a stay, also for those who
    do it at the same time; what was called off by hand is not arranged again. Returns how many are new.
    """
    lines, expected = house.welcomes(), [stay for stay in stays if stay.status is Status.RESERVED]
    if not lines or not expected:
        return 0
    slept = queries_arrangements.times_stayed(stay.guest_id for stay in expected)
    given = queries_arrangements.welcomed(stay.id for stay in expected)
    count, today = 0, clock.business_date()
    for stay in expected:
        for line in policy.welcomes(lines, stay.vip_level, slept.get(stay.guest_id, 0) + 1):
            if line.id not in given.get(stay.id, ()):
                count += _give(stay, line, max(stay.arrival, today), by, now)
    return count


def _give(stay: Stay, line: Any, day: date, by: Actor, now: datetime) -> bool:
    values = {
        "stay_id": stay.id,
        "kind": Special(line.kind),
        "what": f"{line.name_en} {line.name_zh}",
        "department": line.department,
        "due_on": day,
        "asked_at": now,
        "asked_by": by.id,
        "welcome_id": line.id,
    }
    if not insert_missing(Arrangement, [values]):
        return False
    promised(stay, queries_arrangements.welcome_of(stay.id, line.id), by=by, now=now)
    return True


def follow(stay: Stay) -> None:
    """The stay begins on another day: what is not done yet is due then."""
    for arrangement in queries_arrangements.open_welcomes(stay.id):
        arrangement.due_on = stay.arrival
    db.session.flush()
