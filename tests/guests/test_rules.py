"""Names as clerks type them, telephone numbers, documents: without any database."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.errors import Refused
from pms.guests.names import list_name
from pms.guests.rules import (
    SEARCH_LENGTH,
    check_resident_id,
    clean_number,
    dialled_digits,
    e164,
    mask,
    plain,
    search_text,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("赵磊", "赵磊 zhao lei zhaolei zl"),
        ("单田芳", "单田芳 shan tianfang shantianfang stf"),
        ("仇和", "仇和 qiu he qiuhe qh"),
        ("曾国藩", "曾国藩 zeng guofan zengguofan zgf"),
        ("解晓东", "解晓东 xie xiaodong xiexiaodong xxd"),
        ("任伟", "任伟 ren wei renwei rw"),
        ("欧阳娜娜", "欧阳娜娜 ouyang nana ouyangnana oynn"),
        ("长孙无忌", "长孙无忌 zhangsun wuji zhangsunwuji zswj"),
        ("尉迟恭", "尉迟恭 yuchi gong yuchigong ycg"),
        ("李", "李 li l"),
    ],
)
def test_a_chinese_name_is_found_by_characters_pinyin_and_initials_surname_first(name: str, words: str) -> None:
    assert search_text("", "", name) == words


def test_a_surname_read_in_two_ways_is_found_by_both() -> None:
    words = search_text("", "", "乐嘉").split()
    assert {"yuejia", "lejia", "yj", "lj"} <= set(words)


@pytest.mark.parametrize(
    ("surname", "given", "words"),
    [
        ("Müller", "Jörg", "muller jorg mullerjorg"),
        ("Straße", "Øystein", "strasse oystein strasseoystein"),
        ("O'Brien", "Anne-Marie", "o brien anne marie obrienannemarie"),
        ("Łukasz", "Đorđe", "lukasz dorde lukaszdorde"),
        ("Smith", "", "smith"),
    ],
)
def test_a_latin_name_is_found_without_accents(surname: str, given: str, words: str) -> None:
    assert search_text(surname, given, "") == words


def test_a_name_in_both_scripts_is_found_by_either() -> None:
    assert search_text("Zhao", "Lei", "赵磊") == "zhao lei zhaolei 赵磊 zl"


def test_an_endless_name_fits_the_column() -> None:
    assert len(search_text("x" * 200, "y" * 200, "")) == SEARCH_LENGTH


def test_pinyin_is_loaded_only_when_there_is_chinese() -> None:
    code = "import sys; from pms.guests.rules import *; search_text('A', 'B', ''); assert 'pypinyin' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=".")


@given(st.text(max_size=40))
def test_plain_words_are_their_own_plain_form(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("138 0013 8000", "CN", "+8613800138000"),
        ("(0512) 6522-3388", "CN", "+8651265223388"),
        ("+351 919 000 111", "CN", "+351919000111"),
        ("0049 30 123456", "DE", "+4930123456"),
        (" ", "CN", ""),
    ],
)
def test_a_telephone_number_is_kept_as_it_is_dialled_from_anywhere(typed: str, country: str, number: str) -> None:
    assert e164(typed, country) == number


@pytest.mark.parametrize("typed", ["12", "no telephone", "+999 123"])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not a telephone number") as no:
        e164(typed, "CN")
    assert no.value.field == "telephone"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("138 0013 8000", "13800138000"),
        ("+86 (0)512-6522.3388", "8651265223388"),
        ("0512/65223388", "51265223388"),
        ("1204", ""),
        ("LT-26-04690", ""),
        ("张三", ""),
        ("", ""),
    ],
)
def test_a_telephone_number_is_searched_by_its_digits(text: str, digits: str) -> None:
    assert dialled_digits(text) == digits


@pytest.mark.parametrize(
    ("number", "shown"),
    [("110101199003071233", "••••••••••••••1233"), ("E12345678", "•••••5678"), ("12345678", "•••••••8"), ("", "")],
)
def test_a_document_number_is_shown_by_its_end_only(number: str, shown: str) -> None:
    assert mask(number) == shown


@given(st.text(min_size=1, max_size=40))
def test_at_most_half_of_a_number_is_ever_shown(number: str) -> None:
    assert len(mask(number)) == len(number)
    assert sum(sign != "•" for sign in mask(number.replace("•", "x"))) <= max(1, len(number) // 2)


def test_a_district_may_be_younger_than_its_people() -> None:
    """330106 is a district since 1983; who was born there in 1982 got this number years later."""
    person = check_resident_id("330106198205106623")
    assert (person.born_on, person.sex) == (date(1982, 5, 10), "F")


def test_a_resident_id_says_birth_date_and_sex() -> None:
    woman, man = check_resident_id("11010519491231002x"), check_resident_id(" 440308199901101512 ")
    assert (woman.number, woman.born_on, woman.sex) == ("11010519491231002X", date(1949, 12, 31), "F")
    assert (man.born_on, man.sex) == (date(1999, 1, 10), "M")


@pytest.mark.parametrize("number", ["110105194912310021", "11010519491331002X", "123", "", "P1234567"])
def test_a_wrong_resident_id_is_refused(number: str) -> None:
    with pytest.raises(Refused, match="resident identity number") as no:
        check_resident_id(number)
    assert no.value.field == "number"


def test_a_document_number_is_kept_without_blanks_in_capitals() -> None:
    assert clean_number(" e 1234-5678 ") == "E1234-5678"
    for wrong in ("", "  ", "A" * 41, "12?34"):
        with pytest.raises(Refused, match="letters and digits"):
            clean_number(wrong)


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("Fischer", "Anna", ""), "Fischer, Anna"),
        (("Zhao", "Lei", "赵磊"), "Zhao Lei 赵磊"),
        (("", "", "赵磊"), "赵磊"),
        (("Cher", "", ""), "Cher"),
    ],
)
def test_lists_write_the_surname_first(parts: tuple[str, str, str], name: str) -> None:
    assert list_name(*parts) == name
