"""Mail, things to hand on, lost and found: kept under a number, told, out once (Q4, L3, L7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.guest_services import kept, queries_kept
from pms.guest_services.kept import NewThing
from pms.guest_services.models_kept import Gone, Kept, KeptKind
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.clients import at_desk
from tests.guest_services.pages import main_of
from tests.guest_services.steps import Counter
from tests.races import race

PARCEL = NewThing(KeptKind.PARCEL, "Box of tea", "SF Express", "p1")
WATCH = NewThing(KeptKind.FOUND, "Silver watch", "Wu Min", "F2")


def parcel(counter: Counter, stay: Stay | None = None, **changes: Any) -> Kept:
    return kept.keep(replace(PARCEL, **changes), stay=stay or counter.guest(), **counter.by())


def watch(counter: Counter, room: str = "1204") -> Kept:
    return kept.keep(WATCH, room=counter.house.rooms[room], **counter.by("housekeeping"))


def test_a_parcel_is_kept_for_its_guest(counter: Counter) -> None:
    thing = parcel(counter)
    assert (thing.number, thing.owner, thing.shelf, thing.room and thing.room.number) == (
        "00001",
        "Fischer, Anna",
        "P1",
        "1204",
    )
    assert thing.due_on == TODAY + timedelta(days=7)
    kept.tell_owner(thing, **counter.by())
    assert thing.told_at == NOON


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (replace(PARCEL, what=" "), "what"),
        (replace(PARCEL, giver=""), "giver"),
        (replace(PARCEL, shelf=""), "shelf"),
        (PARCEL, "owner"),
        (WATCH, "where"),
        (replace(PARCEL, owner="Li", due_on=TODAY - timedelta(days=1)), "due_on"),
    ],
)
def test_what_a_thing_cannot_lack(counter: Counter, new: NewThing, field: str) -> None:
    with pytest.raises(Refused) as no:
        kept.keep(new, **counter.by())
    assert no.value.field == field


def test_it_leaves_against_document_and_signature(counter: Counter) -> None:
    thing = parcel(counter)
    for name, id_seen, signed, field in (
        ("", True, True, "name"),
        ("A", False, True, "id_seen"),
        ("A", True, False, "signed"),
    ):
        with pytest.raises(Refused) as no:
            kept.hand_out(thing, name, id_seen=id_seen, signed=signed, **counter.by())
        assert no.value.field == field
    kept.hand_out(thing, "Fischer", id_seen=True, signed=True, **counter.by())
    assert (thing.gone, thing.gone_on, thing.gone_to) == (Gone.HANDED_OUT, TODAY, "Fischer")
    for again in (kept.tell_owner, lambda it, **who: kept.match(it, it.stay, **who)):
        with pytest.raises(Conflict, match="Handed out by Concierge"):
            again(thing, **counter.by())


@pytest.mark.both_engines
def test_nothing_leaves_twice(app: Flask, counter: Counter) -> None:
    with work():
        thing, who = parcel(counter), counter.by()

    def take(number: int) -> Kept:
        found = db.session.get_one(Kept, thing.id)
        return kept.hand_out(found, f"Guest {number}", id_seen=True, signed=True, **who)

    results = race(app, 3, take)
    assert sum(isinstance(result, Conflict) for result in results) == 2


def test_what_was_found_is_matched_to_who_had_the_room(counter: Counter) -> None:
    last = counter.house.stay(arrival=-3, nights=2, room="1204", status=Status.CHECKED_OUT, guest=counter.person())
    hidden = counter.person("Hart", "Ruth", incognito=True)
    counter.house.stay(arrival=-6, nights=2, room="1204", status=Status.CHECKED_OUT, guest=hidden)
    thing = watch(counter)
    assert thing.due_on == TODAY + timedelta(days=90)
    assert thing.room_id is not None
    living = queries_kept.lived_there(thing.room_id, TODAY, see_incognito=True)
    assert [one.surname for one in living] == ["Fischer", "Hart"]
    assert [one.surname for one in queries_kept.lived_there(thing.room_id, TODAY, see_incognito=False)] == ["Fischer"]
    kept.match(thing, last, **counter.by())
    kept.hand_out(thing, "Hauptstr. 1, Köln", id_seen=False, signed=False, posted=True, **counter.by())
    assert (thing.owner, thing.gone) == ("Fischer, Anna", Gone.POSTED)


def test_it_is_disposed_of_by_a_leader_and_not_before_its_time(counter: Counter) -> None:
    thing = watch(counter)
    with pytest.raises(Refused, match="is kept until") as no:
        kept.dispose(thing, "To charity", **counter.by("shift_leader"))
    assert [offer.kind for offer in no.value.offers] == ["post"]
    thing.due_on = TODAY
    db.session.flush()
    with pytest.raises(NotAllowed):
        kept.dispose(thing, "To charity", **counter.by("concierge"))
    with pytest.raises(Refused, match="what becomes of it"):
        kept.dispose(thing, " ", **counter.by("shift_leader"))
    assert kept.dispose(thing, "To charity", **counter.by("shift_leader")).gone is Gone.DISPOSED


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["keep_things"]))
def test_who_keeps_nothing(app: Flask, counter: Counter, role: Role) -> None:
    with work():
        thing = parcel(counter)
        with pytest.raises(NotAllowed):
            kept.keep(PARCEL, **counter.by(role.value))
    other = at_desk(app, counter.house, role.value)
    for page in ("", "/new", f"/{thing.id}"):
        assert other.get(f"/kept{page}").status_code == 403
    for page in ("/new", f"/{thing.id}/told", f"/{thing.id}/match", f"/{thing.id}/hand-out"):
        assert other.post(f"/kept{page}").status_code == 403


def test_the_attendant_brings_what_was_found_but_hands_nothing_out(app: Flask, counter: Counter) -> None:
    maid = at_desk(app, counter.house, "housekeeping")
    form = {"kind": "found", "where": "1204", "what": "Watch", "giver": "Wu Min", "shelf": "F1"}
    assert maid.post("/kept/new", form | {"where": ""}).status_code == 422
    answer = maid.post("/kept/new", form)
    assert answer.status_code == 303
    page = main_of(maid.get(answer.location).text)
    assert "hand-out" not in page and "dispose" not in page
    assert maid.post(f"{answer.location}/hand-out", {"name": "x"}).status_code == 403


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_from_arrival_to_signature(app: Flask, counter: Counter, language: str) -> None:
    with time_machine.travel(NOON, tick=False):
        with work():
            counter.guest()
        desk = at_desk(app, counter.house, language=language)
        for page in ("", "?list=found", "?list=overdue", "?list=gone", "/new", "/new?kind=found"):
            assert desk.get(f"/kept{page}").status_code == 200, page
        form = {"kind": "parcel", "where": "1204", "what": "Tea", "giver": "SF", "shelf": "P1"}
        assert desk.post("/kept/new", form | {"what": ""}).status_code == 422
        where = desk.post("/kept/new", form).location
        assert "Fischer, Anna" in desk.get(where).text
        desk.post(f"{where}/told")
        refused = desk.post(f"{where}/hand-out", {"name": "Fischer", "id_seen": "y"})
        assert refused.status_code == 422 and 'value="Fischer"' in refused.text
        desk.post(f"{where}/hand-out", {"name": "Fischer", "id_seen": "y", "signed": "y"})
        with reading():
            assert db.session.query(Kept).one().gone is Gone.HANDED_OUT
        assert "00001" in main_of(desk.get("/kept?list=gone").text)
        again = desk.post(f"{where}/hand-out", {"name": "Fischer", "id_seen": "y", "signed": "y"})
        assert again.status_code == 409


def test_the_paper_says_what_is_overdue(counter: Counter) -> None:
    late, here = parcel(counter), parcel(counter, counter.guest("1201"))
    late.due_on = TODAY - timedelta(days=1)
    db.session.flush()
    rows = queries_kept.things_kept(TODAY)
    assert [(row.number, row.overdue, row.place) for row in rows] == [
        (late.number, True, "1204"),
        (here.number, False, "1201"),
    ]
