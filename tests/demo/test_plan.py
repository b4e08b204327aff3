"""The plan of the demo: believable figures, the same for the same seed, never more guests than rooms."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from stdnum.cn import ric

from pms.demo.people import People
from pms.demo.plan import Plan, later, make_plan
from pms.demo.seed import HOTEL, SEED
from pms.demo.visits import DAY, GROUPS, REPAIRS, Fate, Visit
from pms.property.models import ClosureKind
from pms.setup import hotel_file

NOW = datetime(2026, 11, 21, 15, 42)  # noqa: DTZ001 (on the hotel's clock)
TODAY = NOW.date()


@cache
def rooms() -> dict[str, str]:
    return {row["number"]: row["type"] for row in hotel_file.read(HOTEL.read_text("utf-8")).rooms}


@cache
def plan() -> Plan:
    return make_plan(rooms(), NOW, seed=SEED)


def coming() -> list[Visit]:
    return [visit for visit in plan().visits if visit.fate is Fate.COMES]


def test_the_same_seed_and_day_give_the_same_plan() -> None:
    assert make_plan(rooms(), NOW, seed=SEED) == make_plan(rooms(), NOW, seed=SEED)
    assert make_plan(rooms(), NOW, seed=SEED + 1) != plan()


def test_the_morning_is_the_one_of_the_pictures() -> None:
    assert sum(visit.arrival == TODAY for visit in coming()) == 45
    assert sum(visit.departure == TODAY for visit in coming()) == 31
    assert sum(visit.arrival < TODAY < visit.departure for visit in coming()) == 64


@pytest.mark.parametrize("kind", ["STK", "STT", "DLK", "DLT", "SUI", "DSU"])
def test_a_type_is_never_given_to_more_guests_than_it_has_rooms(kind: str) -> None:
    there = Counter(rooms().values())[kind]
    slept = Counter(n for v in coming() if (v.upgrade or v.kind) == kind for n in v.nights)
    for repair in REPAIRS:
        if repair.kind is ClosureKind.OUT_OF_ORDER and rooms()[repair.room] == kind:
            slept.update(TODAY + DAY * day for day in repair.days)
    assert max(slept.values()) <= there


def test_nobody_is_in_two_beds_on_one_night() -> None:
    nights = Counter((visit.who.key, night) for visit in coming() for night in visit.nights)
    assert set(nights.values()) == {1}


def test_nobody_books_after_arriving_or_in_the_future() -> None:
    assert all(plan().first <= visit.booked_on <= min(visit.arrival, TODAY) for visit in plan().visits)


def test_regulars_have_been_here_as_often_as_the_pictures_say() -> None:
    wang = [visit for visit in coming() if visit.who.name_zh == "王建国"]
    assert (len(wang), max(visit.arrival for visit in wang)) == (12, TODAY)


def test_the_week_has_everybody_a_desk_must_know_how_to_serve() -> None:
    today = [visit for visit in coming() if visit.arrival == TODAY]
    assert sorted(visit.vip for visit in today if visit.vip) == [1, 2, 3, 3]
    assert sum(visit.group == "WLT-21" for visit in today) == 12
    assert any("accessible" in visit.needs for visit in today)
    assert any(visit.who.born_on and visit.who.born_on.year < TODAY.year - 75 for visit in today)
    assert sum(visit.party == "family" for visit in today) == 2
    assert sum(visit.no_room for visit in today) == 5
    assert any(visit.incognito for visit in coming())
    assert {visit.fate for visit in plan().visits} == set(Fate)


def test_the_days_ahead_are_filled_by_individuals_and_blocks() -> None:
    single = Counter(n for v in coming() if not v.group for n in v.nights)
    assert 60 <= single[TODAY + DAY * 5] <= 95
    assert 50 <= single[TODAY + DAY * 25] <= 85
    assert sum(group.first > 0 for group in GROUPS) >= 6


def test_documents_have_right_check_digits() -> None:
    people = People(1, TODAY)
    for person in (people.chinese() for _ in range(200)):
        assert ric.validate(person.number) == person.number
        assert ric.get_birth_date(person.number) == person.born_on
        assert (int(person.number[16]) % 2 == 1) == (person.sex == "M")


def test_names_come_from_everywhere() -> None:
    people = People(1, TODAY)
    crowd = [people.somebody() for _ in range(600)]
    nations = Counter(person.nationality for person in crowd)
    assert 0.55 < nations["CN"] / len(crowd) < 0.78
    assert len(nations) > 15
    assert {"ko", "ja", "cs", "ar"} <= {person.language for person in crowd}


@pytest.mark.parametrize(
    ("eta", "clock", "expected"),
    [
        ("16:20", "09:00", "16:20"),  # in the morning everything is still to come
        ("16:20", "15:42", "16:20"),
        ("13:00", "20:00", "13:00"),  # those who were overdue stay overdue
        ("15:30", "20:00", "20:10"),
        ("22:10", "20:00", "23:10"),
        ("22:10", "23:55", "23:50"),
        ("", "20:00", ""),
    ],
)
def test_arrivals_wait_for_whoever_opens_the_demo_late(eta: str, clock: str, expected: str) -> None:
    hour, minute = map(int, clock.split(":"))
    assert later(eta, hour * 60 + minute) == expected


def test_a_reduced_plan_fits_as_well() -> None:
    short = make_plan(rooms(), NOW, seed=SEED, before=3, ahead=2)
    assert short.first == date(2026, 11, 18)
    assert max(visit.arrival for visit in short.visits) <= TODAY + timedelta(days=2)
    assert sum(visit.arrival == TODAY and visit.fate is Fate.COMES for visit in short.visits) == 45
