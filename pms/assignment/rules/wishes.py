"""What the guest asked for, and numbers that are shunned or liked (P2, P5, P16)."""

from __future__ import annotations

from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.assignment.rules import Tier, Wishing, Word, met, missed, prefer
from pms.say import Say, say

# wish -> (points when it is not met, the wish in words, what is said when it is, what is said when not)
WISHES: dict[str, tuple[int, Say, Say, Say]] = {
    "non_smoking": (80, say("non-smoking"), say("Non-smoking, as asked."), say("A smoking room.")),
    "smoking": (60, say("smoking"), say("A smoking room, as asked."), say("Not a smoking room.")),
    "king": (60, say("king"), say("A king bed, as asked."), say("No king bed.")),
    "twin": (60, say("twin"), say("Two beds, as asked."), say("No twin beds.")),
    "accessible": (60, say("accessible"), say("Accessible, as asked."), say("Not accessible.")),
    "far_from_lift": (30, say("far from the lift"), say("Far from the lift, as asked."), say("Not far from the lift.")),
    "near_lift": (30, say("near the lift"), say("Near the lift, as asked."), say("Not near the lift.")),
    "high": (30, say("high floor"), say("High floor, as asked."), say("Not a high floor.")),
    "low": (30, say("low floor"), say("Low floor, as asked."), say("Not a low floor.")),
    "quiet": (30, say("quiet"), say("Quiet, as asked."), say("Not one of the quiet rooms.")),
    "city_view": (30, say("city view"), say("City view, as asked."), say("No city view.")),
    "lake_view": (30, say("lake view"), say("Lake view, as asked."), say("No lake view.")),
    "even": (20, say("even number"), say("An even number, as asked."), say("Not an even number.")),
    "tub": (25, say("bath tub"), say("With a bath tub, as asked."), say("No bath tub.")),
}


def _register(wish: str, points: int, word: Say, yes: Say, no: Say) -> None:
    def is_met(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
        return met(yes) if wish in room.features else missed(no, points)

    title, who = say("Wish: {wish}", wish=word), Wishing(wish)
    prefer(Tier.WISH, title=title, source="P2", points=points, name=f"wish_{wish}", who=who, room=("features",))(is_met)


for _wish, _said in WISHES.items():
    _register(_wish, *_said)


@prefer(
    Tier.WISH,
    title=say("The very room that was asked for"),
    source="P2",
    points=50,
    who=lambda stay, house: bool(stay.wanted_room),
    named="wanted_room",
)
def the_very_room_asked_for(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    if room.number == stay.wanted_room:
        return met(say("The room they asked for."))
    return missed(say("They asked for {room}.", room=stay.wanted_room), points)


@prefer(
    Tier.WISH,
    title=say("Shunned numbers are avoided"),
    source="P16",
    points=40,
    who=lambda stay, house: bool(stay.taboo),
    stay=("taboo",),
    room=("number",),
)
def shunned_numbers_are_avoided(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    """A shunned number counts wherever it stands in the room number, the floor's part included."""
    found = [number for number in stay.taboo if number in room.number]
    if found:
        return missed(say("The number {number} is shunned.", number=found[0]), points * len(found))
    return met(say("A number without {numbers}.", numbers=", ".join(stay.taboo)))


@prefer(
    Tier.SUITS,
    title=say("Numbers a guest likes are a plus"),
    source="P16",
    points=6,
    who=lambda stay, house: bool(stay.liked),
    stay=("liked",),
    room=("number",),
)
def liked_numbers_are_a_plus(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    for number in stay.liked:
        if number in room.number:
            return met(say("A number with {number}, which they like.", number=number))
    return missed(say("None of the numbers they like."), points)


@prefer(
    Tier.SUITS,
    title=say("The room of last time"),
    source="P5",
    points={"other_floor": 15, "same_floor": 7},
    who=lambda stay, house: bool(stay.past_rooms),
    named="past_rooms",
)
def the_room_of_last_time(stay: StayFacts, room: RoomFacts, house: House, *, other_floor: int, same_floor: int) -> Word:
    """Any room they had before; failing that, its floor."""
    if room.number in stay.past_rooms:
        return met(say("They know this room from an earlier stay."))
    last = stay.past_rooms[0]
    if any(past.floor == room.floor for past in house.numbered(stay.past_rooms)):
        return missed(say("Not room {room} of last time, but its floor.", room=last), same_floor)
    return missed(say("Not the room of last time ({room}).", room=last), other_floor)
