"""Step 1: what must be mended before the date is closed, and what somebody should know (papers.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from pms import clock
from pms.front_desk.rules import SEND_WITHIN
from pms.guests.names import list_name
from pms.money import Amount
from pms.night_audit import queries
from pms.night_audit.rules import Finding
from pms.property.queries import hotel
from pms.reservations import queries_moves
from pms.say import say

Check = Callable[[date, datetime], Iterator[Finding]]


def examine(day: date, now: datetime, *, unattended: bool = False) -> list[Finding]:
    """Everything there is to say before `day` is closed; reads only.

    Where nobody watches, a date is not closed before its evening: an audit that was started twice in one night would
    make no-shows of all guests of the day that has just begun.
    """
    findings = [finding for check in CHECKS for finding in check(day, now)]
    return [*findings, *before_its_evening(day, now, blocks=unattended)]


def still_here(day: date, now: datetime) -> Iterator[Finding]:
    """A guest who should have left is checked out or extended first."""
    for stay in queries.still_here(day):
        text = say(
            "{guest} in room {room} should have left on {day}. Check out, or extend the stay.",
            guest=_name(stay),
            room=stay.number or "–",
            day=stay.departure,
        )
        yield Finding(text, f"stay:{stay.id}", "check_out", blocks=True)


def moved_as_agreed(day: date, now: datetime) -> Iterator[Finding]:
    """Who was to change rooms and has not: the nights of this date are those of the new room (P7)."""
    for row in queries_moves.due(day):
        text = say(
            "{guest} was to move from room {old} to room {new} on {day}. Change the room, or say on the stay that it is"
            " not needed.",
            guest=_name(row),
            old=row.from_room,
            new=row.to_room,
            day=row.day,
        )
        yield Finding(text, f"stay:{row.stay_id}", "room_move", blocks=True)


def folios_add_up(day: date, now: datetime) -> Iterator[Finding]:
    """A closed folio comes to zero; all folios together come to what was frozen for yesterday plus today's postings."""
    currency = hotel().currency
    for folio in queries.closed_not_zero(day):
        text = say(
            "Folio {folio} is closed with a balance of {amount}. Settle it.",
            folio=folio.number,
            amount=Amount(folio.balance, currency),
        )
        yield Finding(text, f"stay:{folio.stay_id}", "take_payment", blocks=True)
    ledger, folios = queries.trial_balance(day)
    if ledger.closing != folios:
        text = say(
            "The trial balance does not tie: it closes with {ledger}, the folios come to {folios}.",
            ledger=Amount(ledger.closing, currency),
            folios=Amount(folios, currency),
        )
        yield Finding(text, "", "reverse_posting", blocks=True)


def not_arrived(day: date, now: datetime) -> Iterator[Finding]:
    for stay in queries.not_arrived(day):
        text = say(
            "{guest}, {confirmation}, has not arrived and will become a no-show.",
            guest=_name(stay),
            confirmation=stay.confirmation,
        )
        yield Finding(text, f"stay:{stay.id}", "check_in")


def before_its_evening(day: date, now: datetime, *, blocks: bool = False) -> Iterator[Finding]:
    """Closing a date in the afternoon makes no-shows of guests who are still on their way."""
    hour = hotel().hold_hour
    if now < clock.at_local(day, hour):
        text = say("It is not yet {hour}:00 on {day}. Guests may still be on their way.", hour=hour, day=day)
        yield Finding(text, "", "run_audit", blocks)


def rooms_agree(day: date, now: datetime) -> Iterator[Finding]:
    for row in queries.open_discrepancies():
        text = say("Room {room}: housekeeping and front office disagree. Look and settle it.", room=row.number)
        yield Finding(text, f"discrepancy:{row.id}", "resolve_discrepancy")


def registrations_sent(day: date, now: datetime) -> Iterator[Finding]:
    count, oldest = queries.unsent_registrations(now - SEND_WITHIN)
    if count and oldest:
        text = say(
            "{count} registrations are more than 24 hours old and not sent to the police, the oldest of {day}.",
            count=count,
            day=clock.local(oldest).date(),
        )
        yield Finding(text, "", "send_police_register")


CHECKS: tuple[Check, ...] = (
    still_here,
    moved_as_agreed,
    folios_add_up,
    not_arrived,
    rooms_agree,
    registrations_sent,
)


def _name(row: Any) -> str:
    return list_name(row.surname, row.given, row.name_zh)
