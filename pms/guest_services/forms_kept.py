"""The form of something kept. Fields are called as the action calls them, so that a refusal finds its field."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField

from pms.guest_services.kept import KIND_NAMES, MOST_DAYS, NewThing
from pms.guest_services.models_kept import KeptKind
from pms.property.forms import choices
from pms.say import say
from pms.web.fields import MISSING, DayField, at_most, within

A_TIME = [MISSING, within(1, MOST_DAYS)]


class KeepForm(FlaskForm):
    kind = SelectField(say("Kind"), choices=[])
    where = StringField(say("Room, or where it was found"), [at_most(60)])
    stay_id = HiddenField(say("Guest"))
    stay_id_shown = StringField(say("Guest"))
    owner = StringField(say("For whom"), [at_most(80)])
    what = StringField(say("What it is"), [MISSING, at_most(200)])
    giver = StringField(say("From whom, or who found it"), [MISSING, at_most(80)])
    shelf = StringField(say("Shelf"), [MISSING, at_most(12)])
    due_on = DayField(say("Collected by"))

    def __init__(self, *args: Any, lang: str, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(KIND_NAMES, lang)

    def new(self, place: str) -> NewThing:
        texts = {name: self[name].data or "" for name in ("what", "giver", "shelf", "owner")}
        return NewThing(kind=KeptKind(self.kind.data), place=place, due_on=self.due_on.day, **texts)


class HandOutForm(FlaskForm):
    name = StringField(say("Handed to, or address"), [at_most(120)])
    id_seen = BooleanField(say("Document seen"))
    signed = BooleanField(say("Signed for"))
    posted = BooleanField(say("Sent by post"))


class DaysKeptForm(FlaskForm):
    """One field for each kind, called like the kind."""

    mail = IntegerField(KIND_NAMES[KeptKind.MAIL], A_TIME)
    parcel = IntegerField(KIND_NAMES[KeptKind.PARCEL], A_TIME)
    fax = IntegerField(KIND_NAMES[KeptKind.FAX], A_TIME)
    handing_on = IntegerField(KIND_NAMES[KeptKind.HANDING_ON], A_TIME)
    found = IntegerField(KIND_NAMES[KeptKind.FOUND], A_TIME)

    @property
    def days(self) -> dict[KeptKind, int]:
        return {kind: self[kind.value].data for kind in KeptKind}
