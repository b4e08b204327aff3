"""The hotel a file of bookings was made in: as many rooms of a type as the peak, believable numbers and floors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pms import clock
from pms.db import db, insert_all
from pms.guests.models import Account, AccountKind
from pms.notices import Department
from pms.property.models import (
    DepartmentEntry,
    Hotel,
    Housekeeping,
    RateKind,
    RatePlan,
    Room,
    RoomType,
)
from pms.replay.bookings import Line, rooms_needed

ROOMS_PER_FLOOR = 24
LOWEST_FLOOR = 2
NO_LIMIT = 100_000  # selling limits bind selling, never placing; the replay lifts them (papers.md)
PLAN = "BAR"


def build(lines: Sequence[Line], opens_on: date, *, now: datetime) -> None:
    """Set the house up: hotel, types, rooms, one rate plan, accounts. Nothing is charged but the nights."""
    db.session.add(
        Hotel(
            id=1,
            code="RP",
            name_en="Replay Hotel",
            name_zh="实录酒店",
            zone="Europe/Lisbon",
            currency="EUR",
            country="PT",
            no_show_fee_nights=0,
            breakfast_price=0,
            tax_permille=0,
        )
    )
    clock.open_house(opens_on, "Europe/Lisbon", at=now)
    db.session.add(RatePlan(code=PLAN, name_en="As booked", name_zh="预订价", kind=RateKind.RACK))
    db.session.add_all(DepartmentEntry(code=department) for department in Department)
    _rooms(rooms_needed(lines), _largest_party(lines))
    _accounts(lines)


def _largest_party(lines: Sequence[Line]) -> dict[str, int]:
    largest: dict[str, int] = {}
    for line in lines:
        for kind in (line.reserved, line.assigned):
            largest[kind] = max(largest.get(kind, 2), line.adults + line.children)
    return largest


def _rooms(needed: Mapping[str, int], capacity: Mapping[str, int]) -> None:
    types = {
        code: RoomType(
            code=code,
            name_en=f"Type {code}",
            name_zh=f"{code} 型房",
            beds="king" if rank % 2 else "twin",
            capacity=capacity.get(code, 2),
            rank=rank,
            overbooking=NO_LIMIT,
        )
        for rank, code in enumerate(needed)
    }
    db.session.add_all(types.values())
    db.session.flush()
    kinds = [types[code].id for code, count in needed.items() for _ in range(count)]
    insert_all(Room, [_room(place, type_id) for place, type_id in enumerate(kinds)])


def _room(place: int, type_id: int) -> dict[str, object]:
    """The room at a place counted from the lowest floor: floor by floor, the lift in the middle of each."""
    floor, door = divmod(place, ROOMS_PER_FLOOR)
    floor += LOWEST_FLOOR
    return {
        "number": f"{floor}{door + 1:02d}",
        "floor": floor,
        "type_id": type_id,
        "view": ("garden", "city")[door % 2],
        "lift_distance": abs(door - ROOMS_PER_FLOOR // 2),
        "quiet": 40 + 2 * abs(door - ROOMS_PER_FLOOR // 2),
        "condition": 60 + place * 7 % 35,
        "housekeeping": Housekeeping.CLEAN,
        "version": 1,
    }


def _accounts(lines: Sequence[Line]) -> None:
    agents = sorted({line.agent for line in lines if line.agent})
    companies = sorted({line.company for line in lines if line.company})
    db.session.add_all(
        Account(code=account_code(kind, name), kind=kind, name_en=f"{kind.value.title()} {name}")
        for kind, names in ((AccountKind.AGENT, agents), (AccountKind.COMPANY, companies))
        for name in names
    )


def account_code(kind: AccountKind, name: str) -> str:
    return f"{kind.value[0].upper()}{name}"
