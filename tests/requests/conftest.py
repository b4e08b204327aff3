"""The service centre: a guest in 1204, a list of services, and calls to be written down."""

from __future__ import annotations

import pytest

from tests.builders import House
from tests.requests.steps import Centre


@pytest.fixture
def centre(house: House) -> Centre:
    return Centre(house)
