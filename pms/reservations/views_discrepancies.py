"""Room status discrepancies 房态差异: what was seen in a room is reported, compared, and settled with a word."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.property import queries as house
from pms.property.forms import blame
from pms.property.models import Discrepancy
from pms.reservations import discrepancies as actions
from pms.reservations import queries_housekeeping
from pms.reservations.forms_housekeeping import OCCUPIED, SeenForm
from pms.reservations.views_housekeeping import bp
from pms.say import say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

PAGE = "housekeeping/discrepancies.html"


@bp.get("/discrepancies")
@needs("set_housekeeping")
def discrepancies() -> str:
    """What is open and what was settled today; `?room=` the one to be reported."""
    return render_template(PAGE, **_page())


@bp.post("/discrepancies")
@needs("set_housekeeping")
def report() -> Response | BaseResponse:
    """What an attendant saw, by room number."""
    form = SeenForm(lang=language.current())
    if not form.validate():
        return make_response(render_template(PAGE, wrong=True, **_page(form)), 422)
    try:
        room = house.room_by_number(form.room.data or "")
        if room is None:
            raise Refused(say("There is no room {number}.", number=form.room.data), field="room")
        occupied = form.seen.data == OCCUPIED
        found = actions.report_occupancy(room, occupied, form.persons.data, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), PAGE, lambda: _page(form), wrong=True)
    if found is None:
        toast(say("Room {room} is as the front office knows it.", room=room.number))
    else:
        toast(say("Room {room}: {what}. The desk is told.", room=room.number, what=actions.SENTENCES[found.kind]))
    return redirect(url_for("housekeeping.discrepancies"), 303)


@bp.post("/discrepancies/<int:discrepancy_id>/settle")
@needs("resolve_discrepancy")
def settle(discrepancy_id: int) -> Response | BaseResponse:
    """Somebody looked and says what was found and done."""
    row = house.load(Discrepancy, discrepancy_id)
    typed = request.form.get("action", "")
    try:
        actions.resolve(row, typed, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, PAGE, _page, wrong=True, typed={discrepancy_id: typed})
    toast(say("The discrepancy is settled."))
    return redirect(url_for("housekeeping.discrepancies"), 303)


def _page(form: SeenForm | None = None) -> dict[str, Any]:
    rows = queries_housekeeping.discrepancies(clock.business_date())
    given = {"room": request.args.get("room", "")}
    return {
        "rows": rows,
        "discrepancies": sum(row.resolved_at is None for row in rows),
        "kinds": actions.SENTENCES,
        "form": form or SeenForm(formdata=None, lang=language.current(), data=given),
    }
