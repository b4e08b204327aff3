"""What is done at a shift's end, in one word each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod, PostingKind
from pms.handover import actions, queries
from pms.handover.actions import Side
from pms.handover.models import CashCount, Handover, HandoverPoint, NoteKind, ShiftNote
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, House

THREE = NOON + timedelta(hours=3)  # 15:00: the early shift hands over to the late one


@dataclass
class Desk:
    """The desk at three o'clock."""

    house: House
    now: datetime = THREE

    def by(self, role: str = "front_desk_agent") -> dict[str, Any]:
        return {"by": self.house.user(role), "now": self.now}

    def note(self, text: str = "Lift 2 is slow", kind: NoteKind = NoteKind.OPEN, role: str = "concierge") -> ShiftNote:
        return actions.write_note(kind, text, **self.by(role))

    def draft(self, role: str = "front_desk_agent") -> Handover:
        return actions.draft(**self.by(role))

    def count(self, notes: int = 0, role: str = "front_desk_agent", **more: Any) -> CashCount:
        """The drawer with so many notes of a hundred in it."""
        return actions.count_drawer({10_000: notes}, **(self.by(role) | more))

    def sign(self, handover: Handover, side: Side = Side.GIVEN, role: str = "front_desk_agent") -> None:
        actions.sign(handover, side, **self.by(role))

    def given(self) -> Handover:
        """Counted and handed over by the agent."""
        handover = self.draft()
        self.count()
        self.sign(handover)
        return handover

    def points(self, handover: Handover) -> list[HandoverPoint]:
        rows = queries.points_of(handover.id, see_incognito=True)
        return [queries.point(row.id) for row in rows]

    def sources(self, handover: Handover) -> list[str]:
        return [point.source for point in self.points(handover)]

    def cash(self, amount: int, kind: PostingKind = PostingKind.PAYMENT) -> Stay:
        """A guest pays so much in cash, minor units."""
        stay = self.house.stay(room="1204", status=Status.IN_HOUSE)
        folio = cashier.open_folio(stay, **self.by("cashier"))
        cashier.pay(folio, stay.id, amount, PaymentMethod.CASH, kind=kind, **self.by("cashier"))
        return stay
