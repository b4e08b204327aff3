"""The week's roster: nobody works twice at once, what is over stays, two leaders do not overwrite each other (H4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pms import access
from pms.access import Role
from pms.db import db, work
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.handover import queries_roster, roster, rules_roster
from pms.handover.models_roster import RosterDuty
from pms.handover.rules_roster import Cell, parse_cell
from pms.journal import JournalLine
from pms.shifts import Duty, Shift
from tests.builders import TODAY
from tests.handover.team import DESK, NEXT, Team, on
from tests.races import race
from tests.web.statements import counted

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SHIFTS = st.sampled_from(list(Shift))


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        ("e", Cell(Shift.EARLY)),
        (" L  cashier ", Cell(Shift.LATE, "cashier")),
        ("夜", Cell(Shift.NIGHT)),
        ("早收银", Cell(Shift.EARLY, "收银")),
        ("中 大堂", Cell(Shift.LATE, "大堂")),
        ("  ", None),
    ],
)
def test_a_cell_is_a_letter_and_a_post_in_either_language(typed: str, cell: Cell | None) -> None:
    assert parse_cell(typed) == cell


@pytest.mark.parametrize("typed", ["x", "early", "8-16", "e " + "x" * 25])
def test_what_names_no_shift_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Refused):
        parse_cell(typed)


@given(st.dictionaries(DAYS, SHIFTS))
def test_an_early_shift_is_marked_only_after_the_night_before(shifts: dict[date, Shift]) -> None:
    for day in shifts:
        straight_on = shifts[day] is Shift.EARLY and shifts.get(day - timedelta(days=1)) is Shift.NIGHT
        assert (day in rules_roster.without_rest(shifts)) == straight_on


@given(DAYS)
def test_a_day_lies_in_the_week_of_its_monday(day: date) -> None:
    days = rules_roster.days_of(rules_roster.monday_of(day))
    assert day in days and days[0].weekday() == 0 and len(days) == 7


def test_a_leader_writes_who_works_when(team: Team) -> None:
    with work():
        assert team.write(("front_desk_agent", 0, "E lobby"), ("front_desk_agent", 2, "L cashier")) == 1
    assert team.shifts() == {0: "early lobby", 2: "late cashier"}
    line = db.session.query(JournalLine).filter_by(action="write_roster").order_by(JournalLine.id.desc()).first()
    assert line is not None and line.subject == "roster:front_desk:2026-11-23"


def test_an_empty_cell_is_a_day_off(team: Team) -> None:
    with work():
        team.write(("front_desk_agent", 0, ""))
    assert team.shifts() == {}


def test_nobody_works_in_two_departments_on_a_day(team: Team) -> None:
    with work(), pytest.raises(Refused, match=r"Front Desk Agent works on .* already: Front desk") as no:
        team.write(("front_desk_agent", 0, "L"), department=Department.CONCIERGE)
    assert no.value.field == f"c_{team.user().id}_0"


@pytest.mark.both_engines
def test_the_database_keeps_nobody_twice_on_a_day(team: Team) -> None:
    row = {"user_id": team.user().id, "day": NEXT, "shift": Shift.NIGHT, "department": DESK, "post": ""}
    with pytest.raises(sa.exc.IntegrityError), work():
        db.session.execute(sa.insert(RosterDuty).values(row))


def test_a_day_that_is_over_stays_as_it_was(team: Team) -> None:
    last = rules_roster.monday_of(TODAY)
    with work(), pytest.raises(Refused, match="is over"):
        roster.write_week(DESK, last, {(team.user().id, last): Cell(Shift.EARLY)}, seen=0, **team.by())
    with work():
        roster.write_week(DESK, last, {(team.user().id, TODAY): Cell(Shift.LATE)}, seen=0, **team.by())


def test_a_day_of_another_week_is_refused(team: Team) -> None:
    with work(), pytest.raises(Refused, match="another week"):
        team.write(("front_desk_agent", 7, "E"))


def test_who_has_left_is_not_put_on_the_roster(team: Team) -> None:
    with work():
        team.user().active = False
    with work(), pytest.raises(Refused, match="not with us any more"):
        team.write(("front_desk_agent", 3, "E"))


def test_the_week_before_is_copied_once_and_overwrites_nothing(team: Team) -> None:
    after = NEXT + timedelta(days=7)
    with work():
        roster.write_week(DESK, after, {(team.user().id, after): Cell(Shift.NIGHT)}, seen=0, **team.by())
        assert roster.copy_week(DESK, after, **team.by()) == 1
    duties = queries_roster.duties_of_week(DESK, after)
    assert duties[team.user().id, after].shift is Shift.NIGHT
    assert duties[team.user("night_auditor").id, after + timedelta(days=1)].shift is Shift.NIGHT
    with work(), pytest.raises(Refused, match="nothing to copy"):
        roster.copy_week(DESK, after, **team.by())


@pytest.mark.both_engines
def test_of_two_leaders_who_write_one_week_the_second_is_told_who_was_first(app: Flask, team: Team) -> None:
    with work():
        team.user("manager")
    results = race(app, 2, lambda n: team.write(("front_desk_agent", 3 + n, "E"), seen=1))
    lost = [result for result in results if isinstance(result, Exception)]
    assert len(lost) == 1 and isinstance(lost[0], Conflict), results
    assert "Shift Leader has changed this week meanwhile" in str(lost[0])


def test_who_is_on_now_is_who_has_this_shift(team: Team) -> None:
    found = queries_roster.on_duty(Duty(NEXT, Shift.EARLY))
    assert [(user.id, duty.post) for user, duty in found] == [(team.user().id, "lobby")]
    assert queries_roster.on_duty(Duty(NEXT, Shift.LATE)) == []


def test_a_week_of_many_asks_no_more_than_a_week_of_few(team: Team) -> None:
    with counted() as few:
        queries_roster.rows_of_week(DESK, NEXT)
    with work():
        for n in range(6):
            team.house.user("front_desk_agent", login=f"agent-{n}")
            team.write(("front_desk_agent", n, "E"))
    with counted() as many:
        rows = queries_roster.rows_of_week(DESK, NEXT)
    assert len(many) <= len(few) and len(rows) > 6


def test_somebody_lent_to_another_department_stands_in_both_weeks(team: Team) -> None:
    with work():
        team.write(("front_desk_agent", 4, "L"), department=Department.CONCIERGE)
    for department in (DESK, Department.CONCIERGE):
        row = next(r for r in queries_roster.rows_of_week(department, NEXT) if r.user.id == team.user().id)
        assert row.days[4] is not None and row.days[4].department is Department.CONCIERGE


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["keep_roster"]))
def test_other_roles_write_no_roster(team: Team, role: Role) -> None:
    with work():
        team.house.user(role.value)
        with pytest.raises(NotAllowed):
            team.write(("front_desk_agent", 3, "E"), by=team.house.user(role.value))
        with pytest.raises(NotAllowed):
            roster.copy_week(DESK, on(7), by=team.house.user(role.value), now=team.now)
