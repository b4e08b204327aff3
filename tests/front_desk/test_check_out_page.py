"""The check-out sheet in the browser: pay and leave in one commit or not at all, and back again."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import clock
from pms.cashier import actions as cashier
from pms.cashier import queries as ledger
from pms.cashier import windows
from pms.db import db, reading, work
from pms.front_desk import queries
from pms.guest_services.actions import Deposited, NewMessage, store_luggage, take_message
from pms.guests.models import AccountKind
from pms.reservations.models import Guarantee, Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.cashier.steps import lines
from tests.clients import Browser, new_token
from tests.front_desk.steps import Desk

TOMORROW = TODAY + timedelta(days=1)
Seat = Callable[..., Browser]


@pytest.fixture
def seat(app: Flask, desk: Desk) -> Seat:
    def sit(role: str = "front_desk_agent", language: str = "en") -> Browser:
        with work():
            user = desk.house.user(role)
            user.language = language
        return Browser(app).log_in_as(user)

    return sit


@pytest.fixture
def due_out(desk: Desk) -> Stay:
    """Due out today from 1204 with dinner on the bill."""
    with work():
        stay = desk.guest_in_house("1204", nights=1)
        desk.charge(stay, 12_800)
        clock.advance_business_date(TODAY, TOMORROW, at=NOON)
    return stay


def number(stay: Stay) -> int:
    """Reads nothing: what a test reads outside a unit of work keeps the browser from writing."""
    return int(sa.inspect(stay).identity[0])


def path(stay: Stay, more: str = "") -> str:
    return f"/stays/{number(stay)}/check-out{more}"


def sheet(**changes: Any) -> dict[str, Any]:
    return {"seen": "12800", "kind": "food", "method-1": "cash", "keys_back": "1"} | changes


def state(stay: Stay) -> tuple[Status, list[tuple[str, int]]]:
    """The status and the postings as they stand in the database."""
    with reading():
        stay = db.session.get_one(Stay, number(stay), populate_existing=True)
        return stay.status, lines(stay)


def main_of(browser: Browser) -> str:
    return browser.answer.text.partition("<main")[2].partition(">")[2].partition("</main>")[0]


# --- Looking ---------------------------------------------------------------------------------------------------------
def test_the_sheet_shows_the_bill_and_what_is_to_pay(seat: Seat, due_out: Stay) -> None:
    browser = seat()
    browser.get(path(due_out))
    for words in ("Food and drinks", "128.00", "No luggage, no message.", "Bank card", "Check out"):
        assert words in main_of(browser), words


def test_what_still_lies_here_is_pointed_out(seat: Seat, desk: Desk, due_out: Stay) -> None:
    with work():
        by = desk.by("concierge")
        bags = Deposited(
            depositor="Fischer", pieces=2, description="2 suitcases", shelf="C5", due_at=NOON + timedelta(hours=6),
            no_valuables=True, no_dangerous_goods=True,
        )  # fmt: skip
        store_luggage(bags, stay=due_out, **by)
        take_message(due_out, NewMessage("Mr Weber", "Please call.", read_back=True), **by)
    browser = seat()
    browser.get(path(due_out))
    for words in ("2 pieces", "shelf C5", "1 message on the rack"):
        assert words in main_of(browser), words


@pytest.mark.parametrize("role", ["reservation_clerk", "concierge", "housekeeping", "manager"])
def test_who_does_not_check_out(seat: Seat, due_out: Stay, role: str) -> None:
    browser = seat(role)
    assert browser.get(path(due_out)).status_code == 403
    assert browser.post(path(due_out), sheet()).status_code == 403
    assert browser.post(path(due_out, "/undo")).status_code == 403
    assert state(due_out)[0] is Status.IN_HOUSE


def test_the_manager_finds_no_button_that_leads_there(seat: Seat, due_out: Stay) -> None:
    page = seat("manager").get(f"/stays/{number(due_out)}/folio").text
    assert "check-out" not in page
    assert "check-out" in seat("cashier").get(f"/stays/{number(due_out)}/folio").text


def test_who_has_left_is_shown_by_his_folio(seat: Seat, due_out: Stay) -> None:
    browser = seat()
    browser.post(path(due_out), sheet())
    assert browser.get(path(due_out)).headers["Location"].endswith(f"/stays/{number(due_out)}/folio")


def test_no_english_on_the_chinese_sheet(seat: Seat, due_out: Stay) -> None:
    browser = seat(language="zh")
    for answer in (browser.get(path(due_out)), browser.post(path(due_out), sheet(**{"method-1": ""}))):
        assert answer.status_code in (200, 422)
        words = re.sub(r"<[^>]+>", " ", main_of(browser))
        words = re.sub(r"T-\d+", "", words)
        assert not set(re.findall(r"[A-Za-z]{2,}", words)) - {"Fischer", "Anna", "CNY"}


# --- Leaving ---------------------------------------------------------------------------------------------------------
def test_pay_and_leave_in_one_commit(seat: Seat, due_out: Stay) -> None:
    browser = seat()
    assert browser.post(path(due_out), sheet()).status_code == 303
    assert state(due_out) == (Status.CHECKED_OUT, [("food", 12_800), ("payment", -12_800)])
    page = browser.get(f"/stays/{number(due_out)}/folio").text
    assert "Room 1204 is checked out." in page
    assert f'action="{path(due_out, "/undo")}"' in page


def test_the_last_charge_is_paid_with_the_rest(seat: Seat, due_out: Stay) -> None:
    seat().post(path(due_out), sheet(charge="45"))
    assert state(due_out) == (
        Status.CHECKED_OUT,
        [("food", 12_800), ("food", 4_500), ("payment", -17_300)],
    )


def test_the_same_sheet_sent_twice_charges_and_pays_once(seat: Seat, due_out: Stay) -> None:
    browser, token = seat(), new_token()
    answers = [browser.post(path(due_out), sheet(charge="45"), token=token).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert len(state(due_out)[1]) == 3


def test_without_a_way_to_pay_nothing_happens_and_paying_is_offered(seat: Seat, due_out: Stay) -> None:
    browser = seat()
    answer = browser.post(path(due_out), sheet(**{"method-1": "", "charge": "45", "text": "Minibar beer"}))
    assert answer.status_code == 422
    assert "CNY 173.00 of the bill is not paid yet." in answer.text
    assert re.search(r'name="method-1" value="cash" data-key="3"', main_of(browser))
    assert 'value="Minibar beer"' in main_of(browser)
    assert state(due_out) == (Status.IN_HOUSE, [("food", 12_800)])


def test_a_charge_posted_meanwhile_is_said_and_not_paid_unseen(seat: Seat, desk: Desk, due_out: Stay) -> None:
    with work():
        desk.charge(due_out, 3_000)
    browser = seat()
    answer = browser.post(path(due_out), sheet())
    assert answer.status_code == 409
    assert "the balance is now CNY 158.00" in answer.text
    assert 'name="seen" type="hidden" value="15800"' in answer.text
    assert state(due_out)[0] is Status.IN_HOUSE
    assert browser.post(path(due_out), sheet(seen="15800")).status_code == 303


def test_credit_is_given_back(seat: Seat, desk: Desk, due_out: Stay) -> None:
    with work():
        cashier.pay(desk.folio(due_out), due_out.id, 20_000, cashier.PaymentMethod.CASH, **desk.by())
    browser = seat()
    assert "give back" in browser.get(path(due_out)).text
    answer = browser.post(path(due_out), sheet(seen="-7200", **{"method-1": "account"}))
    assert (answer.status_code, "given back to the guest" in answer.text) == (422, True)
    browser.post(path(due_out), sheet(seen="-7200"))
    assert state(due_out)[1][-1] == ("refund", 7_200)


def test_the_company_that_guaranteed_is_charged(seat: Seat, desk: Desk, due_out: Stay) -> None:
    with work():
        company = desk.house.account(kind=AccountKind.COMPANY)
        due_out.booking.guarantee, due_out.booking.company_id = Guarantee.COMPANY, company.id
    browser = seat()
    browser.get(path(due_out))
    assert re.search(r'value="account" checked', main_of(browser))
    assert 'value="Xinhe Textile"' in main_of(browser)
    browser.post(path(due_out), sheet(**{"method-1": "account", "reference-1": "Xinhe Textile"}))
    assert state(due_out)[1][-1] == ("transfer", -12_800)


def test_each_payer_settles_his_own_folio(seat: Seat, desk: Desk, due_out: Stay) -> None:
    with work():
        posting = desk.charge(due_out, 68_000)
        windows.open_window(due_out, "Xinhe Textile", **desk.by())
        windows.move_postings(due_out, [posting], 2, **desk.by())
    browser = seat()
    answer = browser.post(path(due_out), sheet(seen="80800"))
    assert (answer.status_code, "CNY 680.00 of folio 2 is not paid yet." in answer.text) == (422, True)
    assert 'name="method-2" value="card" data-key="1"' in answer.text  # the offer settles the folio that is open
    both = {"method-2": "account", "reference-2": "Xinhe Textile"}
    assert browser.post(path(due_out), sheet(seen="80800", **both)).status_code == 303
    assert state(due_out)[1][-2:] == [("payment", -12_800), ("transfer", -68_000)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"charge": "beer"}, "is not an amount"),
        ({"keys_back": "12"}, "This is 0 to 9."),
        ({"reference-1": "4111111111111111"}, "card number"),
        ({"method-1": "account"}, "name the account"),
    ],
)
def test_what_is_wrong_stands_at_the_field_and_nothing_is_done(
    seat: Seat, due_out: Stay, changes: dict[str, str], reason: str
) -> None:
    answer = seat().post(path(due_out), sheet(**changes))
    assert answer.status_code == 422
    assert reason in answer.text
    for typed in changes.values():
        assert f'value="{typed}"' in answer.text
    assert state(due_out) == (Status.IN_HOUSE, [("food", 12_800)])


# --- Before the day, and back ----------------------------------------------------------------------------------------
def test_who_leaves_before_his_day_leaves_early_by_the_offer(seat: Seat, desk: Desk) -> None:
    with work():
        stay = desk.guest_in_house("1204", nights=3)
        clock.advance_business_date(TODAY, TOMORROW, at=NOON)
    browser = seat()
    assert "The nights not slept are given back." in browser.get(path(stay)).text
    answer = browser.post(path(stay), sheet(seen="0"))
    assert answer.status_code == 422
    assert re.search(r'name="early" value="y" data-key="1"', answer.text)
    assert browser.post(path(stay), sheet(seen="0", early="y")).status_code == 303
    assert state(stay)[0] is Status.CHECKED_OUT
    with reading():
        assert db.session.get_one(Stay, number(stay)).departure == TOMORROW


def test_leaving_on_the_day_of_arrival_is_a_day_use_with_its_price(seat: Seat, desk: Desk) -> None:
    with work():
        stay = desk.guest_in_house("1204", nights=2)
    browser = seat()
    assert browser.post(path(stay), sheet(seen="0", early="y")).status_code == 422
    browser.post(path(stay), sheet(seen="0", early="y", day_use_price="300"))
    assert state(stay) == (Status.CHECKED_OUT, [("day_use", 30_000), ("payment", -30_000)])


def test_undo_brings_guest_and_preauthorisation_back(seat: Seat, desk: Desk, due_out: Stay) -> None:
    with work():
        cashier.preauthorise(due_out, 50_000, "OLD", **desk.by())
        cashier.release_preauthorisations(due_out.id, by=desk.house.user(), now=NOON)
        cashier.preauthorise(due_out, 200_000, "A81733", **desk.by())
    browser = seat()
    browser.post(path(due_out), sheet())
    with reading():
        assert ledger.held_by_cards(number(due_out)) == 0
    browser.post(path(due_out, "/undo"))
    assert state(due_out)[0] is Status.IN_HOUSE
    with reading():
        assert ledger.held_by_cards(number(due_out)) == 200_000  # what was released before stays released
        assert [key.void_at is None for key in queries.keys_of(number(due_out))] == [False, True]


def test_undo_after_somebody_has_the_room_says_who(seat: Seat, desk: Desk, due_out: Stay) -> None:
    browser = seat()
    browser.post(path(due_out), sheet())
    with work():
        desk.house.rooms["1204"].housekeeping = "clean"
        desk.check_in(desk.house.stay(arrival=1, room="1204", guest=desk.house.guest("Weber", "Karl")))
    answer = browser.post(path(due_out, "/undo"))
    assert answer.status_code == 422
    assert "Weber, Karl is already in room 1204" in answer.text
