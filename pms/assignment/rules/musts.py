"""What is never broken without the guest's recorded consent."""

from __future__ import annotations

from pms.assignment.facts import CLEAN, House, RoomFacts, StayFacts, keep_apart_conflict, shared_nights
from pms.assignment.rules import must
from pms.say import Say, say

NAMED_NEEDS = frozenset({"accessible", "smoking", "non_smoking", "king", "twin"})


@must(
    title=say("The room is of the type that was agreed"),
    source="P2",
    always=True,
    stay=("ok_types",),
    room=("type_id",),
)
def type_is_as_agreed(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    """The type booked, or one the guest or the authority agreed to (P7)."""
    if room.type_id not in stay.ok_types:
        return say("{room} is of another type ({type}).", room=room.number, type=room.type_code)
    return None


@must(title=say("The room is free on every night"), source="DESIGN 5", always=True, situation=True)
def free_on_every_night(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if not house.is_free(room, stay):
        return say("{room} is not free on every night.", room=room.number)
    return None


@must(title=say("The room is large enough"), source="P2", always=True, stay=("persons",), room=("capacity",))
def large_enough(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if stay.persons > room.capacity:
        return say(
            "{room} sleeps {capacity}, they are {persons}.",
            room=room.number,
            capacity=room.capacity,
            persons=stay.persons,
        )
    return None


@must(
    title=say("Accessible room for who needs it"),
    source="P13",
    who=lambda stay, house: "accessible" in stay.needs,
    room=("features",),
)
def accessible_when_needed(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if "accessible" not in room.features:
        return say("{room} is not accessible.", room=room.number)
    return None


@must(
    title=say("Smoking or non-smoking as needed"),
    source="P2 need",
    who=lambda stay, house: bool(stay.needs),
    stay=("needs",),
    room=("features",),
)
def smoking_as_needed(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if "non_smoking" in stay.needs and "non_smoking" not in room.features:
        return say("{room} is a smoking room.", room=room.number)
    if "smoking" in stay.needs and "smoking" not in room.features:
        return say("{room} is a non-smoking room.", room=room.number)
    return None


@must(
    title=say("Beds as needed"),
    source="P2 need",
    who=lambda stay, house: bool(stay.needs),
    stay=("needs",),
    room=("features",),
)
def beds_as_needed(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if (stay.needs & {"king", "twin"}) - room.features:
        return say("{room} has other beds.", room=room.number)
    return None


@must(
    title=say("Other needs are met"),
    source="P2 need",
    who=lambda stay, house: not stay.needs <= NAMED_NEEDS,
    stay=("needs",),
    room=("features",),
)
def other_needs_are_met(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    lacking = sorted(stay.needs - NAMED_NEEDS - room.features)
    if lacking:
        return say("{room} lacks what is needed: {needs}.", room=room.number, needs=", ".join(lacking))
    return None


@must(
    title=say("Rooms held back are for VIPs"),
    source="P1",
    who=lambda stay, house: "vip" not in stay.kinds,
    room=("held_back",),
)
def held_back_rooms_wait(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if room.held_back:
        return say("{room} is held back: {why}.", room=room.number, why=room.held_back)
    return None


@must(
    title=say("A room the guest has refused is not offered again"),
    source="P6",
    who=lambda stay, house: bool(stay.refused_rooms),
    named="refused_rooms",
)
def refused_room_is_not_offered_again(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if room.number in stay.refused_rooms:
        return say("The guest has refused {room}.", room=room.number)
    return None


@must(
    title=say("Who comes before noon gets a clean room"),
    source="C10",
    who=lambda stay, house: stay.early and house.arrives_today(stay),
    room=("state",),
)
def ready_for_an_early_guest(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    """Who comes before noon today cannot wait for a room that is not clean."""
    if room.state != CLEAN:
        return say("{room} is not clean, and {guest} comes before noon.", room=room.number, guest=stay.guest)
    return None


@must(
    title=say("Guests kept apart are on different floors"),
    source="P15",
    situation=True,
    who=lambda stay, house: bool(stay.keep_apart),
)
def kept_apart_on_other_floors(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    for other in house.tagged.get(room.floor, ()):
        if keep_apart_conflict(stay.keep_apart, other.keep_apart) and shared_nights(other.slots, stay.slots):
            return say("Floor {floor}: guests who are kept apart would meet.", floor=room.floor)
    return None
