"""Two rooms of one booking that one better room could replace (P7)."""

from __future__ import annotations

from collections.abc import Iterable

from pms.reservations.models import Stay
from pms.reservations.status import Status


def second_room(stay: Stay, stays: Iterable[Stay]) -> Stay | None:
    """Another of these stays of a booking that one suite could hold together with this one (P7), or None.

    Same nights, same rung of the ladder; both still to come, neither of a group's block.
    """
    if stay.status is not Status.RESERVED or stay.group_id is not None or stay.arrival == stay.departure:
        return None
    return next(
        (
            other
            for other in stays
            if other.id != stay.id
            and other.status is Status.RESERVED
            and (other.arrival, other.departure) == (stay.arrival, stay.departure)
            and other.group_id is None
            and other.type.rank == stay.type.rank
        ),
        None,
    )
