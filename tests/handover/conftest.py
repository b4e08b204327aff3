"""The desk at the end of a shift."""

from __future__ import annotations

import pytest

from pms.db import work
from tests.builders import House
from tests.handover.steps import Desk
from tests.handover.team import Team


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


@pytest.fixture
def team(house: House) -> Team:
    """The agent has the early shift of the next Monday, the night auditor the night of its Tuesday."""
    team = Team(house)
    with work():
        team.write(("front_desk_agent", 0, "E lobby"), ("night_auditor", 1, "N"))
    return team
