"""Every command explains itself: `make help`, `pms --help`, and the documents name only what exists."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pms import cli

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def all_commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            assert found is not None
            yield from all_commands(found, f"{name} {sub}")


@pytest.mark.parametrize("name", ["", *cli.COMMANDS])
def test_every_command_and_option_has_help(name: str) -> None:
    command = cli.main.get_command(click.Context(cli.main), name) if name else cli.main
    assert command is not None
    for path, part in all_commands(command, f"pms {name}") if name else [("pms", command)]:
        assert part.help, path
        silent = [p.name for p in part.params if isinstance(p, click.Option) and not p.help and not p.hidden]
        assert silent == [], path


def test_make_alone_explains_every_target() -> None:
    said = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in said.splitlines() if line.startswith("  ")} == TARGETS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_only_what_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    commands = re.findall(r"(?:^|`|/bin/|=)(make|pms) ([a-z][a-z-]+)", text, re.MULTILINE)
    assert {name for program, name in commands if program == "make"} <= TARGETS
    assert {name for program, name in commands if program == "pms"} <= set(cli.COMMANDS)
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []
