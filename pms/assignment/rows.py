"""Rows of the database as the rules see them; the thresholds of the guests' words stand here."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from pms.assignment.facts import CLEAN, DIRTY, DUE_OUT, Membership, RoomFacts, StayFacts
from pms.assignment.rules.musts import kept_apart_on_other_floors
from pms.assignment.rules.wishes import WISHES
from pms.property.models import Housekeeping
from pms.reservations.models import Source

RENOVATED_WITHIN = timedelta(days=3 * 365)
READY = (Housekeeping.CLEAN, Housekeeping.INSPECTED)
LOW, HIGH = 33, 67  # percent of the way up
NEAR, FAR = 2, 6  # doors to the lift
QUIET, NOISY = 60, 40  # of 100
ELDERLY = 70  # years
REGULAR = 3  # stays before this one (P4, P8)
PRIORITIES = {"vip": 6, "entourage": 5, "disabled": 4, "group": 3}
LONG = 5  # nights
KEPT_APART = kept_apart_on_other_floors.__name__
OF_UNKNOWN_KIND = (Source.PHONE, Source.OTHER)


def room_of(row: Any, height: int, on: date, due_out: Container[int]) -> RoomFacts:
    """The room; `due_out` are the rooms in which somebody sleeps who leaves today."""
    ready = row.housekeeping in READY
    return RoomFacts(
        id=row.id,
        number=row.number,
        floor=row.floor,
        type_id=row.type_id,
        type_code=row.type_code,
        rank=row.rank,
        capacity=row.capacity,
        features=_features(row, height),
        height=height,
        quality=row.condition,
        noisy=row.quiet < NOISY,
        renovated=row.renovated_on is not None and on - row.renovated_on < RENOVATED_WITHIN,
        business_floor=row.business_floor,
        held_back=row.held_back,
        kept_for="accessible" if row.accessible else "",
        state=DUE_OUT if row.id in due_out else CLEAN if ready else DIRTY,
    )


def _features(row: Any, height: int) -> frozenset[str]:
    """The room in the guests' words."""
    said = {
        row.beds: True,
        "high": height >= HIGH,
        "low": height <= LOW,
        "near_lift": row.lift_distance <= NEAR,
        "far_from_lift": row.lift_distance >= FAR,
        "quiet": row.quiet >= QUIET,
        f"{row.view}_view": bool(row.view),
        "tub": row.bath in ("tub", "both"),
        "even": row.number[-1:] in "02468",
        "smoking" if row.smoking else "non_smoking": True,
        "accessible": row.accessible,
    }
    return frozenset(word for word, true in said.items() if true)


def stay_of(row: Any, history: Sequence[str], refused: Sequence[str] = (), off: Iterable[str] = ()) -> StayFacts:
    """The stay; `history` are the rooms of earlier stays, the last one first, `refused` those not wanted (P6), `off`
    the rules set aside for it (P2). Whom the AM has let meet others has no tag any more, for those others too (P15).
    """
    asked = list(dict.fromkeys(words(row.wishes) + words(row.lasting_wishes)))
    needs = frozenset(words(row.needs))
    kinds = _kinds(row, needs)
    return StayFacts(
        id=row.id,
        guest=row.name_zh or ", ".join(part for part in (row.surname, row.given) if part),
        type_id=row.type_id,
        type_code=row.type_code,
        rank=row.rank,
        arrival=row.arrival,
        departure=row.departure,
        persons=row.adults + row.children,
        vip_level=row.vip_level,
        kinds=kinds,
        needs=frozenset(needs & WISHES.keys()),
        wishes=tuple(word for word in asked if word in WISHES),
        wanted_room=next((word[5:] for word in asked if word.startswith("room:")), ""),
        past_rooms=tuple(dict.fromkeys(number for number in history if number)),
        refused_rooms=tuple(refused),
        taboo=tuple(words(row.taboo_numbers)),
        keep_apart="" if KEPT_APART in off else row.keep_apart,
        parties=parties_of(row),
        regular=len(history) >= REGULAR,
        priority=_priority(kinds, len(history), (row.departure - row.arrival).days),
        stays_before=len(history),
        early=row.early_arrival,
        late=row.late_check_out,
        set_aside=frozenset(off),
    )


def _kinds(row: Any, needs: frozenset[str]) -> frozenset[str]:
    """What kinds of guest this is. Who is nothing else is here for pleasure, but for those of whom nothing is known:
    who rang the desk may be here on business as well.
    """
    age = _age(row.born_on, row.arrival)
    said = {
        "vip": bool(row.vip_level),
        row.party: row.party in ("entourage", "family", "newly_weds", "guide"),
        "group": row.group_id is not None,
        "business": row.company_id is not None and row.group_id is None,
        "disabled": not needs.isdisjoint({"disabled", "accessible"}),
        "elderly": age is not None and age >= ELDERLY,
        "walk_in": row.source is Source.WALK_IN,
    }
    found = frozenset(kind for kind, true in said.items() if true)
    return found or (frozenset() if row.source in OF_UNKNOWN_KIND else frozenset({"leisure"}))


def _priority(kinds: frozenset[str], stays_before: int, nights: int) -> int:
    """Who must not be left without a room: P1, then needs, groups, regulars, longer stays (P4, P5)."""
    first = next((points for kind, points in PRIORITIES.items() if kind in kinds), 0)
    return first + (3 if stays_before >= REGULAR else 0) + (1 if nights >= LONG else 0)


def parties_of(row: Any) -> tuple[Membership, ...]:
    """Those of the same booking, and those of the same group; the group alone when nothing closer holds them."""
    closer = row.party if row.party in ("family", "colleagues") else ""
    if row.vip_level or row.party == "entourage":
        closer = "vip"
    booking = Membership(f"b{row.booking_id}", closer or ("company" if row.company_id else "booking"))
    if row.group_id is None:
        return (booking,)
    group = Membership(f"g{row.group_id}", "group")
    return (booking, group) if closer else (group,)


def words(text: str) -> list[str]:
    """`"high, quiet"` as `["high", "quiet"]`."""
    return [word.strip() for word in text.split(",") if word.strip()] if text else []


def _age(born_on: date | None, day: date) -> int | None:
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
