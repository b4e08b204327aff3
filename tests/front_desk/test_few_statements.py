"""The desk stays quick: a season of 160,000 actions is replayed in minutes, so every statement of these counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod
from pms.db import db
from pms.front_desk import actions
from pms.property.queries import hotel
from tests.front_desk.steps import Desk


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile; the settings of the house are known already."""
    hotel()
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    sa.event.remove(db.engine, "before_cursor_execute", note)


def test_check_in_takes_at_most_fourteen_statements(desk: Desk) -> None:
    stay, by = desk.house.stay(room="1204"), desk.by()
    sheet = desk.sheet(stay)
    with counted() as sent:
        actions.check_in(stay, sheet, **by)
    assert len(sent) <= 14, sent


def test_payment_takes_at_most_four(desk: Desk) -> None:
    stay, by = desk.guest_in_house(), desk.by()
    folio = desk.folio(stay)
    with counted() as sent:
        cashier.pay(folio, stay.id, 100, PaymentMethod.CARD, **by)
    assert len(sent) <= 4, sent


def test_check_out_takes_at_most_eleven(desk: Desk) -> None:
    stay, by = desk.guest_in_house(nights=0, use="day_use"), desk.by()
    with counted() as sent:
        actions.check_out(stay, **by)
    assert len(sent) <= 11, sent
