"""Writes requirements/install.txt and dev.txt: exact versions with hashes, from the ranges in pyproject.toml.

    pip install pip-tools && python tools/lock.py [--upgrade]

Versions already locked stay as they are unless --upgrade is given. Run it with the oldest Python we support.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
PIP_COMPILE = (
    *("pip-compile", "--quiet", "--generate-hashes", "--strip-extras", "--allow-unsafe"),
    *("--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host"),
)


def group(project: dict[str, Any], name: str) -> list[str]:
    """The requirements of a dependency group, included groups too."""
    found: list[str] = []
    for entry in project["dependency-groups"][name]:
        found += [entry] if isinstance(entry, str) else group(project, entry["include-group"])
    return found


def lock(name: str, requirements: list[str], *options: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".in") as wanted:
        wanted.write("\n".join(requirements))
        wanted.flush()
        subprocess.run([*PIP_COMPILE, *options, "-o", str(LOCKS / name), wanted.name], check=True, cwd=ROOT)


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = sys.argv[1:]
    LOCKS.mkdir(exist_ok=True)
    lock("install.txt", project["project"]["dependencies"] + project["build-system"]["requires"], *options)
    lock("dev.txt", [f"-c {LOCKS / 'install.txt'}", *group(project, "dev")], *options)


if __name__ == "__main__":
    main()
