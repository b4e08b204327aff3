"""Words and columns that several papers share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pms.cashier.rules import METHOD_NAMES
from pms.departments import Department
from pms.reporting import Cell, Column, Foot, kinds
from pms.reporting.texts import Bilingual, Listed, word
from pms.reservations.status import STATUS_NAMES
from pms.reservations.words import GUARANTEES, USES, wishes
from pms.say import Say, say

STATES = {
    **{status.value: name for status, name in STATUS_NAMES.items()},
    "due_in": say("Due in"),
    "overdue": say("Overdue"),
    "due_out": say("Due out"),
}
# Who may know of guests that want no disclosure (access table: see_incognito).
DESK_ONLY = (Department.FRONT_DESK, Department.ASSISTANT_MANAGER)

HOUSEKEEPING = {
    "dirty": say("dirty"),
    "cleaning": say("being cleaned"),
    "clean": say("clean"),
    "inspected": say("inspected"),
}
FRONT = {
    "vacant": say("Vacant"),
    "occupied": say("Occupied"),
    "out_of_order": say("Out of order"),
    "out_of_service": say("Out of service"),
}


def special(row: Any) -> Listed:
    """What the guest needs and wishes, and what was noted."""
    return Listed([*wishes(f"{row.needs},{row.wishes}"), row.amenities, row.remarks])


def company(row: Any) -> Bilingual:
    """Company or agent, and the group with its code."""
    return _names(row.group_code, row)


def company_without_code(row: Any) -> Bilingual:
    """As `company`, where the code has a column of its own."""
    return _names("", row)


def _names(code: str, row: Any) -> Bilingual:
    chinese = (row.group_zh or row.group, row.company_zh or row.company)
    return Bilingual(" ".join(filter(None, (row.group, row.company))), " ".join(filter(None, chinese)), code)


def vip(row: Any) -> str:
    return f"V{row.vip}" if row.vip else ""


def change(old: str, new: str) -> str:
    return old if old == new else f"{old}>{new}"


def booked_type(row: Any) -> str:
    """The type booked, and the one to be given when it is another."""
    return change(row.type, row.assigned_type)


def state(row: Any) -> Cell:
    """Due in, in house ...; what is late stands out in bold."""
    return Cell(STATES[row.state], bold=row.state == "overdue")


def marked_guest(row: Any) -> str:
    """The guest; on papers that may show them, who wants no disclosure is marked."""
    return f"◆ {row.guest}" if row.incognito else row.guest


def masked_guest(row: Any) -> str:
    """The guest on a list of rooms or things; the name is gone from ordinary papers where none is to be disclosed."""
    return f"◆ {row.guest}" if row.guest_incognito and row.guest else row.guest


def payment(row: Any) -> Say | str:
    return word(METHOD_NAMES, row.payment)


def guarantee(row: Any) -> Say:
    """What the booking stands on; without a guarantee it is held until the evening only (R7)."""
    return GUARANTEES[row.guarantee]


def remarks(row: Any) -> Listed:
    """How the room counts when it is not sold, and what was noted."""
    return Listed([USES.get(row.use, ""), company(row), row.remarks])


def n_rooms(count: int) -> Say:
    return say("{n} room", n=count) if count == 1 else say("{n} rooms", n=count)


def n_guests(count: int) -> Say:
    return say("{n} guest", n=count) if count == 1 else say("{n} guests", n=count)


def rooms_and_guests(rows: Sequence[Any]) -> Say:
    """`34 rooms, 55 guests` of stays."""
    return say("{rooms}, {guests}", rooms=n_rooms(len(rows)), guests=n_guests(sum(row.persons for row in rows)))


def explained(rows: Iterable[Any]) -> Iterator[Foot]:
    """What the mark means, where there is one."""
    if any(row.incognito for row in rows):
        yield Foot(say("◆ wants no disclosure: to callers and visitors this guest is not staying with us."))


def adults_children(row: Any) -> str:
    return f"{row.adults}/{row.children}"


ROOM = Column(say("Room"), "room", 11, kinds.room)
GUEST = Column(say("Name"), marked_guest, 42)
VIP = Column(say("VIP"), vip, 8, kinds.plate)
