"""The hotel file: what `pms init --hotel hotel.toml` reads (docs/operators/hotel-file.md, example pms/demo/hotel.toml).

`read` gives everything or raises `BadHotelFile` with every mistake and its line.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from babel.numbers import list_currencies

from pms.access import Role
from pms.departments import Department
from pms.errors import Refused
from pms.property.models import ClosureKind, Housekeeping, SeasonKind
from pms.property.rules import days_of_year
from pms.say import LANGUAGES, say
from pms.setup import hotel_file_prices as prices
from pms.setup.checked import Mistake, Mistakes, Table, shown
from pms.setup.toml_lines import Path, lines_of

BEDS = ("king", "twin")
VIEWS = ("", "city", "lake", "garden", "court")
BATHS = ("shower", "tub", "both")
PAPER_LANGUAGES = ("en", "zh", "both")
_SYNTAX = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(slots=True)
class HotelFile:
    """A house as the file describes it: values of the columns of pms.property.models, codes instead of ids."""

    hotel: dict[str, Any] = field(default_factory=dict)
    seasons: list[dict[str, Any]] = field(default_factory=list)
    types: list[dict[str, Any]] = field(default_factory=list)
    rooms: list[dict[str, Any]] = field(default_factory=list)  # "type" is a code
    connecting: list[tuple[str, str]] = field(default_factory=list)
    plans: list[dict[str, Any]] = field(default_factory=list)
    prices: dict[prices.Key, int] = field(default_factory=dict)  # (plan, type, season, weekday) -> minor units
    limits: dict[tuple[Role, SeasonKind], int] = field(default_factory=dict)
    closures: list[dict[str, Any]] = field(default_factory=list)  # "room" is a number
    departments: dict[Department, str] = field(default_factory=dict)


class BadHotelFile(Refused):
    """The file has mistakes; nothing was read from it."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__(say("The hotel file has {count} mistakes; nothing was set up.", count=len(mistakes)))
        self.mistakes = mistakes


