"""The demo hotel from nothing: set up, some weeks played, the last dates closed with their papers, today begun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pms import journal, notices
from pms.access import Role
from pms.accounts.actions import system_user
from pms.db import work
from pms.demo import staff
from pms.demo.counter import whole_day
from pms.demo.plan import DAYS_AHEAD, DAYS_BEFORE, Plan, make_plan
from pms.demo.play import Play
from pms.demo.today import begin_today
from pms.demo.visits import DAY
from pms.departments import Department
from pms.night_audit import actions as night_audit
from pms.setup import hotel_file
from pms.setup.actions import set_up

SEED = 20261121
HOTEL = Path(__file__).with_name("hotel.toml")
DATES_WITH_PAPERS = 3


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is played: days before today, days ahead on the books, closed dates with papers."""

    before: int = DAYS_BEFORE
    ahead: int = DAYS_AHEAD
    papers: int = DATES_WITH_PAPERS


def nobody_listens(day: date, done: int) -> None:
    """The default of `tell`."""


def seed(now: datetime, extent: Extent = Extent(), *, tell: Callable[[date, int], None] = nobody_listens) -> Plan:
    """Fill an empty database with the demo hotel as it stands at `now`; `tell` hears each day and its number."""
    file = hotel_file.read(HOTEL.read_text("utf-8"))
    local = now.astimezone(ZoneInfo(file.hotel["zone"]))
    rooms = {row["number"]: row["type"] for row in file.rooms}
    plan = make_plan(rooms, local, seed=SEED, before=extent.before, ahead=extent.ahead)
    opened = local.replace(hour=6, minute=0) - DAY * extent.before
    with work():
        people = staff.hire(opened)
        house = system_user("house", "The house", now=opened)
        for _ in set_up(file, plan.first, by=house, now=opened):
            pass
    play = Play(plan, people, file.hotel["zone"], SEED)
    play.open_accounts(opened)
    play.repair(opened)
    for number in range(extent.before):
        day = plan.first + DAY * number
        tell(day, number)
        whole_day(play, day)
        _close(play, day, with_papers=(plan.today - day).days <= extent.papers)
    tell(plan.today, extent.before)
    begin_today(play, now)
    with work():
        journal.seal()
    return plan


def _close(play: Play, day: date, *, with_papers: bool) -> None:
    """The end of a date: notices are read, the audit runs."""
    late = play.at(day, 23, 40)
    with work():
        for department in Department:
            notices.acknowledge_all(department, until=late, by=play.by(Role.MANAGER), now=late)
    night_audit.run(play.by(Role.NIGHT_AUDITOR), late, with_papers=with_papers, with_backup=False)
