"""docs/manual.md says for every number of the hotel's manual where it lives, and names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LAST = {"R": 14, "C": 10, "P": 18, "X": 2, "E": 2, "Q": 5, "L": 7, "S": 6, "H": 4, "N": 7}
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs/manual.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| [A-Z]\d+ ", line)
]


def test_every_number_of_the_manual_has_its_row_in_order() -> None:
    assert [row[0].split()[0] for row in ROWS] == [
        f"{part}{n}" for part, last in LAST.items() for n in range(1, last + 1)
    ]


def test_each_row_says_where_it_lives_or_that_it_does_not_yet() -> None:
    assert [row[0] for row in ROWS if not row[1] and not row[4]] == []


def test_each_test_the_manual_names_exists() -> None:
    named = [(row[0], path) for row in ROWS for path in re.findall(r"`(tests/[^`]*)`", row[3])]
    assert [(number, path) for number, path in named if not (ROOT / path).exists()] == []
