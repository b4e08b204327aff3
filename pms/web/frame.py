"""What every page shows around its work: house, business date, clock, shift, language, notices waiting.

Three short statements a page: the session with its user, the house with its date, the count of notices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_login import current_user

from pms import access, clock, money, notices
from pms.accounts.models import User
from pms.shifts import SHIFT_NAMES, Shift, shift_at
from pms.web import language, queries


@dataclass(frozen=True, slots=True)
class Frame:
    hotel: Any
    business_date: date | None
    now_local: datetime
    shift: Shift
    unacknowledged: int
    mark: str = ""
    """What `live_mark` was when the page was made."""


def init_app(app: Flask) -> None:
    app.context_processor(_context)
    for helper in (can, fmt_money, language.tr, language.said, language.fmt_date, language.called, language.country):
        app.add_template_global(helper)  # globals, so that imported macros have them too


def can(action: str) -> bool:
    """May whoever is asking do this? Buttons that would be refused are not drawn."""
    return current_user.is_authenticated and access.allowed(current_user, action)


def fmt_money(minor: int) -> str:
    """`1,240.00` in the house's currency."""
    hotel = current().hotel
    return money.format_minor(minor, hotel.currency if hotel else "")


def current() -> Frame:
    """The frame of this request, read once."""
    if "frame" not in g:
        g.frame = without_database() if g.get("database_failed") else _read()
    frame: Frame = g.frame
    return frame


def without_database() -> Frame:
    """For the page that says that something broke."""
    now = clock.now()
    return Frame(hotel=None, business_date=None, now_local=now, shift=shift_at(now.hour), unacknowledged=0)


def _read() -> Frame:
    hotel, day, mark = queries.house()
    now = clock.now().astimezone(ZoneInfo(day.zone if day else "UTC"))
    department = current_user.department if current_user.is_authenticated else None
    return Frame(
        hotel=hotel,
        business_date=day.date if day else None,
        now_local=now,
        shift=shift_at(now.hour),
        unacknowledged=notices.count_open(department) if department else 0,
        mark=mark,
    )


def _context() -> dict[str, Any]:
    frame = current()
    lang = language.current()
    return _person(lang) | {
        "hotel": frame.hotel,
        "business_date": frame.business_date,
        "now_local": frame.now_local,
        "shift": frame.shift,
        "shift_names": SHIFT_NAMES,
        "unacknowledged": frame.unacknowledged,
        "live_mark": frame.mark,
        "house_name": _house_name(frame.hotel, lang),
        "lang": lang,
        "theme": language.theme(),
    }


def _person(lang: str) -> dict[str, Any]:
    """Who is at the desk, for the corner of the page."""
    if not current_user.is_authenticated:
        return {"shortcuts_on": True}
    return {
        "initials": initials(current_user, lang),
        "role_name": access.ROLE_NAMES[current_user.role],
        "shortcuts_on": current_user.shortcuts_on,
    }


def initials(user: User, lang: str) -> str:
    """`LN` for Li Na; the given name's characters for a Chinese name."""
    if lang == "zh" and user.name_zh:
        return user.name_zh[-2:]
    words = user.name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def _house_name(hotel: Any, lang: str) -> str:
    if hotel is None:
        return "Innkeep"
    return str(hotel.name_zh if lang == "zh" and hotel.name_zh else hotel.name_en)
