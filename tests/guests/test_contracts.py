"""Contract accounts 协议单位 (R4): what is agreed, who agrees to it, and what it means for a booking and a bill."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms.access import ALLOWED, Role
from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod, PostingKind
from pms.db import db, work
from pms.errors import Conflict, Missing, NotAllowed, Refused
from pms.guests import contracts, queries
from pms.guests.contracts import NewAccount
from pms.guests.models import Account, AccountKind
from pms.journal import JournalLine
from pms.reservations import actions
from pms.reservations.queries_contracts import production, stays_of_account
from pms.reservations.requests import Change
from pms.reservations.status import Status
from tests.builders import NOON, PRICES, TODAY, House
from tests.races import race
from tests.reservations.clerk import Clerk, day, prices

XINHE = NewAccount(code=" xinhe ", kind=AccountKind.COMPANY, name_en="Xinhe Textile", name_zh="鑫禾纺织")
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def clerk(house: House) -> Clerk:
    return Clerk(house)


@pytest.fixture
def supervisor(house: House) -> Clerk:
    return Clerk(house, "reservation_supervisor")


def account(house: House, **terms: Any) -> Account:
    with work():
        return house.account(**terms)


def take(clerk: Clerk, company: Account, plan: str = "COR", **values: Any) -> Any:
    return clerk.take(clerk.room(plan=plan, **values), company_id=company.id).stays[0]


# --- What is agreed ---
@pytest.mark.both_engines
def test_a_contract_is_kept_as_it_was_agreed(house: House, supervisor: Clerk) -> None:
    terms = {"contract": "XY-2026-014", "valid_from": TODAY, "valid_to": NEXT_WEEK, "discount_percent": 10}
    agreed = replace(XINHE, plan_id=house.plans["COR"].id, credit=True, credit_limit=500_000, **terms)
    made = supervisor.do(contracts.create_account, agreed)
    db.session.expire_all()
    assert (made.code, made.called("zh"), made.called("en")) == ("XINHE", "鑫禾纺织", "Xinhe Textile")
    assert (made.contract, made.valid_to, made.discount_percent, made.credit_limit) == (
        "XY-2026-014", NEXT_WEEK, 10, 500_000,
    )  # fmt: skip
    for typed in ("xinhe", "textile", "鑫禾", "2026-014"):
        assert queries.accounts(typed) == [made]
    assert queries.accounts("nobody") == []


def test_an_account_is_changed_and_the_journal_says_how(clerk: Clerk, supervisor: Clerk) -> None:
    made = clerk.do(contracts.create_account, XINHE)
    clerk.do(contracts.change_account, made, replace(XINHE, contact="Ms Xu"), version=1)
    supervisor.do(contracts.change_account, made, replace(XINHE, contact="Ms Xu", discount_percent=5), version=2)
    lines = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "change_account")).all()
    assert [line.details["was_and_is"] for line in lines] == [
        {"contact": ["", "Ms Xu"]},
        {"discount_percent": ["0", "5"]},
    ]
    supervisor.do(contracts.change_account, made, replace(XINHE, contact="Ms Xu", discount_percent=5), version=3)
    assert made.version == 3


@pytest.mark.parametrize(
    ("values", "why", "field"),
    [
        ({"code": " "}, "code and a name", "code"),
        ({"valid_from": NEXT_WEEK, "valid_to": TODAY}, "ends before it begins", "valid_to"),
        ({"discount_percent": 101}, "between 1 and 100", "discount_percent"),
        ({"credit_limit": 100}, "needs a credit", "credit_limit"),
        ({"kind": AccountKind.AGENT, "tenant": True}, "Only a company", "kind"),
        ({"notes": "x" * 501}, "at most 500", "notes"),
    ],
)
def test_terms_that_cannot_be_are_refused(supervisor: Clerk, values: dict[str, Any], why: str, field: str) -> None:
    with pytest.raises(Refused, match=why) as no:
        supervisor.do(contracts.create_account, replace(XINHE, **values))
    assert no.value.field == field


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_from": NEXT_WEEK, "valid_to": TODAY},
        {"discount_percent": 101},
        {"credit_limit": -1},
        {"credit": False, "credit_limit": 100},
        {"tenant": True, "kind": AccountKind.AGENT},
    ],
)
def test_the_database_takes_no_terms_that_cannot_be(house: House, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        account(house, **wrong)


@pytest.mark.parametrize("term", [name for name in contracts.TERMS if name != "credit_limit"])
def test_terms_are_agreed_by_who_may_set_prices(house: House, clerk: Clerk, term: str) -> None:
    some = {"plan_id": house.plans["COR"].id, "contract": "X", "credit": True, "discount_percent": 5}
    agreed = replace(XINHE, **{term: some.get(term, TODAY)})
    with pytest.raises(NotAllowed, match="Reservation supervisor"):
        clerk.do(contracts.create_account, agreed)
    made = clerk.do(contracts.create_account, XINHE)
    with pytest.raises(NotAllowed):
        clerk.do(contracts.change_account, made, agreed, version=1)


def test_other_roles_keep_no_accounts(house: House, clerk: Clerk) -> None:
    made = clerk.do(contracts.create_account, XINHE)
    for role in set(Role) - ALLOWED["edit_guest"]:
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(contracts.create_account, replace(XINHE, code="OTHER"))
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(contracts.change_account, made, XINHE, version=1)


@pytest.mark.both_engines
def test_two_open_one_account_at_once_and_one_is_told(app: Flask, house: House) -> None:
    with work():
        by = house.user("reservation_clerk")
    results = race(app, 2, lambda n: contracts.create_account(XINHE, by=by, now=NOON))
    refused = [result for result in results if isinstance(result, Refused)]
    assert [str(no) for no in refused] == ["There is already an account XINHE."]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Account)) == 1


def test_who_changes_an_account_somebody_else_has_changed_is_told(clerk: Clerk) -> None:
    made = clerk.do(contracts.create_account, XINHE)
    clerk.do(contracts.change_account, made, replace(XINHE, contact="Ms Xu"), version=1)
    with pytest.raises(Conflict, match="just changed"):
        clerk.do(contracts.change_account, made, replace(XINHE, contact="Mr Li"), version=1)


# --- A booking under it ---
def test_the_agreed_discount_needs_nobodys_approval_while_the_contract_is_valid(house: House, clerk: Clerk) -> None:
    company = account(house, discount_percent=25, valid_to=day(2))
    assert prices(take(clerk, company, "BAR", discount_percent=25)) == [PRICES["STK"] * 3 // 4] * 2
    for arrival, percent in ((1, 26), (2, 25)):  # more than agreed; the last night after the end
        with pytest.raises(Refused, match="needs approval"):
            take(clerk, company, "BAR", arrival=arrival, discount_percent=percent)


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"valid_to": day(-1)}, "of XINHE ended on Fri 20 Nov 2026"),
        ({"valid_to": day(1)}, "of XINHE ends on Sun 22 Nov 2026, before the last night"),
        ({"valid_from": day(2)}, "of XINHE begins on Mon 23 Nov 2026"),
    ],
)
def test_a_contract_rate_out_of_its_time_is_refused_with_what_to_do(
    house: House, clerk: Clerk, terms: dict[str, date], why: str
) -> None:
    company = account(house, plan_id=house.plans["COR"].id, **terms)
    with pytest.raises(Refused, match=why) as no:
        take(clerk, company)
    assert no.value.field == "account"
    assert "another rate" in str(no.value.offers[0].text)
    assert take(clerk, company, "BAR").booking.company_id == company.id


def test_the_last_night_of_a_contract_may_be_booked(house: House, clerk: Clerk) -> None:
    company = account(house, plan_id=house.plans["COR"].id, valid_from=day(1), valid_to=day(2))
    stay = take(clerk, company)
    with pytest.raises(Refused, match="before the last night"):
        clerk.do(actions.change_stay, stay, Change(departure=day(4)), version=stay.version)
    with pytest.raises(Refused, match="ended on"):
        clerk.do(actions.add_stays, stay.booking, (clerk.room(plan="COR", arrival=5),))


def test_a_booking_under_no_known_account_is_refused(clerk: Clerk) -> None:
    with pytest.raises(Missing, match="no such account"):
        clerk.take(clerk.room(), company_id=999)


# --- What it brought ---
@pytest.mark.both_engines
def test_an_account_shows_nights_and_revenue_of_what_was_slept(house: House) -> None:
    company, other = account(house), account(house, code="CITS", kind=AccountKind.AGENT)
    with work():
        under = house.booking(company_id=company.id)
        house.stay(arrival=-330, nights=2, status=Status.CHECKED_OUT, booking=under, price=50_000)
        here = house.stay(arrival=-2, nights=3, status=Status.IN_HOUSE, room="1204", booking=under, price=60_000)
        house.stay(arrival=3, nights=2, booking=under)
        house.stay(arrival=5, nights=2, booking=under, status=Status.CANCELLED)
        house.stay(arrival=-3, nights=1, status=Status.CHECKED_OUT, booking=house.booking(agent_id=other.id))
    assert production(company.id, TODAY) == (4, 220_000, 3)
    assert production(company.id, TODAY, since=date(2026, 1, 1)) == (2, 120_000, 3)
    assert production(other.id, TODAY) == (1, 68_000, 0)
    stays = stays_of_account(company.id)
    assert [stay.arrival for stay in stays] == [day(5), day(3), day(-2), day(-330)]
    assert stays[2].stay_id == here.id


# --- Its bills ---
@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"credit": False}, "XINHE has no credit"),
        ({"credit_limit": 9_999}, "XINHE has credit for at most 99.99 a bill"),
    ],
)
def test_a_bill_is_not_charged_to_an_account_without_credit_for_it(
    house: House, clerk: Clerk, terms: dict[str, Any], why: str
) -> None:
    stay = take(clerk, account(house, **terms), "BAR")
    till = clerk.as_("cashier")
    folio = till.do(cashier.open_folio, stay)
    with pytest.raises(Refused, match=why) as no:
        till.do(cashier.pay, folio, stay.id, 10_000, PaymentMethod.ACCOUNT, kind=PostingKind.TRANSFER, reference="X")
    assert "Take another payment" in str(no.value.offers[0].text)
    assert till.do(cashier.pay, folio, stay.id, 10_000, PaymentMethod.CASH)


def test_a_bill_within_the_credit_is_charged(house: House, clerk: Clerk) -> None:
    stay = take(clerk, account(house, credit_limit=10_000), "BAR")
    till = clerk.as_("cashier")
    folio = till.do(cashier.open_folio, stay)
    assert till.do(
        cashier.pay, folio, stay.id, 10_000, PaymentMethod.ACCOUNT, kind=PostingKind.TRANSFER, reference="XINHE"
    )


def test_what_was_typed_is_what_the_actions_take() -> None:
    assert set(asdict(XINHE)) <= {column.key for column in Account.__table__.c}
