"""The blueprint of folios and the cashier; its views lie in several files by what they are about."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("folios", __name__)
