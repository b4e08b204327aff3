"""The forms of the housekeeping board: a room taken out of order, what was seen in a room."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.say import say, translate
from pms.web.fields import MISSING, DayField, DueField, at_most, within

VACANT, OCCUPIED = "vacant", "occupied"
SEEN = {VACANT: say("Vacant"), OCCUPIED: say("Occupied")}


class OutOfOrderForm(FlaskForm):
    """From tonight on, until the day the room comes back."""

    reason = StringField(say("Reason"), [MISSING, at_most(120)])
    until = DayField(say("Comes back on"), [MISSING])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, data={"until": today + timedelta(days=1)}, **kwargs)


class PromiseForm(FlaskForm):
    """When the room will be clean."""

    ready_at = DueField(say("Ready at"), [MISSING])

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)


class SeenForm(FlaskForm):
    """What the attendant saw; the number of persons only when he counted them."""

    room = StringField(say("Room"), [MISSING, at_most(8)])
    seen = RadioField(say("What was seen"), [MISSING], choices=[])
    persons = IntegerField(say("Persons"), [Optional(), within(0, 20)])

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen.choices = [SelectChoice(key, translate(word, lang)) for key, word in SEEN.items()]