def read(text: str) -> HotelFile:
    """The house of a hotel file. Raises `BadHotelFile` naming every mistake by its line."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BadHotelFile([_syntax_mistake(str(error), text)]) from None
    mistakes = Mistakes(lines_of(text))
    found = _Reader(Table(data, (), say("the file"), mistakes)).read()
    if mistakes.found:
        raise BadHotelFile(mistakes.in_order())
    return found


def _syntax_mistake(message: str, text: str) -> Mistake:
    match = _SYNTAX.match(message)
    line = int(match[2]) if match and match[2] else text.count("\n") + 1
    return Mistake(line, say("this is not TOML"), say("{message}", message=match[1] if match else message))


class _Reader:
    def __init__(self, top: Table) -> None:
        self.top, self.file = top, HotelFile()
        self.mistakes = top.mistakes

    def read(self) -> HotelFile:
        """Types before rooms, rooms before pairs and closures: each checks the names of the one before."""
        self._hotel()
        self._seasons()
        self._types()
        self._rooms()
        self._connecting()
        currency = self.file.hotel["currency"]
        self.file.plans, self.file.prices = prices.read_plans(self.top, [t["code"] for t in self.file.types], currency)
        self.file.limits = prices.read_limits(self.top)
        self._closures()
        self._departments()
        self.top.close()
        return self.file

    def _hotel(self) -> None:
        table = self.top.table("hotel", say("hotel"), required=True)
        hotel = self.file.hotel
        hotel["code"] = table.text("code", 4, required=True)
        hotel["name_en"] = table.text("name_en", 80, required=True)
        hotel["name_zh"] = table.text("name_zh", 80, required=True)
        hotel["address"] = table.text("address", 200)
        hotel["telephone"] = table.text("telephone", 40)
        hotel["zone"] = self._named(table, "zone", available_timezones(), "Asia/Shanghai")
        hotel["currency"] = self._named(table, "currency", list_currencies(), "CNY")
        hotel["country"] = self._named(table, "country", Locale("en").territories, "CN")
        hotel["languages"] = self._languages(table)
        for key, default in (("hold_hour", 18), ("check_in_hour", 14), ("check_out_hour", 12), ("visitors_hour", 23)):
            hotel[key] = table.whole(key, 0, 23, default)
        hotel["message_hours"] = table.whole("message_hours", 1, 240, 24)
        hotel["review_confirmations"] = table.truth("review_confirmations", True)
        hotel["no_show_fee_nights"] = table.whole("no_show_fee_nights", 0, 30, 1)
        hotel["breakfast_price"] = table.amount("breakfast_price", hotel["currency"])
        hotel["tax_permille"] = table.whole("tax_permille", 0, 1000)
        hotel["paper_language"] = table.one_of("paper_language", PAPER_LANGUAGES, required=False, default="both")
        table.close()

    def _named(self, table: Table, key: str, known: Any, example: str) -> str:
        """A name of a long list (zones, currencies, countries): the error shows one instead of all."""
        value = table.text(key, 40, required=True, default=example)
        if value not in known:
            table.wrong(key, say("unknown {key} {value}; write it like {example}", key=key, value=shown(value),
                                 example=example))  # fmt: skip
            return example
        return value

    def _languages(self, table: Table) -> str:
        value = table.take("languages")
        if value is None:
            return ",".join(LANGUAGES)
        if not isinstance(value, list) or not value or any(word not in LANGUAGES for word in value):
            table.wrong("languages", say('languages must be a list of "en" and "zh"'))
            return ",".join(LANGUAGES)
        return ",".join(value)

    def _seasons(self) -> None:
        taken: dict[str, str] = {}
        for table in self.top.tables("seasons", say("season")):
            first, last = table.month_day("first"), table.month_day("last")
            kind = table.choice("kind", SeasonKind)
            hour = table.whole("check_out_hour", 0, 23, -1)
            table.close()
            if not (first and last and kind):
                continue
            clash = next((taken[day] for day in days_of_year(first, last) if day in taken), None)
            if clash:
                table.wrong("first", say("overlaps the season {other}", other=clash))
            taken.update(dict.fromkeys(days_of_year(first, last), f"{first} – {last}"))
            row = {"kind": kind, "first": first, "last": last, "check_out_hour": None if hour < 0 else hour}
            self.file.seasons.append(row)

    def _types(self) -> None:
        if not self.top.has("types"):
            self.top.wrong("types", say("there is no room type; write a [[types]]"))
        for table in self.top.tables("types", say("room type")):
            code = table.text("code", 8, required=True)
            table.where = say("room type {code}", code=code)
            if any(code == other["code"] for other in self.file.types):
                table.wrong("code", say("there are two of this code"))
            row = {
                "code": code,
                "name_en": table.text("name_en", 60, required=True),
                "name_zh": table.text("name_zh", 60, required=True),
                "beds": table.one_of("beds", BEDS),
                "capacity": table.whole("capacity", 1, 20, 2, required=True),
                "rank": table.whole("rank", 0, 99),
                "overbooking": table.whole("overbooking", 0, 500),
            }
            table.close()
            self.file.types.append(row)

    def _rooms(self) -> None:
        if not self.top.has("rooms"):
            self.top.wrong("rooms", say("there is no room; write a [[rooms]]"))
        codes = [row["code"] for row in self.file.types]
        lines: dict[str, Path] = {}
        for table in self.top.tables("rooms", say("room")):
            row = _room(table, codes)
            number = row["number"]
            if number and number in lines:
                table.wrong("number", say("there is a room of this number on line {line} already",
                                          line=self.mistakes.line(lines[number])))  # fmt: skip
            lines.setdefault(number, table.path)
            self.file.rooms.append(row)

    def _connecting(self) -> None:
        floors = {row["number"]: row["floor"] for row in self.file.rooms}
        for index, pair in enumerate(self.top.take("connecting") or ()):
            path, where = ("connecting", index), say("connecting rooms {pair}", pair=shown(pair))
            if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, str) for n in pair)):
                self.mistakes.note(path, where, say('a pair is written like ["1209", "1210"]'))
                continue
            unknown = [number for number in pair if number not in floors]
            a, b = sorted(pair)
            if unknown:
                self.mistakes.note(path, where, say("there is no room {number}", number=", ".join(unknown)))
            elif a == b or floors[a] != floors[b]:
                self.mistakes.note(path, where, say("these must be two rooms of one floor"))
            elif (a, b) in self.file.connecting:
                self.mistakes.note(path, where, say("this pair is named twice"))
            else:
                self.file.connecting.append((a, b))

    def _closures(self) -> None:
        numbers = {row["number"] for row in self.file.rooms}
        for table in self.top.tables("closures", say("closure")):
            number = table.text("room", 8, required=True)
            table.where = say("closure of {room}", room=number)
            row = {
                "room": number,
                "kind": table.choice("kind", ClosureKind),
                "first": table.day("first", required=True),
                "until": table.day("until", required=True),
                "reason": table.text("reason", 120, required=True),
                "remark": table.text("remark", 200),
                "comes_back_as": table.choice("comes_back_as", Housekeeping, Housekeeping.DIRTY),
            }
            table.close()
            if number and number not in numbers:
                table.wrong("room", say("there is no room {number}", number=number))
            if row["first"] and row["until"]:
                self._check_closure_dates(table, row)
            self.file.closures.append(row)

    def _check_closure_dates(self, table: Table, row: dict[str, Any]) -> None:
        if row["until"] <= row["first"]:
            table.wrong("until", say("the day the room comes back must be after the first day"))
        for other in self.file.closures:
            dates = other["first"] and other["until"]
            if dates and other["room"] == row["room"] and other["first"] < row["until"] > row["first"] < other["until"]:
                table.wrong("first", say("the room is closed on these days already"))

    def _departments(self) -> None:
        if not self.top.has("departments"):
            self.file.departments = dict.fromkeys(Department, "")
        table = self.top.table("departments", say("departments"))
        for code in Department:
            if table.has(code.value):
                self.file.departments[code] = table.text(code.value, 40)
            table.known.append(code.value)
        table.close()


def _room(table: Table, codes: list[str]) -> dict[str, Any]:
    number = table.text("number", 8, required=True)
    table.where = say("room {number}", number=number)
    row = {
        "number": number,
        "floor": table.whole("floor", -5, 200, required=True),
        "type": table.one_of("type", codes) if codes else table.take("type"),
        "view": table.one_of("view", VIEWS, required=False),
        "lift_distance": table.whole("lift_distance", 0, 200, 5),
        "quiet": table.whole("quiet", 0, 100, 50),
        "condition": table.whole("condition", 0, 100, 50),
        "renovated_on": table.day("renovated_on"),
        "accessible": table.truth("accessible"),
        "smoking": table.truth("smoking"),
        "bath": table.one_of("bath", BATHS, required=False, default="shower"),
        "business_floor": table.truth("business_floor"),
        "held_back": table.text("held_back", 80),
        "housekeeping": table.choice("housekeeping", Housekeeping, Housekeeping.CLEAN),
    }
    table.close()
    return row
