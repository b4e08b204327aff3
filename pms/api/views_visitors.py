"""Visitors: written down, the guest rung first, in and out."""

from __future__ import annotations

from pms import clock
from pms.api import cursors
from pms.api.answers import may, shown, tell
from pms.api.door import Door
from pms.api.schemas_services import VisitAnswerIn, VisitorIn, VisitorOut, VisitorPage, VisitorQuery
from pms.guest_services import queries_visitors, visitors
from pms.guest_services.queries_visitors import VisitorRow
from pms.property.queries import hotel
from pms.web.gate import me

bp = Door("Visitors")


@bp.does("GET /visitors", needs="receive_visitors")
def list_visitors(query: VisitorQuery) -> VisitorPage:
    """Who is with a guest now, or came on a day."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    secret = may("see_incognito")
    found = queries_visitors.visitors_after(last, query.limit + 1, query.day, see_incognito=secret)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return VisitorPage(items=_shown(*rows), next=following)


@bp.does("POST /visitors", needs="receive_visitors", status=201)
def receive_visitor(body: VisitorIn) -> VisitorOut:
    """Write a visitor down. A guest without disclosure, a wrong room and an unknown name get the same answer."""
    new = visitors.NewVisitor(document=body.document or "", **body.model_dump(exclude={"document"}))
    return _one(visitors.receive(new, by=me(), now=clock.now()).id)


@bp.does("GET /visitors/{visitor_id}", needs="receive_visitors")
def read_visitor(visitor_id: int) -> VisitorOut:
    """One visitor, and what to tell him now."""
    return _one(visitor_id)


@bp.does("POST /visitors/{visitor_id}/answer", needs="receive_visitors")
def answer_visitor(visitor_id: int, body: VisitAnswerIn) -> VisitorOut:
    """The guest was rung; the second to write it down hears what was written."""
    visitors.answered(queries_visitors.visitor(visitor_id), body.answer, by=me(), now=clock.now())
    return _one(visitor_id)


@bp.does("POST /visitors/{visitor_id}/departure", needs="receive_visitors")
def visitor_leaves(visitor_id: int) -> VisitorOut:
    """The visitor has left the house."""
    visitors.leave(queries_visitors.visitor(visitor_id), by=me(), now=clock.now())
    return _one(visitor_id)


def _one(visitor_id: int) -> VisitorOut:
    return _shown(queries_visitors.row(visitor_id, see_incognito=may("see_incognito")))[0]


def _shown(*rows: VisitorRow) -> list[VisitorOut]:
    now, hour = clock.local(clock.now()), hotel().visitors_hour
    words = {answer: tell(said) for answer, said in visitors.WORDS.items()}
    return [shown(VisitorOut, row, said=words[row.answer], late=row.is_late(now, hour)) for row in rows]
