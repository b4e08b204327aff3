"""The night after a day under fire: who should have left pays no other night, the others pay what was agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from pms.accounts.models import User
from pms.cashier.models import Posting, PostingKind
from pms.db import db, work
from pms.errors import Refused
from pms.night_audit import actions as night_audit
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.fire.served import Answer, Client, at_once, won
from tests.front_desk.steps import Desk

pytestmark = pytest.mark.both_engines

EVENING = NOON + timedelta(hours=11)  # 23:00 in Shanghai
QUICK = {"with_papers": False, "with_backup": False}


def charges() -> list[tuple[int, int]]:
    """Stay and amount of the nights posted."""
    with work():
        wanted = sa.select(Posting.stay_id, Posting.amount).where(Posting.kind == PostingKind.ROOM)
        return [tuple(row) for row in db.session.execute(wanted.order_by(Posting.stay_id))]


def test_an_audit_of_a_date_that_has_not_begun_is_refused(client: Client, house: House) -> None:
    with work():
        auditor = house.user("night_auditor")
    with pytest.raises(Refused, match="has not begun"):
        night_audit.run(auditor, EVENING, until=TODAY + timedelta(days=1), **QUICK)
    assert client.get("/business-date")["date"] == TODAY.isoformat()


def test_a_due_out_blocks_the_night_and_is_charged_for_none(client: Client, house: House) -> None:
    with work():
        auditor = house.user("night_auditor")
        due = house.stay(arrival=-2, nights=2, room="1201", status=Status.IN_HOUSE).id
        stays = Desk(house).guest_in_house("1204", price=61_300).id
    with pytest.raises(Refused):
        night_audit.run(auditor, EVENING, **QUICK)
    assert charges() == []
    client.post(f"/stays/{due}/check-out")
    night_audit.run(auditor, EVENING, **QUICK)
    assert charges() == [(stays, 61_300)]
    assert client.get("/business-date")["date"] == (TODAY + timedelta(days=1)).isoformat()


def test_nights_are_posted_once_and_as_they_were_booked_while_the_desk_works_on(
    app: Flask, client: Client, house: House
) -> None:
    booked = {"1201": 50_000, "1202": 61_300, "1205": 99_900, "1301": 1}
    with work():
        auditor = house.user("night_auditor").id
        desk = Desk(house)
        prices = {desk.guest_in_house(room, price=price).id: price for room, price in booked.items()}
    stays = list(prices)

    def close_the_date() -> Answer:
        with app.app_context():
            by = db.session.get_one(User, auditor)
            db.session.rollback()
            night_audit.run(by, EVENING, **QUICK)
            db.session.remove()
        return client.call("GET", "/business-date")

    def sell_food(number: int) -> Answer:
        return client.call("POST", f"/stays/{stays[number]}/postings", {"kind": "food", "amount": 100})

    answers = at_once(4, lambda number: sell_food(number) if number else close_the_date())
    assert len(won(answers)) == 4, answers
    assert charges() == sorted(prices.items())
    assert client.get(f"/stays/{stays[1]}/folio")["balance"] == prices[stays[1]] + 100
