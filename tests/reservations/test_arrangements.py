"""Special arrangements 特殊要求 (R10): promised, owned, told, ticked off; birthdays in the stay; the name sign."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access, notices
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Missing, NotAllowed, Refused
from pms.notices import Department
from pms.reservations import arrangements, queries_arrangements
from pms.reservations.arrangements import NewArrangement
from pms.reservations.models import Stay, StayGuest
from pms.reservations.models_arrangements import Arrangement, Special
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk, day, journal_of


@pytest.fixture
def stay(house: House) -> Stay:
    with work():
        return house.stay(room="1204", nights=2)


def flowers(**values: Any) -> NewArrangement:
    row = {"kind": Special.FLOWERS, "department": Department.HOUSEKEEPING, "due_on": TODAY}
    return NewArrangement(**(row | values))


def test_what_is_promised_is_told_to_its_owner_and_on_the_list(clerk: Clerk, stay: Stay) -> None:
    clerk.do(arrangements.arrange, stay, flowers(what="white lilies", due_at="16:00"))
    (line,) = queries_arrangements.of_day(TODAY)
    assert (line.room, line.what, line.due_at, line.done_at) == ("1204", "white lilies", "16:00", None)
    (notice,) = notices.open_for(Department.HOUSEKEEPING)
    assert str(notice.text) == "For Fischer, Anna on Sat 21 Nov 2026 16:00: Flowers. white lilies"
    assert [action for action, _ in journal_of(stay)] == ["arrange"]
    assert queries_arrangements.of_day(day(1)) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"due_on": day(-1)}, "due_on"),
        ({"due_on": day(3)}, "due_on"),
        ({"due_at": "4 pm"}, "due_at"),
        ({"kind": Special.PICK_UP}, "what"),
        ({"kind": Special.OTHER, "what": " "}, "what"),
        ({"what": "x" * 201}, "what"),
    ],
)
def test_a_senseless_arrangement_is_refused(clerk: Clerk, stay: Stay, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as no:
        clerk.do(arrangements.arrange, stay, flowers(**values))
    assert no.value.field == field


def test_nothing_is_arranged_for_a_stay_that_is_over(clerk: Clerk, house: House) -> None:
    with work():
        gone = house.stay(arrival=-2, status=Status.CHECKED_OUT)
    with pytest.raises(Refused, match="This stay is over"):
        clerk.do(arrangements.arrange, gone, flowers())


def test_its_department_ticks_it_off_and_no_other(clerk: Clerk, house: House, stay: Stay) -> None:
    flower = clerk.do(arrangements.arrange, stay, flowers())
    with pytest.raises(Refused, match="Only somebody of Housekeeping"):
        clerk.as_("department_staff").do(arrangements.tick_off, flower)
    clerk.as_("housekeeping").do(arrangements.tick_off, flower)
    assert flower.done_at == NOON
    with pytest.raises(Refused, match="done already"):
        clerk.do(arrangements.tick_off, flower)


def test_what_is_not_wanted_any_more_leaves_the_list_and_is_told(clerk: Clerk, stay: Stay) -> None:
    flower = clerk.do(arrangements.arrange, stay, flowers())
    clerk.do(arrangements.drop, flower)
    assert queries_arrangements.of_day(TODAY) == []
    assert len(notices.open_for(Department.HOUSEKEEPING)) == 2
    with pytest.raises(Refused, match="not needed any more"):
        clerk.do(arrangements.tick_off, flower)


@pytest.mark.parametrize(
    ("born", "arrival", "nights", "on", "expected"),
    [
        (date(1980, 11, 22), 0, 2, day(1), True),
        (date(1980, 11, 22), 0, 2, day(0), False),
        (date(1980, 11, 23), 0, 2, day(2), True),  # the day of departure
        (date(1980, 11, 24), 0, 2, day(3), False),
        (date(2000, 2, 29), 90, 20, date(2027, 2, 28), True),
    ],
)
@pytest.mark.both_engines
def test_a_birthday_in_the_stay_is_seen(
    house: House, born: date, arrival: int, nights: int, on: date, expected: bool
) -> None:
    with work():
        house.stay(arrival=arrival, nights=nights, guest=house.guest("Born", "Bo", born_on=born))
    assert [line.surname for line in queries_arrangements.birthdays(on)] == (["Born"] if expected else [])


def test_who_shares_the_room_has_a_birthday_too_and_who_was_cancelled_has_none(house: House, stay: Stay) -> None:
    born = TODAY.replace(year=1990)
    with work():
        db.session.add(StayGuest(stay_id=stay.id, guest_id=house.guest("Sharer", "Sue", born_on=born).id))
        house.stay(status=Status.CANCELLED, guest=house.guest("Gone", "Guy", born_on=born))
    assert [line.surname for line in queries_arrangements.birthdays(TODAY)] == ["Sharer"]


def test_birthday_fruit_is_promised_once(house: House, stay: Stay) -> None:
    row = {"stay_id": stay.id, "kind": Special.BIRTHDAY, "department": Department.HOUSEKEEPING, "due_on": TODAY}
    with work():
        user = house.user().id
        db.session.add(Arrangement(**row, asked_at=NOON, asked_by=user))
    with pytest.raises(IntegrityError), work():
        db.session.add(Arrangement(**row, asked_at=NOON, asked_by=user))


def test_the_paper_has_arrangements_and_birthdays_nobody_planned(clerk: Clerk, house: House, stay: Stay) -> None:
    with work():
        stay.guest.born_on = TODAY.replace(year=1980)
    clerk.do(arrangements.arrange, stay, flowers())
    assert [(line.kind, line.department) for line in queries_arrangements.specials(TODAY)] == [
        ("flowers", "housekeeping"),
        ("birthday", ""),
    ]


def test_a_sign_is_for_a_pick_up(clerk: Clerk, stay: Stay) -> None:
    car = clerk.do(arrangements.arrange, stay, flowers(kind=Special.PICK_UP, what="MU 5101", due_at="18:30"))
    assert queries_arrangements.pick_up_sign(car.id)[:3] == ("Anna Fischer", "", "MU 5101")
    flower = clerk.do(arrangements.arrange, stay, flowers())
    with pytest.raises(Missing, match="for a pick-up only"):
        queries_arrangements.pick_up_sign(flower.id)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["arrange"]))
def test_other_roles_arrange_nothing(clerk: Clerk, stay: Stay, role: Role) -> None:
    flower = clerk.do(arrangements.arrange, stay, flowers())
    for action, *what in ((arrangements.arrange, stay, flowers()), (arrangements.drop, flower)):
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(action, *what)


# --- The pages -------------------------------------------------------------------------------------------------------
def typed(**values: str) -> dict[str, str]:
    return {"kind": "flowers", "department": "housekeeping", "due_on": TODAY.isoformat(), "due_at": "16:00"} | values


def test_from_the_stay_to_the_list_and_done(desk: Browser, app: Flask, house: House, stay: Stay) -> None:
    assert f"/stays/{stay.id}/arrange" in desk.get(f"/stays/{stay.id}").text
    assert desk.get(f"/stays/{stay.id}/arrange").status_code == 200
    wrong = desk.post(f"/stays/{stay.id}/arrange", typed(due_at="4pm", what="lilies"))
    assert wrong.status_code == 422 and 'value="lilies"' in wrong.text
    assert desk.post(f"/stays/{stay.id}/arrange", typed(due_on="someday")).status_code == 422
    assert desk.post(f"/stays/{stay.id}/arrange", typed(what="lilies")).status_code == 303
    keeper = at_desk(app, house, "housekeeping")
    page = keeper.get("/arrangements").text
    assert "lilies" in page and "/done" in page and "/drop" not in page
    assert "/done" not in at_desk(app, house, "department_staff").get("/arrangements").text
    assert keeper.post("/arrangements/1/drop").status_code == 403
    assert keeper.get(f"/stays/{stay.id}/arrange").status_code == 403
    assert keeper.post("/arrangements/1/done").status_code == 303
    assert keeper.post("/arrangements/1/done").status_code == 422
    assert desk.post("/arrangements/1/drop").status_code == 422


def test_birthday_fruit_with_one_key(desk: Browser, house: House, stay: Stay) -> None:
    with work():
        db.session.get_one(Stay, stay.id).guest.born_on = TODAY.replace(year=1980)
    assert f"/stays/{stay.id}/birthday" in desk.get("/arrangements").text
    assert desk.post(f"/stays/{stay.id}/birthday").status_code == 303
    with reading():
        (line,) = queries_arrangements.of_day(TODAY)
    assert (line.kind, line.department) == (Special.BIRTHDAY, Department.HOUSEKEEPING)
    assert f"/stays/{stay.id}/birthday" not in desk.get("/arrangements").text


def test_the_sign_of_a_guest_who_wants_no_disclosure_is_the_desk_s(app: Flask, house: House, clerk: Clerk) -> None:
    with work():
        stay = house.stay(guest=house.guest("Secret", "Sam", incognito=True))
    clerk.do(arrangements.arrange, stay, flowers(kind=Special.PICK_UP, what="MU 5101"))
    other = at_desk(app, house, "concierge")
    assert "Secret" not in other.get("/arrangements").text
    assert other.get("/arrangements/1/sign.pdf").status_code == 403
    assert at_desk(app, house).get("/arrangements/1/sign.pdf").data.startswith(b"%PDF")
