"""The folio of a stay, its postings, and the folios it was split into."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from pms.api.schemas import Amount, Asked, Day, Given, Id, Line, Text
from pms.cashier.models import PaymentMethod, PostingKind


class PostingOut(Given):
    """A line of the bill: charges positive, what came in negative. `reverses` is the line it takes back.

    `window` 1 is the guest's own folio, others are those it was split into.
    """

    id: int
    window: int
    business_date: date
    at: datetime
    kind: PostingKind
    amount: int
    method: PaymentMethod | None
    reference: str
    text: str
    night: date | None
    reversed: bool
    reverses: int | None


class WindowOut(Given):
    """A folio for somebody else who pays; `balance` is what he owes."""

    number: int
    payer: str
    balance: int


class FolioOut(Given):
    """`balance` is what the guest owes, negative when in credit; `windows` are the folios it was split into."""

    number: str
    stay_id: int
    currency: str
    opened_on: date
    closed_on: date | None
    balance: int
    held_by_cards: int
    windows: list[WindowOut]
    postings: list[PostingOut]


class ChargeIn(Asked):
    kind: PostingKind
    amount: Amount
    text: Text = ""
    night: Day | None = None
    reference: Line = ""


class PaymentIn(Asked):
    """Money that comes in; `kind` refund gives it back, transfer charges the account named in `reference`."""

    amount: Amount
    method: PaymentMethod
    kind: PostingKind = PostingKind.PAYMENT
    reference: Line = ""


class ReversalIn(Asked):
    reason: Text


class WindowIn(Asked):
    """Who pays for what will be moved there."""

    payer: Line


class MoveIn(Asked):
    """Postings of the stay, and the window they go to."""

    postings: list[Id] = Field(max_length=200)
    window: int = Field(ge=1, le=99)


class Posted(Given):
    """The new line and what is owed now."""

    posting_id: int
    balance: int
