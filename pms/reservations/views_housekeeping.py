"""The rooms as housekeeping sees them: dirty, clean, inspected, out of order by one tap."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.say import say, translate
from pms.web import language
from pms.web.gate import needs

bp = Blueprint("housekeeping", __name__, url_prefix="/housekeeping")


@bp.get("")
@needs("set_housekeeping")
def board() -> str:
    return render_template("housekeeping/board.html", title=translate(say("Housekeeping"), language.current()))


@bp.get("/discrepancies")
@needs("set_housekeeping")
def discrepancies() -> str:
    return render_template("housekeeping/board.html", title=translate(say("Housekeeping"), language.current()))
