"""Where the day stands, for the page of the night audit: what blocks, what would be posted, how far each step is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pms import clock
from pms.accounts.models import User
from pms.cashier.models import PostingKind
from pms.errors import Refused
from pms.money import Amount
from pms.night_audit import actions, hold, queries_figures, queries_standing
from pms.night_audit.actions import Rehearsal
from pms.night_audit.queries_standing import AuditRow, StepRow
from pms.night_audit.rules import may_be_taken_over
from pms.night_audit.steps import STEPS, Step
from pms.property.queries import hotel
from pms.reporting.catalogue import nightly
from pms.reporting.formulas import adr, percent, revpar
from pms.say import Listed, Say, say

DAY = timedelta(days=1)
POSTINGS = {
    PostingKind.ROOM: say("Room charges"),
    PostingKind.PACKAGE: say("Breakfast in packages"),
    PostingKind.TAX: say("Tax"),
    PostingKind.NO_SHOW_FEE: say("No-show fees"),
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step on the page; `state` is done, failed (done, but something is missing), running or waits."""

    number: int
    step: Step
    state: str
    note: Say | None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One kind of charge: tonight against last night, minor units."""

    title: Say
    count: int
    tonight: int
    last_night: int

    @property
    def difference(self) -> int:
        return self.tonight - self.last_night


@dataclass(frozen=True, slots=True)
class NightFigures:
    """What the night comes to as things stand; amounts in minor units, shares in per cent."""

    occupancy: Any
    occupancy_less_closed: Any
    adr: int | None
    revpar: int | None
    out_of_order: int
    rooms: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the audit of a date is."""

    day: date
    audit: AuditRow | None
    done: Mapping[str, StepRow]

    @property
    def finished(self) -> bool:
        return self.audit is not None and self.audit.finished_at is not None

    @property
    def running(self) -> bool:
        """Is somebody's process at work on it now?"""
        audit = self.audit
        if audit is None or not audit.holder:
            return False
        silence = clock.now() - audit.beat_at if audit.beat_at else None
        return not may_be_taken_over(silence=silence, gone=hold.is_gone(audit.holder))

    @property
    def next_step(self) -> int:
        """The number of the first step that is not done; one more than there are when all are."""
        return next((n for n, step in enumerate(STEPS, 1) if step.name not in self.done), len(STEPS) + 1)

    def lines(self, rehearsal: Rehearsal | None = None) -> Iterator[StepLine]:
        """Every step in order; with a rehearsal also what those not done yet would do."""
        running = self.running
        for number, step in enumerate(STEPS, 1):
            row = self.done.get(step.name)
            if row:
                note, whole = _did(step.name, row.result)
                yield StepLine(number, step, "done" if whole else "failed", note, row.done_at)
            else:
                now = running and number == self.next_step
                note = _would_do(step.name, rehearsal) if rehearsal else None
                yield StepLine(number, step, "running" if now else "waits", note)


@dataclass(frozen=True, slots=True)
class Standing:
    """The next audit. Without a rehearsal, `refused` says why there is none yet."""

    progress: Progress
    rehearsal: Rehearsal | None
    refused: Refused | None
    last: AuditRow | None

    @property
    def day(self) -> date:
        return self.progress.day

    def postings(self) -> list[PostingLine]:
        """What would be posted, kind by kind, beside what was posted for the date before."""
        if self.rehearsal is None:
            return []
        before = queries_standing.posted_by_audit(self.day - DAY)
        tonight = {kind: (one.count, one.total) for kind, one in self.rehearsal.posted.items()}
        fees = [one.fee for one in self.rehearsal.no_shows if one.fee]
        tonight[PostingKind.NO_SHOW_FEE] = (len(fees), sum(fees))
        found = []
        for kind, title in POSTINGS.items():
            count, total = tonight.get(kind, (0, 0))
            last = before.get(kind, (0, 0))[1]
            if count or last:
                found.append(PostingLine(title, count, total, last))
        return found

    def figures(self) -> NightFigures:
        """Occupancy, ADR and RevPAR as they would be frozen now."""
        (counted,) = queries_figures.counts(self.day)
        room = self.rehearsal.posted.get(PostingKind.ROOM) if self.rehearsal else None
        revenue = queries_figures.revenue(self.day)[0] + (room.total if room else 0)
        sold = counted.occupied - counted.complimentary - counted.house_use
        return NightFigures(
            occupancy=percent(counted.occupied, counted.rooms),
            occupancy_less_closed=percent(counted.occupied, counted.rooms - counted.out_of_order),
            adr=adr(revenue, sold),
            revpar=revpar(revenue, counted.rooms),
            out_of_order=counted.out_of_order,
            rooms=counted.rooms,
        )


def stand(by: User, now: datetime) -> Standing:
    """Where the next audit stands; reads only. Raises `NotAllowed`."""
    progress = progress_of(actions.next_date())
    last = queries_standing.last_closed()
    try:
        return Standing(progress, actions.rehearse(by, now), None, last)
    except actions.NotBegun as no:
        return Standing(progress, None, no, last)


def progress_of(day: date) -> Progress:
    return Progress(day, queries_standing.audit(day), queries_standing.steps_of(day))


# --- What a step did, or would do, in a few words ---------------------------------------------------------------------
def _did(name: str, result: Mapping[str, Any]) -> tuple[Say | None, bool]:
    """The words, and whether everything is there that should be."""
    if name == "papers" and result["failed"]:
        return say("could not be printed: {names}", names=Listed(result["failed"])), False
    if name == "backup" and result["note"]:
        return say("no copy was made: {problem}", problem=result["note"]), False
    if name == "check":
        return say("{count} warnings noted", count=result["warnings"]), True
    if name == "no_shows":
        return _fees(result["count"], result["fees"]), True
    if name == "charges":
        return _amount(result["count"], result["total"]), True
    if name == "rooms":
        return say("{count} turn dirty", count=result["dirty"]), True
    if name == "figures":
        return say("{count} rooms occupied", count=result["occupied"]), True
    return None, True


def _would_do(name: str, rehearsal: Rehearsal) -> Say | None:
    if name == "no_shows":
        return _fees(len(rehearsal.no_shows), rehearsal.fees)
    if name == "charges":
        return _amount(rehearsal.charges, rehearsal.total)
    if name == "close":
        return say("the desks go on")
    return say("{count} papers", count=len(nightly())) if name == "papers" else None


def _amount(count: int, total: int) -> Say:
    return say("{count}, {amount}", count=count, amount=Amount(total, hotel().currency))


def _fees(count: int, fees: int) -> Say:
    return say("{count}, fees {amount}", count=count, amount=Amount(fees, hotel().currency))
