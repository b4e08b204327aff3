"""The archive of papers: found by business date, opened and printed as they were (N7)."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request

from pms.access import allowed
from pms.errors import Missing
from pms.night_audit.archive import date_of, open_paper, papers_for
from pms.night_audit.queries import days_with_papers
from pms.reporting.catalogue import reports
from pms.reporting.pack import one_pdf
from pms.say import say
from pms.web.gate import me, needs

bp = Blueprint("papers", __name__, url_prefix="/papers")


@bp.get("/")
@needs("see_papers")
def archive() -> str:
    """The papers of a business date, `?day=2026-11-21`; the newest one where no or no such date is given."""
    days = days_with_papers()
    day = _chosen(days)
    papers = papers_for(day, by=me()) if day else []
    return render_template("papers/index.html", days=days, day=day, papers=papers)


@bp.get("/<int:paper_id>.pdf")
@needs("see_papers")
def paper(paper_id: int) -> Response:
    """The bytes that were printed, to look at and print in the browser."""
    found = open_paper(paper_id, by=me())
    response = Response(found.content, mimetype="application/pdf")
    name = "-".join(filter(None, (found.business_date.isoformat(), found.code, found.lang, found.audience)))
    response.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return response


@bp.get("/<day>/pack.pdf")
@needs("see_papers")
def pack(day: str) -> Response:
    """All papers of a date that this user may read, as one PDF to print."""
    papers = [open_paper(line.id, by=me()) for line in papers_for(date_of(day), by=me())]
    if not papers:
        raise Missing(say("There are no papers of {day} in the archive.", day=date_of(day)))
    response = Response(one_pdf([paper.content for paper in papers]), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{day}-night.pdf")
    return response


@bp.get("/catalogue")
@needs("see_papers")
def catalogue() -> str:
    """Every paper this user may read, to print for any date."""
    return render_template("papers/catalogue.html", papers=[r for r in reports() if allowed(me(), r.needs)])


def _chosen(days: list[date]) -> date | None:
    try:
        wanted = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        wanted = None
    if wanted in days:
        return wanted
    return days[0] if days else None
