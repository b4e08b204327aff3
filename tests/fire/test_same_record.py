"""The same thing sent twice, ten check-ins of one guest, two people at one booking: nothing twice, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from pms.cashier.models import Folio, Posting
from pms.db import db, work
from pms.front_desk.models import KeyCard, Registration
from pms.reservations.models import Stay, StayNight
from tests.builders import House
from tests.fire.served import Client, at_once, lost, won
from tests.front_desk.steps import Desk
from tests.reservations.clerk import day, recounted, sold

pytestmark = pytest.mark.both_engines


def postings() -> list[int]:
    with work():
        return list(db.session.scalars(sa.select(Posting.amount).order_by(Posting.id)))


@pytest.fixture
def stay(house: House) -> int:
    """Somebody in house in 1204 until the day after tomorrow."""
    with work():
        return Desk(house).guest_in_house("1204").id


@pytest.mark.parametrize(
    ("what", "body", "amount"),
    [
        ("payments", {"amount": 5_000, "method": "cash"}, -5_000),
        ("postings", {"amount": 5_000, "kind": "food"}, 5_000),
    ],
)
def test_the_same_payment_or_charge_sent_eight_times_counts_once(
    client: Client, stay: int, what: str, body: dict[str, Any], amount: int
) -> None:
    answers = at_once(8, lambda _: client.call("POST", f"/stays/{stay}/{what}", body, key="the-same"))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.json["posting_id"] for answer in answers}) == 1
    assert postings() == [amount]


def test_a_posting_is_reversed_once_however_often_and_by_whomever_it_is_asked(client: Client, stay: int) -> None:
    posting = client.post(f"/stays/{stay}/postings", {"amount": 5_000, "kind": "food"})["posting_id"]
    path, body = f"/postings/{posting}/reversal", {"reason": "wrong room"}
    same = at_once(4, lambda _: client.call("POST", path, body, key="the-same"))
    assert {answer.status for answer in same} == {201}
    others = at_once(4, lambda _: client.call("POST", path, body))
    assert {answer.status for answer in others} == {409}
    assert postings() == [5_000, -5_000]


def test_ten_people_reverse_one_posting_at_once_and_one_does(client: Client, stay: int) -> None:
    posting = client.post(f"/stays/{stay}/postings", {"amount": 5_000, "kind": "food"})["posting_id"]
    answers = at_once(10, lambda _: client.call("POST", f"/postings/{posting}/reversal", {"reason": "wrong room"}))
    assert (len(won(answers)), {answer.status for answer in lost(answers)}) == (1, {409})
    assert postings() == [5_000, -5_000]


def test_one_of_ten_check_ins_of_a_guest_is_made(client: Client, house: House) -> None:
    with work():
        guest = house.guest()
        stay = house.stay(room="1204", guest=guest).id
        document = Desk(house).document(guest.id)
    sheet = {
        "documents": [{"guest_id": guest.id, "document_id": document}],
        "signed": True,
        "deposit": {"kind": "cash", "amount": 50_000},
    }
    answers = at_once(10, lambda _: client.call("POST", f"/stays/{stay}/check-in", sheet))
    assert (len(won(answers)), len(lost(answers))) == (1, 9)
    assert {answer.status for answer in lost(answers)} <= {409, 422}
    with work():
        made = [db.session.query(model).count() for model in (Folio, KeyCard, Registration)]
    assert (made, postings()) == ([1, 1, 1], [-50_000])


def test_numbers_are_given_once_under_eight_clients(client: Client, house: House) -> None:
    guest = client.post("/guests", {"surname": "Fischer"})["id"]
    confirmations: list[str] = []

    def work_through(number: int) -> Any:
        for turn in range(5):
            dates = {"arrival": day(1 + turn).isoformat(), "departure": day(2 + turn).isoformat()}
            kind = ("STK", "STK", "STK", "STT", "DLK", "DLK", "SUI", "SUI")[number]
            booked = client.post("/reservations", {"stays": [{"guest_id": guest, "type": kind, "plan": "BAR"} | dates]})
            confirmations.append(booked["confirmation"])
            deposit = {"amount": 1_000 + number, "method": "cash", "kind": "deposit"}
            last = client.call("POST", f"/stays/{booked['stays'][0]['id']}/payments", deposit)
        return last

    assert len(won(at_once(8, work_through))) == 8
    with work():
        folios = list(db.session.scalars(sa.select(Folio.number)))
        assert sold() == recounted()
    assert len(confirmations) == len(set(confirmations)) == len(folios) == len(set(folios)) == 40


def test_the_second_of_two_who_edit_a_booking_sees_what_changed_and_loses_nothing(client: Client, house: House) -> None:
    with work():
        stay = house.stay(arrival=3, nights=2).id
    path, seen = f"/stays/{stay}", client.get(f"/stays/{stay}")["version"]
    edits: list[dict[str, Any]] = [{"eta": "18:30"}, {"remarks": "near the lift"}]
    answers = at_once(2, lambda n: client.call("PATCH", path, edits[n], headers={"If-Match": f'"{seen}"'}))
    (first,), (second,) = won(answers), lost(answers)
    assert (second.status, second.json["current"]["version"]) == (412, first.json["version"])
    mine = edits[answers.index(second)]
    again = client.call("PATCH", path, mine | {"version": second.json["current"]["version"]})
    assert (again.json["eta"], again.json["remarks"]) == ("18:30", "near the lift")


def test_arrival_and_departure_changed_at_once_leave_a_stay_whose_nights_are_its_dates(
    client: Client, house: House
) -> None:
    with work():
        stays = [house.stay(arrival=5, nights=2, kind=kind).id for kind in ("STK", "STT", "DLK", "SUI")]
    for stay in stays:
        seen = client.get(f"/stays/{stay}")["version"]
        edits = [{"arrival": day(3).isoformat()}, {"departure": day(9).isoformat()}]
        answers = at_once(
            2, lambda n, stay=stay, seen=seen, edits=edits: client.call(
                "PATCH", f"/stays/{stay}", edits[n] | {"version": seen}
            )
        )  # fmt: skip
        assert (len(won(answers)), [answer.status for answer in lost(answers)]) == (1, [409])
    with work():
        for stay in db.session.query(Stay):
            nights = list(db.session.scalars(sa.select(StayNight.night).where(StayNight.stay_id == stay.id)))
            assert len(nights) == (stay.departure - stay.arrival).days
            assert (min(nights), len(set(nights))) == (stay.arrival, len(nights))
        assert sold() == recounted()
