"""Bookings: found, looked at by confirmation number, and merged (R1, R2)."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import NotAllowed, Refused
from pms.property import queries as house
from pms.reservations import actions, history, papers, queries, queries_bookings, words
from pms.reservations.models import Booking, Source
from pms.reservations.pages import bp
from pms.reservations.queries_bookings import PAGE, Wanted
from pms.reservations.second_room import second_room
from pms.reservations.status import STATUS_NAMES, Status
from pms.say import Listed, Say, say
from pms.web import frame, language
from pms.web.days import parse_day
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

Word = TypeVar("Word", bound=StrEnum)
VIEWS: dict[str, Say] = {
    "coming": say("To come"),
    "today": say("Arriving today"),
    "tomorrow": say("Arriving tomorrow"),
    "made": say("Made today"),
    "cancelled": say("Cancelled today"),
}


@bp.get("/reservations")
@needs("see_reservations")
def index() -> str:
    """The list: `?view=` is one of VIEWS; `from`, `to` (days as one says them), `status`, `source`, `q` filter."""
    today = frame.current().business_date or clock.business_date()
    views = _views(today)
    filtered, errors = _filters(today)
    shown = request.args.get("view") or ("" if filtered != Wanted() or errors else "coming")
    wanted = views.get(shown, filtered)
    page = max(request.args.get("page", 1, int), 1)
    sees_all = access.allowed(me(), "see_incognito")
    rows = queries_bookings.bookings(wanted, see_incognito=sees_all, page=page)
    return render_template(
        "bookings/index.html",
        rows=[row if sees_all else row.undisclosed() for row in rows[:PAGE]],
        more=len(rows) > PAGE,
        page=page,
        shown=shown,
        views=VIEWS,
        counts=queries_bookings.counts(views),
        errors=errors,
        wrong=bool(errors),
        statuses=STATUS_NAMES,
        sources=words.SOURCES,
    )


@bp.get("/reservations/<number>")
@needs("see_reservations")
def show(number: str) -> str:
    """A booking by its confirmation number, or by its id."""
    return render_template("bookings/booking.html", **_page(queries_bookings.booking_of(number)))


@bp.get("/reservations/<number>/change-slip.pdf")
@needs("see_reservations")
def change_slip(number: str) -> Response:
    """The change slip 更改单 (R2), in the language of the house's papers."""
    booking = queries_bookings.booking_of(number)
    if any(stay.guest.incognito for stay in booking.stays) and not access.allowed(me(), "see_incognito"):
        raise NotAllowed(say("This guest wants no disclosure: the front desk prints the slip."))
    response = Response(papers.change_slip(booking, house.hotel().paper_language), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{booking.confirmation}-changes.pdf")
    return response


@bp.post("/reservations/<number>/merge")
@needs("change_booking")
def merge(number: str) -> Response | BaseResponse:
    """Take the stays of another booking into this one 并房."""
    booking, typed = queries_bookings.booking_of(number), request.form.get("other", "")
    try:
        actions.merge(booking, queries_bookings.booking_of(typed), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(
            no, "bookings/booking.html", wrong=True, other=typed, **_page(queries_bookings.booking_of(number))
        )
    toast(say("Booking {other} is part of {this} now.", other=typed.strip().upper(), this=booking.confirmation))
    return redirect(url_for("bookings.show", number=booking.confirmation), 303)


def _page(booking: Booking) -> dict[str, Any]:
    into = queries.load_booking(booking.merged_into) if booking.merged_into else None
    return {
        "pair": next((stay for stay in booking.stays if second_room(stay, booking.stays)), None),
        "booking": booking,
        "into": into,
        "prices": queries_bookings.prices_by_stay(booking.id),
        "events": history.of_booking(booking),
        "facts": house.facts(),
        "words": words,
    }


def _views(today: date) -> dict[str, Wanted]:
    tomorrow = today + timedelta(days=1)
    return {
        "coming": Wanted(first=today, status=Status.RESERVED),
        "today": Wanted(first=today, last=today, status=Status.RESERVED),
        "tomorrow": Wanted(first=tomorrow, last=tomorrow, status=Status.RESERVED),
        "made": Wanted(made_on=today),
        "cancelled": Wanted(ended_on=today, status=Status.CANCELLED),
    }


def _filters(today: date) -> tuple[Wanted, list[tuple[str, Say]]]:
    """What the filters ask for, and what of them was not understood: (field, sentence)."""
    errors: list[tuple[str, Say]] = []

    def day(name: str) -> date | None:
        typed = request.args.get(name, "").strip()
        try:
            return parse_day(typed, today) if typed else None
        except Refused as no:
            errors.append((name, no.reason))
            return None

    wanted = Wanted(
        first=day("from"),
        last=day("to"),
        status=_one_of(Status, request.args.get("status", "")),
        source=_one_of(Source, request.args.get("source", "")),
        text=request.args.get("q", "")[:80],
    )
    return wanted, errors


def _one_of(kind: type[Word], text: str) -> Word | None:
    return kind(text) if text in set(kind) else None


@bp.app_template_global()
def wish_words(codes: str) -> str:
    """The words of a column of needs or wishes in the reader's language: `high floor, room 1204`."""
    return language.tr(Listed(words.wishes(codes)))
