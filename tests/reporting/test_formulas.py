"""The figures of papers.md, with the numbers of its picture."""

from __future__ import annotations

from decimal import Decimal

from pms.reporting.formulas import adr, each, percent, revpar, sold


def test_adr_leaves_complimentary_and_house_use_out() -> None:
    assert sold(109, 1, 1) == 107
    assert adr(9_011_100, 107) == 84_216


def test_revpar_is_of_all_rooms() -> None:
    assert revpar(9_011_100, 120) == 75_093


def test_revpar_is_sold_by_available_times_adr() -> None:
    by_adr = Decimal(107) / 120 * Decimal(9_011_100) / 107

    assert abs(by_adr - (revpar(9_011_100, 120) or 0)) < 1


def test_occupancy_of_all_rooms_and_less_out_of_order() -> None:
    of_all, less = percent(109, 120), percent(109, 118)

    assert of_all is not None
    assert less is not None
    assert (round(of_all, 1), round(less, 1)) == (Decimal("90.8"), Decimal("92.4"))


def test_halves_are_rounded_up_to_the_fen() -> None:
    assert each(5, 2) == 3


def test_an_empty_house_has_no_figures_and_divides_by_nothing() -> None:
    assert (adr(0, 0), revpar(0, 0), percent(0, 0)) == (None, None, None)
