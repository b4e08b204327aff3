"""The regular work of the house and when it is due (N1, N2, N4, N6). A further job is a function and a line in JOBS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pms import clock, journal, notices
from pms.accounts.actions import system_user
from pms.accounts.models import User
from pms.assignment import planning
from pms.db import db, reading, work
from pms.departments import Department
from pms.night_audit import archive, backups, queries, verifying
from pms.reporting.catalogue import Report, When, nightly, reports
from pms.requests.following_up import escalate
from pms.say import say
from pms.worker import delivery, downtime, rules
from pms.worker.claims import once

AUDIT_PATIENCE = timedelta(hours=1)  # so long after its date was closed an audit may still be at its papers


@dataclass(frozen=True, slots=True)
class Job:
    """`due` says from the hotel's clock when it was due last, or None; `do` gets that moment and now."""

    name: str
    due: Callable[[datetime], datetime | None]
    do: Callable[[datetime, datetime], Any]


def run_due(now: datetime) -> list[str]:
    """Do everything that is due and not done; returns the names of what was done here. Outside any unit of work."""
    with reading():
        local = clock.local(now)
        due = [(job, job.due(local)) for job in JOBS]
    done = []
    for job, at in due:
        if at is not None and once(job.name, at, lambda job=job, at=at: job.do(at, now), now=now):  # type: ignore[misc]
            done.append(job.name)
    with work():
        journal.seal()
        escalate(by=_house(now), now=now)
    return done


def _house(now: datetime) -> User:
    """The house itself, in whose name regular work is done."""
    return system_user("worker", "Worker", now=now)


def pre_place(due: datetime, now: datetime) -> Any:
    """17:00: rooms for tomorrow's arrivals, so that the papers of 18:00 name them (C1)."""
    with work():
        by = _house(now)
    db.session.expunge(by)
    with reading():
        today = clock.business_date()
    done = planning.pre_place(today, by=by, now=now)
    return {"placed": done[1].count if done else 0}


def evening_papers(due: datetime, now: datetime) -> Any:
    """18:00: next-day arrivals to the departments (N1)."""
    return _make(due, _made(When.EVENING), now)


def papers_of_the_week(due: datetime, now: datetime) -> Any:
    """Friday 18:00: next week's groups and conferences to the departments (N2)."""
    return _make(due, _made(When.WEEKLY), now)


def papers_of_the_night(due: datetime, now: datetime) -> Any:
    """Papers of the closed date that its audit did not make, and all of them to the departments (N4, N6)."""
    return _make(due, nightly(), now)


def downtime_pack(due: datetime, now: datetime) -> Any:
    return {"file": downtime.make(clock.local(due), now=now)}


def _made(when: When) -> list[Report]:
    return [report for report in reports() if report.when is when]


def nightly_copy(due: datetime, now: datetime) -> Any:
    """The copy of the date closed last, made up for where its audit left none, and proved by putting it back."""
    with reading():
        day = clock.business_date() - timedelta(days=1)
    file = backups.place_of(day)
    made = None if file.is_file() else backups.back_up(day)
    if made is not None and made.note is not None:
        wrong = [made.note]
    else:
        wrong = [looked.text for looked in verifying.prove(file) if not looked.well]
    if wrong:
        with work():
            text = say("The copy of the database of {day} is not to be relied on: {why}", day=day, why=wrong[0])
            notices.tell((Department.ASSISTANT_MANAGER,), text, about=f"copy:{day}", by=_house(now), now=now)
    return {"file": file.name, "made": made is not None, "wrong": [str(text) for text in wrong]}


def _make(due: datetime, wanted: list[Report], now: datetime) -> Any:
    """Into the archive, from there to folders and by mail. `due` of a house that is behind means its open date."""
    with reading():
        day = min(clock.local(due).date(), clock.business_date())
    failed = archive.print_missing(day, wanted, now=now)
    files = delivery.to_folders(day, wanted)
    mailed = delivery.by_mail(day, wanted, due=due, now=now)
    return {"day": day.isoformat(), "failed": failed, "files": files, "mailed": mailed}


def _afternoon(local: datetime) -> datetime | None:
    return _not_before_opening(rules.last_hour_of_day(local, rules.PLACING_HOUR))


def _evening(local: datetime) -> datetime | None:
    return _not_before_opening(rules.last_hour_of_day(local))


def _friday(local: datetime) -> datetime | None:
    return _not_before_opening(rules.last_friday(local))


def _before_morning(local: datetime) -> datetime | None:
    """Only where a date was ever closed: the copy is of the house as the audit left it."""
    closed = queries.audit_of(clock.business_date() - timedelta(days=1))
    return rules.last_hour_of_day(local, rules.COPY_HOUR) if closed else None


def _last_closed(local: datetime) -> datetime | None:
    """The date closed last, at its noon; none while its audit is still at work."""
    day = clock.business_date() - timedelta(days=1)
    found = queries.audit_of(day)
    if found is None or (found.finished_at is None and local - found.started_at < AUDIT_PATIENCE):
        return None
    return clock.at_local(day, 12)


def _not_before_opening(due: datetime) -> datetime | None:
    """A house that opened after that moment has nothing to make up for."""
    return due if due.date() >= (queries.first_date() or clock.business_date()) else None


JOBS: tuple[Job, ...] = (
    Job("pre_place", _afternoon, pre_place),
    Job("evening_papers", _evening, evening_papers),
    Job("papers_of_the_week", _friday, papers_of_the_week),
    Job("papers_of_the_night", _last_closed, papers_of_the_night),
    Job("nightly_copy", _before_morning, nightly_copy),
    Job("downtime_pack", rules.last_full_hour, downtime_pack),
)
