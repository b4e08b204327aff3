"""The night audit in the browser: what stands in the way, the rehearsal, the run step by step, its papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts.models import User
from pms.db import db
from pms.errors import Conflict, Missing, Refused
from pms.night_audit import actions, archive, mending
from pms.night_audit.standing import Standing, progress_of, stand
from pms.reporting.catalogue import nightly
from pms.say import say
from pms.web.gate import me, needs, own_work
from pms.web.pages import refused_page, toast

bp = Blueprint("audit", __name__, url_prefix="/night-audit")

DAY = timedelta(days=1)
STATE = "X-Audit"
LOOK_AGAIN = say("What the audit would do has changed since you looked. Nothing was done; look again, then close.")


@bp.get("")
@needs("run_audit")
def page() -> str:
    """Where the day stands: what blocks, what would be posted, who runs it."""
    return render_template("audit/page.html", **_page(stand(me(), clock.now())))


@bp.post("", endpoint="run")
@needs("run_audit")
@own_work
def close() -> Response | BaseResponse:
    """Close the date that was rehearsed. Each step is a unit of work of its own, this request holds none meanwhile."""
    by, now = me(), clock.now()
    try:
        day = _asked()
        standing = stand(by, now)
        if day == standing.day and standing.rehearsal is not None:
            _must_be_seen(standing.rehearsal)
        _hold_nothing(by)
        (closed,) = actions.run(by, now, until=day)
    except Refused as no:
        db.session.rollback()
        return refused_page(no, "audit/page.html", **_page(stand(by, now)))
    toast(say("{day} is closed.", day=closed.day))
    return redirect(url_for("audit.closed", day=closed.day), 303)


@bp.get("/<day>")
@needs("run_audit")
def closed(day: str) -> str | BaseResponse:
    """A date that was closed: what each step did, what was noted, the papers."""
    progress = progress_of(archive.date_of(day))
    if progress.audit is None:
        raise Missing(say("The night audit of {day} was never begun.", day=progress.day))
    if not progress.finished:
        return redirect(url_for("audit.page"))
    papers = archive.papers_for(progress.day, by=me())
    return render_template("audit/closed.html", progress=progress, papers=papers, steps=list(progress.lines()))


@bp.get("/<day>/steps")
@needs("run_audit")
def steps(day: str) -> Response:
    """The steps as they stand, for a page that waits; the header says running, closed or waits."""
    progress = progress_of(archive.date_of(day))
    response = make_response(render_template("audit/_steps.html", steps=list(progress.lines())))
    response.headers[STATE] = "closed" if progress.finished else "running" if progress.running else "waits"
    return response


def _page(standing: Standing) -> dict[str, Any]:
    rehearsal = standing.rehearsal
    by = me()
    return {
        "standing": standing,
        "tomorrow": standing.day + DAY,
        "rehearsal": rehearsal,
        "findings": [(line, mends_at(line.mend, line.finding, line.record)) for line in _lines(standing)],
        "mends_at": mends_at,
        "steps": list(standing.progress.lines(rehearsal)),
        "papers": [paper for paper in nightly() if access.allowed(by, paper.needs)],
    }


def _lines(standing: Standing) -> list[mending.Line]:
    return mending.lines(standing.rehearsal.findings) if standing.rehearsal else []


def mends_at(mend: mending.Mend, finding: mending.Finding, record: int | None) -> str:
    """The address that mends a finding, '' where there is none or somebody else must do it."""
    endpoint = mend.endpoint if record is not None or not mend.argument else mend.all_of
    if endpoint not in current_app.view_functions or not access.allowed(me(), finding.mend):
        return ""
    values: dict[str, Any] = {mend.argument: record} if mend.argument and record is not None else {}
    return url_for(endpoint, **values)


def _must_be_seen(rehearsal: actions.Rehearsal) -> None:
    """No date is closed whose rehearsal, as it is now, was not on the screen. Raises `Conflict`."""
    if request.form.get("seen") != rehearsal.seen_as:
        raise Conflict(LOOK_AGAIN)


def _asked() -> date:
    try:
        return date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        raise Refused(say("Which date is to be closed? Open the page again.")) from None


def _hold_nothing(by: User) -> None:
    """End what was read for this request. The user stays as he was read, so that nobody reads him again between."""
    db.session.expunge(by)
    db.session.rollback()
