"""The house says how many days it keeps what (L7)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.guest_services import kept
from pms.guest_services.kept import NewThing
from pms.guest_services.models_kept import KeepingTime, KeptKind
from tests.builders import TODAY
from tests.clients import at_desk
from tests.guest_services.steps import Counter

WATCH = NewThing(KeptKind.FOUND, "Silver watch", "Wu Min", "F2")
FORM = {"mail": "14", "parcel": "7", "fax": "2", "handing_on": "7", "found": "30"}


def test_what_is_found_is_kept_as_long_as_the_house_says(counter: Counter) -> None:
    before = kept.keep(WATCH, room=counter.house.rooms["1204"], **counter.by())
    kept.set_days_kept({KeptKind.FOUND: 30}, **counter.by("manager"))
    kept.set_days_kept({KeptKind.FOUND: 31, KeptKind.MAIL: 14}, **counter.by("manager"))
    after = kept.keep(WATCH, room=counter.house.rooms["1204"], **counter.by())
    assert before.due_on == TODAY + timedelta(days=90)  # what is here keeps its day
    assert after.due_on == TODAY + timedelta(days=31)
    assert kept.days_kept()[KeptKind.PARCEL] == 7


@pytest.mark.parametrize("days", [0, -1, 3651])
def test_nothing_is_kept_for_no_time(counter: Counter, days: int) -> None:
    with pytest.raises(Refused, match="1 to 3650 days") as no:
        kept.set_days_kept({KeptKind.FAX: days}, **counter.by("manager"))
    assert no.value.field == "fax"


@pytest.mark.both_engines
def test_the_database_keeps_nothing_for_no_time(app: Flask, counter: Counter) -> None:
    with pytest.raises(sa.exc.IntegrityError), work():
        db.session.add(KeepingTime(kind=KeptKind.FAX, days=0))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_the_settings(app: Flask, counter: Counter, language: str) -> None:
    manager = at_desk(app, counter.house, "manager", language)
    assert 'value="90"' in manager.get("/settings/kept").text
    wrong = manager.post("/settings/kept", FORM | {"found": "0", "mail": "15"})
    assert wrong.status_code == 422 and 'value="15"' in wrong.text
    assert manager.post("/settings/kept", FORM).status_code == 303
    with reading():
        assert kept.days_kept()[KeptKind.FOUND] == 30


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["manage_property"]))
def test_others_look_at_it(app: Flask, counter: Counter, role: Role) -> None:
    with work(), pytest.raises(NotAllowed):
        kept.set_days_kept({KeptKind.FAX: 3}, **counter.by(role.value))
    other = at_desk(app, counter.house, role.value)
    page = other.get("/settings/kept")
    assert page.status_code == 200 and "data-commit" not in page.text.partition("<main")[2]
    assert other.post("/settings/kept", FORM).status_code == 403
