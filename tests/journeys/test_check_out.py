"""A guest leaves, by keyboard alone: paid and checked out in one commit, split, taken back; and the noon calls (E1)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pms.cashier import actions as cashier
from pms.cashier.models import PostingKind
from pms.cashier.queries import folio_of, window_balances
from pms.db import reading, work
from pms.front_desk.models import CallResult
from pms.front_desk.queries import due_out_calls
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day


@pytest.fixture
def leaving(day: Day) -> Stay:
    """Mr Delacroix of 1201, due out today, with dinner on the bill and a card that is held; his bags are with us."""
    stay = day.stays["delacroix"]
    with work():
        agent = day.house.user()
        agent.name, agent.name_zh = "Li Na", "李娜"
        by = {"by": agent, "now": NOON}
        folio = folio_of(stay.id)
        assert folio is not None
        cashier.post(folio, stay.id, PostingKind.FOOD, 12_800, **by)
        cashier.preauthorise(stay, 200_000, "A81733", **by)
    return stay


def test_check_out_of_a_guest_whose_card_is_held_takes_seven_strokes(day: Day, leaving: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk()
    clerk.start_counting()
    clerk.find("del").press("Enter")
    expect(clerk.page.locator("#check-out-form")).to_be_visible()
    expect(clerk.page.locator(".left-here")).to_contain_text("C5")
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_contain_text("1201")
    assert clerk.strokes <= 7, clerk.done
    clerk.no_mixed_language()
    assert day.fresh(leaving).status is Status.CHECKED_OUT


def test_minibar_paid_in_cash_and_the_check_out_taken_back(day: Day, leaving: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk(path=f"/stays/{day.fresh(leaving).id}/check-out")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("n").type("45")
    expect(clerk.page.locator("[data-rest]")).to_have_text("173.00")
    clerk.press("Escape", "3", "Control+Enter")
    expect(clerk.page.locator(".balance-figure")).to_have_text("0.00")
    assert day.fresh(leaving).status is Status.CHECKED_OUT
    clerk.press("z")  # at once: the offer to undo goes away
    expect(clerk.page.locator(".pms-toast [data-key=z]")).to_have_count(0)
    expect(clerk.page.locator(".pms-toast")).to_have_count(1)
    assert day.fresh(leaving).status is Status.IN_HOUSE
    clerk.no_mixed_language()
    clerk.axe_clean()


def test_a_bill_that_is_not_paid_offers_to_pay_on_the_keys(day: Day, at_desk: AtDesk) -> None:
    stay = day.stays["delacroix"]
    with work():
        folio = folio_of(stay.id)
        assert folio is not None
        cashier.post(folio, stay.id, PostingKind.FOOD, 12_800, by=day.house.user(), now=NOON)
    clerk = at_desk(path=f"/stays/{day.fresh(stay).id}/check-out")
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".summary")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("2")
    expect(clerk.page.locator(".pms-toast")).to_contain_text("1201")
    assert day.fresh(stay).status is Status.CHECKED_OUT


def test_the_bill_is_split_and_the_company_pays_its_part(day: Day, leaving: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk(path=f"/stays/{day.fresh(leaving).id}/folio")
    clerk.press("s").type("Borealis").press("Control+Enter")
    expect(clerk.page.locator("#folio .tabs a")).to_have_count(2)
    box = clerk.page.locator("input[name=posting]").first
    for _ in range(40):
        if box.evaluate("element => element === document.activeElement"):
            break
        clerk.press("Tab")
    clerk.press("Space")
    expect(box).to_be_checked()
    while clerk.page.evaluate("document.activeElement.name") != "to":
        clerk.press("Tab")
    clerk.press("Enter")
    expect(clerk.page.locator("#folio .tabs a").nth(1)).to_contain_text("128.00")
    with reading():
        folio = folio_of(day.stays["delacroix"].id)
        assert folio is not None
        assert window_balances(folio) == {1: 0, 2: 12_800}
    clerk.axe_clean()


def test_the_noon_calls_are_written_down_with_single_keys(day: Day, leaving: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/due-outs")
    expect(clerk.page.locator("tr.chosen")).to_contain_text("1201")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.start_counting()
    clerk.press("l").type("1330").press("Enter")
    expect(clerk.page.locator("tr[data-row]").first).to_contain_text("13:30")
    assert clerk.strokes == 6
    with reading():
        (line,) = due_out_calls(TODAY)
        assert (line.called, line.note) == (CallResult.LEAVES, "13:30")
    clerk.press("x")
    expect(clerk.page.locator("tr[data-row] td").nth(5)).not_to_contain_text("13:30")
    clerk.press("e")
    expect(clerk.page).to_have_url(re.compile(r"/departure$"))


def test_the_cashier_opens_the_highest_balance_and_takes_it(day: Day, leaving: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk("cashier", path="/cashier")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("j", "Enter")
    expect(clerk.page.locator(".balance-figure")).to_have_text("128.00")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("3", "Control+Enter")
    expect(clerk.page.locator(".balance-figure")).to_have_text("0.00")
    clerk.press("Escape")
    expect(clerk.page.locator("#till")).to_contain_text("128.00")


def test_a_posting_is_reversed_from_its_row(day: Day, leaving: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk("shift_leader", path=f"/stays/{day.fresh(leaving).id}/folio")
    clerk.press("j", "Enter")
    expect(clerk.page.locator("#reason")).to_be_focused()
    clerk.axe_clean()
    clerk.type("wrong room").press("Control+Enter")
    expect(clerk.page.locator("tr.undone")).to_have_count(2)
