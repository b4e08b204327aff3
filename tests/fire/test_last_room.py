"""One room, many who want it: one gets it, the others are told what else there is, and nothing breaks."""

from __future__ import annotations

from typing import Any

import pytest

from pms.db import db, work
from pms.reservations.models import Booking, RoomNight
from tests.builders import House
from tests.fire.served import Client, at_once, lost, won
from tests.reservations.clerk import day, recounted, sold

pytestmark = pytest.mark.both_engines

CROWD = 50


def wish(guest_id: int, kind: str, arrival: int, nights: int) -> dict[str, Any]:
    dates = {"arrival": day(arrival).isoformat(), "departure": day(arrival + nights).isoformat()}
    return {"guest_id": guest_id, "type": kind, "plan": "BAR"} | dates


def test_one_of_fifty_gets_the_last_room_of_a_type(client: Client, house: House) -> None:
    guest = client.post("/guests", {"surname": "Fischer"})["id"]
    client.post("/reservations", {"stays": [wish(guest, "DLK", 1, 3)]})
    answers = at_once(CROWD, lambda _: client.call("POST", "/reservations", {"stays": [wish(guest, "DLK", 1, 3)]}))
    assert (len(won(answers)), len(lost(answers))) == (1, CROWD - 1)
    assert {answer.status for answer in lost(answers)} == {422}
    for answer in lost(answers):
        assert {offer["kind"] for offer in answer.json["offers"]} >= {"type", "dates"}
    with work():
        assert sold() == recounted() == {("DLK", night): 2 for night in (1, 2, 3)}
        assert db.session.query(Booking).count() == 2


def test_one_of_fifty_is_placed_in_the_room_they_all_want(client: Client, house: House) -> None:
    with work():
        stays = [house.stay(arrival=1, nights=2).id for _ in range(CROWD)]
    answers = at_once(CROWD, lambda n: client.call("PUT", f"/stays/{stays[n]}/room", {"room": "1204"}))
    assert (len(won(answers)), len(lost(answers))) == (1, CROWD - 1)
    assert {answer.status for answer in lost(answers)} <= {409, 422}
    with work():
        assert {night.stay_id for night in db.session.query(RoomNight)} == {won(answers)[0].json["id"]}


def test_one_of_twenty_moves_to_the_dates_of_the_last_room(client: Client, house: House) -> None:
    with work():
        house.stay(kind="DLK", arrival=1, nights=2)
        stays = [house.stay(kind="DLK", arrival=10 + n, nights=1).id for n in range(20)]
        before = len(recounted())
    seen = {stay: client.get(f"/stays/{stay}")["version"] for stay in stays}
    dates = {"arrival": day(1).isoformat(), "departure": day(3).isoformat()}
    answers = at_once(20, lambda n: client.call("PATCH", f"/stays/{stays[n]}", dates | {"version": seen[stays[n]]}))
    assert (len(won(answers)), len(lost(answers))) == (1, 19)
    assert all(answer.json["offers"] for answer in lost(answers))
    with work():
        assert sold() == recounted()
        assert recounted()["DLK", 1] == recounted()["DLK", 2] == 2
        assert len(recounted()) == before - 1


@pytest.mark.parametrize("full", range(4))
def test_every_night_of_a_stay_is_looked_at(client: Client, house: House, full: int) -> None:
    """Only one night is sold out: the first, one in the middle or the last."""
    with work():
        for _ in range(2):
            house.stay(kind="DLK", arrival=1 + full, nights=1)
    guest = client.post("/guests", {"surname": "Fischer"})["id"]
    refused = client.call("POST", "/reservations", {"stays": [wish(guest, "DLK", 1, 4)]})
    free = client.get(f"/availability?arrival={day(1)}&departure={day(5)}&type=DLK")["types"][0]
    assert (refused.status, free["left"]) == (422, 0)
    assert [night["left"] for night in free["nights"]] == [0 if n == full else 2 for n in range(4)]


def test_a_booking_of_two_rooms_is_made_whole_or_not_at_all(client: Client, house: House) -> None:
    guest = client.post("/guests", {"surname": "Fischer"})["id"]
    pair = {"stays": [wish(guest, "DLK", 1, 2), wish(guest, "SUI", 1, 2)]}
    answers = at_once(10, lambda _: client.call("POST", "/reservations", pair))
    assert len(won(answers)) == 2
    with work():
        assert sold() == recounted() == {(kind, night): 2 for kind in ("DLK", "SUI") for night in (1, 2)}


def test_a_room_out_of_order_is_gone_from_availability_at_once(client: Client, house: House) -> None:
    path = f"/availability?arrival={day(1)}&departure={day(3)}&type=SUI"
    assert client.get(path)["types"][0]["left"] == 2
    closure = {"first": day(2).isoformat(), "until": day(3).isoformat(), "reason": "water"}
    client.post("/rooms/1301/closures", closure)
    assert [night["left"] for night in client.get(path)["types"][0]["nights"]] == [2, 1]
    guest = client.post("/guests", {"surname": "Fischer"})["id"]
    answers = at_once(5, lambda _: client.call("POST", "/reservations", {"stays": [wish(guest, "SUI", 1, 2)]}))
    assert len(won(answers)) == 1
