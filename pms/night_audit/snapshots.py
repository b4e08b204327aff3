"""The lists of a date as they were when it was closed, and the one way papers read: frozen if closed, live if open.

Rows are kept as JSON arrays under the names of their columns, compressed, so that a list of 300 guests takes about
10 KB and an old one is still read when its row has got another field.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from pms import clock
from pms.cashier import queries_papers as cashier
from pms.cashier import queries_papers_rates as rates
from pms.db import db, insert_all
from pms.errors import Missing
from pms.front_desk import queries_papers as stays
from pms.front_desk import queries_papers_changes as changes
from pms.front_desk import queries_papers_rooms as rooms
from pms.front_desk import queries_police as police
from pms.guest_services import queries_boxes, queries_kept, queries_visitors, queries_wake_ups
from pms.guest_services import queries_papers as services
from pms.handover import queries_papers as shifts
from pms.handover import queries_roster
from pms.night_audit import queries_figures as figures
from pms.night_audit.models import Snapshot
from pms.requests import queries_papers as requests
from pms.reservations import queries_arrangements as arrangements
from pms.reservations import queries_events as events
from pms.reservations import queries_papers as reservations
from pms.reservations import queries_papers_stays as living
from pms.reservations import queries_verification as verification
from pms.reservations import queries_waitlist as waitlist
from pms.reservations import queries_week as week
from pms.say import say

Query = Callable[[date], Sequence[Any]]

# What changes after the date is closed: guests leave, rooms are cleaned, no-shows are reinstated.
SNAPSHOTS: Mapping[str, Query] = {
    "arrivals": stays.arrivals,
    "departures": stays.departures,
    "in_house": stays.in_house,
    "next_day_arrivals": stays.next_day_arrivals,
    "breakfasts": living.breakfasts,
    "complimentary_and_house_use": living.complimentary_and_house_use,
    "high_balances": rates.high_balances,
    "rate_variance": rates.rate_variance,
    "room_changes": changes.room_changes,
    "moves_of_tomorrow": changes.moves_of_tomorrow,
    "extensions": changes.extensions,
    "no_shows_and_cancellations": changes.no_shows_and_cancellations,
    "room_states": rooms.room_states,
    "discrepancies": rooms.discrepancies,
    "luggage_held": services.luggage_held,
    "messages": services.messages,
    "open_calls": requests.open_calls,
    "police_register": police.police_register,
    "specials": arrangements.specials,
    "handovers": shifts.handovers,
    "cash_counts": shifts.cash_counts,
    "shift_notes": shifts.shift_notes,
    "wake_ups": queries_wake_ups.wake_ups,
    "safe_boxes": queries_boxes.safe_boxes,
    "visitors": queries_visitors.visitors,
    "things_kept": queries_kept.things_kept,
    "clerks_credit": events.clerks_credit,
    "verification": verification.verification,
    "forecast": reservations.forecast,
    "groups_of_week": week.groups_of_week,
    "group_nights_of_week": week.group_nights_of_week,
    "events_of_week": week.events_of_week,
    "counts": figures.counts,
}
# What stays as it was, because it is read from nights slept, postings and frozen figures.
RECORDS: Mapping[str, Query] = {
    "business_source": cashier.business_source,
    "geographic_origin": cashier.geographic_origin,
    "trial_balance": cashier.trial_balance,
    "roster_week": queries_roster.roster_week,
    "turnaways": waitlist.turnaways_of_month,
    "figures": figures.figures,
    "complaints_of_month": requests.complaints_of_month,
    "figures_by_day": figures.figures_by_day,
}


def freeze(day: date) -> int:
    """Keep every list of `day`; returns how many rows. Part of closing, in its unit of work."""
    lists = {name: query(day) for name, query in SNAPSHOTS.items()}
    insert_all(Snapshot, [{"business_date": day, "name": name, "rows": pack(rows)} for name, rows in lists.items()])
    return sum(map(len, lists.values()))


def read(name: str, day: date) -> Sequence[Any]:
    """The rows of a list for `day`: what a paper is made of.

    Raises `Missing` for an unknown name, for a date that has not come, and for one closed without this list.
    """
    if name in RECORDS:
        return RECORDS[name](day)
    if name not in SNAPSHOTS:
        raise Missing(say("There is no list called {name}.", name=name))
    frozen = db.session.get(Snapshot, (day, name))
    if frozen is not None:
        return unpack(frozen.rows, row_type(name))
    today = clock.business_date()
    if day < today:
        raise Missing(say("The lists of {day} were not kept.", day=day))
    if day > today:
        raise Missing(say("{day} has not come yet; the business date is {today}.", day=day, today=today))
    return SNAPSHOTS[name](day)


def pack(rows: Sequence[Any]) -> bytes:
    """NamedTuples as compressed JSON: the names of the columns once, then the rows."""
    data = {"columns": rows[0]._fields, "rows": rows} if rows else {"columns": (), "rows": ()}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_iso)
    return zlib.compress(text.encode(), 1)


def unpack(packed: bytes, kind: Any) -> list[Any]:
    """The rows again, as `kind`. A field that the kept rows lack is None, one that `kind` lacks is left out."""
    data = json.loads(zlib.decompress(packed))
    columns: list[str] = data["columns"]
    readers = _readers(kind)
    places = [(columns.index(field) if field in columns else None, readers[field]) for field in kind._fields]
    return [kind(*(None if at is None else reader(row[at]) for at, reader in places)) for row in data["rows"]]


@cache
def row_type(name: str) -> type[Any]:
    """The NamedTuple of a list's rows, from what its query says it returns."""
    kind: type[Any] = get_args(get_type_hints(SNAPSHOTS[name])["return"])[0]
    return kind


def _iso(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be kept in a list")


@cache
def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    return {field: _reader(hint) for field, hint in get_type_hints(kind).items()}


def _reader(hint: Any) -> Callable[[Any], Any]:
    """JSON has no dates: what a field's type says turns its text back."""
    kinds = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    for kind in (datetime, date):
        if kind in kinds:
            return _parser(kind)
    return lambda value: value


def _parser(kind: type[date]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else kind.fromisoformat(value)
