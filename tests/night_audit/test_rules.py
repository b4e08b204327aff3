"""Which copies are kept, and when an audit may be taken over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.night_audit.rules import may_be_taken_over, to_throw_away

TODAY = date(2026, 11, 21)
DAYS = [TODAY - timedelta(days=n) for n in range(800)]


def test_the_copies_of_two_weeks_are_kept() -> None:
    assert to_throw_away(DAYS[:14], today=TODAY) == []


def test_of_older_months_the_first_copy_stays_for_a_year() -> None:
    kept = sorted(set(DAYS) - set(to_throw_away(DAYS, today=TODAY)))
    assert kept[-14:] == sorted(DAYS[:14])
    assert kept[:-14] == [date(2025, 11, 1) if n == 0 else month(n) for n in range(13)]


def month(number: int) -> date:
    """The first of the month `number` months after November 2025."""
    return date(2025 + (10 + number) // 12, (10 + number) % 12 + 1, 1)


def test_the_first_copy_of_a_month_need_not_be_of_its_first_day() -> None:
    third, fourth = date(2026, 9, 3), date(2026, 9, 4)
    assert to_throw_away([third, fourth], today=TODAY) == [fourth]


@given(st.sets(st.integers(0, 1500), max_size=60))
def test_throwing_away_twice_throws_away_nothing_more(ages: set[int]) -> None:
    days = {TODAY - timedelta(days=age) for age in ages}
    left = days - set(to_throw_away(days, today=TODAY))
    assert to_throw_away(left, today=TODAY) == []


@pytest.mark.parametrize(
    ("silence", "gone", "expected"),
    [
        (timedelta(minutes=4), False, False),
        (timedelta(minutes=6), False, True),
        (timedelta(seconds=1), True, True),
        (None, False, True),
    ],
)
def test_who_is_gone_or_silent_for_five_minutes_is_taken_over_from(
    silence: timedelta | None, gone: bool, expected: bool
) -> None:
    assert may_be_taken_over(silence=silence, gone=gone) is expected
