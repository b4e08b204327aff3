"""What suits a kind of guest."""

from __future__ import annotations

from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.assignment.rules import Tier, Word, met, missed, prefer
from pms.assignment.rules.wishes import FAR, HIGH, LOW, NEAR
from pms.say import say

ELDERLY = 70


@prefer(Tier.PROMISE, weight=50, source="P1")
def vip_has_the_best_room(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """Condition, quiet and view of the room, in this order."""
    if not stay.vip_level:
        return None
    lack = 0.5 * (100 - room.condition) / 100 + 0.3 * (100 - room.quiet) / 100 + (0.0 if room.view == "city" else 0.2)
    if lack < 0.25:
        return met(say("One of the best rooms of the type: condition {points} of 100.", points=room.condition))
    return missed(
        say("Not among the best rooms of the type: condition {points} of 100.", points=room.condition), by=lack
    )


@prefer(Tier.PROMISE, weight=60, source="P13")
def disabled_guest_is_near_the_lift(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """An accessible room, or else a low floor near the lift."""
    if "disabled" not in stay.needs and "accessible" not in stay.needs:
        return None
    if room.accessible:
        return met(say("An accessible room."))
    if room.height <= LOW and room.lift_distance <= NEAR:
        return met(say("A low floor near the lift."))
    return missed(say("Neither accessible nor low and near the lift."))


@prefer(Tier.SUITS, weight=25, source="P11")
def business_guest_works_in_peace(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if not stay.company or stay.group_id:
        return None
    if room.business_floor:
        return met(say("On the business floor."))
    if any(n.group_id is not None and n.slots & stay.slots for n in house.by_floor.get(room.floor, ())):
        return missed(say("A group stays on this floor."))
    return missed(say("Not on the business floor."), by=0.6)


@prefer(Tier.SUITS, weight=15, source="P12")
def leisure_guest_has_something_to_see(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if stay.company or stay.group_id or stay.vip_level:
        return None
    points = (room.height >= HIGH) + (room.view in ("city", "lake")) + room.renovated
    if points >= 2:
        return met(say("High, newly done or with a view."))
    return missed(say("A plain room for a leisure guest."), by=1 - points / 2)


@prefer(Tier.SUITS, weight=30, source="P13")
def elderly_guest_is_low_and_quiet(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if stay.age is None or stay.age < ELDERLY:
        return None
    lacks = (room.height > LOW) + (room.quiet < 60) + (room.lift_distance < FAR)
    if not lacks:
        return met(say("Low floor, quiet, away from the lift."))
    return missed(say("Not low, quiet and away from the lift."), by=lacks / 3)


@prefer(Tier.SUITS, weight=35, source="P14")
def newly_weds_have_a_room_to_remember(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """An 02 room high up with city view, or else a king room with a good number: either one satisfies."""
    if stay.party != "newly_weds":
        return None
    if room.number.endswith("02") and room.height >= HIGH and room.view == "city":
        return met(say("A high 02 room with city view for the newly-weds."))
    if room.beds == "king" and room.number[-1:] in "689":
        return met(say("A king room with a good number for the newly-weds."))
    return missed(say("No special room for newly-weds."))


@prefer(Tier.SUITS, weight=20, source="P17")
def walk_in_sees_the_house_at_its_best(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if not stay.walk_in:
        return None
    lack = 0.5 * (1 - room.height) + 0.5 * (100 - room.condition) / 100
    if lack < 0.35:
        return met(say("High and in good condition."))
    return missed(say("Not high or not in the best condition."), by=lack)
