"""Splitting a bill by hand: windows of a folio, postings moved between them; nothing is lost or made."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pms.cashier import actions, queries, windows
from pms.cashier.models import PaymentMethod, Posting, PostingKind
from pms.db import db, work
from pms.errors import Conflict, Missing, NotAllowed, Refused
from pms.reservations.models import Stay
from tests.builders import TODAY
from tests.cashier.steps import Till, journal_of, lines
from tests.races import race


def by_window(till: Till, stay: Stay) -> dict[int, int]:
    return queries.window_balances(till.folio(stay))


def split(till: Till, stay: Stay, payer: str = "Xinhe Textile") -> int:
    return windows.open_window(stay, payer, **till.by())


def move(till: Till, stay: Stay, postings: list[int], window: int, role: str = "cashier") -> list[int]:
    return windows.move_postings(stay, postings, window, **till.by(role))


def sums(stay: Stay) -> dict[tuple[PostingKind, PaymentMethod | None], int]:
    """What stands posted for a stay, by kind and method."""
    wanted = sa.select(Posting.kind, Posting.method, sa.func.sum(Posting.amount)).where(Posting.stay_id == stay.id)
    rows = db.session.execute(wanted.group_by(Posting.kind, Posting.method))
    return {(kind, method): int(total) for kind, method, total in rows}


def test_the_company_pays_the_room_and_the_guest_the_rest(till: Till) -> None:
    stay = till.guest()
    room, food = till.charge(stay, 68_000, PostingKind.ROOM), till.charge(stay, 12_800)
    company = split(till, stay)
    move(till, stay, [room], company)
    assert by_window(till, stay) == {1: 12_800, company: 68_000}
    assert till.balance(stay) == 80_800
    assert lines(stay) == [("room", 68_000), ("food", 12_800), ("room", -68_000), ("room", 68_000)]
    assert journal_of(stay) == ["post", "post", "open_window", "reverse_posting", "post"]
    assert food


def test_a_moved_posting_moves_back_and_can_be_reversed_where_it_stands(till: Till) -> None:
    stay = till.guest()
    (there,) = move(till, stay, [till.charge(stay, 500)], split(till, stay))
    (back,) = move(till, stay, [there], 1)
    till.reverse(back)
    assert by_window(till, stay) == {1: 0, 2: 0}


def test_each_window_is_paid_on_its_own_before_the_folio_closes(till: Till) -> None:
    stay = till.guest()
    window = split(till, stay)
    move(till, stay, [till.charge(stay, 500)], window)
    till.pay(stay, 500)  # into the guest's own: the folio is even, its windows are not
    with pytest.raises(Refused, match=r"5\.00 in credit"):
        actions.close_folio(stay, on=TODAY)
    till.pay(stay, 500, window=window)
    till.pay(stay, 500, kind=PostingKind.REFUND)
    actions.close_folio(stay, on=TODAY)


def test_who_owes_is_said_by_the_number_of_the_folio(till: Till) -> None:
    stay = till.guest()
    move(till, stay, [till.charge(stay, 500)], split(till, stay))
    with pytest.raises(Refused, match=r"5\.00 of folio 2 is not paid"):
        actions.close_folio(stay, on=TODAY)


def test_what_was_moved_once_is_not_moved_again(till: Till) -> None:
    stay = till.guest()
    posting, window = till.charge(stay, 500), split(till, stay)
    move(till, stay, [posting], window)
    with pytest.raises(Conflict, match="reversed or moved, by Cashier at 12:00"):
        move(till, stay, [posting], window)


def test_what_cannot_be_moved_is_refused(till: Till) -> None:
    stay, other = till.guest("1204"), till.guest("1202")
    window, posting = split(till, stay), till.charge(stay, 500)
    with pytest.raises(Refused, match="Mark the postings"):
        move(till, stay, [], window)
    with pytest.raises(Refused, match="in folio 1 already"):
        move(till, stay, [posting], 1)
    with pytest.raises(Refused, match="another guest"):
        move(till, stay, [till.charge(other, 500)], window)
    with pytest.raises(Missing):
        move(till, stay, [posting], 7)


def test_a_window_needs_a_payer_of_its_own(till: Till) -> None:
    stay = till.guest()
    with pytest.raises(Refused, match="who pays"):
        split(till, stay, "  ")
    with pytest.raises(Refused, match="card number"):
        split(till, stay, "4111 1111 1111 1111")
    split(till, stay)
    with pytest.raises(Refused, match="already"):
        split(till, stay)


def test_there_is_an_end_to_splitting(till: Till) -> None:
    stay = till.guest()
    for number in range(2, windows.MOST_WINDOWS + 1):
        assert split(till, stay, f"friend {number}") == number
    with pytest.raises(Refused, match="8 folios at most"):
        split(till, stay, "one more")


def test_nothing_is_posted_to_a_window_that_is_not_there(till: Till) -> None:
    stay = till.guest()
    with pytest.raises(Missing):
        till.charge(stay, 100, window=2)


@pytest.mark.parametrize("role", ["reservation_clerk", "concierge", "manager"])
def test_who_may_not_split(till: Till, role: str) -> None:
    stay = till.guest()
    with pytest.raises(NotAllowed):
        windows.open_window(stay, "Xinhe", **till.by(role))
    with pytest.raises(NotAllowed):
        move(till, stay, [1], 2, role)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from(["food", "payment"]), st.integers(1, 10**6)), min_size=1, max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3)), max_size=10),
)
def test_however_postings_move_no_sum_changes(
    till: Till, posted: list[tuple[str, int]], moves: list[tuple[int, int]]
) -> None:
    stay = till.guest(room=None)
    standing = [(till.charge if kind == "food" else till.pay)(stay, amount) for kind, amount in posted]
    where = [1] * len(standing)
    split(till, stay, "A")
    split(till, stay, "B")
    before, balance = sums(stay), till.balance(stay)
    for number, window in moves:
        index = number % len(standing)
        if where[index] != window:
            (standing[index],), where[index] = move(till, stay, [standing[index]], window), window
    assert sums(stay) == before
    assert till.balance(stay) == balance == sum(by_window(till, stay).values())


@pytest.mark.both_engines
def test_two_cashiers_move_the_same_posting_and_it_is_moved_once(app: Flask, till: Till) -> None:
    with work():
        stay = till.guest()
        posting, window = till.charge(stay, 500), split(till, stay)
        by = till.by()
    results = race(app, 4, lambda _: windows.move_postings(stay, [posting], window, **by))
    assert [type(result) for result in results].count(list) == 1
    assert [type(result) for result in results].count(Conflict) == 3
    assert queries.window_balances(till.folio(stay)) == {1: 0, window: 500}
