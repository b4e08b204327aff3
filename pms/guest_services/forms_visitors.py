"""What a visitor says. Fields are called as the action calls them, so that a refusal finds its field."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField

from pms.guest_services.forms_luggage import DOCUMENTS
from pms.guest_services.visitors import NewVisitor
from pms.property.forms import choices
from pms.say import say
from pms.web.fields import MISSING, at_most


class VisitorForm(FlaskForm):
    name = StringField(say("Name of the visitor"), [MISSING, at_most(80)])
    document = SelectField(say("Document seen"), choices=[])
    document_end = StringField(say("Last four signs of its number"), [at_most(4)])
    asked_name = StringField(say("Whom he wants to see"), [MISSING, at_most(80)])
    asked_room = StringField(say("Room the visitor gives"), [at_most(8)])
    by_appointment = BooleanField(say("By appointment"))

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document.choices = choices(DOCUMENTS, lang)

    @property
    def new(self) -> NewVisitor:
        texts = ("name", "asked_name", "asked_room", "document", "document_end")
        return NewVisitor(
            by_appointment=bool(self.by_appointment.data), **{name: self[name].data or "" for name in texts}
        )
