"""A contract is agreed with a company, and a booking taken under it at its rate, without leaving the keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db, work
from pms.guests.models import Account
from pms.reservations.models import Stay
from tests.builders import TODAY
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard
from tests.reservations.clerk import prices


def looked_at(clerk: Keyboard) -> None:
    clerk.no_mixed_language()
    clerk.axe_clean()


def test_a_contract_is_agreed_and_booked_under(day: Day, at_desk: AtDesk) -> None:
    whitfield = day.stays["whitfield"].guest_id
    db.session.rollback()
    clerk = at_desk("reservation_supervisor")
    clerk.names |= {"SIWEI", "XY"}
    page = clerk.page
    clerk.press("g", "b")
    expect(page.locator("#list-title")).to_be_visible()
    clerk.press("c")
    expect(page.locator("#found")).to_be_visible()
    looked_at(clerk)
    clerk.press("Escape", "n")
    expect(page.locator("#code")).to_be_focused()
    clerk.type("siwei").press("Tab", "Tab").type("Siwei Instruments").press("Tab").type("思维仪器")
    clerk.press("Tab", "Tab", "Tab").type("XY-14").press("Tab", "Tab").type("31/12").press("Tab").type("C")
    clerk.press("Tab").type("10").press("Tab", "Space", "Tab").type("5000")
    looked_at(clerk)
    clerk.press("Control+Enter")
    expect(page.locator("h1 ~ .badge")).to_be_visible()
    looked_at(clerk)

    # The company calls: from Friday, two nights, for Ms Whitfield. Rate and discount are those of the contract.
    clerk.start_counting().press("b")
    expect(page.locator("#arrival")).to_be_focused()
    expect(page.locator("#offer .contract")).to_contain_text("XY-14")
    clerk.type("fri").press("Tab").type("2")
    expect(page.locator("#departure-hint")).to_contain_text("29")
    expect(page.locator("#price .total")).to_contain_text("1,101.60")
    clerk.press(*["Tab"] * 6).type("whi")
    expect(page.locator("#guest-hits [aria-selected=true]")).to_contain_text("Whitfield")
    clerk.press("Enter")
    expect(page.locator("#known")).to_contain_text("Whitfield")
    looked_at(clerk)
    clerk.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("LT-26-")
    assert clerk.strokes <= 17
    looked_at(clerk)
    db.session.rollback()
    account = db.session.query(Account).one()
    stay = db.session.query(Stay).filter_by(guest_id=whitfield).order_by(Stay.id.desc()).first()
    assert (account.code, account.contract, account.credit_limit) == ("SIWEI", "XY-14", 500_000)
    assert (stay.booking.company_id, stay.plan.code, stay.discount_percent) == (account.id, "COR", 10)
    assert prices(stay) == [55_080, 55_080]


def test_beyond_the_contract_another_rate_is_one_key_away(day: Day, at_desk: AtDesk) -> None:
    with work():
        plan = day.house.plans["COR"].id
        firm = day.house.account(name_zh="鑫禾纺织", plan_id=plan, contract="XY-7", valid_to=TODAY).id
    clerk = at_desk("reservation_clerk", f"/reservations/new?account={firm}")
    clerk.names |= {"XINHE", "XY"}
    page = clerk.page
    expect(page.locator("#offer .contract")).to_contain_text("XY-7")
    clerk.press(*["Tab"] * 7).type("whi")
    expect(page.locator("#guest-hits [aria-selected=true]")).to_contain_text("Whitfield")
    clerk.press("Enter", *["Shift+Tab"] * 6).type("2")  # two nights, the second of them after the contract
    expect(page.locator("#offer .contract .late")).to_be_visible()
    clerk.press("Control+Enter")  # at the company's own rate all the same
    expect(page.locator(".summary")).to_be_focused()
    looked_at(clerk)
    clerk.start_counting().press("1")
    expect(page.locator(".summary")).to_have_count(0)
    clerk.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("LT-26-")
    assert clerk.strokes <= 2
    db.session.rollback()
    stay = db.session.query(Stay).order_by(Stay.id.desc()).first()
    assert (stay.plan.code, stay.booking.company_id) == ("BAR", firm)
