"""One audit at a time: who holds it, whether that process is alive, and the fence around every step.

The row of `audits` names the process that runs. Whoever finds it alive is refused; a process that is gone, or has
given no sign of life for five minutes, is taken over from. Each step begins by proving that it still holds the audit,
in its own unit of work: one that was taken over from, and only slept, can change nothing any more.
"""

from __future__ import annotations

import os
import socket
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from pms import clock
from pms.accounts.models import User
from pms.db import db, insert_missing, run
from pms.errors import Conflict
from pms.night_audit.models import Audit
from pms.night_audit.rules import may_be_taken_over
from pms.say import say

A = Audit.__table__
_MINE = sa.and_(A.c.business_date == sa.bindparam("day"), A.c.holder == sa.bindparam("me"))
_BEAT = sa.update(A).where(_MINE).values(beat_at=sa.bindparam("at"))
_LET_GO = sa.update(A).where(_MINE).values(holder="", held_by=None, held_since=None)


class Held(Conflict):
    """Somebody else runs the audit of this date."""


def new_holder() -> str:
    """A name for this run: host, process, when the process began, and a word of its own (threads share the rest)."""
    pid = os.getpid()
    return f"{socket.gethostname()} {pid} {_began(pid) or '-'} {uuid4().hex[:8]}"


def take(day: date, holder: str, by: User, now: datetime) -> bool:
    """Begin or go on with the audit of `day`; inside `work()`. Returns True when it was begun now.

    Raises `Held` with who runs it and since when.
    """
    at = clock.now()
    held = {"holder": holder, "held_by": by.id, "held_since": at, "beat_at": at}
    row = {"business_date": day, "started_at": now, "started_by": by.id, "unattended": False, "journal_head": ""}
    if insert_missing(Audit, [row | held | {"warnings": []}]):
        return True
    audit = db.session.get_one(Audit, day, with_for_update=True, populate_existing=True)
    if audit.finished_at is not None:
        raise Conflict(say("{day} is already closed.", day=day))
    silence = at - audit.beat_at if audit.beat_at else None
    if audit.holder and not may_be_taken_over(silence=silence, gone=is_gone(audit.holder)):
        raise _held(audit)
    note(day, **held)
    return False


def keep(day: date, holder: str) -> None:
    """A sign of life, and the proof that this run still holds the audit. Raises `Held` when it does not."""
    parameters = {"day": day, "me": holder, "at": clock.now()}
    if run(_BEAT, parameters).rowcount != 1:
        raise Held(say("Somebody else has taken over the night audit of {day}. Nothing more was done here.", day=day))


def note(day: date, **values: Any) -> None:
    """Write something down about the audit of `day`."""
    db.session.connection().execute(sa.update(A).where(A.c.business_date == day), values)


def finish(day: date, holder: str, now: datetime) -> None:
    """The audit is at its end. Raises `Held` like `keep`."""
    keep(day, holder)
    note(day, finished_at=now, holder="", held_by=None, held_since=None)


def let_go(day: date, holder: str) -> None:
    """Nobody runs it any more; what is done stays done."""
    run(_LET_GO, {"day": day, "me": holder})


def is_gone(holder: str) -> bool:
    """Is the process of this holder, on this machine, no longer there? False for other machines: nobody can tell."""
    host, pid, began, _ = holder.split(" ")
    return host == socket.gethostname() and (_began(int(pid)) or "-") != began


def _began(pid: int) -> str | None:
    """When a process began, in ticks since the machine started: numbers are reused. None when dead or unknown."""
    try:
        state, *numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if state == "Z" else numbers[18]


def _held(audit: Audit) -> Held:
    user = db.session.get(User, audit.held_by) if audit.held_by else None
    assert audit.held_since is not None
    return Held(
        say(
            "{who} is running the night audit of {day} since {time}. Wait for its end, then look again.",
            who=user.name if user else audit.holder,
            day=audit.business_date,
            time=f"{clock.local(audit.held_since):%H:%M}",
        )
    )
