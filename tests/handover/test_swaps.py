"""A swap is asked by one, agreed by the other, approved by a leader who is neither (H4)."""

from __future__ import annotations

import itertools

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, work
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.handover import queries_roster, swaps
from pms.handover.models_roster import Swap
from pms.handover.status import MOVES, SwapState
from pms.journal import JournalLine
from tests.handover.team import Team
from tests.races import race


def journal_of(swap: Swap) -> list[str]:
    lines = db.session.query(JournalLine).filter_by(subject=f"swap:{swap.id}").order_by(JournalLine.id)
    return [line.action for line in lines]


def test_the_whole_way_both_shifts_change_hands_with_their_posts(team: Team) -> None:
    with work():
        swap = team.agreed()
        assert team.shifts() == {0: "early lobby"}  # nothing moves before it is approved
        swaps.decide(swap, True, **team.by())
    assert (team.shifts(), team.shifts("night_auditor")) == ({1: "night"}, {0: "early lobby"})
    assert journal_of(swap) == ["ask_swap", "agree_swap", "approve_swap"]


def test_two_shifts_of_one_day_are_swapped(team: Team) -> None:
    with work():
        team.write(("night_auditor", 0, "N"))
        swaps.decide(team.agreed(in_return=0), True, **team.by())
    assert (team.shifts(), team.shifts("night_auditor")) == ({0: "night"}, {0: "early lobby", 1: "night"})


def test_a_colleague_may_take_a_shift_and_give_none(team: Team) -> None:
    with work():
        swaps.decide(team.agreed(in_return=None), True, **team.by())
    assert (team.shifts(), team.shifts("night_auditor")) == ({}, {0: "early lobby", 1: "night"})


def test_nobody_works_twice_on_a_day_after_a_swap(team: Team) -> None:
    with work():
        team.write(("night_auditor", 0, "N"), ("front_desk_agent", 1, "E"))
        with pytest.raises(Refused, match=r"Night Auditor works on .* already"):
            team.ask(in_return=None)
        team.write(("night_auditor", 0, ""))
        with pytest.raises(Refused, match=r"You work on .* already"):
            team.ask()


def test_what_is_not_on_the_roster_cannot_be_swapped(team: Team) -> None:
    with work():
        with pytest.raises(Refused, match="Front Desk Agent has no shift"):
            team.ask(day=3)
        with pytest.raises(Refused, match="Night Auditor has no shift"):
            team.ask(in_return=3)
        with pytest.raises(Refused, match="Choose a colleague"):
            team.ask(other="front_desk_agent")
        with pytest.raises(Refused, match="is over"):
            team.ask(day=-3)


def test_a_swap_stays_within_a_department(team: Team) -> None:
    with work():
        team.write(("concierge", 1, "E"), department=Department.CONCIERGE)
        with pytest.raises(Refused, match="another department"):
            team.ask(other="concierge")
        with pytest.raises(Refused, match="another department"):
            team.ask(other="concierge", in_return=None)


def test_the_same_shift_is_not_swapped_for_itself(team: Team) -> None:
    with work():
        team.write(("night_auditor", 0, "E"))
        with pytest.raises(Refused, match="the same shift"):
            team.ask(in_return=0)


@pytest.mark.both_engines
def test_a_shift_is_offered_to_one_colleague_at_a_time(team: Team) -> None:
    with work():
        swap = team.ask()
    with pytest.raises(Conflict, match="already"), work():
        team.ask(in_return=None)
    with work():
        swaps.withdraw(queries_roster.swap(swap.id), **team.by("front_desk_agent"))
        team.ask(in_return=None)


def test_only_who_was_asked_answers_and_only_who_asked_withdraws(team: Team) -> None:
    with work():
        swap = team.ask()
        with pytest.raises(NotAllowed, match="Only Night Auditor"):
            swaps.answer(swap, True, **team.by("front_desk_agent"))
        with pytest.raises(NotAllowed, match="Only Front Desk Agent"):
            swaps.withdraw(swap, **team.by("night_auditor"))


def test_no_leader_approves_before_the_colleague_agrees(team: Team) -> None:
    with work(), pytest.raises(Conflict, match="Waits for the colleague"):
        swaps.decide(team.ask(), True, **team.by())


