"""Whose rooms an event has touched: the next page offers to plan just these guests again, on one key (E2, X2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import flash, url_for

from pms import access
from pms.say import Say, say
from pms.web.gate import me

MOST = 60  # guests named in an address; more go by their group


def offer_planning(stay_ids: Iterable[int]) -> None:
    """Say on the next page that the rooms of these stays can be planned again; nothing for who may not place."""
    ids = sorted(stay_ids)[:MOST]
    if ids:
        _offer(len(ids), url_for("runs.index", stay=ids))


def offer_planning_of_group(group_id: int, count: int, first: date, last: date) -> None:
    """The same for the guests of a group, `count` of whom arrive from `first` to `last`."""
    days: dict[str, Any] = {"from": first.isoformat(), "until": last.isoformat()}
    if count:
        _offer(count, url_for("runs.index", group=group_id, again="all", **days))


def _offer(count: int, address: str) -> None:
    if access.allowed(me(), "place"):
        flash(_sentence(count), f"plan:{address}")  # type: ignore[arg-type]  # as in `pages.toast`


def _sentence(count: int) -> Say:
    if count == 1:
        return say("One guest is touched by this. His room can be planned again; all others keep theirs.")
    return say(
        "{count} guests are touched by this. Their rooms can be planned again; all others keep theirs.", count=count
    )
