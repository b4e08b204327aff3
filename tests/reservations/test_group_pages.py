"""The pages of groups: listed, made, blocked by type and night, filled by a rooming list, given up."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask

from pms.access import ALLOWED, Role
from pms.db import db, reading, work
from pms.reservations import groups
from pms.reservations.models import Group, GroupBlock, GroupStatus, Stay
from tests.builders import TODAY, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk, day
from tests.web.statements import counted

LIST = "Zhao Lei,赵磊,M,STK\nLi Na,李娜,F,,Zhao Lei\nKim Min-jun,,M,STT"


@pytest.fixture
def group(clerk: Clerk, house: House) -> Group:
    new = groups.NewGroup(
        code="SUZ",
        name="Suzhou silk",
        name_zh="苏州丝绸",
        arrival=day(1),
        departure=day(3),
        plan_id=house.plans["GRP"].id,
        blocks=(
            groups.Block(type_id=house.types["STK"].id, rooms=2),
            groups.Block(type_id=house.types["STT"].id, rooms=1),
        ),
    )
    made: Group = clerk.do(groups.create_group, new)
    return made


@pytest.fixture
def desk(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "reservation_clerk")


def typed(house: House, **changes: str) -> dict[str, str]:
    form = {"code": "wlt", "name": "West Lake", "name_zh": "西湖之旅", "kind": "group", "status": "definite"}
    form |= {"arrival": "+3", "departure": "+5", "cut_off": "tm", "eta": "16:20", "account_id": "", "colour": "2"}
    form |= {"plan_id": str(house.plans["GRP"].id), f"rooms-{house.types['STK'].id}": "2"}
    return form | changes


def cell(house: House, kind: str, night: int, of: str = "block") -> str:
    return f"{of}-{house.types[kind].id}-{day(night).isoformat()}"


def blocked(group: Group) -> dict[tuple[int, int], int]:
    with reading():
        rows = db.session.query(GroupBlock).filter_by(group_id=group.id)
        return {(row.type_id, (row.night - TODAY).days): row.blocked for row in rows}


# --- Listed and made ---
def test_every_page_opens_in_both_languages_and_mixes_none(desk: Browser, group: Group) -> None:
    pages = [
        "/groups",
        "/groups?list=past",
        "/groups/new",
        *(f"/groups/{group.id}{p}" for p in ("", "/block", "/list")),
    ]
    for language in ("en", "zh"):
        desk.post("/preferences/language", {"language": language})
        for page in [*pages, f"/groups/{group.id}/agreement"]:
            answer = desk.get(page)
            assert answer.status_code == 200, page
            main = "<main" + answer.text.partition("<main")[2]
            main = re.sub(r"<(?:textarea|option).*?</(?:textarea|option)>", "", main)
            text = re.sub(r"<[^>]+>", " ", main.partition("</main>")[0])
            if language == "zh":
                words = set(re.findall(r"[A-Za-z]{4,}", text)) - {"Type", "Ctrl"}
                assert words == set(), (page, words)
            else:
                assert not re.search(r"[\u4e00-\u9fff]", text.replace("苏州丝绸", "")), page


def test_the_list_says_what_is_named_and_who_has_no_room(desk: Browser, group: Group) -> None:
    desk.post(f"/groups/{group.id}/list", {"list": LIST})
    row = desk.get("/groups").text.partition("SUZ")[2].partition("</tr>")[0]
    cells = [re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)]
    assert "4 / 6" in cells  # room-nights with a name
    assert cells.count("2") == 2  # to come, and without a room


def test_a_group_is_made_with_days_as_one_says_them(desk: Browser, house: House) -> None:
    answer = desk.post("/groups/new", typed(house))
    assert answer.status_code == 303
    with reading():
        made = db.session.query(Group).one()
        assert (made.code, made.arrival, made.departure, made.cut_off) == ("WLT", day(3), day(5), day(1))
        assert (made.colour, made.name_zh, made.eta) == (2, "西湖之旅", "16:20")
    assert blocked(made) == {(house.types["STK"].id, 3): 2, (house.types["STK"].id, 4): 2}


@pytest.mark.parametrize(
    ("changes", "why", "field"),
    [
        ({"arrival": "someday"}, "someday is not a day", "arrival"),
        ({"name": ""}, "This is missing.", "name"),
        ({"cut_off": "+4"}, "The cut-off lies between today and arrival.", "cut_off"),
        ({"eta": "4pm"}, "4pm is not a time", "eta"),
        ({"departure": "+3"}, "Departure must be after arrival", "departure"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    desk: Browser, house: House, changes: dict[str, str], why: str, field: str
) -> None:
    answer = desk.post("/groups/new", typed(house, notes="Order 4711", **changes))
    assert answer.status_code == 422
    assert answer.text.count(why) == 2
    assert f'id="{field}-error"' in answer.text
    assert "Order 4711" in answer.text
    assert 'value="西湖之旅"' in answer.text


def test_more_rooms_than_there_are_are_refused_with_what_else_there_is(desk: Browser, house: House) -> None:
    answer = desk.post("/groups/new", typed(house, **{f"rooms-{house.types['STK'].id}": "9"}))
    assert answer.status_code in (409, 422)
    assert 'value="9"' in answer.text
    with reading():
        assert db.session.query(Group).count() == 0


def test_a_code_is_used_once(desk: Browser, house: House, group: Group) -> None:
    answer = desk.post("/groups/new", typed(house, code="suz"))
    assert answer.status_code == 409
    assert "There is already a group SUZ." in answer.text


def test_what_was_agreed_is_changed_and_two_people_do_not_overwrite_each_other(
    desk: Browser, house: House, group: Group, clerk: Clerk
) -> None:
    leader = clerk.house.guest("Guo", "Feng")
    with work():
        db.session.add(leader)
    form = typed(house, name="Suzhou silk fair", leader_id=str(leader.id), version="1", cut_off="")
    assert desk.post(f"/groups/{group.id}/agreement", form).status_code == 303
    answer = desk.post(f"/groups/{group.id}/agreement", form | {"name": "Another name"})
    assert answer.status_code == 409
    assert 'value="Another name"' in answer.text
    with reading():
        now = db.session.get_one(Group, group.id, populate_existing=True)
        assert (now.name, now.leader_id, now.code) == ("Suzhou silk fair", leader.id, "SUZ")


# --- The block ---
def test_the_block_is_changed_night_by_night(desk: Browser, house: House, group: Group) -> None:
    form = {cell(house, "STK", 1): "3", cell(house, "STK", 1, "was"): "2"}
    form |= {cell(house, "STK", 2): "2", cell(house, "STK", 2, "was"): "2"}
    form |= {cell(house, "DLK", 2): "1", cell(house, "DLK", 2, "was"): ""}
    assert desk.post(f"/groups/{group.id}/block", form).status_code == 303
    king, twin, deluxe = (house.types[code].id for code in ("STK", "STT", "DLK"))
    assert blocked(group) == {(king, 1): 3, (king, 2): 2, (twin, 1): 1, (twin, 2): 1, (deluxe, 2): 1}


def test_a_cell_somebody_else_has_changed_meanwhile_is_not_overwritten(
    desk: Browser, house: House, group: Group, clerk: Clerk
) -> None:
    clerk.do(groups.change_block, group, groups.Block(type_id=house.types["STK"].id, rooms=1))
    form = {cell(house, "STK", 1): "3", cell(house, "STK", 1, "was"): "2"}
    answer = desk.post(f"/groups/{group.id}/block", form)
    assert answer.status_code == 422
    assert "Meanwhile 1 rooms are blocked here" in answer.text
    assert f'id="{cell(house, "STK", 1)}-error"' in answer.text
    assert blocked(group)[house.types["STK"].id, 1] == 1


def test_a_block_beyond_the_house_is_refused_and_forced_only_with_authority(
    app: Flask, desk: Browser, house: House, group: Group
) -> None:
    form = {cell(house, "STT", 1): "5", cell(house, "STT", 1, "was"): "1"}
    assert desk.post(f"/groups/{group.id}/block", form).status_code in (409, 422)
    assert "force" not in desk.get(f"/groups/{group.id}/block").text
    assert desk.post(f"/groups/{group.id}/block", form | {"force": "on"}).status_code == 403
    supervisor = at_desk(app, house, "reservation_supervisor")
    assert supervisor.post(f"/groups/{group.id}/block", form | {"force": "on"}).status_code == 303


def test_the_rest_of_the_block_is_released(desk: Browser, house: House, group: Group) -> None:
    desk.post(f"/groups/{group.id}/list", {"list": "Zhao Lei,,M,STK"})
    desk.post(f"/groups/{group.id}/release")
    king, twin = house.types["STK"].id, house.types["STT"].id
    assert blocked(group) == {(king, 1): 1, (king, 2): 1, (twin, 1): 0, (twin, 2): 0}


# --- The rooming list ---
def test_a_pasted_list_becomes_rooms_with_everybody_in_them(desk: Browser, group: Group) -> None:
    assert desk.post(f"/groups/{group.id}/list", {"list": LIST}).status_code == 303
    page = desk.get(f"/groups/{group.id}").text
    for name in ("赵磊", "李娜", "Kim, Min-jun"):
        assert name in page
    with reading():
        assert db.session.query(Stay).filter_by(group_id=group.id).count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_list_comes_as_a_file_too(desk: Browser, group: Group, encoding: str) -> None:
    file = (io.BytesIO(LIST.encode(encoding)), "list.csv")
    answer = desk.post(f"/groups/{group.id}/list", {"list": "", "file": file}, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert "赵磊" in desk.get(f"/groups/{group.id}").text


def test_every_mistake_is_named_with_its_line_and_the_list_is_kept(desk: Browser, group: Group) -> None:
    text = "Zhao Lei,赵磊,M,STK\nLi Na,,X,STK\nSun Li,,F,PENT"
    answer = desk.post(f"/groups/{group.id}/list", {"list": text})
    assert answer.status_code == 422
    assert "Line 2" in answer.text
    assert "the sex X is not F or M" in answer.text
    assert "there is no room type PENT" in answer.text
    assert "Sun Li,,F,PENT</textarea>" in answer.text
    with reading():
        assert db.session.query(Stay).count() == 0


def test_the_rooming_list_asks_as_many_questions_for_many_rooms_as_for_few(desk: Browser, group: Group) -> None:
    desk.post(f"/groups/{group.id}/list", {"list": "Zhao Lei,,M,STK"})
    desk.get(f"/groups/{group.id}")
    with counted() as few:
        desk.get(f"/groups/{group.id}")
    desk.post(f"/groups/{group.id}/list", {"list": "Li Na,,F,STK\nKim Min-jun,,M,STT\nSun Li,,F,,Li Na"})
    with counted() as many:
        desk.get(f"/groups/{group.id}")
    assert len(many) <= len(few)


# --- Given up ---
def test_a_group_is_tentative_definite_and_cancelled_with_a_reason(desk: Browser, group: Group) -> None:
    number = group.id

    def status() -> GroupStatus:
        with reading():
            return db.session.get_one(Group, number, populate_existing=True).status

    assert desk.post(f"/groups/{number}/status").status_code == 303
    assert status() is GroupStatus.TENTATIVE
    assert desk.post(f"/groups/{number}/status").status_code == 303
    assert status() is GroupStatus.DEFINITE
    assert desk.post(f"/groups/{number}/cancel", {"reason": ""}).status_code == 422
    assert desk.post(f"/groups/{number}/cancel", {"reason": "visa"}).status_code == 303
    assert status() is GroupStatus.CANCELLED


# --- Who may ---
@pytest.mark.parametrize("role", sorted(ALLOWED["see_reservations"] - ALLOWED["manage_groups"]))
def test_others_may_look_and_find_nothing_to_press(app: Flask, house: House, group: Group, role: Role) -> None:
    looker = at_desk(app, house, role.value)
    assert "New group" not in looker.get("/groups").text
    block = looker.get(f"/groups/{group.id}/block").text.partition("<main")[2].partition("</main>")[0]
    assert "<input class" not in block
    assert "/agreement" not in block
    for page in ("new", f"{group.id}/agreement", f"{group.id}/block", f"{group.id}/list", f"{group.id}/status"):
        assert looker.post(f"/groups/{page}").status_code == 403, page
    for page in (f"{group.id}/release", f"{group.id}/cancel"):
        assert looker.post(f"/groups/{page}").status_code == 403, page


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED["see_reservations"]))
def test_groups_are_none_of_the_business_of_other_departments(
    app: Flask, house: House, group: Group, role: Role
) -> None:
    for page in ("/groups", f"/groups/{group.id}", f"/groups/{group.id}/block"):
        assert at_desk(app, house, role.value).get(page).status_code == 403, page


def test_a_guest_who_wants_no_disclosure_has_no_name_on_the_list_of_a_clerk(
    app: Flask, desk: Browser, house: House, group: Group
) -> None:
    with work():
        secret = house.guest("Secret", "Star", incognito=True)
        house.stay(guest=secret, group_id=group.id, arrival=1)
    assert "Secret" not in desk.get(f"/groups/{group.id}").text
    assert "Secret" in at_desk(app, house, "front_desk_agent").get(f"/groups/{group.id}").text
