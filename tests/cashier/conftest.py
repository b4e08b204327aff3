"""A guest in house with an open folio, and the cashier at the till."""

from __future__ import annotations

import pytest

from tests.builders import House
from tests.cashier.steps import Till


@pytest.fixture
def till(house: House) -> Till:
    return Till(house)
