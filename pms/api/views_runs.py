"""Placing many guests in runs: asked for, planned, looked at, accepted as a whole or in part, taken back."""

from __future__ import annotations

from pms import clock
from pms.api.answers import may, shown, tell
from pms.api.door import Door
from pms.api.schemas_night import AcceptIn, RunBrief, RunDone, RunIn, RunLine, RunOut, Runs
from pms.assignment import queries_runs, runs
from pms.assignment.models import Again
from pms.assignment.planning import plan_run, reckon_worth
from pms.assignment.queries_runs import LineShown
from pms.db import db
from pms.guests.names import list_name
from pms.property import queries as house
from pms.say import from_json
from pms.web.gate import me

bp = Door("Placing runs")


@bp.does("GET /placing-runs", needs="place")
def list_runs() -> Runs:
    """The runs of this business date."""
    return Runs(items=[shown(RunBrief, row) for row in queries_runs.runs_of(clock.business_date())])


@bp.does("POST /placing-runs", needs="place", status=201)
def ask_for_run(body: RunIn) -> RunOut:
    """A run for these guests; it is planned with PUT .../plan."""
    there = queries_runs.to_place(body.first, body.last, with_rooms=body.again is Again.ALL)
    chosen = {guest.stay_id for guest in there}
    wanted = chosen if body.stays is None else chosen & set(body.stays)
    return _run(runs.ask(wanted, again=body.again, by=me(), now=clock.now()).id)


@bp.does("GET /placing-runs/{run_id}", needs="place")
def read_run(run_id: int) -> RunOut:
    """The plan to look at, or how far it is."""
    return _run(run_id)


@bp.does("PUT /placing-runs/{run_id}/plan", needs="place", alone=True)
def plan(run_id: int) -> RunOut:
    """Make the plan, and answer when it is made and weighed against the best there can be; nobody waits meanwhile.

    Sent twice, it is planned once.
    """
    by = me()
    db.session.expunge(by)
    db.session.rollback()
    if plan_run(run_id, by=by):
        reckon_worth(run_id)
    return _run(run_id)


@bp.does("POST /placing-runs/{run_id}/acceptance", needs="place")
def accept_run(run_id: int, body: AcceptIn) -> RunDone:
    """Give the rooms of the plan to these guests; what does not hold any longer is left out and said."""
    return _done(run_id, runs.accept(run_id, body.stays, by=me(), now=clock.now()))


@bp.does("POST /placing-runs/{run_id}/undone", needs="place")
def undo_run(run_id: int) -> RunDone:
    """Everybody of an accepted run back where he was."""
    return _done(run_id, runs.undo(run_id, by=me(), now=clock.now()))


def _done(run_id: int, done: runs.Done) -> RunDone:
    return RunDone(count=done.count, left_out=[tell(sentence) for sentence in done.left_out], run=_run(run_id))


def _run(run_id: int) -> RunOut:
    run, lines = queries_runs.load_run(run_id), queries_runs.lines_shown(run_id)
    named = may("see_incognito") or not any(line.incognito for line in lines)
    return shown(RunOut, run, lines=[_line(line, named) for line in lines])


def _line(line: LineShown, named: bool) -> RunLine:
    """Reasons may name others of the run: they are told only when everybody may be `named` (Q1)."""
    hidden = line.incognito and not may("see_incognito")
    return shown(
        RunLine,
        line,
        guest="" if hidden else list_name(line.surname, line.given, line.name_zh),
        type=house.type_of(line.type_id).code,
        why=[tell(from_json(text)) for text in line.why] if named else [],
        unmet=[tell(from_json(text)) for text in line.unmet] if named else [],
    )
