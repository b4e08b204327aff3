"""The folio of a stay: read it, charge, take money, take back."""

from __future__ import annotations

from typing import Any

from pms import clock
from pms.api import queries
from pms.api.answers import tell
from pms.api.door import Door
from pms.api.schemas_folio import (
    ChargeIn,
    FolioOut,
    MoveIn,
    PaymentIn,
    Posted,
    PostingOut,
    ReversalIn,
    WindowIn,
    WindowOut,
)
from pms.cashier import actions, windows
from pms.cashier import queries as ledger
from pms.cashier.rules import KIND_NAMES
from pms.errors import Missing
from pms.property.queries import hotel
from pms.reservations.queries import load_stay
from pms.say import from_json, say
from pms.web.gate import me

bp = Door("Folio")


@bp.does("GET /stays/{stay_id}/folio", needs="see_folio")
def read_folio(stay_id: int) -> FolioOut:
    """The bill as it stands."""
    return _folio(stay_id)


@bp.does("POST /stays/{stay_id}/folio/windows", needs="split_folio", status=201)
def open_window(stay_id: int, body: WindowIn) -> FolioOut:
    """Split the bill: one more folio of the stay, for somebody else who pays."""
    windows.open_window(load_stay(stay_id), body.payer, by=me(), now=clock.now())
    return _folio(stay_id)


@bp.does("POST /stays/{stay_id}/folio/moves", needs="split_folio", status=201)
def move_postings(stay_id: int, body: MoveIn) -> FolioOut:
    """Move postings into another folio of the stay; each is reversed where it stood and posted there."""
    windows.move_postings(load_stay(stay_id), body.postings, body.window, by=me(), now=clock.now())
    return _folio(stay_id)


def _folio(stay_id: int) -> FolioOut:
    folio = queries.folio_row(stay_id)
    lines, owed = ledger.statement(folio.id), ledger.window_balances(folio.id)
    others = ledger.windows(folio.id).items()
    return FolioOut(
        number=folio.number,
        stay_id=stay_id,
        currency=hotel().currency,
        opened_on=folio.opened_on,
        closed_on=folio.closed_on,
        balance=sum(line.amount for line in lines),
        held_by_cards=ledger.held_by_cards(stay_id),
        windows=[WindowOut(number=n, payer=payer, balance=owed.get(n, 0)) for n, payer in others],
        postings=[_posting(line) for line in lines],
    )


@bp.does("POST /stays/{stay_id}/postings", needs="post_charge", status=201)
def post(stay_id: int, body: ChargeIn) -> Posted:
    """Charge something to a guest's folio."""
    folio_id = queries.folio_row(stay_id).id
    done = actions.post(
        folio_id,
        stay_id,
        body.kind,
        body.amount,
        text=body.text or None,
        night=body.night,
        reference=body.reference,
        by=me(),
        now=clock.now(),
    )
    return Posted(posting_id=done, balance=ledger.balance(folio_id))


@bp.does("POST /stays/{stay_id}/payments", needs="take_payment", status=201)
def pay(stay_id: int, body: PaymentIn) -> Posted:
    """Take a payment or deposit, give money back, or charge an account; opens the folio of a guest yet to come."""
    now = clock.now()
    folio_id = actions.open_folio(load_stay(stay_id), by=me(), now=now)
    done = actions.pay(
        folio_id, stay_id, body.amount, body.method, kind=body.kind, reference=body.reference, by=me(), now=now
    )
    return Posted(posting_id=done, balance=ledger.balance(folio_id))


@bp.does("POST /postings/{posting_id}/reversal", needs="reverse_posting", status=201)
def reverse(posting_id: int, body: ReversalIn) -> Posted:
    """Take a posting back with an equal one of the other sign, once."""
    line = ledger.posting(posting_id)
    if line is None:
        raise Missing(say("There is no such posting."))
    done = actions.reverse(posting_id, body.reason, by=me(), now=clock.now())
    return Posted(posting_id=done, balance=ledger.balance(line.folio_id))


def _posting(line: Any) -> PostingOut:
    return PostingOut(
        id=line.id,
        window=line.window,
        business_date=line.business_date,
        at=line.at,
        kind=line.kind,
        amount=line.amount,
        method=line.method,
        reference=line.reference,
        text=tell(from_json(line.text) or KIND_NAMES[line.kind]),
        night=line.night,
        reversed=line.reversed,
        reverses=line.reverses_id,
    )
