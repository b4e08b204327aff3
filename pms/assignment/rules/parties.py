"""A party against its rooms (P1, P3, P9, P10): what one more room adds to those its people have already.

Added up over the members, in whatever order, it is what the plan costs: one price for each floor beyond the first.
"""

from __future__ import annotations

from pms.assignment.facts import LOW_SEASON, House, RoomFacts, StayFacts, numbers_of, shared_nights
from pms.assignment.rules import Tier, Who, Word, met, missed, prefer
from pms.say import Say, say


def _one_floor(title: Say, kind: str, tier: Tier, source: str, name: str, points: int, yes: Say, no: str) -> None:
    """Register the rule that a party of this kind is spread over as few floors as possible."""

    def on_one_floor(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
        for party in stay.parties:
            floors = {mate.room.floor for mate in house.mates(party)} if party.kind == kind else None
            if floors:
                return met(yes) if room.floor in floors else missed(Say(no, {"floor": min(floors)}), points)
        return None

    def who(stay: StayFacts, house: House) -> bool:
        return any(party.kind == kind for party in stay.parties)

    prefer(tier, title=title, source=source, points=points, name=name, who=who, situation=True)(on_one_floor)


SPLIT = {  # kind of party -> the rule that keeps it on one floor
    "vip": "entourage_is_on_the_vips_floor",
    "family": "family_is_on_one_floor",
    "group": "group_is_on_one_floor",
    "company": "company_is_on_one_floor",
    "colleagues": "colleagues_are_on_one_floor",
    "booking": "one_booking_is_on_one_floor",
}
UNCONNECTED = {"family": "family_connects", "colleagues": "colleagues_connect"}  # kind -> the rule of its door

_with_them = say("On the floor of their party."), say("Not on floor {floor} with their party.").text
_with_group = say("On the floor of the group."), say("Not on floor {floor} with the group.").text
_one_floor(say("The entourage is on its VIP's floor"), "vip", Tier.PROMISE, "P1", SPLIT["vip"], 80, *_with_them)
_one_floor(say("A family is on one floor"), "family", Tier.SUITS, "P10", SPLIT["family"], 60, *_with_them)
_one_floor(say("A group is on one floor"), "group", Tier.SUITS, "P3", SPLIT["group"], 30, *_with_group)
_one_floor(
    say("People of one company are on one floor"), "company", Tier.SUITS, "P11", SPLIT["company"], 25, *_with_them
)
_one_floor(say("Colleagues are on one floor"), "colleagues", Tier.SUITS, "P10", SPLIT["colleagues"], 25, *_with_them)
_one_floor(say("One booking is on one floor"), "booking", Tier.SUITS, "P10", SPLIT["booking"], 25, *_with_them)


def _is_pair(kind: str) -> Who:
    return lambda stay, house: any(party.kind == kind and party.size == 2 for party in stay.parties)


def _connects(stay: StayFacts, room: RoomFacts, house: House, kind: str, points: int) -> Word | None:
    mates = [mate for party in stay.parties if party.kind == kind for mate in house.mates(party)]
    if not mates:
        return None
    behind = [mate.room for mate in mates if house.connects(room, mate.room)]
    if behind:
        return met(say("Connects with {rooms}.", rooms=numbers_of(behind)))
    return missed(say("{a} and {b} do not connect.", a=room.number, b=mates[0].room.number), points)


@prefer(
    Tier.PROMISE,
    title=say("Two rooms of a family connect"),
    source="P9",
    points=50,
    who=_is_pair("family"),
    situation=True,
)
def family_connects(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
    """Two rooms of a family open into each other."""
    return _connects(stay, room, house, "family", points)


@prefer(
    Tier.SUITS,
    title=say("Two colleagues have a door between them"),
    source="P9",
    points=20,
    who=_is_pair("colleagues"),
    situation=True,
)
def colleagues_connect(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
    """Two colleagues who came together have a door between their rooms."""
    return _connects(stay, room, house, "colleagues", points)


@prefer(
    Tier.SUITS,
    title=say("Strangers do not share a connecting door in low season"),
    source="P9",
    points={"per_night": 5},
    who=lambda stay, house: house.season == LOW_SEASON,
    situation=True,
)
def strangers_do_not_share_a_door(stay: StayFacts, room: RoomFacts, house: House, *, per_night: int) -> Word | None:
    """In low season both sides of a connecting door are not sold to strangers: sound carries."""
    strangers = house.strangers_behind_doors(room, stay)
    nights = sum(shared_nights(n.slots, stay.slots) for n in strangers)
    if not nights:
        return None
    return missed(
        say("A stranger stays behind the connecting door to {room}.", room=strangers[0].room.number),
        per_night * nights,
    )
