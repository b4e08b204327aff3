"""The house's own edition of the catalogue: which rules are on, what they cost, in which tier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pms.assignment.facts import House, Reason, RoomFacts, StayFacts
from pms.assignment.rules import MUSTS, PREFERENCES, Must, Preference, Tier, Word
from pms.errors import Refused
from pms.say import say

MOST_POINTS = 1_000_000


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules that are on, with the points and tiers of this house; without changes the manual's own."""

    musts: tuple[Must, ...] = field(default_factory=lambda: tuple(MUSTS.values()))
    preferences: Mapping[str, Preference] = field(default_factory=lambda: dict(PREFERENCES))

    @classmethod
    def from_mapping(cls, changes: Mapping[str, Mapping[str, Any]]) -> RuleBook:
        """`{"clean_rooms_first": {"on": False}, "family_connects": {"tier": 2, "points": {"points": 70}}}`.

        Raises `Refused` with a sentence for an unknown rule or name, for points that are no whole number of 0 or more,
        for a tier that is not 1 to 4, and when a rule that always holds is switched off.
        """
        for name, change in changes.items():
            _check(name, change)
        off = {name for name, change in changes.items() if not change.get("on", True)}
        return cls(
            musts=tuple(rule for name, rule in MUSTS.items() if name not in off),
            preferences={
                name: _changed(rule, changes.get(name, {})) for name, rule in PREFERENCES.items() if name not in off
            },
        )

    def points(self, rule: str, name: str = "points") -> int:
        """What a miss costs; 0 when the rule is off."""
        found = self.preferences.get(rule)
        return found.points[name] if found else 0

    def tier(self, rule: str) -> Tier:
        found = self.preferences.get(rule) or PREFERENCES[rule]
        return found.tier

    def refusals(self, stay: StayFacts, room: RoomFacts, house: House) -> Iterator[Reason]:
        """Every must that forbids the room."""
        for rule in self.musts:
            if rule.name in stay.set_aside:
                continue
            if rule.reads.who(stay, house) and (sentence := rule.check(stay, room, house)):
                yield Reason(rule.source, sentence, rule.name)

    def words(self, stay: StayFacts, room: RoomFacts, house: House) -> Iterator[tuple[Preference, Word]]:
        """What the preferences have to say of giving the room to the stay now."""
        for rule in self.preferences.values():
            if rule.name in stay.set_aside:
                continue
            if rule.reads.who(stay, house) and (word := rule.judge(stay, room, house, **rule.points)):
                yield rule, word

    def without_room(self, stay: StayFacts, house: House) -> int:
        """What it costs in tier 0 to leave the stay without a room."""
        rule = self.preferences["everybody_has_a_room"]
        word = rule.judge(stay, None, house, **rule.points)
        return word.points if word else 0


MANUAL = RuleBook()


def _changed(rule: Preference, change: Mapping[str, Any]) -> Preference:
    points = {**rule.points, **change.get("points", {})}
    return replace(rule, tier=Tier(change.get("tier", rule.tier)), points=points)


def _check(name: str, change: Mapping[str, Any]) -> None:
    rule = PREFERENCES.get(name)
    if rule is None:
        _check_must(name, change)
        return
    if rule.tier is Tier.ROOM and (change.get("tier", 0) != 0 or not change.get("on", True)):
        raise Refused(say("That everybody has a room comes first and is always on."))
    if rule.tier is not Tier.ROOM and change.get("tier", 1) not in (1, 2, 3, 4):
        raise Refused(say("A tier is 1 to 4; {rule} has {tier}.", rule=name, tier=change["tier"]))
    for key, value in change.get("points", {}).items():
        if key not in rule.points:
            raise Refused(say("{rule} has no points called {name}.", rule=name, name=key))
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_POINTS:
            raise Refused(say("The points of {rule} are a whole number from 0 to {most}.", rule=name, most=MOST_POINTS))


def _check_must(name: str, change: Mapping[str, Any]) -> None:
    found = MUSTS.get(name)
    if found is None:
        raise Refused(say("There is no rule called {rule}.", rule=name))
    if found.always and not change.get("on", True):
        raise Refused(say("{rule} always holds and cannot be switched off.", rule=name))
