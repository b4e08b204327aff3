"""Rate plans with their prices, and discount limits, of a hotel file.

A price is a number (every season, every day), a table by season, or by season and weekday:
STK = 780    STK = { peak = 980, normal = 780, low = 620 }    STK = { normal = { every = 780, fri = 880, sat = 880 } }
"""

from __future__ import annotations

from typing import Any

from pms.access import Role
from pms.property.models import RateKind, SeasonKind
from pms.property.queries import EVERY_DAY
from pms.say import Say, say
from pms.setup.checked import Mistakes, Table, minor_units, shown
from pms.setup.toml_lines import Path

Key = tuple[str, str, SeasonKind, int]

WEEKDAYS = {"every": EVERY_DAY, "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
SEASONS = {season.value: season for season in SeasonKind}


def read_plans(top: Table, codes: list[str], currency: str) -> tuple[list[dict[str, Any]], dict[Key, int]]:
    """The rate plans, and the price in minor units by (plan, type, season, weekday)."""
    plans: list[dict[str, Any]] = []
    prices: dict[Key, int] = {}
    for table in top.tables("plans", say("rate plan")):
        code = table.text("code", 8, required=True)
        table.where = say("rate plan {code}", code=code)
        if any(code == other["code"] for other in plans):
            table.wrong("code", say("there are two of this code"))
        row = {
            "code": code,
            "name_en": table.text("name_en", 60, required=True),
            "name_zh": table.text("name_zh", 60, required=True),
            "kind": table.choice("kind", RateKind),
            "breakfasts": table.whole("breakfasts", 0, 5),
        }
        given = table.table("prices", table.where, required=True)
        table.close()
        found = _prices_of_types(given, codes, currency)
        _complain_of_gaps(given, row, found, codes)
        plans.append(row)
        prices |= {(code, *key): minor for key, minor in found.items()}
    if not any(plan["kind"] is RateKind.RACK for plan in plans):
        top.wrong("plans", say('there is no rate plan of kind "rack"; the house needs its ordinary price'))
    return plans, prices


def _prices_of_types(table: Table, codes: list[str], currency: str) -> dict[tuple[str, SeasonKind, int], int]:
    found: dict[tuple[str, SeasonKind, int], int] = {}
    for code in codes:
        value = table.take(code)
        if value is None:
            continue
        path = (*table.path, code)
        by_season = value if isinstance(value, dict) else dict.fromkeys(SEASONS, value)
        for season, price in by_season.items():
            by_day = price if isinstance(price, dict) else {"every": price}
            for day, number in by_day.items():
                place = path + ((season,) if isinstance(value, dict) else ())
                place += (day,) if isinstance(price, dict) else ()
                minor = _price(table.mistakes, place, table.where, (season, day, number), currency)
                if minor is not None:
                    found[code, SEASONS[season], WEEKDAYS[day]] = minor
    table.close()
    return found


def _price(mistakes: Mistakes, place: Path, where: Say, given: tuple[str, str, Any], currency: str) -> int | None:
    season, day, number = given
    minor = minor_units(number, currency)
    if season not in SEASONS:
        problem = say("unknown season {word}, choose one of {words}", word=season, words=", ".join(SEASONS))
    elif day not in WEEKDAYS:
        problem = say("unknown weekday {word}, choose one of {words}", word=day, words=", ".join(WEEKDAYS))
    elif minor is None:
        problem = say("a price must be an amount like 780 or 780.50, not {value}", value=shown(number))
    else:
        return minor
    mistakes.note(place, where, problem)
    return None


def _complain_of_gaps(
    table: Table, plan: dict[str, Any], found: dict[tuple[str, SeasonKind, int], int], codes: list[str]
) -> None:
    """A type may be left out of a plan (of the rack plan none), but one that is in it needs every night priced."""
    for code in codes:
        priced = {season for of_type, season, _ in found if of_type == code}
        if not priced and plan["kind"] is not RateKind.RACK:
            continue
        for season in SeasonKind:
            days = {day for of_type, in_season, day in found if (of_type, in_season) == (code, season)}
            if EVERY_DAY not in days and days != set(range(7)):
                gap = say("type {type} has no price for every day in season {season}", type=code, season=season.value)
                table.wrong(code, gap)


def read_limits(top: Table) -> dict[tuple[Role, SeasonKind], int]:
    """The most each role may take off in a season, whole percent (R5)."""
    limits: dict[tuple[Role, SeasonKind], int] = {}
    table = top.table("discounts", say("discounts"))
    for role in Role:
        table.known.append(role.value)
        if not table.has(role.value):
            continue
        row = table.table(role.value, say("discounts of {role}", role=role.value))
        for word, season in SEASONS.items():
            limits[role, season] = row.whole(word, 0, 100)
        row.close()
    table.close()
    return limits
