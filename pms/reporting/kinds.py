"""How a value is shown in a column: the words for the reader and the plain value for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pms.money import Amount, exponent, format_minor
from pms.say import WEEKDAYS_ZH, both, translate

LEFT, RIGHT, CENTRE = "left", "right", "centre"


@dataclass(frozen=True, slots=True)
class House:
    """The hotel as its papers show it."""

    name: str
    name_zh: str
    currency: str
    zone: ZoneInfo
    address: str = ""
    telephone: str = ""

    @classmethod
    def of(cls, hotel: Any) -> House:
        """From the hotel's row (pms.property)."""
        return cls(hotel.name_en, hotel.name_zh, hotel.currency, ZoneInfo(hotel.zone), hotel.address, hotel.telephone)

    def called(self, lang: str) -> str:
        if lang == "both":
            return self.name if self.name == self.name_zh else f"{self.name} {self.name_zh}"
        return self.name_zh if lang == "zh" else self.name


@dataclass(frozen=True, slots=True)
class Kind:
    """`show(value, lang, house)` gives the words, `plain(value, lang, house)` what a spreadsheet gets."""

    align: str
    show: Callable[[Any, str, House], str]
    plain: Callable[[Any, str, House], Any]
    cut: bool = False  # names may be cut off with an ellipsis, numbers and times never
    bold: bool = False
    plate: bool = False  # white on a black box: survives a fax


def words(value: Any, lang: str) -> str:
    """A sentence or text in the language of the paper; bilingual papers keep cells in English to save room."""
    return "" if value is None else translate(value, "en" if lang == "both" else lang)


def _text(value: Any, lang: str, house: House) -> str:
    return words(value, lang)


def _number(value: int | None, lang: str, house: House) -> str:
    return "" if value is None else f"{value:,}"


def _money(value: int | None, lang: str, house: House) -> str:
    return "" if value is None else format_minor(value, house.currency)


def _money_plain(value: int | None, lang: str, house: House) -> Decimal | None:
    return None if value is None else Decimal(value).scaleb(-exponent(house.currency))


def _amount(value: int | None, lang: str, house: House) -> str:
    return "" if value is None else Amount(value, house.currency).in_language(lang)


def _percent(value: Decimal | None, lang: str, house: House) -> str:
    return "" if value is None else f"{value:.1f} %"


def _short_day(value: date | None, lang: str, house: House) -> str:
    if value is None:
        return ""
    return f"{value.month}月{value.day}日" if lang == "zh" else f"{value.day} {value:%b}"


def _weekday(value: date | None, lang: str, house: House) -> str:
    if value is None:
        return ""
    weekday = WEEKDAYS_ZH[value.weekday()] if lang == "zh" else f"{value:%a}"
    return f"{weekday} {_short_day(value, lang, house)}"


def _long_day(value: date | None, lang: str, house: House) -> str:
    if value is None:
        return ""
    return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else f"{value.day} {value:%b %Y}"


def _clock(value: datetime | None, lang: str, house: House) -> str:
    return "" if value is None else f"{value.astimezone(house.zone):%H:%M}"


def _moment(value: datetime | None, lang: str, house: House) -> str:
    if value is None:
        return ""
    local = value.astimezone(house.zone)
    return f"{_short_day(local.date(), lang, house)} {local:%H:%M}"


def _iso(value: Any, lang: str, house: House) -> str:
    if isinstance(value, datetime):
        return value.astimezone(house.zone).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else value.isoformat()


def _dot(value: Any, lang: str, house: House) -> str:
    return "●" if value else ""


def _both(value: Any, lang: str, house: House) -> str:
    return both(value) if lang == "both" and value is not None else words(value, lang)


def _same(value: Any, lang: str, house: House) -> Any:
    return value


text = Kind(LEFT, _text, _text, cut=True)
fixed = Kind(LEFT, _text, _text)
centred = Kind(CENTRE, _text, _text)
right = Kind(RIGHT, _text, _text)
room = Kind(RIGHT, _text, _text, bold=True)
plate = Kind(LEFT, _text, _text, plate=True)
bilingual = Kind(LEFT, _both, _both, cut=True)
number = Kind(RIGHT, _number, _same)
money = Kind(RIGHT, _money, _money_plain)
amount = Kind(RIGHT, _amount, _money_plain)
percent = Kind(RIGHT, _percent, _same)
short_day = Kind(RIGHT, _short_day, _iso)
weekday = Kind(LEFT, _weekday, _iso)
long_day = Kind(LEFT, _long_day, _iso)
clock = Kind(LEFT, _clock, _iso)
moment = Kind(LEFT, _moment, _iso)
dot = Kind(CENTRE, _dot, lambda value, lang, house: "x" if value else "")
