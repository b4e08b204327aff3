"""Confirmation letters 确认函 (R1): drafted from a booking, reviewed, printed, sent; the list of those not out yet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import NotAllowed, Refused
from pms.property import queries as house
from pms.reservations import letters, papers, queries_bookings, queries_letters, words
from pms.reservations.models import Booking
from pms.reservations.models_letters import Letter, SentBy
from pms.say import Say, say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("letters", __name__)


@bp.get("/letters")
@needs("write_letter")
def index() -> str:
    """Letters that are not out: those to be reviewed first."""
    lines = queries_letters.open_letters()
    return render_template("letters/index.html", lines=lines)


@bp.get("/reservations/<number>/letter")
@needs("write_letter")
def show(number: str) -> str:
    return render_template("letters/show.html", **_page(queries_bookings.booking_of(number)))


@bp.post("/reservations/<number>/letter")
@needs("write_letter")
def draft(number: str) -> Response | BaseResponse:
    booking = queries_bookings.booking_of(number)
    try:
        letters.draft_letter(booking, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "letters/show.html", wrong=True, **_page(queries_bookings.booking_of(number)))
    return _done(booking, say("Drafted."))


@bp.post("/letters/<int:letter_id>/review")
@needs("review_letter")
def review(letter_id: int) -> Response | BaseResponse:
    letter = queries_letters.load_letter(letter_id)
    try:
        letters.review_letter(letter, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "letters/show.html", lambda: _again(letter_id), wrong=True)
    return _done(letter.booking, say("Reviewed."))


@bp.post("/letters/<int:letter_id>/sent")
@needs("write_letter")
def sent(letter_id: int) -> Response | BaseResponse:
    letter = queries_letters.load_letter(letter_id)
    try:
        if request.form.get("how") not in {how.value for how in SentBy}:
            raise Refused(say("How did the letter go out?"), field="how")
        letters.send_letter(letter, SentBy(request.form["how"]), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "letters/show.html", lambda: _again(letter_id), wrong=True)
    return _done(letter.booking, say("Sent."))


@bp.get("/letters/<int:letter_id>/letter.pdf")
@needs("write_letter")
def pdf(letter_id: int) -> Response:
    letter = queries_letters.load_letter(letter_id)
    _must_see(letter.booking)
    response = Response(papers.confirmation_letter(letter_id, house.hotel().paper_language), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{letter.booking.confirmation}.pdf")
    return response


def _again(letter_id: int) -> dict[str, Any]:
    return _page(queries_letters.load_letter(letter_id).booking)


def _page(booking: Booking) -> dict[str, Any]:
    _must_see(booking)
    found = queries_letters.letters_of(booking.id)
    newest = found[0] if found else None
    paper = queries_letters.letter_paper(newest.id) if newest else None
    return {
        "booking": booking,
        "letters": found,
        "letter": newest,
        "paper": paper,
        "stale": newest is not None and newest.sent_at is None and _is_stale(newest),
        "words": words,
    }


def _is_stale(letter: Letter) -> bool:
    try:
        return bool(letter.content != queries_letters.content_of(letter.booking))
    except Refused:
        return True


def _must_see(booking: Booking) -> None:
    """A letter names the guest: who wants no disclosure is named to the desk only (Q1)."""
    if any(stay.guest.incognito for stay in booking.stays) and not access.allowed(me(), "see_incognito"):
        raise NotAllowed(say("This guest wants no disclosure: the front desk writes the letter."))


def _done(booking: Booking, what: Say) -> BaseResponse:
    toast(what)
    return redirect(url_for("letters.show", number=booking.confirmation), 303)
