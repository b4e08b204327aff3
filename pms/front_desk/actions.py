"""The verbs of the desk, one list; each lives in the file named after its moment of the stay."""

from pms.front_desk.arrivals import CheckedIn, ask_rush_cleaning, check_in, undo_check_in
from pms.front_desk.departures import check_out, undo_check_out
from pms.front_desk.rules import CheckIn, Deposit, DepositKind, Seen

__all__ = [
    "CheckIn",
    "CheckedIn",
    "Deposit",
    "DepositKind",
    "Seen",
    "ask_rush_cleaning",
    "check_in",
    "check_out",
    "undo_check_in",
    "undo_check_out",
]
