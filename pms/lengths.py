"""Text that does not fit its column is refused with a sentence, the same on both engines: PostgreSQL would fail with an
error, SQLite would take it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from pms.errors import Refused
from pms.say import say


def check_lengths(model: Any, values: Mapping[str, Any]) -> None:
    """Raises `Refused`, naming the field, when one of the `values` is longer than its column in `model`."""
    for name, limit in _limits(model):
        value = values.get(name)
        if value and len(value) > limit:
            raise Refused(say("Too long: at most {count} characters.", count=limit), field=name)


@cache
def _limits(model: Any) -> tuple[tuple[str, int], ...]:
    columns = model.__table__.c
    return tuple((c.name, c.type.length) for c in columns if isinstance(c.type, sa.String) and c.type.length)
