"""The log of a shift, its handover, and notices to departments. Handovers are signed at the desk, with a password."""

from __future__ import annotations

from pms import clock, notices
from pms.api import cursors
from pms.api.answers import may, shown, tell
from pms.api.door import Door
from pms.api.schemas import Page
from pms.api.schemas_shifts import (
    AcknowledgementIn,
    HandoverLine,
    HandoverOut,
    HandoverPage,
    NoteIn,
    NoteOut,
    Notes,
    NoticeOut,
    NoticePage,
    NoticeQuery,
    PointOut,
    StillOpen,
)
from pms.handover import actions, queries
from pms.handover.models import Handover
from pms.web.gate import me

bp = Door("Shifts")


# --- Log and handover ------------------------------------------------------------------------------------------------
@bp.does("GET /shift-notes", needs="see_handover")
def list_open_notes() -> Notes:
    """What is open or to be remembered, of whatever shift."""
    return Notes(items=[shown(NoteOut, row) for row in queries.open_notes()])


@bp.does("POST /shift-notes", needs="write_log", status=201)
def write_note(body: NoteIn) -> NoteOut:
    """A line in the log of the shift that works now."""
    return shown(NoteOut, actions.write_note(body.kind, body.text, by=me(), now=clock.now()))


@bp.does("POST /shift-notes/{note_id}/settlement", needs="write_log")
def settle_note(note_id: int) -> NoteOut:
    """What was open is done; the second hears who was first."""
    note = queries.note(note_id)
    actions.settle_note(note, by=me(), now=clock.now())
    return shown(NoteOut, note)


@bp.does("GET /handovers", needs="see_handover")
def list_handovers(query: Page) -> HandoverPage:
    """Handovers of the shifts."""
    (before,) = cursors.read(query.cursor, int) or (None,)
    found = queries.last_handovers(query.limit + 1, before=before)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return HandoverPage(items=[shown(HandoverLine, row) for row in rows], next=following)


@bp.does("POST /handovers", needs="hand_over", status=201)
def draft_handover() -> HandoverOut:
    """Draft the handover of the shift that ends from what is open now; anew until it is signed."""
    return _handover(actions.draft(by=me(), now=clock.now()))


@bp.does("GET /handovers/{handover_id}", needs="see_handover")
def read_handover(handover_id: int) -> HandoverOut:
    """A handover with its points."""
    return _handover(queries.handover(handover_id))


@bp.does("POST /handover-points/{point_id}/acknowledgement", needs="hand_over")
def acknowledge_point(point_id: int) -> HandoverOut:
    """The next shift has taken this point over."""
    point = queries.point(point_id)
    actions.acknowledge(point, by=me(), now=clock.now())
    return _handover(queries.handover(point.handover_id))


def _handover(handover: Handover) -> HandoverOut:
    points = queries.points_of(handover.id, see_incognito=may("see_incognito"))
    return shown(HandoverOut, handover, points=[shown(PointOut, row, text=tell(row.text)) for row in points])


# --- Notices ---------------------------------------------------------------------------------------------------------
@bp.does("GET /notices", needs="acknowledge_notice")
def list_notices(query: NoticeQuery) -> NoticePage:
    """What a department has not acknowledged yet; for its own programs, and those of AM and manager."""
    notices.must_belong(me(), query.department)
    (before,) = cursors.read(query.cursor, int) or (None,)
    found = notices.open_for(query.department, query.limit + 1, before=before)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return NoticePage(items=[shown(NoticeOut, row, text=tell(row.text)) for row in rows], next=following)


@bp.does("POST /notices/{notice_id}/acknowledgement", needs="acknowledge_notice")
def acknowledge_notice(notice_id: int, body: AcknowledgementIn) -> StillOpen:
    """Acknowledge for a department; the first one counts."""
    notices.acknowledge(notice_id, body.department, by=me(), now=clock.now())
    return StillOpen(department=body.department, waiting=notices.count_open(body.department))
