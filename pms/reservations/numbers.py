"""Running numbers that people read aloud: confirmations, folios, luggage tags, message slips."""

from __future__ import annotations

import sqlalchemy as sa

from pms.db import insert_missing, is_postgres, run
from pms.reservations.models import NUMBERS, Counter

_NEXT = (
    sa.update(Counter.__table__)
    .where(Counter.__table__.c.name == sa.bindparam("which"))
    .values(last=Counter.__table__.c.last + 1)
    .returning(Counter.__table__.c.last)
)
_NEXT_OF_SEQUENCE = {name: sa.select(sequence.next_value()) for name, sequence in NUMBERS.items()}


def next_number(name: str) -> int:
    """The next number of a kind (`NUMBERED`), rising; two units of work never get the same one.

    On PostgreSQL the number of work that fails is left out: a row everybody counts in would make all bookings wait for
    each other.
    """
    if is_postgres():
        return int(run(_NEXT_OF_SEQUENCE[name]).scalar_one())
    number = run(_NEXT, {"which": name}).scalar()
    if number is None:
        insert_missing(Counter, [{"name": name, "last": 0}])
        number = run(_NEXT, {"which": name}).scalar_one()
    return int(number)
