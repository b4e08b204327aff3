"""The papers of the house, found in reports/: nothing is registered, a file there is a paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import Any

from pms import home
from pms.access import ROLE_NAMES, Role
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import Missing
from pms.reporting.blocks import Block
from pms.say import Say, say, translate

PORTRAIT, LANDSCAPE, SMALL = "portrait", "landscape", "small"  # small is A5
RESTRICTED = "restricted"
EVERYBODY = tuple(Department)

Read = Callable[[str, date], Sequence[Any]]
Story = Callable[[Read, date], Iterable[Block]]
Reader = Department | Role


class When(StrEnum):
    NIGHTLY = "nightly"
    EVENING = "evening"  # 18:00, for the day that comes (N1)
    WEEKLY = "weekly"  # Friday 18:00, for the week that comes (N2)
    ON_DEMAND = "on demand"


NIGHTLY, EVENING, WEEKLY, ON_DEMAND = When.NIGHTLY, When.EVENING, When.WEEKLY, When.ON_DEMAND


class BadReport(Exception):
    """A file in reports/ that is no paper: says which and what it lacks."""


@dataclass(frozen=True, slots=True)
class Report:
    """One paper for one audience.

    A paper that names guests exists twice when its file has RESTRICTED_FOR: the ordinary one leaves out guests who
    want no disclosure, the restricted one (`audience` "restricted") marks them. `needs` is the action of the access
    table that a reader must be allowed.
    """

    name: str
    title: Say
    about: Say
    """What stands on it, in one sentence."""

    code: str
    when: When
    readers: tuple[Reader, ...]
    wide: bool
    story: Story
    needs: str
    audience: str = ""

    @property
    def key(self) -> str:
        """Name for files and commands: `in_house`, `in_house-restricted`."""
        return f"{self.name}-{self.audience}" if self.audience else self.name


def reports() -> list[Report]:
    """Every paper by its code, the restricted edition after the ordinary one."""
    return sorted(_found().values(), key=lambda report: (report.code, report.audience))


def nightly() -> list[Report]:
    """The papers the night audit prints: those of the night and next day's arrivals."""
    return [report for report in reports() if report.when in (NIGHTLY, EVENING)]


def find(key: str) -> Report:
    """Raises `Missing` for a name no file has."""
    try:
        return _found()[key]
    except KeyError:
        raise Missing(say("There is no paper called {name}. See: pms report --list", name=key)) from None


def readers_line(readers: Sequence[Reader], lang: str) -> str:
    """For the foot: `Front desk, housekeeping 前厅、客房部`."""
    if set(Department) <= set(readers):
        names = [say("All departments")]
    else:
        names = [DEPARTMENT_NAMES[r] if isinstance(r, Department) else ROLE_NAMES[r] for r in readers]
    lines = {
        "en": ", ".join(translate(name, "en") for name in names),
        "zh": "、".join(translate(name, "zh") for name in names),
    }
    return "  ".join(dict.fromkeys(lines.values())) if lang == "both" else lines[lang]


@cache
def _found() -> dict[str, Report]:
    found = {}
    for name, module in home.load_reports().items():
        for report in _editions(name, module):
            found[report.key] = report
    return found


def _editions(name: str, module: ModuleType) -> list[Report]:
    needed = ("TITLE", "ABOUT", "CODE", "WHEN", "FOR", "story")
    lacking = [attribute for attribute in needed if not hasattr(module, attribute)]
    if lacking:
        raise BadReport(f"reports/{name}.py has no {', '.join(lacking)}.")
    wide = getattr(module, "PAPER", PORTRAIT) == LANDSCAPE
    needs = getattr(module, "NEEDS", "see_papers")
    parts = (name, module.TITLE, module.ABOUT, module.CODE, module.WHEN)
    editions = [Report(*parts, tuple(module.FOR), wide, module.story, needs)]
    if hasattr(module, "RESTRICTED_FOR"):
        readers = tuple(module.RESTRICTED_FOR)
        editions.append(Report(*parts, readers, wide, module.story, "see_incognito", RESTRICTED))
    return editions
