"""The life of a call, written once: the action moves along it, the page draws its buttons from it (S2, S3)."""

from __future__ import annotations

from typing import NamedTuple

from pms.requests.words import TO_DO, State


class Move(NamedTuple):
    sources: tuple[State, ...]
    target: State


MOVES: dict[str, Move] = {
    "dispatch_request": Move((State.OPEN, State.DISPATCHED, State.ACCEPTED, State.POSTPONED), State.DISPATCHED),
    "accept_request": Move((State.OPEN, State.DISPATCHED, State.POSTPONED), State.ACCEPTED),
    "postpone_request": Move(TO_DO, State.POSTPONED),
    "finish_request": Move(TO_DO, State.CLOSED),
    "finish_to_call_back": Move(TO_DO, State.DONE),
    "cancel_request": Move(TO_DO, State.CANCELLED),
    "satisfied": Move((State.DONE,), State.CLOSED),
    "not_satisfied": Move((State.DONE,), State.DISPATCHED),
}


def may(state: State, move: str) -> bool:
    return state in MOVES[move].sources
