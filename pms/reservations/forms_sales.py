"""The form that controls sales of a type on some nights (R3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, ValidationError
from wtforms.validators import Optional

from pms.property.forms import choices, named
from pms.reservations.controls import Control
from pms.reservations.rules import LONGEST_STAY
from pms.say import Say, say, translate
from pms.web.fields import MISSING, DayField, within

STOPPED: dict[str, Say] = {"": say("as it is"), "stop": say("Stop selling"), "sell": say("Sell again")}
EVERY_TYPE = say("Every type")


class SalesForm(FlaskForm):
    """Left empty, a control stays as it is."""

    type = SelectField(say("Room type"), choices=[])
    first = DayField(say("First night"), [MISSING])
    last = DayField(say("Last night"), [MISSING])
    stopped = SelectField(say("Selling"), choices=[])
    minimum_stay = IntegerField(say("Minimum stay, nights"), [Optional(), within(1, LONGEST_STAY)])
    extra = IntegerField(say("Overbooking, rooms"), [Optional(), within(0, 999)])

    def __init__(self, *args: Any, lang: str, today: date, types: Sequence[Any], **kwargs: Any) -> None:
        self.today, self.types = today, types
        super().__init__(*args, **kwargs)
        every = ("", translate(EVERY_TYPE, lang))
        self.type.choices = [every, *((kind.code, named(kind, lang)) for kind in types)]
        self.stopped.choices = choices(STOPPED, lang)

    def validate_last(self, field: DayField) -> None:
        if field.day and self.first.day and field.day < self.first.day:
            raise ValidationError(say("The last night is before the first."))

    def validate_stopped(self, field: SelectField) -> None:
        if self.control == Control():
            raise ValidationError(say("Say what is to change: selling, minimum stay or overbooking."))

    @property
    def control(self) -> Control:
        stop = {"stop": True, "sell": False}.get(self.stopped.data or "")
        return Control(stop_sell=stop, minimum_stay=self.minimum_stay.data, extra=self.extra.data)

    @property
    def nights(self) -> tuple[date, date]:
        """The first night, and the day after the last."""
        assert self.first.day and self.last.day
        return self.first.day, self.last.day + timedelta(days=1)

    @property
    def type_ids(self) -> list[int]:
        """In the order in which rows are locked."""
        return sorted(kind.id for kind in self.types if self.type.data in ("", kind.code))
