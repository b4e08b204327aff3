"""The papers of one booking, printed from its pages: reservations stand below the features whose forms
`pms.reporting.forms` knows. Each returns the PDF in "en", "zh" or "both" and raises `Missing`.
"""

from __future__ import annotations

from pms.property.queries import hotel
from pms.reporting.kinds import House
from pms.reporting.printing import render_form
from pms.reporting.rendering import Pdf
from pms.reservations import history, queries_arrangements, queries_letters
from pms.reservations.models import Booking


def confirmation_letter(letter_id: int, lang: str) -> Pdf:
    return render_form("confirmation_letter", queries_letters.letter_paper(letter_id), lang, House.of(hotel()))


def change_slip(booking: Booking, lang: str) -> Pdf:
    return render_form("booking_changes", history.slip_of(booking), lang, House.of(hotel()))


def pick_up_sign(arrangement_id: int, lang: str) -> Pdf:
    return render_form("pick_up_sign", queries_arrangements.pick_up_sign(arrangement_id), lang, House.of(hotel()))