def test_nobody_approves_a_swap_of_his_own(team: Team) -> None:
    with work():
        team.write(("shift_leader", 1, "L"))
        swap = team.ask(other="shift_leader")
        swaps.answer(swap, True, **team.by())
        with pytest.raises(NotAllowed, match="of his own"):
            swaps.decide(swap, True, **team.by())
        swaps.decide(swap, True, **team.by("manager"))
    assert team.shifts("shift_leader") == {0: "early lobby"}


@pytest.mark.parametrize("verb", ["refuse", "decline"])
def test_a_no_has_its_reason(team: Team, verb: str) -> None:
    def no(swap: Swap, reason: str) -> None:
        if verb == "refuse":
            swaps.answer(swap, False, reason, **team.by("night_auditor"))
        else:
            swaps.decide(swap, False, reason, **team.by())

    with work():
        swap = team.ask() if verb == "refuse" else team.agreed()
        for reason in (" ", "x" * 201):
            with pytest.raises(Refused):
                no(swap, reason)
        no(swap, "Too few on that night")
    assert (swap.state, swap.reason) == (MOVES[verb].target, "Too few on that night")
    assert team.shifts() == {0: "early lobby"}


def test_a_roster_changed_since_is_not_swapped_blindly(team: Team) -> None:
    with work():
        swap = team.agreed()
        team.write(("front_desk_agent", 0, "L lobby"))
    with pytest.raises(Conflict, match="has changed since"), work():
        swaps.decide(queries_roster.swap(swap.id), True, **team.by())
    assert team.shifts() == {0: "late lobby"}


def test_a_swap_tells_the_leader_who_is_writing_the_week(team: Team) -> None:
    with work():
        swaps.decide(team.agreed(), True, **team.by())
        with pytest.raises(Conflict, match="has changed this week meanwhile"):
            team.write(("front_desk_agent", 4, "E"), seen=1)


@pytest.mark.parametrize(("verb", "state"), list(itertools.product(MOVES, SwapState)))
def test_every_move_from_every_state(team: Team, verb: str, state: SwapState) -> None:
    with work():
        swap, manager = team.ask(in_return=None), team.user("manager")
        decided = state in (SwapState.APPROVED, SwapState.DECLINED)
        swap.state, swap.reason = state, "because"
        swap.decided_by, swap.decided_at = (manager.id, team.now) if decided else (None, None)
        db.session.flush()
        if state in MOVES[verb].sources:
            do(team, verb, swap)
            assert swap.state is MOVES[verb].target
        else:
            with pytest.raises(Conflict):
                do(team, verb, swap)


def do(team: Team, verb: str, swap: Swap) -> None:
    if verb in ("agree", "refuse"):
        swaps.answer(swap, verb == "agree", "because", **team.by("night_auditor"))
    elif verb == "withdraw":
        swaps.withdraw(swap, **team.by("front_desk_agent"))
    else:
        swaps.decide(swap, verb == "approve", "because", **team.by())


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "wrong",
    [
        {"other_id": "asked_by"},
        {"state": "approved", "decided_by": "asked_by"},
        {"state": "approved", "decided_by": "other_id"},
        {"state": "approved"},
        {"state": "refused", "reason": ""},
        {"other_shift": None},
    ],
)
def test_the_database_keeps_no_swap_that_must_not_be(team: Team, wrong: dict[str, object]) -> None:
    with work():
        team.agreed()
    people = {name: sa.column(str(value)) for name, value in wrong.items() if name in ("other_id", "decided_by")}
    with pytest.raises(sa.exc.IntegrityError), work():
        db.session.execute(sa.update(Swap.__table__).values(wrong | people))


@pytest.mark.both_engines
def test_of_two_leaders_who_decide_at_once_one_is_told_who_was_faster(app: Flask, team: Team) -> None:
    with work():
        swap = team.agreed().id
        leaders = [team.user("shift_leader"), team.user("manager")]
    results = race(app, 2, lambda n: swaps.decide(queries_roster.swap(swap), True, by=leaders[n], now=team.now))
    lost = [result for result in results if result is not None]
    assert [type(result) for result in lost] == [Conflict] and "was faster" in str(lost[0]), results
    assert (team.shifts(), team.shifts("night_auditor")) == ({1: "night"}, {0: "early lobby"})


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["approve_swap"]))
def test_other_roles_approve_no_swap(team: Team, role: Role) -> None:
    with work():
        swap = team.agreed()
        with pytest.raises(NotAllowed):
            swaps.decide(swap, True, by=team.house.user(role.value), now=team.now)
