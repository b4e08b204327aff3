"""The desk at work: a stay with documents on file and a sheet that lacks nothing."""

from __future__ import annotations

import pytest

from tests.builders import House
from tests.front_desk.steps import Desk


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)
