"""A whole group on one page (C4): what is missing is named in its row, nothing typed is lost, one commit for all."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms.access import ALLOWED, Role
from pms.cashier.models import Posting
from pms.db import db, reading, work
from pms.front_desk.models import KeyCard, Registration
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.notices import Notice
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Group, Stay, StayGuest
from pms.reservations.status import Status
from tests.builders import TODAY, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import day, journal_of
from tests.web.statements import counted

RESIDENT_ID = "110101199003074776"
# The specimen of ICAO 9303, valid for longer.
PASSPORT = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<< L898902C36UTO7408122F1204159ZE184226B<<<<<10"


class Tour:
    """A group of three rooms due today: 1201 and 1202 singles, 1204 two who share; nobody's document is on file."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.group = Group(code="TANG", name="Tang Travel", name_zh="唐旅", arrival=TODAY, departure=day(2))
        db.session.add(self.group)
        db.session.flush()
        people = [("1201", "Guo", 1), ("1202", "Ye", 1), ("1204", "Luo", 2)]
        self.stays = [
            house.stay(room=room, group_id=self.group.id, guest=house.guest(name, "A"), adults=adults)
            for room, name, adults in people
        ]
        self.partner = house.guest("Shen", "B")
        db.session.add(StayGuest(stay_id=self.stays[2].id, guest_id=self.partner.id))
        db.session.flush()
        self.guests = [*(stay.guest_id for stay in self.stays), self.partner.id]

    @property
    def address(self) -> str:
        return f"/groups/{self.group.id}/check-in"

    def sheet(self, **changes: str) -> dict[str, str]:
        """Everything a complete sheet sends."""
        form = {"seen": "on", "heads": "4", "signed": "on", "split": "rooms", "deposit": "none", "keys": "each"}
        for guest in self.guests:
            form |= {f"number-{guest}": f"E{guest:08d}", f"kind-{guest}": "passport", f"country-{guest}": "DE"}
        return {name: value for name, value in (form | changes).items() if value != "-"}

    def states(self) -> list[Status]:
        with reading():
            db.session.expire_all()
            return [db.session.get_one(Stay, stay.id).status for stay in self.stays]


@pytest.fixture
def tour(house: House) -> Tour:
    with work():
        return Tour(house)


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


def test_the_page_shows_every_guest_with_room_and_what_is_still_to_do(agent: Browser, tour: Tour) -> None:
    page = agent.get(tour.address).text
    for words in ("1201", "1202", "1204", "Guo, A", "Shen, B", "4 on the list", "Still to do: 4 documents"):
        assert words in page, words


def test_the_whole_group_is_checked_in_with_one_commit(agent: Browser, tour: Tour) -> None:
    assert agent.post(tour.address, tour.sheet(agreed="Dinner 18:30")).status_code == 303
    assert set(tour.states()) == {Status.IN_HOUSE}
    with reading():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Registration)) == 4
        copies = db.session.scalars(sa.select(KeyCard.copies).order_by(KeyCard.stay_id)).all()
        assert list(copies) == [1, 1, 2]
        seen = db.session.scalars(sa.select(GuestDocument.seen_at)).all()
        assert len(seen) == 4
        assert None not in seen
        done = dict(journal_of(tour.group))["check_in_group"]
        assert (done["heads"], done["split"], done["rooms"]) == (4, "rooms", ["1201", "1202", "1204"])
        assert [notice.about for notice in db.session.scalars(sa.select(Notice))] == [f"group:{tour.group.id}"]


def test_what_is_missing_is_named_in_its_row_and_nothing_typed_is_lost(
    agent: Browser, tour: Tour, house: House
) -> None:
    with work():
        db.session.get_one(Room, house.rooms["1202"].id).housekeeping = Housekeeping.DIRTY
    absent = tour.guests[3]
    sheet = tour.sheet(**{f"number-{absent}": "", "heads": "3", "signed": "-", "deposit": "", "agreed": "Bus 8:00"})
    answer = agent.post(tour.address, sheet)
    assert answer.status_code == 422
    for words in (
        "Still to do: 4.",
        "Ye, A: Room 1202 is not clean yet.",
        "The document of Shen, B is missing.",
        "The list has 4 guests, the leader counts 3.",
        "Please decide about the deposit",
    ):
        assert words in answer.text, words
    assert f'id="number-{absent}-error"' in answer.text
    assert f'value="E{tour.guests[0]:08d}"' in answer.text
    assert 'value="Bus 8:00"' in answer.text
    assert set(tour.states()) == {Status.RESERVED}
    with reading():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(GuestDocument)) == 0


