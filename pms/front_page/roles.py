"""What stands on the first page for whom: the list that is open, and the panels beside it in their order."""

from __future__ import annotations

from pms.access import Role

DESK = ("moves", "due_out", "queue", "occupancy", "pairs")
PANELS: dict[Role, tuple[str, ...]] = {
    Role.RESERVATION_CLERK: ("occupancy", "due_out", "pairs"),
    Role.RESERVATION_SUPERVISOR: ("occupancy", "due_out", "pairs"),
    Role.NIGHT_AUDITOR: ("audit", "moves", "due_out", "queue", "pairs"),
    Role.CONCIERGE: ("moves", "pairs", "due_out", "occupancy"),
    Role.HOUSEKEEPING: ("rooms", "moves", "pairs", "occupancy"),
    Role.CASHIER: ("balances", "due_out", "pairs"),
    Role.DEPARTMENT_STAFF: ("pairs", "occupancy"),
    Role.ADMIN: ("rooms", "pairs", "occupancy"),
}
FIRST_LIST: dict[Role, str] = {Role.CASHIER: "due_out", Role.CONCIERGE: "in_house"}


def panels_of(role: Role) -> tuple[str, ...]:
    return PANELS.get(role, DESK)


def first_list_of(role: Role) -> str:
    return FIRST_LIST.get(role, "to_come")
