"""A hotel file is read whole or not at all; every mistake has its line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms import home
from pms.access import Role
from pms.property.models import ClosureKind, Housekeeping, SeasonKind
from pms.property.queries import EVERY_DAY
from pms.property.rules import days_of_year
from pms.setup.hotel_file import BadHotelFile, read

SMALL = """\
connecting = [["1201", "1202"]]

[hotel]
code = "SM"
name_en = "Small House"
name_zh = "小楼"
zone = "Asia/Shanghai"
currency = "CNY"
country = "CN"

[[seasons]]
kind = "peak"
first = "12-20"
last = "01-10"
check_out_hour = 13

[[types]]
code = "STK"
name_en = "Standard king"
name_zh = "标准大床"
beds = "king"
capacity = 2

[[rooms]]
number = "1201"
floor = 12
type = "STK"
condition = 80
[[rooms]]
number = "1202"
floor = 12
type = "STK"

[[plans]]
code = "BAR"
name_en = "Best available"
name_zh = "门市价"
kind = "rack"
prices = { STK = { peak = 980, normal = { every = 780.50, sat = 820 }, low = 600 } }

[discounts]
front_desk_agent = { peak = 0, normal = 5, low = 10 }

[[closures]]
room = "1202"
kind = "out_of_order"
first = 2026-11-21
until = 2026-11-23
reason = "Shower"
"""


def mistakes(text: str) -> list[str]:
    with pytest.raises(BadHotelFile) as bad:
        read(text)
    return [str(mistake.sentence) for mistake in bad.value.mistakes]


def changed(old: str, new: str) -> str:
    assert SMALL.count(old) >= 1
    return SMALL.replace(old, new, 1)


def test_a_good_file_is_read_whole() -> None:
    file = read(SMALL)
    assert file.hotel["name_zh"] == "小楼"
    assert [room["number"] for room in file.rooms] == ["1201", "1202"]
    assert file.connecting == [("1201", "1202")]
    assert file.seasons == [{"kind": SeasonKind.PEAK, "first": "12-20", "last": "01-10", "check_out_hour": 13}]
    assert file.prices["BAR", "STK", SeasonKind.NORMAL, EVERY_DAY] == 78_050
    assert file.prices["BAR", "STK", SeasonKind.NORMAL, 5] == 82_000
    assert file.limits[Role.FRONT_DESK_AGENT, SeasonKind.LOW] == 10
    closure = file.closures[0]
    assert (closure["kind"], closure["first"]) == (ClosureKind.OUT_OF_ORDER, date(2026, 11, 21))
    assert closure["comes_back_as"] is Housekeeping.DIRTY


def test_one_number_is_the_price_of_every_season() -> None:
    file = read(changed("{ peak = 980, normal = { every = 780.50, sat = 820 }, low = 600 }", "700"))
    assert {season: file.prices["BAR", "STK", season, EVERY_DAY] for season in SeasonKind} == dict.fromkeys(
        SeasonKind, 70_000
    )


def test_a_house_that_names_no_departments_has_all_of_them() -> None:
    assert len(read(SMALL).departments) == 14


def test_the_demo_hotel_is_a_good_file() -> None:
    file = read((home.PACKAGE / "demo" / "hotel.toml").read_text("utf-8"))
    assert len(file.rooms) == 120
    assert {room["floor"] for room in file.rooms} <= set(range(8, 22))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('type = "STK"\ncondition', 'type = "DLX"\ncondition',
         "line 27: room 1201: unknown type DLX, choose one of STK"),
        ("condition = 80", "condition = 101",
         "line 28: room 1201: condition must be a whole number from 0 to 100, not 101"),
        ("condition = 80", "condition = true",
         "line 28: room 1201: condition must be a whole number from 0 to 100, not True"),
        ("condition = 80", "conditon = 80", "line 28: room 1201: unknown word conditon, did you mean condition?"),
        ('number = "1202"', 'number = "1201"', "line 30: room 1201: there is a room of this number on line 24 already"),
        ('number = "1202"', "number = 1202", 'line 30: room: number must be text in quotes, like number = "..."'),
        ('floor = 12\ntype = "STK"\ncondition', 'type = "STK"\ncondition', "line 24: room 1201: floor is missing"),
        ('["1201", "1202"]', '["1201", "1209"]', "line 1: connecting rooms ['1201', '1209']: there is no room 1209"),
        ('["1201", "1202"]', '["1201", "1201"]',
         "line 1: connecting rooms ['1201', '1201']: these must be two rooms of one floor"),
        ('["1201", "1202"]', '["1201"]',
         'line 1: connecting rooms [\'1201\']: a pair is written like ["1209", "1210"]'),
        ('zone = "Asia/Shanghai"', 'zone = "Shanghai"',
         "line 7: hotel: unknown zone Shanghai; write it like Asia/Shanghai"),
        ('currency = "CNY"', 'currency = "RMB"', "line 8: hotel: unknown currency RMB; write it like CNY"),
        ('name_zh = "小楼"\n', "", "line 3: hotel: name_zh is missing"),
        ('kind = "peak"', 'kind = "high"', "line 12: season: unknown kind high, choose one of peak, normal, low"),
        ('first = "12-20"', 'first = "12-32"',
         'line 13: season: first must be month and day like "04-15", not 12-32'),
        ("sat = 820", "sam = 820",
         "line 39: rate plan BAR: unknown weekday sam, choose one of every, mon, tue, wed, thu, fri, sat, sun"),
        ("peak = 980", 'peak = "980"',
         "line 39: rate plan BAR: a price must be an amount like 780 or 780.50, not 980"),
        ("peak = 980, ", "", "line 39: rate plan BAR: type STK has no price for every day in season peak"),
        ("every = 780.50", "every = 780.505",
         "line 39: rate plan BAR: a price must be an amount like 780 or 780.50, not 780.505"),
        ('kind = "rack"', 'kind = "package"',
         'line 34: the file: there is no rate plan of kind "rack"; the house needs its ordinary price'),
        ("normal = 5", "normal = 105",
         "line 42: discounts of front_desk_agent: normal must be a whole number from 0 to 100, not 105"),
        ("front_desk_agent", "front_desk",
         "line 42: discounts: unknown word front_desk, did you mean front_desk_agent?"),
        ("until = 2026-11-23", "until = 2026-11-21",
         "line 48: closure of 1202: the day the room comes back must be after the first day"),
        ("until = 2026-11-23", 'until = "2026-11-23"',
         "line 48: closure of 1202: until must be a date like 2026-11-21 without quotes, not 2026-11-23"),
        ('room = "1202"', 'room = "1299"', "line 45: closure of 1299: there is no room 1299"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    assert expected in mistakes(changed(old, new))


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file() -> None:
    text = SMALL.replace('zone = "Asia/Shanghai"', 'zone = "Mars"').replace("condition = 80", "condition = -1")
    text = text.replace('kind = "rack"', 'kind = "cheap"')
    found = mistakes(text)
    assert [line.split(":")[0] for line in found] == ["line 7", "line 28", "line 34", "line 38"]


def test_what_is_not_toml_is_named_with_its_line() -> None:
    assert mistakes(changed('zone = "Asia/Shanghai"', "zone = ")) == ["line 7: this is not TOML: Invalid value"]


def test_an_empty_file_says_what_is_missing() -> None:
    found = mistakes("")
    assert "line 1: the file: hotel is missing" in found
    assert "line 1: the file: there is no room; write a [[rooms]]" in found


def test_two_seasons_may_not_overlap() -> None:
    second = '[[seasons]]\nkind = "low"\nfirst = "01-10"\nlast = "02-28"\n\n[[types]]'
    assert mistakes(changed("[[types]]", second)) == ["line 19: season: overlaps the season 12-20 – 01-10"]


def test_a_room_is_not_closed_twice_on_the_same_days() -> None:
    first = SMALL[SMALL.index("[[closures]]") :]
    second = first.replace("first = 2026-11-21", "first = 2026-11-22").replace("out_of_order", "out_of_service")
    assert mistakes(SMALL + second) == ["line 53: closure of 1202: the room is closed on these days already"]


@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
def test_a_season_and_the_rest_of_the_year_make_the_whole_year(first: date, last: date) -> None:
    days = days_of_year(f"{first:%m-%d}", f"{last:%m-%d}")
    assert days[0] == f"{first:%m-%d}"
    assert days[-1] == f"{last:%m-%d}"
    assert len(set(days)) == len(days) == (last - first).days % 366 + 1


@given(st.dictionaries(st.sampled_from(["view", "quiet", "bath", "smoking", "held_back", "floor"]),
                       st.one_of(st.integers(), st.booleans(), st.text(max_size=100).filter(str.isascii))))  # fmt: skip
def test_whatever_stands_in_a_room_is_read_or_complained_of_on_its_line(words: dict[str, object]) -> None:
    lines = [f"{key} = {toml(value)}" for key, value in words.items()]
    text = changed("condition = 80", "\n".join(line for line in lines if not line.startswith("floor")))
    try:
        read(text)
    except BadHotelFile as bad:
        for mistake in bad.mistakes:
            assert 24 <= mistake.line <= 28 + len(words)
            assert str(mistake.where).startswith("room 1201")


def toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(max(-(2**63), min(2**63 - 1, value)))
    escaped = "".join(f"\\u{ord(c):04x}" if not c.isalnum() else c for c in str(value))
    return f'"{escaped}"'
