"""Forms of records in the database, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pms.db import db, reading, work
from pms.errors import Missing
from pms.guests.models import Guest
from pms.reporting import forms
from pms.reporting.rendering import Pdf
from pms.reservations.models import StayGuest
from tests.reporting.reading import text_of
from tests.reports.conftest import Evening

pytestmark = pytest.mark.both_engines


def test_registration_card_shows_the_newest_document_masked(evening: Evening) -> None:
    with reading():
        words = text_of(forms.registration_card(evening.liu.id, "both"))

    assert "Liu Zhe 刘喆" in words
    assert "•••••5678" in words
    assert "E12345678" not in words
    assert "标准大床" in words


def test_everybody_of_the_room_has_a_registration_card_of_his_own(evening: Evening) -> None:
    with work():
        wife = Guest(surname="He", given="Ping", name_zh="何平")
        db.session.add(wife)
        db.session.flush()
        db.session.add(StayGuest(stay_id=evening.liu.id, guest_id=wife.id))
    with reading():
        cards = forms.registration_card(evening.liu.id, "en")

    assert cards.pages == 2
    words = text_of(cards)
    assert words.index("Liu Zhe") < words.index("He Ping")


def test_bill_lists_what_was_posted_and_what_is_owed(evening: Evening) -> None:
    with reading():
        words = text_of(forms.bill(evening.liu.id, "en"))

    assert words.count("Room charge") == 2
    assert "1,450.00" in words
    assert "1,000.00" in words
    assert "CNY 450.00" in words


def test_change_slip_message_slip_and_luggage_tag(evening: Evening) -> None:
    with reading():
        assert "From 1202 to 1204" in text_of(forms.change_slip(evening.move.id, "en"))
        assert text_of(forms.message_slip(evening.message.id, "en")).count("Call 刘 back") == 3
        assert text_of(forms.luggage_tag(evening.luggage.id, "en")).count("L0001") == 3


@pytest.mark.parametrize(
    "form", [forms.registration_card, forms.bill, forms.change_slip, forms.message_slip, forms.luggage_tag]
)
def test_what_does_not_exist_is_refused(evening: Evening, form: Callable[[int, str], Pdf]) -> None:
    with reading(), pytest.raises(Missing):
        form(999_999, "en")
