"""The desk's actions, its first page and the night audit in a full house of 300 rooms."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.house import house_of_300
from pms import clock
from pms.access import Role
from pms.accounts.actions import add_user
from pms.db import work
from pms.night_audit import actions as night_audit
from tests.clients import Browser

ACTIONS = {
    "book": "book one room",
    "check_in": "check in: document, room, deposit decision, key",
    "settle": "take the payment",
    "check_out": "check out",
}
PAGES = {"home, arrivals": "/", "home, in house": "/?list=in_house", "search 'silva'": "/search?q=silva"}


def measure(folder: Path) -> Iterator[tuple[str, str]]:
    """Each with its commit, on SQLite; the audit of a date with 300 rooms in house."""
    taken: dict[str, list[float]] = defaultdict(list)
    with house_of_300(folder) as (app, replay):
        _watch(replay, "_do", lambda job, *_: job.__name__.strip("_"), taken)
        _watch(night_audit, "run", lambda *_, with_papers, **__: f"audit, papers: {with_papers}", taken)
        for with_papers in (False, False, True):
            replay.with_papers = with_papers
            replay.play_day(clock.business_date())
        for action, name in ACTIONS.items():
            yield name, f"median {median(taken[action]):.1f} ms of {len(taken[action])}"
        yield "night audit without papers", f"{taken['audit, papers: False'][-1]:.0f} ms"
        yield "night audit with all papers", f"{taken['audit, papers: True'][-1] / 1000:.1f} s"
        yield from _pages(Browser(app))


def _pages(browser: Browser) -> Iterator[tuple[str, str]]:
    from bench.measures import spread

    with work():
        user = add_user("bench", "Bench", Role.MANAGER, password="correct horse battery", by=None, now=clock.now())
    browser.log_in_as(user)
    for name, path in PAGES.items():
        yield f"{name}, 300 rooms", spread(partial(browser.get, path), 50)


def _watch(owner: Any, name: str, called: Callable[..., str], taken: dict[str, list[float]]) -> None:
    """Time every call of `owner.name`, in milliseconds, under the name `called` finds in its arguments."""
    plain = getattr(owner, name)

    def stopped(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return plain(*args, **kwargs)
        finally:
            taken[called(*args, **kwargs)].append((time.perf_counter() - began) * 1000)

    setattr(owner, name, stopped)
