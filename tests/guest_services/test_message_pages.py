"""The message rack: taken, read back before it is saved, delivered once, its history kept (Q2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.guest_services.models import Message, MessageStatus
from pms.guest_services.rules import NOT_STAYING
from pms.reservations.models import Stay
from tests.builders import NOON
from tests.clients import Browser, at_desk
from tests.guest_services.pages import main_of
from tests.guest_services.steps import Counter
from tests.web.statements import counted

TYPED = {
    "caller": "Mr Weber",
    "caller_contact": "+49 40 1234",
    "text": "The meeting begins\nat three.",
    "wants": "call_back",
}


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def stay(counter: Counter) -> Stay:
    """Anna Fischer in 1204."""
    with work():
        found = counter.guest()
    db.session.expunge_all()
    return found


@pytest.fixture
def slip(counter: Counter, stay: Stay) -> Message:
    with work():
        found = counter.message(db.session.get_one(Stay, stay.id))
    db.session.expunge_all()
    return found


@pytest.fixture
def desk(app: Flask, counter: Counter) -> Browser:
    return at_desk(app, counter.house, "concierge")


def form(stay: Stay, **changes: str) -> dict[str, str]:
    return {"stay_id": str(stay.id), "stay_id_shown": "1204 Fischer"} | TYPED | changes


def saved() -> list[Message]:
    with reading():
        found = db.session.query(Message).order_by(Message.id).all()
        db.session.expunge_all()
    return found


def fresh(slip: Message) -> Message:
    return next(one for one in saved() if one.id == slip.id)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens(app: Flask, counter: Counter, slip: Message, language: str) -> None:
    desk = at_desk(app, counter.house, "concierge", language=language)
    for page in ("", "?list=history", "/take", f"/take?stay_id={slip.stay_id}", f"/{slip.id}"):
        assert desk.get(f"/messages{page}").status_code == 200, page


def test_a_message_is_shown_to_be_read_back_and_nothing_is_saved_yet(desk: Browser, stay: Stay) -> None:
    page = desk.post("/messages/take", form(stay, urgent="y"))
    assert page.status_code == 200
    for words in (
        "Read this back to the caller",
        "1204 Fischer, Anna",
        "Mr Weber",
        "at three.",
        "Please call back",
        "Urgent",
    ):
        assert words in page.text, words
    assert saved() == []


def test_read_back_it_is_saved_and_its_slip_is_printed_in_three_copies(desk: Browser, stay: Stay) -> None:
    answer = desk.post("/messages/take", form(stay, urgent="y", step="read_back"))
    assert answer.status_code == 303
    (message,) = saved()
    assert (message.text, message.urgent, message.wants) == ("The meeting begins\nat three.", True, "call_back")
    assert "Message 00001 is on the rack." in desk.get(answer.location).text
    paper = desk.get(f"/messages/{message.id}/slip.pdf")
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")


def test_what_the_caller_corrects_is_changed_before_saving(desk: Browser, stay: Stay) -> None:
    page = desk.post("/messages/take", form(stay, step="change"))
    assert page.status_code == 200
    assert "at three.</textarea>" in page.text
    assert 'value="Mr Weber"' in page.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"caller": ""}, "This is missing."),
        ({"text": ""}, "This is missing."),
        ({"stay_id": ""}, "Choose the guest the message is for."),
        ({"caller": "x" * 81}, "longer than 80 characters"),
    ],
)
def test_what_is_missing_is_said_and_typed_words_stay(
    desk: Browser, stay: Stay, changed: dict[str, str], words: str
) -> None:
    page = desk.post("/messages/take", form(stay, **changed))
    assert page.status_code == 422
    assert words in page.text
    assert 'value="+49 40 1234"' in page.text
    assert "Error:" in page.text.partition("</title>")[0]


def test_for_a_guest_who_wants_no_disclosure_the_clerk_hears_the_words_for_a_stranger(
    app: Flask, counter: Counter
) -> None:
    with work():
        hidden = counter.guest("1205", counter.person("Hart", "Ruth", incognito=True))
    page = at_desk(app, counter.house, "concierge").post("/messages/take", form(hidden, stay_id_shown="1205"))
    assert page.status_code == 422
    assert str(NOT_STAYING) in page.text
    assert "Hart" not in page.text


def test_the_rack_shows_who_waits_how_long_urgent_first(app: Flask, counter: Counter, stay: Stay) -> None:
    with work():
        here = db.session.get_one(Stay, stay.id)
        counter.now = NOON - timedelta(hours=2, minutes=5)
        counter.message(here, caller="Old Caller")
        counter.now = NOON - timedelta(minutes=7)
        counter.message(here, caller="Urgent Caller", urgent=True)
        counter.now = NOON - timedelta(hours=25)
        counter.message(here, caller="Past Caller")
    desk = at_desk(app, counter.house, "concierge")
    rack = main_of(desk.get("/messages").text)
    assert rack.index("Urgent Caller") < rack.index("Old Caller")
    assert "2 h 05" in rack and "7 min" in rack
    assert "Past Caller" not in rack  # 24 hours are over
    assert "Past Caller" in main_of(desk.get("/messages?list=history").text)


@pytest.mark.parametrize(("to", "words"), [("guest", "to the guest"), ("room", "to the room")])
def test_one_key_delivers(desk: Browser, slip: Message, to: str, words: str) -> None:
    assert 'data-key="d"' in desk.get(f"/messages/{slip.id}").text
    assert desk.post(f"/messages/{slip.id}/deliver", {"to": to}).status_code == 303
    done = fresh(slip)
    assert (done.status, done.delivered_to, done.ended_at) == (MessageStatus.DELIVERED, to, NOON)
    assert words in " ".join(main_of(desk.get(f"/messages/{slip.id}").text).split())


def test_it_is_given_to_somebody_else_by_name(desk: Browser, slip: Message) -> None:
    desk.post(f"/messages/{slip.id}/deliver", {"to": "guest", "other": "Weber, Karl"})
    assert fresh(slip).delivered_to == "Weber, Karl"


def test_two_bellmen_bring_it_once_and_the_second_hears_who_did(app: Flask, counter: Counter, slip: Message) -> None:
    first, second = at_desk(app, counter.house, "concierge"), at_desk(app, counter.house, "front_desk_agent")
    assert first.post(f"/messages/{slip.id}/deliver").status_code == 303
    late = second.post(f"/messages/{slip.id}/deliver", {"to": "room"})
    assert late.status_code == 409
    assert "Message 00001: Delivered by Concierge on Sat 21 Nov 2026 at 12:00." in late.text
    assert fresh(slip).delivered_to == "guest"


def test_delivered_it_may_be_read_and_then_nothing_more(desk: Browser, slip: Message) -> None:
    desk.post(f"/messages/{slip.id}/deliver")
    assert desk.post(f"/messages/{slip.id}/read").status_code == 303
    done = fresh(slip)
    assert (done.status, done.read_at) == (MessageStatus.DELIVERED, NOON)
    again = desk.post(f"/messages/{slip.id}/read")
    assert again.status_code == 409
    assert "Message 00001: Read by Concierge" in again.text


def test_read_at_the_rack_it_is_delivered_too(desk: Browser, slip: Message) -> None:
    desk.post(f"/messages/{slip.id}/read")
    assert (fresh(slip).status, fresh(slip).ended_at) == (MessageStatus.DELIVERED, NOON)


def test_the_caller_withdraws_it(desk: Browser, slip: Message) -> None:
    desk.post(f"/messages/{slip.id}/cancel")
    assert fresh(slip).status is MessageStatus.CANCELLED
    page = main_of(desk.get(f"/messages/{slip.id}").text)
    assert "Withdrawn" in page
    assert 'data-key="d"' not in page


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["take_message"]))
def test_other_roles_see_no_rack(app: Flask, counter: Counter, slip: Message, role: Role) -> None:
    other = at_desk(app, counter.house, role.value)
    for page in ("", "/take", f"/{slip.id}", f"/{slip.id}/slip.pdf"):
        assert other.get(f"/messages{page}").status_code == 403, page
    for page in ("/take", *(f"/{slip.id}/{verb}" for verb in ("deliver", "read", "cancel"))):
        assert other.post(f"/messages{page}").status_code == 403, page
    assert 'href="/messages"' not in other.get("/").text


def test_who_takes_messages_but_brings_none_has_no_button(app: Flask, counter: Counter, slip: Message) -> None:
    clerk = at_desk(app, counter.house, "reservation_clerk")
    assert 'data-key="d"' not in clerk.get(f"/messages/{slip.id}").text
    assert clerk.post(f"/messages/{slip.id}/deliver").status_code == 403


def test_the_operator_comes_to_the_form_by_the_enquiry(app: Flask, counter: Counter, stay: Stay) -> None:
    operator = at_desk(app, counter.house, "department_staff")
    assert 'href="/enquiries"' in main_of(operator.get("/messages/take").text)
    answer = operator.post("/enquiries", {"name": "Fischer"}).text
    assert f'href="/messages/take?stay_id={stay.id}"' in answer
    assert f'name="stay_id" type="hidden" value="{stay.id}"' in operator.get(f"/messages/take?stay_id={stay.id}").text


def test_the_rack_asks_no_more_for_more_messages(desk: Browser, counter: Counter, slip: Message) -> None:
    desk.get("/messages")
    with counted() as few:
        desk.get("/messages")
    with work():
        for _ in range(12):
            counter.message(db.session.get_one(Stay, slip.stay_id))
    with counted() as many:
        desk.get("/messages")
    assert len(many) == len(few)
