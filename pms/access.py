"""Who may do what: ONE table, used by the actions to refuse and by the pages to hide what would be refused.

Anything not named here is refused for everybody. Limits that depend on the season (discounts, R5) are data of the
house: `pms.property.models.DiscountLimit`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Protocol

from pms.errors import NotAllowed
from pms.say import Say, say


class Role(StrEnum):
    RESERVATION_CLERK = "reservation_clerk"
    RESERVATION_SUPERVISOR = "reservation_supervisor"
    FRONT_DESK_AGENT = "front_desk_agent"
    SHIFT_LEADER = "shift_leader"
    ASSISTANT_MANAGER = "assistant_manager"
    NIGHT_AUDITOR = "night_auditor"
    CONCIERGE = "concierge"
    HOUSEKEEPING = "housekeeping"
    CASHIER = "cashier"
    DEPARTMENT_STAFF = "department_staff"
    MANAGER = "manager"
    ADMIN = "admin"


ROLE_NAMES: dict[Role, Say] = {
    Role.RESERVATION_CLERK: say("Reservation clerk"),
    Role.RESERVATION_SUPERVISOR: say("Reservation supervisor"),
    Role.FRONT_DESK_AGENT: say("Front-desk agent"),
    Role.SHIFT_LEADER: say("Shift leader"),
    Role.ASSISTANT_MANAGER: say("Assistant manager (AM)"),
    Role.NIGHT_AUDITOR: say("Night auditor"),
    Role.CONCIERGE: say("Concierge"),
    Role.HOUSEKEEPING: say("Housekeeping"),
    Role.CASHIER: say("Cashier"),
    Role.DEPARTMENT_STAFF: say("Department staff"),
    Role.MANAGER: say("Manager"),
    Role.ADMIN: say("Administrator"),
}

CLERKS = {Role.RESERVATION_CLERK, Role.RESERVATION_SUPERVISOR}
DESK = {Role.FRONT_DESK_AGENT, Role.SHIFT_LEADER, Role.ASSISTANT_MANAGER, Role.NIGHT_AUDITOR}
SERVICE = CLERKS | DESK | {Role.CONCIERGE, Role.HOUSEKEEPING, Role.DEPARTMENT_STAFF, Role.MANAGER}
LEADERS = {Role.SHIFT_LEADER, Role.ASSISTANT_MANAGER, Role.MANAGER}
DUTY = {Role.ASSISTANT_MANAGER, Role.MANAGER}
EVERYBODY = frozenset(Role)

ALLOWED: dict[str, frozenset[Role]] = {
    action: frozenset(roles)
    for action, roles in {
        # reservations
        "see_reservations": CLERKS | DESK | {Role.CONCIERGE, Role.CASHIER, Role.MANAGER},
        "book": CLERKS | DESK | {Role.MANAGER},
        "change_booking": CLERKS | DESK | {Role.MANAGER},
        "cancel_booking": CLERKS | DESK | {Role.MANAGER},
        "reinstate": CLERKS | DESK | {Role.MANAGER},
        "write_letter": CLERKS | DESK | {Role.MANAGER},
        "review_letter": {Role.RESERVATION_SUPERVISOR} | LEADERS,
        "arrange": CLERKS | DESK | {Role.CONCIERGE, Role.MANAGER},
        "tick_off": EVERYBODY,
        "write_events": CLERKS | DUTY | {Role.SHIFT_LEADER},
        "see_verification": CLERKS | DUTY,
        "verify_bookings": {Role.RESERVATION_SUPERVISOR} | DUTY,
        "keep_waitlist": CLERKS | DESK | {Role.MANAGER},
        "manage_groups": CLERKS | DUTY | {Role.SHIFT_LEADER},
        "manage_weddings": CLERKS | DUTY | {Role.SHIFT_LEADER},
        "sell_beyond_limit": {Role.RESERVATION_SUPERVISOR} | DUTY,
        "control_sales": {Role.RESERVATION_SUPERVISOR} | DUTY,
        "set_price": {Role.RESERVATION_SUPERVISOR} | LEADERS,
        "approve_discount": {Role.RESERVATION_SUPERVISOR} | LEADERS,
        "set_vip": {Role.RESERVATION_SUPERVISOR} | LEADERS,
        "edit_guest": CLERKS | DESK | {Role.CONCIERGE, Role.MANAGER},
        "merge_guests": {Role.RESERVATION_SUPERVISOR} | DUTY,
        # placing
        "place": CLERKS | DESK | {Role.MANAGER},
        "lock_room": CLERKS | DESK | {Role.MANAGER},
        "approve_upgrade": {Role.RESERVATION_SUPERVISOR} | LEADERS,
        "let_guides_share": {Role.RESERVATION_SUPERVISOR} | LEADERS,
        "override_keep_apart": {Role.ASSISTANT_MANAGER},
        "override_house_rule": {Role.RESERVATION_SUPERVISOR} | LEADERS,
        # front desk
        "check_in": DESK,
        "undo_check_in": DESK,
        "send_police_register": DESK,
        "call_afterwards": DESK,
        "ask_rush_for_type": DESK | {Role.MANAGER},
        "write_programme": CLERKS | DESK | {Role.MANAGER},
        "send_group_confirmation": DESK | {Role.MANAGER},
        "request_vip": CLERKS | DESK | {Role.MANAGER},
        "inspect_for_guest": DUTY,
        "check_in_early": DESK,
        "register_in_room": LEADERS,
        "room_move": DESK,
        "extend": DESK,
        "check_out": DESK | {Role.CASHIER},
        "undo_check_out": DESK | {Role.CASHIER},
        # cashier
        "see_folio": DESK | {Role.CASHIER, Role.MANAGER},
        "allow_signer": CLERKS | LEADERS | {Role.CASHIER},
        "post_charge": DESK | {Role.CASHIER},
        "take_payment": DESK | {Role.CASHIER},
        "split_folio": DESK | {Role.CASHIER},
        "reverse_posting": LEADERS | {Role.CASHIER, Role.NIGHT_AUDITOR},
        # guest services
        "store_luggage": DESK | {Role.CONCIERGE},
        "release_luggage": DESK | {Role.CONCIERGE},
        "take_message": DESK | CLERKS | {Role.CONCIERGE, Role.DEPARTMENT_STAFF},
        "deliver_message": DESK | {Role.CONCIERGE, Role.DEPARTMENT_STAFF},
        "answer_caller": DESK | CLERKS | {Role.CONCIERGE, Role.DEPARTMENT_STAFF},
        "wake_guests": DESK | {Role.CONCIERGE, Role.DEPARTMENT_STAFF},
        "keep_things": DESK | {Role.CONCIERGE, Role.HOUSEKEEPING},
        "hand_out_things": DESK | {Role.CONCIERGE},
        "dispose_of_things": LEADERS,
        "receive_visitors": DESK | {Role.CONCIERGE, Role.DEPARTMENT_STAFF},
        "see_directions": DESK | {Role.CONCIERGE, Role.MANAGER},
        "keep_directions": DUTY | {Role.CONCIERGE},
        "keep_safe_boxes": DESK | {Role.CASHIER},
        "force_safe_box": DUTY,
        "witness_forced_box": DESK | {Role.CASHIER, Role.CONCIERGE, Role.DEPARTMENT_STAFF, Role.MANAGER},
        "manage_safe_boxes": DUTY | {Role.ADMIN},
        # requests, repairs, complaints
        "write_down_request": SERVICE,
        "dispatch_request": DESK | {Role.CONCIERGE, Role.DEPARTMENT_STAFF, Role.MANAGER},
        "work_request": SERVICE - CLERKS,
        "work_any_request": DESK | {Role.MANAGER},
        "call_back_request": LEADERS,
        "check_repairs": LEADERS | {Role.DEPARTMENT_STAFF},
        "escalate_requests": LEADERS | {Role.NIGHT_AUDITOR},
        "manage_services": DUTY | {Role.ADMIN},
        # rooms
        "set_housekeeping": DESK | {Role.HOUSEKEEPING, Role.MANAGER},
        "inspect_room": LEADERS | {Role.HOUSEKEEPING},
        "close_room": LEADERS | {Role.HOUSEKEEPING},
        "resolve_discrepancy": DESK | {Role.HOUSEKEEPING, Role.MANAGER},
        # shifts
        "see_handover": DESK | {Role.CONCIERGE, Role.CASHIER, Role.MANAGER},
        "write_log": DESK | {Role.CONCIERGE, Role.CASHIER},
        "hand_over": DESK,
        "count_drawer": DESK | {Role.CASHIER},
        "witness_count": DESK | {Role.CASHIER, Role.MANAGER},
        "manage_equipment": LEADERS,
        "see_roster": EVERYBODY,
        "keep_roster": LEADERS,
        "swap_shift": EVERYBODY,
        "approve_swap": LEADERS,
        # the house
        "see_desk": EVERYBODY,
        "search": EVERYBODY,
        "acknowledge_notice": EVERYBODY,
        "see_papers": EVERYBODY - {Role.DEPARTMENT_STAFF},
        "see_incognito": DESK | {Role.MANAGER},
        "see_revenue": DUTY | {Role.NIGHT_AUDITOR, Role.RESERVATION_SUPERVISOR, Role.CASHIER},
        "reveal_document": LEADERS | {Role.FRONT_DESK_AGENT, Role.NIGHT_AUDITOR},
        "run_audit": DUTY | {Role.NIGHT_AUDITOR},
        "see_property": EVERYBODY,
        "manage_property": {Role.MANAGER, Role.ADMIN},
        "manage_users": {Role.ADMIN},
    }.items()
}


class Actor(Protocol):
    """Whoever acts: a user of the house, or the house itself (audit, replay)."""

    id: Any
    role: Any
    is_system: Any


def allowed(by: Actor | None, action: str) -> bool:
    """May `by` do `action`? Nobody may do what is not in the table; the house itself may do what is."""
    roles = ALLOWED.get(action)
    if by is None or roles is None:
        return False
    return bool(getattr(by, "is_system", False)) or by.role in roles


def require(by: Actor | None, action: str) -> None:
    """Raises `NotAllowed`, naming who may, unless `by` may do `action`."""
    if allowed(by, action):
        return
    if not ALLOWED.get(action):
        raise NotAllowed(say("Nobody may do this."))
    raise NotAllowed(say("Your role may not do this. Ask: {who}.", who=who_may(action)))


def who_may(action: str) -> Roles:
    """The roles that may do `action`, in the order of `Role`."""
    return Roles(tuple(sorted(ALLOWED.get(action, frozenset()), key=list(Role).index)))


class Roles:
    """A list of role names inside a sentence."""

    def __init__(self, roles: tuple[Role, ...]) -> None:
        self.roles = roles

    def in_language(self, lang: str) -> str:
        from pms.say import translate

        return ("、" if lang == "zh" else ", ").join(translate(ROLE_NAMES[role], lang) for role in self.roles)
