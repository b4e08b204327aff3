"""What is printed reads back right: for the search of a PDF viewer, for a screen reader, for the next program."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader
from structlog.testing import capture_logs

from tests.reporting.reading import outline_of, pages_of, printed, text_of
from tests.reporting.samples import HOUSE, arrivals, stay

NAMES = [
    "O'Brien, Siobhán",
    "Novák, Tomáš",
    "Erdoğan, Şule",
    "Liu Zhe 刘喆",
    "Kim Seo-yeon 김서연",
    "Wang Jianguo 王建国",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_names_of_all_scripts_read_back(name: str, lang: str) -> None:
    assert name in text_of(printed("arrivals", lang))


@pytest.mark.parametrize(
    "name", [*NAMES, "Őry, Łucja", "Nguyễn", "Ελένη", "Šťastný", "Müller-Lüdenscheidt", "珺 祎 堃", "O’Neill"]
)
def test_pypdf_reads_the_same_names(name: str) -> None:
    assert name in pages_of(printed("arrivals", rows={"arrivals": [stay(guest=name)]}))[0]


def test_a_rare_hanzi_on_a_bold_line_comes_from_the_regular_face() -> None:
    pdf = printed("arrivals", rows={"arrivals": [stay(room="仝堔")]})

    assert "仝堔" in text_of(pdf)


def test_title_heads_and_words_are_english_chinese_or_both() -> None:
    english, chinese, both = (text_of(printed("arrivals", lang)) for lang in ("en", "zh", "both"))

    assert "Arrivals" in english
    assert "Business date" in english
    assert "预抵" not in english
    assert "预抵" in chinese
    assert "营业日期" in chinese
    assert "Arrivals" not in chinese
    assert "Arrivals 预抵" in " ".join(both.split())
    assert "Sat 21 Nov 2026 2026年11月21日 周六" in " ".join(both.split())


def test_foot_names_house_code_readers_and_page() -> None:
    words = " ".join(text_of(printed("arrivals", "both")).split())

    assert "Lanting Hotel 澜庭大酒店" in words
    assert "N6-01 Housekeeping, Concierge" in words
    assert "客房部、礼宾部" in words
    assert "Page 1 of 1 第 1 页，共 1 页" in words


def test_each_page_says_which_of_how_many_it_is_and_repeats_the_heads() -> None:
    pdf = printed("arrivals", rows={"arrivals": arrivals() * 20})
    pages = pages_of(pdf)

    assert pdf.pages == len(pages) > 3
    for number, words in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in words
        assert "Conf. no." in words
        assert "Arrivals" in words


def test_a_name_with_markup_is_only_words() -> None:
    trap = "<img src='/etc/x'/>&lt;"
    pdf = printed("arrivals", rows={"arrivals": [stay(remarks=trap)]})

    assert trap in text_of(pdf)
    assert all(not page.images for page in PdfReader(io.BytesIO(pdf)).pages)


def test_bookmarks_lead_to_the_paper_and_its_bands() -> None:
    assert outline_of(printed("arrivals")) == [(0, "Arrivals"), (1, "VIP"), (1, "Individuals"), (1, "Groups")]
    assert (1, "Discrepancies") in outline_of(printed("room_status"))
    assert (1, "Occupancy in November") in outline_of(printed("managers_daily"))


def test_title_and_house_are_in_the_metadata_and_no_time_of_printing() -> None:
    about = PdfReader(io.BytesIO(printed("in_house"))).metadata

    assert about is not None
    assert about.title == "In house"
    assert about.author == HOUSE.name
    assert about.subject == "N6-03"
    assert about.creation_date is not None
    assert about.creation_date.year == 2000


def test_a_screen_reader_is_told_the_language() -> None:
    languages = [PdfReader(io.BytesIO(printed("in_house", lang))).trailer["/Root"]["/Lang"] for lang in ("en", "zh")]

    assert languages == ["en", "zh-CN"]


def test_a_letter_no_face_has_is_warned_about_without_the_name() -> None:
    with capture_logs() as logs:
        printed("arrivals", rows={"arrivals": [stay(guest="Somchai สมชาย")]})

    [warning] = [line for line in logs if line["event"] == "missing_glyphs"]
    assert warning["paper"] == "N6-01"
    assert "U+0E2A" in warning["letters"]
    assert "Somchai" not in str(warning)


def test_names_are_cut_off_with_an_ellipsis_and_numbers_never() -> None:
    long = stay(guest="Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine", rate=123_456_789_00)
    words = text_of(printed("arrivals", rows={"arrivals": [long]}))

    assert "Wolfeschlegelst" in words
    assert "…" in words
    assert "123,456,789.00" in words
