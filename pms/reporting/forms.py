"""The forms of one record: registration card, room change slip, message slip, luggage tag, directions, bill.

Each reads its record and returns the PDF in "en", "zh" or "both"; raises `Missing` when there is no such record.
Who may print one is for the view to ask.
"""

from __future__ import annotations

from pms.cashier import queries_forms as cashier
from pms.front_desk import queries_forms as front_desk
from pms.guest_services import queries_forms as guest_services
from pms.property.queries import hotel
from pms.reporting.kinds import House
from pms.reporting.pack import one_pdf
from pms.reporting.printing import render_form
from pms.reporting.rendering import Pdf


def registration_card(stay_id: int, lang: str) -> Pdf:
    """One card for every guest of the room (C9)."""
    cards = [render_form("registration_card", card, lang, _house()) for card in front_desk.registration_cards(stay_id)]
    together = Pdf(one_pdf(cards) if len(cards) > 1 else cards[0])
    together.pages = sum(card.pages for card in cards)
    return together


def change_slip(move_id: int, lang: str) -> Pdf:
    return render_form("change_slip", front_desk.change_slip(move_id), lang, _house())


def message_slip(message_id: int, lang: str) -> Pdf:
    return render_form("message_slip", guest_services.message_slip(message_id), lang, _house())


def luggage_tag(luggage_id: int, lang: str) -> Pdf:
    return render_form("luggage_tag", guest_services.luggage_tag(luggage_id), lang, _house())


def direction_card(direction_id: int, lang: str) -> Pdf:
    return render_form("direction_card", guest_services.direction_card(direction_id), lang, _house())


def bill(stay_id: int, lang: str, *, window: int = 1, named: bool = True) -> Pdf:
    return render_form("bill", cashier.bill(stay_id, window, named=named), lang, _house())


def _house() -> House:
    return House.of(hotel())
