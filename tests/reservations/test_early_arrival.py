"""Who comes before noon shares the day with nobody in his room; no night more is charged (C6, C10)."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pms.access import ALLOWED, Role
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.reservations import actions, occupancy
from pms.reservations.changes import Changed
from pms.reservations.models import Stay
from pms.reservations.requests import Change
from pms.reservations.status import Status
from tests.builders import NOON, House
from tests.clients import at_desk
from tests.reservations.clerk import Clerk, prices, slip
from tests.reservations.test_booking_pages_stay import form


def change(clerk: Clerk, stay: Stay, **values: Any) -> Changed:
    done: Changed = clerk.do(actions.change_stay, stay, Change(**values), version=stay.version)
    return done


@pytest.mark.both_engines
def test_who_comes_before_noon_pays_the_nights_he_has_and_the_slip_says_so(clerk: Clerk) -> None:
    stay = clerk.book(arrival=1, nights=2)
    change(clerk, stay, early_arrival=True, eta="09:30")
    assert (stay.early_arrival, prices(stay)) == (True, [68_000, 68_000])
    assert ("early", {"early": False}, {"early": True}) in slip(stay)


def test_a_room_that_somebody_leaves_that_day_is_given_back(clerk: Clerk, house: House) -> None:
    with work():
        house.stay(arrival=-1, nights=2, room="1204", status=Status.IN_HOUSE, guest=house.guest("Adler"))
    stay = clerk.book(arrival=1, nights=2)
    with work():
        occupancy.place(stay, house.rooms["1204"])
    said = change(clerk, stay, early_arrival=True).said
    assert stay.room_id is None
    assert "Room 1204 was released" in str(said[0]) and "early arrival" in str(said[0])


def test_a_room_that_stood_empty_the_night_before_is_kept(clerk: Clerk, house: House) -> None:
    stay = clerk.book(arrival=1, nights=2)
    with work():
        occupancy.place(stay, house.rooms["1204"])
    assert change(clerk, stay, early_arrival=True).said == ()
    assert stay.room_id == house.rooms["1204"].id
    late = clerk.book(arrival=0, nights=1)
    with pytest.raises(occupancy.Taken, match="not free for half of"), work():
        occupancy.place(late, house.rooms["1204"])
    change(clerk, stay, early_arrival=False)
    with work():
        occupancy.place(late, house.rooms["1204"])


@pytest.mark.parametrize("values", [{"early_arrival": True, "eta": "12:00"}, {"early_arrival": True}, {"eta": "18:00"}])
def test_before_noon_and_an_hour_after_it_contradict_each_other(clerk: Clerk, values: dict[str, Any]) -> None:
    stay = clerk.book(arrival=1, eta="11:00" if "early_arrival" not in values else "14:00")
    if "early_arrival" not in values:
        change(clerk, stay, early_arrival=True)
    with pytest.raises(Refused, match="is not before noon") as no:
        change(clerk, stay, **values)
    assert no.value.field == "eta"


def test_who_is_in_house_does_not_come_early_any_more(clerk: Clerk, house: House) -> None:
    with work():
        stay = house.stay(room="1204", status=Status.IN_HOUSE)
    with pytest.raises(Refused, match="is in house"):
        change(clerk, stay, early_arrival=True)


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED["change_booking"]))
def test_other_roles_do_not_promise_an_early_arrival(house: House, role: Role) -> None:
    stay = house.stay()
    with pytest.raises(NotAllowed):
        actions.change_stay(stay, Change(early_arrival=True), version=stay.version, by=house.user(role.value), now=NOON)


# --- The page --------------------------------------------------------------------------------------------------------
def test_the_clerk_ticks_it_and_the_stay_shows_it_in_both_languages(app: Flask, house: House) -> None:
    with work():
        stay_id = house.stay(arrival=1).id
    browser = at_desk(app, house)
    page = browser.get(f"/stays/{stay_id}/change").text
    assert "Comes before noon" in page and "No night more is charged" in page
    late = browser.post(f"/stays/{stay_id}/change", form(page, early_arrival="y", eta="18:00"))
    assert late.status_code == 422 and "18:00 is not before noon" in late.text and "checked" in late.text
    assert browser.post(f"/stays/{stay_id}/change", form(page, early_arrival="y")).status_code == 303
    page = browser.get(f"/stays/{stay_id}").text
    assert "Early arrival" in page and "before noon" in page
    page = at_desk(app, house, "shift_leader", "zh").get(f"/stays/{stay_id}").text
    assert "提前入住" in page and "中午前" in page
    with reading():
        assert db.session.get_one(Stay, stay_id).early_arrival


def test_who_may_not_change_a_booking_cannot_tick_it(app: Flask, house: House) -> None:
    with work():
        stay_id = house.stay(arrival=1).id
    concierge = at_desk(app, house, "concierge")
    assert f"/stays/{stay_id}/change" not in concierge.get(f"/stays/{stay_id}").text
    assert concierge.post(f"/stays/{stay_id}/change", {"early_arrival": "y"}).status_code == 403
