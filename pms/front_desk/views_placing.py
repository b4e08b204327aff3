"""Placing 排房 from the rack: a room for one guest, rooms for everybody of the tray, other days for a booking."""

from __future__ import annotations

from flask import Blueprint

from pms.web.gate import needs

bp = Blueprint("placing", __name__)


@bp.get("/stays/<int:stay_id>/room")
@needs("place")
def place(stay_id: int) -> str:
    return ""


@bp.get("/stays/<int:stay_id>/dates")
@needs("change_booking")
def dates(stay_id: int) -> str:
    return ""


@bp.get("/rack/place-all")
@needs("place")
def place_all() -> str:
    return ""


@bp.get("/rack/tray")
@needs("place")
def tray() -> str:
    return ""
