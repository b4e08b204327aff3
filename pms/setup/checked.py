"""Reading a table of a hotel file word by word: every mistake is noted with its line, none stops the reading."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from pms.money import exponent
from pms.say import Say, say
from pms.setup.toml_lines import Path

Choice = TypeVar("Choice", bound=StrEnum)

_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)")


class Mistake(NamedTuple):
    """What is wrong on a line of the file; `where` says of what (`room 1204`), `what` what is wrong."""

    line: int
    where: Say
    what: Say

    @property
    def sentence(self) -> Say:
        return say("line {line}: {where}: {what}", line=self.line, where=self.where, what=self.what)


class Mistakes:
    """All mistakes of a file. `at` is where they are noted; it knows the line of every value."""

    def __init__(self, lines: dict[Path, int]) -> None:
        self.lines = lines
        self.found: list[Mistake] = []

    def note(self, path: Path, where: Say, what: Say) -> None:
        self.found.append(Mistake(self.line(path), where, what))

    def line(self, path: Path) -> int:
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def in_order(self) -> list[Mistake]:
        return sorted(self.found, key=lambda mistake: mistake.line)


class Table:
    """One table of the file. Each question takes the word off the table; `close` complains of what is left over."""

    def __init__(self, data: Any, path: Path, where: Say, mistakes: Mistakes) -> None:
        self.path, self.where, self.mistakes = path, where, mistakes
        self.known: list[str] = []
        self.data: dict[str, Any] = dict(data) if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            mistakes.note(path, where, say("must be a table, like {example}", example="{ en = 3, zh = 4 }"))

    def wrong(self, key: str, what: Say) -> None:
        self.mistakes.note((*self.path, key), self.where, what)

    def has(self, key: str) -> bool:
        return key in self.data

    def take(self, key: str, *, required: bool = False) -> Any:
        self.known.append(key)
        if key not in self.data and required:
            self.wrong(key, say("{key} is missing", key=key))
        return self.data.pop(key, None)

    def text(self, key: str, longest: int, *, required: bool = False, default: str = "") -> str:
        value = self.take(key, required=required)
        if value is None:
            return default
        if not isinstance(value, str) or (required and not value.strip()):
            self.wrong(key, say('{key} must be text in quotes, like {key} = "..."', key=key))
            return default
        if len(value.strip()) > longest:
            self.wrong(key, say("{key} is longer than {longest} characters", key=key, longest=longest))
        return value.strip()

    def whole(self, key: str, low: int, high: int, default: int = 0, *, required: bool = False) -> int:
        value = self.take(key, required=required)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.wrong(
                key,
                say("{key} must be a whole number from {low} to {high}, not {value}", key=key, low=low, high=high,
                    value=shown(value)),
            )  # fmt: skip
            return default
        return value

    def truth(self, key: str, default: bool = False) -> bool:
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.wrong(key, say("{key} must be true or false, not {value}", key=key, value=shown(value)))
            return default
        return value

    def choice(self, key: str, words: type[Choice], default: Choice | None = None) -> Choice | None:
        """One of the words; without a default it must be there."""
        value = self.take(key, required=default is None)
        if value is None:
            return default
        if value not in list(words):
            self.unknown(key, value, [word.value for word in words])
            return default
        return words(value)

    def one_of(self, key: str, words: Iterable[str], *, required: bool = True, default: str = "") -> str:
        value = self.take(key, required=required)
        if value is None:
            return default
        words = list(words)
        if value not in words:
            self.unknown(key, value, words)
            return default
        return str(value)

    def unknown(self, key: str, value: Any, words: Iterable[str]) -> None:
        self.wrong(
            key,
            say("unknown {key} {value}, choose one of {words}", key=key, value=shown(value), words=", ".join(words)),
        )

    def day(self, key: str, *, required: bool = False) -> date | None:
        value = self.take(key, required=required)
        if value is None or type(value) is date:
            return value
        self.wrong(key, say("{key} must be a date like 2026-11-21 without quotes, not {value}", key=key,
                            value=shown(value)))  # fmt: skip
        return None

    def month_day(self, key: str) -> str:
        value = self.take(key, required=True)
        match = _MONTH_DAY.fullmatch(value) if isinstance(value, str) else None
        try:
            if match:
                date(2024, int(match[1]), int(match[2]))  # a leap year: 02-29 is a day
                return str(value)
        except ValueError:
            pass
        if value is not None:
            self.wrong(key, say('{key} must be month and day like "04-15", not {value}', key=key, value=shown(value)))
        return ""

    def amount(self, key: str, currency: str, default: int = 0) -> int:
        """Minor units."""
        value = self.take(key)
        if value is None:
            return default
        minor = minor_units(value, currency)
        if minor is None:
            self.wrong(key, say("{key} must be an amount like 780 or 780.50, not {value}", key=key, value=shown(value)))
            return default
        return minor

    def tables(self, key: str, what: Say) -> Iterator[Table]:
        """The tables of an array, each with its place."""
        value = self.take(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.wrong(key, say("{key} must be a list of tables: [[{key}]]", key=key))
            return
        for index, item in enumerate(value):
            yield Table(item, (*self.path, key, index), what, self.mistakes)

    def table(self, key: str, where: Say, *, required: bool = False) -> Table:
        value = self.take(key, required=required)
        return Table({} if value is None else value, (*self.path, key), where, self.mistakes)

    def close(self) -> None:
        for key in self.data:
            near = difflib.get_close_matches(key, self.known, 1)
            if near:
                self.wrong(key, say("unknown word {key}, did you mean {near}?", key=key, near=near[0]))
            else:
                self.wrong(key, say("unknown word {key}, known are {words}", key=key, words=", ".join(self.known)))


def minor_units(value: Any, currency: str) -> int | None:
    """Minor units of a number of the file, or None when it is no amount of this currency."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    number = Decimal(value)
    minor = number.scaleb(exponent(currency)) if number.is_finite() else Decimal(-1)
    return int(minor) if minor == minor.to_integral_value() and 0 <= minor < 10**12 else None


def shown(value: Any) -> str:
    """A value of the file as an error names it: short, on one line."""
    text = " ".join(str(value).split()) or '""'
    return text if len(text) <= 40 else text[:39] + "…"
