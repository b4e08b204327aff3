"""The house's own interest: rooms ready now, gaps that can still be sold, the best rooms kept for whom they suit."""

from __future__ import annotations

from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.assignment.rules import Tier, Word, met, missed, prefer
from pms.say import say


@prefer(Tier.HOUSE, weight=20, source="P18")
def clean_rooms_first(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    if room.clean:
        return met(say("Clean and ready."))
    return missed(say("Not clean yet."))


@prefer(Tier.HOUSE, weight=15, source="assignment.md")
def gaps_stay_sellable(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """Best fit: a room whose free time the stay fills, so that no single night is left over that nobody buys."""
    before, after = house.idle_nights(room, stay)
    if before == 0 and after == 0:
        return met(say("Fills the gap between two stays."))
    lost = sum(1.0 if gap == 1 else 0.5 if gap == 2 else 0.0 for gap in (before, after))
    if lost:
        return missed(say("Leaves a short gap in this room."), by=min(1.0, 0.5 + lost / 2))
    return missed(say("Opens a room that was free longer."), by=0.02 * (min(before, 7) + min(after, 7)))


@prefer(Tier.HOUSE, weight=10, source="P1")
def best_rooms_are_kept(stay: StayFacts, room: RoomFacts, house: House) -> Word | None:
    """Rooms in the best condition are kept for VIPs and walk-ins, accessible ones for those who need them."""
    if stay.vip_level or stay.walk_in:
        return None
    if room.accessible and not stay.needs & {"accessible", "disabled"}:
        return missed(say("An accessible room, kept for those who need it."))
    if room.condition >= 85:
        return missed(say("One of the best rooms, kept for VIPs and walk-ins."), by=(room.condition - 80) / 20)
    return None
