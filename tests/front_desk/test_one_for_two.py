"""A booking of two standard rooms is offered one suite: approved, at a price seen before, both parties in it (P7)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk import one_for_two
from pms.front_desk.queries import registered_guests
from pms.journal import JournalLine
from pms.reservations.models import Stay, TypeNight
from pms.reservations.queries import load_stay, prices_of
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk


@pytest.fixture
def two(house: House) -> tuple[int, int]:
    """Two standard rooms of one booking, two nights, and a suite that sleeps four."""
    with work():
        house.types["SUI"].capacity = 4
        first = house.stay(guest=house.guest("Adler", "Eva"))
        second = house.stay(guest=house.guest("Brandt", "Udo"), needs="accessible,king")
        second.booking_id = first.booking_id
        return first.id, second.id


def say_yes(house: House, stay_id: int, role: str = "shift_leader", consent: str = "Mr Adler, by telephone") -> None:
    stay = load_stay(stay_id)
    kind = house.types["SUI"].id
    one_for_two.accept(stay, kind, consent, version=stay.version, by=house.user(role), now=NOON)


@pytest.mark.both_engines
def test_two_rooms_become_one_suite_at_their_price_with_both_parties(house: House, two: tuple[int, int]) -> None:
    with work():
        say_yes(house, two[0])
    db.session.expire_all()
    with reading():
        stay, other = load_stay(two[0]), load_stay(two[1])
        assert (stay.type.code, stay.persons, other.status) == ("SUI", 2, Status.CANCELLED)
        assert list(prices_of(stay.id).values()) == [136_000, 136_000]
        assert {person.name for person in registered_guests(stay)} == {"Adler, Eva", "Brandt, Udo"}
        assert stay.needs == "accessible"  # the bed is no need of both
        sold = {
            row.type_id: row.sold for row in db.session.scalars(sa.select(TypeNight).where(TypeNight.night == TODAY))
        }
        assert (sold[house.types["STK"].id], sold[house.types["SUI"].id]) == (0, 1)
        line = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "one_for_two")).one()
        assert (line.details["why"], line.details["price"]) == ("Mr Adler, by telephone", 272_000)


def test_only_types_that_stand_higher_hold_everybody_and_are_left_are_offered(
    house: House, two: tuple[int, int]
) -> None:
    offer = one_for_two.look(load_stay(two[0]))
    assert offer and [kind.code for kind in offer.kinds] == ["DLK", "SUI"]
    load_stay(two[0]).adults = 3
    offer = one_for_two.look(load_stay(two[0]))
    assert offer and [kind.code for kind in offer.kinds] == ["SUI"] and offer.prices == (136_000, 136_000)
    for number in ("1301", "1302"):
        house.stay(room=number, kind="SUI", guest=house.guest(number))
    offer = one_for_two.look(load_stay(two[0]))
    assert offer and not offer.kinds


@pytest.mark.parametrize("change", [{"departure": TODAY}, {"status": Status.CANCELLED}, {"type": "DLK"}])
def test_a_second_room_for_other_nights_or_of_another_type_is_none(
    house: House, two: tuple[int, int], change: dict[str, object]
) -> None:
    second = load_stay(two[1])
    for name, value in change.items():
        setattr(second, name, house.types[str(value)] if name == "type" else value)
    db.session.flush()
    assert one_for_two.look(load_stay(two[0])) is None
    with pytest.raises(Refused, match="no second room"):
        say_yes(house, two[0])


def test_nothing_happens_without_consent_or_with_a_type_that_is_too_small(house: House, two: tuple[int, int]) -> None:
    with work():
        house.user("shift_leader")
        house.types["SUI"].capacity = 1
    with pytest.raises(Refused, match="who agreed"), work():
        one_for_two.accept(
            load_stay(two[0]), house.types["DLK"].id, " ", version=0, by=house.user("shift_leader"), now=NOON
        )
    with pytest.raises(Refused, match="too small"), work():
        say_yes(house, two[0])


def test_who_changed_the_booking_meanwhile_is_named(house: House, two: tuple[int, int]) -> None:
    stay = load_stay(two[0])
    with pytest.raises(Conflict):
        one_for_two.accept(
            stay, house.types["SUI"].id, "x", version=stay.version - 1, by=house.user("shift_leader"), now=NOON
        )


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["approve_upgrade"]))
def test_other_roles_do_not_approve_it(house: House, two: tuple[int, int], role: Role) -> None:
    with pytest.raises(NotAllowed):
        say_yes(house, two[0], role.value)


# --- The page --------------------------------------------------------------------------------------------------------
@pytest.fixture
def leader(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "shift_leader")


def form_of(house: House, stay_id: int, consent: str = "Mr Adler") -> dict[str, str]:
    with reading():
        version = db.session.get_one(Stay, stay_id).version
        return {"type": str(house.types["SUI"].id), "consent": consent, "version": str(version)}


def test_the_booking_and_the_plan_lead_to_it(leader: Browser, house: House, two: tuple[int, int]) -> None:
    with reading():
        number = load_stay(two[0]).booking.confirmation
    assert f"/stays/{two[0]}/one-for-two" in leader.get(f"/reservations/{number}").text
    with work():
        for room in ("1201", "1202", "1204"):
            house.stay(room=room, guest=house.guest(room))
    run = leader.post("/placing", {"stay": [str(two[0])]}).headers["Location"]
    leader.post(f"{run}/plan")
    assert f"/stays/{two[0]}/one-for-two" in leader.get(run).text


def test_the_price_is_seen_before_yes_and_the_stay_can_be_placed_at_once(
    leader: Browser, house: House, two: tuple[int, int]
) -> None:
    page = leader.get(f"/stays/{two[0]}/one-for-two").text
    assert "2,720.00" in page and "1,360.00" in page and "One suite for both" in page
    refused = leader.post(f"/stays/{two[0]}/one-for-two", form_of(house, two[0], consent=""))
    assert refused.status_code == 422 and "Write down who agreed" in refused.text
    assert leader.post(f"/stays/{two[0]}/one-for-two", form_of(house, two[0])).status_code == 303
    page = leader.get(f"/stays/{two[0]}").text
    assert f'href="/placing?stay={two[0]}" data-key="y"' in page and "One suite instead of two rooms" in page
    with reading():
        assert load_stay(two[1]).status is Status.CANCELLED


def test_an_agent_sees_the_price_and_whom_to_ask(app: Flask, house: House, two: tuple[int, int]) -> None:
    agent = at_desk(app, house)
    page = agent.get(f"/stays/{two[0]}/one-for-two").text
    assert "2,720.00" in page and "Ask: Reservation supervisor" in page and "One suite for both" not in page
    assert agent.post(f"/stays/{two[0]}/one-for-two", form_of(house, two[0])).status_code == 403
    with reading():
        assert load_stay(two[1]).status is Status.RESERVED


def test_who_may_not_place_does_not_see_it(app: Flask, house: House, two: tuple[int, int]) -> None:
    concierge = at_desk(app, house, "concierge")
    with reading():
        number = load_stay(two[0]).booking.confirmation
    assert "one-for-two" not in concierge.get(f"/reservations/{number}").text
    assert concierge.get(f"/stays/{two[0]}/one-for-two").status_code == 403


def test_a_single_room_has_nothing_to_offer(leader: Browser, house: House) -> None:
    with work():
        stay = house.stay().id
    page = leader.get(f"/stays/{stay}/one-for-two").text
    assert "No suite can be offered" in page and "One suite for both" not in page
