"""Widths, cutting off and wrapping; the faces hold what names need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.reporting import fonts

WORDS = st.text(alphabet="abc 刘喆，。OfficeŠ김 ", min_size=1, max_size=60)


@pytest.mark.parametrize(
    "letters", ["čšłőğşŘ", "刘喆珺祎堃鑫", "김서연", "田中洋子カナ", "Ελλάδα", "Москва", "¥€…•●◆—–‘’"]
)
def test_no_letter_of_our_guests_is_missing(letters: str) -> None:
    assert fonts.missing(letters) == set()


def test_a_missing_letter_is_found() -> None:
    assert fonts.missing("สabc") == {"ส"}


def test_an_apostrophe_is_as_narrow_as_a_letter() -> None:
    assert fonts.width("’", False, 10) < fonts.width("a", False, 10)


def test_figures_are_all_as_wide() -> None:
    assert len({fonts.width(figure, bold, 10) for figure in "0123456789" for bold in (False,)}) == 1


@given(WORDS, st.floats(min_value=20, max_value=200))
def test_what_is_cut_off_fits(words: str, room: float) -> None:
    assert fonts.width(fonts.fit(words, False, 8.4, room), False, 8.4) <= room


@given(WORDS, st.floats(min_value=20, max_value=200))
def test_wrapped_lines_fit_and_lose_nothing(words: str, room: float) -> None:
    lines = list(fonts.wrap(words, False, 8.4, room))

    assert all(fonts.width(line, False, 8.4) <= room for line in lines if len(line) > 1)
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_a_chinese_line_does_not_begin_with_punctuation() -> None:
    lines = list(fonts.wrap("贵重物品请存入保险箱，谢谢。" * 4, False, 8.4, 97))

    assert len(lines) > 3
    assert not any(line[0] in fonts.NOT_FIRST for line in lines)
