"""The ledger's verbs. It is append-only (DESIGN 3.4): what was wrong is reversed and posted again, never changed.

Everything is posted on the current business date; a late posting therefore goes to the new one (papers.md).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from pms import access, clock, journal
from pms.access import Actor
from pms.accounts.models import Name
from pms.cashier import queries, queries_signers, rules
from pms.cashier.models import (
    MONEY_IN,
    Folio,
    FolioWindow,
    PaymentMethod,
    Posting,
    PostingKind,
    Preauthorisation,
)
from pms.cashier.models_signers import Signer
from pms.db import db, insert_one, run
from pms.errors import Conflict, Missing, Offer, Refused
from pms.lengths import check_lengths
from pms.property.queries import hotel
from pms.reservations.models import Stay
from pms.reservations.numbers import next_number
from pms.reservations.status import Status
from pms.say import Say, say

F, PRE, W, S = Folio.__table__, Preauthorisation.__table__, FolioWindow.__table__, Signer.__table__
_CLOSE = sa.update(F).where(F.c.id == sa.bindparam("folio")).values(closed_on=sa.bindparam("on"))
_HOLD_AGAIN = (
    sa.update(PRE)
    .where(PRE.c.stay_id == sa.bindparam("stay"), PRE.c.released_at == sa.bindparam("then"))
    .values(released_at=None)
)
_GIVE_BACK = (
    sa.update(S)
    .where(S.c.id == sa.bindparam("signer"))
    .values(used=S.c.used - sa.bindparam("amount", type_=S.c.used.type))
)
_RELEASE = (
    sa.update(PRE)
    .where(PRE.c.stay_id == sa.bindparam("stay"), PRE.c.released_at.is_(None))
    .values(released_at=sa.bindparam("moment"))
)


def open_folio(stay: Stay, *, by: Actor, now: datetime, on: date | None = None) -> int:
    """The folio of a stay, opened when there is none yet; returns its id. Part of check-in, deposits and fees.

    `on` is the business date where the caller knows it.
    """
    found = queries.folio_of(stay.id)
    if found is not None:
        return found
    number = f"{next_number('folio'):06d}"
    return insert_one(Folio, number=number, stay_id=stay.id, opened_on=on or clock.business_date())


def drop_empty_folio(stay: Stay) -> None:
    """Take back a folio on which nothing was ever posted; one with postings stays."""
    folio_id = queries.folio_of(stay.id)
    if folio_id is not None and not queries.has_postings(folio_id):
        db.session.connection().execute(sa.delete(W).where(W.c.folio_id == folio_id))
        db.session.connection().execute(sa.delete(F).where(F.c.id == folio_id))


def post(
    folio_id: int,
    stay_id: int,
    kind: PostingKind,
    amount: int,
    *,
    by: Actor,
    now: datetime,
    text: Say | str | None = None,
    night: date | None = None,
    reference: str = "",
    window: int = 1,
) -> int:
    """Charge `amount` (minor units, positive) to a window of a folio; returns the posting's id.

    Raises `Refused` for an unreasonable amount, a card number, or the folio of a guest who has checked out.
    """
    access.require(by, "post_charge")
    if kind in MONEY_IN:
        raise Refused(say("A payment is taken, not charged."), field="kind")
    rules.check_amount(amount)
    rules.check_no_card_number(reference, str(text or ""))
    hold_open(folio_id, stay_id, window)
    return write(
        folio_id, stay_id, kind, amount, window=window, by=by, now=now, text=text, night=night, reference=reference,
        method=None,
    )  # fmt: skip


def pay(
    folio_id: int,
    stay_id: int,
    amount: int,
    method: PaymentMethod,
    *,
    by: Actor,
    now: datetime,
    reference: str = "",
    kind: PostingKind = PostingKind.PAYMENT,
    window: int = 1,
) -> int:
    """Take `amount` (minor units, positive) as payment, deposit or charge to account; REFUND gives it back.

    Returns the posting's id. Raises `Refused` as `post` does; ACCOUNT and TRANSFER go together, and
    `reference` then names the account. The booking's own account must have credit for it (R4).
    """
    access.require(by, "take_payment")
    if kind not in MONEY_IN:
        raise Refused(say("A charge is posted, not paid."), field="kind")
    if (kind is PostingKind.TRANSFER) != (method is PaymentMethod.ACCOUNT):
        raise Refused(say("Charging to an account is a transfer, and a transfer goes to an account."), field="method")
    if kind is PostingKind.TRANSFER and not reference.strip():
        raise Refused(say("Please name the account that is charged."), field="reference")
    if kind is PostingKind.TRANSFER and (account := queries.account_of(stay_id)):
        rules.check_credit(account.code, account.credit, account.credit_limit, amount)
    rules.check_amount(amount)
    rules.check_no_card_number(reference)
    hold_open(folio_id, stay_id, window)
    signed = amount if kind is PostingKind.REFUND else -amount
    return write(folio_id, stay_id, kind, signed, window=window, by=by, now=now, reference=reference, method=method)


def reverse(posting_id: int, reason: str, *, by: Actor, now: datetime) -> int:
    """Take a posting back with an equal one of the other sign, once; returns the new posting's id.

    A reversal itself cannot be reversed: the right posting is made anew. Charges of the audit may be reversed and
    posted again by hand like any other.
    """
    access.require(by, "reverse_posting")
    if not reason.strip():
        raise Refused(say("Please give the reason for the reversal."), field="reason")
    rules.check_no_card_number(reason)
    line = to_reverse(posting_id)
    if signer_id := queries_signers.signer_of(posting_id):
        run(_GIVE_BACK, {"signer": signer_id, "amount": line.amount})
    return write(
        line.folio_id,
        line.stay_id,
        line.kind,
        -line.amount,
        window=line.window,
        by=by,
        now=now,
        text=say("Reversed: {reason}", reason=reason.strip()),
        night=line.night,
        reference=line.reference,
        method=line.method,
        reverses_id=posting_id,
    )


def to_reverse(posting_id: int) -> Any:
    """The row of a posting that still stands, its folio held for this unit of work alone.

    Raises `Conflict` with who was faster, `Refused` for what cannot be taken back.
    """
    line = queries.posting(posting_id)
    if line is None:
        raise Missing(say("There is no such posting."))
    if line.reverses_id is not None:
        raise Refused(say("This is a reversal itself. Post the right amount anew."))
    if line.amount == 0:
        raise Refused(say("There is nothing to reverse: the amount is zero."))
    hold_open(line.folio_id, line.stay_id, line.window, alone=True)
    if first := queries.reversal_of(posting_id):
        who, when = Name(first.name, first.name_zh), f"{clock.local(first.at):%H:%M}"
        raise Conflict(say("This posting has already been reversed or moved, by {who} at {time}.", who=who, time=when))
    return line


def preauthorise(stay: Stay, amount: int, reference: str, *, by: Actor, now: datetime) -> int:
    """Note what a card issuer holds for us 预授权, by its approval code; returns the id. No money moves."""
    access.require(by, "take_payment")
    if stay.status not in (Status.RESERVED, Status.IN_HOUSE):
        raise Refused(say("A card is held only for a guest who is here or yet to come."))
    rules.check_amount(amount)
    if not reference.strip():
        raise Refused(say("Please write the approval code of the pre-authorisation."), field="reference")
    rules.check_no_card_number(reference)
    check_lengths(Preauthorisation, {"reference": reference.strip()})
    held = insert_one(
        Preauthorisation, stay_id=stay.id, amount=amount, reference=reference.strip(), at=now, by_id=by.id
    )
    journal.write(by, "preauthorise", stay, now=now, amount=amount, reference=reference.strip())
    return held


def release_preauthorisations(stay_id: int, *, by: Actor, now: datetime) -> int:
    """Give back what cards still hold for a stay; returns how many. Part of check-out and undo check-in."""
    count = run(_RELEASE, {"stay": stay_id, "moment": now}).rowcount
    if count:
        journal.write(by, "release_preauthorisations", f"stay:{stay_id}", now=now, count=count)
    return count


def hold_again(stay_id: int, released_at: datetime, *, by: Actor, now: datetime) -> int:
    """What was released at the moment `released_at` is held on the cards as before; part of undo check-out."""
    values = {"stay": stay_id, "then": released_at}
    count = db.session.connection().execute(_HOLD_AGAIN, values).rowcount
    if count:
        journal.write(by, "hold_again", f"stay:{stay_id}", now=now, count=count)
    return count


def close_folio(stay: Stay, *, on: date) -> None:
    """Close the folio at check-out. Raises `Refused` with the balance and what to do unless each window is at zero."""
    folio_id = queries.folio_for_closing(stay.id)
    if folio_id is None:
        return
    for window, owed in queries.window_balances(folio_id).items():
        if owed:
            rules.check_settled(owed, hotel().currency, window)
    run(_CLOSE, {"folio": folio_id, "on": on})


def reopen_folio(stay: Stay) -> None:
    """Open the folio again; part of undo check-out."""
    folio_id = queries.folio_of(stay.id)
    if folio_id is not None:
        run(_CLOSE, {"folio": folio_id, "on": None})


def hold_open(folio_id: int, stay_id: int, window: int = 1, *, alone: bool = False) -> None:
    """The folio stays open until the unit of work ends. Raises `Refused` when it is closed, `Missing` when it is not
    this stay's or has no such window.
    """
    folio = queries.folio_for_posting(folio_id, alone=alone)
    if folio is None or folio.stay_id != stay_id or (window != 1 and window not in queries.windows(folio_id)):
        raise Missing(say("There is no such folio."))
    if folio.closed_on is not None:
        undo = Offer(say("Undo the check-out"), "undo_check_out", stay_id)
        today = folio.closed_on == clock.business_date()
        raise Refused(say("This guest has checked out; the folio is closed."), offers=(undo,) if today else ())


def write(
    folio_id: int,
    stay_id: int,
    kind: PostingKind,
    amount: int,
    *,
    window: int,
    by: Actor,
    now: datetime,
    method: PaymentMethod | None,
    reference: str = "",
    text: Any = None,
    night: date | None = None,
    reverses_id: int | None = None,
) -> int:
    """The posting itself and its journal line; for the verbs of the ledger, which have asked what must be asked."""
    check_lengths(Posting, {"reference": reference.strip()})
    posting: dict[str, Any] = {
        "folio_id": folio_id,
        "window": window,
        "stay_id": stay_id,
        "business_date": clock.business_date(),
        "at": now,
        "by_id": by.id,
        "kind": kind,
        "amount": amount,
        "method": method,
        "reference": reference.strip(),
        "text": text.to_json() if isinstance(text, Say) else text,
        "night": night,
        "reverses_id": reverses_id,
    }
    posting_id = insert_one(Posting, **posting)
    action = "reverse_posting" if reverses_id else "post"
    journal.write(
        by, action, f"stay:{stay_id}", now=now, posting=posting_id, kind=kind.value, amount=amount, method=method,
        window=window if window > 1 else None, reverses=reverses_id, reason=text if reverses_id else None,
    )  # fmt: skip
    return posting_id
