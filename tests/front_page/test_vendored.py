"""What others made lies here unchanged, with its licence, and holds every icon the pages ask for."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

from pms import home
from tools.vendor import ICONS

VENDOR = home.static() / "vendor"
TEMPLATES = [path.read_text() for path in home.templates().rglob("*.html")]


def manifest() -> list[dict[str, str]]:
    files: list[dict[str, str]] = tomllib.loads((VENDOR / "MANIFEST.toml").read_text())["file"]
    return files


def test_every_vendored_file_is_the_one_in_the_manifest() -> None:
    for entry in manifest():
        assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"], entry["file"]


def test_no_file_lies_there_unlisted() -> None:
    listed = {entry["file"] for entry in manifest()} | {"MANIFEST.toml"}
    assert {path.name for path in VENDOR.iterdir()} == listed


def test_every_package_brings_its_licence() -> None:
    licences = {entry["name"] for entry in manifest() if entry["file"].endswith(".LICENSE")}
    assert licences == {entry["name"] for entry in manifest()}


def test_htmx_is_version_4_and_bootstrap_5_3() -> None:
    versions = {entry["name"]: entry["version"] for entry in manifest()}
    assert versions["htmx.org"].startswith("4.")
    assert versions["bootstrap"].startswith("5.3.")


def test_every_icon_a_template_draws_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (VENDOR / "icons.svg").read_text()))
    drawn = {name for text in TEMPLATES for name in re.findall(r'\bicon\("([\w-]+)"', text)}
    assert drawn <= sprite


def test_the_sprite_holds_nothing_twice() -> None:
    assert len(ICONS) == len(set(ICONS))


def test_styles_and_scripts_fetch_nothing_from_elsewhere() -> None:
    own: list[Path] = [*home.static().glob("*.css"), *home.static().glob("css/*.css"), *home.static().glob("js/*.js")]
    assert own
    for path in own:
        assert not re.search(r"https?://|@import", path.read_text()), path.name
