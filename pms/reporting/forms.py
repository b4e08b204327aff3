"""The forms of one record: registration card, room change slip, message slip, luggage tag, bill.

Each reads its record and returns the PDF in "en", "zh" or "both"; raises `Missing` when there is no such record.
Who may print one is for the view to ask.
"""

from __future__ import annotations

from typing import Any

from pms import home
from pms.cashier import queries_forms as cashier
from pms.front_desk import queries_forms as front_desk
from pms.guest_services import queries_forms as guest_services
from pms.property.queries import hotel
from pms.reporting.kinds import House
from pms.reporting.rendering import Pdf


def registration_card(stay_id: int, lang: str) -> Pdf:
    return render_form("registration_card", front_desk.registration_card(stay_id), lang, _house())


def change_slip(move_id: int, lang: str) -> Pdf:
    return render_form("change_slip", front_desk.change_slip(move_id), lang, _house())


def message_slip(message_id: int, lang: str) -> Pdf:
    return render_form("message_slip", guest_services.message_slip(message_id), lang, _house())


def luggage_tag(luggage_id: int, lang: str) -> Pdf:
    return render_form("luggage_tag", guest_services.luggage_tag(luggage_id), lang, _house())


def bill(stay_id: int, lang: str) -> Pdf:
    return render_form("bill", cashier.bill(stay_id), lang, _house())


def render_form(name: str, record: Any, lang: str, house: House) -> Pdf:
    """The form of reports/forms/NAME.py filled with a record."""
    from pms.reporting.pdf import draw
    from pms.reporting.setting import Setting

    form = home.load_form(name)
    readers = "  ".join(filter(None, (house.address, house.telephone)))
    return draw(form.story(record), Setting(form.TITLE, form.CODE, readers, house, lang))


def _house() -> House:
    return House.of(hotel())
