"""The days of a group in the house (C4): written down before, confirmed and signed on arrival, set going by it."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.front_desk import programme, queries_programme
from pms.front_desk.groups import Split, WithLeader
from pms.front_desk.models_programme import GroupConfirmed, Item, ProgrammeLine
from pms.front_desk.programme import NewLine
from pms.front_desk.queries_group_papers import group_paper
from pms.front_desk.queries_groups import rooming_list
from pms.front_desk.rooming_sheet import Paper, RoomingSheet
from pms.front_desk.rules import Deposit, DepositKind
from pms.guest_services import group_day
from pms.guest_services.models_wake_ups import WakeUp
from pms.guests.models import DocumentKind
from pms.notices import Department, Notice, NoticeTo
from pms.reporting.printing import render_form
from pms.reservations.models import Group, GroupStatus
from pms.say import from_json
from tests.builders import NOON, TODAY, House
from tests.clients import at_desk
from tests.reporting.reading import text_of
from tests.reporting.samples import HOUSE
from tests.reservations.clerk import day

DINNER = NewLine(item=Item.DINNER, day=TODAY, at="1830", place="Lotus Hall", covers=2)
WAKE_UP = NewLine(item=Item.WAKE_UP, day=day(1), at="6:30")
LUGGAGE = NewLine(item=Item.LUGGAGE_OUT, day=day(2), at="8")


def tour(house: House) -> Group:
    """Two rooms, a guest each, who stay two nights."""
    group = Group(code="TANG", name="Tang Travel", name_zh="唐旅", arrival=TODAY, departure=day(2))
    db.session.add(group)
    db.session.flush()
    for room, name in (("1203", "Xie"), ("1204", "Luo")):
        house.stay(room=room, group_id=group.id, guest=house.guest(name, "A", nationality="GB"))
    return group


def written(house: House, group: Group, *lines: NewLine, **changes: Any) -> ProgrammeLine:
    by = house.user("reservation_clerk")
    made = [programme.write_line(group, line, by=by, now=NOON) for line in lines]
    return made[-1]


def check_in(house: House, group: Group, later: frozenset[int] = frozenset()) -> None:
    stays = rooming_list(group.id, TODAY)
    coming = [stay for stay in stays if stay.id not in later]
    guests = [guest for stay in coming for guest in stay.guests]
    sheet = RoomingSheet(
        leader=WithLeader(heads=len(guests), split=Split.ROOMS, signed=True),
        deposit=Deposit(DepositKind.NONE, why_none="order"),
        papers={guest.id: Paper(DocumentKind.PASSPORT, f"E{guest.id:08d}", "GB") for guest in guests},
        later=later,
        seen=True,
    )
    group_day.check_in(group, stays, sheet, by=house.user(), now=NOON)


def told(department: Department) -> list[str]:
    wanted = sa.select(Notice.text).join(NoticeTo, NoticeTo.notice_id == Notice.id)
    return [str(from_json(text)) for text in db.session.scalars(wanted.where(NoticeTo.department == department))]


def walls() -> list[str]:
    return sorted(db.session.scalars(sa.select(WakeUp.wall)))


# --- Written down -----------------------------------------------------------------------------------------------------
def test_the_programme_stands_by_day_and_time_and_a_new_time_replaces_the_old(house: House) -> None:
    group = tour(house)
    written(house, group, LUGGAGE, WAKE_UP, DINNER, NewLine(item=Item.WAKE_UP, day=day(1), at="6:45"))
    lines = [(line.day, line.at, line.item) for line in queries_programme.programme(group.id)]
    assert lines == [
        (TODAY, "18:30", Item.DINNER),
        (day(1), "06:45", Item.WAKE_UP),
        (day(2), "08:00", Item.LUGGAGE_OUT),
    ]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (NewLine(item=Item.WAKE_UP, day=day(3), at="6:30"), "day"),
        (NewLine(item=Item.WAKE_UP, day=day(1), at=""), "at"),
        (NewLine(item=Item.WAKE_UP, day=day(1), at="25:00"), "at"),
        (NewLine(item=Item.LUNCH, day=day(1), at="12", covers=2), "place"),
        (NewLine(item=Item.LUNCH, day=day(1), at="12", place="Lotus Hall"), "covers"),
        (NewLine(item=Item.LUNCH, day=day(1), at="12", place="Lotus Hall", covers=1000), "covers"),
    ],
)
def test_what_a_department_could_not_work_with_is_refused(house: House, line: NewLine, field: str) -> None:
    with pytest.raises(Refused) as no:
        written(house, tour(house), line)
    assert no.value.field == field


def test_a_cancelled_group_has_no_programme(house: House) -> None:
    group = tour(house)
    group.status = GroupStatus.CANCELLED
    with pytest.raises(Refused, match="cancelled"):
        written(house, group, DINNER)


@pytest.mark.both_engines
def test_the_database_keeps_one_meal_of_a_kind_a_day_and_none_without_a_table(house: House) -> None:
    group = tour(house)
    row = {"group_id": group.id, "day": TODAY, "at": "18:30", "written_at": NOON, "written_by": house.user().id}
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(ProgrammeLine).values(item=Item.DINNER, place="", covers=0, **row))
    written(house, group, DINNER)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(ProgrammeLine).values(item=Item.DINNER, place="Hall", covers=2, **row))
    values = {"group_id": group.id, "long_distance": False, "heads": 0, "leader": ""}
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(GroupConfirmed).values(confirmed_at=NOON, confirmed_by=house.user().id, **values))


# --- Confirmed by the check-in ----------------------------------------------------------------------------------------
def test_the_check_in_orders_wake_ups_and_tells_restaurants_concierge_and_operator(house: House) -> None:
    group = tour(house)
    written(house, group, DINNER, WAKE_UP, LUGGAGE)
    check_in(house, group)
    assert walls() == [f"{day(1)} 06:30"] * 2
    assert any("Dinner" in text and "Lotus Hall, 2 covers" in text for text in told(Department.RESTAURANTS))
    assert any("Luggage out" in text and "08:00" in text for text in told(Department.CONCIERGE))
    assert not any("long-distance" in text for text in told(Department.OPERATOR))
    row = queries_programme.confirmed(group.id)
    assert row is not None
    assert (row.heads, row.leader, row.confirmed_at) == (2, "Xie, A", NOON)


def test_the_operator_opens_the_telephones_when_that_was_agreed(house: House) -> None:
    group = tour(house)
    programme.allow_long_distance(group, True, by=house.user(), now=NOON)
    check_in(house, group)
    assert "Group TANG: long-distance calls from the rooms are open." in told(Department.OPERATOR)


def test_who_comes_in_a_later_wave_is_woken_as_well_and_nobody_twice(house: House) -> None:
    group = tour(house)
    written(house, group, WAKE_UP)
    last = rooming_list(group.id, TODAY)[-1].id
    check_in(house, group, later=frozenset({last}))
    assert len(walls()) == 1
    check_in(house, group)
    assert len(walls()) == 2


def test_a_time_that_is_over_wakes_nobody_and_stops_nobody(house: House) -> None:
    group = tour(house)
    written(house, group, NewLine(item=Item.WAKE_UP, day=TODAY, at="6:30"))
    check_in(house, group)
    assert walls() == []


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["write_programme"]))
def test_other_roles_write_no_programme(house: House, role: Role) -> None:
    group, by = tour(house), house.user(role.value)
    line = written(house, group, DINNER)
    with pytest.raises(NotAllowed):
        programme.write_line(group, DINNER, by=by, now=NOON)
    with pytest.raises(NotAllowed):
        programme.drop_line(line, by=by, now=NOON)
    with pytest.raises(NotAllowed):
        programme.allow_long_distance(group, True, by=by, now=NOON)


# --- The paper and the pages ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", ("Lotus Hall", "18:30", "Wake-up call", "calls open", "Xie, A")), ("zh", ("叫醒", "晚餐", "已开通"))],
)
def test_the_confirmation_has_programme_and_signature(house: House, lang: str, words: tuple[str, ...]) -> None:
    group = tour(house)
    written(house, group, DINNER, WAKE_UP)
    programme.allow_long_distance(group, True, by=house.user(), now=NOON)
    check_in(house, group)
    paper = text_of(render_form("group_confirmation", group_paper(group.id), lang, HOUSE))
    assert [word for word in words if word not in paper] == []


@pytest.mark.parametrize(("language", "words"), [("en", "Lotus Hall"), ("zh", "团队日程")])
def test_a_line_is_written_and_taken_off_on_the_page_of_the_group(
    app: Flask, house: House, language: str, words: str
) -> None:
    with work():
        group_id = tour(house).id
    clerk = at_desk(app, house, "reservation_clerk", language=language)
    form = {"item": "dinner", "day": TODAY.isoformat(), "at": "18:30", "place": "Lotus Hall", "covers": "2"}
    page = f"/groups/{group_id}/programme"
    assert clerk.post(page, form).status_code == 303
    assert words in clerk.get(page).text
    assert clerk.post(f"{page}/telephone/1").status_code == 303
    with reading():
        line_id = queries_programme.programme(group_id)[0].id
        assert queries_programme.confirmed(group_id).long_distance  # type: ignore[union-attr]
    assert "Lotus Hall" in at_desk(app, house).get(f"/groups/{group_id}/check-in").text
    assert clerk.post(f"{page}/{line_id}/drop").status_code == 303
    assert clerk.post(f"{page}/{line_id}/drop").status_code == 404


def test_a_refused_line_keeps_what_was_typed(app: Flask, house: House) -> None:
    with work():
        group_id = tour(house).id
    clerk = at_desk(app, house)
    form = {"item": "lunch", "day": TODAY.isoformat(), "at": "12:00", "place": "Bamboo Room", "covers": ""}
    answer = clerk.post(f"/groups/{group_id}/programme", form)
    assert answer.status_code == 422
    assert "for how many" in answer.text
    assert 'value="Bamboo Room"' in answer.text
    assert clerk.post(f"/groups/{group_id}/programme", form | {"at": ""}).status_code == 422


def test_the_concierge_sees_no_such_tab(app: Flask, house: House) -> None:
    with work():
        group_id = tour(house).id
    other = at_desk(app, house, "concierge")
    assert f"/groups/{group_id}/programme" not in other.get(f"/groups/{group_id}").text
    for path in ("", "/1/drop", "/telephone/1"):
        assert other.post(f"/groups/{group_id}/programme{path}").status_code == 403
    assert other.get(f"/groups/{group_id}/programme").status_code == 403
