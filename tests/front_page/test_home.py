"""The first page over HTTP: what it shows, to whom, at what cost."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from pms import clock, notices
from pms.access import Role
from pms.cashier.models import Folio, Posting, PostingKind
from pms.db import db, work
from pms.front_page.views import LISTS
from pms.guest_services.models import Luggage
from pms.notices import Department
from pms.reservations.status import Status
from pms.say import say
from tests.builders import NOON, TODAY, House
from tests.clients import Browser

MOST_STATEMENTS = 16  # three of them are the frame's
LARGEST_PAGE = 60_000


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return Browser(app).log_in_as(house.user())


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement sent to the database meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_nobody_sees_the_desk_without_logging_in(app: Flask, house: House) -> None:
    answer = Browser(app).get("/")
    assert answer.status_code == 303
    assert answer.location.startswith("/login")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_first_page(app: Flask, house: House, role: Role) -> None:
    with work():
        user = house.user(role.value)
    assert Browser(app).log_in_as(user).get("/").status_code == 200


def test_a_house_not_set_up_says_so(app: Flask) -> None:
    with work():
        user = House().user("admin")
    assert "This house is not set up yet" in Browser(app).log_in_as(user).get("/").text


@pytest.mark.both_engines
def test_an_arrival_is_shown_with_its_room_and_state(agent: Browser, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Zhao", "Lei", "赵磊", vip_level=2), room="1201", eta="16:00")
    page = agent.get("/").text
    for shown in ("Zhao Lei", "赵磊", "V2", "1201", "16:00", "Clean"):
        assert shown in page


def test_a_name_not_to_be_disclosed_is_known_to_the_desk_only(app: Flask, agent: Browser, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Ahmed", "Sara", incognito=True), room="1201")
        clerk = house.user("reservation_clerk")
    assert "Ahmed" in agent.get("/").text
    page = Browser(app).log_in_as(clerk).get("/").text
    assert "Ahmed" not in page
    assert "Name not disclosed" in page


@pytest.mark.parametrize("role", ["housekeeping", "department_staff", "admin"])
def test_who_has_no_business_with_guests_sees_numbers_and_rooms_but_no_names(
    app: Flask, house: House, role: str
) -> None:
    with work():
        house.stay(guest=house.guest("Okafor", "Chidi"), room="1201")
        house.stay(arrival=-1, nights=1, guest=house.guest("Peeters", "Ilse"), room="1202", status=Status.IN_HOUSE)
        user = house.user(role)
    browser = Browser(app).log_in_as(user)
    for path in ("/", "/?list=to_come", "/?list=in_house"):
        page = browser.get(path).text
        assert "Ready rooms" in page
        assert "Okafor" not in page
        assert "Peeters" not in page
        assert 'href="/?list=to_come"' not in page


def test_what_a_guest_owes_is_seen_by_those_who_may_see_folios(app: Flask, house: House) -> None:
    with work():
        house.stay(arrival=-1, nights=1, room="1201", status=Status.IN_HOUSE)
        clerk, cashier = house.user("reservation_clerk"), house.user("cashier")
    assert "settled" not in Browser(app).log_in_as(clerk).get("/").text
    assert "settled" in Browser(app).log_in_as(cashier).get("/").text


def test_every_tab_and_count_leads_to_a_list(agent: Browser, house: House) -> None:
    with work():
        house.stay(room="1201", status=Status.IN_HOUSE)
    for name in (*LISTS, "ready"):
        answer = agent.get(f"/?list={name}")
        assert answer.status_code == 200, name
        assert 'id="list-title"' in answer.text


def test_a_list_that_does_not_exist_leads_home(agent: Browser) -> None:
    assert agent.get("/?list=nonsense").location == "/"


def test_an_empty_list_says_what_it_means(agent: Browser) -> None:
    page = agent.get("/?list=overdue").text
    assert "Nobody on this list" in page
    assert "Show who is to come" in page


def test_a_due_out_who_owes_money_is_marked(agent: Browser, house: House) -> None:
    with work():
        stay = house.stay(arrival=-1, nights=1, room="1201", status=Status.IN_HOUSE)
        folio = Folio(number="F1", stay_id=stay.id, opened_on=TODAY)
        db.session.add(folio)
        db.session.flush()
        db.session.add(
            Posting(
                folio_id=folio.id,
                stay_id=stay.id,
                business_date=TODAY,
                at=NOON,
                by_id=house.user().id,
                kind=PostingKind.LAUNDRY,
                amount=124_050,
                text={},
            )
        )
    assert "owes 1,240.50" in agent.get("/").text


def test_the_picture_has_words_and_a_table_of_the_same_figures(agent: Browser, house: House) -> None:
    with work():
        house.stay(nights=1)
    page = agent.get("/").text
    assert "Occupancy of the next 30 nights: tonight 13 percent" in page
    assert page.count("<tr><td>", page.index("chart-table")) >= 30


def test_luggage_past_its_deadline_is_counted(agent: Browser, house: House) -> None:
    with work():
        for n, due in enumerate((NOON - timedelta(days=9), NOON + timedelta(days=900))):
            db.session.add(
                Luggage(
                    tag=f"{n:04d}",
                    code=f"L{n}",
                    depositor="Wang",
                    pieces=1,
                    description="case",
                    shelf="A1",
                    due_at=due,
                    stored_at=NOON,
                    stored_on=TODAY,
                    stored_by=house.user().id,
                )
            )
    assert "1 overdue" in agent.get("/").text


def test_a_name_cannot_carry_markup_into_the_page(agent: Browser, house: House) -> None:
    with work():
        house.stay(guest=house.guest("<script>alert(1)</script>", "x"))
    page = agent.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_pages_that_would_be_refused_are_not_in_the_navigation(app: Flask, house: House) -> None:
    with work():
        clerk, admin = house.user("reservation_clerk"), house.user("admin")
    assert 'href="/users"' not in Browser(app).log_in_as(clerk).get("/").text
    assert 'href="/users"' in Browser(app).log_in_as(admin).get("/").text


def test_more_guests_need_no_more_statements_and_the_page_stays_small(agent: Browser, house: House) -> None:
    with work():
        for n in range(120):
            house.stay(guest=house.guest(f"Guest{n}", "Given", "赵磊"), eta=f"{8 + n % 12:02d}:30", vip_level=n % 4)
    with statements() as seen:
        page = agent.get("/").data
    assert page.count(b"data-row ") >= 120
    assert len([text for text in seen if text.startswith("SELECT")]) <= MOST_STATEMENTS
    assert len(gzip.compress(page)) < LARGEST_PAGE


def test_a_clock_on_another_date_than_the_business_date_is_marked(
    agent: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)
    agent.log_in_as(house.user())
    assert "clock-chip" not in agent.get("/").text
    monkeypatch.setattr(clock, "now", lambda: NOON + timedelta(hours=12, minutes=47))
    agent.log_in_as(house.user())  # the afternoon's session is idle by now
    page = agent.get("/").text
    assert "clock-chip" in page
    assert "Sun 22 Nov" in page


# --- Notices ----------------------------------------------------------------------------------------------------------
def tell(house: House, *departments: Department) -> int:
    with work():
        return notices.tell(departments, say("Room 1201 is ready."), about="room:1", by=house.user(), now=NOON)


def test_the_bell_counts_what_waits_for_ones_department(agent: Browser, house: House) -> None:
    tell(house, Department.FRONT_DESK, Department.HOUSEKEEPING)
    tell(house, Department.HOUSEKEEPING)
    assert '<span class="bell-count">1</span>' in agent.get("/").text


def test_acknowledging_counts_for_the_whole_department(agent: Browser, house: House) -> None:
    notice = tell(house, Department.FRONT_DESK)
    assert "Room 1201 is ready." in agent.get("/notices").text
    answer = agent.post(f"/notices/{notice}/acknowledge", follow_redirects=True)
    assert "Acknowledged for Front desk." in answer.text
    assert "Everything is acknowledged" in agent.get("/notices").text


def test_a_notice_told_to_others_cannot_be_acknowledged(agent: Browser, house: House) -> None:
    notice = tell(house, Department.HOUSEKEEPING)
    assert agent.post(f"/notices/{notice}/acknowledge").status_code == 404


def test_without_a_department_there_is_nothing_to_acknowledge(app: Flask, house: House) -> None:
    notice = tell(house, Department.FRONT_DESK)
    with work():
        guest_manager = house.user("manager", department=None)
    browser = Browser(app).log_in_as(guest_manager)
    assert "You belong to no department" in browser.get("/notices").text
    assert browser.post(f"/notices/{notice}/acknowledge").status_code == 404
