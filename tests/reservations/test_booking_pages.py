"""Bookings at their pages: taken on one screen, found, changed, cancelled; nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from flask import Flask

from pms.accounts.passwords import make_hash
from pms.db import db, reading, work
from pms.guests.models import Guest
from pms.guests.rules import search_text
from pms.reservations.controls import Control, control_sales
from pms.reservations.models import Booking, Stay
from pms.reservations.status import Status
from tests.builders import TODAY, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk, day, prices
from tests.web.statements import counted


def known(house: House, surname: str = "Fischer", given: str = "Anna") -> str:
    """The id of a guest who has been here, as a form carries it."""
    with work():
        return str(house.guest(surname, given, search=search_text(surname, given, "")).id)


def call(house: House, kind: str = "STK", plan: str = "BAR", **typed: Any) -> dict[str, Any]:
    """What a clerk types while somebody is on the telephone."""
    with reading():
        choice = f"{house.types[kind].id}-{house.plans[plan].id}"
    row = {"arrival": "fri", "departure": "2", "adults": "1", "children": "0", "rooms": "1", "choice": choice}
    agreed = {"guest": "", "guest_shown": "", "source": "phone", "guarantee": "none", "vip_level": "0"}
    return row | agreed | typed


def the_booking() -> Booking:
    with reading():
        booking = db.session.scalars(sa.select(Booking)).one()
        db.session.expunge(booking)
    return booking


def stays() -> list[Stay]:
    with reading():
        found = list(db.session.scalars(sa.select(Stay).order_by(Stay.id)))
        for stay in found:
            db.session.expunge(stay)
    return found


def test_a_call_becomes_a_booking_with_a_number(desk: Browser, house: House) -> None:
    guest = known(house)
    answer = desk.post("/reservations/new", call(house, guest=guest, eta="18:30", wishes=["quiet", "high"]))
    assert answer.status_code == 303
    assert answer.location == f"/reservations/{the_booking().confirmation}"
    (stay,) = stays()
    assert (stay.guest_id, stay.arrival, stay.departure) == (int(guest), day(6), day(8))
    assert (stay.eta, stay.wishes) == ("18:30", "quiet,high")


def test_the_grid_names_full_nights_and_what_it_costs(desk: Browser, house: House, clerk: Clerk) -> None:
    clerk.book("SUI", arrival=6, nights=1)
    clerk.book("SUI", arrival=6, nights=1)
    page = desk.get("/reservations/new?part=offer&arrival=fri&departure=2").text
    assert "full 27 Nov" in page
    assert "680.00" in page
    assert 'id="price"' in page


def test_the_grid_follows_a_longer_minimum_stay(desk: Browser, house: House, clerk: Clerk, supervisor: Clerk) -> None:
    supervisor.do(control_sales, house.types["STK"].id, day(6), day(7), Control(minimum_stay=3))
    page = desk.get("/reservations/new?part=offer&arrival=fri&departure=1").text
    assert "3 nights at least" in page


def test_a_new_guest_gets_a_profile_of_the_name_that_was_typed(desk: Browser, house: House) -> None:
    desk.post("/reservations/new", call(house, guest_shown="Okafor, Chidi", telephone="+86 138 0013 8000"))
    (stay,) = stays()
    with reading():
        guest = db.session.get_one(Guest, stay.guest_id)
    assert (guest.surname, guest.given, guest.telephone) == ("Okafor", "Chidi", "+8613800138000")
    assert the_booking().telephone == "+8613800138000"


def test_guests_of_the_same_name_are_shown_before_a_second_profile_is_made(desk: Browser, house: House) -> None:
    guest = known(house)
    answer = desk.post("/reservations/new", call(house, guest_shown="Fischer, Anna", remarks="late flight"))
    assert answer.status_code == 422
    assert "There are guests of this name already" in answer.text
    assert f'name="same" value="{guest}" data-key="1"' in answer.text
    assert 'value="late flight"' in answer.text
    assert not stays()
    assert desk.post("/reservations/new", call(house, guest_shown="Fischer, Anna", same=guest)).status_code == 303
    assert stays()[0].guest_id == int(guest)
    assert desk.post("/reservations/new", call(house, guest_shown="Fischer, Anna", same="new")).status_code == 303
    assert stays()[1].guest_id != int(guest)


def test_several_rooms_of_several_kinds_are_one_booking(desk: Browser, house: House) -> None:
    guest = known(house)
    more = desk.post("/reservations/new", call(house, "STK", rooms="2", guest=guest, more="1"))
    assert more.status_code == 200 and not stays()
    line = re.search(r'name="line" value="([^"]+)"', more.text)
    assert line
    answer = desk.post("/reservations/new", call(house, "DLK", guest=guest, line=line[1]))
    assert answer.status_code == 303
    assert [stay.type_id for stay in stays()] == [house.types[code].id for code in ("STK", "STK", "DLK")]
    assert len({stay.booking_id for stay in stays()}) == 1


def test_sold_out_offers_other_types_and_dates_and_keeps_everything(desk: Browser, house: House, clerk: Clerk) -> None:
    for _ in range(2):
        clerk.book("SUI", arrival=6, nights=2)
    guest = known(house, "Okafor", "Chidi")
    typed = call(house, "SUI", guest=guest, guest_shown="Okafor, Chidi", remarks="with a dog")
    answer = desk.post("/reservations/new", typed)
    assert answer.status_code == 422
    assert "Nothing of type SUI is left" in answer.text
    assert 'value="with a dog"' in answer.text and f'value="{guest}"' in answer.text
    instead = re.search(r'name="instead" value="(type:\d+)" data-key="1"', answer.text)
    assert instead
    shown = desk.post("/reservations/new", typed | {"instead": instead[1]})
    assert shown.status_code == 200
    other = instead[1].removeprefix("type:")
    assert re.search(rf'value="{other}-{house.plans["BAR"].id}" data-asked checked', shown.text)
    assert 'value="with a dog"' in shown.text


def test_what_was_typed_stays_when_a_day_is_not_understood(desk: Browser, house: House) -> None:
    answer = desk.post("/reservations/new", call(house, arrival="someday", guest_shown="Okafor"))
    assert answer.status_code == 422
    assert 'value="someday"' in answer.text and 'value="Okafor"' in answer.text
    assert "someday is not a day." in answer.text
    assert "<title>Error:" in answer.text


def test_a_discount_beyond_authority_names_who_may_and_takes_their_word(app: Flask, house: House) -> None:
    agent = at_desk(app, house, "front_desk_agent")
    with work():
        house.user("assistant_manager").password_hash = make_hash("river stone lantern")
    guest = known(house)
    typed = call(house, guest=guest, discount_percent="30")
    answer = agent.post("/reservations/new", typed)
    assert answer.status_code == 422
    assert "30 % needs approval" in answer.text and "Assistant manager" in answer.text
    login = {"action": "approve_discount", "about": "discount 30", "approver": house.users["assistant_manager"].login}
    assert agent.post("/approvals", login | {"password": "wrong"}).status_code == 422
    given = agent.post("/approvals", login | {"password": "river stone lantern"}).text
    ticket = re.search(r'name="approval" value="([^"]+)"', given)
    assert ticket
    assert agent.post("/reservations/new", typed | {"discount_percent": "31", "approval": ticket[1]}).status_code == 422
    assert agent.post("/reservations/new", typed | {"approval": ticket[1]}).status_code == 303
    (stay,) = stays()
    with reading():
        assert stay.discount_approved_by == house.users["assistant_manager"].id
        assert prices(stay) == [47_600, 47_600]


def test_the_company_brings_its_contract_rate(desk: Browser, house: House) -> None:
    with work():
        firm = house.account(plan_id=house.plans["COR"].id)
    page = desk.get(f"/reservations/new?part=offer&arrival=fri&departure=2&account={firm.id}").text
    assert f'value="{house.types["STK"].id}-{house.plans["COR"].id}" data-asked checked' in page
    guest = known(house)
    desk.post("/reservations/new", call(house, plan="COR", guest=guest, account=str(firm.id)))
    assert the_booking().company_id == firm.id


def test_more_rooms_are_added_to_a_booking(desk: Browser, house: House, clerk: Clerk) -> None:
    guest = str(clerk.book("STK", arrival=6).guest_id)
    number = the_booking().confirmation
    assert "More rooms for" in desk.get(f"/reservations/{number}/add").text
    answer = desk.post(f"/reservations/{number}/add", call(house, "DLK", guest=guest))
    assert answer.status_code == 303
    assert len(stays()) == 2 and len({each.booking_id for each in stays()}) == 1


def test_two_bookings_are_merged_from_the_page(desk: Browser, house: House, clerk: Clerk) -> None:
    first, second = clerk.take(clerk.room()).confirmation, clerk.take(clerk.room()).confirmation
    wrong = desk.post(f"/reservations/{first}/merge", {"other": "X-1"})
    assert wrong.status_code == 404 and 'value="X-1"' in wrong.text
    assert desk.post(f"/reservations/{first}/merge", {"other": second}).status_code == 303
    assert f"Merged into {first}" in desk.get(f"/reservations/{second}").text


def test_the_list_has_its_quick_views_and_filters(desk: Browser, house: House) -> None:
    with work():
        house.stay(guest=house.guest("Okafor", "Chidi", search="okafor chidi"))
        house.stay(arrival=1, guest=house.guest("Weber", "Uta", search="weber uta"))
        house.stay(guest=house.guest("Kim", "Minji", search="kim minji"), status=Status.CANCELLED, ended_on=TODAY)
    today = desk.get("/reservations?view=today").text
    assert "Okafor" in today and "Weber" not in today
    assert "Weber" in desk.get("/reservations?view=tomorrow").text
    assert "Kim" in desk.get("/reservations?view=cancelled").text
    assert "Weber" in desk.get("/reservations?q=weber").text
    assert "Okafor" not in desk.get("/reservations?from=%2B1&to=%2B3").text
    assert "No booking on this list" in desk.get("/reservations?source=wedding").text
    wrong = desk.get("/reservations?from=someday").text
    assert "someday is not a day." in wrong and 'value="someday"' in wrong


def test_a_longer_list_takes_no_more_statements(desk: Browser, house: House) -> None:
    with work():
        house.stay()
    with counted() as few:
        desk.get("/reservations")
    with work():
        for _ in range(6):
            house.stay(arrival=1)
    with counted() as many:
        desk.get("/reservations")
    assert len(many) == len(few)


def test_a_larger_booking_takes_no_more_statements(desk: Browser, house: House) -> None:
    with work():
        first = house.stay(room="1201")
        booking = first.booking
    desk.get("/reservations/T-00001")  # the settings of the house are read once a process
    with counted() as few:
        desk.get("/reservations/T-00001")
    with work():
        for room in ("1202", "1203", "1204"):
            house.stay(room=room, booking=booking)
    with counted() as many:
        assert desk.get("/reservations/T-00001").text.count("data-row") == 5
    assert len(many) == len(few)


def test_a_guest_who_wants_no_disclosure_has_no_name_for_a_reservation_clerk(app: Flask, house: House) -> None:
    with work():
        stay_id = house.stay(guest=house.guest("Okafor", "Chidi", search="okafor chidi", incognito=True)).id
    clerk, agent = at_desk(app, house, "reservation_clerk"), at_desk(app, house, "front_desk_agent")
    here = f"/stays/{stay_id}"
    for path in ("/reservations", "/reservations/T-00001", here, f"{here}/change", f"{here}/cancel"):
        assert "Okafor" not in clerk.get(path).text, path
        assert "Okafor" in agent.get(path).text, path
    assert "Okafor" not in clerk.get("/reservations?q=okafor").text.replace('value="okafor"', "")
