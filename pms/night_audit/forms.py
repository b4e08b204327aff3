"""For which day, and in which language, papers are printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import SelectField

from pms.property.words import PAPER_LANGUAGES
from pms.say import say, translate
from pms.web.fields import DayField


class PaperForm(FlaskForm):
    """A form of a page that only reads: it comes with the address and carries no token."""

    day = DayField(say("Business date"), past=True)
    lang = SelectField(say("Language"))

    class Meta:
        csrf = False

    def __init__(self, typed: Any, *, today: date, language: str, reader: str) -> None:
        self.today = today
        wanted = {"day": typed.get("day", today.isoformat()), "lang": typed.get("lang", language)}
        super().__init__(MultiDict(wanted))
        self.lang.choices = [(key, translate(name, reader)) for key, name in PAPER_LANGUAGES.items()]
