"""Taking a booking: one screen from dates to a confirmation number (R1)."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts import approval
from pms.db import db
from pms.errors import Offer, Refused
from pms.guests import queries as guests
from pms.guests.actions import create_guest, guest_or_missing
from pms.guests.models import Guest
from pms.property import queries as house
from pms.property.forms import blame
from pms.reservations import actions, offer, queries, queries_bookings, queries_find, rules, words
from pms.reservations.forms_bookings import Line, NewBookingForm, new_guest
from pms.reservations.models import Booking
from pms.reservations.pages import bp
from pms.say import say
from pms.web import frame, language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

SAME_NAME = 3
"""So many guests of the same name are shown before a new profile is made (R12)."""
PARTS = {"offer": "bookings/_offer.html", "price": "bookings/_price.html"}


@bp.get("/reservations/new")
@needs("book")
def new() -> str:
    """The empty screen, for a `?guest=` or under the contract of an `?account=`; or as far as
    `?arrival=fri&departure=2...` says; `?part=` draws only the grid or the price.
    """
    if "arrival" in request.args:
        form = call_form(formdata=request.args)
    else:
        typed = request.args.get("guest", "")
        form = _first(call_form(), guest_or_missing(int(typed)) if typed.isdigit() else None)
        form.account.data = request.args.get("account", "")
    template = PARTS.get(request.args.get("part", ""), "bookings/new.html")
    return render_template(template, **call_page(form, request.args.getlist("line")))


@bp.get("/reservations/new/guest")
@needs("book")
def known_guest() -> str:
    """What the house knows of the guest that was found: how often here, when last, wishes."""
    typed = request.args.get("guest", "")
    guest = guest_or_missing(int(typed)) if typed.isdigit() else None
    return render_template("bookings/_guest.html", **_guest(guest))


@bp.post("/reservations/new")
@needs("book")
def take() -> Response | BaseResponse:
    """Book what is on the screen; or with `more`, `drop` or `instead` only put it differently and show it again."""
    return _take(call_form(), None)


@bp.get("/reservations/<number>/add")
@needs("change_booking")
def add(number: str) -> str:
    """The same screen for more rooms of a booking 加房 (R2): guest and group are those it has."""
    booking = queries_bookings.booking_of(number)
    return render_template(
        "bookings/new.html", booking=booking, **call_page(_first(call_form(), _first_guest(booking)), [])
    )


@bp.post("/reservations/<number>/add", endpoint="add_rooms")
@needs("change_booking")
def add_rooms(number: str) -> Response | BaseResponse:
    booking = queries_bookings.booking_of(number)
    form = call_form()
    form.group.data = str(booking.group_id or "")
    return _take(form, booking)


def _take(form: NewBookingForm, booking: Booking | None) -> Response | BaseResponse:
    lines = request.form.getlist("line")
    if {"more", "drop", "instead"} & set(request.form):
        lines = _put_differently(form, lines)
        return make_response(render_template("bookings/new.html", booking=booking, **call_page(form, lines)))
    if not form.validate():
        page = render_template("bookings/new.html", wrong=True, booking=booking, **call_page(form, lines))
        return make_response(page, 422)
    try:
        done = _book(form, lines, booking)
    except Refused as no:
        db.session.rollback()  # what the action had begun to take must not count as taken on the page
        no.field = {"type": "choice", "plan": "choice"}.get(no.field, no.field)
        page_of = call_page(form, lines) | {"booking": booking}
        return refused_page(blame(form, no), "bookings/new.html", wrong=True, **page_of)
    toast(say("Booked: {confirmation}.", confirmation=done.confirmation))
    return redirect(url_for("bookings.show", number=done.confirmation), 303)


def _book(form: NewBookingForm, written: list[str], booking: Booking | None) -> Booking:
    rooms = [Line.read(text) for text in written]
    if form.line is not None:
        rooms.append(form.line)
    if not rooms:
        raise Refused(say("Choose a room type and a rate."), field="choice")
    guest = guest_of(form)
    approved_by = approval.approver_of(form.approval.data or "", about=f"discount {form.discount}", to=me())
    stays = form.asked(rooms, guest.id, approved_by)
    if booking is None:
        return actions.book(form.booking(stays, guest.telephone), by=me(), now=clock.now())
    actions.add_stays(booking, stays, by=me(), now=clock.now())
    return booking


def guest_of(form: NewBookingForm) -> Guest:
    """The guest that was found, or a new profile of the name that was typed; others of that name are shown first."""
    chosen = request.form.get("same") or form.guest.data or ""
    if chosen.isdigit():
        return guest_or_missing(int(chosen))
    typed = (form.guest_shown.data or "").strip()
    if not typed:
        raise Refused(say("For whom is the room? Type a name."), field="guest")
    if chosen != "new":
        _refuse_same_name(typed)
    return create_guest(new_guest(typed, form.telephone.data or ""), by=me(), now=clock.now())


def _refuse_same_name(typed: str) -> None:
    known = queries_find.guests_meant(typed, see_incognito=_sees_all(), limit=SAME_NAME)
    if known:
        offers = [Offer(say("A guest of this name"), "same", guest) for guest in known]
        raise Refused(
            say("There are guests of this name already. Which one is it?"),
            offers=(*offers, Offer(say("Nobody of these: a new guest"), "same", None)),
            field="guest",
        )


def _put_differently(form: NewBookingForm, lines: list[str]) -> list[str]:
    """One more kind of room, one less, or what the house offered instead; nothing is booked by it."""
    form.understand()
    if "more" in request.form and form.line is not None:
        lines = [*lines, form.line.written]
        form.rooms.data, form.choice.data = 1, ""
    if request.form.get("drop") in lines:
        lines.remove(request.form["drop"])
    kind, _, value = request.form.get("instead", "").partition(":")
    if kind == "type" and form.line is not None and value.isdigit():
        form.choice.data = f"{value}-{form.line.plan_id}"
    elif kind == "plan" and form.line is not None:
        others = [plan.id for plan in offer.plans(group=form.group_id is not None) if plan.id != form.line.plan_id]
        form.choice.data = f"{form.line.type_id}-{others[0]}" if others else ""
    elif kind == "dates":
        form.arrival.data, _, form.departure.data = value.partition("/")
    elif kind == "nights":
        form.departure.data = value
    elif kind == "force":
        form.force.data = True
    return lines


def _first(form: NewBookingForm, guest: Guest | None) -> NewBookingForm:
    """The screen before anything is typed: tonight, one night, and the guest if he is known."""
    form.arrival.process_data(_today())
    form.departure.process_data("1")
    if guest is not None:
        form.guest.data, form.guest_shown.data = str(guest.id), _name(guest)
    return form


def _first_guest(booking: Booking) -> Guest | None:
    return booking.stays[0].guest if booking.stays else None


def call_form(**more: Any) -> NewBookingForm:
    return NewBookingForm(
        lang=language.current(),
        today=_today(),
        accounts=guests.accounts(),
        groups=queries_bookings.groups_to_come(_today()),
        meta={"csrf": False},  # every form of the house carries its token already (pms/web/application.py)
        **more,
    )


def call_page(form: NewBookingForm, written: list[str]) -> dict[str, Any]:
    """Everything the screen shows for what has been typed so far."""
    known = form.understand()
    plans = offer.plans(group=form.group_id is not None)
    try:
        offered = _offers(form, plans) if known else []
    except Refused as no:
        offered = []
        form.departure.errors = [*form.departure.errors, no.reason]
    if not form.line and not written:
        form.choice.data = _first_choice(form, offered)
    guest = guest_or_missing(int(form.guest.data)) if (form.guest.data or "").isdigit() else None
    return {
        "form": form,
        "plans": plans,
        "why_lost": words.WHY_LOST,
        "offered": offered,
        "lines": [_priced(Line.read(text), form) for text in written],
        "line": _priced(form.line, form) if form.line else None,
        "nights": (form.departure.day - form.arrival.day).days
        if offered and form.departure.day and form.arrival.day
        else 0,
        **_guest(guest),
    }


def _offers(form: NewBookingForm, plans: list[Any]) -> list[offer.Offered]:
    assert form.arrival.day and form.departure.day
    return offer.offers(
        form.arrival.day, form.departure.day, percent=form.discount, group_id=form.group_id, plans=plans
    )


def _first_choice(form: NewBookingForm, offered: list[offer.Offered]) -> str:
    """The lowest type that can be had, by the company's contract, the group's rate or the first plan."""
    nights = (form.departure.day - form.arrival.day).days if form.departure.day and form.arrival.day else 0
    for row in offered:
        if row.sells(form.rooms.data or 1, nights):
            prices = [price for price in row.prices if price]
            wanted = [price for price in prices if price.plan.id == form.contract] or prices
            return f"{row.kind.id}-{wanted[0].plan.id}" if wanted else ""
    return ""


class Priced(NamedTuple):
    """A line of the booking with its type and what a room of it costs; no price, no sale."""

    line: Line
    kind: Any
    price: offer.Price | None

    @property
    def total(self) -> int:
        return self.price.total * self.line.rooms if self.price else 0


def _priced(line: Line, form: NewBookingForm) -> Priced:
    facts = house.facts()
    if line.plan_id not in facts.plans or line.type_id not in facts.types:
        raise Refused(say("This rate plan is not offered."), field="choice")
    contract = queries.block_prices(form.group_id, line.type_id)
    nights = rules.nights_of(line.arrival, line.departure)
    price = offer.price(facts.plans[line.plan_id], line.type_id, nights, form.discount, contract)
    return Priced(line, facts.types[line.type_id], price)


def _guest(guest: Guest | None) -> dict[str, Any]:
    if guest is None or (guest.incognito and not _sees_all()):
        return {"guest": None, "past": []}
    return {"guest": guest, "past": queries.stay_history(guest.id)[:5], "times": queries.times_stayed(guest.id)}


def _name(guest: Guest) -> str:
    return "" if guest.incognito and not _sees_all() else guest.name


def _sees_all() -> bool:
    return access.allowed(me(), "see_incognito")


def _today() -> date:
    return frame.current().business_date or clock.business_date()
