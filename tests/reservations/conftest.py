"""Who takes bookings in these tests."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.builders import House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk


@pytest.fixture
def clerk(house: House) -> Clerk:
    return Clerk(house)


@pytest.fixture
def desk(app: Flask, house: House) -> Browser:
    """The reservation supervisor at the pages."""
    return at_desk(app, house, "reservation_supervisor")


@pytest.fixture
def supervisor(house: House) -> Clerk:
    return Clerk(house, "reservation_supervisor")
