"""Each row of the desk offers one verb: the next one, for whoever looks."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from pms.access import Role
from pms.db import db, work
from pms.property.models import Housekeeping
from pms.reservations.models import Group
from pms.reservations.status import Status
from tests.builders import TODAY, House
from tests.clients import Browser


def row(app: Flask, house: House, role: str = "front_desk_agent", shown: str = "to_come") -> tuple[str, str]:
    """Address and words of the verb in the first row."""
    with work():
        user = house.user(role)
    page = Browser(app).log_in_as(user).get(f"/?list={shown}").text
    found = re.search(r'<a class="verb" href="([^"]+)">([^<]+)<', page)
    return (found[1], found[2]) if found else ("", "")


def test_a_guest_with_a_clean_room_is_checked_in(app: Flask, house: House) -> None:
    with work():
        stay = house.stay(room="1201")
    assert row(app, house) == (f"/stays/{stay.id}/check-in", "Check in")


def test_a_guest_without_a_room_gets_one(app: Flask, house: House) -> None:
    with work():
        stay = house.stay()
    assert row(app, house) == (f"/stays/{stay.id}/room", "Choose room")


def test_a_guest_whose_room_is_dirty_is_promised_a_time(app: Flask, house: House) -> None:
    with work():
        stay = house.stay(room="1201")
        house.rooms["1201"].housekeeping = Housekeeping.DIRTY
    assert row(app, house) == (f"/stays/{stay.id}/check-in", "Promise time")


def test_who_leaves_today_is_checked_out_and_who_stays_is_opened(app: Flask, house: House) -> None:
    with work():
        leaving = house.stay(arrival=-1, nights=1, room="1201", status=Status.IN_HOUSE)
    assert row(app, house, shown="due_out") == (f"/stays/{leaving.id}/check-out", "Check out")
    with work():
        leaving.departure = TODAY.replace(day=25)
        db.session.merge(leaving)
    assert row(app, house, shown="in_house") == (f"/stays/{leaving.id}", "Open")


def test_a_folded_group_is_checked_in_together(app: Flask, house: House) -> None:
    with work():
        group = Group(code="WLT", name="West Lake Tour", arrival=TODAY, departure=TODAY.replace(day=23))
        db.session.add(group)
        db.session.flush()
        for number in ("1201", "1202", "1203", "1204"):
            house.stay(room=number, group_id=group.id)
    assert row(app, house) == (f"/groups/{group.id}/check-in", "Check in 4")
    assert row(app, house, "reservation_clerk") == (f"/groups/{group.id}", "Open")


@pytest.mark.parametrize(("role", "words"), [("reservation_clerk", "Open"), ("concierge", "Open"), ("cashier", "Open")])
def test_who_may_not_check_in_opens_the_stay(app: Flask, house: House, role: str, words: str) -> None:
    with work():
        stay = house.stay(room="1201")
    assert row(app, house, role) == (f"/stays/{stay.id}", words)


def test_a_guest_one_need_not_know_has_no_verb(app: Flask, house: House) -> None:
    with work():
        house.stay(room="1201", guest=house.guest("Ahmed", "Sara", incognito=True))
    assert row(app, house, "concierge") == ("", "")


PANEL = {
    Role.HOUSEKEEPING: "rooms-title",
    Role.CASHIER: "balances-title",
    Role.NIGHT_AUDITOR: "audit-title",
    Role.FRONT_DESK_AGENT: "due-out-title",
    Role.RESERVATION_CLERK: "occupancy-title",
}


@pytest.mark.parametrize(("role", "panel"), list(PANEL.items()))
def test_each_role_has_its_own_panels(app: Flask, house: House, role: Role, panel: str) -> None:
    with work():
        user = house.user(role.value)
    assert f'id="{panel}"' in Browser(app).log_in_as(user).get("/").text


def test_the_counts_beside_the_list_lead_to_their_pages(app: Flask, house: House) -> None:
    with work():
        user = house.user()
    page = Browser(app).log_in_as(user).get("/").text
    for address in ("/messages", "/luggage", "/notices", "/papers/catalogue", "/due-outs"):
        assert f'href="{address}"' in page
