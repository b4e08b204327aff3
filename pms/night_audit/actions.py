"""The night audit (papers.md): rehearse, run, go on where a killed run stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import DBAPIError

from pms import access, clock
from pms.accounts.models import User
from pms.cashier import charges
from pms.cashier.charges import Posted
from pms.cashier.models import PostingKind
from pms.db import insert_all, work
from pms.errors import Refused
from pms.night_audit import hold, pre_check, queries
from pms.night_audit.models import AuditStep
from pms.night_audit.rules import Finding, blockers, warnings
from pms.night_audit.steps import STEPS, Result, Run, Step
from pms.say import Say, say


class NotBegun(Refused):
    """The date has not begun on the hotel's clock, so it cannot be closed."""


DAY = timedelta(days=1)
TRIES = 4
TRY_AGAIN = frozenset({"40001", "40P01", "55P03"})  # PostgreSQL: serialization, deadlock, somebody held a lock too long


@dataclass(frozen=True, slots=True)
class Expected:
    """A booking that will become a no-show, and what its guest will be charged (minor units)."""

    stay_id: int
    guest: str
    confirmation: str
    fee: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the audit of `day` would do; nothing was written. Amounts in minor units.

    `begun` when the audit was started before and would go on with the steps in `to_do`.
    """

    day: date
    findings: tuple[Finding, ...]
    no_shows: tuple[Expected, ...]
    posted: Mapping[PostingKind, Posted]
    to_do: tuple[Step, ...]
    begun: bool

    @property
    def seen_as(self) -> str:
        """A word for exactly this rehearsal: another one when the audit would do anything else."""
        expected = [(one.stay_id, one.fee) for one in self.no_shows]
        posted = [(kind.value, one.count, one.total) for kind, one in self.posted.items()]
        words = [(str(finding.text), finding.blocks) for finding in self.findings]
        whole = repr((self.day, words, expected, posted, [step.name for step in self.to_do]))
        return hashlib.sha256(whole.encode()).hexdigest()[:20]

    @property
    def blockers(self) -> list[Finding]:
        return blockers(self.findings)

    @property
    def warnings(self) -> list[Finding]:
        return warnings(self.findings)

    @property
    def charges(self) -> int:
        return sum(one.count for one in self.posted.values())

    @property
    def total(self) -> int:
        return sum(one.total for one in self.posted.values())

    @property
    def fees(self) -> int:
        return sum(expected.fee for expected in self.no_shows)


@dataclass(frozen=True, slots=True)
class Closed:
    """A date that was closed: what the steps of this run did, by name, and the warnings that were noted."""

    day: date
    done: dict[str, Result]
    warnings: tuple[Say, ...]


def nobody_listens(day: date, step: Step) -> None:
    """The default of `tell`."""


def rehearse(by: User, now: datetime) -> Rehearsal:
    """What the next audit would do, without doing it; call it inside `reading()` or `work()`, it reads only.

    Raises `NotAllowed`, and `Refused` for a date that has not begun.
    """
    access.require(by, "run_audit")
    day = next_date()
    _refuse_future(day, now)
    done = queries.steps_done(day)
    to_do = tuple(step for step in STEPS if step.name not in done)
    if "close" in done:
        return Rehearsal(day, (), (), {}, to_do, begun=True)
    missing = queries.stays_not_arrived(day)
    fees = charges.no_show_fees(missing)
    expected = tuple(Expected(stay.id, stay.guest.name, stay.booking.confirmation, fees[stay.id]) for stay in missing)
    findings = tuple(pre_check.examine(day, now))
    return Rehearsal(day, findings, expected, charges.preview_room_charges(day), to_do, begun=bool(done))


def next_date() -> date:
    """The date whose audit comes next: one that was begun and not finished, else the business date."""
    return queries.unfinished() or clock.business_date()


def run(
    by: User,
    now: datetime,
    *,
    with_papers: bool = True,
    with_backup: bool = True,
    until: date | None = None,
    unattended: bool = False,
    tell: Callable[[date, Step], None] = nobody_listens,
) -> list[Closed]:
    """Close the business date, or every date up to `until`, step by step; call it outside any unit of work.

    An audit that was killed goes on with the first step that has no row. Warnings are noted and do not stop it;
    `unattended` notes that nobody was asked about them. `tell` is called before each step.

    Raises `NotAllowed`; `Refused` with offers when something blocks, for a date that has not begun, and for `until`
    before the business date; `hold.Held` with who runs it and since when.
    """
    access.require(by, "run_audit")
    left_out = {name for name, wanted in (("papers", with_papers), ("backup", with_backup)) if not wanted}
    closed: list[Closed] = []
    while not closed or (until and closed[-1].day < until):
        with work():
            until = until or _due(now)
            run = Run(next_date(), by, now, hold.new_holder(), unattended)
            there = _begin(run, until)
        to_do = [step for step in STEPS if step.name not in there | left_out]
        closed.append(_go_on(run, to_do, tell))
    return closed


def _due(now: datetime) -> date:
    """The date to close up to when none is asked for: the business date.

    Where an audit was stopped after it had closed its date, the new one is left alone until it is over on the hotel's
    clock: the same night the rest is done, the next night the rest and the new date.
    """
    stopped, today = queries.unfinished(), clock.business_date()
    over = today < clock.local(now).date()
    return today if stopped is None or over else stopped


def _begin(run: Run, until: date) -> set[str]:
    """Take the audit of the run's date; returns the steps that were done before."""
    _refuse_future(until, run.now)
    if until < run.day:
        raise Refused(say("{day} is already closed.", day=until))
    begun_now = hold.take(run.day, run.holder, run.by, run.now)
    return set() if begun_now else queries.steps_done(run.day)


def _go_on(run: Run, to_do: list[Step], tell: Callable[[date, Step], None]) -> Closed:
    done: dict[str, Result] = {}
    try:
        for step in to_do:
            tell(run.day, step)
            done[step.name] = _do(step, run)
        with work():
            hold.finish(run.day, run.holder, run.now)
            return Closed(run.day, done, tuple(queries.warnings_of(run.day)))
    except BaseException:
        with suppress(DBAPIError), work():
            hold.let_go(run.day, run.holder)
        raise


def _do(step: Step, run: Run) -> Result:
    """One step and its row, once or not at all; PostgreSQL may ask to try again."""
    for attempt in range(1, TRIES + 1):
        try:
            return _do_once(step, run)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in TRY_AGAIN or attempt == TRIES:
                raise
    raise AssertionError("unreachable")


def _do_once(step: Step, run: Run) -> Result:
    result = step.do(run) if step.in_pieces else None
    with work():
        hold.keep(run.day, run.holder)
        if result is None:
            result = step.do(run)
        row = {"business_date": run.day, "step": step.name, "done_at": run.now, "result": result}
        insert_all(AuditStep, [row])
    return result


def _refuse_future(day: date, now: datetime) -> None:
    """The business date may lag behind the wall clock, never run ahead: only a date that has begun can be closed."""
    today = clock.local(now).date()
    if day > today:
        raise NotBegun(say("{day} has not begun: on the hotel's clock it is {today}.", day=day, today=today))
