"""Bookings against availability 核对 (R11): what contradicts, what is explained, and who signs for the date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access
from pms.access import Role
from pms.db import db, insert_one, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.journal import JournalLine
from pms.property.models import ClosureKind, Season, SeasonKind
from pms.property.queries import settings_changed
from pms.reservations import closures, contradictions, queries_verification, verification
from pms.reservations.contradictions import ContradictionKind
from pms.reservations.models import Group, GroupBlock, GroupStatus, Guarantee, Stay
from pms.reservations.models_verification import Explanation, Verification
from pms.reservations.queries_verification import VerificationLine
from pms.reservations.status import Status
from pms.reservations.words import CONTRADICTIONS
from pms.say import Say, from_json, translate
from tests.builders import NOON, TODAY, House
from tests.clients import at_desk
from tests.races import race
from tests.reservations.clerk import Clerk, day
from tests.web.statements import counted

PHONE = "+8613800138000"


def found(on: date = TODAY) -> list[tuple[str, str]]:
    """Kinds and sentences of what contradicts."""
    with reading():
        lines = queries_verification.verification(on)
        return [(line.kind, translate(from_json(line.text), "en")) for line in lines]


def kinds() -> list[str]:
    return [kind for kind, _ in found()]


def line() -> VerificationLine:
    with reading():
        (only,) = queries_verification.verification(TODAY)
    return only


def due(house: House, **values: Any) -> Stay:
    """A reserved stay against which nothing stands."""
    booking = {"telephone": values.pop("telephone", PHONE), "guarantee": values.pop("guarantee", Guarantee.NONE)}
    with work():
        return house.stay(booking=house.booking(**booking), **values)


def shut(house: House, room: str, nights: int = 3) -> None:
    with work():
        by = house.user("shift_leader")
        until = day(nights)
        closures.close(house.rooms[room], ClosureKind.OUT_OF_SERVICE, TODAY, until, "Carpet", by=by, now=NOON)


def peak(house: House) -> None:
    with work():
        db.session.add(Season(kind=SeasonKind.PEAK, first="11-01", last="11-30", check_out_hour=12))
        settings_changed()


def explain(clerk: Clerk, text: str = "Agreed with the AM", which: str = "") -> None:
    fingerprint = which or line().fingerprint
    clerk.do(verification.explain, fingerprint, text)


# --- What contradicts ------------------------------------------------------------------------------------------------
def test_nothing_contradicts_in_a_house_that_is_in_order(house: House) -> None:
    due(house, room="1204")
    due(house, room="1301", status=Status.IN_HOUSE)
    assert found() == []


def test_more_sold_than_there_is_and_the_limit_allows(house: House) -> None:
    for _ in range(3):
        due(house, kind="SUI", nights=1)
    assert found() == [("oversold", "Sat 21 Nov 2026: 3 of SUI are sold; 2 are there, 0 more are allowed.")]


def test_what_the_overbooking_limit_allows_is_no_contradiction(house: House) -> None:
    with work():
        house.types["SUI"].overbooking = 1
    for _ in range(3):
        due(house, kind="SUI", nights=1)
    assert found() == []


def test_a_room_given_to_a_guest_is_closed_on_a_night_of_his(house: House) -> None:
    due(house, room="1204", arrival=1, nights=2)
    shut(house, "1204")
    assert found() == [("closed_room", "Room 1204 is closed from Sat 21 Nov 2026 to Tue 24 Nov 2026.")]


def test_a_closure_that_ends_before_he_comes_is_none(house: House) -> None:
    due(house, room="1204", arrival=1)
    shut(house, "1204", nights=1)
    assert found() == []


def test_a_room_that_has_become_another_type(house: House) -> None:
    due(house, room="1204")
    with work():
        house.rooms["1204"].type = house.types["STT"]
    assert found() == [("other_type", "Room 1204 is of type STT; STK is sold, no upgrade is agreed.")]


def test_a_guest_with_one_night_in_two_bookings(house: House) -> None:
    with work():
        guest = house.guest()
    elder = due(house, guest=guest, nights=3)
    due(house, guest=guest, arrival=1, nights=4)
    text = f"The guest has {elder.booking.confirmation} too, from Sun 22 Nov 2026 to Tue 24 Nov 2026."
    assert found() == [("twice", text)]


def test_two_rooms_of_one_booking_and_stays_one_after_the_other_are_none(house: House) -> None:
    with work():
        guest, booking = house.guest(), house.booking(telephone=PHONE)
        for _ in range(2):
            house.stay(guest=guest, booking=booking, nights=1)
    due(house, guest=guest, arrival=1)
    assert found() == []


def group(house: House, cut_off: int, status: GroupStatus = GroupStatus.TENTATIVE) -> None:
    with work():
        new = Group(code="TOUR", name="Tour", arrival=TODAY, departure=day(2), cut_off=day(cut_off), status=status)
        db.session.add(new)
        db.session.flush()
        for night in (0, 1):
            suite = {"type_id": house.types["SUI"].id, "blocked": 2, "picked_up": night, "price": 1}
            db.session.add(GroupBlock(group_id=new.id, night=day(night), **suite))


def test_a_group_past_its_cut_off_that_still_holds_rooms(house: House) -> None:
    group(house, cut_off=-1)
    assert found() == [("cut_off", "The cut-off was Fri 20 Nov 2026; 3 room-nights have no name.")]


def test_before_the_cut_off_and_when_cancelled_it_is_none(house: House) -> None:
    group(house, cut_off=1)
    with work():
        cancelled = {"status": GroupStatus.CANCELLED, "cut_off": day(-1)}
        db.session.add(Group(code="OFF", name="Off", arrival=TODAY, departure=day(1), **cancelled))
    assert found() == []


def test_who_was_due_before_today_and_who_cannot_be_called(house: House) -> None:
    due(house, arrival=-1, nights=3)
    due(house, telephone="")
    assert kinds() == ["overdue", "no_telephone"]


def test_a_guarantee_or_the_guests_own_number_is_enough(house: House) -> None:
    due(house, telephone="", guarantee=Guarantee.DEPOSIT)
    with work():
        guest = house.guest("Okafor", "Chidi", telephone=PHONE)
    due(house, telephone="", guest=guest)
    assert found() == []


def test_in_the_peak_season_it_looks_a_month_ahead_otherwise_to_tomorrow(house: House) -> None:
    for arrival in (1, 2, 30, 31):
        due(house, arrival=arrival, nights=1, telephone="")
    assert len(found()) == 1
    peak(house)
    assert len(found()) == 3


def test_the_facts_name_no_guest(house: House) -> None:
    with work():
        guest = house.guest("Secret", "Sam", incognito=True)
    for _ in range(2):
        due(house, guest=guest, arrival=-1, nights=3)
    assert "Secret" not in str(found()) and len(found()) == 3


def test_the_list_costs_as_many_statements_however_long_it_is(house: House) -> None:
    def statements() -> int:
        with reading(), counted() as seen:
            queries_verification.verification(TODAY)
        return len(seen)

    due(house, telephone="")
    found()  # the settings are read once
    few = statements()
    for _ in range(5):
        due(house, kind="SUI", telephone="")
        due(house, arrival=-1)
    assert len(found()) > 10 and statements() == few


# --- Explained and signed --------------------------------------------------------------------------------------------
def test_explained_it_stands_with_who_and_when_and_the_date_can_be_signed(supervisor: Clerk, house: House) -> None:
    due(house, telephone="")
    with pytest.raises(Refused, match=r"Not yet: 1 open\. Mend or explain first: T-.*nobody can be called"):
        supervisor.do(verification.sign)
    explain(supervisor)
    assert (line().explanation, line().by, line().at) == ("Agreed with the AM", "Reservation Supervisor", NOON)
    supervisor.do(verification.sign)
    with reading():
        signed = queries_verification.signed(TODAY)
        actions = db.session.scalars(sa.select(JournalLine.action).order_by(JournalLine.id)).all()
    assert signed == ("Reservation Supervisor", None, NOON, 1)
    assert actions == ["explain_contradiction", "verify_bookings"]


def test_nothing_to_explain_it_is_signed_at_once(supervisor: Clerk) -> None:
    supervisor.do(verification.sign)
    with reading():
        assert queries_verification.signed(TODAY) == ("Reservation Supervisor", None, NOON, 0)
        assert queries_verification.signed(day(1)) is None


def test_what_was_explained_comes_back_when_the_facts_change(supervisor: Clerk, house: House) -> None:
    for _ in range(3):
        due(house, kind="SUI", nights=1)
    explain(supervisor)
    due(house, kind="SUI", nights=1)
    assert line().explanation == ""


def test_tomorrow_the_same_facts_are_still_explained(supervisor: Clerk, house: House) -> None:
    due(house, room="1204", arrival=1, nights=3)
    shut(house, "1204", nights=4)
    explain(supervisor)
    with reading():
        (later,) = queries_verification.verification(day(1))
    assert (later.night, later.explanation) == (day(1), "Agreed with the AM")


def test_an_explanation_says_something_and_is_for_something(supervisor: Clerk, house: House) -> None:
    due(house, telephone="")
    with pytest.raises(Refused, match="Why may this stand") as no:
        explain(supervisor, "  ")
    assert no.value.field == "text"
    with pytest.raises(Refused, match="at most 300"):
        explain(supervisor, "x" * 301)
    with pytest.raises(Refused, match="mended or has changed"):
        explain(supervisor, which="f" * 64)


def test_the_second_who_explains_or_signs_is_told_who_and_when(supervisor: Clerk, house: House) -> None:
    due(house, telephone="")
    explain(supervisor)
    with pytest.raises(Conflict, match=r"Supervisor has explained this already, .* at 12:00: Agreed with the AM"):
        explain(supervisor.as_("manager"), "Something else")
    supervisor.do(verification.sign)
    with pytest.raises(Conflict, match=r"Supervisor has verified .* already, at 12:00"):
        supervisor.as_("manager").do(verification.sign)


@pytest.mark.both_engines
def test_of_two_who_explain_or_sign_at_once_one_is_told_of_the_other(app: Flask, house: House) -> None:
    due(house, telephone="")
    with work():
        by = house.user("reservation_supervisor")
    which = line().fingerprint
    for act in (
        lambda number: verification.explain(which, f"Reason {number}", by=by, now=NOON),
        lambda _: verification.sign(by=by, now=NOON),
    ):
        with work():
            db.session.refresh(by)
        results = race(app, 2, act)
        (told,) = filter(None, results)
        assert isinstance(told, Conflict) and "Reservation Supervisor has" in str(told)
    with reading():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Explanation)) == 1


@pytest.mark.both_engines
def test_the_database_keeps_one_explanation_and_one_signature(house: House) -> None:
    with work():
        by = house.user().id
    with pytest.raises(IntegrityError), work():
        insert_one(Explanation, fingerprint="a" * 64, text="", at=NOON, by_id=by)
    with work():
        db.session.add(Explanation(fingerprint="a" * 64, text="why", at=NOON, by_id=by))
        db.session.add(Verification(business_date=TODAY, explained=0, at=NOON, by_id=by))
    with pytest.raises(IntegrityError), work():
        insert_one(Explanation, fingerprint="a" * 64, text="another", at=NOON, by_id=by)
    with pytest.raises(IntegrityError), work():
        db.session.execute(sa.insert(Verification).values(business_date=TODAY, explained=1, at=NOON, by_id=by))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["verify_bookings"]))
def test_other_roles_neither_explain_nor_sign(clerk: Clerk, role: Role) -> None:
    for action, values in ((verification.explain, ("f" * 64, "why")), (verification.sign, ())):
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(action, *values)


# --- The page --------------------------------------------------------------------------------------------------------
def test_the_page_leads_to_where_it_is_mended(app: Flask, house: House) -> None:
    stay = due(house, telephone="")
    for _ in range(3):
        due(house, kind="SUI", nights=1)
    group(house, cut_off=-1)
    page = at_desk(app, house, "reservation_supervisor").get("/verification").text
    with reading():
        group_id = db.session.scalars(sa.select(Group.id)).one()
    for where in (f"/stays/{stay.id}", "/availability?from=2026-11-21", f"/groups/{group_id}/agreement"):
        assert f'href="{where}"' in page
    assert "3 open" in page


def test_on_the_page_it_is_explained_and_signed(app: Flask, house: House) -> None:
    due(house, telephone="")
    desk = at_desk(app, house, "reservation_supervisor")
    refused = desk.post("/verification/sign")
    assert refused.status_code == 422 and "Not yet: 1 open" in refused.text
    typed = {"fingerprint": line().fingerprint, "text": "Calls us tonight"}
    assert desk.post("/verification/explain", typed).location == "/verification"
    assert desk.post("/verification/sign").status_code == 303
    page = desk.get("/verification").text
    assert "Calls us tonight" in page and "verified by Reservation Supervisor" in page
    assert "/verification/sign" not in page and "/verification/explain" not in page


def test_nothing_typed_is_lost(app: Flask, house: House) -> None:
    due(house, telephone="")
    desk = at_desk(app, house, "reservation_supervisor")
    long = "Calls us tonight " * 20
    wrong = desk.post("/verification/explain", {"fingerprint": line().fingerprint, "text": long})
    assert wrong.status_code == 422 and f'value="{long}"' in wrong.text
    gone = desk.post("/verification/explain", {"fingerprint": "f" * 64, "text": "Calls us tonight"})
    assert gone.status_code == 422 and "What you typed:" in gone.text and "Calls us tonight" in gone.text


def test_a_clerk_sees_the_list_and_has_no_buttons(app: Flask, house: House) -> None:
    due(house, telephone="")
    clerk = at_desk(app, house, "reservation_clerk")
    page = clerk.get("/verification").text
    assert "nobody can be called" in page and "/verification/sign" not in page and "/verification/explain" not in page
    assert clerk.post("/verification/sign").status_code == 403
    assert clerk.post("/verification/explain", {"fingerprint": "f" * 64, "text": "why"}).status_code == 403


def test_who_takes_bookings_finds_it_on_their_page_and_others_do_not(app: Flask, house: House) -> None:
    assert 'href="/verification"' in at_desk(app, house, "reservation_clerk").get("/reservations").text
    other = at_desk(app, house, "front_desk_agent")
    assert 'href="/verification"' not in other.get("/reservations").text
    assert other.get("/verification").status_code == 403


def test_the_page_is_chinese_for_who_reads_chinese(app: Flask, house: House) -> None:
    for arrival in (-1, 0):
        due(house, arrival=arrival, telephone="")
    page = at_desk(app, house, "reservation_supervisor", "zh").get("/verification").text
    assert "核对" in page and "没有担保" in page
    assert set(CONTRADICTIONS) == set(ContradictionKind)


def test_a_fingerprint_is_of_the_facts() -> None:
    one = contradictions.Contradiction(ContradictionKind.OVERDUE, 1, "T-1", TODAY, Say("x", {"n": 1}))
    assert one._replace(night=TODAY + timedelta(days=1)).fingerprint == one.fingerprint
    assert one._replace(text=Say("y", {"n": 1})).fingerprint == one.fingerprint
    assert one._replace(text=Say("x", {"n": 2})).fingerprint != one.fingerprint
    assert one._replace(record_id=2).fingerprint != one.fingerprint
