"""The pages of contract accounts (R4): listed, opened, added, changed, chosen in a booking."""

from __future__ import annotations

import pytest
from flask import Flask

from pms.db import db, reading, work
from pms.guests.models import Account, AccountKind
from pms.reservations.models import Booking, Stay
from pms.reservations.status import Status
from tests.builders import TODAY, House
from tests.clients import Browser, at_desk
from tests.guests.test_merging_pages import words_in
from tests.reservations.clerk import day


@pytest.fixture
def desk(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "reservation_supervisor")


def form(**changes: str) -> dict[str, str]:
    typed = {"code": "XINHE", "kind": "company", "name_en": "Xinhe Textile", "name_zh": "鑫禾纺织", "plan_id": ""}
    return typed | changes


def kept() -> Account:
    """The only account, as the database has it."""
    with reading():
        account = db.session.query(Account).populate_existing().one()
        db.session.expunge(account)
        return account


def test_an_account_is_added_found_opened_and_changed(desk: Browser, house: House) -> None:
    plan = str(house.plans["COR"].id)
    answer = desk.post("/contracts/new", form(
        contract="XY-1", valid_from="2026-01-01", valid_to="2026-12-31", plan_id=plan, discount_percent="5", credit="y",
        credit_limit="5,000",
    ))  # fmt: skip
    account = kept()
    assert answer.headers["Location"] == f"/contracts/{account.id}"
    assert (str(account.valid_to), account.discount_percent, account.credit_limit) == ("2026-12-31", 5, 500_000)
    assert "Xinhe Textile" in desk.get("/contracts?q=xy-1").text
    page = desk.get(f"/contracts/{account.id}").text
    for shown in ('value="2026-12-31"', 'value="5,000.00"', "valid", f'selected value="{plan}"'):
        assert shown in page, shown
    desk.post(f"/contracts/{account.id}", form(version="1", kind="tenant"))
    account = kept()
    assert (account.tenant, account.kind, account.plan_id, account.credit) == (True, AccountKind.COMPANY, None, False)
    assert 'selected value="tenant"' in desk.get(f"/contracts/{account.id}").text


def test_what_was_typed_stays_when_it_is_refused(desk: Browser, house: House) -> None:
    for wrong, why in (
        ({"credit_limit": "100"}, "needs a credit"),
        ({"discount_percent": "120"}, "0 to 100"),
        ({"valid_to": "nonsense"}, "nonsense"),
    ):
        answer = desk.post("/contracts/new", form(contact="Ms Xu", **wrong))
        assert answer.status_code == 422
        assert why in answer.text
        assert "Ms Xu" in answer.text
    desk.post("/contracts/new", form())
    again = desk.post("/contracts/new", form(contact="Ms Xu"))
    assert "There is already an account XINHE." in again.text
    assert "Ms Xu" in again.text
    stale = desk.post(f"/contracts/{kept().id}", form(version="7", contact="Ms Xu"))
    assert stale.status_code == 409
    assert "Ms Xu" in stale.text


def test_an_account_shows_its_bookings_and_to_some_what_they_brought(app: Flask, house: House) -> None:
    with work():
        company = house.account()
        booking = house.booking(company_id=company.id)
        house.stay(arrival=-5, nights=2, status=Status.CHECKED_OUT, booking=booking, price=61_700)
        house.stay(arrival=2, nights=3, booking=booking, guest=house.guest("Hidden", "Name", incognito=True))
    supervisor = at_desk(app, house, "reservation_supervisor")
    page = supervisor.get(f"/contracts/{company.id}").text
    assert "1,234.00" in page
    assert "T-00001" in page
    assert "Hidden" not in page
    agent = at_desk(app, house)
    page = agent.get(f"/contracts/{company.id}").text
    assert "1,234.00" not in page
    assert "Hidden" in page
    assert f"/contracts/{company.id}" in agent.get("/reservations/T-00001").text
    assert agent.get("/contracts/999").status_code == 404


