"""The placing rules as a grid people fill in, and what they typed as changes of the manual's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pms.assignment.rules import MUSTS, PREFERENCES, Must, Preference, Tier
from pms.say import Say, say

TIERS = {
    Tier.ROOM: say("Everybody has a room"),
    Tier.PROMISE: say("Promises"),
    Tier.WISH: say("Wishes"),
    Tier.SUITS: say("What suits a guest"),
    Tier.HOUSE: say("The house's own interest"),
}
POINTS = {
    "points": say("points"),
    "per_two_points": say("for two points of condition"),
    "per_ten_points": say("for ten points of condition"),
    "at_the_top": say("on the top floor"),
    "not_02": say("no 02 room"),
    "not_high": say("not high"),
    "no_view": say("no city view"),
    "no_king": say("no king bed"),
    "no_good_number": say("no good number"),
    "anybody": say("anybody"),
    "by_priority": say("a step of priority"),
    "dirty": say("dirty"),
    "due_out": say("guest still leaving"),
    "per_rung": say("a rung"),
    "per_rung_regular_in_peak": say("a rung, regulars in peak season"),
    "one_night": say("one night"),
    "two_nights": say("two nights"),
    "three_nights": say("three nights"),
    "per_night": say("a night"),
    "other_floor": say("another floor"),
    "same_floor": say("the same floor"),
}


class Points(NamedTuple):
    """One figure of a rule: the name of its field, what it counts, what stands in it, what the manual says."""

    field: str
    label: Say
    text: str
    manual: int


class Line(NamedTuple):
    """A rule of the grid. `always`: nobody switches it off; `tier` is None for a must."""

    name: str
    title: Say
    source: str
    on: bool
    always: bool
    tier: int | None
    points: list[Points]


def musts(changes: Mapping[str, Any], typed: Mapping[str, str] | None = None) -> list[Line]:
    """The rules that forbid a room."""
    return [
        Line(rule.name, rule.title, rule.source, rule.always or _on(rule, changes, typed), rule.always, None, [])
        for rule in MUSTS.values()
    ]


def preferences(changes: Mapping[str, Any], typed: Mapping[str, str] | None = None) -> list[tuple[Tier, list[Line]]]:
    """The rules that weigh a room, by the tier the manual puts them in; what was typed goes before what is saved."""
    return [
        (tier, [_line(rule, changes, typed) for rule in PREFERENCES.values() if rule.tier is tier]) for tier in Tier
    ]


def typed_changes(typed: Mapping[str, str]) -> tuple[dict[str, dict[str, Any]], dict[str, Say]]:
    """What differs from the manual, as `RuleBook.from_mapping` takes it, and mistakes by field."""
    mistakes: dict[str, Say] = {}
    changes = {rule.name: {"on": False} for rule in MUSTS.values() if not rule.always and not typed.get(_switch(rule))}
    for rule in PREFERENCES.values():
        if change := dict(_changed(rule, typed, mistakes)):
            changes[rule.name] = change
    return changes, mistakes


def _line(rule: Preference, changes: Mapping[str, Any], typed: Mapping[str, str] | None) -> Line:
    saved = changes.get(rule.name, {})
    points = [
        Points(field, POINTS[name], _text(typed, field, saved.get("points", {}).get(name, manual)), manual)
        for name, manual in rule.points.items()
        for field in [f"{rule.name}-{name}"]
    ]
    tier = _text(typed, f"tier-{rule.name}", saved.get("tier", int(rule.tier)))
    always = rule.tier is Tier.ROOM
    on = always or _on(rule, changes, typed)
    return Line(rule.name, rule.title, rule.source, on, always, int(tier) if tier.isdigit() else int(rule.tier), points)


def _changed(rule: Preference, typed: Mapping[str, str], mistakes: dict[str, Say]) -> Iterator[tuple[str, Any]]:
    if rule.tier is not Tier.ROOM:
        if not typed.get(_switch(rule)):
            yield "on", False
        tier = typed.get(f"tier-{rule.name}", "")
        if tier.isdigit() and int(tier) != rule.tier:
            yield "tier", int(tier)
    points = {}
    for name, manual in rule.points.items():
        field = f"{rule.name}-{name}"
        text = typed.get(field, str(manual)).strip()
        if not (text.isascii() and text.isdigit()):
            mistakes[field] = say("Points are a whole number of 0 or more.")
        elif int(text) != manual:
            points[name] = int(text)
    if points:
        yield "points", points


def _on(rule: Must | Preference, changes: Mapping[str, Any], typed: Mapping[str, str] | None) -> bool:
    return bool(typed.get(_switch(rule))) if typed is not None else changes.get(rule.name, {}).get("on", True)


def _switch(rule: Must | Preference) -> str:
    return f"on-{rule.name}"


def _text(typed: Mapping[str, str] | None, field: str, saved: Any) -> str:
    return typed.get(field, str(saved)) if typed is not None else str(saved)
