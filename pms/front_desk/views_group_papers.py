"""The papers of a group, printed the night before: confirmation, keys by floor, vouchers (C4, C5, N5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Missing, Refused
from pms.front_desk import group_papers
from pms.front_desk import queries_group_papers as papers
from pms.front_desk.queries_forms import cards_of_group
from pms.property.queries import hotel
from pms.reporting.kinds import House
from pms.reporting.pack import one_pdf
from pms.reporting.printing import render_form
from pms.reservations.pages import groups as bp
from pms.reservations.queries_groups import arriving_on, load_group
from pms.say import say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

LONGEST = 60


@bp.get("/groups/tomorrow.pdf")
@needs("send_group_confirmation")
def papers_of_tomorrow() -> Response:
    """All papers of tomorrow's groups in one go, group by group: confirmation, keys, vouchers, cards (N5)."""
    day = clock.business_date() + timedelta(days=1)
    made = [paper for group in arriving_on(day) for paper in _all_of(group.id)]
    if not made:
        raise Missing(say("No group comes on {day}.", day=day))
    response = Response(one_pdf(made), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"groups-{day.isoformat()}.pdf")
    return response


@bp.get("/groups/<int:group_id>/papers")
@needs("send_group_confirmation")
def papers_of(group_id: int) -> str:
    """What can be printed for the group, and who is told of it."""
    return render_template("groups/papers.html", **_page(group_id))


@bp.post("/groups/<int:group_id>/confirmation")
@needs("send_group_confirmation")
def send_confirmation(group_id: int) -> Response | BaseResponse:
    group = load_group(group_id)
    try:
        group_papers.send_confirmation(group, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "groups/papers.html", lambda: _page(group_id))
    toast(say("The departments have the confirmation of {code}.", code=group.code))
    return redirect(url_for("groups.papers_of", group_id=group_id), 303)


@bp.get("/groups/<int:group_id>/confirmation.pdf")
@needs("send_group_confirmation")
def confirmation(group_id: int) -> Response:
    """The group confirmation 团队确认书."""
    return _pdf("group_confirmation", papers.group_paper(group_id))


@bp.get("/groups/<int:group_id>/keys.pdf")
@needs("send_group_confirmation")
def keys(group_id: int) -> Response:
    """Keys and rooms by floor."""
    return _pdf("key_list", papers.group_paper(group_id))


@bp.get("/groups/<int:group_id>/vouchers.pdf")
@needs("send_group_confirmation")
def vouchers(group_id: int) -> Response:
    """Meal vouchers 餐券; `?place=` and `?time=` as agreed with the leader."""
    place, time = (request.args.get(name, "").strip()[:LONGEST] for name in ("place", "time"))
    return _pdf("meal_vouchers", papers.group_vouchers(group_id, place, time, me().name))


def _page(group_id: int) -> dict[str, Any]:
    paper = papers.group_paper(group_id)
    return {
        "group": load_group(group_id),
        "paper": paper,
        "unplaced": sum(not line.room for line in paper.keys),
    }


def _all_of(group_id: int) -> list[bytes]:
    """What is laid ready for a group; no vouchers where the rate has no breakfast."""
    paper, tickets = papers.group_paper(group_id), papers.group_vouchers(group_id, "", "", me().name)
    records: list[tuple[str, Any]] = [("group_confirmation", paper), ("key_list", paper)]
    records += [("meal_vouchers", tickets)] if tickets.lines else []
    records += [("registration_card", card) for card in cards_of_group(group_id)]
    row = hotel()
    return [render_form(name, record, row.paper_language, House.of(row)) for name, record in records]


def _pdf(name: str, record: Any) -> Response:
    pdf = render_form(name, record, hotel().paper_language, House.of(hotel()))
    response = Response(pdf, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{name}-{record.code}.pdf")
    return response
