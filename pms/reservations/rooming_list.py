"""Reading a rooming list (R8): lines pasted from a mail or a sheet, or a CSV. What is wrong is said with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pms.errors import Offer, Refused
from pms.say import Say, say

COLUMNS = ("name", "name_zh", "sex", "type", "sharer")
HEADINGS = {
    "name": "name", "name_zh": "name_zh", "chinese name": "name_zh", "sex": "sex", "type": "type", "room type": "type",
    "sharer": "sharer", "shares with": "sharer", "姓名": "name", "英文名": "name", "中文名": "name_zh", "性别": "sex",
    "房型": "type", "同住": "sharer",
}  # fmt: skip
SEXES = {"": "", "f": "F", "m": "M", "女": "F", "男": "M"}
MOST_LINES = 1000
LONGEST_NAME, LONGEST_NAME_ZH = 80, 40  # as guests.models.Guest


@dataclass(frozen=True, slots=True)
class Named:
    """A guest of the list; `line` counts from 1 as pasted, `shares_with` is the line of whose room is shared."""

    line: int
    surname: str
    given: str
    name_zh: str
    sex: str
    type_code: str
    shares_with: int | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    line: int
    text: Say


class BadRoomingList(Refused):
    """Nothing was taken over; `mistakes` says what is wrong on which line."""

    def __init__(self, mistakes: Collection[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line))
        offers = tuple(
            Offer(say("Line {line}: {what}", line=m.line, what=m.text), "line", m.line) for m in self.mistakes
        )
        text = say("Nothing was taken over. Mistakes in the rooming list: {count}.", count=len(self.mistakes))
        super().__init__(text, offers=offers, field="list")


def parse(text: str, types: Collection[str]) -> list[Named]:
    """Guests of a list with the columns name, name_zh, sex, type, sharer, separated by comma, semicolon or tab.

    A heading line may put them in another order. Names are written surname first (`Fischer Anna`, or `"Fischer, Anna"`
    where the comma separates). `sharer` is the line or the name of the guest whose room is shared. `types` are the
    codes there are; if there is only one, it need not be written. Raises `BadRoomingList`.
    """
    rows = _rows(text)
    mistakes: list[Mistake] = []
    if not rows:
        mistakes.append(Mistake(1, say("there is no guest in the list")))
    if len(rows) > MOST_LINES:
        mistakes.append(Mistake(MOST_LINES + 1, say("a list has at most {count} lines", count=MOST_LINES)))
    lines_of = _lines_by_name(rows)
    named = []
    for line, cells in rows.items():
        try:
            named.append(_guest(line, cells, rows, lines_of, types))
        except Refused as wrong:
            mistakes.append(Mistake(line, wrong.reason))
    if mistakes:
        raise BadRoomingList(mistakes)
    return named


Cells = dict[str, str]


def _rows(text: str) -> dict[int, Cells]:
    """The cells of each line that is not empty, by line number and column."""
    text = text.strip("\ufeff")
    columns: tuple[str, ...] = COLUMNS
    rows: dict[int, Cells] = {}
    for line, values in enumerate(csv.reader(io.StringIO(text), delimiter=_delimiter(text), skipinitialspace=True), 1):
        cells = [value.strip() for value in values]
        if not any(cells):
            continue
        heading = tuple(HEADINGS.get(cell.lower(), "") for cell in cells)
        if not rows and columns is COLUMNS and {"name", "name_zh"} & set(heading):
            columns = heading
            continue
        rows[line] = dict.fromkeys(COLUMNS, "") | dict(zip(columns, cells, strict=False))
    return rows


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return next((sign for sign in ("\t", ";") if sign in first), ",")


def _lines_by_name(rows: Mapping[int, Cells]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for line, cells in rows.items():
        for name in {cells["name"].lower(), cells["name_zh"]} - {""}:
            found.setdefault(name, []).append(line)
    return found


def _guest(
    line: int, cells: Cells, rows: Mapping[int, Cells], lines_of: Mapping[str, list[int]], types: Collection[str]
) -> Named:
    """One line as a guest. Raises `Refused` with what is wrong on it."""
    surname, given, name_zh = _name(cells)
    sex = SEXES.get(cells["sex"].lower())
    if sex is None:
        raise Refused(say("the sex {text} is not F or M", text=cells["sex"]))
    shares_with = _shared(line, cells["sharer"], rows, lines_of) if cells["sharer"] else None
    type_code = _type(cells["type"], types) if shares_with is None else ""
    return Named(line, surname, given, name_zh, sex, type_code, shares_with)


def _name(cells: Cells) -> tuple[str, str, str]:
    latin, chinese = cells["name"], cells["name_zh"]
    if latin and not latin.isascii() and any("\u4e00" <= letter <= "\u9fff" for letter in latin):
        latin, chinese = "", chinese or latin
    if not latin and not chinese:
        raise Refused(say("there is no name"))
    surname, comma, given = latin.partition(",")
    if not comma:
        surname, _, given = latin.partition(" ")
    if max(len(surname), len(given)) > LONGEST_NAME or len(chinese) > LONGEST_NAME_ZH:
        raise Refused(say("the name is too long"))
    return surname.strip(), given.strip(), chinese


def _type(text: str, types: Collection[str]) -> str:
    code = text.upper()
    if not code and len(types) == 1:
        return next(iter(types))
    if code not in types:
        raise Refused(
            say("there is no room type {type}; one of {types}", type=text or "–", types=", ".join(sorted(types)))
        )
    return code


def _shared(line: int, text: str, rows: Mapping[int, Cells], lines_of: Mapping[str, list[int]]) -> int:
    """The line of the guest whose room is shared."""
    lines = (
        [int(text)] if text.isdecimal() and int(text) in rows else lines_of.get(text.lower(), lines_of.get(text, []))
    )
    others = [other for other in lines if other != line]
    if not others:
        raise Refused(say("nobody else in the list is {name}", name=text))
    if len(others) > 1:
        raise Refused(say("{name} is in the list more than once; write the line number", name=text))
    if rows[others[0]]["sharer"]:
        raise Refused(say("{name} shares a room too; write whose room it is", name=text))
    return others[0]
