"""SQLite gives the id of a row that was rolled back to the next one; whoever holds the old record is not in the way."""

from __future__ import annotations

import gc
from contextlib import suppress

from pms.db import db, insert_record, work
from pms.guests.models import Guest
from tests.builders import House


def test_a_record_read_again_and_rolled_back_does_not_stand_in_the_way_of_the_next(house: House) -> None:
    with suppress(ZeroDivisionError), work():
        number = insert_record(Guest, surname="Nobody", given="", name_zh="", search="").id
        gc.collect()
        held = db.session.get_one(Guest, number)  # not the one that was inserted: a row like any other
        raise ZeroDivisionError
    with work():
        guest = insert_record(Guest, surname="Somebody", given="", name_zh="", search="")
    assert guest.id == held.__dict__.get("id", number)
    assert db.session.get_one(Guest, guest.id) is guest
    assert db.session.get_one(Guest, guest.id).surname == "Somebody"
