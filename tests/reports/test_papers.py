"""Every paper, in an empty house and in a full one, in English, Chinese and both."""

from __future__ import annotations

import pytest

from pms.reporting.catalogue import find, reports
from pms.reporting.rendering import FORMATS, LANGUAGES, render
from pms.say import translate
from tests.reporting.reading import pages_of, printed, text_of
from tests.reporting.samples import DAY, HOUSE, arrivals, stay
from tests.reporting.samples_lists import figures, read, read_empty

KEYS = sorted(report.key for report in reports())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", KEYS)
def test_a_full_house_prints_on_few_pages(key: str, lang: str) -> None:
    pdf = printed(key, lang)

    assert pdf.startswith(b"%PDF")
    assert 1 <= pdf.pages <= 2


@pytest.mark.parametrize("key", KEYS)
def test_an_empty_house_prints_too(key: str) -> None:
    for form in FORMATS:
        assert render(find(key), read_empty, DAY, "both", HOUSE, form)


@pytest.mark.parametrize("key", KEYS)
def test_a_chinese_paper_has_no_english_heads(key: str) -> None:
    tables = [block for block in find(key).story(read, DAY) if hasattr(block, "columns")]
    for table in tables:
        for column in table.columns:
            words = translate(column.title, "zh")
            assert any("\u4e00" <= letter <= "\u9fff" for letter in words), words


def test_arrivals_come_in_three_parts_with_their_totals() -> None:
    words = " ".join(text_of(printed("arrivals-restricted")).split())

    assert words.index("VIP ") < words.index("Individuals") < words.index("Groups") < words.index("Total")
    assert "13 rooms, 17 guests" in words
    assert "12,700.00" in words
    assert "Hours 12–15: 3 15–18: 6 18–21: 3 21–24: 1" in words


def test_a_group_shows_its_code_once_and_its_name_in_the_readers_language() -> None:
    both, chinese = (" ".join(text_of(printed("arrivals", lang)).split()) for lang in ("both", "zh"))

    assert "SURG Congress 外科年会" in both
    assert "SURG 外科年会" in chinese
    assert "Congress" not in chinese


def test_one_room_is_one_room() -> None:
    assert "1 room to come, 1 guest; 0 rooms checked in" in text_of(printed("arrivals", rows={"arrivals": [stay()]}))


def test_an_upgrade_shows_both_types() -> None:
    assert "SK>DK" in text_of(printed("arrivals"))


def test_next_days_arrivals_carry_the_next_date_and_totals_by_type_and_hour() -> None:
    words = text_of(printed("next_day_arrivals"))

    assert "Sun 22 Nov 2026" in words
    assert "By type and hour of arrival" in words


def test_vips_are_listed_by_level_and_nobody_else_is() -> None:
    words = text_of(printed("vips_in_house"))

    assert words.index("V1") < words.index("V2") < words.index("V3")
    assert "Fischer" not in words


def test_the_am_gets_the_rooms_of_tomorrows_vips_with_a_place_to_sign() -> None:
    words = text_of(printed("vip_rooms_to_inspect"))

    assert "Sun 22 Nov 2026" in words and "Inspected, signature and time" in words
    assert "V1" in words and "Fischer" not in words


def test_managers_daily_shows_the_figures_of_the_trade() -> None:
    words = " ".join(text_of(printed("managers_daily")).split())

    assert "Occupancy of all rooms 90.8 % 79.4 % 76.6 % 87.5 %" in words
    assert "Occupancy less out of order 92.4 % 80.4 % 77.4 % 89.7 %" in words
    assert "ADR 842.16 838.64 834.78 825.00" in words
    assert "RevPAR 750.93 656.94" in words
    assert "+3.3 points on last year" in words


def test_managers_daily_says_which_cross_check_fails() -> None:
    lower = [row._replace(room_revenue=74_411_00) for row in figures()]

    assert "differs from the revenue by source" in text_of(printed("managers_daily"))
    assert "Cross-checks agree" in text_of(printed("managers_daily", rows={"figures": lower_then_before(lower)}))


def lower_then_before(rows: list) -> list:
    """The day whose arrivals and departures explain the change from itself: nobody came, nobody left."""
    return [row._replace(arrivals=0, departures=0) for row in rows]


def test_the_open_date_has_no_figures_yet_and_says_so() -> None:
    open_ = [row._replace(days=0) if row.span == "day" else row for row in figures()]

    assert "The date is still open" in text_of(printed("managers_daily", rows={"figures": open_}))


def test_a_span_nothing_is_known_of_is_left_blank_instead_of_zero() -> None:
    without = [row if row.span != "last_year" else row._replace(days=0, rooms=0) for row in figures()]
    words = " ".join(text_of(printed("managers_daily", rows={"figures": without})).split())

    assert "Rooms total 120 2,520 39,000 Out of order" in words
    assert "on last year" not in words


def test_trial_balance_says_whether_it_ties() -> None:
    wrong = [row._replace(folios=0) for row in read("trial_balance", DAY)]

    assert "Cross-check agrees" in text_of(printed("trial_balance"))
    assert "by 8,111.00" in text_of(printed("trial_balance", rows={"trial_balance": wrong}))


def test_forecast_has_thirty_nights_also_those_without_a_booking() -> None:
    assert pages_of(printed("forecast", rows={"forecast": read("forecast", DAY)[:3]}))[0].count("0.0 %") == 27


def test_overdue_luggage_stands_out() -> None:
    assert "2 tags, 3 pieces, 1 overdue" in text_of(printed("luggage_held"))


def test_overdue_arrivals_are_named_so() -> None:
    assert text_of(printed("arrivals")).count("Overdue") == sum(row.state == "overdue" for row in arrivals())
