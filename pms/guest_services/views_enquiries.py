"""A caller asks for a guest (Q1)."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.say import say, translate
from pms.web import language
from pms.web.gate import needs

bp = Blueprint("enquiries", __name__, url_prefix="/enquiries")


@bp.get("")
@needs("answer_caller")
def caller() -> str:
    return render_template("enquiries/caller.html", title=translate(say("Enquiries"), language.current()))
