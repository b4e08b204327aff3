"""One rule set aside for one stay: by name, by who may, with a reason on record (P2, P15). And held again.

A wish or a need stands back with the guest's consent, which the desk writes down; what the house promised its VIPs and
the rooms it holds back only a leader may give up (P1); who is kept apart only the AM may bring together (P15).
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.exc import IntegrityError

from pms import access, clock, journal
from pms.access import Actor
from pms.accounts.models import Name
from pms.assignment import queries
from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.assignment.models import RuleOverride
from pms.assignment.queries_overrides import overrides_of
from pms.assignment.rows import KEPT_APART
from pms.assignment.rules import MUSTS, PREFERENCES, Must, Preference, Tier, title_of
from pms.db import db
from pms.errors import Conflict, Refused
from pms.lengths import check_lengths
from pms.reservations.models import Stay
from pms.reservations.status import STATUS_NAMES, Status
from pms.say import Say, say

NEEDED = {"P15": "override_keep_apart", "P1": "override_house_rule"}
"""By the source of a rule, what one must be allowed; all others stand back with the guest's consent."""
BY_ROOM = "P6"  # a refused room is given after all in Choose room, that one room only


class InForce(NamedTuple):
    """A rule that speaks for a stay and may be set aside. `says` is its word on the guest's room, None without."""

    rule: Must | Preference
    needed: str
    says: Say | None
    good: bool


def override(stay: Stay, rule: str, why: str, *, by: Actor, now: datetime) -> None:
    """The rule does not speak for this stay any more; `why` says who agreed.

    Raises `NotAllowed`, `Refused` for a rule that always holds, without a reason or after departure, `Conflict` when
    somebody else was faster.
    """
    access.require(by, "place")
    _must_stand_back(rule)
    access.require(by, needed(rule))
    if stay.status not in (Status.RESERVED, Status.IN_HOUSE):
        raise Refused(say("Nobody is placed any more: this stay is {status}.", status=STATUS_NAMES[stay.status]))
    if not why.strip():
        raise Refused(say("Write down who agreed, or why."), field="why")
    _must_be_new(stay, rule)
    record(stay, rule, why, by=by, now=now)


def record(stay: Stay, rule: str, why: str, *, by: Actor, now: datetime) -> None:
    """Write down what was agreed; the caller has seen to who may."""
    kept = {"why": why.strip()}
    check_lengths(RuleOverride, kept)
    db.session.add(RuleOverride(stay_id=stay.id, rule=rule, at=now, by_id=by.id, **kept))
    try:
        db.session.flush()
    except IntegrityError as error:  # lost a race: the unit of work is rolled back
        raise Conflict(say("Somebody else has just set this rule aside. Please look at it again.")) from error
    journal.write(by, "override_rule", stay, now=now, rule=rule, title=title_of(rule), **kept)


def hold_again(stay: Stay, rule: str, *, by: Actor, now: datetime) -> None:
    """The rule speaks for this stay again. Raises `Conflict` when it does already."""
    access.require(by, "place")
    access.require(by, needed(rule))
    kept = db.session.get(RuleOverride, (stay.id, rule))
    if kept is None:
        raise Conflict(say("This rule holds for the guest already."))
    db.session.delete(kept)
    db.session.flush()
    journal.write(by, "hold_rule_again", stay, now=now, rule=rule, title=title_of(rule))


def needed(rule: str) -> str:
    """The row of the access table that setting this rule aside takes."""
    found = MUSTS.get(rule) or PREFERENCES.get(rule)
    return NEEDED.get(found.source, "place") if found else "place"


def kind_of(rule: Must | Preference) -> Say:
    """Why the rule speaks for a guest, in a word."""
    if isinstance(rule, Must):
        return say("must")
    return say("promise") if rule.tier is Tier.PROMISE else say("wish")


def in_force(stay: Stay) -> list[InForce]:
    """The rules that speak for the stay and may be set aside, musts first; each with its word on the room he has."""
    facts, house, book = queries.facts_around(stay)
    room = house.rooms.get(stay.room_id or 0)
    rules: list[Must | Preference] = [*book.musts, *book.preferences.values()]
    return [
        InForce(rule, needed(rule.name), *_word(rule, facts, room, house))
        for rule in rules
        if may_stand_back(rule) and rule.name not in facts.set_aside and rule.reads.who(facts, house)
    ]


def may_stand_back(rule: Must | Preference) -> bool:
    """Promises, wishes and the musts that a guest or the AM can waive; what depends on others in the house cannot."""
    if isinstance(rule, Must):
        return not rule.always and rule.source != BY_ROOM and (not rule.reads.situation or rule.name == KEPT_APART)
    return rule.tier in (Tier.PROMISE, Tier.WISH) and not rule.reads.situation


def _word(rule: Must | Preference, stay: StayFacts, room: RoomFacts | None, house: House) -> tuple[Say | None, bool]:
    if room is None:
        return None, True
    if isinstance(rule, Must):
        sentence = rule.check(stay, room, house)
        return sentence, sentence is None
    word = rule.judge(stay, room, house, **rule.points)
    return (word.text, word.good) if word else (None, True)


def _must_stand_back(name: str) -> None:
    found = MUSTS.get(name) or PREFERENCES.get(name)
    if found is None:
        raise Refused(say("There is no rule called {rule}.", rule=name), field="rule")
    if not may_stand_back(found):
        raise Refused(say("This rule always holds: {rule}.", rule=found.title), field="rule")


def _must_be_new(stay: Stay, rule: str) -> None:
    for other in overrides_of(stay.id):
        if other.rule == rule:
            at, who = clock.local(other.at), Name(other.name, other.name_zh)
            raise Conflict(say("{name} was faster: {day}, {time}.", name=who, day=at.date(), time=f"{at:%H:%M}"))
