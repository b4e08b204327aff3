"""The desk at the end of a shift."""

from __future__ import annotations

import pytest

from tests.builders import House
from tests.handover.steps import Desk


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)
