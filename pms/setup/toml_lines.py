"""On which line of a TOML file a value stands. tomllib reads values but keeps no places, and an error without its line
is no help in a file of 400 lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_QUOTED = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL)
_PLAIN = re.compile(r"[^,\]}\n#]*")


def lines_of(text: str) -> dict[Path, int]:
    """`("rooms", 3, "type")` -> its line, counted from 1, for every table, key and array element.

    `text` must be TOML that tomllib has accepted.
    """
    return _Scanner(text).lines


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.line, self.counted_to = 1, 0
        self.lines: dict[Path, int] = {(): 1}
        self.arrays: dict[Path, int] = {}  # arrays of tables: the index of the last table
        base: Path = ()
        while self._skip_space():
            if self.text.startswith("[", self.at):
                base = self._header()
            else:
                self._key_and_value(base)

    def _here(self) -> int:
        """The line of the current place; places only grow, so every character is counted once."""
        self.line += self.text.count("\n", self.counted_to, self.at)
        self.counted_to = self.at
        return self.line

    def _note(self, path: Path) -> None:
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], self._here())

    def _skip_space(self) -> bool:
        """Over blanks, line ends and comments; False at the end of the file."""
        match = _SPACE.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return self.at < len(self.text)

    def _take(self, mark: str) -> bool:
        self._skip_space()
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True

    def _header(self) -> Path:
        several = self.text.startswith("[[", self.at)
        self.at += 2 if several else 1
        path: Path = ()
        keys = list(self._keys())
        for key in keys[:-1]:
            path = self._into((*path, key))
        path += (keys[-1],)
        if several:
            self.arrays[path] = self.arrays.get(path, -1) + 1
        path = self._into(path)
        self._note(path)
        self._take("]]" if several else "]")
        return path

    def _into(self, path: Path) -> Path:
        return (*path, self.arrays[path]) if path in self.arrays else path

    def _keys(self) -> Iterator[str]:
        """The parts of a dotted key."""
        while True:
            self._skip_space()
            pattern = _QUOTED if self.text[self.at] in "\"'" else _BARE_KEY
            match = pattern.match(self.text, self.at)
            assert match is not None
            self.at = match.end()
            yield match[0][1:-1] if pattern is _QUOTED else match[0]
            if not self._take("."):
                return

    def _key_and_value(self, base: Path) -> None:
        self._skip_space()
        line_of_key = self._here()
        path = base + tuple(self._keys())
        for end in range(len(base) + 1, len(path) + 1):
            self.lines.setdefault(path[:end], line_of_key)
        self._take("=")
        self._value(path)

    def _value(self, path: Path) -> None:
        self._skip_space()
        self._note(path)
        if self._take("["):
            self._items(path)
        elif self._take("{"):
            while not self._take("}"):
                self._key_and_value(path)
                self._take(",")
        else:
            match = _QUOTED.match(self.text, self.at) or _PLAIN.match(self.text, self.at)
            assert match is not None
            self.at = match.end()

    def _items(self, path: Path) -> None:
        index = 0
        while not self._take("]"):
            self._value((*path, index))
            self._take(",")
            index += 1
