"""A contract is agreed with a company, and a booking taken under it at its rate, without leaving the keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db
from pms.guests.models import Account
from pms.reservations.models import Stay
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
