"""The bill of a stay as paper. It stands here because the papers of one record read all features up to this one."""

from __future__ import annotations

from flask import Response, request

from pms import access
from pms.cashier import folio_page
from pms.cashier.pages import bp
from pms.reporting import forms as papers
from pms.reporting.rendering import LANGUAGES
from pms.reservations.queries import load_stay
from pms.web.gate import me, needs

__all__ = ["bp"]


@bp.get("/stays/<int:stay_id>/folio/bill.pdf")
@needs("see_folio")
def bill(stay_id: int) -> Response:
    """The bill of `?window=`, an interim one until the guest has left; in the guest's language unless `?lang=` says."""
    stay, window = load_stay(stay_id), folio_page.window_asked()
    asked = request.args.get("lang", "")
    lang = asked if asked in LANGUAGES else folio_page.language_of(stay.guest)
    named = access.allowed(me(), "see_incognito") or not stay.guest.incognito
    response = Response(papers.bill(stay.id, lang, window=window, named=named), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"bill-{stay.id}-{window}.pdf")
    return response
