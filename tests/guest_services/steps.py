"""What is done at the concierge's counter, in one word each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from pms.db import db
from pms.guest_services import actions
from pms.guest_services.actions import Answer, Collection, Deposited, NewMessage
from pms.guest_services.models import Luggage, Message
from pms.guests.models import Guest
from pms.guests.rules import search_text
from pms.journal import JournalLine
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, House

EVENING = NOON + timedelta(hours=6)
BAGS = Deposited(
    depositor="Fischer, Anna",
    pieces=3,
    description="2 suitcases, 1 garment bag",
    shelf="C5",
    due_at=EVENING,
    no_valuables=True,
    no_dangerous_goods=True,
)
CALL = Collection("Fischer, Anna", 3, signed=True, id_seen=True)
MESSAGE = NewMessage("Mr Weber", "The meeting begins at three.", read_back=True)


@dataclass
class Counter:
    house: House
    now: datetime = NOON

    def by(self, role: str = "concierge") -> dict[str, Any]:
        return {"by": self.house.user(role), "now": self.now}

    def person(self, surname: str = "Fischer", given: str = "Anna", name_zh: str = "", **values: Any) -> Guest:
        return self.house.guest(surname, given, name_zh, search=search_text(surname, given, name_zh), **values)

    def guest(self, room: str = "1204", guest: Guest | None = None, **values: Any) -> Stay:
        return self.house.stay(room=room, status=Status.IN_HOUSE, guest=guest or self.person(), **values)

    def store(self, role: str = "concierge", stay: Stay | None = None, **changes: Any) -> Luggage:
        return actions.store_luggage(replace(BAGS, **changes), stay=stay, **self.by(role))

    def release(self, luggage: Luggage, role: str = "concierge", **changes: Any) -> Luggage:
        return actions.release_luggage(luggage, replace(CALL, **changes), **self.by(role))

    def message(self, stay: Stay, role: str = "concierge", **changes: Any) -> Message:
        return actions.take_message(stay, replace(MESSAGE, **changes), **self.by(role))

    def ask(self, name: str, room: str | None = None, role: str = "concierge") -> Answer:
        return actions.answer_caller(name, room, **self.by(role))


def journal_of(subject: str) -> list[str]:
    wanted = sa.select(JournalLine.action).where(JournalLine.subject == subject).order_by(JournalLine.id)
    return list(db.session.scalars(wanted))
