"""Visitors: rung first, the floor told with consent only, a hidden guest is a stranger, in and out once (Q3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.guest_services import queries_visitors, rules, visitors
from pms.guest_services.models_visitors import VisitAnswer, Visitor
from pms.guest_services.rules import NOT_STAYING, WE_RING
from pms.guest_services.visitors import NewVisitor
from tests.builders import NOON, TODAY
from tests.clients import at_desk
from tests.guest_services.pages import main_of, without_tokens
from tests.guest_services.steps import Counter
from tests.races import race
from tests.web.statements import counted

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def comes(counter: Counter, asked: str = "Fischer", **more: Any) -> Visitor:
    return visitors.receive(NewVisitor("Karin Vogt", asked, **more), **counter.by())


def test_the_guest_is_rung_first_and_only_then_the_visitor_goes_up(counter: Counter) -> None:
    stay = counter.guest()
    visitor = comes(counter, by_appointment=True, document="passport", document_end="C01X4821")
    assert (visitor.answer, visitor.stay_id, visitor.in_at) == (VisitAnswer.ASKING, stay.id, None)
    assert visitor.document_end == "4821"
    visitors.answered(visitor, VisitAnswer.COMES_UP, **counter.by())
    assert visitor.in_at == NOON
    assert [row.id for row in queries_visitors.in_house(see_incognito=False)] == [visitor.id]
    visitors.leave(visitor, **counter.by())
    assert (visitor.out_at, queries_visitors.in_house(see_incognito=False)) == (NOON, [])


@pytest.mark.parametrize(
    ("asked", "room"), [("Hart", ""), ("Ruth Hart", "1205"), ("Nobody Here", ""), ("Fischer", "1205")]
)
def test_nobody_is_rung_for_a_hidden_guest_a_stranger_or_a_wrong_room(counter: Counter, asked: str, room: str) -> None:
    counter.guest()
    counter.guest("1205", counter.person("Hart", "Ruth", incognito=True))
    visitor = comes(counter, asked, asked_room=room)
    assert (visitor.answer, visitor.stay_id) == (VisitAnswer.NOBODY, None)
    with pytest.raises(Conflict, match="nobody to ask"):
        visitors.answered(visitor, VisitAnswer.COMES_UP, **counter.by())
    with pytest.raises(Refused, match="not gone up"):
        visitors.leave(visitor, **counter.by())


@pytest.mark.parametrize("answer", [VisitAnswer.LOBBY, VisitAnswer.NO_ANSWER, VisitAnswer.REFUSED])
def test_without_consent_nobody_is_in_the_house(counter: Counter, answer: VisitAnswer) -> None:
    counter.guest()
    visitor = visitors.answered(comes(counter), answer, **counter.by())
    assert (visitor.answer, visitor.in_at) == (answer, None)
    with pytest.raises(Conflict, match="written down by"):
        visitors.answered(visitor, VisitAnswer.COMES_UP, **counter.by())


def test_what_a_visitor_is_asked_for(counter: Counter) -> None:
    counter.guest()
    for new, field in ((NewVisitor(" ", "Fischer"), "name"), (NewVisitor("Vogt", "F"), "name")):
        with pytest.raises(Refused) as no:
            visitors.receive(new, **counter.by())
        assert no.value.field in (field, "asked_name")
    with pytest.raises(Refused, match="what the guest said"):
        visitors.answered(comes(counter), VisitAnswer.NOBODY, **counter.by())


@pytest.mark.both_engines
def test_two_clerks_write_one_answer_and_one_way_out(app: Flask, counter: Counter) -> None:
    with work():
        counter.guest()
        visitor, who = comes(counter), counter.by()
    said = (VisitAnswer.COMES_UP, VisitAnswer.REFUSED, VisitAnswer.LOBBY)

    def answer(number: int) -> Visitor:
        return visitors.answered(db.session.get_one(Visitor, visitor.id), said[number], **who)

    assert sum(isinstance(result, Conflict) for result in race(app, 3, answer)) == 2
    with work():
        up = visitors.answered(comes(counter), VisitAnswer.COMES_UP, **who).id

    def out(_: int) -> Visitor:
        return visitors.leave(db.session.get_one(Visitor, up), **who)

    assert sum(isinstance(result, Conflict) for result in race(app, 3, out)) == 2


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "wrong", [{"in_at": NOON}, {"answer": "nobody"}, {"out_at": NOON}, {"answer": "comes_up"}, {"stay_id": None}]
)
def test_the_database_lets_nobody_up_without_consent(app: Flask, counter: Counter, wrong: dict[str, Any]) -> None:
    with work():
        counter.guest()
        visitor = comes(counter)
    table = Visitor.__table__
    with pytest.raises(sa.exc.IntegrityError), work():
        db.session.execute(sa.update(table).where(table.c.id == visitor.id).values(**wrong))


@pytest.mark.parametrize(
    ("went_up", "ends"),
    [("21 14:00", "21 23:00"), ("21 23:10", "21 23:00"), ("22 00:30", "21 23:00"), ("22 06:10", "22 23:00")],
)
def test_a_visit_ends_at_the_hour_of_the_house(went_up: str, ends: str) -> None:
    def at(text: str) -> datetime:
        return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)

    assert rules.visit_ends(at(went_up), 23) == at(ends)
    assert rules.visit_ends(at("21 22:00"), 1) == at("22 01:00")


def test_who_stays_beyond_the_hour_is_shown_until_he_has_left(app: Flask, counter: Counter) -> None:
    with work():
        counter.guest()
        visitor = visitors.answered(comes(counter), VisitAnswer.COMES_UP, **counter.by()).id
    desk = at_desk(app, counter.house, "concierge")
    assert "should be out" not in desk.get("/visitors").text
    with time_machine.travel(NOON + timedelta(hours=11), tick=False):
        page = at_desk(app, counter.house, "concierge").get("/visitors").text
        assert "should be out" in page and "beyond 23:00: 1" in page
        assert f"/visitors/{visitor}/leave" in page


def test_a_hidden_guest_and_a_stranger_have_the_same_page(app: Flask, counter: Counter) -> None:
    with work():
        counter.guest("1205", counter.person("Hart", "Ruth", incognito=True))
    for role in ("concierge", "front_desk_agent", "department_staff"):
        desk = at_desk(app, counter.house, role)
        pages, statements = [], []
        for asked in ("Ruth Hart", "Ruth Nobo"):
            with counted() as seen:
                where = desk.post("/visitors/new", {"name": "Vogt", "asked_name": asked, "document": ""}).location
            statements.append(len(seen))
            text = without_tokens(main_of(desk.get(where).text)).replace(where, "-").replace(asked, "-")
            pages.append(text)
            with work():
                db.session.delete(db.session.get_one(Visitor, int(where.rsplit("/", 1)[1])))
        assert pages[0] == pages[1]
        assert statements[0] == statements[1]
        assert str(NOT_STAYING) in pages[0] and "1205" not in pages[0]


def test_who_becomes_hidden_later_has_no_name_on_the_list(app: Flask, counter: Counter) -> None:
    with work():
        stay = counter.guest()
        visitor = visitors.answered(comes(counter), VisitAnswer.COMES_UP, **counter.by()).id
        stay.guest.incognito = True
    for page in ("", "?list=today", f"/{visitor}"):
        text = main_of(at_desk(app, counter.house, "concierge").get(f"/visitors{page}").text)
        assert "Karin Vogt" in text and "Fischer" not in text and "1204" not in text, page
    assert "Fischer" in at_desk(app, counter.house).get("/visitors").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_from_the_door_and_back(app: Flask, counter: Counter, language: str) -> None:
    with work():
        counter.guest()
    desk = at_desk(app, counter.house, "concierge", language)
    for page in ("", "?list=today", "/new"):
        assert desk.get(f"/visitors{page}").status_code == 200
    form = {"name": "Karin Vogt", "asked_name": "Fischer", "document": "passport", "document_end": "4821"}
    assert desk.post("/visitors/new", form | {"name": ""}).status_code == 422
    short = desk.post("/visitors/new", form | {"asked_name": "F"})
    assert short.status_code == 422 and 'value="Karin Vogt"' in short.text
    where = desk.post("/visitors/new", form).location
    asking = main_of(desk.get(where).text)
    assert "1204" in asking and (language == "zh" or str(WE_RING) in asking)
    assert desk.post(f"{where}/answer", {"answer": "nonsense"}).status_code == 422
    assert desk.post(f"{where}/answer", {"answer": "comes_up"}).status_code == 303
    assert desk.post(f"{where}/answer", {"answer": "lobby"}).status_code == 409
    assert "12" in main_of(desk.get(where).text)
    assert desk.post(f"{where}/leave").status_code == 303
    assert desk.post(f"{where}/leave").status_code == 409
    assert "Karin Vogt" in desk.get("/visitors?list=today").text
    with reading():
        assert [row.answer for row in queries_visitors.visitors(TODAY)] == ["comes_up"]


def test_the_paper_has_the_day_and_who_is_still_here(counter: Counter) -> None:
    counter.guest()
    old = visitors.answered(comes(counter), VisitAnswer.COMES_UP, **counter.by())
    gone = visitors.leave(visitors.answered(comes(counter), VisitAnswer.COMES_UP, **counter.by()), **counter.by())
    old.came_on = gone.came_on = TODAY - timedelta(days=1)
    stranger = comes(counter, "Nobody Here")
    db.session.flush()
    assert [(row.asked_name, row.room) for row in queries_visitors.visitors(TODAY)] == [
        (old.asked_name, "1204"),
        (stranger.asked_name, ""),
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["receive_visitors"]))
def test_other_roles_receive_no_visitors(app: Flask, counter: Counter, role: Role) -> None:
    with work():
        counter.guest()
        visitor = comes(counter)
        for act in (
            lambda **who: comes(counter) and visitors.receive(NewVisitor("A", "Fischer"), **who),
            lambda **who: visitors.answered(visitor, VisitAnswer.LOBBY, **who),
            lambda **who: visitors.leave(visitor, **who),
        ):
            with pytest.raises(NotAllowed):
                act(**counter.by(role.value))
    other = at_desk(app, counter.house, role.value)
    for page in ("", "/new", f"/{visitor.id}"):
        assert other.get(f"/visitors{page}").status_code == 403
    for page in ("/new", f"/{visitor.id}/answer", f"/{visitor.id}/leave"):
        assert other.post(f"/visitors{page}").status_code == 403
    assert 'href="/visitors"' not in other.get("/").text
