"""Message slips: taken, read back, delivered (Q2)."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.say import say, translate
from pms.web import language
from pms.web.gate import needs

bp = Blueprint("messages", __name__, url_prefix="/messages")


@bp.get("")
@needs("take_message")
def rack() -> str:
    return render_template("messages/rack.html", title=translate(say("Messages"), language.current()))


@bp.get("/take")
@needs("take_message")
def take() -> str:
    return render_template("messages/rack.html", title=translate(say("Messages"), language.current()))
