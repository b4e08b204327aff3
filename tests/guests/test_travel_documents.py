"""Passports and cards are read from their machine-readable zone, and a wrong letter does not get through (C9)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.errors import Refused
from pms.guests.models import DocumentKind
from pms.guests.travel_documents import birthday_within, check_digit, country_of, expired, is_complete, read_zone

TODAY = date(2026, 11, 21)
# ICAO 9303, parts 4 (appendix A), 5 and 6 (appendix B): the issuing state Utopia does not exist.
PASSPORT = """P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10"""
CARD = """I<UTOD231458907<<<<<<<<<<<<<<<
7408122F1204159UTO<<<<<<<<<<<6
ERIKSSON<<ANNA<MARIA<<<<<<<<<<"""
SMALL_CARD = """I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<
D231458907UTO7408122F1204159<<<<<<<6"""


def zone(surname: str = "WHITFIELD<<ELEANOR", number: str = "523918406", country: str = "GBR",
         born: str = "720315", sex: str = "F", expires: str = "290912", personal: str = "") -> str:  # fmt: skip
    """The two lines of a passport with right check digits."""
    first = f"P<{country}{surname}".ljust(44, "<")
    numbered = f"{number.ljust(9, '<')}{check_digit(number.ljust(9, '<'))}"
    rest = personal.ljust(14, "<")
    dates = (f"{born}{check_digit(born)}", f"{expires}{check_digit(expires)}")
    body = f"{numbered}{country}{dates[0]}{sex}{dates[1]}{rest}{check_digit(rest)}"
    whole = check_digit(body[:10] + body[13:20] + body[21:])
    return f"{first}\n{body}{whole}"


@pytest.mark.parametrize("lines", [PASSPORT, CARD, SMALL_CARD])
def test_the_specimens_of_the_standard_are_read(lines: str) -> None:
    read = read_zone(lines, TODAY)
    assert (read.surname, read.given, read.sex) == ("Eriksson", "Anna Maria", "F")
    assert (read.born_on, read.expires_on) == (date(1974, 8, 12), date(2012, 4, 15))
    assert read.number in ("L898902C3", "D23145890")
    assert read.kind is (DocumentKind.PASSPORT if lines is PASSPORT else DocumentKind.OTHER)


def test_a_passport_says_who_holds_it() -> None:
    read = read_zone(zone(), TODAY)
    assert (read.number, read.country, read.nationality) == ("523918406", "GB", "GB")
    assert (read.surname, read.given) == ("Whitfield", "Eleanor")
    assert read.expires_on == date(2029, 9, 12)
    assert len(read.checked) == 5


def test_lines_come_in_one_in_small_letters_or_with_blanks_around() -> None:
    lines = zone()
    assert read_zone(f"  {lines.lower()}  \n", TODAY) == read_zone(lines.replace("\n", ""), TODAY)


@pytest.mark.parametrize(
    ("position", "what"),
    [(9, "document number"), (19, "date of birth"), (27, "date of expiry"), (42, "personal number"),
     (43, "whole document")],
)  # fmt: skip
def test_the_check_digit_that_is_wrong_is_named_with_its_place(position: int, what: str) -> None:
    first, second = zone(personal="ZE184226B").split("\n")
    wrong = str((int(second[position]) + 1) % 10)
    with pytest.raises(Refused) as no:
        read_zone(f"{first}\n{second[:position]}{wrong}{second[position + 1 :]}", TODAY)
    assert what in str(no.value.reason)
    assert f"line 2, position {position + 1}" in str(no.value.reason)


@given(st.integers(0, 43), st.sampled_from("0123456789"))
def test_no_single_wrong_digit_of_the_second_line_gets_through(position: int, digit: str) -> None:
    first, second = zone(personal="123456789").split("\n")
    if not second[position].isdigit() or second[position] == digit:
        return
    with pytest.raises(Refused):
        read_zone(f"{first}\n{second[:position]}{digit}{second[position + 1 :]}", TODAY)


@given(st.dates(date(1927, 1, 1), TODAY), st.dates(date(2017, 1, 1), date(2041, 1, 1)))
def test_every_date_of_a_living_guest_is_understood(born: date, expires: date) -> None:
    read = read_zone(zone(born=f"{born:%y%m%d}", expires=f"{expires:%y%m%d}"), TODAY)
    assert (read.born_on, read.expires_on) == (born, expires)


@given(st.text(max_size=100))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert read_zone(text, TODAY).number


def test_a_line_that_is_too_short_says_how_long_it_must_be() -> None:
    with pytest.raises(Refused, match=r"These are 87 characters\. A passport has two lines of 44"):
        read_zone(zone()[:-1], TODAY)
    assert not is_complete(zone()[:-1])
    assert is_complete(zone())


def test_a_long_number_of_a_card_goes_on_in_the_optional_data() -> None:
    number = "D23145890734"
    first = f"I<UTO{number[:9]}<{number[9:]}{check_digit(number)}".ljust(30, "<")
    dates = f"7408122F1204159UTO{'<' * 11}"
    whole = check_digit(first[5:] + dates[:7] + dates[8:15] + dates[18:29])
    lines = f"{first}\n{dates}{whole}\n{'ERIKSSON<<ANNA'.ljust(30, '<')}"
    assert read_zone(lines, TODAY).number == number


def test_a_date_of_birth_that_is_not_known_is_left_open() -> None:
    assert read_zone(zone(born="72<<<<"), TODAY).born_on is None


@pytest.mark.parametrize(("code", "country"), [("D<<", "DE"), ("GBO", "GB"), ("CHN", "CN"), ("HKG", "HK"), ("XXA", "")])
def test_countries_of_the_zone_are_those_of_the_house(code: str, country: str) -> None:
    assert country_of(code) == country


def test_a_home_return_permit_is_a_travel_permit() -> None:
    lines = CARD.replace("I<UTO", "CRCHN", 1)
    assert read_zone(lines, TODAY).kind is DocumentKind.TRAVEL_PERMIT


def test_a_document_is_expired_the_day_after() -> None:
    assert not expired(TODAY, TODAY)
    assert expired(date(2026, 11, 20), TODAY)
    assert not expired(None, TODAY)


def test_a_birthday_in_the_stay_is_noticed_also_over_new_year_and_in_a_leap_year() -> None:
    stay = (date(2026, 12, 30), date(2027, 1, 2))
    assert birthday_within(date(1990, 1, 1), *stay) == date(2027, 1, 1)
    assert birthday_within(date(1990, 1, 3), *stay) is None
    assert birthday_within(date(2000, 2, 29), date(2027, 2, 27), date(2027, 3, 2)) == date(2027, 3, 1)
    assert birthday_within(None, *stay) is None
