"""The ledger: charges, payments, reversals; append-only whatever happens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pms import clock
from pms.cashier import actions, queries
from pms.cashier.models import MONEY_IN, PaymentMethod, Posting, PostingKind
from pms.db import db, work
from pms.errors import Missing, NotAllowed, Refused
from pms.reservations.status import Status
from pms.say import say
from tests.builders import NOON, TODAY
from tests.cashier.steps import Till, journal_of, lines
from tests.races import race


def test_charges_are_owed_and_payments_are_not(till: Till) -> None:
    stay = till.guest()
    till.charge(stay, 12_800)
    till.pay(stay, 10_000)
    assert till.balance(stay) == 2_800
    assert lines(stay) == [("food", 12_800), ("payment", -10_000)]
    assert journal_of(stay) == ["post", "post"]


def test_a_stay_has_one_folio_however_often_it_is_opened(till: Till) -> None:
    stay = till.guest()
    assert till.folio(stay) == till.folio(stay)


def test_folios_have_running_numbers(till: Till) -> None:
    first, second = till.guest("1204"), till.guest("1202")
    numbers = [db.session.get_one(queries.Folio, till.folio(stay)).number for stay in (first, second)]
    assert int(numbers[1]) == int(numbers[0]) + 1


def test_a_charge_to_an_account_settles_the_folio(till: Till) -> None:
    stay = till.guest()
    till.charge(stay, 5_000)
    till.pay(stay, 5_000, PaymentMethod.ACCOUNT, kind=PostingKind.TRANSFER, reference="XINHE")
    assert till.balance(stay) == 0


def test_a_charge_to_an_account_names_the_account(till: Till) -> None:
    with pytest.raises(Refused, match="name the account"):
        till.pay(till.guest(), 5_000, PaymentMethod.ACCOUNT, kind=PostingKind.TRANSFER)


def test_a_refund_gives_money_back(till: Till) -> None:
    stay = till.guest()
    till.pay(stay, 50_000, kind=PostingKind.DEPOSIT)
    till.pay(stay, 50_000, kind=PostingKind.REFUND)
    assert till.balance(stay) == 0
    assert lines(stay)[-1] == ("refund", 50_000)


def test_late_postings_go_to_the_new_date(till: Till) -> None:
    stay = till.guest()
    clock.advance_business_date(TODAY, TODAY + timedelta(days=1), at=NOON)
    posting = till.charge(stay, 3_000, night=TODAY)
    line = queries.posting(posting)
    assert (line.business_date, line.night) == (TODAY + timedelta(days=1), TODAY)


@pytest.mark.parametrize("kind", sorted(MONEY_IN))
def test_a_payment_cannot_be_charged(till: Till, kind: PostingKind) -> None:
    with pytest.raises(Refused, match="taken, not charged"):
        till.charge(till.guest(), 100, kind)


@pytest.mark.parametrize("kind", sorted(set(PostingKind) - MONEY_IN))
def test_a_charge_cannot_be_paid(till: Till, kind: PostingKind) -> None:
    with pytest.raises(Refused, match="posted, not paid"):
        till.pay(till.guest(), 100, kind=kind)


@pytest.mark.parametrize(
    ("method", "kind"),
    [(PaymentMethod.ACCOUNT, PostingKind.PAYMENT), (PaymentMethod.CASH, PostingKind.TRANSFER)],
)
def test_account_and_transfer_go_together(till: Till, method: PaymentMethod, kind: PostingKind) -> None:
    with pytest.raises(Refused, match="transfer goes to an account"):
        till.pay(till.guest(), 100, method, kind=kind)


@pytest.mark.parametrize("amount", [0, -5, 10**12])
def test_senseless_amounts_are_neither_charged_nor_paid(till: Till, amount: int) -> None:
    stay = till.guest()
    with pytest.raises(Refused):
        till.charge(stay, amount)
    with pytest.raises(Refused):
        till.pay(stay, amount)
    assert lines(stay) == []


def test_card_numbers_are_refused_wherever_they_are_written(till: Till) -> None:
    stay = till.guest()
    card = "4111 1111 1111 1111"
    posting = till.charge(stay, 100)
    with pytest.raises(Refused, match="card number"):
        till.pay(stay, 100, PaymentMethod.CARD, reference=card)
    with pytest.raises(Refused, match="card number"):
        till.charge(stay, 100, text=card)
    with pytest.raises(Refused, match="card number"):
        till.charge(stay, 100, text=say("Card {number}", number=card))
    with pytest.raises(Refused, match="card number"):
        till.reverse(posting, card)


def test_there_is_no_posting_without_a_folio(till: Till) -> None:
    stay, other = till.guest("1204"), till.guest("1202")
    with pytest.raises(Missing):
        actions.post(9_999, stay.id, PostingKind.FOOD, 100, **till.by())
    with pytest.raises(Missing):
        actions.post(till.folio(other), stay.id, PostingKind.FOOD, 100, **till.by())


def test_the_folio_of_a_guest_who_has_left_is_closed(till: Till) -> None:
    stay = till.guest()
    posting = till.charge(stay, 100)
    till.pay(stay, 100)
    actions.close_folio(stay, on=TODAY)
    for refused in (lambda: till.charge(stay, 1), lambda: till.pay(stay, 1), lambda: till.reverse(posting)):
        with pytest.raises(Refused, match="checked out") as refusal:
            refused()
        assert [offer.kind for offer in refusal.value.offers] == ["undo_check_out"]


def test_after_the_audit_a_check_out_cannot_be_undone_to_post_something(till: Till) -> None:
    stay = till.guest()
    actions.close_folio(stay, on=TODAY)
    clock.advance_business_date(TODAY, TODAY + timedelta(days=1), at=NOON)
    with pytest.raises(Refused, match="checked out") as refusal:
        till.charge(stay, 1)
    assert refusal.value.offers == ()


def test_a_folio_closes_at_zero_only_and_opens_again(till: Till) -> None:
    stay = till.guest()
    till.charge(stay, 100)
    with pytest.raises(Refused, match="not paid yet"):
        actions.close_folio(stay, on=TODAY)
    till.pay(stay, 100)
    actions.close_folio(stay, on=TODAY)
    actions.reopen_folio(stay)
    till.charge(stay, 1)
    assert till.balance(stay) == 1


def test_a_reversal_brings_the_balance_back_and_keeps_both_lines(till: Till) -> None:
    stay = till.guest()
    posting = till.charge(stay, 12_800, reference="0417")
    till.reverse(posting)
    assert lines(stay) == [("food", 12_800), ("food", -12_800)]
    first, second = queries.statement(till.folio(stay))
    assert (first.reversed, second.reverses_id, second.reference) == (True, posting, "0417")
    assert till.balance(stay) == 0
    assert journal_of(stay) == ["post", "reverse_posting"]


def test_a_payment_can_be_reversed(till: Till) -> None:
    stay = till.guest()
    till.reverse(till.pay(stay, 100))
    assert till.balance(stay) == 0


def test_nothing_is_reversed_twice(till: Till) -> None:
    stay = till.guest()
    posting = till.charge(stay, 100)
    till.reverse(posting)
    with pytest.raises(Refused, match="already been reversed"):
        till.reverse(posting)


def test_a_reversal_is_not_reversed(till: Till) -> None:
    reversal = till.reverse(till.charge(till.guest(), 100))
    with pytest.raises(Refused, match="a reversal itself"):
        till.reverse(reversal)


def test_a_reversal_needs_a_reason_and_a_posting(till: Till) -> None:
    posting = till.charge(till.guest(), 100)
    with pytest.raises(Refused, match="reason"):
        till.reverse(posting, "  ")
    with pytest.raises(Missing):
        till.reverse(9_999)


def test_a_preauthorisation_is_held_and_released(till: Till) -> None:
    stay = till.guest()
    actions.preauthorise(stay, 200_000, "A81733", **till.by())
    assert queries.held_by_cards(stay.id) == 200_000
    assert actions.release_preauthorisations(stay.id, **till.by()) == 1
    assert queries.held_by_cards(stay.id) == 0
    assert actions.release_preauthorisations(stay.id, **till.by()) == 0


def test_a_preauthorisation_needs_a_sane_amount_and_a_code(till: Till) -> None:
    stay = till.guest()
    for amount, code in ((0, "A8"), (100, " "), (100, "4111111111111111")):
        with pytest.raises(Refused):
            actions.preauthorise(stay, amount, code, **till.by())


def test_no_card_is_held_for_a_guest_who_has_left(till: Till) -> None:
    with pytest.raises(Refused, match="here or yet to come"):
        actions.preauthorise(till.guest(status=Status.CHECKED_OUT), 100, "A8", **till.by())


def test_balances_of_many_stays_at_once(till: Till) -> None:
    owing, even = till.guest("1204"), till.guest("1202")
    till.charge(owing, 700)
    assert queries.balances([owing.id, even.id]) == {owing.id: 700, even.id: 0}


@pytest.mark.parametrize("role", ["reservation_clerk", "concierge", "housekeeping", "department_staff", "admin"])
def test_who_may_not_touch_money(till: Till, role: str) -> None:
    stay = till.guest()
    posting = till.charge(stay, 100)
    for refused in (
        lambda: till.charge(stay, 100, **till.by(role)),
        lambda: till.pay(stay, 100, **till.by(role)),
        lambda: till.reverse(posting, role=role),
        lambda: actions.preauthorise(stay, 100, "A1", **till.by(role)),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_an_agent_charges_but_does_not_reverse(till: Till) -> None:
    stay = till.guest()
    posting = till.charge(stay, 100, **till.by("front_desk_agent"))
    with pytest.raises(NotAllowed):
        till.reverse(posting, role="front_desk_agent")
    till.reverse(posting, role="shift_leader")


KINDS = st.sampled_from(["charge", "pay", "refund", "reverse"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(KINDS, st.integers(1, 10**6)), max_size=12))
def test_the_balance_is_the_sum_of_the_postings_and_a_reversal_brings_it_back(
    till: Till, steps: list[tuple[str, int]]
) -> None:
    stay = till.guest(room=None)
    expected, standing = 0, []
    for step, amount in steps:
        if step == "reverse":
            if standing:
                posting, value = standing.pop(amount % len(standing))
                till.reverse(posting)
                expected -= value
        elif step == "charge":
            standing.append((till.charge(stay, amount), amount))
            expected += amount
        else:
            value = -amount if step == "pay" else amount
            kind = PostingKind.PAYMENT if step == "pay" else PostingKind.REFUND
            standing.append((till.pay(stay, amount, kind=kind), value))
            expected += value
        assert till.balance(stay) == expected
    assert expected == sum(amount for _, amount in lines(stay))


@pytest.mark.both_engines
def test_two_clerks_reverse_at_once_and_one_reversal_is_made(app: Flask, till: Till) -> None:
    with work():
        stay = till.guest()
        posting = till.charge(stay, 100)
        by = till.by()
    results = race(app, 4, lambda _: actions.reverse(posting, "twice", **by))
    assert [type(result) for result in results].count(int) == 1
    assert all(isinstance(result, int | Refused) for result in results)
    assert lines(stay) == [("food", 100), ("food", -100)]


@pytest.mark.both_engines
def test_a_charge_and_a_check_out_at_once_leave_no_closed_folio_with_a_balance(app: Flask, till: Till) -> None:
    with work():
        stay = till.guest()
        folio, by = till.folio(stay), till.by()

    def act(number: int) -> object:
        if number % 2:
            return actions.post(folio, stay.id, PostingKind.FOOD, 100, **by)
        return actions.close_folio(stay, on=TODAY)

    race(app, 6, act)
    closed: date | None = db.session.get_one(queries.Folio, folio, populate_existing=True).closed_on
    assert closed is None or queries.balance(folio) == 0


def test_the_ledger_knows_no_empty_posting(till: Till) -> None:
    stay = till.guest()
    row = {"folio_id": till.folio(stay), "stay_id": stay.id, "business_date": TODAY, "at": NOON, "amount": 0}
    with pytest.raises(queries.sa.exc.IntegrityError):
        db.session.execute(queries.sa.insert(Posting).values(**row, by_id=till.house.user().id, kind=PostingKind.FOOD))
