"""The waitlist 候补 and the log of lost business (R6): both begin on the screen of a new booking."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.db import db
from pms.errors import Refused
from pms.property import queries as house
from pms.property.forms import blame
from pms.reservations import offer, queries_waitlist, waitlist, words
from pms.reservations.forms_bookings import NewBookingForm
from pms.reservations.models import Source
from pms.reservations.models_waitlist import WaitCall, Why
from pms.reservations.views_new import call_form, call_page, guest_of
from pms.reservations.waitlist import Lost, Wish
from pms.say import say
from pms.web import frame
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("waitlist", __name__)

ANY_TYPE = "any"


@bp.get("/waitlist")
@needs("see_reservations")
def show() -> str:
    """Everybody who waits, in the order of calls."""
    return render_template("waitlist/show.html", **_list())


@bp.post("/waitlist")
@needs("keep_waitlist")
def put_on() -> Response | BaseResponse:
    """Put the call on the screen of a new booking on the list; `wait_for` is a type's id or ANY_TYPE."""
    form = call_form()
    try:
        _must_have_dates(form)
        waiting = waitlist.put_on(_wish(form, request.form.get("wait_for", ANY_TYPE)), by=me(), now=clock.now())
    except Refused as no:
        return _call_again(form, no)
    toast(say("On the waitlist: {guest}.", guest=waiting.guest.name_on_notices))
    return redirect(url_for("waitlist.show"), 303)


@bp.post("/waitlist/<int:waiting_id>/called")
@needs("keep_waitlist")
def called(waiting_id: int) -> Response | BaseResponse:
    """What came of the call: `outcome` is a WaitCall, or `gone` for somebody who waits no more."""
    waiting, outcome = queries_waitlist.load_waiting(waiting_id), request.form.get("outcome", "")
    try:
        if outcome == "gone":
            waitlist.give_up(waiting, by=me(), now=clock.now())
        elif outcome in {known.value for known in WaitCall}:
            waitlist.called(waiting, WaitCall(outcome), by=me(), now=clock.now())
        else:
            raise Refused(say("What came of the call?"))
    except Refused as no:
        return refused_page(no, "waitlist/show.html", _list, wrong=True)
    toast(say("Saved."))
    return redirect(url_for("waitlist.show"), 303)


@bp.post("/waitlist/<int:waiting_id>/book")
@needs("keep_waitlist")
def book(waiting_id: int) -> Response | BaseResponse:
    """One key: the room is free, the guest wants it."""
    try:
        booking = waitlist.book_waiting(queries_waitlist.load_waiting(waiting_id), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "waitlist/show.html", _list, wrong=True)
    toast(say("Booked: {confirmation}.", confirmation=booking.confirmation))
    return redirect(url_for("bookings.show", number=booking.confirmation), 303)


@bp.get("/turnaways")
@needs("see_reservations")
def turnaways() -> str:
    """Business lost since the first of the month, and by reason."""
    today = _today()
    lines = queries_waitlist.turnaways_of_month(today)
    return render_template("waitlist/turnaways.html", lines=lines, reasons=words.WHY_LOST, sources=words.SOURCES)


@bp.post("/turnaways")
@needs("keep_waitlist")
def turn_away() -> Response | BaseResponse:
    """The caller does not book: log the dates, the type and `why` from the screen of a new booking."""
    form = call_form()
    try:
        _must_have_dates(form)
        waitlist.turn_away(_lost(form, request.form.get("why", "")), by=me(), now=clock.now())
    except Refused as no:
        return _call_again(form, no)
    toast(say("Written down as lost business."))
    return redirect(url_for("waitlist.turnaways"), 303)


def _must_have_dates(form: NewBookingForm) -> None:
    if not form.understand():
        raise Refused(say("When does the guest come, and for how long?"), field="arrival")


def _wish(form: NewBookingForm, wanted: str) -> Wish:
    assert form.arrival.day and form.departure.day
    first_plan = offer.plans(group=False)[0].id
    return Wish(
        guest_id=guest_of(form).id,
        telephone=form.telephone.data or "",
        type_id=int(wanted) if wanted.isdigit() else None,
        plan_id=form.line.plan_id if form.line else form.contract or first_plan,
        arrival=form.arrival.day,
        departure=form.departure.day,
        rooms=form.rooms.data or 1,
        adults=form.adults.data or 1,
        children=form.children.data or 0,
        source=_source(form),
        note=(form.remarks.data or "")[:200],
    )


def _lost(form: NewBookingForm, why: str) -> Lost:
    assert form.arrival.day and form.departure.day
    if why not in {known.value for known in Why}:
        raise Refused(say("Why does the caller not book?"), field="why")
    return Lost(
        why=Why(why),
        arrival=form.arrival.day,
        departure=form.departure.day,
        rooms=form.rooms.data or 1,
        type_id=form.line.type_id if form.line else None,
        source=_source(form),
        note=(form.remarks.data or "")[:200],
    )


def _source(form: NewBookingForm) -> Source:
    known = {source.value for source in Source}
    return Source(form.source.data) if form.source.data in known else Source.PHONE


def _call_again(form: NewBookingForm, no: Refused) -> Response:
    """The screen of the booking again, with everything that was typed."""
    db.session.rollback()
    page = call_page(form, request.form.getlist("line")) | {"wait_for": request.form.get("wait_for", "")}
    return refused_page(blame(form, no), "bookings/new.html", wrong=True, booking=None, **page)


def _list() -> dict[str, Any]:
    return {
        "lines": queries_waitlist.waitlist(_today()),
        "facts": house.facts(),
        "outcomes": words.WAIT_CALLS,
        "sees_all": access.allowed(me(), "see_incognito"),
    }


def _today() -> date:
    return frame.current().business_date or clock.business_date()
