"""Directions: in both languages, one title once, the first of two changes stands, a card for guest and driver (Q5)."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Conflict, Missing, NotAllowed, Refused
from pms.guest_services import directions, queries_directions
from pms.guest_services.directions import NewDirection
from pms.guest_services.models_directions import Direction
from pms.property.queries import hotel
from pms.reporting.forms import direction_card
from tests.builders import NOON
from tests.clients import at_desk
from tests.guest_services.pages import main_of
from tests.guest_services.steps import Counter, journal_of
from tests.races import race
from tests.reporting.reading import text_of

TEMPLE = NewDirection(
    title_en="Lingyin Temple",
    title_zh="灵隐寺",
    text_en="Bus 7 from the lake & 12 stops, <to> the terminus.",
    text_zh="湖滨站乘 7 路公交车，12 站到终点。",
    address_zh="杭州市西湖区法云弄 1 号",
    telephone="+86 571 5550 1660",
    hours_en="Open 06:30–18:00",
    hours_zh="6:30—18:00 开放",
    way_en="8 km, about CNY 30",
    way_zh="8 公里，约 30 元",
)
STATION = NewDirection(title_en="East Station", title_zh="杭州东站", text_en="Metro line 1.", text_zh="地铁 1 号线。")
MAY_NOT_SEE = sorted(set(Role) - access.ALLOWED["see_directions"])
MAY_NOT_KEEP = sorted(set(Role) - access.ALLOWED["keep_directions"])


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def kept(counter: Counter, new: NewDirection = TEMPLE) -> Direction:
    return directions.add_direction(new, **counter.by())


def titles(text: str = "", **more: Any) -> list[str]:
    return [row.title_en for row in queries_directions.directions(text, **more)]


def test_an_answer_is_written_changed_set_aside_and_brought_back(counter: Counter) -> None:
    temple = kept(counter)
    closer = replace(TEMPLE, way_en="  7 km ", way_zh="7 公里")
    directions.change_direction(temple, closer, version=1, **counter.by())
    assert (temple.way_en, temple.version) == ("7 km", 2)
    directions.set_aside(temple, **counter.by())
    assert (titles(), titles(active=False)) == ([], ["Lingyin Temple"])
    directions.bring_back(temple, **counter.by())
    assert titles() == ["Lingyin Temple"]
    done = ["add_direction", "change_direction", "set_aside_direction", "bring_back_direction"]
    assert journal_of(f"direction:{temple.id}") == done


def test_nothing_is_written_down_when_nothing_has_changed(counter: Counter) -> None:
    temple = kept(counter)
    directions.change_direction(temple, TEMPLE, version=1, **counter.by())
    assert (temple.version, journal_of(f"direction:{temple.id}")) == (1, ["add_direction"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("temple", ["Lingyin Temple"]),
        ("灵隐", ["Lingyin Temple"]),
        ("法云弄", ["Lingyin Temple"]),
        ("lake TERMINUS", ["Lingyin Temple"]),
        ("lake metro", []),
        ("%", []),
        ("  ", ["East Station", "Lingyin Temple"]),
    ],
)
def test_found_by_every_word_in_either_language(counter: Counter, text: str, found: list[str]) -> None:
    kept(counter)
    kept(counter, STATION)
    assert titles(text) == found


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_zh": " "}, "title_zh"),
        ({"title_en": ""}, "title_en"),
        ({"text_en": "", "text_zh": ""}, "text_en"),
        ({"hours_zh": ""}, "hours_zh"),
        ({"way_en": ""}, "way_en"),
        ({"text_zh": "长" * 261}, "text_zh"),
    ],
)
def test_what_stands_in_one_language_only_is_refused(counter: Counter, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as no:
        kept(counter, replace(TEMPLE, **changes))
    assert no.value.field == field


@pytest.mark.parametrize(
    ("same", "field"),
    [({"title_en": "lingyin TEMPLE"}, "title_en"), ({"title_en": "Other", "title_zh": "灵隐寺"}, "title_zh")],
)
def test_a_title_is_given_once(counter: Counter, same: dict[str, str], field: str) -> None:
    temple = kept(counter)
    with pytest.raises(Conflict, match="Change it instead") as no:
        kept(counter, replace(STATION, **same))
    assert no.value.field == field
    directions.set_aside(temple, **counter.by())
    with pytest.raises(Conflict, match="Bring it back"):
        kept(counter, replace(STATION, **same))


def test_who_comes_second_is_told_who_was_first_and_when(counter: Counter) -> None:
    temple = kept(counter)
    first = replace(TEMPLE, telephone="1")
    directions.change_direction(temple, first, version=1, **counter.by("manager"))
    with pytest.raises(Conflict, match=r"has changed this at \d\d:\d\d"):
        directions.change_direction(temple, TEMPLE, version=1, **counter.by())
    assert temple.telephone == "1"
    with pytest.raises(Conflict):
        directions.bring_back(temple, **counter.by())
    directions.set_aside(temple, **counter.by())
    with pytest.raises(Conflict):
        directions.set_aside(temple, **counter.by())


@pytest.mark.both_engines
def test_of_two_at_once_one_is_told(app: Flask, counter: Counter) -> None:
    with work():
        temple, who = kept(counter).id, counter.by()

    def change(number: int) -> None:
        new = replace(TEMPLE, telephone=str(number))
        directions.change_direction(db.session.get_one(Direction, temple), new, version=1, **who)

    assert sum(isinstance(result, Conflict) for result in race(app, 3, change)) == 2


@pytest.mark.both_engines
def test_of_two_who_write_one_title_down_one_is_told(app: Flask, counter: Counter) -> None:
    with work():
        kept(counter)
        who = counter.by()

    def add(number: int) -> Direction:
        return directions.add_direction(replace(STATION, telephone=str(number)), **who)

    assert sum(isinstance(result, Conflict) for result in race(app, 3, add)) == 2


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "wrong", [{"title_en": "East Station"}, {"title_zh": "杭州东站"}, {"text_zh": ""}, {"hours_en": ""}, {"way_zh": ""}]
)
def test_the_database_keeps_titles_apart_and_both_languages(
    app: Flask, counter: Counter, wrong: dict[str, str]
) -> None:
    with work():
        kept(counter, STATION)
        temple = kept(counter)
    with pytest.raises(sa.exc.IntegrityError), work():
        db.session.execute(sa.update(Direction.__table__).where(Direction.id == temple.id).values(**wrong))


@pytest.mark.parametrize(
    ("lang", "there", "not_there"),
    [
        ("en", ["Lingyin Temple", "Bus 7 from the lake & 12 stops, <to>", "Open 06:30–18:00", "CNY 30"], ["路公交车"]),
        ("zh", ["指路卡", "湖滨站乘 7 路公交车", "6:30—18:00 开放", "约 30 元"], ["Lingyin", "Directions", "Bus"]),
    ],
)
def test_the_card_is_in_the_language_of_the_guest_and_chinese_for_the_driver(
    counter: Counter, lang: str, there: list[str], not_there: list[str]
) -> None:
    card = direction_card(kept(counter).id, lang)
    words = " ".join(text_of(card).split())
    driver = ["请送我到", "灵隐寺", "杭州市西湖区法云弄 1 号", hotel().name_zh]
    assert [part for part in (*there, *driver, "+86 571 5550 1660") if part not in words] == []
    assert [part for part in not_there if part in words] == []
    assert card.pages == 1
    assert re.search(rb"/MediaBox \[\s*0 0 419\.\d+ 595\.\d+", card)  # A5


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_answer_that_leads_nowhere_has_no_part_for_the_driver(counter: Counter, lang: str) -> None:
    assert "请送我到" not in text_of(direction_card(kept(counter, STATION).id, lang))


def test_the_longest_card_is_still_one_sheet(counter: Counter) -> None:
    full = {name: "Words " * 200 if name.endswith("_en") else "字" * 700 for name in asdict(TEMPLE)}
    columns = Direction.__table__.c
    longest = NewDirection(**{name: value[: columns[name].type.length].strip() for name, value in full.items()})
    temple = kept(counter, longest)
    assert [direction_card(temple.id, lang).pages for lang in ("en", "zh")] == [1, 1]


def test_what_was_set_aside_is_not_printed(app: Flask, counter: Counter) -> None:
    with work():
        temple = kept(counter)
        directions.set_aside(temple, **counter.by())
        with pytest.raises(Refused, match="set aside"):
            direction_card(temple.id, "en")
        with pytest.raises(Missing):
            queries_directions.direction(temple.id + 1)
    desk = at_desk(app, counter.house, "concierge")
    assert desk.get(f"/directions/{temple.id}/card.pdf?lang=en").status_code == 422
    assert "card.pdf" not in desk.get(f"/directions/{temple.id}").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_from_the_question_to_the_card(app: Flask, counter: Counter, language: str) -> None:
    with work():
        kept(counter, STATION)
    desk = at_desk(app, counter.house, "concierge", language)
    form = asdict(TEMPLE)
    wrong = desk.post("/directions/new", form | {"text_zh": ""})
    assert wrong.status_code == 422 and 'value="Lingyin Temple"' in wrong.text
    assert desk.post("/directions/new", form | {"way_zh": ""}).status_code == 422
    where = desk.post("/directions/new", form).location
    assert desk.post("/directions/new", form).status_code == 409
    found = main_of(desk.get("/directions?q=法云弄").text)
    assert where in found and "东站" not in found and "East" not in found
    page = main_of(desk.get(where).text)
    assert "法云弄" in page and f"{where}/card.pdf?lang=zh" in page
    for lang in ("en", "zh", "nonsense"):
        card = desk.get(f"{where}/card.pdf?lang={lang}")
        assert (card.status_code, card.mimetype, card.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert desk.post(f"{where}/set-aside").status_code == 303
    assert where not in main_of(desk.get("/directions").text)
    assert where in main_of(desk.get("/directions?list=aside").text)
    assert desk.post(f"{where}/set-aside").status_code == 409
    assert desk.post(f"{where}/bring-back").status_code == 303


def test_after_a_conflict_the_form_shows_both_and_the_next_save_is_taken(app: Flask, counter: Counter) -> None:
    with work():
        temple = kept(counter).id
    desk = at_desk(app, counter.house, "concierge")
    mine = asdict(replace(TEMPLE, telephone="222")) | {"version": "1"}
    with work():
        other = replace(TEMPLE, telephone="111")
        directions.change_direction(db.session.get_one(Direction, temple), other, version=1, **counter.by("manager"))
    late = desk.post(f"/directions/{temple}/edit", mine | {"title_en": ""})  # a slip of the pen hides no conflict
    assert late.status_code == 422 and 'name="version" value="1"' in late.text
    told = desk.post(f"/directions/{temple}/edit", mine)
    assert told.status_code == 409
    assert 'value="222"' in told.text and "<dd>111</dd>" in told.text and 'name="version" value="2"' in told.text
    assert desk.post(f"/directions/{temple}/edit", mine | {"version": "2"}).status_code == 303
    with reading():
        assert queries_directions.direction(temple).telephone == "222"


@pytest.mark.parametrize("role", MAY_NOT_KEEP)
def test_other_roles_change_nothing(app: Flask, counter: Counter, role: Role) -> None:
    with work():
        temple = kept(counter)
        for act in (
            lambda **who: directions.add_direction(STATION, **who),
            lambda **who: directions.change_direction(temple, STATION, version=1, **who),
            lambda **who: directions.set_aside(temple, **who),
            lambda **who: directions.bring_back(temple, **who),
        ):
            with pytest.raises(NotAllowed):
                act(**counter.by(role.value))
    other, where = at_desk(app, counter.house, role.value), f"/directions/{temple.id}"
    for page in ("/directions/new", f"{where}/edit"):
        assert other.get(page).status_code == 403
    for page in ("/directions/new", f"{where}/edit", f"{where}/set-aside", f"{where}/bring-back"):
        assert other.post(page).status_code == 403
    if role in access.ALLOWED["see_directions"]:
        page = other.get(where).text
        assert "card.pdf" in page and f"{where}/edit" not in page and f"{where}/set-aside" not in page
        assert "/directions/new" not in page


@pytest.mark.parametrize("role", MAY_NOT_SEE)
def test_who_need_not_know_sees_no_directions(app: Flask, counter: Counter, role: Role) -> None:
    with work():
        temple = kept(counter)
    other = at_desk(app, counter.house, role.value)
    for page in ("/directions", f"/directions/{temple.id}", f"/directions/{temple.id}/card.pdf"):
        assert other.get(page).status_code == 403
    assert 'href="/directions"' not in other.get("/").text
    found = other.get("/search?q=directions")
    assert 'href="/directions"' not in found.text
