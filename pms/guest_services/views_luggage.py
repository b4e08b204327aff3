"""The luggage desk: in, found again, out (L1-L5)."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.say import say, translate
from pms.web import language
from pms.web.gate import needs

bp = Blueprint("luggage", __name__, url_prefix="/luggage")


@bp.get("")
@needs("store_luggage")
def desk() -> str:
    return render_template("luggage/desk.html", title=translate(say("Luggage"), language.current()))


@bp.get("/take")
@needs("store_luggage")
def take() -> str:
    return render_template("luggage/desk.html", title=translate(say("Luggage"), language.current()))


@bp.get("/<int:luggage_id>")
@needs("store_luggage")
def show(luggage_id: int) -> str:
    return render_template("luggage/desk.html", title=translate(say("Luggage"), language.current()))
