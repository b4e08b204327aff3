"""Two profiles of one person become one (R12): what somebody has to choose, and what the survivor has afterwards.

A profile is its fields as `actions.NewGuest` names them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Profile = Mapping[str, Any]

ONE_OF_TWO = (
    "surname",
    "given",
    "name_zh",
    "title",
    "sex",
    "nationality",
    "language",
    "telephone",
    "email",
    "born_on",
    "vip_level",
    "account_id",
    "taboo_numbers",
    "keep_apart",
)


def to_choose(elder: Profile, younger: Profile) -> list[str]:
    """The fields of which both know something, and not the same."""
    return [name for name in ONE_OF_TWO if elder[name] and younger[name] and elder[name] != younger[name]]


def both_notes(elder: Profile, younger: Profile) -> str:
    """The notes of both, one below the other."""
    return "\n".join(dict.fromkeys(filter(None, (elder["notes"], younger["notes"]))))


def together(elder: Profile, younger: Profile, from_younger: Collection[str]) -> dict[str, Any]:
    """The profile that survives: what only one knows is kept, of two values the chosen one. Wishes are those of both,
    and it wants no disclosure if either did: a merge discloses nobody (Q1).
    """
    chosen = set(from_younger) & set(to_choose(elder, younger))
    wishes = [code for one in (elder, younger) for code in one["wishes"].split(",") if code]
    return {name: younger[name] if name in chosen else elder[name] or younger[name] for name in ONE_OF_TWO} | {
        "wishes": ",".join(dict.fromkeys(wishes)),
        "notes": both_notes(elder, younger),
        "incognito": elder["incognito"] or younger["incognito"],
    }
