"""The folio and the cashier in the browser: what is shown, what is done once, what is refused and to whom."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import clock
from pms.cashier import actions, queries, windows
from pms.cashier.charges import post_fee
from pms.cashier.models import PaymentMethod, PostingKind
from pms.db import reading, work
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, House
from tests.cashier.steps import Till, lines
from tests.clients import Browser, new_token
from tests.reporting.reading import text_of
from tests.web.statements import counted

Seat = Callable[..., Browser]


@pytest.fixture
def seat(app: Flask, house: House) -> Seat:
    """A browser of somebody of a role, in a language."""

    def sit(role: str = "cashier", language: str = "en") -> Browser:
        with work():
            user = house.user(role)
            user.language = language
        return Browser(app).log_in_as(user)

    return sit


@pytest.fixture
def stay(till: Till) -> Stay:
    """In house in 1204 with dinner on the bill."""
    with work():
        stay = till.guest()
        till.charge(stay, 12_800, text="Dinner")
    return stay


def path(stay: Stay, more: str = "") -> str:
    """Reads nothing: what a test reads outside a unit of work keeps the browser from writing."""
    return f"/stays/{sa.inspect(stay).identity[0]}/folio{more}"


def main_of(browser: Browser) -> str:
    return browser.answer.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]


def posted(stay: Stay) -> list[tuple[str, int]]:
    with reading():
        return lines(stay)


def posting(stay: Stay) -> int:
    with reading():
        folio = queries.folio_of(stay.id)
        assert folio is not None
        return int(queries.statement(folio)[0].id)


CHARGE = {"kind": "food", "charge": "45.50", "text": "Bar"}
PAYMENT = {"what": "payment", "method": "cash", "amount": "128", "reference": ""}


# --- Looking ---------------------------------------------------------------------------------------------------------
def test_the_folio_shows_what_was_posted_by_whom_and_what_is_owed(seat: Seat, stay: Stay, till: Till) -> None:
    with work():
        till.audit()
        actions.preauthorise(stay, 200_000, "A81733", **till.by())
    page = seat().get(path(stay)).text
    for words in ("Dinner", "Room charge", "680.00", "808.00", "Cashier 12:00", "A81733", "2,000.00"):
        assert words in page, words


@pytest.mark.parametrize("role", ["reservation_clerk", "concierge", "housekeeping", "admin"])
def test_others_see_no_folio(seat: Seat, stay: Stay, role: str) -> None:
    browser = seat(role)
    for page in (path(stay), path(stay, "/bill.pdf"), "/cashier"):
        assert browser.get(page).status_code == 403
    for page in ("/charges", "/payments", "/release", "/windows", "/move", f"/postings/{posting(stay)}/reverse"):
        assert browser.post(path(stay, page)).status_code == 403


def test_the_manager_looks_and_finds_nothing_to_press(seat: Seat, stay: Stay) -> None:
    manager = seat("manager")
    manager.get(path(stay))
    assert "Take it" not in main_of(manager)
    assert "Post charge" not in main_of(manager)
    assert "Open folio" not in main_of(manager)


def test_an_agent_finds_no_reversal(seat: Seat, stay: Stay) -> None:
    agent = seat("front_desk_agent")
    agent.get(path(stay))
    assert "Take it" in main_of(agent)
    assert "Reverse" not in main_of(agent)
    assert agent.get(path(stay, f"/postings/{posting(stay)}/reverse")).status_code == 403


def test_a_guest_without_disclosure_has_no_name_for_the_cashier(seat: Seat, till: Till) -> None:
    with work():
        stay = till.guest(guest=till.house.guest("Whitfield", "Eleanor", incognito=True))
    assert "Whitfield" not in seat("cashier").get(path(stay)).text
    assert "Whitfield" not in seat("cashier").get("/cashier").text
    assert "Whitfield" in seat("front_desk_agent").get(path(stay)).text


def test_a_stay_that_is_not_there_is_not_found(seat: Seat) -> None:
    assert seat().get("/stays/999/folio").status_code == 404


def test_no_english_on_a_chinese_page(seat: Seat, stay: Stay, till: Till) -> None:
    with work():
        till.pay(stay, 100)
        windows.open_window(stay, "鑫禾纺织", **till.by())
    browser = seat(language="zh")
    for page in (path(stay), path(stay, f"/postings/{posting(stay)}/reverse"), "/cashier", "/cashier?list=give_back"):
        browser.get(page)
        words = re.sub(r"<[^>]+>", " ", main_of(browser))
        known = {"Fischer", "Anna", "Dinner", "Cashier", "CNY", "Esc", "EN", "Ctrl"}
        assert not set(re.findall(r"[A-Za-z]{2,}", re.sub(r"T-\d+", "", words))) - known, page


def test_a_long_folio_needs_no_more_statements_than_a_short_one(seat: Seat, stay: Stay, till: Till) -> None:
    browser = seat()
    browser.get(path(stay))
    with counted() as short:
        browser.get(path(stay))
    with work():
        for _ in range(20):
            till.charge(stay, 100)
    with counted() as long:
        browser.get(path(stay))
    assert len(long) == len(short)


# --- Charging and paying ---------------------------------------------------------------------------------------------
def test_a_charge_is_posted_with_its_words(seat: Seat, stay: Stay) -> None:
    browser = seat()
    assert browser.post(path(stay, "/charges"), CHARGE).status_code == 303
    assert posted(stay)[-1] == ("food", 4_550)
    assert "Bar" in browser.get(path(stay)).text


@pytest.mark.parametrize(("page", "form"), [("/charges", CHARGE), ("/payments", PAYMENT)])
def test_the_same_form_sent_twice_posts_once(seat: Seat, stay: Stay, page: str, form: dict[str, str]) -> None:
    browser, token = seat(), new_token()
    first = browser.post(path(stay, page), form, token=token)
    again = browser.post(path(stay, page), form, token=token)
    assert (first.status_code, again.status_code) == (303, 303)
    assert len(posted(stay)) == 2


def test_the_exact_balance_is_there_to_be_paid(seat: Seat, stay: Stay) -> None:
    browser = seat()
    assert 'value="128.00"' in browser.get(path(stay)).text
    browser.post(path(stay, "/payments"), PAYMENT)
    assert posted(stay)[-1] == ("payment", -12_800)


@pytest.mark.parametrize(
    ("what", "method", "kind", "amount"),
    [
        ("deposit", "card", "deposit", -10_000),
        ("refund", "cash", "refund", 10_000),
        ("payment", "account", "transfer", -10_000),
    ],
)
def test_deposits_refunds_and_accounts(seat: Seat, stay: Stay, what: str, method: str, kind: str, amount: int) -> None:
    form = {"what": what, "method": method, "amount": "100", "reference": "Xinhe Textile"}
    assert seat().post(path(stay, "/payments"), form).status_code == 303
    assert posted(stay)[-1] == (kind, amount)


def test_a_card_is_held_and_released(seat: Seat, stay: Stay) -> None:
    browser = seat()
    browser.post(path(stay, "/payments"), {"what": "preauthorise", "amount": "2000", "reference": "A81733"})
    assert "A81733" in browser.get(path(stay)).text
    browser.post(path(stay, "/release"))
    with reading():
        assert queries.held_by_cards(stay.id) == 0
    assert "released" in browser.get(path(stay)).text


@pytest.mark.parametrize(
    ("page", "form", "reason", "kept"),
    [
        ("/charges", CHARGE | {"charge": "much"}, "is not an amount", 'value="much"'),
        ("/charges", CHARGE | {"charge": "-5"}, "more than nothing", 'value="-5"'),
        ("/charges", CHARGE | {"text": "4111 1111 1111 1111"}, "card number", "4111 1111 1111 1111"),
        ("/payments", PAYMENT | {"method": "", "amount": "77"}, "how it is paid", 'value="77"'),
        ("/payments", PAYMENT | {"method": "account", "amount": "77"}, "name the account", 'value="77"'),
        ("/payments", {"what": "preauthorise", "amount": "77", "reference": ""}, "approval code", 'value="77"'),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    seat: Seat, stay: Stay, page: str, form: dict[str, str], reason: str, kept: str
) -> None:
    browser = seat()
    answer = browser.post(path(stay, page), form)
    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert reason in main_of(browser)
    assert kept in main_of(browser)
    assert len(posted(stay)) == 1


def test_nothing_is_posted_after_check_out_and_undoing_it_is_offered(seat: Seat, till: Till) -> None:
    with work():
        stay = till.guest()
        actions.close_folio(stay, on=NOON.date())
    answer = seat().post(path(stay, "/charges"), CHARGE)
    assert answer.status_code == 422
    assert "the folio is closed" in answer.text
    assert "Undo the check-out" in answer.text


# --- Taking back -----------------------------------------------------------------------------------------------------
def test_a_posting_is_reversed_with_its_reason(seat: Seat, stay: Stay) -> None:
    browser, address = seat(), path(stay, f"/postings/{posting(stay)}/reverse")
    assert "Dinner" in browser.get(address).text
    assert browser.post(address, {"reason": "wrong room"}).status_code == 303
    assert posted(stay) == [("food", 12_800), ("food", -12_800)]
    assert "Reversed: wrong room" in browser.get(path(stay)).text


def test_the_same_reversal_sent_twice_is_made_once(seat: Seat, stay: Stay) -> None:
    browser, token, address = seat(), new_token(), path(stay, f"/postings/{posting(stay)}/reverse")
    answers = [browser.post(address, {"reason": "wrong room"}, token=token).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(posted(stay)) == 2


def test_who_reverses_second_is_told_who_was_first_and_when(seat: Seat, stay: Stay) -> None:
    address = path(stay, f"/postings/{posting(stay)}/reverse")
    seat("shift_leader").post(address, {"reason": "wrong room"})
    second = seat("cashier")
    answer = second.post(address, {"reason": "not his dinner"})
    assert answer.status_code == 409
    assert re.search(r"already been reversed or moved, by Shift Leader at \d\d:\d\d", answer.text)
    assert "not his dinner" in answer.text
    assert len(posted(stay)) == 2


def test_a_reversal_without_reason_is_refused(seat: Seat, stay: Stay) -> None:
    answer = seat().post(path(stay, f"/postings/{posting(stay)}/reverse"), {"reason": ""})
    assert answer.status_code == 422
    assert len(posted(stay)) == 1


def test_the_posting_of_another_stay_is_not_here(seat: Seat, stay: Stay, till: Till) -> None:
    with work():
        other = till.guest("1202")
    assert seat().post(path(other, f"/postings/{posting(stay)}/reverse"), {"reason": "x"}).status_code == 404


# --- Splitting -------------------------------------------------------------------------------------------------------
def test_the_bill_is_split_between_the_guest_and_the_company(seat: Seat, stay: Stay) -> None:
    browser = seat("front_desk_agent")
    browser.post(path(stay, "/windows"), {"payer": "Xinhe Textile"})
    browser.post(path(stay, "/move"), {"posting": str(posting(stay)), "to": "2"})
    with reading():
        folio = queries.folio_of(stay.id)
        assert folio is not None
        assert queries.window_balances(folio) == {1: 0, 2: 12_800}
    page = browser.get(path(stay, "?window=2")).text
    assert "Dinner" in page
    assert 'value="128.00"' in page
    browser.post(path(stay, "/payments"), PAYMENT | {"window": "2"})
    with reading():
        assert queries.window_balances(folio) == {1: 0, 2: 0}


def test_a_split_that_is_refused_keeps_what_was_typed_and_marked(seat: Seat, stay: Stay) -> None:
    browser = seat()
    browser.post(path(stay, "/windows"), {"payer": "Xinhe Textile"})
    answer = browser.post(path(stay, "/windows"), {"payer": "Xinhe Textile"})
    assert (answer.status_code, "There is a folio of Xinhe Textile already." in answer.text) == (422, True)
    assert browser.post(path(stay, "/move"), {"to": "2"}).status_code == 422
    answer = browser.post(path(stay, "/move"), {"posting": str(posting(stay)), "to": "1"})
    assert (answer.status_code, "in folio 1 already" in answer.text) == (422, True)
    assert re.search(rf'value="{posting(stay)}" checked', answer.text)


# --- The bill --------------------------------------------------------------------------------------------------------
def test_the_bill_is_printed_in_the_guests_language(seat: Seat, till: Till) -> None:
    with work():
        german = till.guest("1204", guest=till.house.guest("Fischer", "Anna", nationality="DE"))
        chinese = till.guest("1202", guest=till.house.guest("Zhao", "Lei", "赵磊", nationality="CN"))
    browser = seat()
    assert "Interim bill" in text_of(browser.get(path(german, "/bill.pdf")).data)
    assert "中期账单" in text_of(browser.get(path(chinese, "/bill.pdf")).data)
    assert "Interim bill" in text_of(browser.get(path(chinese, "/bill.pdf?lang=en")).data)


def test_each_payer_gets_a_bill_without_what_was_moved_away(seat: Seat, stay: Stay, till: Till) -> None:
    with work():
        till.charge(stay, 700, text="Laundry bag")
        windows.open_window(stay, "Xinhe Textile", **till.by())
        windows.move_postings(stay, [posting_now(stay)], 2, **till.by())
    browser = seat()
    guest, company = (text_of(browser.get(path(stay, f"/bill.pdf?window={n}")).data) for n in (1, 2))
    assert ("Dinner" in guest, "Laundry bag" in guest, "CNY 7.00" in guest) == (False, True, True)
    assert ("Dinner" in company, "Xinhe Textile" in company, "CNY 128.00" in company) == (True, True, True)
    assert browser.get(path(stay, "/bill.pdf?window=5")).status_code == 404


def posting_now(stay: Stay) -> int:
    folio = queries.folio_of(stay.id)
    assert folio is not None
    return int(queries.statement(folio)[0].id)


# --- The cashier's lists ---------------------------------------------------------------------------------------------
def test_open_folios_stand_with_the_highest_balance_first(seat: Seat, stay: Stay, till: Till) -> None:
    with work():
        more = till.guest("1202", guest=till.house.guest("Weber", "Karl"))
        till.charge(more, 90_000)
        credit = till.guest("1203", guest=till.house.guest("Okafor", "Chidi"))
        till.pay(credit, 5_000)
        even = till.guest("1205", guest=till.house.guest("Baker", "James"), status=Status.CHECKED_OUT)
    page = seat().get("/cashier").text
    order = [name for name in re.findall(r"Weber|Fischer|Okafor|Baker", page) if name]
    assert list(dict.fromkeys(order)) == ["Weber", "Fischer", "Okafor"]
    assert even
    assert "Okafor" not in main_after(seat().get("/cashier?list=owing").text)
    assert "Okafor" in main_after(seat().get("/cashier?list=credit").text)


def main_after(text: str) -> str:
    return text.partition('id="folios"')[2].partition('id="till"')[0]


def test_what_the_till_took_stands_by_cashier_and_method(seat: Seat, stay: Stay, till: Till) -> None:
    with work():
        till.pay(stay, 10_000, **till.by("front_desk_agent"))
        till.pay(stay, 2_000, PaymentMethod.CARD)
        till.pay(stay, 500, PaymentMethod.CARD, kind=PostingKind.REFUND)
    till_panel = seat().get("/cashier").text.partition('id="till"')[2]
    for words in ("Front Desk Agent", "100.00", "15.00", "Bank card"):
        assert words in till_panel


def test_the_deposit_of_who_will_not_come_is_a_worklist_and_is_given_back(seat: Seat, till: Till) -> None:
    with work():
        stay = till.guest(room=None, status=Status.RESERVED)
        till.pay(stay, 30_000, kind=PostingKind.DEPOSIT)
        stay.status, stay.ended_on = Status.CANCELLED, NOON.date()
    browser = seat()
    browser.get("/cashier")
    assert "Deposits of guests who will not come" in main_of(browser)
    assert "300.00" in main_of(browser)
    page = browser.get(path(stay)).text
    assert re.search(r'<option selected value="refund">', page)
    browser.post(path(stay, "/payments"), {"what": "refund", "method": "cash", "amount": "300"})
    browser.get("/cashier")
    assert "Deposits of guests who will not come" not in main_of(browser)


def test_a_fee_that_takes_the_deposit_up_leaves_nothing_to_give_back(seat: Seat, till: Till) -> None:
    with work():
        stay = till.guest(room=None, status=Status.RESERVED)
        till.pay(stay, 30_000, kind=PostingKind.DEPOSIT)
        stay.status, stay.ended_on = Status.NO_SHOW, NOON.date()
        post_fee(stay, PostingKind.NO_SHOW_FEE, 30_000, **till.by("night_auditor"))
    browser = seat()
    browser.get("/cashier")
    assert "Deposits of guests who will not come" not in main_of(browser)


def test_many_folios_need_no_more_statements_than_one(seat: Seat, stay: Stay, till: Till) -> None:
    browser = seat()
    browser.get("/cashier")
    with counted() as few:
        browser.get("/cashier")
    with work():
        for n in range(12):
            other = till.guest(room=None, status=Status.RESERVED, guest=till.house.guest("Guest", str(n)))
            till.charge(other, 100 * (n + 1))
            actions.preauthorise(other, 100, "A8", **till.by())
    with counted() as many:
        browser.get("/cashier")
    assert len(many) == len(few)


def test_yesterdays_money_is_not_todays(seat: Seat, stay: Stay, till: Till) -> None:
    with work():
        till.pay(stay, 10_000)
        clock.advance_business_date(NOON.date(), NOON.date() + timedelta(days=1), at=NOON)
    assert "Nothing was taken today" in seat().get("/cashier").text


def test_empty_lists_say_what_they_are_for(seat: Seat) -> None:
    browser: Any = seat()
    assert "No folio on this list" in browser.get("/cashier").text
