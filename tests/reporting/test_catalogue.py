"""A file in reports/ is a paper; nothing else has to know of it."""

from __future__ import annotations

from types import ModuleType

import pytest

from pms import access, home
from pms.departments import Department
from pms.errors import Missing
from pms.reporting import catalogue
from pms.reporting.catalogue import BadReport, find, nightly, readers_line, reports
from pms.say import say


def test_every_file_is_found_once_for_each_audience() -> None:
    files = set(home.load_reports())

    assert {report.name for report in reports()} == files
    assert len({report.key for report in reports()}) == len(reports())


def test_no_two_papers_have_one_code() -> None:
    """The archive keeps a paper by its code: the second one would stop the night audit."""
    names: dict[str, set[str]] = {}
    for report in reports():
        names.setdefault(report.code, set()).add(report.name)
    assert {code: sharing for code, sharing in names.items() if len(sharing) > 1} == {}


def test_the_night_prints_next_days_arrivals_too() -> None:
    assert {"arrivals", "in_house", "next_day_arrivals", "managers_daily"} <= {report.name for report in nightly()}


def test_a_name_no_file_has_is_refused() -> None:
    with pytest.raises(Missing, match="no_such_paper"):
        find("no_such_paper")


def test_a_file_that_is_no_paper_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    half = ModuleType("half")
    half.TITLE = say("Half")  # type: ignore[attr-defined]
    monkeypatch.setattr(home, "load_reports", lambda: {"half": half})
    catalogue._found.cache_clear()
    try:
        with pytest.raises(BadReport, match=r"half\.py has no ABOUT, CODE, WHEN, FOR, story"):
            find("half")
    finally:
        catalogue._found.cache_clear()


def test_what_a_reader_needs_is_in_the_access_table() -> None:
    assert {report.needs for report in reports()} <= set(access.ALLOWED)


def test_money_is_not_for_everybody() -> None:
    assert {find(name).needs for name in ("managers_daily", "trial_balance", "business_source")} == {"see_revenue"}


def test_restricted_editions_go_to_those_who_may_know() -> None:
    restricted = [report for report in reports() if report.audience]

    assert restricted
    assert {report.needs for report in restricted} == {"see_incognito"}
    assert all(set(report.readers) == {Department.FRONT_DESK, Department.ASSISTANT_MANAGER} for report in restricted)


def test_a_paper_for_everybody_names_no_list() -> None:
    assert readers_line(tuple(Department), "en") == "All departments"
