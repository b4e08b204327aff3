"""What lies ready for guests who are about to come in."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from pms.db import db
from pms.guest_services.models import Luggage


def pieces_of(stay_ids: Iterable[int]) -> dict[int, int]:
    """By stay how many pieces of luggage are still on the shelves; one statement."""
    held = sa.func.sum(Luggage.pieces - Luggage.collected)
    wanted = sa.select(Luggage.stay_id, held).where(Luggage.stay_id.in_(list(stay_ids)), Luggage.released_at.is_(None))
    return {row[0] or 0: int(row[1]) for row in db.session.execute(wanted.group_by(Luggage.stay_id))}
