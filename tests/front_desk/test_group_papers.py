"""Papers of a group, made the night before (C4, C5, N5): confirmation, keys by floor, vouchers."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.front_desk import group_papers
from pms.front_desk import queries_group_papers as papers
from pms.notices import Notice, NoticeTo
from pms.property.models import RatePlan
from pms.reservations.models import Group, GroupStatus, StayGuest
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import at_desk
from tests.reporting.reading import pages_of
from tests.reservations.clerk import day


def tour(house: House) -> int:
    """Three rooms on two floors, one not placed yet, two guests sharing; a fourth has cancelled. Breakfast for all."""
    db.session.execute(sa.update(RatePlan).values(breakfasts=1))
    group = Group(
        code="TANG", name="Tang Travel", name_zh="唐旅", arrival=TODAY, departure=day(2), notes="Dinner 18:30"
    )
    db.session.add(group)
    db.session.flush()
    house.stay(room="1301", group_id=group.id, guest=house.guest("Xie", "A"))
    shared = house.stay(room="1204", group_id=group.id, guest=house.guest("Luo", "A"), adults=2)
    db.session.add(StayGuest(stay_id=shared.id, guest_id=house.guest("Shen", "B").id))
    house.stay(kind="STT", group_id=group.id, guest=house.guest("Tan", "A"))
    house.stay(kind="STT", group_id=group.id, guest=house.guest("Gone", "A"), status=Status.CANCELLED)
    db.session.flush()
    return group.id


def test_keys_lie_floor_by_floor_and_who_has_no_room_comes_last(house: House) -> None:
    paper = papers.group_paper(tour(house))
    assert [(line.floor, line.room) for line in paper.keys] == [(12, "1204"), (13, "1301"), (0, "")]
    assert paper.keys[0].guests == "Luo, A; Shen, B"
    assert paper.persons == 4


def test_the_confirmation_counts_rooms_and_persons_by_type(house: House) -> None:
    counted = {line.type: (line.rooms, line.persons) for line in papers.group_paper(tour(house)).types}
    assert sum(rooms for rooms, _ in counted.values()) == 3
    assert counted["SUI"] == (1, 1)


def test_every_morning_has_a_voucher_for_everybody_of_the_room(house: House) -> None:
    vouchers = papers.group_vouchers(tour(house), "Lotus Hall", "7:00", "Li Na")
    assert [line.day for line in vouchers.lines if line.room == "1204"] == [day(1), day(2)]
    assert {line.persons for line in vouchers.lines if line.room == "1204"} == {2}
    assert sum(line.persons for line in vouchers.lines) == 8


def test_the_departments_are_told_once(house: House) -> None:
    group = db.session.get_one(Group, tour(house))
    group_papers.send_confirmation(group, by=house.user(), now=NOON)
    told = list(db.session.scalars(sa.select(NoticeTo.department).join(Notice, Notice.id == NoticeTo.notice_id)))
    assert sorted(told) == sorted(group_papers.TOLD)


def test_an_empty_or_cancelled_group_is_not_confirmed(house: House) -> None:
    group = Group(code="NIL", name="Nobody", arrival=TODAY, departure=day(1))
    db.session.add(group)
    db.session.flush()
    with pytest.raises(Refused, match="no guests yet"):
        group_papers.send_confirmation(group, by=house.user(), now=NOON)
    group.status = GroupStatus.CANCELLED
    with pytest.raises(Refused, match="is cancelled"):
        group_papers.send_confirmation(group, by=house.user(), now=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["send_group_confirmation"]))
def test_other_roles_confirm_no_group(house: House, role: Role) -> None:
    group = db.session.get_one(Group, tour(house))
    with pytest.raises(NotAllowed):
        group_papers.send_confirmation(group, by=house.user(role.value), now=NOON)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_papers_are_printed_from_the_groups_page(app: Flask, house: House, language: str) -> None:
    with work():
        here = f"/groups/{tour(house)}"
    clerk = at_desk(app, house, language=language)
    page = clerk.get(f"{here}/papers").text
    assert ("1 间尚未排房" if language == "zh" else "1 room is not placed yet") in page
    for name in ("confirmation", "keys", "vouchers"):
        assert clerk.get(f"{here}/{name}.pdf?place=Lotus").data[:4] == b"%PDF"
    assert clerk.post(f"{here}/confirmation").status_code == 303
    with reading():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 1


def test_who_may_not_print_sees_no_tab(app: Flask, house: House) -> None:
    with work():
        here = f"/groups/{tour(house)}"
    clerk = at_desk(app, house, "reservation_clerk")
    assert f"{here}/papers" not in clerk.get(here).text
    assert clerk.get(f"{here}/keys.pdf").status_code == 403


def test_the_papers_of_tomorrows_groups_are_one_pack(app: Flask, house: House) -> None:
    """Confirmation, keys, vouchers and a card for each of four guests; who was cancelled has none."""
    clerk = at_desk(app, house)
    assert clerk.get("/groups/tomorrow.pdf").status_code == 404
    with work():
        group = db.session.get_one(Group, tour(house))
        group.arrival = day(1)
        db.session.add(Group(code="OFF", name="Off", arrival=day(1), departure=day(2), status=GroupStatus.CANCELLED))
    words = "".join(pages_of(clerk.get("/groups/tomorrow.pdf").data))
    assert "TANG" in words and "OFF" not in words and "Gone" not in words
    for guest in ("Xie, A", "Luo, A", "Shen, B", "Tan, A"):
        assert guest in words
    assert words.count("F-01") == 4 and "F-22" in words and "F-23" in words and "F-24" in words
    assert "/groups/tomorrow.pdf" in clerk.get("/groups").text
    other = at_desk(app, house, "reservation_clerk")
    assert "/groups/tomorrow.pdf" not in other.get("/groups").text
    assert other.get("/groups/tomorrow.pdf").status_code == 403
