"""The form that closes a room."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import InputRequired

from pms.property.forms import choices
from pms.property.models import ClosureKind, Housekeeping
from pms.property.words import CLOSURE_KINDS, COMES_BACK_AS
from pms.say import say
from pms.web.fields import MISSING, at_most

A_DATE = InputRequired(say("Choose a date."))


class ClosureForm(FlaskForm):
    room = StringField(say("Room"), [MISSING, at_most(8)])
    kind = SelectField(say("Kind"), choices=[])
    first = DateField(say("First night"), [A_DATE])
    until = DateField(say("Comes back on"), [A_DATE])
    reason = StringField(say("Reason"), [MISSING, at_most(120)])
    remark = StringField(say("Remark"), [at_most(200)])
    comes_back_as = SelectField(say("Comes back as"), choices=[])
    make_way = BooleanField(say("Take it from guests who have not arrived"))

    def __init__(self, *args: Any, lang: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, data={"first": today, "until": today + timedelta(days=1)}, **kwargs)
        self.kind.choices = choices(CLOSURE_KINDS, lang)
        self.comes_back_as.choices = choices(COMES_BACK_AS, lang)

    @property
    def values(self) -> dict[str, Any]:
        """As `closures.close` takes them, without the room."""
        return {
            "kind": ClosureKind(self.kind.data),
            "first": self.first.data,
            "until": self.until.data,
            "reason": self.reason.data or "",
            "remark": self.remark.data or "",
            "comes_back_as": Housekeeping(self.comes_back_as.data),
        }