def test_a_wrong_resident_identity_number_is_said_in_its_row(agent: Browser, tour: Tour) -> None:
    guest = tour.guests[1]
    sheet = tour.sheet(**{f"kind-{guest}": "resident_id", f"number-{guest}": "110101199003074770"})
    answer = agent.post(tour.address, sheet)
    assert answer.status_code == 422
    assert "This is not a resident identity number" in answer.text
    assert f'href="#number-{guest}"' in answer.text
    right = sheet | {f"number-{guest}": RESIDENT_ID}
    assert agent.post(tour.address, right).status_code == 303


def test_a_passport_on_the_reader_is_its_two_lines_with_every_check_digit(agent: Browser, tour: Tour) -> None:
    guest = tour.guests[0]
    wrong = PASSPORT.replace("L898902C3", "L898902C4")
    answer = agent.post(tour.address, tour.sheet(**{f"number-{guest}": wrong}))
    assert answer.status_code == 422
    assert "check digit" in answer.text
    assert agent.post(tour.address, tour.sheet(**{f"number-{guest}": PASSPORT})).status_code == 303
    with reading():
        paper = db.session.query(GuestDocument).filter_by(guest_id=guest).one()
        assert (paper.number, paper.kind, paper.seen_at is None) == ("L898902C3", DocumentKind.PASSPORT, False)
        assert str(db.session.get_one(Guest, guest, populate_existing=True).born_on) == "1974-08-12"


@pytest.mark.parametrize(("left_out", "why"), [("seen", "held beside its holder"), ("signed", "has not signed")])
def test_no_stroke_skips_identity_or_signature(agent: Browser, tour: Tour, left_out: str, why: str) -> None:
    answer = agent.post(tour.address, tour.sheet(**{left_out: "-"}))
    assert answer.status_code == 422
    assert why in answer.text
    assert set(tour.states()) == {Status.RESERVED}


def test_a_document_on_file_is_shown_masked_and_need_not_be_typed(agent: Browser, tour: Tour) -> None:
    with work():
        paper = GuestDocument(guest_id=tour.guests[0], kind=DocumentKind.PASSPORT, number="523918406", country="GB")
        db.session.add(paper)
    page = agent.get(tour.address).text
    assert "•••••8406" in page
    assert "523918406" not in page
    assert agent.post(tour.address, tour.sheet(**{f"number-{tour.guests[0]}": "-"})).status_code == 303


def test_a_room_that_is_not_ready_is_changed_for_another_on_the_page(agent: Browser, tour: Tour, house: House) -> None:
    stay = tour.stays[1]
    with work():
        db.session.get_one(Room, house.rooms["1202"].id).housekeeping = Housekeeping.DIRTY
        new = Room(number="1207", floor=12, type_id=house.types["STK"].id, housekeeping=Housekeeping.CLEAN)
        db.session.add(new)
        db.session.flush()
        other = new.id
    assert f'<option value="{other}">1207</option>' in agent.get(tour.address).text
    assert agent.post(tour.address, tour.sheet(**{f"room-{stay.id}": str(other)})).status_code == 303
    with reading():
        assert db.session.get_one(Stay, stay.id, populate_existing=True).room_id == other


def test_who_comes_later_stays_reserved_and_is_not_counted(agent: Browser, tour: Tour) -> None:
    later = {f"later-{tour.stays[2].id}": "on", "heads": "2"}
    assert agent.post(tour.address, tour.sheet(**later)).status_code == 303
    assert tour.states() == [Status.IN_HOUSE, Status.IN_HOUSE, Status.RESERVED]
    assert "Luo, A" in agent.get(tour.address).text


def test_the_deposit_of_the_leader_lies_on_the_first_folio(agent: Browser, tour: Tour) -> None:
    paid = {"deposit": "cash", "amount": "2,000", "reference": "R-17"}
    assert agent.post(tour.address, tour.sheet(**paid)).status_code == 303
    with reading():
        amounts = db.session.execute(sa.select(Posting.stay_id, Posting.amount)).all()
        assert [tuple(row) for row in amounts] == [(tour.stays[0].id, -200_000)]


def test_an_amount_that_is_none_is_said_at_the_deposit(agent: Browser, tour: Tour) -> None:
    answer = agent.post(tour.address, tour.sheet(deposit="cash", amount="a lot"))
    assert answer.status_code == 422
    assert 'id="deposit-error"' in answer.text
    assert 'value="a lot"' in answer.text


def test_visa_and_purpose_are_those_of_the_collective_list_but_not_of_residents(agent: Browser, tour: Tour) -> None:
    resident = tour.guests[1]
    sheet = tour.sheet(visa="G-88", purpose="tourism")
    sheet |= {f"kind-{resident}": "resident_id", f"number-{resident}": RESIDENT_ID, f"country-{resident}": ""}
    assert agent.post(tour.address, sheet).status_code == 303
    with reading():
        visas = dict(db.session.execute(sa.select(Registration.guest_id, Registration.visa)).all())
        assert {guest: visas[guest] for guest in tour.guests} == {
            guest: "" if guest == resident else "G-88" for guest in tour.guests
        }


