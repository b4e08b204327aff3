"""Directions as they are typed. Fields are called as the action calls them, so that a refusal finds its field."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField

from pms.guest_services.directions import FIELDS, NewDirection
from pms.say import say
from pms.web.fields import MISSING, at_most


class DirectionForm(FlaskForm):
    version = HiddenField()
    title_en = StringField(say("Title in English"), [MISSING, at_most(60)])
    title_zh = StringField(say("Title in Chinese"), [MISSING, at_most(24)])
    text_en = TextAreaField(say("Text in English"), [MISSING, at_most(500)])
    text_zh = TextAreaField(say("Text in Chinese"), [MISSING, at_most(260)])
    address_zh = StringField(say("Address in Chinese, for the driver"), [at_most(40)])
    telephone = StringField(say("Telephone"), [at_most(40)])
    hours_en = StringField(say("Opening hours in English"), [at_most(60)])
    hours_zh = StringField(say("Opening hours in Chinese"), [at_most(35)])
    way_en = StringField(say("Distance, time, price in English"), [at_most(60)])
    way_zh = StringField(say("Distance, time, price in Chinese"), [at_most(35)])

    @property
    def new(self) -> NewDirection:
        return NewDirection(**{name: self[name].data or "" for name in FIELDS})
