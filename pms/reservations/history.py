"""The history of a booking for readers: who, when, what it was and what it is, in words of both languages.

Data that no word is known for is left out, never shown raw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from pms.errors import Missing
from pms.money import Amount
from pms.property import queries as house
from pms.reservations import change_slip, queries_history, words
from pms.reservations.models import Booking, Stay
from pms.reservations.queries_history import Changed, Done
from pms.reservations.status import STATUS_NAMES
from pms.say import Listed, Say, from_json, say

# What the change slip tells better, line by line.
TOLD_BY_THE_SLIP = frozenset(
    {"change_stay", "cancel", "mark_no_show", "reinstate", "add_stays", "merge", "change_departure", "extend"}
    | {"leave_early"}
)
WITH_WHY = frozenset(  # whose reason is shown
    {"lock_room", "room_move", "refuse_room", "override_rule", "one_for_two", "share_room", "plan_moves"}
)
DONE: dict[str, Say] = {
    "book": say("Booking taken"),
    "draft_letter": say("Confirmation letter drafted"),
    "review_letter": say("Confirmation letter reviewed"),
    "send_letter": say("Confirmation letter sent"),
    "call_arrival": say("Called about the arrival"),
    "arrange": say("Special arrangement promised"),
    "tick_off": say("Special arrangement done"),
    "drop_arrangement": say("Special arrangement not needed any more"),
    "place": say("Room given"),
    "unplace": say("Room taken back"),
    "lock_room": say("Do not move"),
    "unlock_room": say("May be moved again"),
    "agree_upgrade": say("Upgrade agreed"),
    "agree_other_bed": say("Another bed agreed"),
    "one_for_two": say("One suite instead of two rooms"),
    "share_room": say("A colleague shares the room"),
    "part_guides": say("Has a room alone again"),
    "plan_moves": say("Change of rooms agreed"),
    "drop_planned_move": say("Change of rooms not needed any more"),
    "refuse_room": say("Room refused by the guest"),
    "override_rule": say("A rule set aside"),
    "hold_rule_again": say("A rule holds again"),
    "request_vip": say("VIP requested"),
    "decide_vip": say("VIP request decided"),
    "inspect_for_guest": say("Room inspected for the guest"),
    "check_in_early": say("Checked in by the system"),
    "register_in_room": say("Registered in the room"),
    "leave_with_box": say("Leaves, keeps the safe-deposit box"),
    "order_wake_up": say("Wake-up call ordered"),
    "add_sharer": say("Another guest in the room"),
    "open_window": say("Bill split"),
    "hold_again": say("Card pre-authorised"),
    "check_in": say("Checked in"),
    "undo_check_in": say("Check-in taken back"),
    "check_out": say("Checked out"),
    "undo_check_out": say("Check-out taken back"),
    "room_move": say("Room changed"),
    "late_check_out": say("Late check-out granted"),
    "due_out_call": say("Called about the departure"),
    "ask_rush_cleaning": say("Rush cleaning asked for"),
    "call_afterwards": say("Called after the wait for the room"),
    "preauthorise": say("Card pre-authorised"),
    "release_preauthorisations": say("Card released"),
    "post": say("Posted to the bill"),
    "post_fee": say("Fee posted"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One line: `what` happened; `was` and `now_is` are words or None. `stay_id` is None for the whole booking."""

    at: datetime
    name: str
    name_zh: str
    stay_id: int | None
    what: Say
    was: Any = None
    now_is: Any = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the house's own, in both languages."""

    en: str
    zh: str

    def in_language(self, lang: str) -> str:
        return self.zh if lang == "zh" and self.zh else self.en


def of_booking(booking: Booking) -> list[Event]:
    """Everything of a booking and its stays, newest first."""
    subjects = [f"booking:{booking.id}", *(f"stay:{stay.id}" for stay in booking.stays)]
    return _merged(queries_history.changes(booking.id), queries_history.journal_of(subjects))


def of_stay(stay: Stay) -> list[Event]:
    """Everything of one stay, and what was done to its whole booking, newest first."""
    lines = queries_history.changes(stay.booking_id, stay_id=stay.id)
    return _merged(lines, queries_history.journal_of([f"booking:{stay.booking_id}", f"stay:{stay.id}"]))


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A change on the slip; `room` is which of the booking's rooms (`2/3`), '' for all of it or the only one."""

    at: datetime
    by: Named
    room: str
    what: Say
    was: Any
    now_is: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Slip:
    """The change slip 更改单 of a booking, oldest line first (reports/forms/booking_changes.py)."""

    confirmation: str
    guest: str
    company: Named | None
    booker: str
    rooms: int
    arrival: date
    departure: date
    lines: tuple[SlipLine, ...]


def slip_of(booking: Booking) -> Slip:
    """What was changed in a booking. Raises `Missing` for one whose stays belong to another by now."""
    if not booking.stays:
        raise Missing(say("No stays are left in this booking: print the slip of the one they belong to."))
    count, account = len(booking.stays), booking.company or booking.agent
    rooms = {stay.id: f"{number}/{count}" for number, stay in enumerate(booking.stays, 1) if count > 1}
    events = [_changed(row) for row in queries_history.changes(booking.id)]
    return Slip(
        confirmation=booking.confirmation,
        guest=booking.stays[0].guest.name,
        company=Named(account.name_en, account.name_zh) if account else None,
        booker=booking.booker,
        rooms=count,
        arrival=min(stay.arrival for stay in booking.stays),
        departure=max(stay.departure for stay in booking.stays),
        lines=tuple(
            SlipLine(e.at, Named(e.name, e.name_zh), rooms.get(e.stay_id or 0, ""), e.what, e.was, e.now_is, e.reason)
            for e in events
        ),
    )


