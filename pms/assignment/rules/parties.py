"""A stay beside those it came with (P3, P9, P10, P1)."""

from __future__ import annotations

from pms.assignment.facts import House, RoomFacts, StayFacts, numbers_of
from pms.assignment.rules import Tier, Word, met, missed, prefer
from pms.say import say


@prefer(Tier.PROMISE, weight=60, source="P9")
def family_connects(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """Rooms of a family open into each other."""
    if stay.party not in ("family", "colleagues"):
        return None
    mates = house.mates(stay)
    if not mates:  # the first of them takes a room that has a free neighbour
        doors = [house.rooms[i] for i in house.connecting.get(room.id, frozenset())]
        if any(house.is_free(door, stay) for door in doors):
            return met(say("Has a connecting room that is free."))
        return missed(say("No connecting room beside it."), by=0.5)
    if any(house.connects(room, mate.room) for mate in mates):
        return met(
            say("Connects with {rooms}.", rooms=numbers_of(m.room for m in mates if house.connects(room, m.room)))
        )
    return missed(say("{a} and {b} do not connect.", a=room.number, b=mates[0].room.number))


@prefer(Tier.PROMISE, weight=40, source="P1")
def entourage_on_the_same_floor(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if stay.party != "entourage":
        return None
    mates = house.mates(stay)
    if not mates:
        return None
    if any(mate.room.floor == room.floor for mate in mates):
        return met(say("On the floor of their party."))
    return missed(say("Not on floor {floor} with their party.", floor=mates[0].room.floor))


@prefer(Tier.SUITS, weight=30, source="P10")
def one_party_on_one_floor(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if stay.party == "entourage" or stay.group_id:
        return None
    mates = house.mates(stay)
    if not mates:
        return None
    if any(mate.room.floor == room.floor for mate in mates):
        return met(say("On one floor with {rooms}.", rooms=numbers_of(m.room for m in mates[:3])))
    return missed(say("Not on one floor with {room}.", room=mates[0].room.number))


@prefer(Tier.SUITS, weight=30, source="P3")
def group_stays_low_and_together(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if not stay.group_id:
        return None
    floors = [n.room.floor for n in house.by_group.get(stay.group_id, ()) if n.slots & stay.slots]
    if room.floor in floors:
        return met(say("On the floor of the group."))
    if not floors:
        return missed(say("A higher floor than a group needs."), by=room.height) if room.height > 0.5 else None
    return missed(say("Not on floor {floor} with the group.", floor=max(set(floors), key=floors.count)))


@prefer(Tier.SUITS, weight=10, source="P9")
def strangers_do_not_share_a_door(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """In low season both sides of a connecting door are not sold to strangers: sound carries."""
    if not house.low_season:
        return None
    for door in house.connecting.get(room.id, frozenset()):
        for neighbour in house.by_room.get(door, ()):
            if neighbour.slots & stay.slots and neighbour.booking_id != stay.booking_id:
                return missed(say("A stranger stays behind the connecting door to {room}.", room=neighbour.room.number))
    return None
