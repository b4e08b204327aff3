"""The house's own edition of the placing rules: changed in the settings, and tried on tonight before it is saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from pms import journal
from pms.access import Actor, require
from pms.assignment import engine, queries
from pms.assignment.explaining import asked_and_unmet, reasons
from pms.assignment.facts import Plan, Scored, StayFacts
from pms.assignment.rules.book import RuleBook
from pms.clock import business_date
from pms.errors import Conflict
from pms.reservations.models import Stay
from pms.reservations.status import Status
from pms.say import Say, say

Changes = Mapping[str, Mapping[str, Any]]


class Difference(NamedTuple):
    """A guest of tonight who would have another room; None: none. `why` is what speaks for it."""

    stay: StayFacts
    before: Scored | None
    after: Scored | None
    why: list[Say]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Tonight's arrivals planned twice: by the rules as they are, and as they would be.

    `unmet` and `left_over` are (before, after): promises and wishes that go without, guests without a room.
    """

    guests: int
    differences: list[Difference]
    unmet: tuple[int, int]
    left_over: tuple[int, int]


def fingerprint(changes: Changes) -> str:
    """Names an edition of the rules, so that nobody overwrites one he has not seen."""
    return hashlib.sha256(json.dumps(changes, sort_keys=True).encode()).hexdigest()[:16]


def change_rules(changes: Changes, *, seen: str, by: Actor, now: datetime) -> None:
    """From now on guests are placed by these rules; `seen` is the fingerprint of those that were on the page.

    Raises `Refused` as `RuleBook.from_mapping` does, `Conflict` when somebody else has changed them meanwhile.
    """
    require(by, "manage_property")
    RuleBook.from_mapping(changes)
    was = queries.rule_changes()
    if fingerprint(was) != seen:
        raise Conflict(say("Somebody else has changed the placing rules meanwhile. Look at them again, then save."))
    queries.keep_rule_changes(changes)
    journal.write(by, "change_placing_rules", "setting:placing_rules", now=now, was=was, rules=dict(changes))


def what_if(changes: Changes) -> WhatIf:
    """What the rules would do to tonight's arrivals, all of them placed anew but those whose room is locked."""
    today = business_date()
    stays = _tonight(today)
    book = queries.rule_book()
    before = {placed.stay.id: placed.choice for placed in _plan(stays, book, today).placed}
    after = {placed.stay.id: placed.choice for placed in _plan(stays, RuleBook.from_mapping(changes), today).placed}
    found = [
        Difference(stay, before.get(stay.id), choice, reasons(choice)[:2] if choice else [])
        for stay in sorted(stays, key=engine.place_in_line)
        if _room(choice := after.get(stay.id)) != _room(before.get(stay.id))
    ]
    unmet = tuple(sum(len(asked_and_unmet(one, book)[1]) for one in plan.values()) for plan in (before, after))
    return WhatIf(len(stays), found, (unmet[0], unmet[1]), (len(stays) - len(before), len(stays) - len(after)))


def _tonight(today: date) -> list[StayFacts]:
    arriving = Stay.arrival == today, Stay.status == Status.RESERVED, Stay.do_not_move.is_(False)
    return [replace(stay, held_room=None) for stay in queries.stay_facts(*arriving)]


def _plan(stays: list[StayFacts], book: RuleBook, today: date) -> Plan:
    until = max((stay.departure for stay in stays), default=today)
    return engine.make_plan(queries.house_around(today, until, today, without={s.id for s in stays}), stays, book)


def _room(choice: Scored | None) -> int | None:
    return choice.room.id if choice else None
