"""The page of the night audit over HTTP: where the day stands, what mends it, the close, its papers."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from pypdf import PdfReader

from pms import clock
from pms.access import Role, allowed
from pms.db import db, reading, work
from pms.night_audit import actions, hold, queries_standing
from pms.night_audit.models import Audit
from tests.builders import NOON, TODAY, House
from tests.clients import Browser
from tests.night_audit.conftest import NIGHT, Night
from tests.web.statements import counted

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def auditor(app: Flask, night: Night, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """The night auditor's browser at two in the morning."""
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    return Browser(app).log_in_as(night.auditor)


def form(page: str) -> dict[str, str]:
    """What the button of the page would send."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("day", "seen")}  # type: ignore[index]


def press_close(browser: Browser, **changed: str) -> int:
    return browser.post("/night-audit", form(browser.get("/night-audit").text) | changed).status_code


# --- Who may ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_run_it_sees_the_page_and_its_entry(app: Flask, house: House, role: Role) -> None:
    with work():
        user = house.user(role.value)
    browser, may = Browser(app).log_in_as(user), allowed(user, "run_audit")
    assert ('href="/night-audit"' in browser.get("/").text) is may
    for path in ("/night-audit", f"/night-audit/{TODAY}/steps"):
        assert (browser.get(path).status_code == 403) is not may
    assert may or browser.post("/night-audit", {"day": TODAY}).status_code == 403


# --- Before the close -------------------------------------------------------------------------------------------------
def test_the_page_says_what_would_be_posted(auditor: Browser, full_night: Night) -> None:
    page = auditor.get("/night-audit").text
    assert "closes <strong>Sat 21 Nov 2026</strong>, opens Sun 22 Nov 2026" in page
    rehearsal = page[page.index('id="rehearsal"') :]
    assert "Room charges" in rehearsal
    assert "No-show fees" in rehearsal
    assert "nothing is saved yet" in rehearsal


def test_a_due_out_blocks_and_leads_to_his_check_out(auditor: Browser, night: Night) -> None:
    with work():
        stay = night.guest_in_house("1201", arrival=-1, nights=1)
    page = auditor.get("/night-audit").text
    assert "1 blocker" in page
    assert f'href="/stays/{stay.id}/check-out" data-key="1"' in page
    assert re.search(r"<button[^>]* data-commit disabled>", page)


def test_many_arrivals_that_did_not_come_are_one_line(auditor: Browser, night: Night) -> None:
    with work():
        for _ in range(5):
            night.expected(kind="STK", guest=night.house.guest("Okafor", "Chidi"))
    page = auditor.get("/night-audit").text
    assert "<summary>5 arrivals are not here and will become no-shows</summary>" in page
    assert page.count("has not arrived and will become a no-show") == 5


def test_who_may_not_mend_something_gets_no_link_to_it(app: Flask, night: Night) -> None:
    with work():
        stay = night.guest_in_house("1201", arrival=-1, nights=1)
        manager = night.house.user("manager")
    assert f"/stays/{stay.id}/check-out" not in Browser(app).log_in_as(manager).get("/night-audit").text


def test_a_date_that_has_not_begun_cannot_be_closed_and_the_page_says_so(
    auditor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert press_close(auditor) == 303
    monkeypatch.setattr(clock, "now", lambda: NOON)
    with work():
        db.session.execute(db.text("UPDATE business_day SET date = '2026-11-22'"))
    page = auditor.get("/night-audit").text
    assert "has not begun" in page
    assert "data-commit" not in page


# --- The close --------------------------------------------------------------------------------------------------------
@pytest.mark.both_engines
def test_the_date_is_closed_and_its_papers_are_there_to_print(auditor: Browser, full_night: Night) -> None:
    assert press_close(auditor) == 303
    assert auditor.answer.location == f"/night-audit/{TODAY}"
    with reading():
        assert clock.business_date() == TODAY + timedelta(days=1)
    page = auditor.get(auditor.answer.location).text
    assert "Sat 21 Nov 2026 is closed." in page
    assert page.count("step-done") == 9
    assert f'href="/papers/{TODAY}/pack.pdf"' in page
    assert "will become a no-show" in page  # the warnings that were noted


def test_the_pack_is_one_pdf_with_every_paper(auditor: Browser, full_night: Night) -> None:
    press_close(auditor)
    pages = sum(map(int, re.findall(r'<td class="num">(\d+)</td>', auditor.get(f"/night-audit/{TODAY}").text)))
    answer = auditor.get(f"/papers/{TODAY}/pack.pdf")
    pdf = PdfReader(io.BytesIO(answer.data))
    assert answer.mimetype == "application/pdf"
    assert len(pdf.pages) == pages
    assert len(pdf.outline) >= 15


def test_there_is_no_pack_of_a_date_without_papers(auditor: Browser, app: Flask, house: House) -> None:
    for day in (YESTERDAY, "yesterday"):
        assert auditor.get(f"/papers/{day}/pack.pdf").status_code == 404


def test_what_was_not_rehearsed_on_the_screen_is_not_closed(auditor: Browser, night: Night) -> None:
    seen = form(auditor.get("/night-audit").text)
    with work():
        night.guest_in_house("1201")
    answer = auditor.post("/night-audit", seen)
    assert answer.status_code == 409
    assert "has changed since you looked" in answer.text
    assert press_close(auditor) == 303


@pytest.mark.parametrize("seen", ["", "0" * 20])
def test_no_rehearsal_no_close(auditor: Browser, seen: str) -> None:
    assert press_close(auditor, seen=seen) == 409


def test_what_blocks_is_refused_also_when_the_button_is_forced(auditor: Browser, night: Night) -> None:
    with work():
        night.guest_in_house("1201", arrival=-1, nights=1)
    assert press_close(auditor) == 422
    assert "cannot be closed yet" in auditor.answer.text
    with reading():
        assert clock.business_date() == TODAY


@pytest.mark.parametrize("day", ["2026-11-30", "2026-11-20", "", "someday"])
def test_another_date_than_the_one_rehearsed_is_refused(auditor: Browser, day: str) -> None:
    assert press_close(auditor, day=day) == 422
    assert "<title>Error: " in auditor.answer.text
    with reading():
        assert clock.business_date() == TODAY


def test_pressed_again_on_an_old_page_nothing_is_closed_twice(auditor: Browser, night: Night) -> None:
    old = form(auditor.get("/night-audit").text)
    assert auditor.post("/night-audit", old).status_code == 303
    assert auditor.post("/night-audit", old).status_code == 422
    assert "is already closed" in auditor.answer.text
    with reading():
        assert clock.business_date() == TODAY + timedelta(days=1)


# --- While it runs ----------------------------------------------------------------------------------------------------
@pytest.fixture
def held(night: Night, auditor: Browser) -> None:
    """The audit is being run by the assistant manager, whose process is this one and alive."""
    with work():
        boss = night.house.user("assistant_manager", name="Chen Yu", name_zh="陈宇")
        hold.take(TODAY, hold.new_holder(), boss, NIGHT)


def test_the_second_one_is_told_who_runs_it(auditor: Browser, held: None) -> None:
    page = auditor.get("/night-audit").text
    assert "Chen Yu runs it since 02:00" in page
    assert "data-running" in page
    assert "data-commit" not in page


def test_the_second_one_who_presses_all_the_same_is_refused(auditor: Browser, night: Night) -> None:
    seen = form(auditor.get("/night-audit").text)
    with work():
        boss = night.house.user("assistant_manager", name="Chen Yu")
        hold.take(TODAY, hold.new_holder(), boss, NIGHT)
    answer = auditor.post("/night-audit", seen)
    assert answer.status_code == 409
    assert "Chen Yu is running the night audit" in answer.text


def test_the_steps_say_which_one_is_running(auditor: Browser, held: None) -> None:
    answer = auditor.get(f"/night-audit/{TODAY}/steps")
    assert answer.headers["X-Audit"] == "running"
    assert answer.text.count("step-running") == 1
    assert "<html" not in answer.text


def test_an_audit_that_was_killed_is_taken_up_where_it_stopped(
    auditor: Browser, full_night: Night, stop_before
) -> None:  # type: ignore[no-untyped-def]
    stop_before(full_night, "rooms")
    page = auditor.get("/night-audit").text
    assert "It goes on with step 5; nothing is posted twice." in page
    assert "Go on with Sat 21 Nov" in page
    assert auditor.get(f"/night-audit/{TODAY}").location == "/night-audit"
    assert auditor.get(f"/night-audit/{TODAY}/steps").headers["X-Audit"] == "waits"
    assert press_close(auditor) == 303
    with reading():
        row = queries_standing.audit(TODAY)
    assert row is not None and row.finished_at is not None


def test_a_date_never_begun_has_no_page(auditor: Browser) -> None:
    for day in (YESTERDAY, "nonsense"):
        assert auditor.get(f"/night-audit/{day}").status_code == 404


def test_the_request_holds_no_transaction_while_it_runs(
    auditor: Browser, full_night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another desk writes between two steps; on SQLite it would have to wait for a transaction of the request."""
    real, seen = actions._do, []

    def do(step, run):  # type: ignore[no-untyped-def]
        seen.append(db.session().in_transaction())
        return real(step, run)

    monkeypatch.setattr(actions, "_do", do)
    assert press_close(auditor) == 303
    assert seen == [False] * 9


# --- In Chinese -------------------------------------------------------------------------------------------------------
def test_the_pages_are_chinese_for_chinese_readers(auditor: Browser, full_night: Night) -> None:
    with work():
        full_night.auditor.language = "zh"
        db.session.merge(full_night.auditor)
    page = auditor.get("/night-audit").text
    assert "夜审" in page
    assert "Rehearsal" not in page
    press_close(auditor)
    assert "Steps" not in auditor.get(f"/night-audit/{TODAY}").text


def test_the_page_of_a_full_house_asks_no_more_than_that_of_an_empty_one(auditor: Browser, night: Night) -> None:
    def statements() -> int:
        with counted() as seen:
            assert auditor.get("/night-audit").status_code == 200
        return len([text for text in seen if "SELECT" in text])

    with work():
        night.guest_in_house("1201")
    few = statements()
    with work():
        for room in ("1202", "1203", "1204"):
            night.guest_in_house(room)
    assert statements() <= few


def test_the_audit_of_the_page_names_its_user(auditor: Browser, night: Night) -> None:
    press_close(auditor)
    with reading():
        assert db.session.get_one(Audit, TODAY).started_by == night.auditor.id
