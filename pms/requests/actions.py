"""The verbs of requests, repairs and complaints, one list."""

from pms.requests.calls import dispatch, write_down
from pms.requests.following_up import call_back, escalate, put_into_log
from pms.requests.rules import NewRequest
from pms.requests.services import charge, save_service
from pms.requests.work import accept, cancel, check_repairs, finish, give_room_back, postpone, take_room_out

__all__ = [
    "NewRequest",
    "accept",
    "call_back",
    "cancel",
    "charge",
    "check_repairs",
    "dispatch",
    "escalate",
    "finish",
    "give_room_back",
    "postpone",
    "put_into_log",
    "save_service",
    "take_room_out",
    "write_down",
]
