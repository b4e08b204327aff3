"""One guest with two profiles: found among the duplicates, compared, made one, without leaving the keyboard."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from pms.db import db, work
from pms.guests.models import Guest, TwoPeople
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day, person
from tests.journeys.keyboard import Keyboard

PHONE = "+420602123456"


def looked_at(clerk: Keyboard) -> None:
    clerk.no_mixed_language()
    clerk.axe_clean()


def fresh(guest_id: int) -> Guest:
    """The profile as the database has it now."""
    db.session.rollback()
    with work():
        return db.session.get_one(Guest, guest_id, populate_existing=True)


def test_two_profiles_are_found_compared_and_merged(day: Day, at_desk: AtDesk) -> None:
    with work():
        elder = db.session.get_one(Guest, day.stays["novak"].guest_id)
        elder.telephone, elder.title, elder.wishes = PHONE, "Mr", "quiet"
        known = {"title": "Dr", "born_on": date(1975, 2, 3), "notes": "Tea"}
        younger = person(day.house, "Novák", "Tomáš", telephone=PHONE, **known)
        stay = day.house.stay(arrival=9, guest=younger)
        ids = elder.id, younger.id
    clerk = at_desk("reservation_supervisor")
    clerk.names |= {"Nov", "Tom", "Mr", "Dr"}
    page = clerk.page
    clerk.press("g", "g")
    expect(page.locator("#found")).to_be_visible()
    clerk.press("Escape", "m")
    expect(page.locator("#duplicates [data-row]")).to_have_count(1)
    looked_at(clerk)

    # Side by side: the new spelling of the name, the old form of address; what only one of them knows is kept.
    clerk.press("j", "Enter")
    expect(page.locator("input[name=surname][value=elder]")).to_be_focused()
    looked_at(clerk)
    clerk.press("ArrowRight", "Tab", "ArrowRight")
    expect(page.locator("input[name=given][value=younger]")).to_be_checked()
    clerk.press("Control+Enter")
    expect(page.locator(".pms-toast")).to_contain_text("Novák")
    expect(page.locator("#duplicates [data-row]")).to_have_count(0)
    assert clerk.strokes <= 10
    looked_at(clerk)
    one, other = (fresh(guest) for guest in ids)
    assert (one.surname, one.given, one.title, one.wishes) == ("Novák", "Tomáš", "Mr", "quiet")
    assert (one.born_on, one.notes, other.merged_into) == (date(1975, 2, 3), "Tea", one.id)
    assert day.fresh(stay).guest_id == one.id


def test_two_people_with_one_telephone_are_told_apart_from_a_profile(day: Day, at_desk: AtDesk) -> None:
    with work():
        son = person(day.house, "Novak", "Jan", telephone=PHONE).id
        father = day.stays["novak"].guest
        father.telephone = PHONE
        father_id = father.id
    clerk = at_desk("reservation_supervisor", f"/guests/{son}")
    page = clerk.page
    expect(page.locator(".alike li")).to_have_count(1)
    looked_at(clerk)
    clerk.press("1")
    expect(page.locator(".compare")).to_be_visible()
    clerk.press("n")
    expect(page.locator(".pms-toast")).to_be_visible()
    expect(page.locator(".alike")).to_have_count(0)
    assert clerk.strokes <= 2
    looked_at(clerk)
    with work():
        assert db.session.get(TwoPeople, (father_id, son)) is not None
