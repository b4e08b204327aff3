"""What this house never does, found by a plain search (CONTRIBUTING.md)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted([*ROOT.glob("pms/**/*.py"), *ROOT.glob("reports/**/*.py")])
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))

NEVER_IN_CODE = {
    "the wall clock outside pms/clock.py": (
        r"\b(datetime|date)\.(now|today|utcnow)\(|\btime\.time\(",
        r"pms/clock\.py",
    ),
    "a commit outside pms/db.py": (r"\.commit\(", r"pms/db\.py|.*/cli\.py|pms/accounts/sessions\.py"),
    # The foundations read their own few rows; guards of room-nights and blocks, and numbers, read what they change.
    "a SELECT outside queries": (
        r"(?<![_a-z])select\(",
        r".*/queries(_\w+)?\.py|.*/queries/\w+\.py|.*/models\.py|pms/migrations/.*|pms/\w+\.py"
        r"|pms/reservations/(inventory|occupancy|blocks|numbers)\.py",
    ),
    "an open end": (r"TODO|FIXME|XXX|NotImplementedError", r""),
    "a path of somebody's machine": (r"/(work|farm|root|home)/", r""),
}
NEVER_IN_TEMPLATES = {
    "inline style": r"\sstyle\s*=|<style",
    "inline script": r"<script(?![^>]*\ssrc=)",
    "an event handler": r"\son[a-z]+\s*=\s*[\"']",
    "something fetched from elsewhere": r"(src|href)\s*=\s*[\"']https?://",
}


@pytest.mark.parametrize("sin", NEVER_IN_CODE)
def test_code_never_has(sin: str) -> None:
    pattern, allowed = NEVER_IN_CODE[sin]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in CODE
        if not re.fullmatch(allowed, str(path.relative_to(ROOT)))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == []


@pytest.mark.parametrize("sin", NEVER_IN_TEMPLATES)
def test_templates_never_have(sin: str) -> None:
    found = [path.name for path in TEMPLATES if re.search(NEVER_IN_TEMPLATES[sin], path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_file_grows_beyond_400_lines() -> None:
    written = [path for path in CODE if "versions" not in path.parts]  # Alembic writes a table at a time
    lines = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in written}
    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_reports_read_through_queries_only() -> None:
    """A paper knows the papers' toolbox, sentences and words, and what a feature's queries give; it changes nothing."""
    of_a_feature = r"\w+\.(queries\w*|status|rules\w*|words)"
    allowed = re.compile(rf"pms\.(reporting|say|money|clock|departments|notices|shifts|{of_a_feature})(\.\w+)?")
    found = []
    for path in ROOT.glob("reports/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [
                f"{path.name}: {name}" for name in names if name.startswith("pms") and not allowed.fullmatch(name)
            ]
    assert found == []
