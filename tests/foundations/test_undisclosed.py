"""A guest who wants no disclosure has no name in what somebody reads who need not know (Q1), refusals included."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from pms import clock
from pms.assignment.actions import place_stay
from pms.db import db, work
from pms.errors import Refused
from pms.front_desk import actions as desk_actions
from pms.guest_services.models import Luggage
from pms.property.models import ClosureKind
from pms.reservations import closures, house_changes, occupancy
from pms.reservations.models import Stay
from tests.builders import NOON, TODAY, House
from tests.clients import Browser
from tests.front_desk.steps import Desk


@pytest.fixture
def hidden(house: House) -> Stay:
    """In 1204 from tonight."""
    return house.stay(room="1204", guest=house.guest("Raghunathan", "Priya", incognito=True))


def test_closing_his_room_does_not_name_him(house: House, hidden: Stay) -> None:
    by, until = house.user("housekeeping"), TODAY + timedelta(days=2)
    with pytest.raises(Refused, match="A guest has room 1204"):
        closures.close(house.rooms["1204"], ClosureKind.OUT_OF_ORDER, TODAY, until, "leak", by=by, now=NOON)


def test_taking_his_room_out_of_use_does_not_name_him(house: House, hidden: Stay) -> None:
    with pytest.raises(Refused, match="A guest has room 1204"):
        house_changes.save_room(house.rooms["1204"], {"active": False}, by=house.user("admin"), now=NOON)


def test_placing_somebody_in_his_room_does_not_name_him(house: House, hidden: Stay) -> None:
    with pytest.raises(Refused) as refusal:
        place_stay(house.stay(), house.rooms["1204"], by=house.user("reservation_clerk"), now=NOON)
    assert "Raghunathan" not in str(refusal.value.reason)
    with pytest.raises(Refused, match="given to A guest"):
        occupancy.place(house.stay(), house.rooms["1204"])


def test_who_lives_in_the_room_meanwhile_is_not_named_to_the_cashier(house: House) -> None:
    desk = Desk(house)
    stay = desk.guest_in_house("1204", nights=1)
    clock.advance_business_date(TODAY, TODAY + timedelta(days=1), at=NOON)
    desk_actions.check_out(stay, **desk.by("cashier"))
    house.rooms["1204"].housekeeping = house.rooms["1202"].housekeeping
    db.session.flush()
    desk.check_in(house.stay(arrival=1, room="1204", guest=house.guest("Raghunathan", "Priya", incognito=True)))
    with pytest.raises(Refused, match="A guest is already in room 1204"):
        desk_actions.undo_check_out(stay, **desk.by("cashier"))


@pytest.mark.parametrize(("role", "found"), [("concierge", False), ("front_desk_agent", True)])
def test_his_luggage_does_not_betray_him_in_the_search(app: Flask, house: House, role: str, found: bool) -> None:
    with work():
        stay = house.stay(room="1204", guest=house.guest("Raghunathan", "Priya", incognito=True))
        db.session.add(
            Luggage(
                tag="0041", code="0041-AB", stay_id=stay.id, depositor="Raghunathan, Priya", pieces=2, shelf="A1",
                depositor_search="raghunathan priya", description="bags", due_at=NOON, stored_at=NOON,
                stored_on=TODAY, stored_by=house.user().id,
            )
        )  # fmt: skip
        user = house.user(role)
    page = Browser(app).log_in_as(user).get("/search", query_string={"q": "raghunathan"}).text
    assert ("0041" in page) is found
