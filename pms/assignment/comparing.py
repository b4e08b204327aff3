"""Why this room and not that one: two rooms side by side for one guest, what weighs most first (P2, P6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pms.assignment.facts import House, Reason, RoomFacts, StayFacts
from pms.assignment.rules import Preference, Word
from pms.assignment.rules.book import RuleBook
from pms.say import Say, say

Words = Mapping[str, tuple[Preference, Word]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A room beside the one the guest has or would get: the musts that forbid it, where it is worse, where better."""

    room: RoomFacts
    than: RoomFacts | None
    forbidden: tuple[Reason, ...]
    worse: tuple[Reason, ...] = ()
    better: tuple[Reason, ...] = ()

    @property
    def sentences(self) -> list[Say]:
        """What stands against the room; never empty."""
        against = [reason.text for reason in (*self.forbidden, *self.worse)]
        if not against and not self.better and self.than and self.than is not self.room:
            return [say("{room} would do as well as {other}.", room=self.room.number, other=self.than.number)]
        return against or [say("Nothing stands against {room}.", room=self.room.number)]


def compare(house: House, stay: StayFacts, room: RoomFacts, than: RoomFacts | None, book: RuleBook) -> Comparison:
    """`house` is without the stay. Without a room to compare with, all that is missed counts as worse."""
    forbidden = tuple(book.refusals(stay, room, house))
    here = _words(house, stay, room, book)
    there = _words(house, stay, than, book) if than else {}
    found: list[tuple[tuple[int, int], int, Reason]] = []
    for name in {**here, **there}:
        difference = _points(here, name) - _points(there, name)
        if difference:
            rule = (here.get(name) or there[name])[0]
            text = _sentence(here.get(name), there.get(name), than, worse=difference > 0)
            found.append(((rule.tier, -abs(difference)), difference, Reason(rule.source, text, name)))
    found.sort(key=lambda each: each[0])
    worse = tuple(reason for _, difference, reason in found if difference > 0)
    better = tuple(reason for _, difference, reason in found if difference < 0)
    return Comparison(room, than, forbidden, worse, better)


def _words(house: House, stay: StayFacts, room: RoomFacts, book: RuleBook) -> Words:
    return {rule.name: (rule, word) for rule, word in book.words(stay, room, house)}


def _points(words: Words, name: str) -> int:
    return words[name][1].points if name in words else 0


def _sentence(
    here: tuple[Preference, Word] | None, there: tuple[Preference, Word] | None, than: RoomFacts | None, *, worse: bool
) -> Say:
    """The word that makes the difference: of the room itself if it says it, else of the one it is compared with."""
    if here and here[1].good is not worse:
        return here[1].text
    if there and than:
        return say("{room}: {why}", room=than.number, why=there[1].text)
    return here[1].text if here else say("The other room suits better.")
