"""A message taken and delivered, by keyboard alone: read back before it is saved, brought by another clerk."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db
from pms.guest_services.models import Message, MessageStatus
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard

MOST_TAKEN = 27  # of them 18 letters: whom for, who calls, what
MOST_DELIVERED = 6


def test_a_message_is_taken_and_delivered(day: Day, at_desk: AtDesk) -> None:
    take(at_desk())
    deliver(at_desk("concierge"))
    db.session.rollback()
    message = db.session.query(Message).filter_by(caller="Stein").one()
    assert (message.status, message.delivered_to) == (MessageStatus.DELIVERED, "guest")


def take(clerk: Keyboard) -> None:
    clerk.press("g", "m")
    expect(clerk.page.locator("#message-list")).to_be_visible()
    clerk.press("n")
    expect(clerk.page.locator("#stay_id")).to_be_focused()
    clerk.type("del")
    clerk.page.locator(".picker-hit").first.wait_for()
    clerk.press("Enter", "Tab").type("Stein").press("Tab", "Tab").type("Ring back!")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("#read-back-title")).to_be_focused()
    expect(clerk.page.locator(".slip-text")).to_have_text("Ring back!")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("[href$='slip.pdf']")).to_be_focused()
    assert clerk.strokes <= MOST_TAKEN, clerk.strokes


def deliver(clerk: Keyboard) -> None:
    clerk.press("g", "m")
    expect(clerk.page.locator("#message-list")).to_contain_text("Stein")
    clerk.axe_clean()
    clerk.press("j", "j", "Enter")
    expect(clerk.page.locator("#chosen-title")).to_contain_text("Delacroix")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("d")
    expect(clerk.page.locator(".pms-toast")).to_be_visible()
    expect(clerk.page.locator("#message-list")).not_to_contain_text("Stein")
    assert clerk.strokes <= MOST_DELIVERED, clerk.strokes
