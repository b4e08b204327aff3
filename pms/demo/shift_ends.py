"""What shifts leave behind: equipment to count, lines of the log, and the last handover, signed by both."""

from __future__ import annotations

from datetime import datetime, timedelta

from pms.access import Role
from pms.db import work
from pms.demo.play import Play
from pms.handover import actions, queries
from pms.handover.actions import Side
from pms.handover.models import NoteKind
from pms.handover.rules import denominations
from pms.property.queries import hotel

A_SHIFT = timedelta(hours=8)
FLOAT = 200_000  # fen that stay in the drawer; the rest goes to the safe
EQUIPMENT = (("Master key", "总钥匙", 2), ("Card reader", "读卡器", 3), ("Umbrellas", "雨伞", 24))
LOG = (
    (NoteKind.DONE, "Groups' keys of tomorrow are cut and sorted by floor 明日团队钥匙已制好", 95),
    (NoteKind.OPEN, "Lift 2 stops short of the 14th floor; the engineer comes back at 20:00", 60),
    (NoteKind.REMEMBER, "翡翠厅婚宴花艺 17:30 送到，请礼宾部接货", 25),
)


def end_shifts(play: Play, now: datetime) -> None:
    """The shift before the one that ends has handed over; today's log is begun."""
    agent, auditor, leader = (play.by(role) for role in (Role.FRONT_DESK_AGENT, Role.NIGHT_AUDITOR, Role.SHIFT_LEADER))
    before = now - A_SHIFT
    with work():
        for name, name_zh, number in EQUIPMENT:
            actions.keep_equipment(name, number, name_zh=name_zh, by=leader, now=before)
        handover = actions.draft(by=auditor, now=before)
        pieces, left = _as_expected()
        reason = "No coin is so small" if left else ""
        kept = min(FLOAT, sum(face * count for face, count in pieces.items()))
        seen_by = leader if left else None
        actions.count_drawer(pieces, kept=kept, reason=reason, witness=seen_by, by=auditor, now=before)
        there = {thing.id: thing.expected for thing in queries.equipment()}
        actions.count_equipment(handover, there, by=auditor, now=before)
        actions.sign(handover, Side.GIVEN, by=auditor, now=before + timedelta(minutes=4))
        actions.sign(handover, Side.TAKEN, by=agent, now=before + timedelta(minutes=6))
        for kind, text, minutes in LOG:
            actions.write_note(kind, text, by=agent, now=now - timedelta(minutes=minutes))


def _as_expected() -> tuple[dict[int, int], int]:
    """The drawer by the largest notes and coins that make it up, and what no coin is small enough for."""
    left, pieces = queries.expected_cash()[0], {}
    for face in denominations(hotel().currency):
        pieces[face], left = divmod(max(left, 0), face)
    return pieces, left
