"""The archive of papers: printed once when a date is closed, kept as bytes, printed again the same (N7)."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy.exc import DBAPIError

from pms.access import Actor, allowed, require
from pms.db import insert_missing, reading, work
from pms.errors import Conflict, Missing
from pms.night_audit import hold, queries, snapshots
from pms.night_audit.models import Paper
from pms.property.queries import hotel
from pms.reporting.catalogue import Report, nightly
from pms.reporting.kinds import House
from pms.reporting.rendering import edition_title, render_pdf
from pms.say import say

log = logging.getLogger(__name__)


def print_papers(day: date, holder: str, *, now: datetime) -> list[str]:
    """Every paper of the night that is not in the archive yet, printed by the audit that `holder` runs."""
    return print_missing(day, nightly(), now=now, still_mine=lambda: hold.keep(day, holder))


def print_missing(
    day: date, wanted: Iterable[Report], *, now: datetime, still_mine: Callable[[], object] = lambda: None
) -> list[str]:
    """Those of the papers that are not in the archive yet; returns the names of those that could not be made.

    Each is saved by itself, so that a long night shows signs of life. One broken paper does not keep the house from
    its next date: it is named, and can be printed by `pms report` when it is mended.
    """
    with reading():
        lang = hotel().paper_language
        there = {(line.code, line.audience) for line in queries.papers_of(day) if line.lang == lang}
    failed = []
    for report in wanted:
        if (report.code, report.audience) in there:
            continue
        try:
            content, pages = _print(report, day, lang)
        except DBAPIError:
            raise
        except Exception:  # whatever is wrong with one paper
            log.exception("paper %s of %s", report.key, day)
            failed.append(report.key)
            continue
        with work():
            still_mine()
            _keep(report, day, lang, content, pages, now)
    return failed


def open_paper(paper_id: int, *, by: Actor) -> Paper:
    """A paper with its bytes. Raises `Missing`, `NotAllowed`, and `Conflict` when the bytes are not those printed."""
    require(by, "see_papers")
    paper = queries.paper(paper_id)
    if paper is None:
        raise Missing(say("There is no such paper in the archive."))
    require(by, paper.needs)
    if hashlib.sha256(paper.content).hexdigest() != paper.sha256:
        raise Conflict(say("This paper is not as it was printed: its content was changed in the database."))
    return paper


def date_of(text: str) -> date:
    """The date of an address, `2026-11-21`. Raises `Missing`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Missing(say("{text} is not a date.", text=text)) from None


def papers_for(day: date, *, by: Actor) -> list[queries.PaperLine]:
    """The papers of a date that `by` may read."""
    return [line for line in queries.papers_of(day) if allowed(by, line.needs)]


def _print(report: Report, day: date, lang: str) -> tuple[bytes, int]:
    with reading():
        pdf = render_pdf(report, snapshots.read, day, lang, House.of(hotel()))
    return bytes(pdf), pdf.pages


def _keep(report: Report, day: date, lang: str, content: bytes, pages: int, now: datetime) -> None:
    """Who printed it at the same time was faster: what is in the archive stays."""
    row = {
        "business_date": day,
        "code": report.code,
        "lang": lang,
        "audience": report.audience,
        "needs": report.needs,
        "title": edition_title(report).to_json(),
        "pages": pages,
        "sha256": hashlib.sha256(content).hexdigest(),
        "content": content,
        "made_at": now,
    }
    insert_missing(Paper, [row])
