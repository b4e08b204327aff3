"""Whom a caller asks for."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField

from pms.say import say
from pms.web.fields import MISSING, at_most


class CallerForm(FlaskForm):
    """What the caller himself says; a room only if he names one (Q1)."""

    name = StringField(say("Name the caller gives"), [MISSING, at_most(80)])
    room = StringField(say("Room the caller gives"), [at_most(8)])
