"""What every page has (`tr`, `said`, `called` ...) is not hidden by something a view hands over under the same name.

The frame of the pages uses it too: with `said` hidden, what was just done was told in English on Chinese pages.
"""

from __future__ import annotations

import ast
from pathlib import Path

from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
RENDERS = ("render_template", "refused_page")


def test_no_view_hides_what_every_page_has(app: Flask) -> None:
    shared = set(app.jinja_env.globals)
    assert {"said", "tr", "can"} <= shared
    found = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in sorted(ROOT.glob("pms/*/views*.py"))
        for name, line in handed_over(ast.parse(path.read_text(encoding="utf-8")))
        if name in shared
    ]
    assert found == []


def handed_over(tree: ast.Module) -> list[tuple[str, int]]:
    """The names in a view's dictionaries and in its calls that draw a page, with their lines."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            names += [(key.value, key.lineno) for key in node.keys if isinstance(key, ast.Constant)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RENDERS:
            names += [(keyword.arg, node.lineno) for keyword in node.keywords if keyword.arg]
    return [(str(name), line) for name, line in names]
