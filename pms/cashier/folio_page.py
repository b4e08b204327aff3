"""What the pages of one folio show, put together once for all who draw it."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.cashier import queries, queries_folio, queries_signers
from pms.cashier.forms_folios import ChargeForm, PaymentForm, WindowForm
from pms.cashier.queries_folio import Line
from pms.guests.models import Guest
from pms.property.queries import hotel
from pms.reservations.models import Guarantee, Stay
from pms.reservations.status import shown_state
from pms.say import Say, say
from pms.web import language
from pms.web.gate import me


class Undisclosed(NamedTuple):
    """A guest without disclosure as those see him who need not know who he is (Q1)."""

    surname: str = ""
    given: str = ""
    name_zh: str = ""


class Window(NamedTuple):
    """A part of the folio: who pays it, and what is still owed in it, minor units."""

    number: int
    payer: Say | str
    balance: int


def of(stay: Stay, window: int = 1, **forms: Any) -> dict[str, Any]:
    """All the folio's page shows; `forms` are those that were refused, to be shown again as they were typed."""
    folio = queries.folio_of(stay.id)
    parts = windows_of(folio)
    shown = next((part for part in parts if part.number == window), parts[0])
    lines = queries_folio.lines(folio) if folio else []
    words = {"lang": language.current(), "currency": hotel().currency}
    fresh = {
        "charge": lambda: ChargeForm(formdata=None, **words),
        "payment": lambda: _payment(stay, shown, lines, words),
        "split": lambda: WindowForm(formdata=None),
    }
    return head(stay) | {
        "folio": folio,
        "closed_on": queries_folio.closed_on(stay.id),
        "windows": parts,
        "window": shown,
        "lines": [line for line in lines if line.window == shown.number],
        "held": queries_folio.preauthorisations(stay.id),
        "forms": {name: forms.get(name) or make() for name, make in fresh.items()},
        "refused_form": next(iter(forms), ""),
        "signers": [queries_signers.may_sign(each) for each in queries_signers.signers(stay.group_id)],
        "undo_today": stay.checked_out_on == clock.business_date(),
    }


def _payment(stay: Stay, window: Window, lines: list[Line], words: dict[str, str]) -> PaymentForm:
    """What is owed, the way this guest is likely to pay it, and the account's name where it is charged to one."""
    method = usual_method(stay, lines) if window.number == 1 else ""
    company = stay.booking.company if method == "account" else None
    name = (company.name_zh if words["lang"] == "zh" else "") or company.name_en if company else ""
    return PaymentForm(formdata=None, owed=window.balance, method=method, reference=name, **words)


def head(stay: Stay) -> dict[str, Any]:
    """Stay and guest for the head of a page, the guest as far as this user may know him."""
    known = access.allowed(me(), "see_incognito") or not stay.guest.incognito
    state = shown_state(stay, clock.business_date())
    return {"stay": stay, "guest": stay.guest if known else Undisclosed(), "state": state}


def again(stay: Stay, window: int, **forms: Any) -> Response:
    """The page with what was typed and what is wrong with it."""
    return make_response(render_template("folios/show.html", wrong=True, **of(stay, window, **forms)), 422)


def windows_of(folio: int | None) -> list[Window]:
    """The guest's own window first, then those split off."""
    owed = queries.window_balances(folio) if folio else {}
    payers = {1: say("Guest")} | (queries.windows(folio) if folio else {})
    return [Window(number, payer, owed.get(number, 0)) for number, payer in payers.items()]


def usual_method(stay: Stay, lines: list[Line]) -> str:
    """How this guest is likely to pay: the company by account, else as the deposit or the last payment came, else by
    the card that is held; "" when nothing tells.
    """
    if stay.booking.guarantee is Guarantee.COMPANY and stay.booking.company_id:
        return "account"
    before = [line.method.value for line in lines if line.method and line.stands]
    if before:
        return before[-1]
    return "card" if queries.held_by_cards(stay.id) else ""


def worded_line(row: Any) -> Line:
    """The row of a posting as a line, for the page that takes it back."""
    return next(line for line in queries_folio.lines(row.folio_id) if line.id == row.id)


def window_asked() -> int:
    """The window of the folio in question, from the form or the address; the guest's own where none is named."""
    asked = request.values.get("window", "")
    return int(asked) if asked.isdigit() and len(asked) < 3 else 1


def language_of(guest: Guest) -> str:
    """The language of a guest's papers: his own if the house has it, else Chinese for who writes his name so."""
    if guest.language:
        return "zh" if guest.language == "zh" else "en"
    return "zh" if guest.nationality == "CN" or (guest.name_zh and not guest.nationality) else "en"


def back_to(stay_id: int, window: int) -> BaseResponse:
    """The folio again, after something was done in a window of it."""
    return redirect(url_for("folios.show", stay_id=stay_id, window=window if window > 1 else None), 303)
