"""Write the positions of the rack's bars: a class for every column a bar may begin (a0 ...) or end (z1 ...) in.

Run when the longest period changes: .venv/bin/python tools/rack_positions.py
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pms.front_desk.rack import COLUMNS, PERIODS  # noqa: E402

TARGET = ROOT / "pms/static/css/rack-positions.css"
HEAD = (
    "/* Where bars begin and end: written by tools/rack_positions.py. The first column of the grid is the room's. */\n"
)


def positions() -> str:
    last = max(PERIODS) * COLUMNS
    starts = (f".a{n}{{grid-column-start:{n + 2}}}" for n in range(last))
    ends = (f".z{n}{{grid-column-end:{n + 2}}}" for n in range(1, last + 1))
    hours = (f".h{n}{{margin-left:{n * 100 / 24:.2f}%}}" for n in range(24))
    return HEAD + "\n".join((*starts, *ends, *hours)) + "\n"


if __name__ == "__main__":
    TARGET.write_text(positions(), encoding="utf-8")
