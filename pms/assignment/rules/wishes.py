"""What the guest asked for, and numbers that are shunned or liked (P2, P5, P16)."""

from __future__ import annotations

from collections.abc import Callable

from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.assignment.rules import Tier, Word, met, missed, prefer
from pms.say import Say, say

LOW, HIGH = 1 / 3, 2 / 3
NEAR, FAR = 2, 6  # doors to the lift

# wish -> (does the room meet it, what is said when it does, what is said when not)
SIMPLE: dict[str, tuple[Callable[[RoomFacts], bool], Say, Say]] = {
    "high": (lambda r: r.height >= HIGH, say("High floor, as asked."), say("Not a high floor.")),
    "low": (lambda r: r.height <= LOW, say("Low floor, as asked."), say("Not a low floor.")),
    "quiet": (lambda r: r.quiet >= 60, say("Quiet, as asked."), say("Not one of the quiet rooms.")),
    "near_lift": (lambda r: r.lift_distance <= NEAR, say("Near the lift, as asked."), say("Not near the lift.")),
    "far_from_lift": (
        lambda r: r.lift_distance >= FAR,
        say("Far from the lift, as asked."),
        say("Not far from the lift."),
    ),
    "city_view": (lambda r: r.view == "city", say("City view, as asked."), say("No city view.")),
    "lake_view": (lambda r: r.view == "lake", say("Lake view, as asked."), say("No lake view.")),
    "tub": (lambda r: r.bath in ("tub", "both"), say("With a bath tub, as asked."), say("No bath tub.")),
    "non_smoking": (lambda r: not r.smoking, say("Non-smoking, as asked."), say("A smoking room.")),
    "even": (lambda r: r.number[-1:] in "02468", say("An even number, as asked."), say("Not an even number.")),
    "twin": (lambda r: r.beds == "twin", say("Two beds, as asked."), say("No twin beds.")),
    "king": (lambda r: r.beds == "king", say("A king bed, as asked."), say("No king bed.")),
}


@prefer(Tier.WISH, weight=40, source="P2")
def wishes_are_met(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """All simple wishes together: the share that is not met counts."""
    known = [SIMPLE[wish] for wish in stay.wishes if wish in SIMPLE]
    if not known:
        return None
    unmet = [bad for fits, _, bad in known if not fits(room)]
    if unmet:
        return missed(unmet[0], by=len(unmet) / len(known))
    return met(known[0][1])


@prefer(Tier.WISH, weight=60, source="P2")
def the_very_room_asked_for(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    wanted = [wish[5:] for wish in stay.wishes if wish.startswith("room:")]
    if not wanted:
        return None
    if room.number in wanted:
        return met(say("The room they asked for."))
    return missed(say("They asked for {room}.", room=wanted[0]))


@prefer(Tier.WISH, weight=50, source="P16")
def shunned_numbers_are_avoided(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """A shunned number counts as the end of the room number or as its floor."""
    if not stay.taboo:
        return None
    for number in stay.taboo:
        if room.number.endswith(number) or str(room.floor) == number:
            return missed(say("The number {number} is shunned.", number=number))
    return met(say("A number without {numbers}.", numbers=", ".join(stay.taboo)))


@prefer(Tier.SUITS, weight=40, source="P5")
def the_room_of_last_time(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if not stay.last_room:
        return None
    if room.number == stay.last_room:
        return met(say("The same room as last time."))
    return missed(say("Not the room of last time ({room}).", room=stay.last_room))
