"""Where a list goes on: the key of the last row shown, opaque to the caller.

The next page begins after that key, so what is added or removed meanwhile shifts nothing.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from pms.errors import Refused
from pms.say import say

Row = TypeVar("Row")


def write(*key: Any) -> str:
    """A cursor after the row with this key (numbers, texts, dates)."""
    plain = [part.isoformat() if isinstance(part, date) else part for part in key]
    return urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def read(cursor: str, *kinds: type) -> tuple[Any, ...] | None:
    """The key in a cursor, its parts of these `kinds`; None for the first page. Raises `Refused` for a foreign one."""
    if not cursor:
        return None
    try:
        plain = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        key = tuple(date.fromisoformat(part) if kind is date else part for part, kind in zip(plain, kinds, strict=True))
    except (ValueError, TypeError):
        key = ()
    if not key or not all(isinstance(part, kind) and not _is_huge(part) for part, kind in zip(key, kinds, strict=True)):
        raise Refused(say("This cursor does not belong to this list. Begin without one."), field="cursor")
    return key


def cut(rows: Sequence[Row], limit: int, key: Any) -> tuple[Sequence[Row], str | None]:
    """A page of `limit` rows from one row more, and the cursor of the next page if there is one."""
    if len(rows) <= limit:
        return rows, None
    page = rows[:limit]
    return page, write(*key(page[-1]))


def _is_huge(part: Any) -> bool:
    return (isinstance(part, int) and abs(part) >= 2**31) or (isinstance(part, str) and "\x00" in part)
