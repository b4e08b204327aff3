"""What is never broken without the guest's recorded consent."""

from __future__ import annotations

from pms.assignment.facts import House, RoomFacts, StayFacts, keep_apart_conflict
from pms.assignment.rules import must
from pms.say import Say, say


@must(source="P2")
def type_is_as_agreed(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if room.type_id != stay.type_id:
        return say("{room} is of another type ({type}).", room=room.number, type=room.type_code)
    return None


@must(source="DESIGN 5")
def free_on_every_night(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if not house.is_free(room, stay):
        return say("{room} is not free on every night.", room=room.number)
    return None


@must(source="P2")
def large_enough(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if stay.persons > room.capacity:
        return say(
            "{room} sleeps {capacity}, they are {persons}.",
            room=room.number,
            capacity=room.capacity,
            persons=stay.persons,
        )
    return None


@must(source="P13")
def accessible_when_needed(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if "accessible" in stay.needs and not room.accessible:
        return say("{room} is not accessible.", room=room.number)
    return None


@must(source="P2 need")
def smoking_as_needed(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if "non_smoking" in stay.needs and room.smoking:
        return say("{room} is a smoking room.", room=room.number)
    if "smoking" in stay.needs and not room.smoking:
        return say("{room} is a non-smoking room.", room=room.number)
    return None


@must(source="P2 need")
def beds_as_needed(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    wanted = stay.needs & {"king", "twin"}
    if wanted and room.beds not in wanted:
        return say("{room} has other beds.", room=room.number)
    return None


@must(source="P1")
def held_back_rooms_wait(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if room.held_back and not stay.vip_level:
        return say("{room} is held back: {why}.", room=room.number, why=room.held_back)
    return None


@must(source="P15")
def kept_apart_on_other_floors(stay: StayFacts, room: RoomFacts, house: House) -> Say | None:
    if stay.keep_apart:
        for other in house.by_floor.get(room.floor, ()):
            if keep_apart_conflict(stay.keep_apart, other.keep_apart) and other.slots & stay.slots:
                return say("Floor {floor}: guests who are kept apart would meet.", floor=room.floor)
    return None
