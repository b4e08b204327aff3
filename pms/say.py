"""Sentences for people, kept apart from their values until somebody reads them.

A pure rule says `say("{a} and {b} do not connect.", a="1204", b="1206")` and knows no translator; the reader gets the
sentence in his language, a journal line or a snapshot keeps it as data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import Any

from pms import home

LANGUAGES = ("en", "zh")
SENTENCE_ENDS = (".", "。", "!", "！", "?", "？")
WEEKDAYS_ZH = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Say:
    """A sentence with {placeholders} and the values for them (text, numbers, dates, amounts or other sentences)."""

    text: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        return translate(self, "en")

    def to_json(self) -> dict[str, Any]:
        """Plain data that `from_json` turns back into an equal sentence (amounts and moments become text)."""
        values = {k: v.to_json() if isinstance(v, Say | Listed) else _plain(v) for k, v in self.values.items()}
        return {"say": self.text, "with": values}


def say(text: str, /, **values: Any) -> Say:
    return Say(text, values)


def from_json(data: Any) -> Any:
    """A sentence or date saved by `to_json`; any other data comes back as it is."""
    if isinstance(data, dict) and "say" in data:
        return Say(data["say"], {k: from_json(v) for k, v in data["with"].items()})
    if isinstance(data, dict) and "date" in data:  # read in Chinese it is written the Chinese way
        return date.fromisoformat(data["date"])
    if isinstance(data, dict) and "list" in data:
        return Listed([from_json(word) for word in data["list"]])
    return data


class Listed:
    """Some words in a row with commas of the reader's language, or whole sentences one after the other."""

    def __init__(self, words: Sequence[Any]) -> None:
        self.words = list(words)

    def in_language(self, lang: str) -> str:
        words = [translate(word, lang) for word in self.words]
        if words and all(word.endswith(SENTENCE_ENDS) for word in words):
            return ("" if lang == "zh" else " ").join(words)
        return ("、" if lang == "zh" else ", ").join(words)

    def to_json(self) -> dict[str, Any]:
        return {"list": [word.to_json() if isinstance(word, Say) else _plain(word) for word in self.words]}


def translate(sentence: Any, lang: str) -> str:
    """The words of a sentence (or date, amount, plain value) in "en" or "zh"."""
    if isinstance(sentence, Say):
        text = catalogue(lang).gettext(sentence.text) if sentence.text else ""
        return text.format_map({k: translate(v, lang) for k, v in sentence.values.items()}) if sentence.values else text
    if hasattr(sentence, "in_language"):
        return str(sentence.in_language(lang))
    if isinstance(sentence, date):
        return format_date(sentence, lang)
    return str(sentence)


def both(sentence: Any) -> str:
    """English and Chinese side by side, once if they are the same."""
    english, chinese = translate(sentence, "en"), translate(sentence, "zh")
    return english if english == chinese else f"{english} {chinese}"


def format_date(day: date, lang: str) -> str:
    """`Sat 21 Nov 2026` or `2026年11月21日 周六`."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS_ZH[day.weekday()]}"
    return f"{day:%a} {day.day} {day:%b %Y}"


@cache
def catalogue(lang: str) -> NullTranslations:
    """The gettext catalogue of a language; English is the source and needs none."""
    if lang != "zh":
        return NullTranslations()
    path = home.ensure_compiled()
    if path is None or not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)


def _plain(value: Any) -> Any:
    if hasattr(value, "in_language"):
        return value.in_language("en")
    if isinstance(value, datetime):
        return value.isoformat()
    return {"date": value.isoformat()} if isinstance(value, date) else value
