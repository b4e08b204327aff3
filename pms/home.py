"""Where the parts that are not Python modules lie: templates, reports, config.py, translations, static files.

In a wheel they are inside the package, in a checkout beside it. Nothing else may know; nothing is found by the working
directory or by `import config`, so a foreign config.py next to the user does no harm.
"""

from __future__ import annotations

import importlib
import os
import runpy
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

PACKAGE = Path(__file__).resolve().parent
REPORTS_PACKAGE = "pms_reports"
CHINESE = "zh_Hans_CN"


def _beside_or_inside(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name


def templates() -> Path:
    return _beside_or_inside("templates")


def reports() -> Path:
    return _beside_or_inside("reports")


def config_file() -> Path:
    return _beside_or_inside("config.py")


def static() -> Path:
    return PACKAGE / "static"


def migrations() -> Path:
    return PACKAGE / "migrations"


def translations() -> Path:
    return PACKAGE / "translations"


def load_config() -> dict[str, Any]:
    """The UPPERCASE defaults of our own config.py."""
    return {name: value for name, value in runpy.run_path(str(config_file())).items() if name.isupper()}


def load_reports() -> dict[str, ModuleType]:
    """Every report by its file name, in order; files that begin with an underscore are helpers of the others."""
    names = sorted(path.stem for path in reports().glob("*.py") if not path.stem.startswith("_"))
    return {name: _load_from_reports(name) for name in names}


def load_form(name: str) -> ModuleType:
    """A form of one record, from reports/forms/."""
    return _load_from_reports(f"forms.{name}")


def _load_from_reports(name: str) -> ModuleType:
    if REPORTS_PACKAGE not in sys.modules:
        package = ModuleType(REPORTS_PACKAGE, "The files of reports/, importable wherever that folder lies.")
        package.__path__ = [str(reports())]
        sys.modules[REPORTS_PACKAGE] = package
    return importlib.import_module(f"{REPORTS_PACKAGE}.{name}")


def ensure_compiled() -> Path | None:
    """The Chinese catalogue ready to load, compiled anew when messages.po is newer; None when there is none.

    Where the folder cannot be written an older catalogue is better than none.
    """
    po = translations() / CHINESE / "LC_MESSAGES" / "messages.po"
    mo = po.with_suffix(".mo")
    if po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime) and os.access(po.parent, os.W_OK):
        compile_catalogue(po, mo)
    return mo if mo.exists() else None


def compile_catalogue(po: Path, mo: Path) -> None:
    """Write `mo` in one step, so that a process starting at the same time reads the old one or the new one."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as source:
        catalogue = read_po(source)
    with tempfile.NamedTemporaryFile(dir=mo.parent, suffix=".tmp", delete=False) as target:
        write_mo(target, catalogue)
    os.chmod(target.name, 0o644)
    os.replace(target.name, mo)
