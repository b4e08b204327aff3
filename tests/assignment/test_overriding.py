"""One rule set aside for one stay: by name, by who may, on record, in every plan; and held again (P2, P15)."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from pms import access
from pms.access import Role
from pms.assignment import actions, overriding, queries
from pms.assignment.models import RuleOverride
from pms.assignment.pricing import Pricing
from pms.assignment.queries_overrides import overrides_of
from pms.db import db, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.journal import JournalLine
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House

SMOKING, KEPT_APART, HELD_BACK = "smoking_as_needed", "kept_apart_on_other_floors", "held_back_rooms_wait"


@pytest.fixture
def smoky(house: House) -> Stay:
    """A guest who needs a non-smoking room of a type that has smoking rooms only."""
    for number in ("1201", "1202", "1204"):
        house.rooms[number].smoking = True
    db.session.flush()
    return house.stay(needs="non_smoking")


def aside(stay: Stay, rule: str, house: House, role: str = "front_desk_agent", why: str = "He agreed") -> None:
    overriding.override(stay, rule, why, by=house.user(role), now=NOON)


@pytest.mark.both_engines
def test_a_need_stands_back_with_consent_and_the_plan_knows_it(house: House, smoky: Stay) -> None:
    assert not actions.preview(TODAY, [smoky.id]).placed
    aside(smoky, SMOKING, house)
    (placed,) = actions.preview(TODAY, [smoky.id]).placed
    assert placed.stay.id == smoky.id
    (shown,) = overrides_of(smoky.id)
    assert (shown.rule, shown.why, shown.name) == (SMOKING, "He agreed", "Front Desk Agent")
    line = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "override_rule")).one()
    assert (line.details["rule"], line.details["why"]) == (SMOKING, "He agreed")


def test_other_guests_keep_the_rule(house: House, smoky: Stay) -> None:
    aside(smoky, SMOKING, house)
    other = house.stay(needs="non_smoking", guest=house.guest("Other"))
    assert [each.stay.id for each in actions.preview(TODAY, [smoky.id, other.id]).unplaced] == [other.id]


def test_the_rule_holds_again(house: House, smoky: Stay) -> None:
    aside(smoky, SMOKING, house)
    overriding.hold_again(smoky, SMOKING, by=house.user(), now=NOON)
    assert not actions.preview(TODAY, [smoky.id]).placed and not overrides_of(smoky.id)
    with pytest.raises(Conflict, match="holds for the guest already"):
        overriding.hold_again(smoky, SMOKING, by=house.user(), now=NOON)


def test_a_wish_that_was_given_up_does_not_count_as_unmet(house: House) -> None:
    stay = house.stay(wishes="lake_view")
    assert [reason.rule for reason in actions.suggest(stay, 1)[0].missed if reason.rule == "wish_lake_view"]
    aside(stay, "wish_lake_view", house)
    assert not [reason for reason in actions.suggest(stay, 1)[0].missed if reason.rule == "wish_lake_view"]


def test_both_forms_of_a_rule_leave_out_what_was_set_aside(house: House, smoky: Stay) -> None:
    aside(smoky, SMOKING, house)
    facts, around, book = queries.facts_around(smoky)
    allowed, _ = Pricing(around, book).one(facts)
    by_hand = [not any(r.rule != "free_on_every_night" for r in book.refusals(facts, room, around))
               for room in around.rooms.values()]  # fmt: skip
    assert allowed.tolist() == by_hand and any(by_hand)


def test_only_the_am_brings_together_who_is_kept_apart_and_both_are_free_of_it(house: House) -> None:
    house.stay(room="1204", guest=house.guest("One", keep_apart="law/a"))
    stay = house.stay(guest=house.guest("Two", keep_apart="law/b"))
    assert not actions.preview(TODAY, [stay.id]).placed
    for role in ("front_desk_agent", "shift_leader", "manager"):
        with pytest.raises(NotAllowed, match="Assistant manager"):
            aside(stay, KEPT_APART, house, role)
    aside(stay, KEPT_APART, house, "assistant_manager")
    actions.place_stay(stay, house.rooms["1202"], by=house.user(), now=NOON)
    first = db.session.scalars(sa.select(Stay).where(Stay.id != stay.id)).one()
    facts, around, book = queries.facts_around(first)
    assert not list(book.refusals(facts, around.rooms[house.rooms["1204"].id], around))


def test_a_room_held_back_is_given_by_a_leader(house: House) -> None:
    for number in ("1201", "1202", "1204"):
        house.rooms[number].held_back = "minister"
    stay = house.stay()
    with pytest.raises(NotAllowed, match="Shift leader"):
        aside(stay, HELD_BACK, house)
    aside(stay, HELD_BACK, house, "shift_leader", "The minister comes tomorrow")
    assert actions.preview(TODAY, [stay.id]).placed


def test_consent_in_choose_room_holds_for_later_plans(house: House, smoky: Stay) -> None:
    actions.place_stay(smoky, house.rooms["1201"], consent="on the telephone", by=house.user(), now=NOON)
    assert [(each.rule, each.why) for each in overrides_of(smoky.id)] == [(SMOKING, "on the telephone")]


@pytest.mark.parametrize(
    "rule",
    [
        "free_on_every_night",
        "type_is_as_agreed",
        "large_enough",
        "refused_room_is_not_offered_again",
        "nonsense",
        "gaps_stay_sellable",
        "family_connects",
    ],
)
def test_what_always_holds_is_set_aside_by_nobody(house: House, rule: str) -> None:
    with pytest.raises(Refused, match=r"always holds|no rule called"):
        aside(house.stay(), rule, house, "assistant_manager")


def test_without_a_word_of_consent_nothing_is_set_aside(house: House, smoky: Stay) -> None:
    with pytest.raises(Refused, match="who agreed") as no:
        aside(smoky, SMOKING, house, why="  ")
    assert no.value.field == "why"
    with pytest.raises(Refused, match="Too long"):
        aside(smoky, SMOKING, house, why="x" * 121)


def test_who_has_left_needs_no_rule(house: House) -> None:
    with pytest.raises(Refused, match="Nobody is placed any more"):
        aside(house.stay(status=Status.CHECKED_OUT, arrival=-2), SMOKING, house)


@pytest.mark.both_engines
def test_the_second_of_two_is_told_who_was_faster(house: House, smoky: Stay) -> None:
    aside(smoky, SMOKING, house)
    with pytest.raises(Conflict, match="Front Desk Agent was faster"):
        aside(smoky, SMOKING, house, "shift_leader")
    with pytest.raises(Conflict, match="just set this rule aside"), work():
        overriding.record(smoky, SMOKING, "again", by=house.user(), now=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["place"]))
def test_other_roles_set_nothing_aside(house: House, role: Role) -> None:
    stay = house.stay(needs="non_smoking")
    with pytest.raises(NotAllowed):
        aside(stay, SMOKING, house, role.value)
    with pytest.raises(NotAllowed):
        overriding.hold_again(stay, SMOKING, by=house.user(role.value), now=NOON)


@pytest.mark.parametrize("role", sorted(access.ALLOWED["place"] - access.ALLOWED["override_house_rule"]))
def test_what_the_house_promised_its_vips_is_not_the_desks_to_give_up(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        aside(house.stay(vip_level=1), "vip_sees_the_city", house, role.value)


def test_the_rules_that_speak_for_a_guest_are_listed_with_their_word_on_his_room(house: House) -> None:
    stay = house.stay(room="1201", wishes="lake_view", needs="king")
    found = {each.rule.name: each for each in overriding.in_force(stay)}
    assert {"beds_as_needed", "wish_lake_view"} <= set(found) and KEPT_APART not in found
    assert not found["wish_lake_view"].good and found["beds_as_needed"].good
    aside(stay, "wish_lake_view", house)
    assert "wish_lake_view" not in {each.rule.name for each in overriding.in_force(stay)}


def test_the_database_takes_no_override_without_a_reason(house: House, smoky: Stay) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.insert(RuleOverride).values(stay_id=smoky.id, rule="x", why="", at=NOON, by_id=1))
