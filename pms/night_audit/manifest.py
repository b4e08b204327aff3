"""What is in a copy of the database, written beside it when it is made: so that a restore can be proved to be whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

Ask = Callable[[str], Sequence[Any]]
"""Runs one statement on a connection of whatever kind and gives its rows."""

SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
POSTGRES_TABLES = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
)


@dataclass(frozen=True, slots=True)
class Contents:
    """Version of the tables, rows of each, number and hash of the journal's last sealed line."""

    version: str
    rows: dict[str, int]
    journal_seq: int
    journal_hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents, and the SHA-256 of the file they lie in."""

    contents: Contents
    sha256: str


def contents_of(ask: Ask, tables: str) -> Contents:
    """What is in the database behind `ask`; `tables` is the statement that names its tables."""
    names = sorted(str(row[0]) for row in ask(tables))
    version = ask("SELECT version_num FROM alembic_version") if "alembic_version" in names else []
    head = ask("SELECT seq, hash FROM journal_head") if "journal_head" in names else []
    seq, chain = head[0] if head else (0, "")
    rows = {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in names}
    return Contents(str(version[0][0]) if version else "", rows, int(seq), str(chain))


def place_of(file: Path) -> Path:
    """`innkeep-2026-11-21.db.json` beside `innkeep-2026-11-21.db`."""
    return file.with_name(f"{file.name}.json")


def fingerprint(file: Path) -> str:
    """Its SHA-256."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write(file: Path, contents: Contents, *, sha256: str) -> None:
    place = place_of(file)
    place.write_text(json.dumps(asdict(Manifest(contents, sha256)), indent=1) + "\n", encoding="utf-8")
    place.chmod(0o600)


def read(file: Path) -> Manifest | None:
    """None where no manifest of ours lies beside the copy."""
    try:
        data = json.loads(place_of(file).read_text("utf-8"))
        return Manifest(Contents(**data["contents"]), data["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
