"""The pages of guests: found, picked in a form, looked at, edited, opened anew, and what nobody may see."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from pms.access import ALLOWED, Role
from pms.db import db, reading, work
from pms.guests import actions
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.guests.rules import search_text
from pms.journal import JournalLine
from pms.reservations.models import StayGuest
from pms.reservations.status import Status
from tests.builders import NOON, House
from tests.clients import Browser, at_desk
from tests.web.statements import counted

HTMX = {"HX-Request": "true"}


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


def known(
    house: House, surname: str = "Wang", given: str = "Jianguo", name_zh: str = "王建国", **values: object
) -> Guest:
    with work():
        return house.guest(surname, given, name_zh, search=search_text(surname, given, name_zh), **values)


def form(guest: Guest | None = None, **changes: str) -> dict[str, str]:
    typed = {"surname": "Wang", "given": "Jianguo", "name_zh": "王建国", "sex": "M", "account_id": ""}
    return typed | changes


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


# --- Finding ---
@pytest.mark.parametrize("typed", ["wang", "wjg", "王建", "138 0013 8000", "1204", "T-00001"])
def test_a_guest_is_found_by_name_telephone_room_or_confirmation(agent: Browser, house: House, typed: str) -> None:
    guest = known(house, telephone="+8613800138000")
    with work():
        house.stay(guest=guest, room="1204", status=Status.IN_HOUSE)
        house.stay(guest=house.guest("Other", "Person"))
    for address, headers in (("/guests", {}), ("/guests/pick", HTMX), ("/stays/pick", HTMX)):
        page = agent.get(address, query_string={"q": typed}, headers=headers).text
        assert "王建国" in page, address
        assert "Other" not in page.partition("<main")[2], address


def test_a_picker_gets_options_that_carry_what_the_form_needs(agent: Browser, house: House) -> None:
    guest = known(house)
    with work():
        stay = house.stay(guest=guest, room="1204", status=Status.IN_HOUSE)
    page = agent.get("/stays/pick?q=wang&states=in_house", headers=HTMX).text
    assert f'role="option" id="stay-hit-{stay.id}"' in page
    assert f'data-guest="{guest.id}"' in page
    assert 'data-room="1204"' in page


def test_a_stay_is_picked_among_the_wanted_states_only(agent: Browser, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Wang", "Here", search="wang here"), room="1204", status=Status.IN_HOUSE)
        house.stay(guest=house.guest("Wang", "Coming", search="wang coming"))
    page = agent.get("/stays/pick?q=wang&states=in_house", headers=HTMX).text
    assert "Here" in page
    assert "Coming" not in page
    assert "Coming" in agent.get("/stays/pick?q=wang&states=in_house,reserved", headers=HTMX).text


def test_who_shares_a_room_is_found_by_its_number_and_finds_the_stay(agent: Browser, house: House) -> None:
    partner = known(house, "Lu", "Min", "")
    with work():
        stay = house.stay(guest=house.guest("Wang", "Jun"), room="1204", status=Status.IN_HOUSE)
        db.session.add(StayGuest(stay_id=stay.id, guest_id=partner.id))
    assert "Lu, Min" in agent.get("/guests/pick?q=1204", headers=HTMX).text
    assert "Wang, Jun" in agent.get("/stays/pick?q=lu min", headers=HTMX).text


def test_without_script_a_hit_leads_back_to_the_form_with_the_id(agent: Browser, house: House) -> None:
    guest = known(house)
    page = agent.get("/guests/pick?q=wang&name=leader_id&back=/groups/new").text
    assert f'href="/groups/new?leader_id={guest.id}"' in page
    elsewhere = agent.get("/guests/pick?q=wang&back=https://evil.example/").text
    assert 'href="https://evil' not in elsewhere


def test_a_guest_who_wants_no_disclosure_is_an_unknown_name_on_every_page_of_a_clerk(app: Flask, house: House) -> None:
    guest = known(house, incognito=True)
    clerk = at_desk(app, house, "reservation_clerk")
    for address in ("/guests?q=", "/guests/pick?q=", "/stays/pick?q="):
        hidden, unknown = (clerk.get(address + name, headers=HTMX).text for name in ("wang", "nobody"))
        assert "建国" not in hidden
        assert ("Nothing found" in hidden) == ("Nothing found" in unknown)
    assert clerk.get(f"/guests/{guest.id}").status_code == 404
    assert clerk.get(f"/guests/{guest.id}/edit").status_code == 404
    assert "There is no such guest." in clerk.get(f"/guests/{guest.id}").text
    assert at_desk(app, house).get(f"/guests/{guest.id}").status_code == 200


def test_the_list_asks_as_many_questions_for_thirty_guests_as_for_one(agent: Browser, house: House) -> None:
    known(house)
    agent.get("/guests?q=wang")
    with counted() as few:
        agent.get("/guests?q=wang")
    with work():
        for n in range(30):
            house.stay(guest=house.guest("Wang", f"N{n}", search=f"wang n{n}"))
    with counted() as many:
        agent.get("/guests?q=wang")
    assert len(many) <= len(few)


# --- The profile ---
def test_a_profile_shows_every_stay_with_nights_and_to_some_the_revenue(app: Flask, house: House) -> None:
    guest = known(house, wishes="quiet,room:1204", notes="Two pillows", born_on=date(1972, 3, 15))
    with work():
        house.stay(arrival=-30, nights=3, guest=guest, status=Status.CHECKED_OUT, price=50_000)
        house.stay(arrival=10, nights=2, guest=guest)
    page = at_desk(app, house, "assistant_manager").get(f"/guests/{guest.id}").text
    for words in ("Checked out", "Reserved", "quiet", "Two pillows", "1972-03-15", "1,500.00", "Times here"):
        assert words in page, words
    assert "1,500.00" not in at_desk(app, house).get(f"/guests/{guest.id}").text


def test_a_profile_in_chinese_has_no_english_word_of_ours(agent: Browser, house: House) -> None:
    guest = known(house)
    agent.post("/preferences/language", {"language": "zh"})
    for address in (f"/guests/{guest.id}", "/guests?q=wang", f"/guests/{guest.id}/edit"):
        main = "<main" + agent.get(address).text.partition("<main")[2].partition("</main>")[0]
        text = re.sub(r"<[^>]+>", " ", main)
        words = set(re.findall(r"[A-Za-z]{3,}", text)) - {"Wang", "Jianguo", "VIP", "Ctrl", "Esc"}
        assert words == set(), (address, words)


def test_a_document_is_masked_and_revealed_once_with_a_reason_on_record(agent: Browser, house: House) -> None:
    guest, document = documented(house)
    page = agent.get(f"/guests/{guest.id}").text
    assert "523918406" not in page
    assert "•••••8406" in page
    address = f"/guests/{guest.id}/documents/{document}/reveal"
    assert agent.post(address, {"reason": " "}).status_code == 422
    answer = agent.post(address, {"reason": "visa office asks"})
    assert "523918406" in answer.text
    assert "523918406" not in agent.get(f"/guests/{guest.id}").text
    with reading():
        lines = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "reveal_document")).all()
        assert [line.details["reason"] for line in lines] == ["visa office asks"]
        kept = db.session.execute(sa.text("select body from request_tokens")).scalars().all()
        assert not any("523918406" in (body or "") for body in kept)


def documented(house: House) -> tuple[Guest, int]:
    guest = known(house)
    with work():
        paper = GuestDocument(guest_id=guest.id, kind=DocumentKind.PASSPORT, number="523918406", country="GB")
        db.session.add(paper)
        db.session.flush()
        return guest, paper.id


@pytest.mark.parametrize("role", sorted(ALLOWED["see_reservations"] - ALLOWED["reveal_document"]))
def test_who_may_not_reveal_finds_no_button_and_is_refused(app: Flask, house: House, role: Role) -> None:
    guest, document = documented(house)
    other = at_desk(app, house, role.value)
    assert "reveal" not in other.get(f"/guests/{guest.id}").text.partition("<main")[2].lower()
    assert other.post(f"/guests/{guest.id}/documents/{document}/reveal", {"reason": "x"}).status_code == 403


def test_a_document_belongs_to_its_guest_only(agent: Browser, house: House) -> None:
    _, document = documented(house)
    stranger = known(house, "Li", "Na", "李娜")
    answer = agent.post(f"/guests/{stranger.id}/documents/{document}/reveal", {"reason": "x"})
    assert answer.status_code == 404


def test_a_resident_identity_number_is_checked_when_it_is_added(agent: Browser, house: House) -> None:
    guest = known(house)
    address = f"/guests/{guest.id}/documents"
    wrong = agent.post(address, {"kind": "resident_id", "number": "110101199003074770"})
    assert wrong.status_code == 422
    assert "not a resident identity number" in wrong.text
    assert 'value="110101199003074770"' in wrong.text
    right = agent.post(address, {"kind": "resident_id", "number": "110101199003074776", "held": "y"})
    assert right.status_code == 303
    with reading():
        assert db.session.get_one(Guest, guest.id, populate_existing=True).born_on == date(1990, 3, 7)


# --- Edited and opened ---
def test_a_profile_is_edited(agent: Browser, house: House) -> None:
    guest = known(house)
    page = agent.get(f"/guests/{guest.id}/edit").text
    more = {"telephone": "138 0013 8000", "wish": "quiet", "usual_room": "1204", "seen": seen(page)}
    assert agent.post(f"/guests/{guest.id}/edit", form(**more)).status_code == 303
    with reading():
        changed = db.session.get_one(Guest, guest.id, populate_existing=True)
        assert (changed.telephone, changed.wishes) == ("+8613800138000", "quiet,room:1204")


def test_two_people_who_edit_one_guest_do_not_overwrite_each_other(agent: Browser, house: House) -> None:
    guest = known(house)
    page = agent.get(f"/guests/{guest.id}/edit").text
    with work():
        other = house.user("reservation_supervisor")
        actions.edit_guest(db.session.get_one(Guest, guest.id), by=other, now=NOON, notes="Allergic to nuts")
    answer = agent.post(f"/guests/{guest.id}/edit", form(notes="Wants a cot", seen=seen(page)))
    assert answer.status_code == 409
    assert "Reservation Supervisor has changed this profile at 12:00: Notes" in answer.text
    assert "Wants a cot" in answer.text
    again = agent.post(f"/guests/{guest.id}/edit", form(notes="Nuts; a cot", seen=seen(answer.text)))
    assert again.status_code == 303


def test_a_wrong_telephone_is_said_at_its_field_and_nothing_typed_is_lost(agent: Browser, house: House) -> None:
    answer = agent.post("/guests/new", form(telephone="call me", notes="By the lake"))
    assert answer.status_code == 422
    assert answer.text.count("call me is not a telephone number") == 2
    assert "By the lake" in answer.text


def test_who_may_be_known_already_is_shown_before_a_second_profile_is_saved(agent: Browser, house: House) -> None:
    guest = known(house, telephone="+8613800138000")
    answer = agent.post("/guests/new", form(surname="W", given="J", name_zh="王建国"))
    assert answer.status_code == 422
    assert "We may know this guest already" in answer.text
    assert f'href="/guests/{guest.id}"' in answer.text
    by_telephone = agent.post("/guests/new", form(surname="Li", given="X", name_zh="", telephone="13800138000"))
    assert "We may know this guest already" in by_telephone.text
    saved = agent.post("/guests/new", form(anyway="yes"))
    assert saved.status_code == 303
    with reading():
        assert db.session.query(Guest).count() == 2


def test_a_new_guest_goes_back_to_the_form_that_asked_for_him(agent: Browser, house: House) -> None:
    answer = agent.post("/guests/new", form(back="/reservations/new?arrival=fri"))
    assert re.fullmatch(r"/reservations/new\?arrival=fri&guest=\d+", answer.headers["Location"])
    answer = agent.post("/guests/new", form(anyway="yes", back="https://evil.example/"))
    assert answer.headers["Location"].startswith("/guests/")


def test_only_some_set_the_vip_level(app: Flask, house: House) -> None:
    guest = known(house)
    agent = at_desk(app, house)
    page = agent.get(f"/guests/{guest.id}/edit").text
    assert 'name="vip_level"' not in page
    agent.post(f"/guests/{guest.id}/edit", form(vip_level="1", seen=seen(page)))
    with reading():
        assert db.session.get_one(Guest, guest.id, populate_existing=True).vip_level == 0
    assert 'name="vip_level"' in at_desk(app, house, "assistant_manager").get(f"/guests/{guest.id}/edit").text


@pytest.mark.parametrize("role", sorted(ALLOWED["see_reservations"] - ALLOWED["edit_guest"]))
def test_who_may_not_edit_finds_no_button_and_is_refused(app: Flask, house: House, role: Role) -> None:
    guest = known(house)
    other = at_desk(app, house, role.value)
    main = other.get(f"/guests/{guest.id}").text.partition("<main")[2].partition("</main>")[0]
    assert f"/guests/{guest.id}/edit" not in main
    assert "New guest" not in other.get("/guests").text
    for address in ("/guests/new", f"/guests/{guest.id}/edit", f"/guests/{guest.id}/documents"):
        assert other.post(address, form()).status_code == 403, address


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED["see_reservations"]))
def test_guests_are_none_of_the_business_of_other_departments(app: Flask, house: House, role: Role) -> None:
    guest = known(house)
    other = at_desk(app, house, role.value)
    for address in ("/guests", "/guests/pick?q=wang", "/stays/pick?q=wang", f"/guests/{guest.id}"):
        assert other.get(address).status_code == 403, address
