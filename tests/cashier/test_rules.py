"""Amounts within reason, and no card number in any disguise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.cashier import rules
from pms.errors import Refused


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "card 4111111111111111 exp 12/28",
        "4111111111111111 12",
        "room 12 4111111111111111",
        "378282246310005",  # 15 digits
        "6212345678901232",  # UnionPay
        "４１１１１１１１１１１１１１１１",  # full width
    ],
)
def test_a_card_number_is_seen_in_any_disguise(text: str) -> None:
    assert rules.looks_like_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A81733",
        "R 2026-11-21 0017",
        "4111111111111112",  # check digit wrong
        "411111111111",  # too short
        "4200001234202611215678901234",  # the 28 digits of a mobile payment
        "Room 1204, 2 nights",
    ],
)
def test_receipts_and_approval_codes_are_no_card_numbers(text: str) -> None:
    assert not rules.looks_like_card_number(text)


def check_digit(digits: str) -> str:
    return next(d for d in "0123456789" if rules.passes_luhn(digits + d))


@given(st.text("0123456789", min_size=12, max_size=18), st.integers(1, 9))
def test_every_number_with_its_check_digit_is_refused_and_no_other(digits: str, off: int) -> None:
    last = check_digit(digits)
    assert rules.looks_like_card_number(digits + last)
    assert not rules.looks_like_card_number(digits + str((int(last) + off) % 10))


@pytest.mark.parametrize("amount", [0, -1, True, 1.5, "100", rules.LARGEST + 1])
def test_senseless_amounts_are_refused(amount: object) -> None:
    with pytest.raises(Refused):
        rules.check_amount(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", [1, rules.LARGEST])
def test_amounts_within_reason_are_fine(amount: int) -> None:
    rules.check_amount(amount)


@pytest.mark.parametrize(
    ("amount", "permille", "tax"),
    [(10_000, 60, 600), (10_050, 10, 101), (10_049, 10, 100), (-10_050, 10, -101), (0, 60, 0), (99, 0, 0)],
)
def test_tax_is_rounded_half_up_to_the_minor_unit(amount: int, permille: int, tax: int) -> None:
    assert rules.tax_on(amount, permille) == tax


def test_a_folio_of_zero_is_settled() -> None:
    rules.check_settled(0, "CNY")


def test_an_open_bill_offers_payment_and_charging_to_an_account() -> None:
    with pytest.raises(Refused, match=r"CNY 12\.50 of the bill is not paid") as refusal:
        rules.check_settled(1250, "CNY")
    assert [(offer.kind, offer.value) for offer in refusal.value.offers] == [("payment", 1250), ("transfer", 1250)]


def test_credit_is_given_back() -> None:
    with pytest.raises(Refused, match="in credit") as refusal:
        rules.check_settled(-1250, "CNY")
    assert [(offer.kind, offer.value) for offer in refusal.value.offers] == [("refund", 1250)]
