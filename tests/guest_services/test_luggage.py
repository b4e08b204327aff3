"""Luggage: what is never kept, who may take it away, and that nothing leaves twice (L1, L2, L4, L5)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from pms.db import db, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.guest_services import actions, queries
from pms.guest_services.models import Luggage
from tests.builders import NOON, TODAY
from tests.guest_services.steps import CALL, EVENING, Counter, journal_of
from tests.races import race


def test_pieces_are_kept_under_a_numbered_tag_with_a_code(counter: Counter) -> None:
    stay = counter.guest()
    first, second = counter.store(stay=stay), counter.store()
    assert (first.tag, second.tag) == ("0001", "0002")
    assert first.code.startswith("0001-")
    assert first.code != second.code
    assert (first.room_number, first.stored_on, first.stored_at, first.shelf) == ("1204", TODAY, NOON, "C5")
    assert journal_of(f"luggage:{first.id}") == ["store_luggage"]


def test_valuables_go_into_a_safe_deposit_box(counter: Counter) -> None:
    with pytest.raises(Refused, match="no valuables") as refusal:
        counter.store(no_valuables=False)
    assert [offer.kind for offer in refusal.value.offers] == ["safe_deposit"]


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"no_dangerous_goods": False}, "dangerous goods are never kept"),
        ({"depositor": " "}, "who left it"),
        ({"description": ""}, "who left it"),
        ({"shelf": ""}, "who left it"),
        ({"pieces": 0}, "Between 1 and 99"),
        ({"pieces": 100}, "Between 1 and 99"),
        ({"due_at": NOON}, "over already"),
    ],
)
def test_what_the_tag_cannot_lack(counter: Counter, lacking: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        counter.store(**lacking)
    assert queries.luggage_held() == []


def test_the_depositor_shows_a_document(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags)
    assert (bags.released_to, bags.proof, bags.released_at, bags.released_on) == ("Fischer, Anna", "id", NOON, TODAY)
    assert bags.released_by == counter.house.user("concierge").id
    assert journal_of(f"luggage:{bags.id}") == ["store_luggage", "release_luggage"]


def test_or_the_stub(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags, id_seen=False, stub_code=bags.code.lower())
    assert bags.proof == "stub"


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"id_seen": False}, "stub or at a document"),
        ({"pieces": 2}, "2 of 3 pieces"),
        ({"signed": False}, "sign for it"),
        ({"name": ""}, "who takes"),
        ({"stub_code": "0009-AAAA"}, "belongs to other luggage"),
        ({"name": "Weber, Karl"}, "needs the stub or the word of Fischer, Anna"),
        ({"name": "Weber, Karl", "id_seen": False, "stub_code": "right"}, "show a document"),
    ],
)
def test_what_collection_cannot_lack(counter: Counter, lacking: dict[str, Any], words: str) -> None:
    bags = counter.store()
    if lacking.get("stub_code") == "right":
        lacking = lacking | {"stub_code": bags.code}
    with pytest.raises(Refused, match=words):
        counter.release(bags, **lacking)
    assert bags.released_at is None


def test_another_person_brings_the_stub(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags, name="Weber, Karl", stub_code=bags.code)
    assert (bags.released_to, bags.proof) == ("Weber, Karl", "stub")


def test_or_the_word_of_the_depositor(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags, name="Weber, Karl", depositors_word="by telephone 21:10")
    assert bags.proof == "word: by telephone 21:10"


def test_who_was_named_when_it_was_left_may_take_it(counter: Counter) -> None:
    bags = counter.store(collector="Wéber, Karl")
    counter.release(bags, name="weber karl")
    assert bags.proof == "word"


def test_nothing_leaves_twice(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags)
    with pytest.raises(Conflict, match="handed out to Fischer, Anna on Sat 21 Nov 2026 at 12:00"):
        counter.release(bags)


@pytest.mark.both_engines
def test_two_clerks_hand_out_once(app: Flask, counter: Counter) -> None:
    with work():
        bags, by = counter.store(), counter.by()
    results = race(app, 4, lambda _: actions.release_luggage(db.session.get_one(Luggage, bags.id), CALL, **by))
    assert [type(result) for result in results].count(Luggage) == 1
    assert [type(result) for result in results].count(Conflict) == 3
    assert journal_of(f"luggage:{bags.id}") == ["store_luggage", "release_luggage"]


@pytest.mark.both_engines
def test_it_is_found_by_tag_code_name_and_room(counter: Counter) -> None:
    stay = counter.guest(guest=counter.person("Zhao", "Lei", "赵磊"))
    bags = counter.store(stay=stay, depositor="赵磊")
    counter.store(depositor="Weber, Karl")
    for text in ("0001", "1", bags.code, bags.code.lower(), "赵磊", "zhao lei", "zl", "1204"):
        assert queries.find_luggage(text) == [bags], text
    assert queries.find_luggage("") == []
    assert queries.find_luggage("%") == []


def test_what_is_gone_is_not_found(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags)
    assert queries.find_luggage("0001") == []
    assert queries.luggage_held() == []


def test_overdue_luggage_is_listed(counter: Counter) -> None:
    late, later = counter.store(), counter.store(due_at=EVENING + timedelta(hours=1))
    assert queries.luggage_overdue(NOON) == []
    assert queries.luggage_overdue(EVENING + timedelta(minutes=1)) == [late]
    assert queries.luggage_overdue(EVENING + timedelta(days=1)) == [late, later]


def test_what_lies_here_is_pointed_out_when_the_guest_leaves(counter: Counter) -> None:
    stay = counter.guest()
    bags, slip = counter.store(stay=stay), counter.message(stay)
    assert queries.left_here(stay) == ([bags], [slip], [])
    counter.release(bags)
    actions.deliver_message(slip, **counter.by())
    assert queries.left_here(stay) == ([], [], [])


def test_shelf_and_time_of_collection_can_change(counter: Counter) -> None:
    bags = counter.store()
    actions.change_luggage(bags, due_at=EVENING + timedelta(hours=2), shelf="d1", **counter.by())
    assert (bags.due_at, bags.shelf) == (EVENING + timedelta(hours=2), "D1")
    with pytest.raises(Refused, match="over already"):
        actions.change_luggage(bags, due_at=NOON, **counter.by())
    counter.release(bags)
    with pytest.raises(Conflict):
        actions.change_luggage(bags, shelf="A1", **counter.by())


@pytest.mark.parametrize("role", ["reservation_clerk", "housekeeping", "cashier", "department_staff", "admin"])
def test_who_does_not_handle_luggage(counter: Counter, role: str) -> None:
    bags = counter.store()
    for refused in (
        lambda: counter.store(role=role),
        lambda: counter.release(bags, role=role),
        lambda: actions.change_luggage(bags, shelf="A1", **counter.by(role)),
    ):
        with pytest.raises(NotAllowed):
            refused()
