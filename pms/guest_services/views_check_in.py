"""The check-in sheet and the walk-in by the same sheet (C2, C3).

Here, above the desk, because what lies ready for the guest is named: messages and luggage.
"""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.assignment import actions as placing
from pms.db import db
from pms.errors import Missing, Refused
from pms.front_desk import actions, identity
from pms.front_desk.forms_check_in import WalkInForm
from pms.front_desk.rules import DAY, check_due
from pms.guest_services import check_in_page as page
from pms.guest_services.pages import check_in as bp
from pms.guests.travel_documents import birthday_within, expired
from pms.property.forms import seen_version
from pms.property.models import Room
from pms.property.queries import hotel, load
from pms.reporting import forms as papers
from pms.reporting.kinds import House
from pms.reporting.printing import render_form
from pms.reporting.texts import Country
from pms.reservations import status
from pms.reservations.changes import check_version
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.reservations.status import Status
from pms.say import say
from pms.web.gate import harmless_twice, me, needs
from pms.web.language import called
from pms.web.pages import refused_page, toast


# --- A guest with a reservation ---------------------------------------------------------------------------------------
@bp.get("/stays/<int:stay_id>/check-in")
@needs("check_in")
def sheet(stay_id: int) -> str:
    """The sheet; afterwards what came of it; for a guest of tomorrow what can be done tonight."""
    stay, today = load_stay(stay_id), clock.business_date()
    if stay.status is Status.IN_HOUSE:
        return render_template("check_in/done.html", **page.done(stay))
    status.after(stay.status, "check_in")
    try:
        check_due(stay.arrival, stay.departure, today)
    except Refused as no:
        return render_template("check_in/not_due.html", stay=stay, refusal=no, tomorrow=stay.arrival == today + DAY)
    return render_template("check_in/sheet.html", **page.sheet(stay))


@bp.post("/stays/<int:stay_id>/check-in")
@needs("check_in")
def check_in(stay_id: int) -> Response | BaseResponse:
    stay = load_stay(stay_id)
    typed = page.Typed.of(stay)
    if not typed.valid:
        return _again(stay_id, typed)
    try:
        check_version(stay, seen_version(typed.form))
        done = actions.check_in(stay, typed.check_in(stay, by=me(), now=clock.now()), by=me(), now=clock.now())
    except Refused as no:
        return _again(stay_id, typed, no)
    return _welcome(done)


@bp.post("/stays/<int:stay_id>/check-in/undo")
@needs("undo_check_in")
def undo(stay_id: int) -> BaseResponse:
    stay = load_stay(stay_id)
    actions.undo_check_in(stay, by=me(), now=clock.now())
    toast(say("The check-in of {guest} was taken back.", guest=called(stay.guest)))
    return redirect(url_for("check_in.sheet", stay_id=stay_id), 303)


@bp.post("/stays/<int:stay_id>/night-before")
@needs("check_in")
def night_before(stay_id: int) -> BaseResponse:
    """The guest of tomorrow has come after midnight and takes tonight as well."""
    stay = load_stay(stay_id)
    changed = actions.add_night_before(stay, by=me(), now=clock.now())
    toast(say("The night of {night} is added.", night=stay.arrival))
    for sentence in changed.said:
        toast(sentence)
    return redirect(url_for("check_in.sheet", stay_id=stay_id), 303)


@bp.post("/stays/<int:stay_id>/rush-cleaning")
@needs("check_in")
def rush(stay_id: int) -> BaseResponse:
    """The guest waits for this room; housekeeping cleans it first."""
    stay = load_stay(stay_id)
    wanted = request.form.get("room", "")
    if wanted.isdigit() and int(wanted) != stay.room_id:
        placing.place_stay(stay, load(Room, int(wanted)), by=me(), now=clock.now())
    actions.ask_rush_cleaning(stay, by=me(), now=clock.now())
    toast(
        say("Housekeeping cleans the room first; {guest} is on the list of those who wait.", guest=called(stay.guest))
    )
    return redirect(url_for("check_in.queue"), 303)


@bp.get("/stays/<int:stay_id>/registration-card")
@needs("check_in")
def card(stay_id: int) -> Response:
    """A registration card for every guest of the room, to be checked and signed (C9)."""
    return _pdf(papers.registration_card(stay_id, hotel().paper_language), f"registration-{stay_id}.pdf")


# --- What the sheet asks while it is filled in ------------------------------------------------------------------------
@bp.post("/check-in/document")
@needs("check_in")
@harmless_twice
def read_document() -> str:
    """What the typed lines of a document say; nothing is kept. A POST, so that no number stands in an address."""
    text = request.form.get(request.form.get("which", "") + "lines", "")
    today = clock.business_date()
    try:
        shown = identity.read(text, today)
    except Refused as no:
        return render_template("check_in/_read.html", shown=None, refusal=no)
    departure = request.form.get("departure", today.isoformat())
    return render_template(
        "check_in/_read.html",
        shown=shown,
        nationality=Country(shown.nationality),
        expired=expired(shown.expires_on, today),
        birthday=birthday_within(shown.born_on, today, page.day_or(departure, today)),
        surname=request.form.get("booked_surname", ""),
    )


# --- A guest without a reservation ------------------------------------------------------------------------------------
@bp.get("/walk-in")
@needs("check_in")
def walk_in() -> str:
    return render_template("check_in/walk_in.html", **page.walk_in(page.WalkInTyped.of()))


@bp.post("/walk-in")
@needs("check_in")
def take_walk_in() -> Response | BaseResponse:
    typed = page.WalkInTyped.of()
    try:
        if not typed.valid:
            raise Refused(say("Please look at the marked fields again."))
        done = typed.walk_in(by=me(), now=clock.now())
    except Refused as no:
        db.session.rollback()
        return refused_page(no, "check_in/walk_in.html", wrong=True, **page.walk_in(typed, no))
    return _welcome(done)


@bp.get("/walk-in/offers")
@needs("check_in")
def offers() -> str:
    """Types and rates again when the nights or the persons were changed."""
    form = WalkInForm(request.args, currency=hotel().currency, meta={"csrf": False})
    return render_template("check_in/_offers.html", form=form, **page.offered(form))


@bp.post("/walk-in/card")
@needs("check_in")
@harmless_twice
def walk_in_card() -> Response:
    """The registration card of a walk-in, to be signed before anything is booked; nothing is kept."""
    record = page.WalkInTyped.of().card()
    pdf = render_form("registration_card", record, hotel().paper_language, House.of(hotel()))
    return _pdf(pdf, "registration.pdf")


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response


def _again(stay_id: int, typed: page.Typed, no: Refused | None = None) -> Response | BaseResponse:
    """The sheet with everything typed; the general page when meanwhile there is nothing to check in."""
    db.session.rollback()
    no = no or Refused(say("Please look at the marked fields again."))
    try:
        stay = load_stay(stay_id)
    except Missing:
        return refused_page(no)
    if stay.status is not Status.RESERVED:
        return refused_page(no)
    return refused_page(no, "check_in/sheet.html", wrong=True, **page.sheet(stay, typed, no))


def _welcome(done: actions.CheckedIn) -> BaseResponse:
    stay: Stay = done.stay
    text = say("{guest} is checked in to room {room}.", guest=called(stay.guest), room=done.room)
    toast(text, url_for("check_in.undo", stay_id=stay.id) if page.can_be_undone(stay) else "")
    return redirect(url_for("check_in.sheet", stay_id=stay.id), 303)
