"""Splitting a bill by hand: windows of a folio for different payers, and postings moved between them.

The ledger stays append-only: a posting that moves is reversed where it stood and posted in the other window, so that
every sum of the folio, of a kind and of a method of payment stays what it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from pms import access, journal
from pms.access import Actor
from pms.cashier import queries, rules
from pms.cashier.actions import hold_open, open_folio, to_reverse, write
from pms.cashier.models import FolioWindow
from pms.cashier.models_signers import Signature
from pms.db import db, insert_all
from pms.errors import Refused
from pms.lengths import check_lengths
from pms.reservations.models import Stay
from pms.say import Say, say

MOST_WINDOWS = 8


def open_window(stay: Stay, payer: str, *, by: Actor, now: datetime) -> int:
    """One more window of a stay's folio, for what `payer` settles; returns its number, from 2 on."""
    access.require(by, "split_folio")
    who = payer.strip()
    if not who:
        raise Refused(say("Please say who pays the new folio."), field="payer")
    rules.check_no_card_number(who)
    check_lengths(FolioWindow, {"payer": who})
    folio_id = open_folio(stay, by=by, now=now)
    hold_open(folio_id, stay.id, alone=True)
    there = queries.windows(folio_id)
    if who in there.values():
        raise Refused(say("There is a folio of {payer} already.", payer=who), field="payer")
    number = max(there, default=1) + 1
    if number > MOST_WINDOWS:
        raise Refused(say("A bill can be split into {most} folios at most.", most=MOST_WINDOWS), field="payer")
    insert_all(FolioWindow, [{"folio_id": folio_id, "number": number, "payer": who}])
    journal.write(by, "open_window", stay, now=now, window=number, payer=who)
    return number


def move_postings(stay: Stay, postings: Sequence[int], window: int, *, by: Actor, now: datetime) -> list[int]:
    """Move postings of a stay into another window of its folio; returns the ids they have there.

    Raises `Refused` when there is none, for one that was reversed or moved before, and for one that stands there
    already; `Missing` when there is no such window.
    """
    access.require(by, "split_folio")
    if not postings:
        raise Refused(say("Mark the postings that are to be moved."), field="posting")
    folio_id = open_folio(stay, by=by, now=now)
    hold_open(folio_id, stay.id, window, alone=True)
    return [_move(folio_id, stay, posting, window, by=by, now=now) for posting in dict.fromkeys(postings)]


def _move(folio_id: int, stay: Stay, posting_id: int, window: int, *, by: Actor, now: datetime) -> int:
    line = to_reverse(posting_id)
    if line.folio_id != folio_id:
        raise Refused(say("This posting belongs to another guest."), field="posting")
    if line.window == window:
        raise Refused(say("This posting is in folio {window} already.", window=window), field="to")
    same = {"by": by, "now": now, "night": line.night, "reference": line.reference, "method": line.method}
    out = Say(rules.MOVED, {"window": window})
    write(folio_id, stay.id, line.kind, -line.amount, window=line.window, text=out, reverses_id=posting_id, **same)
    moved = write(folio_id, stay.id, line.kind, line.amount, window=window, text=line.text, **same)
    db.session.connection().execute(
        sa.update(Signature).where(Signature.posting_id == posting_id).values(posting_id=moved)
    )
    return moved
