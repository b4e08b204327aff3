"""A stay with everything the house knows of it, and giving it up: both ask the folio, so they stand above it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts.models import User
from pms.assignment import actions as placing
from pms.assignment import midway
from pms.assignment.queries import why_this_room
from pms.assignment.queries_overrides import overrides_of
from pms.cashier import queries as cashier
from pms.errors import Refused
from pms.front_desk import actions as desk
from pms.front_desk.queries import registered_guests
from pms.guest_services.queries import left_here
from pms.property import queries as house
from pms.reservations import actions, history, queries, words
from pms.reservations.models import Stay
from pms.reservations.pages import bp
from pms.reservations.queries_moves import agreed
from pms.reservations.status import Status
from pms.say import Say, say
from pms.web import frame
from pms.web.days import parse_day
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]


@bp.get("/stays/<int:stay_id>")
@needs("see_reservations")
def stay(stay_id: int) -> str:
    return render_template("bookings/stay.html", **_page(queries.load_stay(stay_id)))


# --- Taken back, locked, granted: one press each, said what it means before ----------------------------------------
@bp.post("/stays/<int:stay_id>/undo-check-in")
@needs("undo_check_in")
def undo_check_in(stay_id: int) -> Response | BaseResponse:
    return _do(stay_id, desk.undo_check_in, say("The check-in was taken back."))


@bp.post("/stays/<int:stay_id>/undo-check-out")
@needs("undo_check_out")
def undo_check_out(stay_id: int) -> Response | BaseResponse:
    return _do(stay_id, desk.undo_check_out, say("The check-out was taken back."))


@bp.post("/stays/<int:stay_id>/no-show")
@needs("cancel_booking")
def no_show(stay_id: int) -> Response | BaseResponse:
    return _do(stay_id, actions.mark_no_show, say("Marked as no show."))


@bp.post("/stays/<int:stay_id>/lock")
@needs("lock_room")
def lock(stay_id: int) -> Response | BaseResponse:
    """The guest was promised this very room: nobody moves him."""

    def locked(stay: Stay, **who: Any) -> None:
        placing.lock(stay, request.form.get("why", ""), **who)

    return _do(stay_id, locked, say("Nobody moves this guest now."))


@bp.post("/stays/<int:stay_id>/unlock")
@needs("lock_room")
def unlock(stay_id: int) -> Response | BaseResponse:
    return _do(stay_id, placing.unlock, say("The guest may be moved again."))


@bp.post("/stays/<int:stay_id>/moves/<day>/drop")
@needs("place")
def stay_put(stay_id: int, day: str) -> Response | BaseResponse:
    """The guest keeps the room he has before the move agreed for `day`."""

    def stays(stay: Stay, **who: Any) -> None:
        midway.stay_put(stay, parse_day(day, clock.business_date()), **who)

    return _do(stay_id, stays, say("The guest need not change rooms on that day."))


def _do(stay_id: int, action: Callable[..., Any], done: Say) -> Response | BaseResponse:
    """One action on one stay; refused, the page of the stay says why."""
    subject = queries.load_stay(stay_id)
    try:
        action(subject, by=me(), now=clock.now())
    except Refused as no:
        return _refused(no, "bookings/stay.html", stay_id)
    toast(done)
    return redirect(url_for("bookings.stay", stay_id=stay_id), 303)


# --- Giving it up --------------------------------------------------------------------------------------------------
@bp.get("/stays/<int:stay_id>/cancel")
@needs("cancel_booking")
def cancel(stay_id: int) -> str:
    return render_template("bookings/cancel.html", **_cancelling(stay_id))


@bp.post("/stays/<int:stay_id>/cancel", endpoint="cancel_now")
@needs("cancel_booking")
def cancel_now(stay_id: int) -> Response | BaseResponse:
    """Cancel this stay, or with `all` every stay of the booking that has not arrived."""
    subject = queries.load_stay(stay_id)
    stays = _still_to_come(subject) if request.form.get("all") else [subject]
    try:
        for each in stays:
            actions.cancel(each, request.form.get("reason", ""), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "bookings/cancel.html", wrong=True, typed=request.form, **_cancelling(stay_id))
    undo = url_for("bookings.reinstate_now", stay_id=stay_id) if len(stays) == 1 else ""
    toast(say("Cancelled: {confirmation}.", confirmation=subject.booking.confirmation), undo=undo)
    return redirect(url_for("bookings.stay", stay_id=stay_id), 303)


def _cancelling(stay_id: int) -> dict[str, Any]:
    subject = queries.load_stay(stay_id)
    return {
        "stay": subject,
        "others": [other for other in _still_to_come(subject) if other.id != stay_id],
        "prices": queries.prices_of(stay_id),
        "facts": house.facts(),
        **_money(subject),
    }


def _still_to_come(subject: Stay) -> list[Stay]:
    stays = queries.load_booking(subject.booking_id).stays
    return [other for other in stays if other.status is Status.RESERVED]


def _refused(no: Refused, template: str, stay_id: int) -> Response:
    return refused_page(no, template, wrong=True, **_page(queries.load_stay(stay_id)))


def _page(subject: Stay) -> dict[str, Any]:
    here = left_here(subject)
    return {
        "stay": subject,
        "booking": subject.booking,
        "facts": house.facts(),
        "words": words,
        "prices": queries.prices_of(subject.id),
        "people": registered_guests(subject),
        "why": why_this_room(subject.id) if subject.room_id else [],
        "overrides": overrides_of(subject.id),
        "moves": agreed(subject.id),
        "messages": here.messages,
        "luggage": here.luggage,
        "events": history.of_stay(subject),
        "times": queries.times_stayed(subject.guest_id),
        "steps": _steps(subject, me()),
        **_money(subject),
    }


def _steps(subject: Stay, by: User) -> set[str]:
    """What may be taken back, locked or granted now by a press on the page."""
    today = frame.current().business_date
    possible = {
        "undo_check_in": subject.status is Status.IN_HOUSE and subject.checked_in_on == today,
        "undo_check_out": subject.status is Status.CHECKED_OUT and subject.checked_out_on == today,
        "no_show": subject.status is Status.RESERVED and today is not None and subject.arrival <= today,
        "lock": subject.room_id is not None
        and subject.status in (Status.RESERVED, Status.IN_HOUSE)
        and not subject.do_not_move,
        "unlock": subject.do_not_move,
    }
    needed = {"no_show": "cancel_booking", "lock": "lock_room", "unlock": "lock_room"}
    return {step for step, can in possible.items() if can and access.allowed(by, needed.get(step, step))}


def _money(subject: Stay) -> dict[str, int]:
    """What the guest owes (negative: what we hold for him) and what his cards guarantee, minor units."""
    return {"owes": cashier.balances([subject.id])[subject.id], "held": cashier.held_by_cards(subject.id)}
