"""What gets installed is exactly what was tested."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {name: (ROOT / "requirements" / name).read_text() for name in ("install.txt", "dev.txt")}
PINS = {name: dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.MULTILINE)) for name, text in LOCKS.items()}


@pytest.mark.parametrize("name", LOCKS)
def test_every_version_is_exact_and_has_hashes(name: str) -> None:
    entries = re.split(r"\n(?=\S)", LOCKS[name].strip())
    loose = [
        entry for entry in entries if not re.match(r"[A-Za-z0-9._-]+==\S+( ;[^\\]+)? \\\n    --hash=sha256:", entry)
    ]
    assert [entry for entry in loose if not entry.startswith("#")] == []


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_registry(name: str) -> None:
    assert "://" not in LOCKS[name]
    assert "index-url" not in LOCKS[name]


def test_locked_versions_are_within_the_declared_ranges() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for wanted in map(Requirement, project["dependencies"]):
        assert wanted.specifier.contains(PINS["install.txt"][wanted.name.lower()]), wanted


def test_both_locks_agree() -> None:
    both = PINS["install.txt"].keys() & PINS["dev.txt"].keys()
    assert {name: PINS["install.txt"][name] for name in both} == {name: PINS["dev.txt"][name] for name in both}
