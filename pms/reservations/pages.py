"""The blueprints of bookings, guests and groups. The views of one lie in several files, each in the feature whose data
its page shows: that of a stay, with folio, messages and luggage, stands above reservations (front_page/views_stays.py).
"""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("bookings", __name__)
guests = Blueprint("guests", __name__)
groups = Blueprint("groups", __name__)  # the sheet that checks one in stands above, in guest_services/views_groups.py
