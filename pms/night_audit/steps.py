"""The steps of the night audit in their order (papers.md), each a small function with its row in `audit_steps`.

A step gets the `Run` and returns plain data about what it did. It is one unit of work together with its row, so that
it is done once or not at all; steps marked `in_pieces` make things that are the same when made again (papers, the
copy of the database) and save as they go.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pms import clock, journal
from pms.accounts.models import User
from pms.cashier import charges
from pms.cashier.models import PostingKind
from pms.db import db, insert_all
from pms.errors import Offer, Refused
from pms.night_audit import archive, backups, hold, pre_check, queries, queries_figures, rules, snapshots
from pms.night_audit.models import DailyFigures
from pms.night_audit.queries_rooms import make_stay_overs_dirty, take_messages_off_the_rack
from pms.reservations import closures
from pms.reservations.actions import mark_no_show
from pms.reservations.groups import release_at_cut_off
from pms.say import Say, say

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the audit of `day`, on behalf of `by`; `holder` is its name in the fence (night_audit.hold)."""

    day: date
    by: User
    now: datetime
    holder: str
    unattended: bool = False


Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    title: Say
    do: Callable[[Run], Result]
    in_pieces: bool = False


def check(run: Run) -> Result:
    """1: what blocks must be mended first; warnings are noted. Raises `Refused` with everything that blocks."""
    findings = pre_check.examine(run.day, run.now, unattended=run.unattended)
    refuse_if_blocked(run.day, findings)
    warnings = [finding.text.to_json() for finding in rules.warnings(findings)]
    hold.note(run.day, warnings=warnings, unattended=run.unattended)
    return {"warnings": len(warnings)}


def refuse_if_blocked(day: date, findings: list[rules.Finding]) -> None:
    """Raises `Refused` with an offer for each finding that blocks: the sentence, the verb that mends it, the record."""
    blocking = rules.blockers(findings)
    if not blocking:
        return
    offers = tuple(Offer(finding.text, finding.mend, finding.about) for finding in blocking)
    reason = say("{day} cannot be closed yet. To be mended first: {count}.", day=day, count=len(blocking))
    raise Refused(reason, offers=offers)


def mark_no_shows(run: Run) -> Result:
    """2: who did not come by the end of the date is a no-show; the room is free again for the rest of the stay, and
    who had guaranteed the booking is charged by the policy of the house."""
    stays = queries.stays_not_arrived(run.day)
    fees = charges.no_show_fees(stays)
    for stay in stays:
        mark_no_show(stay, by=run.by, now=run.now)
        if fee := fees[stay.id]:
            charges.post_fee(stay, PostingKind.NO_SHOW_FEE, fee, by=run.by, now=run.now)
    return {"count": len(stays), "fees": sum(fees.values())}


def post_room_charges(run: Run) -> Result:
    """3: the night's price, packages and tax for everybody in house."""
    posted = charges.post_room_charges(run.day, by=run.by, now=run.now)
    return {"count": posted.count, "total": posted.total}


def close_date(run: Run) -> Result:
    """4: the lists are frozen and the business date moves on, in one unit of work; desks go on working on the new date.

    From here on nobody else can write on this date, so what came in since the steps before is taken along.
    """
    clock.hold_business_date()
    late = _take_along(run)
    rows = snapshots.freeze(run.day)
    clock.advance_business_date(run.day, run.day + DAY, at=run.now)
    journal.write(run.by, "close_date", f"date:{run.day}", now=run.now, unattended=run.unattended, rows=rows)
    return late | {"rows": rows}


def _take_along(run: Run) -> Result:
    """A guest checked in, a booking taken or a due-out left over while the steps before were running."""
    refuse_if_blocked(run.day, list(pre_check.still_here(run.day, run.now)))
    late: Result = {}
    if queries.stays_not_arrived(run.day):
        late["no_shows"] = mark_no_shows(run)["count"]
    if queries.nights_without_charge(run.day):
        post_room_charges(run)
        late["charged"] = True
    return late


def set_room_status(run: Run) -> Result:
    """5: rooms slept in are dirty, closures that ended come back, groups past their cut-off give rooms without a name
    back (R8), old message slips leave the rack (Q2).

    A room that housekeeping has dealt with since the date was closed stays as it is.
    """
    closed_at = queries.done_at(run.day, "close")
    dirty = make_stay_overs_dirty(run.day, closed_at=closed_at, now=run.now)
    back = closures.bring_back(run.day + DAY, now=run.now)
    groups = release_at_cut_off(by=run.by, now=run.now)
    slips = take_messages_off_the_rack(run.now, by=run.by)
    return {"dirty": dirty, "came_back": len(back), "slips": slips, "groups_released": len(groups)}


def freeze_figures(run: Run) -> Result:
    """6: the figures of the date, from what was counted when it was closed and from its postings."""
    (counted,) = snapshots.read("counts", run.day)
    ledger = queries.guest_ledger(run.day)
    room_revenue, other_revenue = queries_figures.revenue(run.day)
    money = {
        "room_revenue": room_revenue,
        "other_revenue": other_revenue,
        "guest_ledger_opening": ledger.opening,
        "guest_ledger_debit": ledger.debit,
        "guest_ledger_credit": ledger.credit,
        "guest_ledger_closing": ledger.closing,
    }
    insert_all(DailyFigures, [{"business_date": run.day} | counted._asdict() | money])
    return {"occupied": counted.occupied, "room_revenue": room_revenue}


def print_papers(run: Run) -> Result:
    """7: the papers of the night into the archive."""
    return {"failed": archive.print_papers(run.day, run.holder, now=run.now)}


def seal_journal(run: Run) -> Result:
    """8: the journal is sealed and its head noted; then comes the copy of the database."""
    sealed = journal.seal()
    head = db.session.get_one(journal.JournalHead, 1)
    hold.note(run.day, journal_head=head.hash)
    return {"sealed": sealed, "seq": head.seq}


def back_up(run: Run) -> Result:
    """8: a copy of the whole database."""
    made = backups.back_up(run.day)
    return {"file": made.file.name if made.file else "", "note": str(made.note or "")}


STEPS: tuple[Step, ...] = (
    Step("check", say("Check what stands in the way"), check),
    Step("no_shows", say("No-shows"), mark_no_shows),
    Step("charges", say("Room charges, packages and tax"), post_room_charges),
    Step("close", say("Close the date"), close_date),
    Step("rooms", say("Room status"), set_room_status),
    Step("figures", say("Freeze the figures"), freeze_figures),
    Step("papers", say("Print the papers"), print_papers, in_pieces=True),
    Step("seal", say("Seal the journal"), seal_journal),
    Step("backup", say("Copy the database"), back_up, in_pieces=True),
)
