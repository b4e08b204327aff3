"""Tiny instance files: a few rooms and stays whose only right answer is known."""

from __future__ import annotations

from typing import Any

from pms.assignment.instance import read_instance
from pms.assignment.instance_plan import plan_of

TYPES = [
    {"code": "STK", "rank": 0, "bed": "king", "cap": 2},
    {"code": "STT", "rank": 0, "bed": "twin", "cap": 2},
    {"code": "DLK", "rank": 1, "bed": "king", "cap": 3},
    {"code": "SUI", "rank": 2, "bed": "king", "cap": 3},
]


def room(number: str, *features: str, kind: str = "STK", **values: Any) -> dict[str, Any]:
    plain = {"floor": int(number[:-2]), "fi": 50, "type": kind, "cap": 2, "quality": 60, "renovated": False}
    return {"id": number, "features": sorted(features), **plain, "biz": False, "state": "clean", **values}


def stay(name: str, segment: str = "ordinary", *, arr: int = 1, dep: int = 3, **values: Any) -> dict[str, Any]:
    kind = values.get("type", "STK")
    return {
        "id": name,
        "segment": segment,
        "arr": arr,
        "dep": dep,
        "type": kind,
        "ok_types": [kind],
        "pax": 1,
        **values,
    }


def party(kind: str, *members: str) -> dict[str, Any]:
    return {"id": "P1", "kind": kind, "members": list(members)}


def instance(rooms: list[dict[str, Any]], stays: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    for one in values.get("parties", ()):
        for each in stays:
            if each["id"] in one["members"]:
                each["party"] = one["id"]
    every = {"nights": 14, "season": "normal", "connecting": [], "ooo": [], "parties": [], "conflicts": []}
    return {**every, "types": TYPES, "rooms": rooms, "stays": stays, **values}


def plan(rooms: list[dict[str, Any]], stays: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    """What the whole engine answers."""
    return plan_of(read_instance(instance(rooms, stays, **values)), steps=60)


def rooms_of(rooms: list[dict[str, Any]], stays: list[dict[str, Any]], **values: Any) -> dict[str, str]:
    found: dict[str, str] = plan(rooms, stays, **values)["assign"]
    return found