def since(stay: Stay, version: int) -> list[Event]:
    """What others changed after a clerk looked, oldest first."""
    return [_changed(row) for row in queries_history.changes(stay.booking_id, stay_id=stay.id, after_version=version)]


def _merged(changes: Iterable[Changed], done: Iterable[Done]) -> list[Event]:
    events = [_changed(row) for row in changes]
    events += [_done(row) for row in done if row.action not in TOLD_BY_THE_SLIP]
    return sorted(events, key=lambda event: event.at, reverse=True)


def _changed(row: Changed) -> Event:
    what = change_slip.SUBJECTS.get(row.what, say("Other change"))
    tell = VALUES.get(row.what)
    was, now_is = (tell(row.was), tell(row.now_is)) if tell else (None, None)
    return Event(row.at, row.name or "", row.name_zh or "", row.stay_id, what, was, now_is, row.reason)


def _done(row: Done) -> Event:
    kind, _, number = row.subject.partition(":")
    details = row.details or {}
    was, now_is = _journaled(row.action, details)
    reason = str(details.get("why") or "") if row.action in WITH_WHY else ""
    stay_id = int(number) if kind == "stay" and number.isdigit() else None
    what = DONE.get(row.action, say("Other work"))
    return Event(row.at, row.name or "", row.name_zh or "", stay_id, what, was, now_is, reason)


def _journaled(action: str, details: Mapping[str, Any]) -> tuple[Any, Any]:
    """What was and what is, where the journal's details of an action have it."""
    if action == "room_move":
        return _room(details.get("old")), _room(details.get("new"))
    if action in ("agree_upgrade", "agree_other_bed", "one_for_two"):
        return _type(details.get("was")), _type(details.get("now_is"))
    if action == "plan_moves":
        return None, from_json(details.get("rooms"))
    if action in ("unplace", "refuse_room", "drop_planned_move"):
        return _room(details.get("room")), None
    if action in ("override_rule", "hold_rule_again"):
        return None, from_json(details.get("title"))
    return None, _room(details.get("room"))


# --- Values in words -------------------------------------------------------------------------------------------------
def _room(number: Any) -> Any:
    return say("room {room}", room=number) if isinstance(number, str) else None


def _dates(data: Any) -> Any:
    told = {"arrival": say("arrival {day}", day=""), "departure": say("departure {day}", day="")}
    return _listed(
        Say(sentence.text, {"day": date.fromisoformat(data[key])}) for key, sentence in told.items() if key in data
    )


def _type(code: Any) -> Any:
    kind = house.type_by_code(code) if isinstance(code, str) else None
    return Named(kind.name_en, kind.name_zh) if kind else code


def _plan(data: Any) -> Any:
    plan = house.plan_by_code(data.get("plan", ""))
    return Named(plan.name_en, plan.name_zh) if plan else data.get("plan")


def _prices(data: Any) -> Any:
    """`2 × 680.00, 720.00`: nights in a row at one price are counted."""
    currency = house.hotel().currency
    runs = [(price, len(list(same))) for price, same in groupby(data.get("prices", []))]
    return _listed(
        say("{n} × {amount}", n=n, amount=Amount(price, currency)) if n > 1 else Amount(price, currency)
        for price, n in runs
    )


def _persons(data: Any) -> Any:
    children = data.get("children", 0)
    adults = say("adults: {n}", n=data.get("adults", 0))
    return _listed([adults, say("children: {n}", n=children)] if children else [adults])


def _remarks(data: Any) -> Any:
    eta = data.get("eta")
    return _listed([*([say("expected at {time}", time=eta)] if eta else []), data.get("remarks", "")])


def _wishes(data: Any) -> Any:
    return _listed(words.wishes(f"{data.get('needs', '')},{data.get('wishes', '')}"))


def _rooms(data: Any) -> Any:
    return _listed(_type(room.get("type")) for room in data)


def _listed(parts: Iterable[Any]) -> Any:
    told = [part for part in parts if part]
    return Listed(told) if told else None


def _status(data: Any) -> Any:
    return STATUS_NAMES.get(data)


VALUES: dict[str, Callable[[Any], Any]] = {
    "add_rooms": _rooms,
    "cancel": _status,
    "dates": _dates,
    "discount": lambda data: say("{n} %", n=data.get("percent", 0)),
    "early": lambda data: say("before noon") if data.get("early") else None,
    "guarantee": lambda data: words.GUARANTEES.get(data.get("guarantee")),
    "guest": lambda data: data.get("guest"),
    "mark_no_show": _status,
    "merge": lambda data: data.get("confirmation"),
    "party": lambda data: words.PARTIES.get(data.get("party", "")),
    "persons": _persons,
    "plan": _plan,
    "prices": _prices,
    "reinstate": _status,
    "remarks": _remarks,
    "type": lambda data: _type(data.get("type")),
    "vip": lambda data: f"V{data['level']}" if data.get("level") else None,
    "wishes": _wishes,
}
