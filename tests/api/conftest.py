"""A small house with the programs that use it, one for each role asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.api.program import Program
from tests.builders import House

NewProgram = Callable[..., Program]


@pytest.fixture
def program_of(app: Flask, house: House) -> NewProgram:
    """`program_of("cashier", lang="zh")`."""
    return lambda role="front_desk_agent", lang="en", department=None: Program(app, role, lang, department)


@pytest.fixture
def desk(program_of: NewProgram) -> Program:
    """A program with the rights of a front-desk agent."""
    return program_of()
