"""Texts that are more than one sentence and still wait for the reader's language: lists, countries, months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from pms.say import Say, translate


class Listed:
    """Words one after the other, in the reader's language."""

    def __init__(self, parts: Iterable[Any]) -> None:
        self.parts = [part for part in parts if part]

    def in_language(self, lang: str) -> str:
        return ("，" if lang == "zh" else ", ").join(translate(part, lang) for part in self.parts)


class Bilingual:
    """A name that the house keeps in both languages; a code before it is not said twice on a bilingual paper."""

    def __init__(self, english: str, chinese: str, code: str = "") -> None:
        self.english, self.chinese, self.code = english, chinese or english, code

    def __bool__(self) -> bool:
        return bool(self.code or self.english)

    def in_language(self, lang: str) -> str:
        return f"{self.code} {self.chinese if lang == 'zh' else self.english}".strip()

    @property
    def beside(self) -> str:
        """The Chinese beside the English."""
        return "" if self.chinese == self.english else self.chinese


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
