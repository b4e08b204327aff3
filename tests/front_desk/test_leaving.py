"""Check-out with a zero folio, and check-out taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pms import clock
from pms.cashier import actions as cashier
from pms.cashier import queries as ledger
from pms.errors import NotAllowed, Refused
from pms.front_desk import actions, queries
from pms.notices import Department
from pms.property.models import Housekeeping
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.front_desk.steps import Desk, journal_of, told_about

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def due_out(desk: Desk) -> Stay:
    """In house since yesterday's check-in, due out today."""
    stay = desk.guest_in_house("1204", nights=1)
    clock.advance_business_date(TODAY, TOMORROW, at=NOON)
    return stay


def test_a_guest_leaves_with_a_folio_of_zero(desk: Desk, due_out: Stay) -> None:
    desk.charge(due_out, 12_800)
    desk.settle(due_out)
    actions.check_out(due_out, **desk.by())
    assert (due_out.status, due_out.checked_out_on, due_out.checked_out_at) == (Status.CHECKED_OUT, TOMORROW, NOON)
    assert all(key.void_at == NOON for key in queries.keys_of(due_out.id))
    assert desk.house.rooms["1204"].housekeeping is Housekeeping.DIRTY
    assert journal_of(due_out)[-1] == "check_out"
    assert Department.HOUSEKEEPING in told_about(due_out)


def test_what_is_not_paid_is_said_with_what_can_be_done(desk: Desk, due_out: Stay) -> None:
    desk.charge(due_out, 12_800)
    with pytest.raises(Refused, match=r"CNY 128\.00 of the bill is not paid") as refusal:
        actions.check_out(due_out, **desk.by())
    assert {offer.kind for offer in refusal.value.offers} == {"payment", "transfer"}


def test_credit_is_given_back_before_the_guest_leaves(desk: Desk, due_out: Stay) -> None:
    reversed_charge = desk.charge(due_out, 12_800)
    desk.settle(due_out)
    cashier.reverse(reversed_charge, "not his", **desk.by("cashier"))
    with pytest.raises(Refused, match="in credit") as refusal:
        actions.check_out(due_out, **desk.by())
    assert [offer.kind for offer in refusal.value.offers] == ["refund"]


def test_what_cards_hold_is_released(desk: Desk, due_out: Stay) -> None:
    cashier.preauthorise(due_out, 100_000, "A8", **desk.by("cashier"))
    actions.check_out(due_out, **desk.by())
    assert ledger.held_by_cards(due_out.id) == 0


def test_who_wants_to_go_before_his_day_leaves_early_first(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=2)
    with pytest.raises(Refused, match="booked until") as refusal:
        actions.check_out(stay, **desk.by())
    assert [(offer.kind, offer.value) for offer in refusal.value.offers] == [("leave_early", TODAY)]


@pytest.mark.parametrize("role", ["reservation_clerk", "concierge", "manager"])
def test_who_does_not_check_out(desk: Desk, due_out: Stay, role: str) -> None:
    with pytest.raises(NotAllowed):
        actions.check_out(due_out, **desk.by(role))


def test_the_cashier_checks_out(desk: Desk, due_out: Stay) -> None:
    actions.check_out(due_out, **desk.by("cashier"))
    assert due_out.status is Status.CHECKED_OUT


def test_nobody_leaves_twice(desk: Desk, due_out: Stay) -> None:
    actions.check_out(due_out, **desk.by())
    with pytest.raises(Refused, match="Checked out"):
        actions.check_out(due_out, **desk.by())


def test_undo_check_out_brings_the_guest_back(desk: Desk, due_out: Stay) -> None:
    actions.check_out(due_out, **desk.by())
    actions.undo_check_out(due_out, **desk.by())
    assert (due_out.status, due_out.checked_out_on, due_out.checked_out_at) == (Status.IN_HOUSE, None, None)
    assert [key.void_at for key in queries.keys_of(due_out.id)] == [NOON, None]
    desk.charge(due_out, 100)  # the folio is open again
    assert journal_of(due_out)[-3:] == ["check_out", "undo_check_out", "post"]


def test_undo_check_out_is_refused_once_somebody_has_the_room(desk: Desk, due_out: Stay) -> None:
    actions.check_out(due_out, **desk.by())
    desk.house.rooms["1204"].housekeeping = Housekeeping.CLEAN
    desk.check_in(desk.house.stay(arrival=1, room="1204", guest=desk.house.guest("Weber", "Karl")))
    with pytest.raises(Refused, match="Weber, Karl is already in room 1204") as refusal:
        actions.undo_check_out(due_out, **desk.by())
    assert refusal.value.field == "room"


def test_check_out_of_a_closed_date_stays(desk: Desk, due_out: Stay) -> None:
    actions.check_out(due_out, **desk.by())
    clock.advance_business_date(TOMORROW, TOMORROW + timedelta(days=1), at=NOON)
    with pytest.raises(Refused, match="which is closed"):
        actions.undo_check_out(due_out, **desk.by())


def test_who_is_in_house_has_no_check_out_to_undo(desk: Desk, due_out: Stay) -> None:
    with pytest.raises(Refused, match="In house"):
        actions.undo_check_out(due_out, **desk.by())


def test_the_concierge_undoes_no_check_out(desk: Desk, due_out: Stay) -> None:
    actions.check_out(due_out, **desk.by())
    with pytest.raises(NotAllowed):
        actions.undo_check_out(due_out, **desk.by("concierge"))


def test_the_guest_of_the_day_use_leaves_the_same_day(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=0, use="day_use")
    actions.check_out(stay, **desk.by())
    assert stay.checked_out_on == TODAY
