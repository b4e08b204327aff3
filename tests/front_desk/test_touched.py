"""What an event touches is planned again on one key, nobody else: a room out of order, a longer stay, a group (E2)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.assignment import queries_runs
from pms.db import db, reading, work
from pms.errors import NotAllowed
from pms.property.models import Closure
from pms.reservations import closures, groups
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk

LATER = TODAY + timedelta(days=2)


def coming(house: House, surname: str, **values: object) -> int:
    with work():
        return house.stay(guest=house.guest(surname), **values).id


def room_of(stay_id: int) -> str:
    with reading():
        room = db.session.get_one(Stay, stay_id, populate_existing=True).room
        return room.number if room else ""


def out_of_order(number: str = "1204", **more: str) -> dict[str, str]:
    days = {"first": TODAY.isoformat(), "until": LATER.isoformat()}
    return {"room": number, "kind": "out_of_order", "reason": "Shower", "comes_back_as": "dirty"} | days | more


def plan_again(page: str) -> str:
    """The address on the key of the toast, "" when it is not there."""
    found = re.search(r'<a href="([^"]+)" data-key="y">Plan again', page)
    return found[1].replace("&amp;", "&") if found else ""


def fields(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="(\d+)"', page)


@pytest.fixture
def leader(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "shift_leader")


def test_who_loses_a_closed_room_is_planned_again_and_nobody_else(leader: Browser, house: House) -> None:
    loses, keeps = coming(house, "Adler", room="1204"), coming(house, "Brandt", room="1202")
    coming(house, "Waiting")
    leader.post("/settings/closures", out_of_order(make_way="y"))
    assert room_of(loses) == ""
    address = plan_again(leader.get("/settings/closures").text)
    page = leader.get(address).text
    assert fields(page, "stay") == [str(loses)] and "Only these guests are planned again" in page
    run = leader.post("/placing", {"stay": [str(loses)], "again": "all"}).headers["Location"]
    leader.post(f"{run}/plan")
    leader.post(f"{run}/accept", {"stay": [str(loses)]})
    assert room_of(loses) in ("1201", "1203") and room_of(keeps) == "1202"
    leader.post(f"{run}/undo")
    assert room_of(loses) == ""


def test_without_the_tick_the_guest_comes_first(leader: Browser, house: House) -> None:
    stay = coming(house, "Adler", room="1204")
    answer = leader.post("/settings/closures", out_of_order())
    assert answer.status_code == 422 and "Adler" in answer.text and room_of(stay) == "1204"


@pytest.mark.parametrize("fixed", [{"status": Status.IN_HOUSE}, {"do_not_move": True, "do_not_move_why": "promised"}])
def test_who_is_in_house_or_was_promised_the_room_keeps_it(
    leader: Browser, house: House, fixed: dict[str, object]
) -> None:
    stay = coming(house, "Adler", room="1204", nights=1, **fixed)
    later = coming(house, "Later", room="1204", arrival=1)
    answer = leader.post("/settings/closures", out_of_order(make_way="y"))
    assert answer.status_code == 422 and "Adler" in answer.text
    assert (room_of(stay), room_of(later)) == ("1204", "1204")
    with reading():
        assert not db.session.query(Closure).count()


def test_a_room_out_of_service_is_taken_from_nobody(leader: Browser, house: House) -> None:
    stay = coming(house, "Adler", room="1204")
    leader.post("/settings/closures", out_of_order(kind="out_of_service", make_way="y"))
    assert room_of(stay) == "1204" and not plan_again(leader.get("/settings/closures").text)


def test_housekeeping_closes_rooms_but_takes_them_from_nobody(app: Flask, house: House) -> None:
    stay = coming(house, "Adler", room="1204")
    maid = at_desk(app, house, "housekeeping")
    assert 'name="make_way"' not in maid.get("/settings/closures").text
    assert maid.post("/settings/closures", out_of_order(make_way="y")).status_code == 403
    assert room_of(stay) == "1204"


@pytest.mark.parametrize("role", sorted(set(Role) - (access.ALLOWED["close_room"] & access.ALLOWED["place"])))
def test_other_roles_make_no_way_for_a_closure(house: House, role: Role) -> None:
    house.stay(room="1204")
    with pytest.raises(NotAllowed):
        closures.make_way(house.rooms["1204"], TODAY, LATER, by=house.user(role.value), now=NOON)


def test_nobody_in_the_room_is_nothing_to_plan(house: House) -> None:
    house.stay(room="1204", arrival=2)
    assert closures.make_way(house.rooms["1204"], TODAY, LATER, by=house.user("shift_leader"), now=NOON) == []


def test_who_is_displaced_by_a_longer_stay_is_planned_again(leader: Browser, house: House) -> None:
    stays = coming(house, "Stays", room="1204", status=Status.IN_HOUSE, nights=1)
    loses = coming(house, "Loses", room="1204", arrival=1)  # two nights; each other room has one of them
    coming(house, "First", room="1201", arrival=1, nights=1)
    coming(house, "Second", room="1202", arrival=2, nights=1)
    form = {"day": LATER.isoformat(), "choice": "unplaced", "version": _version(stays)}
    assert leader.post(f"/stays/{stays}/departure", form).status_code == 303
    address = plan_again(leader.get(f"/stays/{stays}").text)
    assert fields(leader.get(address).text, "stay") == [str(loses)]


def _version(stay_id: int) -> str:
    with reading():
        return str(db.session.get_one(Stay, stay_id).version)


def test_a_group_that_grows_is_planned_again_together(leader: Browser, house: House) -> None:
    with work():
        plan = house.plans["GRP"].id
        new = groups.NewGroup(
            code="WLT", name="West Lake", name_zh="西湖", arrival=TODAY, departure=LATER, plan_id=plan,
            blocks=(groups.Block(type_id=house.types["STK"].id, rooms=1),),
        )  # fmt: skip
        group = groups.create_group(new, by=house.user("shift_leader"), now=NOON).id
        house.stay(room="1202", group_id=group, guest=house.guest("Guo"))
    cells = {
        f"block-{house.types['STK'].id}-{TODAY.isoformat()}": "2",
        f"seen-{house.types['STK'].id}-{TODAY.isoformat()}": "1",
    }
    assert leader.post(f"/groups/{group}/block", cells).status_code == 303
    address = plan_again(leader.get(f"/groups/{group}/block").text)
    assert f"group={group}" in address and "again=all" in address
    page = leader.get(address).text
    assert "Guo" in page and f'value="{group}" selected' in page
    fewer = {name: "1" if name.startswith("block") else "2" for name in cells}
    leader.post(f"/groups/{group}/block", fewer)
    assert not plan_again(leader.get(f"/groups/{group}/block").text)


def test_who_was_locked_meanwhile_is_not_listed_again(house: House) -> None:
    stay = house.stay(room="1204").id
    locked = house.stay(room="1202", do_not_move=True, do_not_move_why="promised").id
    assert [row.stay_id for row in queries_runs.touched([stay, locked])] == [stay]
