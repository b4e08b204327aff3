"""The concierge's counter: a guest in house, luggage ready to be handed in, a message to be left."""

from __future__ import annotations

import pytest

from tests.builders import House
from tests.guest_services.steps import Counter


@pytest.fixture
def counter(house: House) -> Counter:
    return Counter(house)
