"""Who wants no disclosure is absent from what others read and marked for those allowed to know (Q1, papers.md)."""

from __future__ import annotations

import pytest

from pms.reporting.catalogue import find, reports
from pms.reporting.rendering import render_csv, render_xlsx
from tests.reporting.reading import printed, text_of
from tests.reporting.samples import DAY, HOUSE
from tests.reporting.samples_lists import read

HIDDEN = "Raghunathan"
NAMING = sorted(report.name for report in reports() if report.audience)


@pytest.mark.parametrize("name", NAMING)
def test_the_ordinary_paper_does_not_name_a_guest_who_wants_no_disclosure(name: str) -> None:
    assert HIDDEN not in text_of(printed(name))


SEEN_ELSEWHERE = ("vip_rooms_to_inspect", "vips_in_house", "extensions", "messages", "no_shows_and_cancellations")


@pytest.mark.parametrize("name", [name for name in NAMING if name not in SEEN_ELSEWHERE])
def test_the_restricted_paper_names_him(name: str) -> None:
    assert HIDDEN in text_of(printed(f"{name}-restricted"))


def test_the_restricted_paper_marks_him_and_says_what_the_mark_means() -> None:
    words = text_of(printed("in_house-restricted"))

    assert f"◆ {HIDDEN}" in words
    assert "not staying with us" in words
    assert "restricted" in words


def test_the_two_papers_are_two_files_with_their_own_readers() -> None:
    open_, closed = text_of(printed("in_house")), text_of(printed("in_house-restricted"))

    assert printed("in_house") != printed("in_house-restricted")
    assert "Housekeeping, Concierge" in open_
    assert "Housekeeping" not in closed
    assert "Front desk, Assistant manager" in closed


def test_totals_of_the_ordinary_paper_do_not_betray_him() -> None:
    assert "12 rooms, 16 guests" in text_of(printed("in_house"))
    assert "13 rooms, 17 guests" in text_of(printed("in_house-restricted"))


def test_a_list_of_rooms_keeps_the_room_and_loses_the_name() -> None:
    words = text_of(printed("room_changes"))

    assert "1702" in words
    assert HIDDEN not in words


@pytest.mark.parametrize("name", NAMING)
def test_exports_keep_the_secret_as_well(name: str) -> None:
    assert HIDDEN not in render_csv(find(name), read, DAY, "en", HOUSE).decode("utf-8-sig")
    assert HIDDEN.encode() not in render_xlsx(find(name), read, DAY, "en", HOUSE)
