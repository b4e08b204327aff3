"""A caller hears the same of an incognito guest and of a stranger, and never a room number (Q1)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from pms.db import db
from pms.errors import NotAllowed, Refused
from pms.guest_services.rules import NOT_STAYING, WE_ASK
from pms.journal import JournalLine
from pms.reservations.models import StayGuest
from pms.reservations.status import Status
from pms.say import translate
from tests.builders import House
from tests.guest_services.steps import Counter


@pytest.fixture
def full_house(counter: Counter) -> Counter:
    """Anna Fischer with Karl Weber in 1204, Zhao Lei in 1202, and Ruth Hart, who wants no disclosure, in 1205."""
    shared = counter.guest("1204")
    db.session.add(StayGuest(stay_id=shared.id, guest_id=counter.person("Weber", "Karl").id))
    counter.guest("1202", counter.person("Zhao", "Lei", "赵磊"))
    counter.guest("1205", counter.person("Hart", "Ruth", incognito=True))
    db.session.flush()
    return counter


@pytest.mark.parametrize(
    "name",
    [
        "Fischer",
        "fischer",
        "Anna Fischer",
        "Fischer, Anna",
        "FISCHER ANNA",
        "Weber",
        "赵磊",
        "赵 磊",
        "Zhao Lei",
        "zhaolei",
    ],
)
def test_a_guest_in_house_is_asked_first(full_house: Counter, name: str) -> None:
    answer = full_house.ask(name)
    assert answer.text == WE_ASK
    assert answer.stay_id is not None


@pytest.mark.parametrize("name", ["Nobody", "Anna", "Fisch", "scher", "zl", "Fischer Otto", "Lei", "%%", "__"])
def test_a_name_is_a_whole_name(full_house: Counter, name: str) -> None:
    assert full_house.ask(name).text == NOT_STAYING


@pytest.mark.both_engines
def test_an_incognito_guest_is_not_found_by_anybody(full_house: Counter) -> None:
    for role in ("concierge", "front_desk_agent", "assistant_manager"):
        hidden, unknown = full_house.ask("Hart", role=role), full_house.ask("Nobody", role=role)
        assert (hidden.text, hidden.stay_id) == (unknown.text, unknown.stay_id) == (NOT_STAYING, None)


def test_an_incognito_guest_is_not_found_by_his_room_either(full_house: Counter) -> None:
    assert full_house.ask("Ruth Hart", "1205") == full_house.ask("Nobody", "1205")


def test_a_wrong_room_is_no_answer(full_house: Counter) -> None:
    assert full_house.ask("Fischer", "1202").text == NOT_STAYING
    assert full_house.ask("Fischer", "1204").text == WE_ASK


@pytest.mark.parametrize("name", ["Fischer", "Hart", "赵磊", "Nobody"])
def test_no_room_number_is_ever_told(full_house: Counter, name: str) -> None:
    text = full_house.ask(name).text
    for lang in ("en", "zh"):
        assert not any(digit in translate(text, lang) for digit in "0123456789")


def test_the_answer_costs_the_same_whoever_is_asked_for(full_house: Counter) -> None:
    full_house.house.user("concierge")
    counts = {}
    for name in ("Hart", "Nobody", "Fischer"):
        statements: list[str] = []

        def note(*args: object, seen: list[str] = statements) -> None:
            seen.append(str(args[2]))

        sa.event.listen(db.engine, "before_cursor_execute", note)
        full_house.ask(name)
        sa.event.remove(db.engine, "before_cursor_execute", note)
        counts[name] = statements
    assert counts["Hart"] == counts["Nobody"] == counts["Fischer"]


def test_guests_who_have_left_or_are_yet_to_come_are_not_here(counter: Counter) -> None:
    counter.house.stay(arrival=-3, nights=2, status=Status.CHECKED_OUT, guest=counter.person("Left", "Leo"))
    counter.house.stay(arrival=1, guest=counter.person("Later", "Lea"))
    assert counter.ask("Left").text == counter.ask("Later").text == NOT_STAYING


def test_every_enquiry_is_written_down(full_house: Counter) -> None:
    full_house.ask("Hart", "1205")
    line = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "answer_caller")).one()
    assert line.details == {"name": "Hart", "room": "1205", "we_ask": False}


@pytest.mark.parametrize("name", ["", " ", "F", "王"])
def test_one_letter_is_no_name(counter: Counter, name: str) -> None:
    with pytest.raises(Refused, match="full name"):
        counter.ask(name)


@pytest.mark.parametrize("role", ["housekeeping", "cashier", "manager", "admin"])
def test_who_answers_no_callers(house: House, role: str) -> None:
    with pytest.raises(NotAllowed):
        Counter(house).ask("Fischer", role=role)
