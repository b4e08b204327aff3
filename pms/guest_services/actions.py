"""The verbs of guest services, one list."""

from pms.guest_services.enquiries import Answer, answer_caller
from pms.guest_services.luggage import change_luggage, release_luggage, store_luggage, take_to_room
from pms.guest_services.messages import (
    NewMessage,
    cancel_message,
    check_message,
    deliver_message,
    read_message,
    take_message,
    take_off_expired,
)
from pms.guest_services.rules import Collection, Deposited, Proof

__all__ = [
    "Answer",
    "Collection",
    "Deposited",
    "NewMessage",
    "Proof",
    "answer_caller",
    "cancel_message",
    "change_luggage",
    "check_message",
    "deliver_message",
    "read_message",
    "release_luggage",
    "store_luggage",
    "take_message",
    "take_off_expired",
    "take_to_room",
]
