"""The journal shows any line altered, removed or reordered."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from pms import journal
from pms.db import db, work
from pms.journal import JournalLine
from tests.builders import NOON, House

pytestmark = pytest.mark.both_engines


@pytest.fixture
def ten_lines(house: House) -> None:
    agent = house.user()
    with work():
        for number in range(10):
            journal.write(agent, "room_move", f"stay:{number}", now=NOON, old="1204", new="1206")
        journal.seal()


def test_an_untouched_chain_is_intact(ten_lines: None) -> None:
    assert journal.verify() == journal.ChainReport(sealed=10, unsealed=0)


def test_an_altered_line_is_named(ten_lines: None) -> None:
    with work():
        db.session.execute(sa.update(JournalLine).where(JournalLine.seq == 4).values(details={"new": "1301"}))
    assert journal.verify().bad_seq == 4


def test_a_removed_line_is_missed(ten_lines: None) -> None:
    with work():
        db.session.execute(sa.delete(JournalLine).where(JournalLine.seq == 7))
    assert journal.verify().bad_seq == 7


def test_lines_cut_off_at_the_end_are_missed(ten_lines: None) -> None:
    with work():
        db.session.execute(sa.delete(JournalLine).where(JournalLine.seq > 8))
    assert journal.verify().bad_seq == 9


def test_swapped_lines_are_seen(ten_lines: None) -> None:
    with work():
        for was, becomes in ((2, 99), (3, 2), (99, 3)):
            db.session.execute(sa.update(JournalLine).where(JournalLine.seq == was).values(seq=becomes))
    assert journal.verify().bad_seq == 2


def test_new_lines_wait_unsealed_and_join_the_chain_later(ten_lines: None, house: House) -> None:
    with work():
        journal.write(house.user(), "check_in", "stay:11", now=NOON)
    assert journal.verify() == journal.ChainReport(sealed=10, unsealed=1)
    with work():
        assert journal.seal() == 1
    assert journal.verify() == journal.ChainReport(sealed=11, unsealed=0)
