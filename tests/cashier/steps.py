"""What is done at the till, in one word each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pms.cashier import actions, charges, queries
from pms.cashier.charges import Posted
from pms.cashier.models import PaymentMethod, Posting, PostingKind
from pms.db import db
from pms.journal import JournalLine
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House


@dataclass
class Till:
    """The till of a house; amounts in fen."""

    house: House

    def by(self, role: str = "cashier") -> dict[str, Any]:
        return {"by": self.house.user(role), "now": NOON}

    def guest(self, room: str | None = "1204", **values: Any) -> Stay:
        """Somebody in house since today, with a folio."""
        stay = self.house.stay(room=room, status=values.pop("status", Status.IN_HOUSE), **values)
        self.folio(stay)
        return stay

    def folio(self, stay: Stay) -> int:
        return actions.open_folio(stay, **self.by())

    def charge(self, stay: Stay, amount: Any, kind: PostingKind = PostingKind.FOOD, **values: Any) -> int:
        return actions.post(self.folio(stay), stay.id, kind, amount, **(self.by() | values))

    def pay(self, stay: Stay, amount: int, method: PaymentMethod = PaymentMethod.CASH, **values: Any) -> int:
        return actions.pay(self.folio(stay), stay.id, amount, method, **(self.by() | values))

    def reverse(self, posting: int, reason: str = "wrong room", role: str = "cashier") -> int:
        return actions.reverse(posting, reason, **self.by(role))

    def audit(self) -> Posted:
        return charges.post_room_charges(TODAY, **self.by("night_auditor"))

    def balance(self, stay: Stay) -> int:
        return queries.balance(self.folio(stay))


def lines(stay: Stay) -> list[tuple[str, int]]:
    """Kind and amount of everything posted for a stay, in order."""
    wanted = sa.select(Posting.kind, Posting.amount).where(Posting.stay_id == stay.id).order_by(Posting.id)
    return [(kind.value, amount) for kind, amount in db.session.execute(wanted)]


def journal_of(stay: Stay) -> list[str]:
    wanted = sa.select(JournalLine.action).where(JournalLine.subject == f"stay:{stay.id}").order_by(JournalLine.id)
    return list(db.session.scalars(wanted))
