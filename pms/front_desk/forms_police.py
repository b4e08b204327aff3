"""The form for guests from abroad 外事登记 as it is typed (C9)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField

from pms.front_desk.models import Registration
from pms.front_desk.police import FromAbroad
from pms.say import say
from pms.web.fields import DayField, at_most


class FromAbroadForm(FlaskForm):
    visa = StringField(say("Visa"), [at_most(40)])
    visa_expires_on = DayField(say("Visa valid to"))
    purpose = StringField(say("Purpose of stay"), [at_most(40)])
    host = StringField(say("Received by"), [at_most(80)])

    def __init__(self, registration: Registration, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(obj=registration, **kwargs)

    def values(self) -> FromAbroad:
        return FromAbroad(
            visa=(self.visa.data or "").strip(),
            visa_expires_on=self.visa_expires_on.day,
            purpose=(self.purpose.data or "").strip(),
            host=(self.host.data or "").strip(),
        )
