"""The wheel holds the whole house, and runs beside a stranger's config.py."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(dist), str(ROOT)], check=True)
    return next(dist.glob("innkeep-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, the libraries borrowed from the one the tests run in."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = place / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)],
        check=True,
    )
    libraries = next(place.glob("lib/*/site-packages"))
    (libraries / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place / "bin"


@pytest.fixture
def strange_place(tmp_path: Path) -> Path:
    """A working directory whose own config.py and reports must not be touched."""
    (tmp_path / "config.py").write_text("raise SystemExit('a foreign config.py was read')\n")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "foreign.py").write_text("raise SystemExit('a foreign report was read')\n")
    return tmp_path


def run(command: list[object], cwd: Path) -> str:
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"}, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_contains_all_parts_inside_the_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for part in (
        "pms/config.py",
        "pms/templates/base.html",
        "pms/translations/zh_Hans_CN/LC_MESSAGES/messages.mo",
        "pms/static/vendor/MANIFEST.toml",
        "pms/migrations/env.py",
    ):
        assert part in names
    reports = {f"pms/reports/{path.name}" for path in (ROOT / "reports").glob("*.py")}
    assert reports
    assert reports <= set(names)


def test_wheel_drops_nothing_beside_the_package(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.startswith("innkeep-")} == {"pms"}


def test_installed_command_answers_beside_a_foreign_config(installed: Path, strange_place: Path) -> None:
    assert "night-audit" in run([installed / "pms", "--help"], strange_place)


def test_installed_package_finds_its_own_parts(installed: Path, strange_place: Path) -> None:
    script = """
from pathlib import Path
import pms
from pms import home
from pms.say import say, translate
package = Path(pms.__file__).parent
assert "innkeep" not in str(package.parent.name) and package.parent.name == "site-packages", package
assert home.config_file().parent == package and home.load_config()["PORT"] == 5000
assert home.templates().parent == package and (home.templates() / "base.html").exists()
assert home.load_reports() and all(Path(r.__file__).parent.parent == package for r in home.load_reports().values())
assert translate(say("Night auditor"), "zh") == "夜审员", translate(say("Night auditor"), "zh")
"""
    run([installed / "python", "-c", script], strange_place)


def test_checkout_finds_its_parts_from_anywhere(strange_place: Path) -> None:
    script = "from pms import home; home.load_config(); assert home.load_reports(); print(home.config_file())"
    assert run([sys.executable, "-c", script], strange_place).strip() == str(ROOT / "config.py")
