"""Running numbers that people read aloud: confirmations, folios, luggage tags, message slips."""

from __future__ import annotations

import sqlalchemy as sa

from pms.db import insert_missing, run
from pms.reservations.models import Counter

_NEXT = (
    sa.update(Counter.__table__)
    .where(Counter.__table__.c.name == sa.bindparam("which"))
    .values(last=Counter.__table__.c.last + 1)
    .returning(Counter.__table__.c.last)
)


def next_number(name: str) -> int:
    """The next number of a kind, 1, 2, 3 ...; two units of work never get the same one."""
    number = run(_NEXT, {"which": name}).scalar()
    if number is None:
        insert_missing(Counter, [{"name": name, "last": 0}])
        number = run(_NEXT, {"which": name}).scalar_one()
    return int(number)
