"""A handover is signed by both sides, each once and each by another person (H2)."""

from __future__ import annotations

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.handover import actions, queries
from pms.handover.actions import Side
from pms.handover.models import Handover
from tests.builders import House
from tests.handover.steps import Desk
from tests.races import race


def test_both_sign_and_the_next_shift_acknowledges_each_point(desk: Desk) -> None:
    with work():
        desk.note()
        handover = desk.given()
        desk.sign(handover, Side.TAKEN, "shift_leader")
        (point,) = desk.points(handover)
        actions.acknowledge(point, **desk.by("shift_leader"))
    assert handover.given_by != handover.taken_by
    assert point.acknowledged_by == desk.house.user("shift_leader").id


def test_nobody_signs_for_both_sides(desk: Desk) -> None:
    with work():
        handover = desk.given()
        with pytest.raises(NotAllowed, match="Nobody signs for both sides"):
            desk.sign(handover, Side.TAKEN)


def test_who_handed_over_does_not_acknowledge(desk: Desk) -> None:
    with work():
        desk.note()
        handover = desk.given()
        with pytest.raises(NotAllowed, match="Somebody of the next shift acknowledges"):
            actions.acknowledge(desk.points(handover)[0], **desk.by())


def test_points_are_acknowledged_after_signing_only(desk: Desk) -> None:
    with work():
        desk.note()
        handover = desk.draft()
        with pytest.raises(Refused, match="not signed yet"):
            actions.acknowledge(desk.points(handover)[0], **desk.by("shift_leader"))


def test_it_is_handed_over_before_it_is_taken_over(desk: Desk) -> None:
    with work():
        handover = desk.draft()
        with pytest.raises(Refused, match="handed over first"):
            desk.sign(handover, Side.TAKEN, "shift_leader")


def test_an_uncounted_drawer_cannot_be_handed_over(desk: Desk) -> None:
    with work():
        handover = desk.draft()
        with pytest.raises(Refused, match="not counted yet") as refused:
            desk.sign(handover)
    assert [offer.kind for offer in refused.value.offers] == ["count_drawer"]


def test_equipment_is_counted_before_it_is_handed_over(desk: Desk) -> None:
    with work():
        actions.keep_equipment("Master key", 2, name_zh="总钥匙", **desk.by("shift_leader"))
        handover = desk.draft()
        desk.count()
        with pytest.raises(Refused, match="equipment is not counted"):
            desk.sign(handover)
        (thing,) = queries.equipment()
        with pytest.raises(Refused, match="count each thing"):
            actions.count_equipment(handover, {}, **desk.by())
        actions.count_equipment(handover, {thing.id: 1}, **desk.by())
        desk.sign(handover)
    (thing,) = queries.equipment(handover.id)
    assert (thing.expected, thing.found) == (2, 1)


def test_what_the_desk_no_longer_has_is_not_counted(desk: Desk) -> None:
    with work():
        for pieces in (3, 0):
            actions.keep_equipment("Umbrella", pieces, **desk.by("shift_leader"))
        assert queries.equipment() == []
        for name, pieces in ((" ", 1), ("Umbrella", -1)):
            with pytest.raises(Refused):
                actions.keep_equipment(name, pieces, **desk.by("shift_leader"))


def test_what_is_signed_is_not_drafted_or_counted_anew(desk: Desk) -> None:
    with work():
        handover = desk.given()
        desk.note()
        with pytest.raises(Conflict, match="Front Desk Agent was faster"):
            desk.draft("shift_leader")
        with pytest.raises(Conflict, match="was faster"):
            actions.count_equipment(handover, {}, **desk.by("shift_leader"))
    assert desk.points(handover) == []


@pytest.mark.both_engines
@pytest.mark.parametrize("side", list(Side))
def test_of_two_who_sign_at_once_one_wins_and_the_other_is_told_who(
    app: Flask, house: House, desk: Desk, side: Side
) -> None:
    with work():
        handover = desk.draft()
        desk.count()
        if side is Side.TAKEN:
            desk.sign(handover)
        for role in ("shift_leader", "night_auditor"):
            house.user(role)
        number = handover.id
    roles = ("shift_leader", "night_auditor")

    def sign(clerk: int) -> None:
        desk.sign(queries.handover(number), side, roles[clerk])

    results = race(app, 2, sign)
    (lost,) = [result for result in results if result is not None]
    winner = roles[results.index(None)]
    assert isinstance(lost, Conflict)
    assert f"{house.user(winner).name} was faster" in str(lost)
    signed = db.session.get_one(Handover, number)
    assert (signed.given_by if side is Side.GIVEN else signed.taken_by) == house.user(winner).id


@pytest.mark.both_engines
def test_two_drafts_at_once_are_one_handover(app: Flask, desk: Desk) -> None:
    with work():
        desk.note()
        for role in ("front_desk_agent", "shift_leader"):
            desk.house.user(role)
    results = race(app, 2, lambda n: desk.draft(("front_desk_agent", "shift_leader")[n]).id)
    assert results[0] == results[1]
    assert desk.sources(queries.handover(results[0])) == ["notes"]


@pytest.mark.both_engines
def test_of_two_who_acknowledge_at_once_the_first_one_counts(app: Flask, house: House, desk: Desk) -> None:
    with work():
        desk.note()
        point = desk.points(desk.given())[0].id
        for role in ("shift_leader", "night_auditor"):
            house.user(role)
    results = race(
        app, 2, lambda n: actions.acknowledge(queries.point(point), **desk.by(("shift_leader", "night_auditor")[n]))
    )
    assert sorted(type(result) for result in results if result) == [Conflict]


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["hand_over"]))
def test_other_roles_do_not_hand_over(desk: Desk, role: Role) -> None:
    with work(), pytest.raises(NotAllowed):
        desk.draft(role.value)
    with work():
        handover = desk.draft()
        desk.count()
        with pytest.raises(NotAllowed):
            desk.sign(handover, Side.GIVEN, role.value)
        with pytest.raises(NotAllowed):
            actions.count_equipment(handover, {}, **desk.by(role.value))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["manage_equipment"]))
def test_other_roles_do_not_change_the_list_of_equipment(desk: Desk, role: Role) -> None:
    with work(), pytest.raises(NotAllowed):
        actions.keep_equipment("Umbrella", 1, **desk.by(role.value))
