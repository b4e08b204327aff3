"""What is typed too long is refused with a sentence at its field, on both engines alike, and never cut off unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pms.assignment.actions import lock
from pms.cashier import actions as cashier
from pms.cashier.models import PostingKind
from pms.errors import Refused
from pms.front_desk import actions as desk_actions
from pms.front_desk.models import CallResult
from pms.front_desk.rules import CheckIn, Deposit, DepositKind, Seen
from pms.guest_services import actions as services
from pms.guests.actions import add_document
from pms.guests.models import DocumentKind
from pms.property.models import ClosureKind
from pms.reservations import closures
from tests.builders import NOON, TODAY, House
from tests.front_desk.steps import Desk
from tests.guest_services.steps import BAGS, CALL, MESSAGE

LONG = "x" * 1001
Case = Callable[[Desk], Any]


def _late_visa(desk: Desk) -> None:
    stay = desk.house.stay(room="1204")
    seen = Seen(stay.guest_id, desk.document(stay.guest_id), visa=LONG)
    sheet = CheckIn((seen,), signed=True, deposit=Deposit(DepositKind.NONE, why_none="company pays"))
    desk_actions.check_in(stay, sheet, **desk.by())


CASES: dict[str, Case] = {
    "description": lambda d: services.store_luggage(replace(BAGS, description=LONG), **d.by()),
    "depositor": lambda d: services.store_luggage(replace(BAGS, depositor=LONG), **d.by()),
    "released_to": lambda d: services.release_luggage(
        services.store_luggage(BAGS, **d.by()), replace(CALL, name=LONG, depositors_word="yes"), **d.by()
    ),
    "text": lambda d: services.take_message(d.house.stay(room="1204"), replace(MESSAGE, text=LONG), **d.by()),
    "reason": lambda d: desk_actions.change_room(d.guest_in_house("1204"), d.house.rooms["1202"], LONG, **d.by()),
    "consent": lambda d: desk_actions.change_room(
        d.guest_in_house("1204"), d.house.rooms["1202"], "leak", asked_by_house=True, consent=LONG, **d.by()
    ),
    "note": lambda d: desk_actions.record_call(d.guest_in_house("1204", nights=0), CallResult.LEAVES, LONG, **d.by()),
    "visa": _late_visa,
    "reference": lambda d: cashier.post(
        d.folio(stay := d.guest_in_house("1204")), stay.id, PostingKind.FOOD, 100, reference=LONG, **d.by()
    ),
    "do_not_move_why": lambda d: lock(d.house.stay(room="1204"), LONG, **d.by()),
    "country": lambda d: add_document(d.house.guest().id, DocumentKind.PASSPORT, "E1234567", country=LONG, **d.by()),
}


@pytest.mark.parametrize("field", CASES)
def test_what_does_not_fit_is_refused_at_its_field(house: House, field: str) -> None:
    with pytest.raises(Refused, match="Too long") as refusal:
        CASES[field](Desk(house))
    assert refusal.value.field == field


def test_a_card_is_held_by_a_code_that_fits(house: House) -> None:
    with pytest.raises(Refused, match="Too long"):
        cashier.preauthorise(house.stay(), 100, LONG, by=house.user(), now=NOON)


def test_the_reason_of_a_closure_fits(house: House) -> None:
    by = house.user("housekeeping")
    kind, until = ClosureKind.OUT_OF_SERVICE, TODAY.replace(day=23)
    with pytest.raises(Refused, match="Too long"):
        closures.close(house.rooms["1204"], kind, TODAY, until, LONG, by=by, now=NOON)
