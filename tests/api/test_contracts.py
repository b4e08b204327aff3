"""Contract accounts over the API: agreed, found, booked under, agreed anew."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program

pytestmark = pytest.mark.both_engines

XINHE = {"code": "xinhe", "kind": "company", "name_en": "Xinhe Textile", "name_zh": "鑫禾纺织"}
TERMS = {"contract": "XY-14", "valid_from": "2026-01-01", "valid_to": "2026-12-31", "plan": "COR",
         "discount_percent": 10, "credit": True, "credit_limit": 500_000}  # fmt: skip


@pytest.fixture
def supervisor(program_of: NewProgram) -> Program:
    """A reservation supervisor: agrees terms."""
    return program_of("reservation_supervisor")


def codes(page: Any) -> list[str]:
    return [account["code"] for account in page["items"]]


def test_an_account_is_agreed_and_booked_under_at_its_rate_and_discount(
    program_of: NewProgram, supervisor: Program
) -> None:
    made = supervisor.post("/accounts", XINHE | TERMS)
    assert (made["code"], made["plan"], made["valid_to"], made["credit_limit"]) == (
        "XINHE",
        "COR",
        "2026-12-31",
        500_000,
    )
    assert supervisor.get(f"/accounts/{made['id']}") == made
    wish = supervisor.wish(supervisor.guest(), plan="COR", discount_percent=10)
    booked = program_of("reservation_clerk").book(wish, company="XINHE", guarantee="company")
    assert (booked["company"], booked["agent"]) == ("XINHE", None)
    (stay,) = booked["stays"]
    assert [night["price"] for night in stay["nights"]] == [55_080, 55_080]  # 680.00, by contract 612.00, less 10 %
    assert [each["id"] for each in supervisor.get("/stays", account="XINHE")["items"]] == [stay["id"]]
    assert supervisor.get("/stays", account="NOBODY")["items"] == []
    assert supervisor.get(f"/accounts/{made['id']}/production")["to_come"] == 2


def test_a_booking_beyond_the_contract_hears_what_is_possible_instead(supervisor: Program) -> None:
    supervisor.post("/accounts", XINHE | TERMS | {"valid_to": DAY})
    wish = supervisor.wish(supervisor.guest(), plan="COR")
    problem = supervisor.refused("POST", "/reservations", {"stays": [wish], "source": "web", "company": "XINHE"})
    assert (problem["status"], [offer["kind"] for offer in problem["offers"]]) == (422, ["plan", "renew"])


def test_accounts_are_found_by_any_of_their_names_page_by_page(supervisor: Program) -> None:
    supervisor.post("/accounts", XINHE | {"contract": "XY-14"} | TERMS)
    supervisor.post("/accounts", {"code": "CITS", "kind": "agent", "name_en": "China Travel"})
    for typed in ("textile", "鑫禾", "xinhe", "xy-14"):
        assert codes(supervisor.get("/accounts", q=typed)) == ["XINHE"], typed
    page = supervisor.get("/accounts", limit=1)
    assert (codes(page), codes(supervisor.get("/accounts", cursor=page["next"]))) == (["XINHE"], ["CITS"])
    assert supervisor.refused("GET", "/accounts/99")["status"] == 404


def test_what_is_agreed_anew_is_the_whole_of_it_and_the_second_sees_what_the_first_did(supervisor: Program) -> None:
    made = supervisor.post("/accounts", XINHE | TERMS)
    path, seen = f"/accounts/{made['id']}", made["version"]
    changed = supervisor.put(path, XINHE | {"contact": "Ms Xu", "version": seen})
    assert (changed["contact"], changed["plan"], changed["valid_to"], changed["credit"]) == ("Ms Xu", None, None, False)
    problem = supervisor.refused("PUT", path, XINHE | TERMS, headers={"If-Match": f'"{seen}"'})
    assert (problem["status"], problem["current"]["contact"]) == (412, "Ms Xu")
    assert supervisor.refused("PUT", path, XINHE | TERMS)["status"] == 428
    assert supervisor.refused("PUT", path, XINHE | TERMS | {"version": seen})["status"] == 409


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name_en": " "}, "code"),
        ({"valid_to": "2025-12-31"}, "valid_to"),
        ({"credit": False}, "credit_limit"),
        ({"kind": "agent", "tenant": True}, "kind"),
        ({"plan": "NONE"}, "plan"),
        ({"discount_percent": 101}, "discount_percent"),
    ],
)
def test_an_account_says_what_makes_no_sense(supervisor: Program, wrong: dict[str, Any], field: str) -> None:
    assert supervisor.refused("POST", "/accounts", XINHE | TERMS | wrong)["field"] == field
    assert codes(supervisor.get("/accounts")) == []


def test_a_code_is_given_once_and_a_request_sent_again_opens_no_second_account(supervisor: Program) -> None:
    first, again = (supervisor.call("POST", "/accounts", XINHE, key="k1") for _ in range(2))
    assert (again.json, again.headers["Idempotent-Replayed"]) == (first.json, "true")
    problem = supervisor.refused("POST", "/accounts", XINHE)
    assert (problem["field"], problem["detail"]) == ("code", "There is already an account XINHE.")


def test_a_clerk_corrects_the_contact_and_is_told_who_agrees_terms(program_of: NewProgram) -> None:
    clerk = program_of("reservation_clerk")
    made = clerk.post("/accounts", XINHE)
    path = f"/accounts/{made['id']}"
    made = clerk.put(path, XINHE | {"telephone": "010-1234", "version": made["version"]})
    problem = clerk.refused("PUT", path, XINHE | TERMS | {"version": made["version"]})
    assert (problem["status"], "Reservation supervisor" in problem["detail"]) == (403, True)
    assert clerk.get(path)["plan"] is None


def test_what_an_account_brought_in_money_is_for_those_who_see_revenue(program_of: NewProgram) -> None:
    supervisor = program_of("reservation_supervisor")
    path = f"/accounts/{supervisor.post('/accounts', XINHE)['id']}/production"
    assert supervisor.get(path) == {
        "this_year": {"nights": 0, "revenue": 0}, "ever": {"nights": 0, "revenue": 0}, "to_come": 0
    }  # fmt: skip
    assert program_of().get(path)["ever"] == {"nights": 0, "revenue": None}


def test_who_wants_no_disclosure_is_not_named_among_the_stays_of_an_account(program_of: NewProgram) -> None:
    desk = program_of()
    desk.post("/accounts", XINHE)
    desk.book(desk.wish(desk.guest("Secret", incognito=True)), company="XINHE")
    (stay,) = program_of("reservation_clerk").get("/stays", account="XINHE")["items"]
    assert (stay["guest"], stay["guest_id"]) == ("", None)


def test_a_guest_has_the_company_he_comes_from(supervisor: Program) -> None:
    supervisor.post("/accounts", XINHE)
    supervisor.post("/accounts", {"code": "CITS", "kind": "agent", "name_en": "China Travel"})
    guest = supervisor.get(f"/guests/{supervisor.guest(account='XINHE')}")
    assert guest["account"] == "XINHE"
    change = {"account": "CITS", "version": guest["version"]}
    moved = supervisor.call("PATCH", f"/guests/{guest['id']}", change).json
    assert (moved["account"], moved["version"] != guest["version"]) == ("CITS", True)
    assert [each["account"] for each in supervisor.get("/guests")["items"]] == ["CITS"]
    problem = supervisor.refused("POST", "/guests", {"surname": "Fischer", "account": "NOBODY"})
    assert (problem["status"], problem["field"]) == (404, "account")
