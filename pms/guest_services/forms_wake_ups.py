"""The form of a wake-up call: a room or a group, and a time of the hotel's clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField

from pms.say import say
from pms.web.fields import MISSING, DueField, at_most


class WakeUpForm(FlaskForm):
    who = StringField(say("Room or group code"), [MISSING, at_most(16)])
    due_at = DueField(say("Wake-up time"), [MISSING])

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.now = now
        super().__init__(*args, **kwargs)
