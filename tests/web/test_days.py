"""Days as they are said on the telephone: what is understood, and that nothing is understood wrongly."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from pms.errors import Refused
from pms.web.days import WEEKDAYS_EN, parse_day
from pms.web.fields import DayField

TODAY = date(2026, 11, 21)  # a Saturday
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", "2026-11-21"),
        ("t", "2026-11-21"),
        ("today", "2026-11-21"),
        ("今天", "2026-11-21"),
        ("tm", "2026-11-22"),
        ("明天", "2026-11-22"),
        ("后天", "2026-11-23"),
        ("fri", "2026-11-27"),
        ("Sat", "2026-11-28"),  # never today
        ("th", "2026-11-26"),
        ("周五", "2026-11-27"),
        ("星期天", "2026-11-22"),
        ("礼拜日", "2026-11-22"),
        ("+3", "2026-11-24"),
        ("＋3", "2026-11-24"),
        ("-1", "2026-11-20"),
        ("26/11", "2026-11-26"),
        ("26.11", "2026-11-26"),
        ("11-26", "2026-11-26"),
        ("11月26日", "2026-11-26"),
        ("20/11", "2027-11-20"),  # the next one
        ("29/2", "2028-02-29"),
        ("26/11/2028", "2028-11-26"),
        ("2026-11-26", "2026-11-26"),
        ("2026年11月26日", "2026-11-26"),
    ],
)
def test_a_day_is_understood_as_it_is_said(typed: str, meant: str) -> None:
    assert parse_day(typed, TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize("typed", ["f", "friday week", "31/2", "2026-02-29", "0/0", "+", "soon", "13-40", "周八"])
def test_what_is_no_day_is_refused_with_how_to_write_one(typed: str) -> None:
    with pytest.raises(Refused, match=r"Write fri, \+3"):
        parse_day(typed, TODAY)


@given(DAYS, DAYS)
def test_a_whole_date_is_the_same_from_every_day(day: date, today: date) -> None:
    for written in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.year}年{day.month}月{day.day}日"):
        assert parse_day(written, today) == day


@given(DAYS, DAYS)
def test_day_and_month_are_the_next_such_day_or_the_last_one(day: date, today: date) -> None:
    written = f"{day.day}/{day.month}"
    coming, gone = parse_day(written, today), parse_day(written, today, past=True)
    assert gone <= today <= coming
    assert (coming.day, coming.month) == (gone.day, gone.month) == (day.day, day.month)
    assert coming - today < timedelta(days=8 * 366 + 1)


@given(DAYS, st.sampled_from(WEEKDAYS_EN), st.integers(2, 9))
def test_a_weekday_is_one_of_the_seven_days_after_today(today: date, name: str, length: int) -> None:
    day = parse_day(name[:length], today)
    assert today < day <= today + timedelta(days=7)
    assert f"{day:%A}".lower() == name


@given(DAYS, st.integers(-999, 999))
def test_a_count_goes_from_today(today: date, count: int) -> None:
    assert parse_day(f"{count:+d}", today) == today + timedelta(days=count)


@given(st.text(max_size=12), DAYS)
def test_anything_typed_is_a_day_or_refused(typed: str, today: date) -> None:
    with suppress(Refused):
        assert isinstance(parse_day(typed, today), date)


class Asked(Form):
    today = TODAY
    arrival = DayField("Arrival")
    seen = DayField("Seen", past=True)


def test_a_field_shows_the_day_it_understood(app: Flask) -> None:
    form = Asked(MultiDict({"arrival": "fri", "seen": "26/11"}))
    assert form.validate()
    assert (form.arrival.day, form.seen.day) == (date(2026, 11, 27), date(2025, 11, 26))
    assert 'value="2026-11-27"' in form.arrival()


def test_a_field_keeps_what_was_typed_when_it_is_no_day(app: Flask) -> None:
    form = Asked(MultiDict({"arrival": "sonn", "seen": ""}))
    assert not form.validate()
    assert 'value="sonn"' in form.arrival()
    assert form.seen.day is None and not form.seen.errors


def test_a_field_begins_with_the_day_it_is_given() -> None:
    form = Asked(data={"arrival": TODAY})
    assert form.arrival.day == TODAY
    assert 'value="2026-11-21"' in form.arrival()
