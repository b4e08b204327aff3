"""A paper printed again is the same file, whoever prints it and whenever (N7)."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest
import time_machine

from pms import home
from pms.reporting.catalogue import find
from pms.reporting.rendering import render
from tests.reporting.reading import printed
from tests.reporting.samples import DAY, HOUSE
from tests.reporting.samples_lists import read

AGAIN = """
import hashlib
from tests.reporting.reading import printed
print(hashlib.sha256(printed("managers_daily", "both")).hexdigest())
"""


@pytest.mark.parametrize("name", ["arrivals", "managers_daily", "room_status"])
def test_printed_a_year_later_it_is_the_same(name: str) -> None:
    first = printed(name, "both")
    with time_machine.travel("2027-11-22 03:00", tick=False):
        assert printed(name, "both") == first


def test_another_process_prints_the_same_bytes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", AGAIN], cwd=home.PACKAGE.parent, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == hashlib.sha256(printed("managers_daily", "both")).hexdigest()


def test_what_was_printed_before_leaves_no_trace() -> None:
    first = printed("trial_balance", "zh")
    printed("arrivals", "both")

    assert printed("trial_balance", "zh") == first


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_are_the_same_bytes_too(form: str) -> None:
    first = render(find("arrivals"), read, DAY, "both", HOUSE, form)
    with time_machine.travel("2027-11-22 03:00", tick=False):
        assert render(find("arrivals"), read, DAY, "both", HOUSE, form) == first
