"""What a clerk does, in one word each; a test changes only what it is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pms.cashier import actions as cashier
from pms.cashier import queries as ledger
from pms.cashier.models import PaymentMethod, PostingKind
from pms.db import db
from pms.front_desk import actions
from pms.front_desk.actions import CheckedIn, CheckIn, Deposit, DepositKind, Seen
from pms.guests.models import DocumentKind, GuestDocument
from pms.journal import JournalLine
from pms.notices import Department, Notice, NoticeTo
from pms.reservations.models import Stay, StayGuest
from tests.builders import NOON, House

NO_DEPOSIT = Deposit(DepositKind.NONE, why_none="company pays")


@dataclass
class Desk:
    """The desk of a house, with a front-desk agent on duty."""

    house: House
    now: datetime = NOON

    def by(self, role: str = "front_desk_agent") -> dict[str, Any]:
        return {"by": self.house.user(role), "now": self.now}

    def sheet(self, stay: Stay, **changes: Any) -> CheckIn:
        """A complete check-in sheet: every guest's document seen, signed, no deposit with a reason, one key."""
        guests = [stay.guest_id, *db.session.scalars(sa.select(StayGuest.guest_id).where(StayGuest.stay_id == stay.id))]
        seen = tuple(Seen(guest_id, self.document(guest_id)) for guest_id in guests)
        return replace(CheckIn(documents=seen, signed=True, deposit=NO_DEPOSIT), **changes)

    def document(self, guest_id: int) -> int:
        paper = GuestDocument(guest_id=guest_id, kind=DocumentKind.PASSPORT, number=f"E{guest_id:08d}", country="DE")
        db.session.add(paper)
        db.session.flush()
        return paper.id

    def check_in(self, stay: Stay, role: str = "front_desk_agent", **changes: Any) -> CheckedIn:
        return actions.check_in(stay, self.sheet(stay, **changes), **self.by(role))

    def guest_in_house(self, room: str = "1204", nights: int = 2, **values: Any) -> Stay:
        stay = self.house.stay(room=room, nights=nights, **values)
        self.check_in(stay)
        return stay

    def charge(self, stay: Stay, amount: int, kind: PostingKind = PostingKind.FOOD, role: str = "cashier") -> int:
        return cashier.post(self.folio(stay), stay.id, kind, amount, **self.by(role))

    def settle(self, stay: Stay) -> None:
        if owed := ledger.balance(self.folio(stay)):
            kind = PostingKind.PAYMENT if owed > 0 else PostingKind.REFUND
            cashier.pay(self.folio(stay), stay.id, abs(owed), PaymentMethod.CASH, kind=kind, **self.by("cashier"))

    def folio(self, stay: Stay) -> int:
        found = ledger.folio_of(stay.id)
        assert found is not None
        return found


def journal_of(stay: Stay) -> list[str]:
    """What was done to a stay, in order."""
    wanted = sa.select(JournalLine.action).where(JournalLine.subject == f"stay:{stay.id}").order_by(JournalLine.id)
    return list(db.session.scalars(wanted))


def told_about(stay: Stay) -> set[Department]:
    """The departments that were told something about a stay."""
    wanted = sa.select(NoticeTo.department).join(Notice, Notice.id == NoticeTo.notice_id)
    return set(db.session.scalars(wanted.where(Notice.about == f"stay:{stay.id}")))
