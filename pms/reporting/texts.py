"""Texts that are more than one sentence and still wait for the reader's language: lists, countries, months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from pms.say import Say, translate


class Listed:
    """Words one after the other, in the reader's language."""

    def __init__(self, parts: Iterable[Say | str]) -> None:
        self.parts = [part for part in parts if part]

    def in_language(self, lang: str) -> str:
        return ("，" if lang == "zh" else ", ").join(translate(part, lang) for part in self.parts)


class Bilingual:
    """A name that the house keeps in both languages."""

    def __init__(self, english: str, chinese: str) -> None:
        self.english, self.chinese = english, chinese

    def in_language(self, lang: str) -> str:
        return self.chinese or self.english if lang == "zh" else self.english


class Month:
    """The name of a day's month."""

    def __init__(self, day: date) -> None:
        self.day = day

    def in_language(self, lang: str) -> str:
        return f"{self.day.month} 月" if lang == "zh" else f"{self.day:%B}"


class Country:
    """A country by its ISO alpha-2 code, named by CLDR."""

    def __init__(self, code: str) -> None:
        self.code = code

    def in_language(self, lang: str) -> str:
        return _territories(lang).get(self.code, self.code)


@cache
def _territories(lang: str) -> dict[str, str]:
    from babel import Locale

    return dict(Locale.parse("zh_Hans" if lang == "zh" else "en").territories)


def word(words: Mapping[str, Say], code: str) -> Say | str:
    """The house's word for a code; a code without one stands for itself."""
    return words.get(code, code)
