"""What the check-in sheet shows of a stay."""

from __future__ import annotations

from pms.reservations.models import Stay
from pms.reservations.queries import load_stay


def due_stay(stay_id: int) -> Stay:
    """The stay to check in. Raises `Missing`."""
    return load_stay(stay_id)
