"""Who takes bookings in these tests."""

from __future__ import annotations

import pytest

from tests.builders import House
from tests.reservations.clerk import Clerk


@pytest.fixture
def clerk(house: House) -> Clerk:
    return Clerk(house)


@pytest.fixture
def supervisor(house: House) -> Clerk:
    return Clerk(house, "reservation_supervisor")
