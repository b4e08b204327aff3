"""Whatever happens afterwards, a closed date prints again as it was archived (N7)."""

from __future__ import annotations

import pytest

from pms.db import db, reading, work
from pms.guests.models import Guest
from pms.night_audit.models import Paper
from pms.night_audit.snapshots import read
from pms.property.models import Housekeeping
from pms.property.queries import hotel
from pms.reporting.catalogue import RESTRICTED, find, nightly
from pms.reporting.kinds import House as PaperHouse
from pms.reporting.rendering import render_pdf
from pms.reservations.models import Guarantee, Stay
from pms.reservations.status import Status
from tests.builders import TODAY, House
from tests.night_audit.conftest import Night
from tests.reporting.reading import text_of

pytestmark = pytest.mark.both_engines


@pytest.fixture
def closed(house: House) -> Stay:
    """A guest of the date that was closed, papers and all."""
    with work():
        night = Night(house, house.user("night_auditor"))
        stay = night.guest_in_house("1201", guest=house.guest("Liu", "Zhe", "刘喆", incognito=True))
        night.guest_who_left("1204")
        night.expected(Guarantee.COMPANY, room="1205", nights=3)
    night.close(with_papers=True)
    return stay


def reprinted(key: str) -> bytes:
    with reading():
        row = hotel()
        return render_pdf(find(key), read, TODAY, row.paper_language, PaperHouse.of(row))


def archived() -> dict[str, bytes]:
    names = {(report.code, report.audience): report.key for report in nightly()}
    return {names[paper.code, paper.audience]: paper.content for paper in db.session.query(Paper)}


def test_every_paper_of_the_night_is_in_the_archive(closed: Stay) -> None:
    assert set(archived()) == {report.key for report in nightly()}


def test_the_next_morning_changes_no_paper(closed: Stay) -> None:
    with work():
        closed.status = Status.CHECKED_OUT
        closed.room.housekeeping = Housekeeping.INSPECTED
        guest = db.session.get_one(Guest, closed.guest_id)
        guest.surname, guest.name_zh, guest.incognito = "Wang", "王", False

    for key, content in archived().items():
        assert reprinted(key) == content, key


def test_the_archive_keeps_two_in_house_papers_and_only_one_names_the_guest(closed: Stay) -> None:
    papers = archived()

    assert "刘喆" in text_of(papers[f"in_house-{RESTRICTED}"])
    assert "刘喆" not in text_of(papers["in_house"])


def test_arrivals_of_a_closed_date_show_who_came(closed: Stay) -> None:
    assert "1 room checked in" in text_of(archived()[f"arrivals-{RESTRICTED}"])
