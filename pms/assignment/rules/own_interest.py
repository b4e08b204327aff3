"""The house's own interest: rooms ready now, gaps that can still be sold, the best rooms kept for whom they suit."""

from __future__ import annotations

from pms.assignment.facts import DIRTY, PEAK, House, RoomFacts, StayFacts
from pms.assignment.rules import Tier, Word, met, missed, prefer
from pms.say import say

GOOD = 70  # quality from which a room is worth keeping


@prefer(
    Tier.ROOM,
    title=say("Everybody has a room"),
    source="P4",
    points={"anybody": 20_000, "by_priority": 4_000},
    situation=True,
)
def everybody_has_a_room(
    stay: StayFacts, room: RoomFacts | None, house: House, *, anybody: int, by_priority: int
) -> Word | None:
    """What it costs to leave a guest without any; VIPs, needs, groups and regulars come first (P5)."""
    if room is not None:
        return None
    return missed(say("{guest} has no room.", guest=stay.guest), anybody + by_priority * stay.priority)


@prefer(
    Tier.HOUSE,
    title=say("Clean rooms first"),
    source="P18",
    points={"dirty": 8, "due_out": 4},
    who=lambda stay, house: house.arrives_today(stay),
    room=("state",),
)
def clean_rooms_first(stay: StayFacts, room: RoomFacts, house: House, *, dirty: int, due_out: int) -> Word:
    if room.clean:
        return met(say("Clean and ready."))
    if room.state == DIRTY:
        return missed(say("Not clean yet."), dirty)
    return missed(say("Its guest leaves today; to be cleaned after that."), due_out)


@prefer(
    Tier.HOUSE,
    title=say("Upgrades are not given away"),
    source="P7",
    points={"per_rung": 40, "per_rung_regular_in_peak": 10},
    stay=("rank", "regular"),
    room=("rank", "type_code"),
)
def upgrades_are_not_given_away(
    stay: StayFacts, room: RoomFacts, house: House, *, per_rung: int, per_rung_regular_in_peak: int
) -> Word | None:
    """In peak season regulars climb the ladder first (P8)."""
    rungs = room.rank - stay.rank
    if rungs <= 0:
        return None
    a_rung = per_rung_regular_in_peak if stay.regular and house.season == PEAK else per_rung
    return missed(say("An upgrade to {type} at no charge.", type=room.type_code), a_rung * rungs)


@prefer(
    Tier.HOUSE,
    title=say("The type that was booked"),
    source="P7",
    points=50,
    stay=("rank", "type_id", "type_code"),
    room=("rank", "type_id"),
)
def the_type_that_was_booked(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
    """Another type of the same rank or below."""
    if room.type_id == stay.type_id or room.rank > stay.rank:
        return None
    return missed(say("{type} instead of the type that was booked.", type=room.type_code), points)


@prefer(
    Tier.HOUSE,
    title=say("The best rooms are kept for VIPs and walk-ins"),
    source="P17",
    points={"per_two_points": 1},
    who=lambda stay, house: stay.kinds <= {"group"},
    room=("quality",),
)
def best_rooms_are_kept(stay: StayFacts, room: RoomFacts, house: House, *, per_two_points: int) -> Word | None:
    """Rooms in the best condition are kept for VIPs and walk-ins (P1)."""
    lack = per_two_points * (room.quality - GOOD) // 2
    return missed(say("One of the best rooms, kept for VIPs and walk-ins."), lack) if lack > 0 else None


@prefer(
    Tier.HOUSE,
    title=say("Accessible rooms are kept for who needs them"),
    source="C8",
    points=5,
    stay=("kinds", "needs"),
    room=("kept_for",),
)
def rooms_are_kept_for_who_needs_them(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
    if not room.kept_for or room.kept_for in stay.needs or "disabled" in stay.kinds:
        return None
    return missed(say("An accessible room, kept for those who need it."), points)


@prefer(
    Tier.WISH,
    title=say("A room that was given is kept"),
    source="X2",
    points=30,
    who=lambda stay, house: stay.held_room is not None,
    situation=True,
)
def a_room_given_is_kept(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    """A change behind the desk's back costs keys and papers that are ready; a promise is worth it, a nuance is not."""
    if room.id == stay.held_room:
        return met(say("Stays in the room given before."))
    return missed(say("Not the room given before."), points)


@prefer(
    Tier.HOUSE,
    title=say("Gaps stay sellable"),
    source="P4",
    points={"one_night": 12, "two_nights": 6, "three_nights": 3},
    situation=True,
)
def gaps_stay_sellable(
    stay: StayFacts, room: RoomFacts, house: House, *, one_night: int, two_nights: int, three_nights: int
) -> Word | None:
    """Best fit: no few nights are left over between two stays, which nobody buys. Filling such a gap is a gain."""
    before, after = house.idle_nights(room, stay)
    price = {1: one_night, 2: two_nights, 3: three_nights}
    left = price.get(before, 0) + price.get(after, 0) - price.get(before + stay.nights + after, 0)
    if before <= 0 and after <= 0:
        return met(say("Fills the gap between two stays."), left)
    if left > 0:
        return missed(say("Leaves a short gap in this room."), left)
    return met(say("Shortens a gap in this room."), left) if left else None
