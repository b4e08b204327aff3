"""Each job once: whoever inserts its row does it. The database decides, not the queue."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DBAPIError

from pms import clock
from pms.db import db, insert_missing, work
from pms.worker import rules
from pms.worker.models import WorkerRun

log = structlog.get_logger("pms.worker")

R = WorkerRun.__table__
PROBLEM_LENGTH = 200


def once(job: str, due: datetime, do: Callable[[], Any], *, now: datetime) -> bool:
    """Do a job that was due, unless it is done or somebody is at it; True when it was done here, now.

    What goes wrong is noted and tried again later; one broken job does not keep the others from their work. Call it
    outside any unit of work.
    """
    with work():
        mine = claim(job, due, now=now)
    if not mine:
        return False
    try:
        result = do()
    except Exception as error:
        log.exception("job failed", job=job, due=due.isoformat(), kind=type(error).__name__)
        with work():
            _note(job, due, problem=f"{type(error).__name__}: {_said(error)}"[:PROBLEM_LENGTH])
        return False
    with work():
        _note(job, due, done_at=clock.now(), result=result, problem="")
    log.info("job done", job=job, due=due.isoformat(), result=result)
    return True


def claim(job: str, due: datetime, *, now: datetime) -> bool:
    """Is the job mine? Part of a unit of work that does nothing else."""
    me = f"{socket.gethostname()} {os.getpid()}"
    if insert_missing(WorkerRun, [{"job": job, "due": due, "claimed_at": now, "claimed_by": me}]):
        return True
    row = db.session.get_one(WorkerRun, (job, due), populate_existing=True)
    if row.done_at is not None or not rules.may_try_again(row.claimed_at, row.tries, now):
        return False
    again = _row(job, due).where(R.c.done_at.is_(None), R.c.tries == row.tries)
    values = {"claimed_at": now, "claimed_by": me, "tries": row.tries + 1}
    return db.session.connection().execute(again.values(values)).rowcount == 1


def _note(job: str, due: datetime, **values: Any) -> None:
    db.session.connection().execute(_row(job, due).values(values))


def _row(job: str, due: datetime) -> sa.Update:
    return sa.update(R).where(R.c.job == job, R.c.due == due)


def _said(error: Exception) -> str:
    """What went wrong; errors of the database may hold guests' data and keep it."""
    return "" if isinstance(error, DBAPIError) else str(error)
