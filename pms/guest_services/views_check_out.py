"""The check-out sheet. It stands here, above the desk, because it says what still lies here for the guest."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.cashier import folio_page, queries_folio
from pms.cashier import queries as ledger
from pms.cashier.forms_folios import METHODS
from pms.cashier.rules import KIND_NAMES, METHOD_NAMES
from pms.errors import Refused
from pms.front_desk import actions
from pms.front_desk import queries as desk
from pms.front_desk.pages import check_out as bp
from pms.guest_services.boxes import answer_at_check_out
from pms.guest_services.forms_check_out import CheckOutForm
from pms.guest_services.queries import left_here
from pms.property.forms import blame
from pms.property.queries import hotel
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.reservations.status import Status
from pms.say import say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

# The field of the sheet that stands for the action's.
FIELDS = {"amount": "charge", "method": "method-1", "reference": "reference-1", "departure": "early"}


@bp.get("/stays/<int:stay_id>/check-out")
@needs("check_out")
def sheet(stay_id: int) -> str | BaseResponse:
    """The bill at a glance, what lies here, how the rest is paid. Who has left already is shown by his folio."""
    stay = load_stay(stay_id)
    if stay.status is not Status.IN_HOUSE:
        return redirect(url_for("folios.show", stay_id=stay_id))
    return render_template("check_out/sheet.html", **_sheet(stay))


@bp.post("/stays/<int:stay_id>/check-out")
@needs("check_out")
def leave(stay_id: int) -> Response | BaseResponse:
    """Last charges, payment and check-out: all of it or nothing."""
    stay = load_stay(stay_id)
    form = _form(stay)
    if not form.validate():
        return make_response(render_template("check_out/sheet.html", wrong=True, **_sheet(stay, form)), 422)
    try:
        now = clock.now()
        answer_at_check_out(stay, bool(form.box_stays.data), by=me(), now=now)
        actions.settle_and_check_out(stay, form.sheet(request.form), by=me(), now=now)
    except Refused as no:
        no.field = FIELDS.get(no.field, no.field)
        return refused_page(blame(form, no), "check_out/sheet.html", lambda: _sheet(stay, form), wrong=True)
    room = stay.room.number if stay.room else ""
    toast(say("Room {room} is checked out.", room=room), undo=url_for("check_out.undo", stay_id=stay_id))
    return redirect(url_for("folios.show", stay_id=stay_id), 303)


@bp.post("/stays/<int:stay_id>/check-out/undo")
@needs("undo_check_out")
def undo(stay_id: int) -> BaseResponse:
    actions.undo_check_out(load_stay(stay_id), by=me(), now=clock.now())
    toast(say("The check-out is taken back. Make the guest a new key."))
    return redirect(url_for("folios.show", stay_id=stay_id), 303)


def _form(stay: Stay, **options: Any) -> CheckOutForm:
    windows = [part.number for part in folio_page.windows_of(ledger.folio_of(stay.id))]
    return CheckOutForm(lang=language.current(), currency=hotel().currency, windows=windows, **options)


def _sheet(stay: Stay, form: CheckOutForm | None = None) -> dict[str, Any]:
    today, folio = clock.business_date(), ledger.folio_of(stay.id)
    lines = queries_folio.lines(folio) if folio else []
    keys = sum(key.copies for key in desk.keys_of(stay.id) if key.void_at is None)
    fresh = form or _form(stay, formdata=None, data={"keys_back": keys})
    parts = folio_page.windows_of(folio)
    # What was posted meanwhile is seen when the sheet comes again.
    fresh.seen.data = str(sum(part.balance for part in parts))
    to_settle = [part for part in parts if part.balance] or parts[:1]
    return folio_page.head(stay) | {
        "form": fresh,
        "windows": parts,
        "open": to_settle,
        "unsettled": next((p.number for p in to_settle if not request.form.get(f"method-{p.number}")), None),
        "glance": _at_a_glance(lines),
        "owed": sum(part.balance for part in parts),
        "usual": folio_page.usual_method(stay, lines),
        "company": stay.booking.company,
        "methods": [(method.value, METHOD_NAMES[method]) for method in METHODS],
        "held": [hold for hold in queries_folio.preauthorisations(stay.id) if hold.released_at is None],
        "left": left_here(stay),
        "keys_out": keys,
        "early": stay.departure > today,
        "day_use": stay.departure > today and stay.arrival == today,
        "typed": request.form,
    }


def _at_a_glance(lines: list[queries_folio.Line]) -> list[tuple[Any, int, int]]:
    """The bill by kind, in the order they came: words, how many stand, their sum. What was taken back is not there."""
    found: dict[Any, list[int]] = {}
    for line in lines:
        if line.stands:
            found.setdefault((line.kind, line.method), []).append(line.amount)
    return [
        (queries_folio.worded(kind, method) if method else KIND_NAMES[kind], len(amounts), sum(amounts))
        for (kind, method), amounts in found.items()
    ]
