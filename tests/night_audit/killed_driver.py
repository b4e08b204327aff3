"""Run by test_killed.py: an audit that kills its own process with SIGKILL at the n-th moment, on a fresh copy of the
database; then another process goes on to the end.

A moment is every statement, and every commit just before and just after it. Prints one JSON object a try.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pms import create_app
from pms.accounts.models import User
from pms.db import db
from pms.night_audit import actions, archive
from tests.night_audit.databases import Copy

STATE = {
    "date": "SELECT date FROM business_day",
    "postings": "SELECT count(*) FROM postings",
    "money": "SELECT sum(amount) FROM postings",
    "no-shows": "SELECT count(*) FROM stays WHERE status = 'no_show'",
    "nights kept": "SELECT count(*) FROM room_nights",
    "sold": "SELECT sum(sold) FROM type_nights",
    "steps": "SELECT count(*) FROM audit_steps",
    "lists": "SELECT count(*) FROM snapshots",
    "figures": "SELECT sum(room_revenue + other_revenue) FROM daily_figures",
    "papers": "SELECT count(*) FROM papers",
    "journal": "SELECT count(*) FROM journal",
    "notices": "SELECT count(*) FROM notices",
    "slips": "SELECT count(*) FROM messages WHERE status = 'taken_off'",
    "dirty": "SELECT count(*) FROM rooms WHERE housekeeping = 'dirty'",
    "unfinished": "SELECT count(*) FROM audits WHERE finished_at IS NULL OR holder <> ''",
}


def main(url: str, data: str, now: str, every: int) -> None:
    copy, moment = Copy(url), datetime.fromisoformat(now)
    settings = {"DATABASE_URL": copy.url, "DATA_DIR": data, "ENVIRONMENT": "development", "SECRET_KEY": "x" * 32}
    two_papers = archive.nightly()[:2]  # each takes as long as all other steps together
    archive.nightly = lambda: two_papers
    with create_app(settings).app_context():
        copy.renew()
        clock = Clock()
        audit(moment, clock, kill_at=0)  # what it loads and compiles, the processes below share
        copy.renew()
        moments = int(in_child(moment, clock, kill_at=0))
        for number in range(1, moments, every):  # at the last one everything is done
            copy.renew()
            killed = in_child(moment, clock, kill_at=number)
            # Statements may be one fewer than counted: who was killed after the last one has nothing to resume.
            resumed = "0" if is_over(copy.url) else in_child(moment, clock, kill_at=0)
            print(json.dumps({"at": number, "killed": killed, "resumed": resumed, "end": state(copy.url)}), flush=True)
    copy.remove()


class Clock:
    """Counts the moments and kills the process at the one that was asked for."""

    def __init__(self) -> None:
        self.moments = self.kill_at = 0
        sa.event.listen(db.engine, "after_cursor_execute", self.tick)
        sa.event.listen(db.engine, "commit", self.tick)
        sa.event.listen(db.session, "after_commit", self.tick)

    def tick(self, *_: Any) -> None:
        self.moments += 1
        if self.moments == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


def in_child(now: datetime, clock: Clock, *, kill_at: int) -> str:
    """Audit in a forked process: "killed", or how many moments there were."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, str(audit(now, clock, kill_at=kill_at)).encode())
        except BaseException:
            traceback.print_exc()
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    return "killed" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL else said


def audit(now: datetime, clock: Clock, *, kill_at: int) -> int:
    """The whole audit; returns how many moments it had. Leaves no connection open for a forked process to inherit."""
    clock.moments, clock.kill_at = 0, kill_at
    by = db.session.query(User).filter_by(login="night_auditor").one()
    db.session.rollback()
    actions.run(by, now, unattended=True)
    db.session.remove()
    db.engine.dispose()
    return clock.moments


def is_over(url: str) -> bool:
    found = state(url)
    return found["unfinished"] == "0" and found["steps"] == "9"


def state(url: str) -> dict[str, str]:
    """What must be the same whenever it was killed: how many rows of each kind, and what they come to."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = {name: str(connection.exec_driver_sql(sql).scalar()) for name, sql in STATE.items()}
    engine.dispose()
    return found


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
