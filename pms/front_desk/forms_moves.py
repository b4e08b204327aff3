"""What is typed for a room change and for another departure."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, StringField
from wtforms.validators import Optional

from pms.db import db
from pms.front_desk.rules import MOST_KEYS, RateEffect
from pms.property import queries as house
from pms.property.models import Room
from pms.say import Say, say, translate
from pms.web.fields import MISSING, DayField, MoneyField, at_most, within

REASONS: dict[str, Say] = {
    "n": say("Noise"),
    "b": say("Something is broken"),
    "s": say("Smell or smoke"),
    "w": say("Another view or bed"),
}
ASKED_BY: dict[str, Say] = {"guest": say("the guest"), "house": say("the house")}
RATES: dict[str, Say] = {RateEffect.KEEP: say("Keep the price"), RateEffect.NEW: say("Price of the new room")}


class MoveForm(FlaskForm):
    """`reason` is one of REASONS or empty, `other` a reason in one's own words; `room` an id of those offered or empty,
    `number` any room typed.
    """

    version = HiddenField()
    back = HiddenField()
    reason = RadioField(say("Reason"), choices=list(REASONS), validate_choice=False)
    other = StringField(say("In other words"), [at_most(120)])
    asked_by = RadioField(say("Asked by"), choices=list(ASKED_BY), default="guest")
    consent = StringField(say("Consent: who agreed, and how"), [at_most(120)])
    room = RadioField(say("New room"), choices=[], validate_choice=False)
    number = StringField(say("Another room"), [at_most(8)])
    take = StringField()  # a room offered instead of one that was refused
    rate = RadioField(say("Price"), choices=list(RATES), default=RateEffect.KEEP.value)
    keys = IntegerField(say("New keys"), [MISSING, within(1, MOST_KEYS)], default=1)

    def why(self, lang: str) -> str:
        """The reason as it is written down, in the language of whoever writes."""
        own = (self.other.data or "").strip()
        chosen = REASONS.get(self.reason.data or "")
        return own or (translate(chosen, lang) if chosen else "")

    def wanted(self) -> Room | None:
        return room_wanted(self)


def room_wanted(form: Any) -> Room | None:
    """The room that was offered and taken, else the one whose number was typed, else the one chosen; None when there is
    no such room.
    """
    if (form.take.data or "").isdigit():
        return db.session.get(Room, int(form.take.data))
    if number := (form.number.data or "").strip():
        return house.room_by_number(number)
    return db.session.get(Room, int(form.room.data)) if (form.room.data or "").isdigit() else None


class DepartureForm(FlaskForm):
    """`day` as typed: `+1` counts from the departure booked so far, everything else from the business date."""

    version = HiddenField()
    back = HiddenField()
    day = DayField(say("New departure"), [MISSING])
    choice = StringField()
    day_use_price = MoneyField(say("Price of the day use"), [Optional()])

    def __init__(self, *args: Any, business_date: date, departure: date, currency: str, **kwargs: Any) -> None:
        self.business_date, self.departure, self.currency = business_date, departure, currency
        super().__init__(*args, **kwargs)

    @property
    def today(self) -> date:
        """What the day typed counts from."""
        counted = str(self.day.data or "").strip()[:1] in ("+", "-", "＋", "－")
        return self.departure if counted else self.business_date


class PlaceForm(FlaskForm):
    version = HiddenField()
    back = HiddenField()
    room = RadioField(say("Room"), choices=[], validate_choice=False)
    number = StringField(say("Another room"), [at_most(8)])
    take = StringField()
    consent = StringField(say("Consent: who agreed, and how"), [at_most(120)])
    lock = BooleanField(say("Do not move: promised to the guest"))
