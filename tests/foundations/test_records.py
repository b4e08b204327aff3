"""Records written past the unit of work's bookkeeping behave like others: saved, versioned, forgotten on rollback."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from pms.db import db, insert_missing, insert_one, insert_record, know, save, work
from pms.guests.models import Account, AccountKind, DocumentKind, Guest, GuestDocument
from pms.notices import Notice
from pms.property.models import Hotel
from pms.reservations.models import Stay
from tests.builders import NOON, House


def test_a_new_record_has_an_id_and_every_default(house: House) -> None:
    with work():
        guest = insert_record(Guest, surname="Weber")
    assert (guest.vip_level, guest.incognito, guest.account) == (0, False, None)
    db.session.expire_all()
    assert (guest.surname, guest.title, db.session.get(Guest, guest.id)) == ("Weber", "", guest)


def test_a_changed_record_is_written_once_with_its_next_version(house: House) -> None:
    with work():
        stay = house.stay()
        version = stay.version
        stay.remarks, stay.eta = "late", "22:00"
        save(stay)
        assert (stay.version, db.session.dirty) == (version + 1, sa.util.IdentitySet())
    db.session.expire_all()
    assert (stay.remarks, stay.eta, stay.version) == ("late", "22:00", version + 1)


def test_a_record_that_did_not_change_is_not_written(house: House) -> None:
    with work():
        stay = house.stay()
        save(stay)
    assert stay.version == 1


def test_a_record_somebody_else_has_changed_is_not_overwritten(house: House) -> None:
    with work():
        stay = house.stay()
    with work():
        db.session.execute(sa.text("UPDATE stays SET version = version + 1"))
        stay.remarks = "mine"
        with pytest.raises(StaleDataError):
            save(stay)
        db.session.rollback()
    assert stay.remarks == ""


def test_a_change_of_a_relationship_is_written_too(house: House) -> None:
    with work():
        stay, other = house.stay(), house.guest("Meyer", "Ute")
        stay.guest = other
        save(stay)
    db.session.expire_all()
    assert stay.guest_id == other.id


def test_a_rollback_forgets_new_records_and_rereads_changed_ones(house: House) -> None:
    with work():
        stay = house.stay()
    guest = insert_record(Guest, surname="Nobody")
    stay.remarks = "lost"
    save(stay)
    db.session.rollback()
    assert (stay.remarks, stay.version) == ("", 1)
    with work():
        again = insert_record(Guest, surname="Weber")  # SQLite gives the number out again
    assert again.surname == "Weber"
    assert guest is not again


def test_a_rollback_to_a_savepoint_does_the_same(house: House) -> None:
    with work():
        stay = house.stay()
        savepoint = db.session.begin_nested()
        insert_record(Guest, surname="Nobody")
        stay.remarks = "lost"
        save(stay)
        savepoint.rollback()
        again = insert_record(Guest, surname="Weber")
        assert (stay.remarks, stay.version) == ("", 1)
    db.session.expire_all()
    assert again.surname == "Weber"
    assert db.session.query(Guest).filter_by(surname="Nobody").count() == 0


def test_what_a_record_is_told_it_does_not_load(house: House) -> None:
    with work():
        stay = house.stay()
        db.session.expire(stay)
        guest = db.session.get_one(Stay, stay.id).guest
        know(stay, guest=guest)
        assert stay not in db.session.dirty


@pytest.mark.both_engines
def test_a_row_is_written_as_its_columns_say_on_both_engines(house: House) -> None:
    with work():
        document = insert_one(
            GuestDocument,
            guest_id=house.guest().id,
            kind=DocumentKind.PASSPORT,
            number="E1",
            expires_on=date(2030, 1, 2),
            seen_at=NOON,
        )
        notice = insert_one(
            Notice, at=NOON, by_id=1, about="stay:1", text={"say": "客房 {room}", "with": {"room": "1204"}}
        )
    row = db.session.get_one(GuestDocument, document)
    assert (row.kind, row.number, row.country, row.expires_on) == (DocumentKind.PASSPORT, "E1", "", date(2030, 1, 2))
    assert (row.seen_at, row.seen_by) == (NOON, None)
    assert db.session.get_one(Notice, notice).text["say"] == "客房 {room}"


def test_a_column_there_is_not_is_a_mistake_of_the_program(house: House) -> None:
    with work(), pytest.raises(TypeError, match="Guest has no surename"):
        insert_one(Guest, surename="Weber")


def test_a_table_with_computed_defaults_is_not_written_row_by_row(app: Flask) -> None:
    with work(), pytest.raises(TypeError, match="revision is computed"):
        insert_one(Hotel, code="X")


@pytest.mark.both_engines
@pytest.mark.parametrize("others", [[], ["TWO", "THREE"]])
def test_missing_rows_are_counted_also_while_somebody_traces_statements(app: Flask, others: list[str]) -> None:
    def listens(*_: object) -> None:
        """Somebody who counts statements, as the tests of speed do."""

    kind = AccountKind.COMPANY
    rows = [{"code": code, "kind": kind, "name_en": code} for code in ["ONE", *others]]
    sa.event.listen(db.engine, "before_cursor_execute", listens)
    try:
        with work():
            assert [insert_missing(Account, rows), insert_missing(Account, rows)] == [len(rows), 0]
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", listens)
