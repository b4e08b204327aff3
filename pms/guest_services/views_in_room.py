"""Registration in the room: the AM brings the card to a guest who was checked in before he came (C6, C7, C8)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.db import db
from pms.errors import Refused
from pms.front_desk import in_room
from pms.front_desk import sheet as proposals
from pms.front_desk.desk import valid_until
from pms.guest_services import check_in_page as page
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay, times_stayed
from pms.say import say
from pms.web.gate import me, needs
from pms.web.language import called
from pms.web.pages import refused_page, toast

bp = Blueprint("in_room", __name__)


@bp.get("/stays/<int:stay_id>/register")
@needs("register_in_room")
def sheet(stay_id: int) -> str:
    """Documents, signature, deposit: what the desk would ask, asked in the room."""
    stay = load_stay(stay_id)
    return render_template("vip/register.html", **_sheet(stay, page.Typed.of(stay)))


@bp.post("/stays/<int:stay_id>/register")
@needs("register_in_room")
def register(stay_id: int) -> Response | BaseResponse:
    stay = load_stay(stay_id)
    typed = page.Typed.of(stay)
    try:
        if not typed.valid:
            raise Refused(say("Please look at the marked fields again."))
        sheet = typed.check_in(stay, by=me(), now=clock.now())
        in_room.register_in_room(stay, sheet, by=me(), now=clock.now())
    except Refused as no:
        db.session.rollback()
        return refused_page(no, "vip/register.html", wrong=True, **_sheet(load_stay(stay_id), typed, no))
    toast(say("{guest} is registered.", guest=called(stay.guest)))
    return redirect(url_for("vip.show", stay_id=stay_id), 303)


def _sheet(stay: Stay, typed: page.Typed, no: Refused | None = None) -> dict[str, Any]:
    return page.common(typed.form, [person.form for person in typed.people], no) | {
        "stay": stay,
        "people": typed.people,
        "nth": times_stayed(stay.guest_id),
        "company_pays": proposals.paid_by_others(stay),
        "key_until": valid_until(stay),
    }
