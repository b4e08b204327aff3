"""Reading JSON strictly by hand: each value is asked for by name and kind, and what is wrong says where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
REQUIRED: Any = object()


class Malformed(Exception):
    """The file is not what it should be: where, what is wrong, and what to do."""

    def __init__(self, place: str, problem: str, advice: str) -> None:
        super().__init__(f"{place}: {problem}. To do: {advice}.")


class Row:
    """One JSON object and its place in the file."""

    def __init__(self, data: Any, place: str) -> None:
        if not isinstance(data, dict):
            raise Malformed(place, f"{_kind(data)} where an object belongs", "write {...} with its fields")
        self.data, self.place = data, place

    def text(self, name: str, default: str = REQUIRED) -> str:
        found = self.data.get(name)  # looked at first: there are half a million of them in a large house
        return found if type(found) is str else str(self._value(name, str, "a text in quotes", default))

    def whole(self, name: str, default: int = REQUIRED) -> int:
        found = self.data.get(name)
        return found if type(found) is int else int(self._value(name, int, "a whole number", default))

    def flag(self, name: str) -> bool:
        return self.data.get(name) is True or bool(self._value(name, bool, "true or false", False))

    def items(self, name: str, needed: bool = True) -> list[Any]:
        found = self.data.get(name)
        return found if type(found) is list else list(self._value(name, list, "a list", REQUIRED if needed else []))

    def texts(self, name: str) -> list[str]:
        found = self.items(name, needed=False)
        for word in found:
            if not isinstance(word, str):
                raise Malformed(f"{self.place}.{name}", f"{_kind(word)} where a text belongs", "put it in quotes")
        return found

    def word(self, name: str, allowed: Sequence[str], default: str = REQUIRED) -> str:
        found = self.text(name, default)
        if found not in allowed:
            raise Malformed(f"{self.place}.{name}", f"{found!r} is not known", f"use one of {', '.join(allowed)}")
        return found

    def known(self, name: str, among: Mapping[str, T]) -> T:
        """What `among` has under the name that stands here."""
        found = self.text(name)
        if found not in among:
            raise Malformed(f"{self.place}.{name}", f"there is no {found!r}", "use a name the file defines")
        return among[found]

    def _value(self, name: str, kind: type, called: str, default: Any) -> Any:
        value = self.data.get(name)
        if value is None:
            if default is REQUIRED:
                raise Malformed(self.place, f"{name!r} is missing", f"give it {called}")
            return default
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise Malformed(f"{self.place}.{name}", f"{_kind(value)} where {called} belongs", f"write {called}")
        return value


def objects(row: Row, name: str, *, needed: bool = True) -> Iterator[Row]:
    """The objects of a list, each with its place."""
    for place, data in enumerate(row.items(name, needed)):
        yield Row(data, f"{name}[{place}]")


def pairs(row: Row, name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The place and the two names of each pair of a list."""
    for number, data in enumerate(row.items(name, needed=False)):
        place = f"{name}[{number}]"
        if not (isinstance(data, list) and len(data) == 2 and all(isinstance(one, str) for one in data)):
            raise Malformed(place, "this is no pair", 'write two names: ["1201", "1202"]')
        yield place, (data[0], data[1])


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true/false", int: "a number", float: "a fraction"}
    return names.get(type(value), "nothing")
