"""The blueprint of the departures; the check-out sheet, which names luggage and messages, stands in guest_services."""

from __future__ import annotations

from flask import Blueprint

check_out = Blueprint("check_out", __name__)
