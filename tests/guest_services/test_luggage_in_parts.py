"""Some pieces leave and the rest stays: nothing leaves twice, and every collection is in the history (L4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pms.accounts.queries_journal import steps_of
from pms.db import db, work
from pms.errors import Conflict, Refused
from pms.guest_services import actions, queries, rules
from pms.guest_services.models import Luggage
from pms.guest_services.rules import Held
from pms.journal import JournalLine
from tests.guest_services.steps import CALL, Counter
from tests.races import race


def test_two_of_three_pieces_leave_and_one_stays(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags, pieces=2, rest_stays=True)
    assert (bags.here, bags.collected, bags.released_at) == (1, 2, None)
    assert queries.luggage_held() == [bags]


def test_the_last_piece_ends_it(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags, pieces=2, rest_stays=True)
    counter.release(bags, pieces=1, document="passport")
    assert (bags.here, bags.proof) == (0, "id: passport")
    assert queries.luggage_held() == []
    with pytest.raises(Conflict, match="handed out to Fischer, Anna"):
        counter.release(bags, pieces=1)


def test_fewer_pieces_are_a_mistake_until_the_clerk_says_that_the_rest_stays(counter: Counter) -> None:
    bags = counter.store()
    with pytest.raises(Refused, match="2 of 3 pieces") as refusal:
        counter.release(bags, pieces=2)
    assert [(offer.kind, offer.value) for offer in refusal.value.offers] == [("rest_stays", 2)]


def test_more_than_are_here_never_leave(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags, pieces=2, rest_stays=True)
    with pytest.raises(Refused, match="2 of 1 pieces"):
        counter.release(bags, pieces=2, rest_stays=True)


def test_who_read_an_older_page_is_told_what_is_left(counter: Counter) -> None:
    bags = counter.store()
    seen = bags.version
    counter.release(bags, pieces=1, rest_stays=True)
    call = replace(CALL, pieces=1, rest_stays=True)
    with pytest.raises(Conflict, match="2 of 3 pieces are here, on C5"):
        actions.release_luggage(bags, call, version=seen, **counter.by())


def test_the_history_tells_each_collection(counter: Counter) -> None:
    bags = counter.store()
    counter.release(bags, pieces=2, rest_stays=True)
    counter.release(bags, pieces=1, id_seen=False, stub_code=bags.code)
    steps = steps_of(bags)
    assert [step.action for step in steps] == ["store_luggage", "release_luggage", "release_luggage"]
    assert [(s.details["pieces"], s.details["rest"], s.details["proof"]) for s in steps[1:]] == [
        (2, 1, "id"),
        (1, 0, "stub"),
    ]


@pytest.mark.both_engines
def test_four_clerks_hand_out_two_pieces_of_three_once(app: Flask, counter: Counter) -> None:
    with work():
        bags, by = counter.store(), counter.by()
    call = replace(CALL, pieces=2, rest_stays=True)
    results = race(app, 4, lambda _: actions.release_luggage(db.session.get_one(Luggage, bags.id), call, **by))
    assert sum(isinstance(result, Luggage) for result in results) == 1
    assert all(isinstance(result, Luggage | Refused) for result in results)
    assert db.session.get_one(Luggage, bags.id).here == 1
    lines = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "release_luggage")).all()
    assert len(lines) == 1


@given(here=st.integers(1, 99), counted=st.integers(-5, 120), rest_stays=st.booleans())
def test_what_leaves_was_here(here: int, counted: int, rest_stays: bool) -> None:
    held = Held("0001-AA", "Fischer, Anna", "", here)
    try:
        rules.check_collection(held, replace(CALL, pieces=counted, rest_stays=rest_stays))
    except Refused:
        assert counted != here
    else:
        assert counted == here or (rest_stays and 0 < counted < here)
