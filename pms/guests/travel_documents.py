"""The machine-readable zone of passports and identity cards, with its check digits (ICAO 9303, parts 3 to 6).

TD3 is the passport (2 lines of 44), TD2 (2 of 36) and TD1 (3 of 30) are cards. A reader types the lines as a keyboard
does; a clerk may type them too, so every check digit is reckoned and a wrong one is named with its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from babel.core import get_global

from pms.errors import Refused
from pms.guests.models import DocumentKind
from pms.say import Say, say

FILLER = "<"
WEIGHTS = (7, 3, 1)
LETTERS = re.compile(r"[A-Z0-9<]+", re.ASCII)
# States of the zone that ISO 3166 has not: Germany's single letter, kinds of British nationals, Kosovo.
OWN_CODES = {"D": "DE", "GBD": "GB", "GBN": "GB", "GBO": "GB", "GBP": "GB", "GBS": "GB", "RKS": "XK"}
NUMBER, BIRTH, EXPIRY = say("document number"), say("date of birth"), say("date of expiry")
PERSONAL, WHOLE = say("personal number"), say("whole document")


class Checked(NamedTuple):
    """A check digit: what it checks, on which line (from 1) and at which position (from 1) it stands."""

    what: Say
    line: int
    position: int


@dataclass(frozen=True, slots=True)
class TravelDocument:
    """What the zone says. Countries are ISO 3166 alpha-2, '' where there is none (stateless, United Nations).

    `sex` is F, M or ''. `born_on` is None where the document leaves a part of it open. `checked` are the digits that
    agree.
    """

    kind: DocumentKind
    number: str
    country: str
    nationality: str
    surname: str
    given: str
    sex: str
    born_on: date | None
    expires_on: date
    checked: tuple[Checked, ...]


def looks_like_zone(text: str) -> bool:
    """Is this meant to be a machine-readable zone? Only there the filler is found."""
    return FILLER in text


def is_complete(text: str) -> bool:
    """Are all characters of a zone there, so that it can be read?"""
    return len("".join(text.split())) in (72, 88, 90)


def read_zone(text: str, today: date) -> TravelDocument:
    """Read the lines of a zone. Raises `Refused` naming the check digit that is wrong, or what is not a zone at all.

    `today` tells the century of a date of two digits: nobody is born in the future.
    """
    characters = "".join(text.upper().split())
    if len(characters) not in (72, 88, 90) or not LETTERS.fullmatch(characters):
        raise _no_zone(characters)
    if len(characters) == 90:
        return _card_of_three_lines(characters[:30], characters[30:60], characters[60:], today)
    width = len(characters) // 2
    return _two_lines(characters[:width], characters[width:], today)


def check_digit(characters: str) -> int:
    """Weights 7, 3, 1 over digits as they are, A to Z as 10 to 35, the filler as nothing (9303-3, 4.9)."""
    return sum(_value(each) * WEIGHTS[place % 3] for place, each in enumerate(characters)) % 10


def expired(expires_on: date | None, day: date) -> bool:
    """Is a document no longer valid on `day`?"""
    return expires_on is not None and expires_on < day


def birthday_within(born_on: date | None, arrival: date, departure: date) -> date | None:
    """The birthday that falls into a stay, the day of departure included, or None."""
    if born_on is None:
        return None
    for year in (arrival.year, departure.year):
        try:
            day = born_on.replace(year=year)
        except ValueError:  # 29 February
            day = date(year, 3, 1)
        if arrival <= day <= departure:
            return day
    return None


def country_of(code: str) -> str:
    """ISO alpha-2 for the three letters of a zone; '' for those of no country."""
    letters = code.replace(FILLER, "")
    if letters in OWN_CODES:
        return OWN_CODES[letters]
    known = get_global("territory_aliases").get(letters, ())
    return str(known[0]) if len(letters) == 3 and known else ""


def _two_lines(first: str, second: str, today: date) -> TravelDocument:
    """TD3 and TD2 differ in what stands between the expiry and the last digit."""
    number, checked = _long_number(second, 0, second[28:35]) if len(second) == 36 else (second[:9], [])
    if not checked:
        _agree(second[:9], second[9], Checked(NUMBER, 2, 10))
        checked = [Checked(NUMBER, 2, 10)]
    checked += [Checked(BIRTH, 2, 20), Checked(EXPIRY, 2, 28)]
    _agree(second[13:19], second[19], checked[-2])
    _agree(second[21:27], second[27], checked[-1])
    if len(second) == 44:
        personal = Checked(PERSONAL, 2, 43)
        if not (second[42] == FILLER and not second[28:42].strip(FILLER)):  # nothing there needs no digit
            _agree(second[28:42], second[42], personal)
        checked.append(personal)
    whole = Checked(WHOLE, 2, len(second))
    _agree(second[:10] + second[13:20] + second[21:-1], second[-1], whole)
    surname, given = _names(first[5:])
    return TravelDocument(
        kind=_kind(first[:2], first[2:5]),
        number=number.strip(FILLER),
        country=country_of(first[2:5]),
        nationality=country_of(second[10:13]),
        surname=surname,
        given=given,
        sex=_sex(second[20]),
        born_on=_birth(second[13:19], today),
        expires_on=_expiry(second[21:27], today),
        checked=(*checked, whole),
    )


def _card_of_three_lines(first: str, second: str, third: str, today: date) -> TravelDocument:
    number, checked = _long_number(first, 5, first[15:])
    if not checked:
        _agree(first[5:14], first[14], Checked(NUMBER, 1, 15))
        checked = [Checked(NUMBER, 1, 15)]
    checked += [Checked(BIRTH, 2, 7), Checked(EXPIRY, 2, 15), Checked(WHOLE, 2, 30)]
    _agree(second[:6], second[6], checked[-3])
    _agree(second[8:14], second[14], checked[-2])
    _agree(first[5:] + second[:7] + second[8:15] + second[18:29], second[29], checked[-1])
    surname, given = _names(third)
    return TravelDocument(
        kind=_kind(first[:2], first[2:5]),
        number=number.strip(FILLER),
        country=country_of(first[2:5]),
        nationality=country_of(second[15:18]),
        surname=surname,
        given=given,
        sex=_sex(second[7]),
        born_on=_birth(second[:6], today),
        expires_on=_expiry(second[8:14], today),
        checked=tuple(checked),
    )


def _long_number(line: str, start: int, optional: str) -> tuple[str, list[Checked]]:
    """Cards only: a number longer than nine goes on in the optional data, its digit behind it (9303-5, note j)."""
    rest = optional.partition(FILLER)[0]
    if line[start + 9] != FILLER or len(rest) < 2:
        return line[start : start + 9], []
    number, digit = line[start : start + 9] + rest[:-1], rest[-1]
    place = Checked(NUMBER, 1 if start else 2, (start or 18) + 10 + len(rest))
    _agree(number, digit, place)
    return number, [place]


def _agree(characters: str, digit: str, place: Checked) -> None:
    if digit == FILLER or not digit.isdigit() or check_digit(characters) != int(digit):
        raise Refused(
            say(
                "The check digit of the {what} does not agree: line {line}, position {position}. Look at it again.",
                what=place.what,
                line=place.line,
                position=place.position,
            ),
            field="lines",
        )


def _no_zone(characters: str) -> Refused:
    return Refused(
        say(
            "These are {count} characters. A passport has two lines of 44, a card two of 36 or three of 30: letters, "
            "digits and <.",
            count=len(characters),
        ),
        field="lines",
    )


def _value(character: str) -> int:
    return 0 if character == FILLER else int(character, 36)


def _names(text: str) -> tuple[str, str]:
    """`WHITFIELD<<ELEANOR<ROSE` as ("Whitfield", "Eleanor Rose")."""
    surname, _, given = text.strip(FILLER).partition(FILLER * 2)
    return _name(surname), _name(given)


def _name(text: str) -> str:
    return " ".join(word.capitalize() for word in text.split(FILLER) if word)


def _sex(letter: str) -> str:
    return letter if letter in ("F", "M") else ""


def _kind(code: str, issuer: str) -> DocumentKind:
    if code[0] == "P":
        return DocumentKind.PASSPORT
    return DocumentKind.TRAVEL_PERMIT if code[0] == "C" and issuer == "CHN" else DocumentKind.OTHER


def _birth(digits: str, today: date) -> date | None:
    if not digits.isdigit():
        return None
    year = today.year // 100 * 100 + int(digits[:2])
    day = _day(year, digits)
    return day if day is None or day <= today else _day(year - 100, digits)


def _expiry(digits: str, today: date) -> date:
    """The year nearest to today's: a document runs ten years, not fifty."""
    if digits.isdigit():
        years = [today.year // 100 * 100 + step + int(digits[:2]) for step in (-100, 0, 100)]
        day = _day(min(years, key=lambda year: abs(year - today.year)), digits)
        if day:
            return day
    raise Refused(say("The {what} is no day.", what=EXPIRY), field="lines")


def _day(year: int, digits: str) -> date | None:
    try:
        return date(year, int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None
