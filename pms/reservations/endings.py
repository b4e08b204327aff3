"""Stays that do not come, and the way back: cancel, no show, reinstate."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from pms import access, clock, journal, notices
from pms.errors import Offer, Refused
from pms.reservations import blocks, change_slip, freed, guides, occupancy, rules, selling
from pms.reservations.models import Stay, Use
from pms.reservations.saving import save
from pms.reservations.status import STATUS_NAMES, Status, after
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User


def cancel(stay: Stay, reason: str, *, by: User, now: datetime) -> Stay:
    """Cancel a stay that has not arrived: nights and room are free again. Raises `Refused` without a reason."""
    access.require(by, "cancel_booking")
    if not reason.strip():
        raise Refused(say("Please say why the booking is cancelled."), field="reason")
    return _end(stay, "cancel", reason.strip(), by=by, now=now)


def mark_no_show(stay: Stay, reason: str = "", *, by: User, now: datetime) -> Stay:
    """The guest did not come: the whole stay is free again. Raises `Refused` before the day of arrival."""
    access.require(by, "cancel_booking")
    if stay.arrival > clock.business_date():
        raise Refused(say("{guest} is due on {arrival} only.", guest=stay.guest.name, arrival=stay.arrival))
    return _end(stay, "mark_no_show", reason.strip(), by=by, now=now)


def reinstate(stay: Stay, *, force: bool = False, by: User, now: datetime) -> Stay:
    """A cancelled stay or no-show comes after all, at the prices it had; the room is to be placed again. A guide who
    was to share a colleague's room is taken out of it (P3).

    Raises `Refused` after the day of arrival, and with offers when its nights have been sold since.
    """
    access.require(by, "reinstate")
    if force:
        access.require(by, "sell_beyond_limit")
    was = stay.status
    status = after(was, "reinstate")
    today = clock.business_date()
    if stay.arrival < today:
        raise Refused(
            say("The day of arrival, {arrival}, is over. Please make a new booking.", arrival=stay.arrival),
            offers=(Offer(say("Book from {day} on", day=today), "book", today),) if stay.departure > today else (),
        )
    if stay.group is not None:
        blocks.refuse_cancelled(stay.group)
    if stay.use is not Use.DAY_USE:
        nights = rules.nights_of(stay.arrival, stay.departure)
        selling.sell(stay.held_type_id, nights, group_id=stay.group_id, force=force)
    guides.part(stay, today, by=by, now=now)
    stay.status = status
    stay.ended_on = stay.ended_at = stay.ended_by = None
    stay.end_reason = ""
    _write_down(stay, "reinstate", was, "", today, by=by, now=now, forced=True if force else None)
    return stay


def _end(stay: Stay, move: str, reason: str, *, by: User, now: datetime) -> Stay:
    was = stay.status
    stay.status = after(was, move)
    today = clock.business_date()
    if stay.use is not Use.DAY_USE:
        nights = rules.nights_of(stay.arrival, stay.departure)
        selling.give_back(stay.held_type_id, nights, group_id=stay.group_id)
    placed = stay.room_id is not None
    if placed:
        occupancy.vacate(stay, since=stay.arrival)
        stay.do_not_move, stay.do_not_move_why = False, ""
    stay.ended_on, stay.ended_at, stay.ended_by, stay.end_reason = today, now, by.id, reason[:120]
    _write_down(stay, move, was, reason, today, placed=placed, by=by, now=now)
    freed.tell_waitlist(stay.held_type_id, rules.nights_of(stay.arrival, stay.departure), by=by, now=now)
    return stay


def _write_down(
    stay: Stay,
    move: str,
    was: Status,
    reason: str,
    today: date,
    *,
    placed: bool = False,
    forced: bool | None = None,
    by: User,
    now: datetime,
) -> None:
    save(stay)
    change_slip.record(
        stay,
        move,
        was=was.value,
        now_is=stay.status.value,
        reason=reason[:120],
        today=today,
        by=by,
        now=now,
    )
    journal.write(by, move, stay, now=now, reason=reason or None, forced=forced)
    told = rules.whom_to_tell(today, stay.arrival, placed=placed, vip=stay.vip_level > 0)
    if told:
        text = say(
            "{guest}, arrival {arrival}: {status}.",
            guest=stay.guest.name_on_notices,
            arrival=stay.arrival,
            status=STATUS_NAMES[stay.status],
        )
        notices.tell(told, text, about=stay, by=by, now=now)
