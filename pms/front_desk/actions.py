"""The verbs of the desk, one list; each lives in the file named after its moment of the stay."""

from pms.front_desk.arrivals import (
    CheckedIn,
    add_night_before,
    check_in,
    undo_check_in,
    walk_in,
)
from pms.front_desk.departures import (
    LastCharge,
    Leaving,
    Settling,
    check_out,
    settle_and_check_out,
    undo_check_out,
)
from pms.front_desk.extensions import (
    Displaced,
    Extended,
    WhatIf,
    extend,
    grant_late_check_out,
    leave_early,
    record_call,
    what_if_extend,
)
from pms.front_desk.groups import check_in_group
from pms.front_desk.moves import change_room
from pms.front_desk.rules import CheckIn, Deposit, DepositKind, RateEffect, Seen
from pms.front_desk.waiting import ask_rush_cleaning, call_afterwards

__all__ = [
    "CheckIn",
    "CheckedIn",
    "Deposit",
    "DepositKind",
    "Displaced",
    "Extended",
    "LastCharge",
    "Leaving",
    "RateEffect",
    "Seen",
    "Settling",
    "WhatIf",
    "add_night_before",
    "ask_rush_cleaning",
    "call_afterwards",
    "change_room",
    "check_in",
    "check_in_group",
    "check_out",
    "extend",
    "grant_late_check_out",
    "leave_early",
    "record_call",
    "settle_and_check_out",
    "undo_check_in",
    "undo_check_out",
    "walk_in",
    "what_if_extend",
]
