"""Blueprints whose pages lie in several files."""

from __future__ import annotations

from flask import Blueprint

check_in = Blueprint("check_in", __name__)
