"""What is true of names, telephone numbers and documents, without any database."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from pms.errors import Refused
from pms.guests import pinyin
from pms.say import say

SEARCH_LENGTH = 300
SHOWN_OF_A_NUMBER = 4
SHORTEST_NUMBER = 6  # digits of a telephone number that may be searched for
_NOT_DIALLED = str.maketrans("", "", " +-()./")
# Letters that do not fall apart into a base letter and an accent.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_RESIDENT_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_APART = re.compile(r"[\s,.'’·\-]+")


def plain(text: str) -> str:
    """Lower case, without accents, words apart: what is stored for searching and what a clerk's words become."""
    text = text.lower()
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(_APART.sub(" ", text).split())


def search_text(surname: str, given: str, name_zh: str) -> str:
    """Everything that finds a name, surname first: Latin words and written together, pinyin, initials, characters.

    `Müller, Jörg` -> "muller jorg mullerjorg"; `单田芳` -> "单田芳 shan tianfang shantianfang stf".
    """
    words = []
    if surname or given:
        family, first = plain(surname), plain(given)
        words += [family, first, (family + first).replace(" ", "")]
    if name_zh:
        words += [name_zh.replace(" ", ""), *pinyin.readings(name_zh)]
    seen = dict.fromkeys(word for word in words if word)
    return " ".join(seen)[:SEARCH_LENGTH]


def e164(telephone: str, country: str) -> str:
    """`+8613800138000` from what is written or dialled in `country` (ISO alpha-2); '' stays ''.

    Raises `Refused` for what cannot be a telephone number.
    """
    if not telephone.strip():
        return ""
    import phonenumbers  # slow to import: only when there is a number

    try:
        number = phonenumbers.parse(telephone, country or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Refused(
            say(
                "{text} is not a telephone number. Write it with the country code, like +86 138 0013 8000.",
                text=telephone,
            ),
            field="telephone",
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def dialled_digits(text: str) -> str:
    """The digits of what looks like a telephone number, as far as E.164 keeps them; '' for anything else.

    Six at least, so that a room number finds no telephones.
    """
    digits = text.replace("(0)", "").translate(_NOT_DIALLED).lstrip("0")
    return digits if digits.isdecimal() and digits.isascii() and len(digits) >= SHORTEST_NUMBER else ""


def mask(number: str) -> str:
    """The last four characters of a document's number; of a short one only the last."""
    shown = SHOWN_OF_A_NUMBER if len(number) > 2 * SHOWN_OF_A_NUMBER else 1
    return "•" * (len(number) - shown) + number[-shown:] if number else ""


@dataclass(frozen=True, slots=True)
class ResidentId:
    """What an 18-digit resident identity number says of its holder."""

    number: str
    born_on: date
    sex: str  # F or M


def check_resident_id(number: str) -> ResidentId:
    """Check digit, region and birth date of a resident identity number (C9). Raises `Refused`.

    The region is where the number was given, often years after birth: a district of today is right for somebody born
    before it was founded, which ric.validate refuses.
    """
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    valid = number.strip().upper()
    try:
        right = _RESIDENT_ID.fullmatch(valid) and valid[-1] == ric.calc_check_digit(valid) and _is_region(valid[:6])
        if not right:
            raise ValidationError
        born = ric.get_birth_date(valid)
    except ValidationError:
        raise Refused(
            say("This is not a resident identity number: 18 characters, the last one checks the others."),
            field="number",
        ) from None
    return ResidentId(valid, born, "M" if int(valid[16]) % 2 else "F")


def _is_region(code: str) -> bool:
    """A province and a district or county of it, of today or abolished."""
    from stdnum import numdb

    parts = numdb.get("cn/loc").info(code)
    return len(parts) == 2 and "county" in parts[1][1]


def clean_number(number: str) -> str:
    """A document's number without spaces, in capitals. Raises `Refused` when nothing is left."""
    cleaned = "".join(number.split()).upper()
    if not cleaned or len(cleaned) > 40 or not cleaned.replace("-", "").replace("/", "").isalnum():
        raise Refused(say("Please enter the document's number: letters and digits."), field="number")
    return cleaned
