"""Writing down what an action has changed, when nobody else was faster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm.exc import StaleDataError

from pms import db
from pms.errors import Conflict
from pms.reservations.models import Group, Stay
from pms.say import say


@contextmanager
def nobody_else() -> Iterator[None]:
    """Around what writes records, or as a decorator of an action: raises `Conflict` when somebody else has changed one
    of them since it was read.
    """
    try:
        yield
    except StaleDataError as error:
        raise Conflict(say("Somebody else has just changed this. Please look at it again.")) from error


def save(record: Stay | Group) -> None:
    """Write the record now. Raises `Conflict`."""
    with nobody_else():
        db.save(record)
