"""The trial balance ties to the sum of the folios to the cent, whatever happened."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pms import clock
from pms.cashier import actions, queries
from pms.cashier.models import PaymentMethod, PostingKind
from pms.cashier.queries import Ledger
from pms.db import db
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.cashier.steps import Till

TOMORROW = TODAY + timedelta(days=1)


def next_day() -> None:
    today = clock.business_date()
    clock.advance_business_date(today, today + timedelta(days=1), at=NOON)


@pytest.mark.both_engines
def test_a_deposit_becomes_the_guests_on_the_day_he_arrives(till: Till) -> None:
    stay = till.guest("1204", arrival=1, status=Status.RESERVED)
    till.pay(stay, 50_000, kind=PostingKind.DEPOSIT)
    today = queries.trial_balance(TODAY)
    assert (today.deposit, today.guest) == (Ledger(0, 0, 50_000), Ledger(0, 0, 0))

    next_day()
    stay.status, stay.checked_in_on = Status.IN_HOUSE, TOMORROW
    db.session.flush()
    till.charge(stay, 12_800)
    tomorrow = queries.trial_balance(TOMORROW)
    assert tomorrow.deposit == Ledger(-50_000, 50_000, 0)
    assert tomorrow.guest == Ledger(0, 12_800, 50_000)
    assert (tomorrow.deposit.closing, tomorrow.guest.closing, tomorrow.folios) == (0, -37_200, -37_200)
    assert tomorrow.ties


def test_what_is_charged_to_an_account_is_the_city_ledgers(till: Till) -> None:
    stay = till.guest()
    till.charge(stay, 5_000)
    transfer = till.pay(stay, 5_000, PaymentMethod.ACCOUNT, kind=PostingKind.TRANSFER, reference="XINHE")
    assert queries.trial_balance(TODAY).city == Ledger(0, 5_000, 0)
    till.reverse(transfer)
    assert queries.trial_balance(TODAY).city == Ledger(0, 5_000, 5_000)
    next_day()
    assert queries.trial_balance(TOMORROW).city == Ledger(0, 0, 0)


def test_a_closed_folio_still_counts_on_the_day_it_was_closed(till: Till) -> None:
    stay = till.guest()
    till.charge(stay, 5_000)
    next_day()
    till.pay(stay, 5_000)
    actions.close_folio(stay, on=TOMORROW)
    assert queries.trial_balance(TODAY).guest == Ledger(0, 5_000, 0)
    assert queries.trial_balance(TOMORROW).guest == Ledger(5_000, 0, 5_000)
    assert queries.trial_balance(TOMORROW).ties


def test_an_empty_house_balances(till: Till) -> None:
    empty = queries.trial_balance(TODAY)
    assert (empty.guest, empty.deposit, empty.city, empty.folios) == (Ledger(0, 0, 0),) * 3 + (0,)


EVENTS = st.sampled_from(["charge", "pay", "deposit", "transfer", "reverse", "arrive", "audit", "next_day"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(EVENTS, st.integers(1, 10**5)), max_size=15))
def test_every_day_ties_and_opens_where_the_day_before_closed(till: Till, events: list[tuple[str, int]]) -> None:
    stay = till.house.stay(nights=60)
    posted: list[int] = []
    before = queries.trial_balance(clock.business_date() - timedelta(days=1))
    for event, amount in events:
        today = clock.business_date()
        if event == "charge":
            posted.append(till.charge(stay, amount))
        elif event == "pay":
            posted.append(till.pay(stay, amount))
        elif event == "deposit":
            posted.append(till.pay(stay, amount, kind=PostingKind.DEPOSIT))
        elif event == "transfer":
            posted.append(till.pay(stay, amount, PaymentMethod.ACCOUNT, kind=PostingKind.TRANSFER, reference="XINHE"))
        elif event == "reverse" and posted:
            till.reverse(posted.pop(amount % len(posted)))
        elif event == "arrive" and stay.status is Status.RESERVED:
            stay.status, stay.checked_in_on = Status.IN_HOUSE, today
            db.session.flush()
        elif event == "next_day":
            closed = queries.trial_balance(today)
            assert closed.guest.opening == before.guest.closing
            assert closed.deposit.opening == before.deposit.closing
            assert closed.city.opening == before.city.closing
            before = closed
            next_day()
        assert queries.trial_balance(today).ties
