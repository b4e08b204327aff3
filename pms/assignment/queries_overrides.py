"""Rules set aside for single stays: by whom, when, why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from pms.accounts.models import User
from pms.assignment.models import RuleOverride
from pms.assignment.rules import title_of
from pms.db import db
from pms.say import Say


class Override(NamedTuple):
    """A rule set aside, as the pages show it."""

    rule: str
    why: str
    at: datetime
    name: str
    name_zh: str

    @property
    def title(self) -> Say:
        return title_of(self.rule)


def overrides_of(stay_id: int) -> list[Override]:
    """The rules set aside for a stay, the first one first."""
    wanted = (
        sa.select(RuleOverride.rule, RuleOverride.why, RuleOverride.at, User.name, User.name_zh)
        .join(User, User.id == RuleOverride.by_id)
        .where(RuleOverride.stay_id == stay_id)
        .order_by(RuleOverride.at, RuleOverride.rule)
    )
    return [Override._make(row) for row in db.session.connection().execute(wanted)]


def rules_set_aside(stay_ids: Iterable[int]) -> dict[int, set[str]]:
    """The names of the rules that do not speak for each of these stays."""
    found: dict[int, set[str]] = defaultdict(set)
    wanted = sa.select(RuleOverride.stay_id, RuleOverride.rule).where(RuleOverride.stay_id.in_(list(stay_ids)))
    for stay_id, rule in db.session.connection().execute(wanted):
        found[stay_id].add(rule)
    return found
