"""The cashier's day: folios that are not at rest, deposits of guests who will not come, what the till has taken."""

from __future__ import annotations

from collections.abc import Callable

from flask import render_template, request

from pms import access, clock
from pms.cashier import queries_folio
from pms.cashier.pages import bp
from pms.cashier.queries_folio import OpenFolio
from pms.cashier.rules import METHOD_NAMES
from pms.reservations.status import Status
from pms.web.gate import me, needs

__all__ = ["bp"]

NOT_COMING = (Status.CANCELLED, Status.NO_SHOW)
LISTS: dict[str, Callable[[OpenFolio], bool]] = {
    "open": lambda folio: True,
    "in_house": lambda folio: folio.status is Status.IN_HOUSE,
    "owing": lambda folio: folio.balance > 0,
    "credit": lambda folio: folio.balance < 0,
    "gone": lambda folio: folio.status is Status.CHECKED_OUT,
    "give_back": lambda folio: folio.status in NOT_COMING and folio.balance < 0,
}


@bp.get("/cashier")
@needs("see_folio")
def index() -> str:
    """Open folios, `?list=` one of LISTS; deposits kept from guests who will not come are the list `give_back`."""
    shown = request.args.get("list", "open")
    shown = shown if shown in LISTS else "open"
    folios = queries_folio.open_folios()
    if not access.allowed(me(), "see_incognito"):
        folios = [folio.undisclosed() for folio in folios]
    today = clock.business_date()
    return render_template(
        "folios/index.html",
        shown=shown,
        counts={name: sum(map(fits, folios)) for name, fits in LISTS.items()},
        folios=[folio for folio in folios if LISTS[shown](folio)],
        give_back=[folio for folio in folios if LISTS["give_back"](folio)],
        today=today,
        taken=queries_folio.taken_on(today),
        method_names=METHOD_NAMES,
    )
