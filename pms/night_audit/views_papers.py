"""The archive of papers: found by business date, opened and printed as they were (N7)."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, make_response, render_template, request

from pms import clock
from pms.access import allowed, require
from pms.errors import Missing
from pms.night_audit.archive import date_of, open_paper, papers_for
from pms.night_audit.forms import PaperForm
from pms.night_audit.queries import days_with_papers
from pms.night_audit.snapshots import read
from pms.property.queries import hotel
from pms.reporting.catalogue import find, reports
from pms.reporting.kinds import House
from pms.reporting.pack import one_pdf
from pms.reporting.rendering import LANGUAGES, render
from pms.say import say
from pms.web import language
from pms.web.gate import me, needs

bp = Blueprint("papers", __name__, url_prefix="/papers")

TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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
def catalogue() -> str | Response:
    """Every paper this user may read, to print for the day and in the language of the form."""
    form = PaperForm(
        request.args, today=clock.business_date(), language=hotel().paper_language, reader=language.current()
    )
    right = form.validate()
    page = render_template(
        "papers/catalogue.html",
        form=form,
        wrong=not right,
        day=form.day.day or form.today,
        papers=[paper for paper in reports() if allowed(me(), paper.needs)],
    )
    return make_response(page, 200 if right else 422)


@bp.get("/print/<key>.<form>")
@needs("see_papers")
def printed(key: str, form: str) -> Response:
    """One paper made now: a closed date as it was closed, the open one as it is. `?day=2026-11-21&lang=en|zh|both`."""
    paper, day = find(key), date_of(request.args.get("day", ""))
    require(me(), paper.needs)
    lang = request.args.get("lang", "")
    if form not in TYPES or lang not in LANGUAGES:
        raise Missing(say("Papers are printed as PDF, CSV or XLSX, in en, zh or both."))
    content = render(paper, read, day, lang, House.of(hotel()), form)
    response = Response(bytes(content), mimetype=TYPES[form])
    where = "inline" if form == "pdf" else "attachment"
    response.headers.set("Content-Disposition", where, filename=f"{day.isoformat()}-{paper.key}-{lang}.{form}")
    return response


def _chosen(days: list[date]) -> date | None:
    try:
        wanted = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        wanted = None
    if wanted in days:
        return wanted
    return days[0] if days else None
