"""Records written past the unit of work's bookkeeping behave like others: saved, versioned, forgotten on rollback."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from pms.db import db, insert_record, know, save, work
from pms.guests.models import Guest
from pms.reservations.models import Stay
from tests.builders import House


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
