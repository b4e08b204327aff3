"""Geometry of the rack: noon to noon, four columns a day, cut at the edges."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pms.front_desk.rack import COLUMNS, Span, Window, departure_at, percent, span, window_around
from tools import rack_positions

THURSDAY = date(2026, 11, 19)
FORTNIGHT = Window(THURSDAY, 14)


def day(n: int) -> date:
    return THURSDAY + timedelta(days=n)


def test_a_bar_runs_from_noon_to_noon() -> None:
    assert span(FORTNIGHT, day(2), day(4)) == Span(10, 18, False, False)


def test_two_guests_who_follow_each_other_meet_at_noon() -> None:
    first, second = span(FORTNIGHT, day(1), day(3)), span(FORTNIGHT, day(3), day(5))
    assert first and second and first.end == second.start


def test_early_arrival_begins_half_a_day_before_and_late_check_out_ends_a_quarter_after() -> None:
    plain, half = span(FORTNIGHT, day(2), day(4)), span(FORTNIGHT, day(2), day(4), early=True, late=True)
    assert plain and half
    assert plain.start - half.start == COLUMNS // 2
    assert half.end - plain.end == COLUMNS // 4


def test_a_stay_that_began_before_is_cut_at_the_left_and_says_so() -> None:
    assert span(FORTNIGHT, day(-3), day(1)) == Span(0, 6, True, False)


def test_a_stay_that_goes_on_is_cut_at_the_right() -> None:
    assert span(FORTNIGHT, day(12), day(20)) == Span(50, 56, False, True)


def test_who_left_on_the_morning_before_is_not_shown() -> None:
    assert span(FORTNIGHT, day(-3), day(-1)) is None
    assert span(FORTNIGHT, day(14), day(15)) is None


def test_day_use_takes_the_middle_of_its_day() -> None:
    assert span(FORTNIGHT, day(2), day(2)) == Span(9, 11, False, False)


def test_the_rack_opens_two_days_before_today() -> None:
    assert window_around(date(2026, 11, 21), 14).first == THURSDAY
    assert (FORTNIGHT.before(), FORTNIGHT.after(), FORTNIGHT.last) == (date(2026, 11, 5), date(2026, 12, 3), day(13))


def test_sold_in_percent_is_rounded_half_up() -> None:
    assert [percent(1, 8), percent(109, 120), percent(3, 2), percent(0, 0)] == [13, 91, 150, 0]


def test_every_column_of_the_longest_period_has_its_class() -> None:
    assert rack_positions.TARGET.read_text(encoding="utf-8") == rack_positions.positions()


@given(st.integers(-40, 40), st.integers(0, 30), st.sampled_from((7, 14, 31, 60)), st.booleans(), st.booleans())
def test_whatever_is_shown_lies_inside_the_window(start: int, nights: int, days: int, early: bool, late: bool) -> None:
    window = Window(THURSDAY, days)
    bar = span(window, day(start), day(start + nights), early=early, late=late)
    if bar is None:
        assert start + nights <= 0 or start >= days - 1
        return
    assert 0 <= bar.start < bar.end <= window.columns
    assert bar.cut_left == (bar.start == 0 and start < 0)


@given(st.integers(-10, 30), st.integers(-1, 1))
def test_a_bar_dropped_near_noon_means_that_day(n: int, off: int) -> None:
    assert departure_at(FORTNIGHT, n * COLUMNS + 2 + off) == day(n)
