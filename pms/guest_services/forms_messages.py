"""The form of a message slip. Fields are called as the action calls them, so that a refusal finds its field."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from pms.guest_services.messages import NewMessage
from pms.say import Say, say, translate
from pms.web.fields import MISSING, at_most

FOLLOW_UPS: dict[str, Say] = {
    "": say("Nothing more"),
    "call_back": say("Please call back"),
    "will_call": say("Will call again"),
    "visited": say("Came in person"),
}


class MessageForm(FlaskForm):
    """What a caller leaves for a guest (Q2)."""

    stay_id = HiddenField(say("For"))
    stay_id_shown = StringField(say("For"))
    caller = StringField(say("Caller"), [MISSING, at_most(80)])
    caller_contact = StringField(say("Telephone"), [at_most(60)])
    text = TextAreaField(say("Message"), [MISSING, at_most(1000)])
    wants = SelectField(say("Follow-up"), choices=[])
    urgent = BooleanField(say("Urgent: to the room at once"))

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wants.choices = [SelectChoice(key, translate(word, lang)) for key, word in FOLLOW_UPS.items()]

    def validate_stay_id(self, field: Any) -> None:
        if not (field.data or "").isdecimal():
            raise ValidationError(say("Choose the guest the message is for."))

    def message(self, *, read_back: bool) -> NewMessage:
        """As `take_message` takes it."""
        return NewMessage(
            caller=self.caller.data or "",
            text=(self.text.data or "").replace("\r\n", "\n"),
            caller_contact=self.caller_contact.data or "",
            wants=self.wants.data or "",
            urgent=self.urgent.data,
            read_back=read_back,
        )