def test_everybody_without_a_room_is_placed_at_once_and_that_can_be_undone(agent: Browser, house: House) -> None:
    with work():
        group = Group(code="NEW", name="New", arrival=TODAY, departure=day(2))
        db.session.add(group)
        db.session.flush()
        stays = [house.stay(group_id=group.id, guest=house.guest(f"N{n}", "A")).id for n in range(3)]
        number = group.id
    page = agent.post(f"/groups/{number}/place", follow_redirects=True).text
    assert "3 of 3 rooms of NEW are placed." in page
    undo = page.partition(f'action="/groups/{number}/take-back')[2].partition('"')[0]
    assert rooms(stays).count(None) == 0
    assert agent.post(f"/groups/{number}/take-back{undo}".replace("&amp;", "&")).status_code == 303
    assert rooms(stays) == [None] * 3


def rooms(stays: list[int]) -> list[Any]:
    with reading():
        db.session.expire_all()
        return [db.session.get_one(Stay, stay).room_id for stay in stays]


def test_placing_from_the_sheet_keeps_what_was_typed_in_it(agent: Browser, tour: Tour, house: House) -> None:
    with work():
        house.stay(group_id=tour.group.id, guest=house.guest("Late", "C"), kind="DLK")
    answer = agent.post(f"/groups/{tour.group.id}/place", tour.sheet(heads="5"))
    assert answer.status_code == 200
    assert f'value="E{tour.guests[0]:08d}"' in answer.text
    assert 'value="5"' in answer.text
    assert "1 of 1 rooms of TANG are placed." in answer.text


def test_housekeeping_is_asked_to_clean_first_what_is_dirty_and_empty(agent: Browser, tour: Tour, house: House) -> None:
    with work():
        db.session.get_one(Room, house.rooms["1202"].id).housekeeping = Housekeeping.DIRTY
    assert "Ask to clean 1 first" in agent.get(tour.address).text
    agent.post(f"/groups/{tour.group.id}/rush", tour.sheet())
    with reading():
        assert db.session.scalars(sa.select(Notice.about)).all() == [f"stay:{tour.stays[1].id}"]


def test_a_group_that_has_arrived_has_nothing_to_check_in(agent: Browser, tour: Tour) -> None:
    agent.post(tour.address, tour.sheet())
    assert "Nobody of this group is due in" in agent.get(tour.address).text
    assert agent.post(tour.address, tour.sheet()).status_code == 422


def test_the_page_asks_as_many_questions_for_many_rooms_as_for_few(agent: Browser, tour: Tour, house: House) -> None:
    agent.get(tour.address)
    with counted() as few:
        agent.get(tour.address)
    with work():
        for n in range(4):
            house.stay(arrival=-1, nights=3, group_id=tour.group.id, guest=house.guest(f"M{n}", "A"))
    with counted() as many:
        page = agent.get(tour.address)
    assert "M3, A" in page.text
    assert len(many) <= len(few) + 1  # the ready rooms of the type in which somebody has none


def test_the_page_is_chinese_in_chinese(agent: Browser, tour: Tour) -> None:
    agent.post("/preferences/language", {"language": "zh"})
    answer = agent.post(tour.address, tour.sheet(heads="3", signed="-", deposit=""))
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    for english in ("Still", "leader", "deposit", "Passport", "Country", "signed for"):
        assert f">{english}" not in main, english
    assert "领队点数 3 位" in main


@pytest.mark.parametrize("role", sorted(ALLOWED["see_reservations"] - ALLOWED["check_in"]))
def test_only_the_desk_checks_a_group_in(app: Flask, house: House, tour: Tour, role: Role) -> None:
    other = at_desk(app, house, role.value)
    assert "check-in" not in other.get(f"/groups/{tour.group.id}").text
    assert "check-in" not in other.get("/groups").text
    assert other.get(tour.address).status_code == 403
    assert other.post(tour.address, tour.sheet()).status_code == 403
    assert other.post(f"/groups/{tour.group.id}/rush").status_code == 403


@pytest.mark.parametrize("role", sorted(ALLOWED["see_reservations"] - ALLOWED["place"]))
def test_who_may_not_place_finds_no_button_and_is_refused(app: Flask, house: House, tour: Tour, role: Role) -> None:
    with work():
        house.stay(group_id=tour.group.id, guest=house.guest("Late", "C"))
    other = at_desk(app, house, role.value)
    assert "/place" not in other.get(f"/groups/{tour.group.id}").text
    assert other.post(f"/groups/{tour.group.id}/place").status_code == 403
    assert other.post(f"/groups/{tour.group.id}/take-back?stays=1").status_code == 403
