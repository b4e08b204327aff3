"""What settled a discrepancy is said in the reader's language."""

from __future__ import annotations

import pytest

from pms import home
from pms.property.models import DiscrepancyKind
from pms.reservations.discrepancies import report_occupancy
from pms.say import translate
from tests.builders import NOON, House


def test_housekeeping_that_looks_again_settles_it_in_both_languages(house: House) -> None:
    room, by = house.rooms["1204"], house.user("housekeeping")
    found = report_occupancy(room, True, 2, by=by, now=NOON)
    report_occupancy(room, False, 0, by=by, now=NOON)
    assert found is not None
    action = _shown(found)
    assert (translate(action, "en"), translate(action, "zh")) == ("Housekeeping looked again", "客房部复查后一致")


@pytest.mark.parametrize("kind", DiscrepancyKind)
def test_a_discrepancy_that_turned_into_another_says_which(house: House, kind: DiscrepancyKind) -> None:
    report = home.load_reports()["room_status"]
    assert f"now_{kind.value}" in report.SETTLED


def test_what_somebody_wrote_is_printed_as_written(house: House) -> None:
    found = report_occupancy(house.rooms["1204"], True, 2, by=house.user("housekeeping"), now=NOON)
    assert found is not None
    found.action = "asked the guest 已询问"
    assert translate(_shown(found), "zh") == "asked the guest 已询问"


def _shown(row: object) -> object:
    return home.load_reports()["room_status"].DISCREPANCY_COLUMNS[-1].value(row)
