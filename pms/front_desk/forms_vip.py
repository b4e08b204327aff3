"""The request form 贵宾申报单 as it is typed (C6)."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from pms.front_desk.vip import Honours
from pms.guests.forms import LEVELS
from pms.say import say, translate
from pms.web.fields import at_most


class VipRequestForm(FlaskForm):
    level = SelectField(say("Level"), coerce=int)
    host = StringField(say("Host"), [at_most(80)])
    position = StringField(say("Position"), [at_most(80)])
    amenities = StringField(say("Amenities"), [at_most(120)])
    welcome_party = StringField(say("Welcome party"), [at_most(120)])
    early_arrival = BooleanField(say("Comes before noon"))

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.level.choices = [SelectChoice(n, translate(word, lang)) for n, word in LEVELS.items() if n]

    def values(self) -> Honours:
        return Honours(
            level=self.level.data,
            host=self.host.data or "",
            position=self.position.data or "",
            amenities=self.amenities.data or "",
            welcome_party=self.welcome_party.data or "",
            early_arrival=self.early_arrival.data,
        )
