"""The blueprint of bookings. Its views lie in several files, each in the feature whose data its page shows: that of a
stay, with folio, messages and luggage, stands above reservations (front_page/views_stays.py).
"""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("bookings", __name__)
