"""A plan says how far it is from what any plan could reach, once it is on the screen, and what guests feel of it."""

from __future__ import annotations

import pytest
from flask import Flask

from pms.assignment import engine, planning, queries, runs
from pms.assignment import queries_runs as kept
from pms.assignment.how_good import worth_of
from pms.assignment.rules.book import MANUAL
from pms.clock import business_date
from pms.db import reading, work
from pms.reservations.models import Stay
from tests.builders import NOON, TODAY, House
from tests.clients import at_desk


def planned(house: House, *stays: int) -> int:
    with work():
        by = house.user()
        run = runs.ask(stays, by=by, now=NOON).id
    planning.plan_run(run, by=by)
    return run


@pytest.mark.both_engines
def test_a_run_keeps_its_price_and_the_bound_below_it(house: House) -> None:
    with work():
        stays = [house.stay(wishes="lake_view", guest=house.guest(name)).id for name in ("Adler", "Brandt")]
    run = planned(house, *stays)
    with reading():
        assert kept.load_run(run).bound is None  # the plan does not wait for it
    planning.reckon_worth(run)
    with reading():
        shown = kept.load_run(run)
        assert shown.price is not None and shown.bound is not None
        assert 60 <= shown.bound <= shown.price  # two wishes for a lake that nobody sees


def test_no_other_room_is_cheaper_than_the_bound(house: House) -> None:
    stay = house.stay(wishes="quiet").id
    (facts,) = queries.stay_facts(Stay.id == stay)
    around = queries.house_around(TODAY, facts.departure, business_date())
    free = engine.rank_rooms(around, facts)
    found = [worth_of(around, [facts], {stay: room.room.id}, MANUAL, steps=200) for room in free]
    prices = [worth.price for worth in found if worth]
    assert len(prices) == len(free) > 1 and all(worth.bound <= min(prices) for worth in found if worth)


def test_who_is_left_over_leaves_nothing_to_compare(house: House) -> None:
    with work():
        for number in ("1201", "1202", "1204"):
            house.stay(room=number, guest=house.guest(number))
        stay = house.stay().id
    run = planned(house, stay)
    planning.reckon_worth(run)
    with reading():
        assert kept.load_run(run).bound is None


def test_the_page_says_it_in_plain_words_and_counts_what_guests_feel(app: Flask, house: House) -> None:
    agent = at_desk(app, house)
    with work():
        house.rooms["1202"].quiet = house.rooms["1204"].quiet = 90
        stay = house.stay(room="1201", adults=2, wishes="quiet,room:1204", guest=house.guest("Adler")).id
    address = agent.post("/placing", {"stay": [str(stay)], "again": "all"}).headers["Location"]
    agent.post(f"{address}/plan")
    page = agent.get(address).text
    assert "No plan that gives everybody a room has less than" in page and "data-worth" not in page
    assert 'Rooms given before that change</th><td class="num"><b>1</b>' in page
    assert 'People in them</th><td class="num"><b>2</b>' in page
    assert "No plan that gives everybody" in agent.get(f"{address}/worth").text


def test_others_do_not_ask_how_good_it_is(app: Flask, house: House) -> None:
    with work():
        stay = house.stay().id
    assert at_desk(app, house, "concierge").get(f"/placing/{planned(house, stay)}/worth").status_code == 403
