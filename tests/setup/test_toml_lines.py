"""Every value of a TOML file is found on the line where it stands, whatever the file looks like."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pms.setup.toml_lines import lines_of

NOISE = st.sampled_from(["", " # comment", " # ] } \" '''", "\t"])
WORDS = st.sampled_from(["", "a # b", "[x]", "{ y = 1 }", "it''s", "\\\\", "=", ","])


# Each @ becomes the number of the line it stands on; ~ becomes a comment or nothing, " a text that looks like TOML.
ENTRIES = st.sampled_from(
    [
        ["KEY = @~"],
        ["'KEY' = { x = @, 'y z'.w = [@, @], t = TEXT }~"],
        ["KEY = [~", "  { n = @, s = TEXT },~", "", "  # [", "  { n = @ }, TEXT,", "  @, [@, @], ]~"],
        ["KEY = []~"],
        ["KEY.p . q = @~"],
        ["KEY = TEXT~"],
        ['KEY = ["""first', '"second" # no comment', '""", @]~'],
        ["# KEY = {", "", "   "],
    ]
)
HEADS = st.sampled_from(["[tN]", "[[many]]", "[[many]]", '[[some."x.y"]]', "[deep.tN]", "[[many]]\nk = @\n[many.sub]"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file whose every number is the number of its own line."""
    lines: list[str] = []
    for table in range(draw(st.integers(1, 5))):
        if table:
            lines += draw(HEADS).replace("N", str(table)).split("\n")
        for place, entry in enumerate(draw(st.lists(ENTRIES, max_size=3))):
            lines += [line.replace("KEY", f"k{place}") for line in entry]
    filled = (line.replace("TEXT", f'"{draw(WORDS)}"').replace("~", draw(NOISE)) for line in lines)
    return "".join(line.replace("@", str(number)) + "\n" for number, line in enumerate(filled, 1))


def numbers(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], int]]:
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in numbers(item, (*path, key))]
    if isinstance(value, list):
        return [found for index, item in enumerate(value) for found in numbers(item, (*path, index))]
    return [(path, value)] if isinstance(value, int) else []


@given(files())
def test_a_number_is_found_on_its_line(text: str) -> None:
    lines = lines_of(text)
    for path, line in numbers(tomllib.loads(text)):
        assert lines[path] == line, (path, text)


def test_a_table_stands_where_its_head_is() -> None:
    lines = lines_of("a = 1\n[[rooms]]\nn = 3\n\n[[rooms]]\nn = 6\n")
    assert lines["rooms", 0] == 2
    assert lines["rooms", 1] == 5
