"""The house as it stands, for giving rooms one guest after another: all rooms priced at once, who is where included.

What `pricing.py` says of guest against room, and on top of it the rules of the situation: free nights, gaps, the floors
of the party, connecting doors, guests kept apart. Like there the scalar rules are the law and a test compares the two.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pms.assignment.facts import (
    LOW_SEASON,
    NO_NEIGHBOUR,
    House,
    RoomFacts,
    StayFacts,
    keep_apart_conflict,
    shared_nights,
)
from pms.assignment.pricing import Bools, Columns, Ints, Pricing
from pms.assignment.rules.book import RuleBook
from pms.assignment.rules.parties import SPLIT, UNCONNECTED


class Offered(NamedTuple):
    """For every room in the order of `Standing.rooms`: may the stay have it, its points by tier, idle nights beside."""

    allowed: Bools
    cost: Ints
    idle: Ints


class Standing:
    """A house with its prices. Follows the house: ask again after somebody was settled in it."""

    def __init__(self, house: House, book: RuleBook) -> None:
        self.house, self.book = house, book
        self.rooms = tuple(sorted(house.rooms.values(), key=lambda room: (len(room.number), room.number)))
        self.columns = Columns(self.rooms)
        self.pricing = Pricing(house, book, self.columns)
        self._place = {room.id: place for place, room in enumerate(self.rooms)}

    def ranked(self, stay: StayFacts) -> list[RoomFacts]:
        """Every room no must forbids, best first: by tiers, then the tighter gap, then the lower number."""
        offered = self.offered(stay)
        places = np.flatnonzero(offered.allowed)
        keys = (offered.idle[places], *offered.cost[::-1, places])
        return [self.rooms[place] for place in places[np.lexsort(keys)].tolist()]

    def offered(self, stay: StayFacts) -> Offered:
        allowed, cost = self.pricing.one(stay)
        allowed &= self._free(stay)
        before, after = self._idle(stay, np.flatnonzero(allowed))
        if stay.keep_apart and any(rule.name == "kept_apart_on_other_floors" for rule in self.book.musts):
            allowed &= ~np.isin(self.columns.floor, self._floors_to_avoid(stay))
        self._charge_gaps(stay, before, after, cost)
        self._charge_parties(stay, cost)
        self._charge_change(stay, cost)
        self._charge_strangers(stay, cost)
        return Offered(allowed, cost, before + after)

    def _free(self, stay: StayFacts) -> Bools:
        taken, slots = self.house.taken, stay.slots
        return np.array([not taken.get(room.id, 0) & slots for room in self.rooms])

    def _idle(self, stay: StayFacts, places: NDArray[np.intp]) -> tuple[Ints, Ints]:
        """Idle nights before and behind the stay in the rooms at `places`, where it may go."""
        before, after = np.zeros((2, len(self.rooms)), np.int32)
        for place in places.tolist():
            before[place], after[place] = self.house.idle_nights(self.rooms[place], stay)
        return before, after

    def _charge_gaps(self, stay: StayFacts, before: Ints, after: Ints, cost: Ints) -> None:
        rule = self.book.preferences.get("gaps_stay_sellable")
        if rule is None:
            return
        price = np.zeros(2 * NO_NEIGHBOUR + stay.nights + 1, np.int32)
        price[1:4] = [rule.points[name] for name in ("one_night", "two_nights", "three_nights")]
        cost[rule.tier] += price[before] + price[after] - price[before + stay.nights + after]

    def _charge_parties(self, stay: StayFacts, cost: Ints) -> None:
        for party in stay.parties:
            mates = self.house.mates(party)
            if not mates:
                continue
            if split := self.book.preferences.get(SPLIT[party.kind]):
                here = np.isin(self.columns.floor, [mate.room.floor for mate in mates])
                cost[split.tier, ~here] += split.points["points"]
            door = self.book.preferences.get(UNCONNECTED.get(party.kind, ""))
            if door and party.size == 2:
                behind = {room for mate in mates for room in self.house.connecting.get(mate.room.id, ())}
                connects = np.isin([room.id for room in self.rooms], list(behind))
                cost[door.tier, ~connects] += door.points["points"]

    def _charge_change(self, stay: StayFacts, cost: Ints) -> None:
        rule = self.book.preferences.get("a_room_given_is_kept")
        if rule is not None and stay.held_room is not None:
            cost[rule.tier] += rule.points["points"]
            if (held := self._place.get(stay.held_room)) is not None:
                cost[rule.tier, held] -= rule.points["points"]

    def _charge_strangers(self, stay: StayFacts, cost: Ints) -> None:
        rule = self.book.preferences.get("strangers_do_not_share_a_door")
        if rule is None or self.house.season != LOW_SEASON:
            return
        for room_id in self.house.connecting:
            if room_id in self.house.rooms:
                strangers = self.house.strangers_behind_doors(self.house.rooms[room_id], stay)
                nights = sum(shared_nights(who.slots, stay.slots) for who in strangers)
                cost[rule.tier, self._place[room_id]] += rule.points["per_night"] * nights

    def _floors_to_avoid(self, stay: StayFacts) -> list[int]:
        return [
            floor
            for floor, people in self.house.tagged.items()
            if any(
                keep_apart_conflict(stay.keep_apart, who.keep_apart) and shared_nights(who.slots, stay.slots)
                for who in people
            )
        ]
