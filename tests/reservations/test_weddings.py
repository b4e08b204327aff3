"""Weddings (R9): one sheet, and the board, the placing, housekeeping and the salon know."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pms import access, notices
from pms.access import Role
from pms.db import work
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.reservations import actions, arrangements, events, groups, queries_arrangements, queries_events, weddings
from pms.reservations.groups import Block, NewGroup
from pms.reservations.models import Group, Source, Stay
from pms.reservations.models_events import Wedding
from pms.reservations.queries_weddings import weddings_from
from pms.reservations.weddings import WeddingSheet
from tests.builders import TODAY, House
from tests.clients import at_desk
from tests.reservations.clerk import Clerk, day, journal_of

SATURDAY = 7  # days after TODAY


def party(clerk: Clerk, kind: Source = Source.WEDDING, code: str = "WED-1") -> Group:
    blocks = (Block(type_id=clerk.house.types["DLK"].id, rooms=1),)
    new = NewGroup(code=code, name="Wang and Li", kind=kind, arrival=day(SATURDAY), departure=day(SATURDAY + 1),
                   plan_id=clerk.house.plans["GRP"].id, blocks=blocks)  # fmt: skip
    made: Group = clerk.do(groups.create_group, new)
    return made


def couple(clerk: Clerk, group: Group) -> Stay:
    room = clerk.room("DLK", arrival=SATURDAY, nights=1, plan="GRP", adults=2)
    return clerk.take(room, group_id=group.id).stays[0]


def sheet(**values: Any) -> WeddingSheet:
    row = {"bride": "Li Na", "groom": "Wang Wei", "day": day(SATURDAY), "starts": "18:08", "place": "Lotus Hall"}
    return WeddingSheet(**(row | {"covers": 200, "salon_at": "09:30"} | values))


def taken(clerk: Clerk, **values: Any) -> Wedding:
    wedding: Wedding = clerk.do(weddings.take_down, party(clerk), sheet(**values))
    return wedding


def said_to(department: Department) -> list[str]:
    return [str(notice.text) for notice in notices.open_for(department)]


def test_the_banquet_stands_on_the_board_by_itself(clerk: Clerk) -> None:
    wedding = taken(clerk)
    (event,) = queries_events.events_of(day(SATURDAY))
    assert (event.starts, event.place, event.covers, event.wedding) == ("18:08", "Lotus Hall", 200, wedding)
    assert "Li Na" in event.title and "Wang Wei" in event.title
    assert "take_wedding_down" in [action for action, _ in journal_of(wedding.group)]


def test_front_desk_housekeeping_and_banquet_are_told_and_the_salon_the_hour(clerk: Clerk) -> None:
    taken(clerk)
    for department in (Department.FRONT_DESK, Department.HOUSEKEEPING, Department.BANQUET):
        assert any("Lotus Hall" in text for text in said_to(department)), department
    assert any("09:30" in text for text in said_to(Department.SALON))


def test_the_newly_weds_are_placed_as_such_and_salon_and_housekeeping_have_it_on_their_lists(clerk: Clerk) -> None:
    group = party(clerk)
    stay = couple(clerk, group)
    wedding = clerk.do(weddings.take_down, group, sheet(stay_id=stay.id))
    assert stay.party == "newly_weds"
    lines = queries_arrangements.of_day(day(SATURDAY))
    assert [(line.department, line.due_at) for line in lines] == [
        (Department.SALON, "09:30"), (Department.HOUSEKEEPING, "")
    ]  # fmt: skip
    clerk.do(arrangements.tick_off, wedding.salon)
    assert weddings_from(TODAY)[0].salon_done


def test_another_hour_moves_the_board_and_the_appointment(clerk: Clerk) -> None:
    group = party(clerk)
    stay = couple(clerk, group)
    wedding = clerk.do(weddings.take_down, group, sheet(stay_id=stay.id))
    version = wedding.version
    later = sheet(stay_id=stay.id, starts="19:18", salon_at="10:30")
    clerk.do(weddings.change, wedding, later, version=version)
    assert [event.starts for event in queries_events.events_of(day(SATURDAY))] == ["19:18"]
    salon = [line for line in queries_arrangements.of_day(day(SATURDAY)) if line.department is Department.SALON]
    assert [line.due_at for line in salon] == ["10:30"]
    with pytest.raises(Conflict):
        clerk.do(weddings.change, wedding, sheet(stay_id=stay.id), version=version)


def test_an_appointment_that_is_gone_is_told_to_the_salon(clerk: Clerk) -> None:
    wedding = taken(clerk)
    clerk.do(weddings.change, wedding, sheet(salon_at=""), version=wedding.version)
    assert any("09:30 is off" in text for text in said_to(Department.SALON))


def test_nothing_is_prepared_for_a_wedding_whose_group_is_cancelled(clerk: Clerk) -> None:
    group = party(clerk)
    stay = couple(clerk, group)
    wedding = clerk.do(weddings.take_down, group, sheet(stay_id=stay.id))
    with pytest.raises(Refused, match="cancel group WED-1"):
        clerk.do(events.call_off, wedding.event)
    clerk.do(groups.cancel_group, group, "put off")
    assert queries_events.events_of(day(SATURDAY)) == []
    assert queries_arrangements.of_day(day(SATURDAY)) == []
    assert weddings_from(TODAY) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"bride": " "}, "bride"),
        ({"groom": ""}, "groom"),
        ({"day": day(SATURDAY + 3)}, "day"),
        ({"starts": "evening"}, "starts"),
        ({"place": ""}, "place"),
        ({"salon_at": "9 am"}, "salon_at"),
        ({"salon_at": "19:00"}, "salon_at"),
        ({"stay_id": 10_000}, "stay_id"),
    ],
)
def test_a_senseless_wedding_is_refused(clerk: Clerk, values: dict[str, Any], field: str) -> None:
    group = party(clerk)
    with pytest.raises(Refused) as no:
        clerk.do(weddings.take_down, group, sheet(**values))
    assert no.value.field == field


def test_the_room_is_one_of_the_party(clerk: Clerk) -> None:
    group, stranger = party(clerk), clerk.book("STK", arrival=SATURDAY, nights=1)
    with pytest.raises(Refused, match="rooming list"):
        clerk.do(weddings.take_down, group, sheet(stay_id=stranger.id))


def test_only_a_group_that_is_a_wedding_has_a_sheet(clerk: Clerk) -> None:
    tour = party(clerk, kind=Source.GROUP)
    with pytest.raises(Refused, match="no wedding"):
        clerk.do(weddings.take_down, tour, sheet())


def test_the_second_who_takes_it_down_is_told(clerk: Clerk) -> None:
    wedding = taken(clerk)
    with pytest.raises(Conflict):
        clerk.do(weddings.take_down, wedding.group, sheet())


@pytest.mark.both_engines
def test_the_list_says_what_each_wedding_lacks(clerk: Clerk) -> None:
    group = party(clerk)
    stay = couple(clerk, group)
    assert weddings_from(TODAY)[0].bride is None
    clerk.do(weddings.take_down, group, sheet(stay_id=stay.id))
    (line,) = weddings_from(TODAY)
    assert (line.bride, line.room, line.rooms, line.placed, line.decorated) == ("Li Na", None, 1, 0, False)
    clerk.do(groups.cancel_group, group, "put off")
    assert weddings_from(TODAY) == []


def test_a_cancelled_stay_does_not_count_as_a_room_of_the_party(clerk: Clerk) -> None:
    group = party(clerk)
    clerk.do(actions.cancel, couple(clerk, group), "changed plans")
    assert weddings_from(TODAY)[0].rooms == 0


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["manage_weddings"]))
def test_other_roles_take_no_wedding_down(clerk: Clerk, role: Role) -> None:
    group = party(clerk)
    with pytest.raises(NotAllowed):
        clerk.as_(role.value).do(weddings.take_down, group, sheet())


def fields(**values: Any) -> dict[str, Any]:
    row = {"bride": "Li Na", "groom": "Wang Wei", "day": day(SATURDAY).isoformat(), "starts": "18:08"}
    return row | {"place": "Lotus Hall", "covers": "200", "salon_at": "09:30", "stay_id": ""} | values


def test_a_wedding_is_taken_down_on_its_page_and_stands_on_the_list(app: Flask, house: House, clerk: Clerk) -> None:
    address = f"/groups/{party(clerk).id}/wedding"
    desk = at_desk(app, house, "reservation_clerk")
    assert "not taken down" in desk.get("/weddings").text
    wrong = desk.post(address, fields(salon_at="20:00"))
    assert wrong.status_code == 422 and 'value="Li Na"' in wrong.text and "before the banquet" in wrong.text
    assert desk.post(address, fields(groom="")).status_code == 422
    assert desk.post(address, fields()).status_code == 303
    assert "Li Na &amp; Wang Wei" in desk.get("/weddings").text
    board = desk.get(f"/events?day={day(SATURDAY).isoformat()}").text
    assert "Lotus Hall" in board and "/call-off" not in board
    assert desk.post(address, fields(place="Orchid Hall", version="1")).status_code == 303
    assert desk.post(address, fields(place="Rose Hall", version="1")).status_code == 409
    assert "Orchid Hall" in desk.get("/weddings").text


def test_who_may_not_sees_no_button_and_is_refused(app: Flask, house: House, clerk: Clerk) -> None:
    address = f"/groups/{party(clerk).id}/wedding"
    desk = at_desk(app, house, "front_desk_agent")
    assert 'form="wedding-form"' not in desk.get(address).text
    assert desk.post(address, fields()).status_code == 403
    assert 'form="wedding-form"' in at_desk(app, house, "reservation_clerk").get(address).text
    assert at_desk(app, house, "housekeeping").get("/weddings").status_code == 403


def test_who_may_not_change_the_sheet_reads_it(app: Flask, house: House, clerk: Clerk) -> None:
    address = f"/groups/{taken(clerk).group_id}/wedding"
    read_only = '<fieldset class="stack" disabled>'
    assert read_only in at_desk(app, house, "concierge").get(address).text
    page = at_desk(app, house, "reservation_clerk").get(address).text
    assert read_only not in page
    sheet_of_it = page.partition('id="wedding-form"')[2].partition("</form>")[0]
    assert "autofocus" not in sheet_of_it  # so that p is heard


def test_newly_weds_who_want_no_disclosure_have_no_name_on_the_sheet(app: Flask, house: House, clerk: Clerk) -> None:
    group = party(clerk)
    with work():
        guest = house.guest("Secret", incognito=True).id
    clerk.take(clerk.room("DLK", arrival=SATURDAY, nights=1, plan="GRP", guest_id=guest), group_id=group.id)
    address = f"/groups/{group.id}/wedding"
    page = at_desk(app, house, "reservation_clerk").get(address).text
    assert "Name not disclosed · DLK" in page
    assert "Secret" not in page
    assert "Secret" in at_desk(app, house, "assistant_manager").get(address).text


def test_a_new_wedding_party_leads_to_its_sheet(app: Flask, house: House) -> None:
    desk = at_desk(app, house, "reservation_clerk", "zh")
    assert 'selected value="wedding"' in desk.get("/groups/new?kind=wedding").text
    plan = house.plans["GRP"].id
    typed = {"code": "WED-2", "name": "Zhao and Sun", "kind": "wedding", "status": "definite", "plan_id": str(plan),
             "arrival": day(SATURDAY).isoformat(), "departure": day(SATURDAY + 1).isoformat(), "colour": "",
             "account_id": ""}  # fmt: skip
    made = desk.post("/groups/new", typed)
    assert made.status_code == 303 and made.location.endswith("/wedding")
    assert "新娘" in desk.get(made.location).text
