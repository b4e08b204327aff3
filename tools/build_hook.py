"""Hatch build hook: a wheel contains the compiled catalogue and, inside pms/, what a checkout has beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BESIDE_THE_PACKAGE = ("templates", "reports", "config.py")


class WholeHouse(BuildHookInterface):
    """Runs before files are collected. The .mo files are not in git.

    An editable install gets no copies (a static force-include would make them): it uses the checkout's own.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for po in Path(self.root, "pms", "translations").glob("*/LC_MESSAGES/*.po"):
            with po.open("rb") as source:
                catalogue = read_po(source)
            with po.with_suffix(".mo").open("wb") as target:
                write_mo(target, catalogue)
        if version == "standard":
            build_data["force_include"] |= {str(Path(self.root, name)): f"pms/{name}" for name in BESIDE_THE_PACKAGE}
