"""Two profiles of one person become one 客史合并 (R12): what follows, what stays, what is refused, who is faster."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms.access import ALLOWED, Role
from pms.db import db, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk.models import Registration
from pms.guest_services.models import Message
from pms.guests import actions, queries, queries_duplicates
from pms.guests.models import DocumentKind, Guest, GuestDocument, TwoPeople
from pms.guests.queries_duplicates import Alike
from pms.guests.rules import search_text
from pms.journal import JournalLine
from pms.requests.models import Call
from pms.requests.words import Kind, State
from pms.reservations.booking import book
from pms.reservations.merging_guests import merge_guests, naming_guests, seen_of, tell_apart
from pms.reservations.models import Group, Source, StayGuest
from pms.reservations.models_waitlist import Waiting
from pms.reservations.queries_find import guests_meant
from pms.reservations.requests import BookingRequest, StayRequest
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.races import race

BORN = date(1972, 3, 15)
PHONE = "+8613800138000"


def person(house: House, surname: str = "Wang", given: str = "Jianguo", name_zh: str = "", **values: Any) -> Guest:
    with work():
        return house.guest(surname, given, name_zh, search=search_text(surname, given, name_zh), **values)


def do(house: House, action: Any, *args: Any, role: str = "reservation_supervisor", **values: Any) -> Any:
    with work():
        by = house.user(role)
    with work():
        return action(*args, **values, by=by, now=NOON)


def merge(house: House, one: Guest, other: Guest, *chosen: str, **values: Any) -> Guest:
    survivor: Guest = do(house, merge_guests, one.id, other.id, chosen, **values)
    return survivor


def journal_of(guest: Guest) -> dict[str, Any]:
    lines = db.session.scalars(sa.select(JournalLine).where(JournalLine.subject == f"guest:{guest.id}"))
    return {line.action: line.details for line in lines}


# --- What follows ---
def rows_naming(house: House, guest: Guest) -> dict[str, Callable[[], Any]]:
    """One row for every column that names a guest: a new table has to be added here, else the test below fails."""
    by = house.user("front_desk_agent").id
    dates = {"arrival": TODAY, "departure": TODAY + timedelta(days=1)}
    stay = house.stay(arrival=-9, nights=1, status=Status.CHECKED_OUT)
    asked = {"plan_id": house.plans["BAR"].id, "telephone": "+861", "asked_at": NOON, "asked_by": by}
    call = {"kind": Kind.ENQUIRY, "state": State.CLOSED, "opened_at": NOON, "opened_on": TODAY, "due_at": NOON}
    taken = {"taken_at": NOON, "taken_on": TODAY, "taken_by": by, "off_rack_at": NOON}
    mine = {"guest_id": guest.id}
    return {
        "guests.merged_into": lambda: Guest(surname="Wang", merged_into=guest.id),
        "groups.leader_id": lambda: Group(code="G", name="Tour", leader_id=guest.id, **dates),
        "guest_documents.guest_id": lambda: GuestDocument(kind=DocumentKind.PASSPORT, number="E1", **mine),
        "two_people.elder_id": lambda: TwoPeople(elder_id=guest.id, younger_id=guest.id + 1, at=NOON, by_id=by),
        "two_people.younger_id": lambda: TwoPeople(elder_id=guest.id - 1, younger_id=guest.id, at=NOON, by_id=by),
        "stays.guest_id": lambda: house.stay(guest=guest),
        "waitlist.guest_id": lambda: Waiting(**asked, **dates, **mine),
        "messages.guest_id": lambda: Message(number="M1", caller="Weber", text="Call", **taken, **mine),
        "registrations.guest_id": lambda: Registration(stay_id=stay.id, at=NOON, by_id=by, **mine),
        "stay_guests.guest_id": lambda: StayGuest(stay_id=stay.id, **mine),
        "calls.guest_id": lambda: Call(number="S1", text="Pillow", opened_by=by, **call, **mine),
    }


@pytest.mark.both_engines
def test_nothing_of_the_house_names_the_merged_profile_any_more(house: House) -> None:
    first, elder, younger = (person(house) for _ in range(3))
    with work():
        house.guest()
        made = rows_naming(house, db.session.get_one(Guest, younger.id))
        assert set(made) == {str(column) for column in naming_guests()}
        for make in made.values():
            db.session.add(make())
            db.session.flush()
    merge(house, elder, younger)
    for column in naming_guests():
        wanted = sa.select(sa.func.count()).select_from(column.table).where(column == younger.id)
        assert db.session.scalar(wanted) == 0, column
    carried = journal_of(elder)["merge_guests"]["carried"]
    assert set(carried) == set(made) - {"two_people.elder_id", "two_people.younger_id"}
    assert set(carried.values()) == {1}
    assert first.id < elder.id < younger.id


def test_the_elder_profile_survives_whichever_was_named_first(house: House) -> None:
    elder, younger = person(house), person(house)
    assert merge(house, younger, elder).id == elder.id
    assert db.session.get_one(Guest, younger.id).merged_into == elder.id


def test_a_profile_merged_twice_over_leads_straight_to_who_survived(house: House) -> None:
    first, second, third = (person(house) for _ in range(3))
    merge(house, second, third)
    merge(house, first, second)
    assert db.session.get_one(Guest, third.id).merged_into == first.id
    assert actions.guest_or_missing(third.id).id == first.id


@pytest.mark.both_engines
def test_the_database_takes_no_merge_into_a_younger_profile_and_so_no_circle(house: House) -> None:
    elder, younger = person(house), person(house)
    for one, into in ((elder, younger), (elder, elder)):
        with pytest.raises(IntegrityError), work():
            db.session.execute(sa.update(Guest).where(Guest.id == one.id).values(merged_into=into.id))


# --- What stays ---
def test_what_only_one_knows_is_kept_and_of_two_values_the_chosen_one(house: House) -> None:
    elder = person(house, telephone="+8613800138000", wishes="quiet,high", notes="Two pillows", title="Mr")
    younger = person(
        house, "Wang", "Jian Guo", "王建国", telephone="+8613900139000", wishes="high,room:1204",
        notes="Allergic to nuts", born_on=BORN, title="Dr", vip_level=2,
    )  # fmt: skip
    merge(house, elder, younger, "telephone")
    db.session.expire_all()
    assert (elder.given, elder.name_zh, elder.title) == ("Jianguo", "王建国", "Mr")
    assert (elder.telephone, elder.born_on, elder.vip_level) == ("+8613900139000", BORN, 2)
    assert elder.wishes == "quiet,high,room:1204"
    assert elder.notes == "Two pillows\nAllergic to nuts"
    lines = journal_of(elder)
    assert lines["merge_guests"]["other"] == younger.id
    assert lines["merge_guests"]["taken"] == ["born_on", "name_zh", "telephone", "vip_level"]
    assert "138000" not in str(lines)
    assert journal_of(younger)["merged_into"] == {"into": elder.id}


def test_notes_are_kept_as_they_were_put_together(house: House) -> None:
    elder, younger = person(house, notes="Tea"), person(house, notes="Tea, green")
    merge(house, elder, younger, notes="Green tea")
    assert db.session.get_one(Guest, elder.id).notes == "Green tea"
    with pytest.raises(Refused, match="500 characters") as no:
        merge(house, elder, person(house), notes="x" * 501)
    assert no.value.field == "notes"


def test_a_merge_discloses_nobody(house: House) -> None:
    elder, younger = person(house), person(house, incognito=True)
    assert merge(house, elder, younger, role="manager").incognito


def test_one_document_of_both_is_listed_once(house: House) -> None:
    elder, younger = person(house), person(house)
    for guest in (elder, younger):
        do(house, actions.add_document, guest.id, DocumentKind.PASSPORT, "E12345678")
    merge(house, elder, younger)
    assert len(queries.documents_of(elder.id)) == 1


def test_a_guest_is_found_by_the_name_and_telephone_of_the_merged_profile(house: House) -> None:
    elder = person(house, "Wang", "Jianguo", telephone="+8613800138000")
    merge(house, elder, person(house, "Huang", "Jianguo", telephone="+8613900139000"))
    for typed in ("huang", "13900139000", "wang jianguo"):
        assert [found.id for found in guests_meant(typed, see_incognito=True)] == [elder.id], typed
    assert queries.alike("Huang", "Jianguo", "", "", see_incognito=True) == []


def test_who_books_for_the_merged_profile_books_for_the_survivor(house: House) -> None:
    elder, younger, friend = (person(house) for _ in range(3))
    merge(house, elder, younger)
    merge(house, elder, friend)
    booking = do(house, book, request_for(house, younger.id, sharers=(friend.id,)))
    assert booking.stays[0].guest_id == elder.id
    assert db.session.scalars(sa.select(StayGuest.guest_id)).all() == [elder.id]


def request_for(house: House, guest_id: int, **values: Any) -> BookingRequest:
    dates = {"arrival": TODAY + timedelta(days=3), "departure": TODAY + timedelta(days=5)}
    stay = StayRequest(
        guest_id=guest_id, type_id=house.types["STK"].id, plan_id=house.plans["BAR"].id, **dates, **values
    )
    return BookingRequest(stays=(stay,), source=Source.PHONE)


# --- Refused ---
def test_a_profile_is_not_merged_with_itself(house: House) -> None:
    guest = person(house)
    with pytest.raises(Refused, match="itself"):
        merge(house, guest, guest)


def test_a_guest_in_house_under_both_profiles_is_put_right_first(house: House) -> None:
    elder, younger = person(house), person(house)
    with work():
        house.stay(room="1204", status=Status.IN_HOUSE, guest=elder)
        other = house.stay(room="1206", status=Status.IN_HOUSE)
        db.session.add(StayGuest(stay_id=other.id, guest_id=younger.id))
    with pytest.raises(Refused, match="in room 1204 and in room 1206"):
        merge(house, elder, younger)
    assert db.session.get_one(Guest, younger.id).merged_into is None


@pytest.mark.parametrize("status", [Status.RESERVED, Status.IN_HOUSE, Status.CHECKED_OUT])
def test_guests_of_one_stay_are_two_people(house: House, status: Status) -> None:
    elder, younger = person(house), person(house)
    with work():
        stay = house.stay(arrival=0 if status is not Status.CHECKED_OUT else -5, status=status, guest=elder)
        db.session.add(StayGuest(stay_id=stay.id, guest_id=younger.id))
    with pytest.raises(Refused, match="T-00001") as no:
        merge(house, elder, younger)
    assert "two people" in str(no.value.offers[0].text)


@pytest.mark.both_engines
def test_who_stands_in_one_registration_with_the_other_is_another_person(house: House) -> None:
    elder, younger = person(house), person(house)
    with work():
        stay = house.stay(arrival=-5, status=Status.CHECKED_OUT)
        by = house.user("front_desk_agent").id
        for guest in (elder, younger):
            db.session.add(Registration(stay_id=stay.id, guest_id=guest.id, at=NOON, by_id=by))
    with pytest.raises(Refused, match="one registration"):
        merge(house, elder, younger)


def test_a_profile_that_was_changed_meanwhile_is_looked_at_again(house: House) -> None:
    elder, younger = person(house), person(house)
    seen = seen_of(elder, younger)
    do(house, actions.edit_guest, elder, title="Dr")
    with pytest.raises(Conflict, match="has been changed"):
        merge(house, elder, younger, seen=seen)


def test_other_roles_do_not_merge_profiles(house: House) -> None:
    elder, younger = person(house), person(house)
    for role in set(Role) - ALLOWED["merge_guests"]:
        with pytest.raises(NotAllowed):
            merge(house, elder, younger, role=role.value)
        with pytest.raises(NotAllowed):
            do(house, tell_apart, elder.id, younger.id, role=role.value)


# --- At once ---
@pytest.mark.both_engines
def test_two_merge_at_once_and_one_is_told_who_was_faster(app: Flask, house: House) -> None:
    elder, younger = person(house), person(house)
    with work():
        clerks = [house.user("reservation_supervisor"), house.user("manager")]
    ids = [(elder.id, younger.id), (younger.id, elder.id)]
    results = race(app, 2, lambda n: merge_guests(*ids[n], by=clerks[n], now=NOON))
    won = next(n for n, result in enumerate(results) if isinstance(result, Guest))
    lost = results[1 - won]
    assert isinstance(lost, Conflict)
    assert f"{clerks[won].name} has merged this profile into another one at 12:00" in str(lost)


@pytest.mark.both_engines
def test_a_booking_taken_during_the_merge_is_the_survivors(app: Flask, house: House) -> None:
    elder, younger = person(house), person(house)
    with work():
        by = house.user("reservation_supervisor")
    request = request_for(house, younger.id)

    def act(n: int) -> Any:
        return merge_guests(elder.id, younger.id, by=by, now=NOON) if n == 0 else book(request, by=by, now=NOON).id

    results = race(app, 4, act)
    assert not any(isinstance(result, Exception) for result in results), results
    wanted = sa.text("SELECT count(*), count(DISTINCT guest_id), min(guest_id) FROM stays")
    assert tuple(db.session.execute(wanted).one()) == (3, 1, elder.id)


# --- Who looks like one person ---
def test_profiles_that_share_a_document_name_and_birthday_or_telephone_are_shown(house: House) -> None:
    paper = [person(house, "A", "A"), person(house, "B", "B")]
    for guest in paper:
        do(house, actions.add_document, guest.id, DocumentKind.PASSPORT, "E12345678")
    named = [person(house, "Li", "Na", born_on=BORN), person(house, "LI", "na", born_on=BORN)]
    chinese = [person(house, "", "", "张伟", born_on=BORN), person(house, "Zhang", "Wei", "张伟", born_on=BORN)]
    called = [person(house, "C", "C", telephone=PHONE), person(house, "D", "D", telephone=PHONE)]
    person(house, "Li", "Na", born_on=date(1980, 1, 1))
    found = {(pair.elder.id, pair.younger.id): pair.alike for pair in queries_duplicates.pairs(see_incognito=True)}
    expected = ((paper, Alike.DOCUMENT), (named, Alike.BIRTHDAY), (chinese, Alike.BIRTHDAY), (called, Alike.TELEPHONE))
    assert found == {(one.id, other.id): [alike] for (one, other), alike in expected}
    for (one, other), _ in expected:
        assert queries_duplicates.like(one, see_incognito=True) == [other]
        assert queries_duplicates.like(other, see_incognito=True) == [one]


def test_who_is_merged_or_two_people_is_not_shown_again(house: House) -> None:
    elder, younger, son = (person(house, telephone=PHONE) for _ in range(3))
    do(house, tell_apart, son.id, elder.id)
    do(house, tell_apart, elder.id, son.id)  # once more changes nothing
    assert journal_of(elder)["two_people"] == {"other": son.id}
    assert [pair.younger for pair in queries_duplicates.pairs(see_incognito=True)] == [younger]
    assert queries_duplicates.like(son, see_incognito=True) == [younger]
    merge(house, elder, younger)
    assert queries_duplicates.pairs(see_incognito=True) == []


def test_who_wants_no_disclosure_is_nobodys_duplicate_for_who_may_not_know(house: House) -> None:
    elder = person(house, telephone=PHONE)
    person(house, telephone=PHONE, incognito=True)
    assert queries_duplicates.pairs(see_incognito=False) == []
    assert queries_duplicates.like(elder, see_incognito=False) == []
    assert len(queries_duplicates.pairs(see_incognito=True)) == 1
