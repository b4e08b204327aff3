"""What the key of a safe-deposit box costs stands on the guest's bill, where the house asks for it (L6)."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.accounts.models import User
from pms.cashier import actions as cashier
from pms.cashier.models import Posting, PostingKind
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.guest_services import box_money, boxes, boxes_of_the_house
from pms.guest_services.box_money import Prices
from pms.guest_services.boxes import Card
from pms.guest_services.models_boxes import BoxSize, BoxUse, SafeBox
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON
from tests.clients import at_desk
from tests.guest_services.steps import Counter
from tests.races import race

SIGNED = "Fischer, Anna"


def asks(counter: Counter, deposit: int = 20_000, lost_key: int = 30_000) -> None:
    box_money.set_prices(Prices(deposit, lost_key), **counter.by("assistant_manager"))


def in_house(counter: Counter) -> Stay:
    stay = counter.guest()
    cashier.open_folio(stay, **counter.by("front_desk_agent"))
    return stay


def given(counter: Counter, stay: Stay, key_deposit: int = 20_000) -> BoxUse:
    boxes_of_the_house.add_boxes("12", BoxSize.SMALL, **counter.by("assistant_manager"))
    box = db.session.query(SafeBox).one()
    return boxes.give_box(box, stay, Card(SIGNED, key_deposit=key_deposit), **counter.by("cashier"))


def bill() -> list[tuple[PostingKind, int]]:
    rows = db.session.execute(sa.select(Posting.kind, Posting.amount).order_by(Posting.id))
    return [(row.kind, row.amount) for row in rows]


@pytest.mark.both_engines
def test_the_deposit_stands_on_the_bill_until_the_key_is_back(counter: Counter) -> None:
    asks(counter)
    use = given(counter, in_house(counter))
    assert bill() == [(PostingKind.DEPOSIT, -20_000)]
    boxes.hand_back(use, SIGNED, empty=True, key_back=True, **counter.by("cashier"))
    assert bill() == [(PostingKind.DEPOSIT, -20_000), (PostingKind.REFUND, 20_000)]


def test_a_house_that_asks_nothing_notes_it_on_the_card_only(counter: Counter) -> None:
    use = given(counter, in_house(counter))
    boxes.hand_back(use, SIGNED, empty=True, key_back=True, **counter.by("cashier"))
    assert (use.key_deposit, use.deposit_id, bill()) == (20_000, None, [])


def test_who_gives_no_deposit_has_none_on_the_bill(counter: Counter) -> None:
    asks(counter)
    given(counter, in_house(counter), key_deposit=0)
    assert bill() == []


def test_a_guest_without_an_open_bill_pays_cash(counter: Counter) -> None:
    asks(counter)
    with pytest.raises(Refused, match="no open bill") as no:
        given(counter, counter.guest())
    assert no.value.field == "key_deposit"


def test_who_has_checked_out_had_the_deposit_back_with_the_bill(counter: Counter) -> None:
    asks(counter)
    stay = in_house(counter)
    use = given(counter, stay)
    stay.status = Status.CHECKED_OUT
    boxes.hand_back(use, SIGNED, empty=True, key_back=True, **counter.by("cashier"))
    assert bill() == [(PostingKind.DEPOSIT, -20_000)]


def test_the_lost_key_of_who_has_checked_out_is_paid_in_cash(counter: Counter) -> None:
    with work():
        asks(counter)
        stay = in_house(counter)
        use = given(counter, stay, key_deposit=0)
        stay.status = Status.CHECKED_OUT
    with pytest.raises(Refused, match="take the money in cash") as no, work():
        boxes.report_lost_key(use, charge=True, **counter.by("cashier"))
    assert no.value.field == "charge"
    with work():
        boxes.report_lost_key(use, **counter.by("cashier"))
    with reading():
        assert (db.session.get_one(BoxUse, use.id).key_lost_at, bill()) == (NOON, [])


def test_a_lost_key_is_charged_once_when_the_clerk_says_so(counter: Counter) -> None:
    asks(counter)
    use = given(counter, in_house(counter), key_deposit=0)
    for _ in range(2):
        boxes.report_lost_key(use, charge=True, **counter.by("cashier"))
    assert bill() == [(PostingKind.OTHER, 30_000)]


def test_a_lost_key_without_a_charge_leaves_the_bill_alone(counter: Counter) -> None:
    asks(counter)
    use = given(counter, in_house(counter), key_deposit=0)
    boxes.report_lost_key(use, **counter.by("cashier"))
    assert (bill(), use.key_lost_at) == ([], NOON)


def test_where_a_lost_key_costs_nothing_none_is_charged(counter: Counter) -> None:
    use = given(counter, in_house(counter), key_deposit=0)
    with pytest.raises(Refused, match="charges nothing"):
        boxes.report_lost_key(use, charge=True, **counter.by("cashier"))


@pytest.mark.both_engines
def test_two_clerks_who_hear_of_one_lost_key_charge_it_once(app: Flask, counter: Counter) -> None:
    with work():
        asks(counter)
        use_id, clerk = given(counter, in_house(counter), key_deposit=0).id, counter.house.user("cashier").id

    def report(number: int) -> None:
        by = db.session.get_one(User, clerk)
        boxes.report_lost_key(db.session.get_one(BoxUse, use_id), charge=True, by=by, now=NOON)

    assert race(app, 3, report) == [None, None, None]
    with reading():
        assert bill() == [(PostingKind.OTHER, 30_000)]


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["manage_safe_boxes"]))
def test_other_roles_do_not_set_what_a_key_costs(counter: Counter, role: Role) -> None:
    with pytest.raises(NotAllowed):
        box_money.set_prices(Prices(1, 1), **counter.by(role.value))


def test_who_keeps_boxes_may_take_and_charge_money() -> None:
    assert access.ALLOWED["keep_safe_boxes"] <= access.ALLOWED["take_payment"] & access.ALLOWED["post_charge"]


# --- The pages -------------------------------------------------------------------------------------------------------
def test_the_house_says_what_a_key_costs_and_the_card_asks_for_it(app: Flask, counter: Counter) -> None:
    with work():
        boxes_of_the_house.add_boxes("12", BoxSize.SMALL, **counter.by("assistant_manager"))
        stay_id = in_house(counter).id
    am, clerk = at_desk(app, counter.house, "assistant_manager"), at_desk(app, counter.house, "cashier")
    here = "/settings/safe-boxes"
    assert "What a key costs" in am.get(here).text and "What a key costs" not in clerk.get(here).text
    asked: dict[str, Any] = {"asks-deposit": "200", "asks-lost_key": "300"}
    wrong = am.post(f"{here}/prices", asked | {"asks-deposit": "-1"})
    assert wrong.status_code == 422 and 'value="300"' in wrong.text
    assert am.post(f"{here}/prices", asked | {"asks-lost_key": ""}).status_code == 422
    assert clerk.post(f"{here}/prices", asked).status_code == 403
    assert am.post(f"{here}/prices", asked).status_code == 303
    assert 'value="200.00"' in clerk.get(f"/safe-boxes/give?stay_id={stay_id}").text
    form = {"stay_id": str(stay_id), "box_id": "1", "signed_by": SIGNED, "key_deposit": "200.00"}
    where = clerk.post("/safe-boxes/give", form).location
    assert "on the bill" in clerk.get(where).text and "Charge it to the bill" in clerk.get(where).text
    assert "计入账单" in at_desk(app, counter.house, "shift_leader", "zh").get(where).text
    assert clerk.post(f"{where}/lost-key", {"lost-charge": "y"}).status_code == 303
    with reading():
        assert bill() == [(PostingKind.DEPOSIT, -20_000), (PostingKind.OTHER, 30_000)]


def test_without_an_open_bill_the_card_says_so_and_keeps_what_was_typed(app: Flask, counter: Counter) -> None:
    with work():
        asks(counter)
        boxes_of_the_house.add_boxes("12", BoxSize.SMALL, **counter.by("assistant_manager"))
        stay_id = counter.guest().id
    clerk = at_desk(app, counter.house, "cashier")
    form = {"stay_id": str(stay_id), "box_id": "1", "signed_by": SIGNED, "key_deposit": "200"}
    page = clerk.post("/safe-boxes/give", form)
    assert page.status_code == 422 and "take the money in cash" in page.text and 'value="200"' in page.text
    assert clerk.post("/safe-boxes/give", form | {"key_deposit": ""}).status_code == 303
