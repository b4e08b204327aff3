"""The life of a swap of shifts, once: asked, agreed by the other, approved by a leader (H4)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pms.say import Say, say


class SwapState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    APPROVED = "approved"
    REFUSED = "refused"  # by the other
    DECLINED = "declined"  # by the leader
    WITHDRAWN = "withdrawn"


class Move(NamedTuple):
    """What can be done with a swap that is in one of `sources`."""

    label: Say
    sources: tuple[SwapState, ...]
    target: SwapState


STATE_NAMES: dict[SwapState, Say] = {
    SwapState.ASKED: say("Waits for the colleague"),
    SwapState.AGREED: say("Waits for approval"),
    SwapState.APPROVED: say("Approved"),
    SwapState.REFUSED: say("Refused by the colleague"),
    SwapState.DECLINED: say("Not approved"),
    SwapState.WITHDRAWN: say("Withdrawn"),
}
OPEN = (SwapState.ASKED, SwapState.AGREED)
MOVES: dict[str, Move] = {
    "agree": Move(say("Agree"), (SwapState.ASKED,), SwapState.AGREED),
    "refuse": Move(say("Refuse"), (SwapState.ASKED,), SwapState.REFUSED),
    "withdraw": Move(say("Withdraw"), OPEN, SwapState.WITHDRAWN),
    "approve": Move(say("Approve"), (SwapState.AGREED,), SwapState.APPROVED),
    "decline": Move(say("Decline"), (SwapState.AGREED,), SwapState.DECLINED),
}