def test_choosing_an_account_in_a_booking_takes_its_rate_and_discount(desk: Browser, house: House) -> None:
    cor, bar = house.plans["COR"].id, house.plans["BAR"].id
    with work():
        guest = house.guest()
        firm = house.account(plan_id=cor, discount_percent=10, contract="XY-7", valid_to=day(9))
        account = firm.id
    offer = f"/reservations/new?part=offer&arrival=%2B1&departure=2&account={account}"
    page = desk.get(offer).text
    assert "XY-7" in page
    assert "550.80" in page  # 680.00, by contract 612.00, less 10 %
    kind = house.types["STK"].id
    typed = {"arrival": "+1", "departure": "2", "adults": "1", "rooms": "1", "guest": str(guest.id), "source": "phone"}
    typed |= {"guarantee": "company", "account": str(account)}
    desk.post("/reservations/new", typed | {"choice": f"{kind}-{cor}"})
    with reading():
        stay = db.session.query(Stay).one()
        assert (stay.discount_percent, stay.booking.company_id) == (10, account)
    late = desk.get(offer.replace("%2B1", "%2B20")).text
    assert "The contract is not valid on these days" in late
    assert f'value="{kind}-{bar}" data-asked checked' in late
    refused = desk.post("/reservations/new", typed | {"arrival": "+20", "choice": f"{kind}-{cor}"})
    assert refused.status_code == 422
    assert "The contract of XINHE ended on" in refused.text
    assert f'href="/contracts/{account}" data-key="2"' in refused.text
    assert 'name="instead" value="plan:" data-key="1"' in refused.text
    other = desk.post("/reservations/new", typed | {"arrival": "+20", "choice": f"{kind}-{cor}", "instead": "plan:"})
    assert f'value="{kind}-{bar}" data-asked checked' in other.text
    with reading():
        assert db.session.query(Booking).count() == 1


def test_a_booking_is_begun_from_the_page_of_an_account(app: Flask, desk: Browser, house: House) -> None:
    with work():
        firm = house.account(plan_id=house.plans["COR"].id, contract="XY-7")
    begin = f"/reservations/new?account={firm.id}"
    assert f'href="{begin}"' in desk.get(f"/contracts/{firm.id}").text
    page = desk.get(begin).text
    assert f'<option selected value="{firm.id}"' in page
    assert "XY-7" in page
    assert "XY-7" not in desk.get("/reservations/new?account=999").text
    assert begin not in at_desk(app, house, "cashier").get(f"/contracts/{firm.id}").text


def test_who_may_not_keep_accounts_has_no_button_and_no_way(app: Flask, house: House) -> None:
    with work():
        company = house.account()
    cashier = at_desk(app, house, "cashier")
    page = cashier.get(f"/contracts/{company.id}").text
    assert "account-form" in page
    assert "data-commit" not in page
    assert "/contracts/new" not in cashier.get("/contracts").text
    assert cashier.get("/contracts/new").status_code == 403
    for path in ("/contracts/new", f"/contracts/{company.id}"):
        assert cashier.post(path, form(version="1")).status_code == 403
    assert at_desk(app, house, "housekeeping").get("/contracts").status_code == 403


def test_a_clerk_corrects_the_contact_and_is_told_who_agrees_terms(app: Flask, house: House) -> None:
    with work():
        company = house.account(credit=False)
    clerk = at_desk(app, house, "reservation_clerk")
    assert "A supervisor agrees" in clerk.get(f"/contracts/{company.id}").text
    typed = form(version="1", name_zh="", contact="Ms Xu")
    assert clerk.post(f"/contracts/{company.id}", typed).status_code == 303
    assert clerk.post(f"/contracts/{company.id}", typed | {"version": "2", "discount_percent": "5"}).status_code == 403


def test_the_pages_in_chinese_have_no_english_word_of_ours(app: Flask, house: House) -> None:
    with work():
        company = house.account(name_zh="鑫禾纺织", valid_to=TODAY, contract="1", plan_id=house.plans["COR"].id)
    desk = at_desk(app, house, "reservation_supervisor", "zh")
    known = {"XINHE", "COR", "Ctrl", "Esc", "BAR", "GRP", "PKG"}
    for path in ("/contracts", "/contracts/new", f"/contracts/{company.id}"):
        assert words_in(desk.get(path).text) <= known, path
