"""The safe-deposit boxes the house has: numbers, sizes, which are out of use (L6)."""

from __future__ import annotations

import re
from datetime import datetime

from pms import access, journal
from pms.accounts.models import User
from pms.db import db, insert_missing
from pms.errors import Conflict, Refused
from pms.guest_services import queries_boxes
from pms.guest_services.models_boxes import BoxSize, SafeBox
from pms.lengths import check_lengths
from pms.say import say

MOST_AT_ONCE = 200
RANGE = re.compile(r"(\d{1,4})\s*[-–]\s*(\d{1,4})")


def numbers_of(text: str) -> list[str]:
    """`1-20` is twenty boxes, `A1` one. Raises `Refused` for nothing and for too many."""
    typed = text.strip()
    found = RANGE.fullmatch(typed)
    wanted = [str(n) for n in range(int(found[1]), int(found[2]) + 1)] if found else [typed.upper()] * bool(typed)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        no = say("Write one number, or the first and the last like 1-20, at most {most}.", most=MOST_AT_ONCE)
        raise Refused(no, field="numbers")
    return wanted


def add_boxes(text: str, size: BoxSize, *, by: User, now: datetime) -> list[str]:
    """New boxes; returns their numbers. Raises `Refused` when one of them is there already."""
    access.require(by, "manage_safe_boxes")
    wanted = numbers_of(text)
    if there := sorted(set(wanted) & queries_boxes.numbers()):
        raise Refused(say("Box {number} is there already.", number=there[0]), field="numbers")
    rows = [{"number": number, "size": size} for number in wanted]
    check_lengths(SafeBox, rows[0])
    if insert_missing(SafeBox, rows) != len(rows):
        raise Conflict(say("Somebody else has just added these boxes. Look at the list."))
    journal.write(by, "add_safe_boxes", "safe_boxes", now=now, numbers=", ".join(wanted), size=size.value)
    return wanted


def change_box(
    box: SafeBox, size: BoxSize, active: bool, note: str, *, version: int, by: User, now: datetime
) -> SafeBox:
    """Another size, or out of use and in use again. A box that a guest has stays in use until it is handed back."""
    access.require(by, "manage_safe_boxes")
    if box.version != version:
        raise Conflict(say("Somebody else has changed this since you opened it. Look at it again before you save."))
    if not active and queries_boxes.open_use_of(box.id) is not None:
        raise Refused(say("A guest has box {number}. Have it handed back first.", number=box.number), field="active")
    if not active and not note.strip():
        raise Refused(say("Please write down why the box is out of use."), field="note")
    check_lengths(SafeBox, {"note": note.strip()})
    box.size, box.active, box.note = size, active, "" if active else note.strip()
    db.session.flush()
    journal.write(by, "change_safe_box", box, now=now, number=box.number, active=active, note=box.note)
    return box
