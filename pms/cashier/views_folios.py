"""The folio of a stay: what was posted and by whom; charging, paying and reversing."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.cashier import actions, folio_page, queries
from pms.cashier.folio_page import again, back_to, window_asked
from pms.cashier.forms_folios import HOLD, ChargeForm, PaymentForm, ReverseForm
from pms.cashier.pages import bp
from pms.cashier.signing import post_signed
from pms.errors import Missing, Refused
from pms.money import Amount
from pms.property.forms import blame
from pms.property.queries import hotel
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.say import say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]


@bp.get("/stays/<int:stay_id>/folio")
@needs("see_folio")
def show(stay_id: int) -> str:
    """The folio, one window at a time: `?window=2`."""
    return render_template("folios/show.html", **folio_page.of(load_stay(stay_id), window_asked()))


@bp.post("/stays/<int:stay_id>/folio/charges")
@needs("post_charge")
def charge(stay_id: int) -> Response | BaseResponse:
    stay, window = load_stay(stay_id), window_asked()
    form = ChargeForm(lang=language.current(), currency=hotel().currency)
    if not form.validate():
        return again(stay, window, charge=form)
    try:
        folio = actions.open_folio(stay, by=me(), now=clock.now())
        if signed_by := (form.signed_by.data or "").strip():
            post_signed(folio, stay, **form.values, signed_by=signed_by, window=window, by=me(), now=clock.now())
        else:
            actions.post(folio, stay.id, **form.values, window=window, by=me(), now=clock.now())
    except Refused as no:
        return _refused(_at(no, "amount", "charge"), stay, window, charge=form)
    toast(say("{amount} charged.", amount=Amount(form.charge.minor, hotel().currency)))
    return back_to(stay_id, window)


@bp.post("/stays/<int:stay_id>/folio/payments")
@needs("take_payment")
def payment(stay_id: int) -> Response | BaseResponse:
    stay, window = load_stay(stay_id), window_asked()
    form = PaymentForm(lang=language.current(), currency=hotel().currency)
    if not form.validate():
        return again(stay, window, payment=form)
    try:
        _take(stay, window, form)
    except Refused as no:
        return _refused(no, stay, window, payment=form)
    return back_to(stay_id, window)


def _take(stay: Stay, window: int, form: PaymentForm) -> None:
    amount = Amount(form.amount.minor, hotel().currency)
    if form.what.data == HOLD:
        actions.preauthorise(stay, form.amount.minor, form.reference.data or "", by=me(), now=clock.now())
        toast(say("{amount} held on the card.", amount=amount))
        return
    folio = actions.open_folio(stay, by=me(), now=clock.now())
    actions.pay(folio, stay.id, **form.values, window=window, by=me(), now=clock.now())
    toast(say("{amount} given back.", amount=amount) if form.what.data == "refund" else
          say("{amount} taken.", amount=amount))  # fmt: skip


@bp.post("/stays/<int:stay_id>/folio/release")
@needs("take_payment")
def release(stay_id: int) -> BaseResponse:
    """Give back what cards hold for the stay."""
    released = actions.release_preauthorisations(load_stay(stay_id).id, by=me(), now=clock.now())
    toast(say("Pre-authorisations released: {count}.", count=released))
    return back_to(stay_id, 1)


# --- Taking back -----------------------------------------------------------------------------------------------------
@bp.get("/stays/<int:stay_id>/folio/postings/<int:posting_id>/reverse")
@needs("reverse_posting")
def ask_reason(stay_id: int, posting_id: int) -> str:
    return render_template("folios/reverse.html", **_reversal(stay_id, posting_id, ReverseForm(formdata=None)))


@bp.post("/stays/<int:stay_id>/folio/postings/<int:posting_id>/reverse")
@needs("reverse_posting")
def reverse(stay_id: int, posting_id: int) -> Response | BaseResponse:
    form = ReverseForm()
    context = _reversal(stay_id, posting_id, form)
    if not form.validate():
        return make_response(render_template("folios/reverse.html", wrong=True, **context), 422)
    try:
        actions.reverse(posting_id, form.reason.data or "", by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "folios/reverse.html", lambda: context, wrong=True)
    toast(say("The posting is reversed."))
    return back_to(stay_id, context["line"].window)


def _reversal(stay_id: int, posting_id: int, form: ReverseForm) -> dict[str, Any]:
    stay = load_stay(stay_id)
    line = queries.posting(posting_id)
    if line is None or line.stay_id != stay.id:
        raise Missing(say("There is no such posting."))
    return folio_page.head(stay) | {"form": form, "line": folio_page.worded_line(line)}


def _refused(no: Refused, stay: Stay, window: int, **forms: Any) -> Response:
    for form in forms.values():
        blame(form, no)
    return refused_page(no, "folios/show.html", lambda: folio_page.of(stay, window, **forms), wrong=True)


def _at(no: Refused, field: str, here: str) -> Refused:
    """The same refusal at the field of this form that stands for the action's `field`."""
    no.field = here if no.field == field else no.field
    return no
