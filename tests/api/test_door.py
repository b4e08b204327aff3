"""Who comes in, what he may do, and what he is told when it is not done."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from flask import Flask

from pms.access import ALLOWED, Role
from pms.accounts import queries, tokens
from pms.api.door import OPERATIONS, PREFIX, Operation
from pms.db import db, work
from pms.guests.models import Guest
from pms.journal import JournalLine
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program
from tests.builders import NOON, House
from tests.clients import Browser
from tests.web.statements import counted


# --- Coming in -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer pms_wrong", "Basic cm9vdDpyb290"])
def test_nobody_comes_in_without_a_valid_token(app: Flask, house: House, authorization: str | None) -> None:
    headers = {"Authorization": authorization} if authorization is not None else {}
    for operation in OPERATIONS:
        path = PREFIX + operation.path.replace("{", "").replace("}", "")
        answer = app.test_client().open(path, method=operation.method, headers=headers)
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json"), operation.name
        assert answer.json["type"] == "urn:innkeep:problem:unauthorised"


def test_a_cookie_opens_nothing_here(app: Flask, house: House) -> None:
    with work():
        admin = house.user("manager")
    browser = Browser(app).log_in_as(admin)
    assert browser.get("/").status_code == 200
    assert browser.get(f"{PREFIX}/business-date").status_code == 401
    assert browser.post(f"{PREFIX}/guests", {"surname": "Fischer"}).status_code == 401


def test_a_revoked_token_is_worthless_at_once(desk: Program) -> None:
    assert desk.get("/business-date")["date"] == DAY
    with work():
        tokens.revoke_token(queries.token_by_id(1), now=NOON)
    assert desk.refused("GET", "/business-date")["status"] == 401


def test_the_journal_names_the_program(desk: Program) -> None:
    guest = desk.guest()
    with work():
        line = db.session.query(JournalLine).filter_by(subject=f"guest:{guest}").one()
        assert (line.action, queries.user_by_id(line.by_id).login) == ("create_guest", "api.front_desk_agent")


# --- What a role may -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_what_the_access_table_says(program_of: NewProgram, role: Role) -> None:
    """403 before anything is looked at; who may gets another answer to the same nonsense."""
    program = program_of(role.value)
    for operation in OPERATIONS:
        problem = program.call(operation.method, nowhere(operation), body={"nonsense": 1})
        assert (problem.status_code == 403) is (role not in ALLOWED[operation.needs]), operation.name


def nowhere(operation: Operation) -> str:
    """The path of a record that does not exist."""
    path = operation.path
    for name in operation.places:
        path = path.replace(f"{{{name}}}", "999999")
    return path


def test_a_refused_role_is_told_who_may(program_of: NewProgram) -> None:
    problem = program_of("concierge").refused("POST", "/stays/1/check-out")
    assert problem["detail"].startswith("Your role may not do this. Ask: Front-desk agent")
    problem = program_of("concierge", "zh").refused("POST", "/stays/1/check-out")
    assert (problem["title"], problem["detail"].isascii()) == ("没有权限", False)


def test_inspecting_needs_more_than_setting_a_state(program_of: NewProgram) -> None:
    state = {"state": "inspected"}
    assert program_of().refused("PUT", "/rooms/1201/housekeeping", state)["status"] == 403
    assert program_of("housekeeping").put("/rooms/1201/housekeeping", state)["housekeeping"] == "inspected"


def test_prices_are_for_those_who_sell_or_answer_for_them(program_of: NewProgram) -> None:
    desk = program_of()
    stay = desk.in_house()
    concierge = program_of("concierge")
    assert desk.get(f"/stays/{stay}")["nights"][0]["price"] == 68_000
    assert concierge.get(f"/stays/{stay}")["nights"] is None
    assert concierge.get("/availability", arrival=DAY, departure="2026-11-23")["types"][0]["prices"] is None


def test_a_guest_without_disclosure_is_nobody_to_those_who_need_not_know(program_of: NewProgram) -> None:
    desk, clerk = program_of(), program_of("reservation_clerk")
    guest = desk.guest("Secret", incognito=True)
    stay = desk.book(desk.wish(guest, remarks="film star"), booker="Agent Smith")["stays"][0]
    seen = clerk.get(f"/stays/{stay['id']}")
    assert (seen["guest"], seen["guest_id"], seen["remarks"], seen["incognito"]) == ("", None, "", True)
    assert clerk.get(f"/reservations/{stay['confirmation']}")["booker"] == ""
    assert clerk.refused("GET", f"/guests/{guest}")["status"] == 404
    assert clerk.get("/guests", q="secret")["items"] == clerk.get("/stays", guest_id=guest)["items"] == []
    assert desk.get("/guests", q="secret")["items"][0]["id"] == guest


def test_numbers_of_documents_are_masked(desk: Program) -> None:
    guest = desk.guest()
    paper = desk.post(f"/guests/{guest}/documents", {"kind": "passport", "number": "C01X00T47", "country": "DE"})
    assert paper["masked"] == "•••••0T47"
    assert "C01X0" not in desk.call("GET", f"/guests/{guest}/documents").text


# --- Refusals --------------------------------------------------------------------------------------------------------
def test_a_refusal_says_what_can_be_done_instead_as_data(desk: Program) -> None:
    for _ in range(2):
        desk.book(desk.wish(desk.guest(), "DLK"))
    problem = desk.refused("POST", "/reservations", {"stays": [desk.wish(1, "DLK")], "source": "web"})
    assert (problem["status"], problem["title"]) == (422, "Not possible")
    assert problem["detail"] == "Nothing of type DLK is left on 2 nights, first on Sat 21 Nov 2026."
    kinds = {offer["kind"] for offer in problem["offers"]}
    assert kinds == {"type", "dates", "sell_beyond_limit"}
    dates = next(offer["value"] for offer in problem["offers"] if offer["kind"] == "dates")
    assert dates == ["2026-11-23", "2026-11-25"]


def test_refusals_speak_chinese_to_who_asks_for_it(program_of: NewProgram) -> None:
    desk = program_of(lang="zh-CN,zh;q=0.9")
    stay = desk.book(desk.wish(desk.guest()))["stays"][0]["id"]
    missing = desk.refused("POST", f"/stays/{stay}/check-in", {"documents": [], "signed": True})
    unsigned = desk.refused("POST", f"/stays/{stay}/cancellation", {"reason": " "})
    nowhere = desk.refused("GET", "/stays/99")
    unknown = desk.refused("GET", "/no-such-thing")
    for problem in (missing, unsigned, nowhere, unknown):
        words = [problem["title"], problem["detail"], *(error["detail"] for error in problem.get("errors", ()))]
        assert all(not any(c.isascii() and c.isalpha() for c in word.replace("JSON", "")) for word in words), words
    assert (missing["field"], missing["errors"][0]["code"]) == ("deposit", "missing")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/no-such-thing", None, 404),
        ("DELETE", "/guests", None, 405),
        ("GET", "/stays/0", None, 404),
        ("GET", "/stays/99999999999999999999", None, 404),
        ("GET", "/stays/one", None, 404),
        ("GET", "/guests?colour=red", None, 422),
        ("GET", "/guests?cursor=eA", None, 422),
        ("GET", "/availability?arrival=2026-11-23&departure=2026-11-21", None, 422),
        ("GET", "/availability?arrival=2026-11-23&departure=2027-11-21", None, 422),
        ("POST", "/guests", {"surname": "Fischer", "colour": "red"}, 422),
        ("POST", "/guests", {"surname": "Fi\x00scher"}, 422),
        ("POST", "/guests", {"surname": 7}, 422),
        ("POST", "/guests", {}, 422),
    ],
)
def test_what_is_wrong_is_a_problem_and_never_a_page(
    desk: Program, method: str, path: str, body: Any, status: int
) -> None:
    assert desk.refused(method, path, body)["status"] == status


def test_a_body_has_to_be_json(desk: Program) -> None:
    sent = {"Authorization": f"Bearer {desk.secret}", "Idempotency-Key": "1"}
    form = desk.client.post(f"{PREFIX}/guests", data={"surname": "Fischer"}, headers=sent)
    torn = desk.client.post(f"{PREFIX}/guests", data=b'{"surname": ', headers=sent, content_type="application/json")
    assert (form.status_code, torn.status_code) == (415, 400)


# --- Once ------------------------------------------------------------------------------------------------------------
pytest_both = pytest.mark.both_engines


def guests() -> int:
    with work():
        return db.session.query(Guest).count()


@pytest_both
def test_the_same_key_with_the_same_words_gets_the_first_answer(desk: Program) -> None:
    answers = [desk.call("POST", "/guests", {"surname": "Fischer"}, key="k1") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.text for answer in answers}) == len({answer.headers["ETag"] for answer in answers}) == 1
    assert [answer.headers.get("Idempotent-Replayed") for answer in answers] == [None, "true", "true"]
    assert guests() == 1


@pytest_both
def test_the_same_key_with_other_words_is_a_conflict(desk: Program) -> None:
    desk.call("POST", "/guests", {"surname": "Fischer"}, key="k1")
    assert desk.refused("POST", "/guests", {"surname": "Okafor"}, key="k1")["status"] == 409
    assert guests() == 1


@pytest_both
def test_a_post_without_a_key_does_nothing(desk: Program) -> None:
    problem = desk.refused("POST", "/guests", {"surname": "Fischer"}, headers={"Idempotency-Key": ""})
    assert (problem["status"], problem["field"]) == (400, "Idempotency-Key")
    assert guests() == 0


@pytest_both
def test_a_refused_request_may_be_sent_again_with_its_key(program_of: NewProgram) -> None:
    desk = program_of()
    stay = desk.book(desk.wish(desk.guest()))["stays"][0]["id"]
    assert desk.refused("POST", f"/stays/{stay}/cancellation", {"reason": ""}, key="k")["status"] == 422
    assert desk.call("POST", f"/stays/{stay}/cancellation", {"reason": "ill"}, key="k").status_code == 200


@pytest_both
def test_two_programs_may_use_the_same_key(program_of: NewProgram) -> None:
    for role in ("front_desk_agent", "concierge"):
        assert program_of(role).call("POST", "/guests", {"surname": "Fischer"}, key="1").status_code == 201
    assert guests() == 2


@pytest_both
def test_the_same_key_at_the_same_time_does_it_once(app: Flask, desk: Program) -> None:
    answers: list[Any] = []
    start = threading.Barrier(5)

    def send() -> None:
        start.wait()
        answers.append(desk.call("POST", "/guests", {"surname": "Fischer"}, key="once"))

    senders = [threading.Thread(target=send) for _ in range(5)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert [answer.status_code for answer in answers] == [201] * 5
    assert len({answer.json["id"] for answer in answers}) == guests() == 1


# --- Two at one record -----------------------------------------------------------------------------------------------
@pytest_both
def test_the_second_to_change_a_stay_sees_what_the_first_did(program_of: NewProgram) -> None:
    desk, clerk = program_of(), program_of("reservation_clerk")
    stay = desk.book(desk.wish(desk.guest()))["stays"][0]
    path, tag = f"/stays/{stay['id']}", desk.call("GET", f"/stays/{stay['id']}").headers["ETag"]
    assert clerk.call("PATCH", path, {"eta": "18:30"}, headers={"If-Match": tag}).status_code == 200
    problem = desk.refused("PATCH", path, {"remarks": "near the lift"}, headers={"If-Match": tag})
    assert (problem["status"], problem["current"]["eta"]) == (412, "18:30")
    assert "Changed by somebody else meanwhile" in problem["detail"]
    in_body = desk.refused("PATCH", path, {"remarks": "near the lift", "version": stay["version"]})
    assert (in_body["status"], in_body["current"]) == (409, problem["current"])
    again = {"remarks": "near the lift", "version": problem["current"]["version"]}
    kept = desk.call("PATCH", path, again).json
    assert (kept["eta"], kept["remarks"]) == ("18:30", "near the lift")


@pytest_both
def test_a_change_has_to_say_what_it_saw(desk: Program) -> None:
    guest = desk.guest()
    assert desk.refused("PATCH", f"/guests/{guest}", {"title": "Dr"})["status"] == 428
    assert desk.refused("PATCH", f"/guests/{guest}", {"title": "Dr", "version": "0"})["current"]["id"] == guest
    tag = desk.call("GET", f"/guests/{guest}").headers["ETag"]
    changed = desk.call("PATCH", f"/guests/{guest}", {"title": "Dr"}, headers={"If-Match": tag})
    assert (changed.json["title"], changed.headers["ETag"] != tag) == ("Dr", True)


# --- Lists -----------------------------------------------------------------------------------------------------------
def test_pages_go_on_where_they_were_whatever_comes_in_between(desk: Program) -> None:
    names = [f"Guest{n}" for n in range(5)]
    for name in names:
        desk.guest(name)
    first = desk.get("/guests", limit=2)
    desk.guest("Newcomer")
    second = desk.get("/guests", limit=2, cursor=first["next"])
    last = desk.get("/guests", limit=2, cursor=second["next"])
    seen = [guest["surname"] for page in (first, second, last) for guest in page["items"]]
    assert (seen, last["next"]) == ([*names, "Newcomer"], None)


def test_stays_are_listed_by_arrival_and_filtered(desk: Program) -> None:
    guest = desk.guest()
    late = desk.book(desk.wish(guest, arrival="2026-12-01", departure="2026-12-02"))["stays"][0]["id"]
    early = desk.book(desk.wish(guest), desk.wish(guest, "STT"))["stays"]
    ids = [early[0]["id"], early[1]["id"], late]
    found, cursor = [], ""
    while cursor is not None:
        page = desk.get("/stays", limit=1, cursor=cursor)
        found, cursor = found + [stay["id"] for stay in page["items"]], page["next"]
    assert found == ids
    assert [s["id"] for s in desk.get("/stays", arrival_from="2026-11-30")["items"]] == [late]
    assert [s["id"] for s in desk.get("/stays", in_house_on=DAY, status="reserved")["items"]] == ids[:2]
    assert desk.get("/stays", status="cancelled", guest_id=guest)["items"] == []


@pytest.mark.parametrize("path", ["/stays", "/guests", "/rooms", "/luggage", "/messages"])
def test_a_list_takes_as_many_statements_for_many_rows_as_for_one(desk: Program, path: str) -> None:
    def statements() -> int:
        with counted() as seen:
            desk.get(path)
        return len(seen)

    desk.book(desk.wish(desk.guest(), sharers=[]))
    desk.get(path)
    few = statements()
    desk.book(*(desk.wish(desk.guest(f"G{n}"), kind) for n, kind in enumerate(("STK", "STT", "DLK", "SUI"))))
    assert statements() == few
