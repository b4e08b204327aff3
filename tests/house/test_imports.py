"""Who may import whom (docs/contributors/README.md): the contract holds, and it can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FORBIDDEN = {
    "a lower feature knows a higher one": ("pms/property/actions.py", "import pms.cashier.models"),
    "rules know the web": ("pms/reservations/rules.py", "import flask"),
    "status knows the database": ("pms/reservations/status.py", "import sqlalchemy"),
    "a model calls an action": ("pms/cashier/models.py", "import pms.cashier.actions"),
    "a feature draws its own paper": ("pms/cashier/actions.py", "import reportlab"),
}


def lint_imports(directory: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([str(program), "--no-cache"], cwd=directory, capture_output=True, text=True, check=False)


def test_the_contract_holds() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("sin", FORBIDDEN)
def test_the_contract_notices(sin: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "pms", tmp_path / "pms", ignore=shutil.ignore_patterns("static", "fonts", "translations", "__pycache__")
    )
    file, line = FORBIDDEN[sin]
    with (tmp_path / file).open("a") as source:
        source.write(f"\n{line}\n")
    done = lint_imports(tmp_path)
    assert done.returncode == 1
    assert "BROKEN" in done.stdout, done.stdout + done.stderr
