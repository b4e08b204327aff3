"""Splitting a bill by hand: new folios for other payers, and postings moved to them."""

from __future__ import annotations

from functools import partial

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.cashier import folio_page, windows
from pms.cashier.folio_page import again, window_asked
from pms.cashier.forms_folios import WindowForm
from pms.cashier.pages import bp
from pms.errors import Refused
from pms.property.forms import blame
from pms.reservations.queries import load_stay
from pms.say import say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]


@bp.post("/stays/<int:stay_id>/folio/windows")
@needs("split_folio")
def split(stay_id: int) -> Response | BaseResponse:
    """A new folio for somebody else who pays."""
    stay = load_stay(stay_id)
    form = WindowForm()
    if not form.validate():
        return again(stay, window_asked(), split=form)
    try:
        windows.open_window(stay, form.payer.data or "", by=me(), now=clock.now())
    except Refused as no:
        page = partial(folio_page.of, stay, window_asked(), split=form)
        return refused_page(blame(form, no), "folios/show.html", page, wrong=True)
    toast(say("A folio for {payer} is open. Mark postings and move them there.", payer=form.payer.data))
    return folio_page.back_to(stay_id, window_asked())


@bp.post("/stays/<int:stay_id>/folio/move")
@needs("split_folio")
def move(stay_id: int) -> Response | BaseResponse:
    """The postings that are marked go to the window `to`."""
    stay = load_stay(stay_id)
    marked = [int(value) for value in request.form.getlist("posting") if value.isdigit()]
    to = request.form.get("to", "")
    try:
        windows.move_postings(stay, marked, int(to) if to.isdigit() else 0, by=me(), now=clock.now())
    except Refused as no:
        page = partial(folio_page.of, stay, window_asked())
        return refused_page(no, "folios/show.html", page, wrong=True, marked=marked)
    toast(say("Moved to folio {window}: {count}.", count=len(marked), window=to))
    return folio_page.back_to(stay_id, window_asked())
