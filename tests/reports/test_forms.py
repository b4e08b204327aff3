"""The forms of one record: what must stand on them, in English, Chinese and both."""

from __future__ import annotations

import pytest

from pms.reporting.forms import render_form
from pms.reporting.rendering import LANGUAGES, Pdf
from tests.reporting.reading import text_of
from tests.reporting.samples import HOUSE
from tests.reporting.samples_forms import FORMS


def form(name: str, lang: str = "en") -> Pdf:
    return render_form(name, FORMS[name], lang, HOUSE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", FORMS)
def test_each_form_fits_on_one_page_and_is_the_same_again(name: str, lang: str) -> None:
    assert form(name, lang).pages == 1
    assert form(name, lang) == form(name, lang)


def test_registration_card_masks_the_document_and_asks_for_signatures() -> None:
    words = text_of(form("registration_card", "both"))

    assert "•••••4567" in words
    assert "Guest's signature 客人签名" in words
    assert "Czechia 捷克" in words
    assert "标准大床" in words


def test_what_is_not_known_leaves_a_line_to_write_on() -> None:
    card = FORMS["registration_card"]._replace(visa="", born_on=None)

    assert "Visa" in text_of(render_form("registration_card", card, "en", HOUSE))


def test_message_slip_has_three_copies() -> None:
    words = text_of(form("message_slip"))

    assert words.count("The meeting is moved to nine") == 3
    assert [part in words for part in ("by the concierge", "message rack", "operator")] == [True] * 3


def test_change_slip_goes_to_the_guests_file_and_to_the_departments() -> None:
    words = " ".join(text_of(form("change_slip")).split())

    assert words.count("1509 SK 1702 DK") == 2
    assert "For housekeeping, concierge, operator, service centre" in words


def test_luggage_tag_and_stub_carry_number_pieces_place_and_time() -> None:
    words = text_of(form("luggage_tag"))

    assert words.count("L0102") == 3
    assert words.count("B3") == 2
    assert "Claim stub" in words


def test_bill_adds_up_and_shows_what_was_reversed() -> None:
    words = text_of(form("bill"))

    assert "Room charge" in words
    assert "Reversed: wrong room" in words
    assert "-126.00" in words
    assert "CNY 0.00" in words


def test_bill_is_chinese_throughout() -> None:
    words = text_of(form("bill", "zh"))

    assert "房费" in words
    assert "账单" in words
    assert "Room" not in words
