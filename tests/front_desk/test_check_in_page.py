"""The check-in sheet, the walk-in and the room queue over HTTP: shown, done, refused, forbidden."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import clock
from pms.cashier.models import Folio, Posting, Preauthorisation
from pms.db import db, work
from pms.front_desk.models import KeyCard, Registration
from pms.guest_services.actions import Deposited, store_luggage
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.journal import JournalLine
from pms.property.models import Housekeeping
from pms.reservations.models import Booking, RoomNight, Source, Stay, StayGuest
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.guests.test_travel_documents import zone
from tests.reporting.reading import text_of
from tests.web.statements import counted

MR_LI = "110105199003077534"  # a resident identity number with a right check digit
NOBODY = ("housekeeping", "reservation_clerk", "concierge", "cashier")


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def desk(app: Flask, house: House) -> Browser:
    return at_desk(app, house)


@pytest.fixture
def stay(house: House) -> Stay:
    """Eleanor Whitfield, due today in 1204 for two nights, her passport on file."""
    with work():
        guest = house.guest("Whitfield", "Eleanor", nationality="GB")
        stay = house.stay(guest=guest, room="1204")
        paper(guest)
        return stay


def paper(guest: Guest, **values: Any) -> GuestDocument:
    row = {"kind": DocumentKind.PASSPORT, "number": "523918406", "country": "GB"} | values
    document = GuestDocument(guest_id=guest.id, **row)
    db.session.add(document)
    db.session.flush()
    return document


def typed(stay: Stay, **changes: Any) -> dict[str, Any]:
    """The sheet filled in: the document on file seen, signed, 2,040 in cash, one key."""
    with work():
        stay = db.session.get_one(Stay, stay.id, populate_existing=True)
        on_file = db.session.scalar(sa.select(sa.func.max(GuestDocument.id)).filter_by(guest_id=stay.guest_id))
        guest = f"g{stay.guest_id}-"
        form = {"version": stay.version, "signed": "y", "deposit": "cash", "amount": "2,040", "keys": "1"}
        form |= {f"{guest}on_file": on_file or "", f"{guest}seen": "y", "room": stay.room_id or ""}
    form |= {name.replace("guest-", guest): value for name, value in changes.items()}
    return {name: value for name, value in form.items() if value is not None}


def sent(desk: Browser, stay: Stay, **changes: Any) -> Any:
    return desk.post(f"/stays/{stay.id}/check-in", typed(stay, **changes))


def now(stay: Stay) -> Stay:
    db.session.rollback()
    return db.session.get_one(Stay, stay.id, populate_existing=True)


# --- Shown ------------------------------------------------------------------------------------------------------------
def test_the_sheet_shows_stay_document_room_deposit_and_key_on_one_page(desk: Browser, stay: Stay) -> None:
    page = desk.get(f"/stays/{stay.id}/check-in").text
    for words in ("Whitfield, Eleanor", "2 nights", "•••••8406", "1204", "Best match", "2,040.00", "First stay"):
        assert words in page
    assert "523918406" not in page


def test_nothing_that_no_stroke_may_skip_is_ticked_beforehand(desk: Browser, stay: Stay) -> None:
    page = desk.get(f"/stays/{stay.id}/check-in").text
    ticked = [part for part in page.split("<input ") if " checked" in part.partition(">")[0]]
    assert [part for part in ticked if 'name="room"' not in part] == []


def test_a_returning_guest_is_welcomed_for_the_nth_time(desk: Browser, house: House, stay: Stay) -> None:
    with work():
        house.stay(arrival=-60, guest=stay.guest, status=Status.CHECKED_OUT)
    assert "Stay number 2" in desk.get(f"/stays/{stay.id}/check-in").text


def test_a_birthday_in_the_stay_and_an_expired_document_are_noticed(desk: Browser, house: House) -> None:
    with work():
        guest = house.guest(born_on=TODAY.replace(year=1972) + timedelta(days=1))
        stay = house.stay(guest=guest, room="1204")
        paper(guest, expires_on=TODAY - timedelta(days=1))
    page = desk.get(f"/stays/{stay.id}/check-in").text
    assert "Birthday on Sun 22 Nov, in this stay." in page
    assert "This document has expired." in page


def test_the_statements_do_not_grow_with_the_guests_of_the_room(desk: Browser, house: House) -> None:
    with work():
        alone, family = house.stay(room="1204"), house.stay(room="1301", adults=4)
        for n in range(3):
            db.session.add(StayGuest(stay_id=family.id, guest_id=house.guest("Lin", f"No{n}").id))
    counts = []
    for stay in (alone, family):
        with counted() as seen:
            assert desk.get(f"/stays/{stay.id}/check-in").status_code == 200
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 1, counts
    assert counts[0] < 45


def test_the_sheet_is_chinese_throughout(app: Flask, house: House, stay: Stay) -> None:
    page = at_desk(app, house, language="zh").get(f"/stays/{stay.id}/check-in").text
    for words in ("入住", "证件", "押金", "签名"):
        assert words in page
    for words in ("Deposit", "Signature", "Still to do", "Seen"):
        assert words not in page


# --- Done -------------------------------------------------------------------------------------------------------------
def test_a_guest_is_checked_in_and_the_page_says_room_key_and_what_the_bellman_is_told(
    desk: Browser, stay: Stay
) -> None:
    answer = sent(desk, stay)
    assert answer.status_code == 303
    page = desk.get(answer.location).text
    assert "Whitfield, Eleanor is checked in to room 1204." in page
    assert "Tell the bellman" in page
    assert "Mon 23 Nov 12:00" in page
    assert now(stay).status is Status.IN_HOUSE
    assert db.session.query(Registration.guest_id).scalar() == stay.guest_id


def test_a_passport_is_read_kept_and_teaches_the_profile(desk: Browser, house: House) -> None:
    with work():
        stay = house.stay(guest=house.guest("Whitfield", "Eleanor"), room="1204")
    assert sent(desk, stay, **{"guest-lines": zone(), "guest-seen": None}).status_code == 303
    document = db.session.query(GuestDocument).one()
    assert (document.number, document.country, document.seen_at) == ("523918406", "GB", NOON)
    guest = db.session.get_one(Guest, stay.guest_id, populate_existing=True)
    assert (guest.nationality, guest.sex, f"{guest.born_on}") == ("GB", "F", "1972-03-15")


def test_the_same_passport_is_kept_once(desk: Browser, stay: Stay) -> None:
    assert sent(desk, stay, **{"guest-lines": zone()}).status_code == 303
    assert db.session.query(GuestDocument).count() == 1


def test_a_resident_id_gives_birth_date_and_sex(desk: Browser, house: House) -> None:
    with work():
        stay = house.stay(guest=house.guest("Li", "Wei", "李伟", nationality="CN"), room="1204")
    assert sent(desk, stay, **{"guest-lines": MR_LI}).status_code == 303
    guest = db.session.get_one(Guest, stay.guest_id, populate_existing=True)
    assert (f"{guest.born_on}", guest.sex) == ("1990-03-07", "M")


def test_a_document_is_typed_by_hand(desk: Browser, house: House) -> None:
    with work():
        stay = house.stay(room="1204")
    by_hand = {"guest-kind": "travel_permit", "guest-number": "h1234567", "guest-country": "HKG",
               "guest-expires": "2031-05-01", "guest-visa": "M", "guest-purpose": "business"}  # fmt: skip
    assert sent(desk, stay, **by_hand).status_code == 303
    document = db.session.query(GuestDocument).one()
    assert (document.kind, document.number, document.country) == (DocumentKind.TRAVEL_PERMIT, "H1234567", "HK")
    assert db.session.query(Registration.visa, Registration.purpose).one() == ("M", "business")


def test_everybody_of_the_room_is_registered_also_who_was_not_named(desk: Browser, house: House) -> None:
    with work():
        stay = house.stay(room="1204", adults=2)
        paper(stay.guest)
    wife = {"new0-surname": "Fischer", "new0-given": "Eva", "new0-kind": "passport", "new0-number": "C01X00T47"}
    assert sent(desk, stay, **wife).status_code == 303
    assert db.session.query(Registration).count() == 2
    assert db.session.query(StayGuest).count() == 1


def test_a_card_is_held_with_its_approval_code(desk: Browser, stay: Stay) -> None:
    assert sent(desk, stay, deposit="preauthorisation", reference="A8842").status_code == 303
    assert db.session.query(Preauthorisation.amount, Preauthorisation.reference).one() == (204_000, "A8842")


def test_a_check_in_without_money_is_taken_back_by_undo(desk: Browser, stay: Stay) -> None:
    sent(desk, stay, deposit="none", why_none="The company pays")
    page = desk.get(f"/stays/{stay.id}/check-in").text
    assert f'action="/stays/{stay.id}/check-in/undo"' in page
    assert desk.post(f"/stays/{stay.id}/check-in/undo").status_code == 303
    assert now(stay).status is Status.RESERVED


def test_no_undo_is_offered_while_a_deposit_lies_on_the_folio(desk: Browser, stay: Stay) -> None:
    sent(desk, stay)
    assert "check-in/undo" not in desk.get(f"/stays/{stay.id}/check-in").text
    answer = desk.post(f"/stays/{stay.id}/check-in/undo")
    assert answer.status_code == 422
    assert "must be given back first" in answer.text


def test_another_room_is_typed_and_taken(desk: Browser, house: House, stay: Stay) -> None:
    assert sent(desk, stay, another="1202").status_code == 303
    assert now(stay).room_id == house.rooms["1202"].id


def test_a_better_type_is_given_by_who_may_approve_it(app: Flask, house: House, stay: Stay) -> None:
    with work():
        for number in ("1201", "1202", "1204"):
            house.rooms[number].housekeeping = Housekeeping.DIRTY
    upgrade = f"up-{house.rooms['1205'].id}"
    agent = at_desk(app, house)
    assert "Upgrade: ask" in agent.get(f"/stays/{stay.id}/check-in").text
    assert sent(agent, stay, room=upgrade).status_code == 403
    leader = at_desk(app, house, "shift_leader")
    assert f'value="{upgrade}"' in leader.get(f"/stays/{stay.id}/check-in").text
    assert sent(leader, stay, room=upgrade).status_code == 303
    assert now(stay).room_id == house.rooms["1205"].id
    assert stay.assign_type_id == house.types["DLK"].id


# --- Refused ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"guest-seen": None}, "The document of Whitfield, Eleanor has not been seen yet."),
        ({"signed": None}, "The registration card is not signed yet."),
        ({"deposit": None}, "Please decide about the deposit"),
        ({"deposit": "none"}, "Please say why there is no deposit."),
        ({"amount": "a lot"}, "a lot is not an amount"),
        ({"keys": "0"}, "This is 1 to 9."),
        ({"guest-lines": zone()[:-1]}, "These are 87 characters."),
        ({"guest-lines": zone().replace("5239184062", "5239184060")}, "line 2, position 10"),
        ({"another": "9999"}, "There is no room 9999."),
        ({"deposit": "preauthorisation", "reference": "4111111111111111"}, "card number"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    desk: Browser, stay: Stay, change: dict[str, Any], said: str
) -> None:
    visa = {f"g{stay.guest_id}-visa": "M to 3 Jan 2027"}
    answer = sent(desk, stay, **({"why_none": ""} | change | visa))
    assert answer.status_code == 422
    assert said in answer.text
    assert "Error:" in answer.text.partition("</title>")[0]
    assert 'value="M to 3 Jan 2027"' in answer.text
    assert now(stay).status is Status.RESERVED
    assert db.session.query(Folio).count() == 0


def test_a_dirty_room_offers_ready_ones_and_to_wait_for_it(desk: Browser, house: House, stay: Stay) -> None:
    with work():
        house.rooms["1204"].housekeeping = Housekeeping.DIRTY
    page = desk.get(f"/stays/{stay.id}/check-in").text
    assert "Clean first, guest waits" in page
    answer = sent(desk, stay)
    assert answer.status_code == 422
    assert "Room 1204 is not clean yet." in answer.text
    assert f'value="{house.rooms["1202"].id}"' in answer.text


def test_a_document_with_another_birthday_is_refused_until_the_clerk_corrects_the_profile(
    desk: Browser, house: House
) -> None:
    with work():
        stay = house.stay(guest=house.guest("Li", "Ming", born_on=TODAY.replace(year=1991)), room="1204")
    refused = sent(desk, stay, **{"guest-lines": MR_LI, "guest-seen": None})
    assert refused.status_code == 422
    for words in ("born Wed 7 Mar 1990, the profile Thu 21 Nov 1991", "correct the birthday in the profile", MR_LI):
        assert words in refused.text, words
    assert now(stay).status is Status.RESERVED
    assert sent(desk, stay, **{"guest-lines": MR_LI, "guest-seen": None, "guest-corrected": "y"}).status_code == 303
    assert f"{now(stay).guest.born_on}" == "1990-03-07"
    with work():
        written = db.session.scalars(sa.select(JournalLine.details).where(JournalLine.action == "edit_guest")).all()
    assert any("born_on" in line["changed"] for line in written)


def test_who_changed_the_stay_meanwhile_is_not_overwritten(desk: Browser, stay: Stay) -> None:
    form = typed(stay)
    with work():
        db.session.get_one(Stay, stay.id).remarks = "Two firm pillows"
    answer = desk.post(f"/stays/{stay.id}/check-in", form)
    assert answer.status_code == 409
    assert "Somebody else has worked on this stay meanwhile." in answer.text


def test_the_same_sheet_sent_twice_checks_in_once(desk: Browser, stay: Stay) -> None:
    form, token = typed(stay), "0b8b6f0e-6a55-4a52-9a2c-1f6a1d5a0001"
    answers = [desk.post(f"/stays/{stay.id}/check-in", form, token=token) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert db.session.query(Posting).count() == 1


@pytest.mark.both_engines
def test_of_ten_clerks_who_check_one_guest_in_one_wins(app: Flask, house: House, stay: Stay) -> None:
    form = typed(stay)
    clerks = [at_desk(app, house) for _ in range(10)]
    start, answers = Barrier(10), []

    def send(clerk: Browser) -> None:
        start.wait()
        answers.append(clerk.post(f"/stays/{stay.id}/check-in", form).status_code)

    threads = [Thread(target=send, args=(clerk,)) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(303) == 1
    assert set(answers) <= {303, 409, 422}
    db.session.rollback()
    assert [db.session.query(model).count() for model in (Folio, KeyCard, Registration, Posting)] == [1, 1, 1, 1]


# --- Not today --------------------------------------------------------------------------------------------------------
def test_a_guest_of_tomorrow_who_comes_after_midnight_takes_tonight_as_well(desk: Browser, house: House) -> None:
    with work():
        stay = house.stay(arrival=1, room="1204")
    assert "Add the night before" in desk.get(f"/stays/{stay.id}/check-in").text
    assert desk.post(f"/stays/{stay.id}/night-before").status_code == 303
    assert now(stay).arrival == TODAY
    assert db.session.query(RoomNight).filter_by(stay_id=stay.id).count() == 3


def test_a_guest_of_next_week_is_not_checked_in_today(desk: Browser, house: House) -> None:
    with work():
        stay = house.stay(arrival=7)
    page = desk.get(f"/stays/{stay.id}/check-in").text
    assert "This booking is for Sat 28 Nov 2026" in page
    assert "Add the night before" not in page


def test_a_cancelled_stay_has_no_sheet(desk: Browser, house: House) -> None:
    with work():
        stay = house.stay(status=Status.CANCELLED)
    assert desk.get(f"/stays/{stay.id}/check-in").status_code == 422
    assert desk.get("/stays/9999/check-in").status_code == 404


# --- Small questions --------------------------------------------------------------------------------------------------
def test_the_lines_are_read_while_they_are_typed_and_nothing_is_kept(desk: Browser, stay: Stay) -> None:
    lines = {"which": "g1-", "g1-lines": zone(), "departure": "2026-11-23", "booked_surname": "Weber"}
    page = desk.post("/check-in/document", lines).text
    assert "United Kingdom" in page
    assert "5 check digits agree." in page
    assert "The booking says Weber. Is this the right guest?" in page
    wrong = desk.post("/check-in/document", {"which": "", "lines": zone()[:-1] + str((int(zone()[-1]) + 1) % 10)}).text
    assert "whole document" in wrong
    assert db.session.query(GuestDocument).count() == 1


def test_why_not_a_room_is_answered(desk: Browser, house: House, stay: Stay) -> None:
    with work():
        house.stay(room="1202", guest=house.guest("Tan", "Rui"))
    assert "Why not 1202?" in desk.get(f"/stays/{stay.id}/why-not?room=1202").text
    assert "There is no such room." in desk.get(f"/stays/{stay.id}/why-not?room=77").text


def test_the_registration_card_is_printed_before_it_is_signed(desk: Browser, stay: Stay) -> None:
    answer = desk.get(f"/stays/{stay.id}/registration-card")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")


# --- Waiting for a room -----------------------------------------------------------------------------------------------
def test_who_waits_for_a_room_stands_in_the_queue_with_the_luggage(desk: Browser, house: House, stay: Stay) -> None:
    assert "Nobody waits for a room" in desk.get("/room-queue").text
    with work():
        house.rooms["1204"].housekeeping = Housekeeping.CLEANING
        house.rooms["1204"].ready_at = NOON + timedelta(hours=1)
        bags = Deposited(depositor="Whitfield", pieces=3, description="3 bags", shelf="A1",
                         due_at=NOON + timedelta(hours=4), no_valuables=True, no_dangerous_goods=True)  # fmt: skip
        store_luggage(bags, stay=stay, by=house.user("concierge"), now=NOON)
    answer = desk.post(f"/stays/{stay.id}/rush-cleaning", {"room": stay.room_id})
    assert answer.status_code == 303
    page = desk.get(answer.location).text
    for words in ("12:00", "Whitfield, Eleanor", "1204", "Ready 13:00", "3 pieces"):
        assert words in page


def test_a_guest_without_room_waits_for_the_one_that_was_chosen(desk: Browser, house: House) -> None:
    with work():
        stay = house.stay()
        house.rooms["1201"].housekeeping = Housekeeping.DIRTY
    assert desk.post(f"/stays/{stay.id}/rush-cleaning", {"room": house.rooms["1201"].id}).status_code == 303
    assert now(stay).room_id == house.rooms["1201"].id


def test_a_chinese_page_calls_a_chinese_guest_by_the_chinese_name_alone(app: Flask, house: House) -> None:
    with work():
        stay = house.stay(guest=house.guest("Zhao", "Lei", "赵磊"), room="1204")
    desk = at_desk(app, house, language="zh")
    answer = desk.post(f"/stays/{stay.id}/rush-cleaning")
    said = desk.get(answer.location).text
    assert "赵磊" in said
    assert "Zhao Lei 赵磊" not in said


# --- Walk-in ----------------------------------------------------------------------------------------------------------
def walk_in(house: House, **changes: Any) -> dict[str, Any]:
    sell = f"{house.types['DLK'].id}-{house.plans['BAR'].id}"
    form = {"nights": "1", "adults": "1", "sell": sell, "new-lines": zone("NOVAK<<TOMAS", country="CZE"),
            "deposit": "cash", "amount": "1960", "signed": "y", "keys": "1"}  # fmt: skip
    return {name: value for name, value in (form | changes).items() if value is not None}


def test_the_dearer_rooms_are_offered_first_with_what_they_cost(desk: Browser) -> None:
    page = desk.get("/walk-in").text
    assert page.index(">1,680.00") < page.index(">980.00") < page.index(">680.00")
    assert "The best that is free; rooms ready now: 2." in page
    assert "in all 1,960.00" in desk.get("/walk-in/offers?nights=2&adults=1").text


def test_a_walk_in_is_booked_placed_and_checked_in_at_once(desk: Browser, house: House) -> None:
    answer = desk.post("/walk-in", walk_in(house))
    assert answer.status_code == 303
    assert "Novak, Tomas is checked in to room 1205." in desk.get(answer.location).text
    stay = db.session.query(Stay).one()
    assert (stay.status, stay.guest.nationality) == (Status.IN_HOUSE, "CZ")
    assert db.session.query(Booking.source).scalar() is Source.WALK_IN


def test_a_walk_in_gets_the_room_that_stood_at_the_rate(desk: Browser, house: House) -> None:
    offered = set(re.findall(r'data-number="(\d+)"', desk.get("/walk-in").text))
    assert "1205" in offered
    form = walk_in(house)
    answer = desk.post("/walk-in", form | {"sell": f"{form['sell']}-1206"})
    assert "is checked in to room 1206." in desk.get(answer.location).text


def test_a_room_taken_meanwhile_does_not_stop_the_walk_in(desk: Browser, house: House) -> None:
    form = walk_in(house)
    answer = desk.post("/walk-in", form | {"sell": f"{form['sell']}-9999"})
    assert "is checked in to room 1205." in desk.get(answer.location).text


def test_the_card_of_a_walk_in_is_printed_before_anything_is_booked(desk: Browser, house: House) -> None:
    answer = desk.post("/walk-in/card", walk_in(house, signed=None, deposit=None))
    assert answer.mimetype == "application/pdf"
    words = text_of(answer.data)
    assert "Novak" in words
    assert "523918406" not in words
    assert [db.session.query(model).count() for model in (Guest, Booking)] == [0, 0]


def test_a_known_guest_walks_in(desk: Browser, house: House) -> None:
    with work():
        guest = house.guest("Novak", "Tomas")
    assert desk.post("/walk-in", walk_in(house, guest=guest.id)).status_code == 303
    assert db.session.query(Stay.guest_id).scalar() == guest.id


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"signed": None}, "The registration card is not signed yet."),
        ({"sell": None}, "Please choose a room type and a rate."),
        ({"new-lines": ""}, "Please enter the guest&#39;s name."),
        ({"new-lines": "", "new-surname": "Novak"}, "The document of Novak has not been seen yet."),
        ({"deposit": None}, "Please decide about the deposit"),
        ({"nights": "0"}, "This is 1 to 99."),
    ],
)
def test_of_a_walk_in_that_is_refused_nothing_is_left(
    desk: Browser, house: House, change: dict[str, Any], said: str
) -> None:
    answer = desk.post("/walk-in", walk_in(house, telephone="+86 571 8888 0000", **change))
    assert answer.status_code == 422
    assert said in answer.text
    assert "+86 571 8888 0000" in answer.text
    assert [db.session.query(model).count() for model in (Guest, Booking, Stay, GuestDocument)] == [0, 0, 0, 0]


# --- Forbidden --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", NOBODY)
def test_who_may_not_check_in_gets_403_and_sees_no_button(app: Flask, house: House, stay: Stay, role: str) -> None:
    other = at_desk(app, house, role)
    for page in (f"/stays/{stay.id}/check-in", "/walk-in", "/room-queue", f"/stays/{stay.id}/registration-card"):
        assert other.get(page).status_code == 403
    for form in (f"/stays/{stay.id}/check-in", "/walk-in", f"/stays/{stay.id}/rush-cleaning"):
        assert other.post(form).status_code == 403
    assert f"/stays/{stay.id}/check-in" not in other.get("/").text
