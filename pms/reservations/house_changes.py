"""What a change of rooms and room types means for what is sold: the counters follow, guests are not forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pms.access import Actor
from pms.clock import business_date
from pms.errors import Refused
from pms.property import editing
from pms.property.models import Room, RoomType
from pms.reservations import freed, inventory, queries_closures
from pms.say import say


def save_type(kind: RoomType | None, values: Mapping[str, Any], *, by: Actor, now: datetime) -> RoomType:
    """A new or changed room type; another overbooking limit holds for every night from today on (R3)."""
    before = kind.overbooking if kind else 0
    saved = editing.save_type(kind, values, by=by, now=now)
    if kind is not None and saved.overbooking != before:
        today = business_date()
        queries_closures.change_limit(saved.id, today, was=before, now_is=saved.overbooking)
        freed.tell_waitlist(saved.id, [today, date.max], by=by, now=now)
    return saved


def save_room(room: Room | None, values: Mapping[str, Any], *, version: int = 0, by: Actor, now: datetime) -> Room:
    """A new or changed room. Raises `Refused` when a guest has it and it is to go out of use or change its type.

    The rooms of a type are counted anew for every night on the books; fewer than are sold shows as oversold.
    """
    old_type = room.type_id if room else None
    if room is not None and _counts_change(room, values):
        _refuse_if_given(room)
    saved = editing.save_room(room, values, version=version, by=by, now=now)
    for type_id in {old_type, saved.type_id} - {None}:
        assert type_id is not None
        for nights in queries_closures.nights_counted(type_id, business_date()):
            inventory.recount_rooms(type_id, nights)
    return saved


def _counts_change(room: Room, values: Mapping[str, Any]) -> bool:
    return bool(values.get("type_id", room.type_id) != room.type_id or room.active > values.get("active", room.active))


def _refuse_if_given(room: Room) -> None:
    found = queries_closures.next_stay_in_room(room.id, business_date())
    if found is not None:
        raise Refused(
            say(
                "{guest} has room {room} from {arrival} to {departure}. Give the guest another room first.",
                guest=found.Guest.name_on_notices,
                room=room.number,
                arrival=found.arrival,
                departure=found.departure,
            ),
            field="active",
        )
