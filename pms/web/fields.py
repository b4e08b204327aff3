"""What a field of a form must be. WTForms' own Length and NumberRange format their message with %, for which a
sentence is not made. And the fields people fill in as they speak: days and amounts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired

from pms.errors import Refused
from pms.money import parse_amount
from pms.say import Say, say
from pms.web.days import parse_day
from pms.web.due import parse_due

Validator = Callable[[Any, Any], None]

MISSING = InputRequired(say("This is missing."))


def at_most(length: int) -> Validator:
    """A text of so many characters or fewer."""

    def check(form: Any, field: Any) -> None:
        if len(field.data or "") > length:
            raise ValidationError(say("This is longer than {length} characters.", length=length))

    return check


def within(low: int, high: int, message: Say | None = None) -> Validator:
    """A number from `low` to `high`, both included."""

    def check(form: Any, field: Any) -> None:
        if field.data is not None and not low <= field.data <= high:
            raise ValidationError(message or say("This is {low} to {high}.", low=low, high=high))

    return check


class DayField(StringField):
    """A day as clerks type it (`fri`, `+3`, `26/11`, `周五`); `day` is the one understood from the form's `today`.

    Left empty, `day` is None. Shown again it is the ISO date, or what was typed if that is no day. `past` looks back.
    """

    day: date | None = None

    def __init__(self, *args: Any, past: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.past = past

    def process_data(self, value: date | str | None) -> None:
        self.day = value if isinstance(value, date) else None
        self.data = value.isoformat() if isinstance(value, date) else value

    def pre_validate(self, form: Any) -> None:
        self.day = None
        typed = (self.data or "").strip()
        if not typed:
            return
        try:
            self.day = parse_day(typed, form.today, past=self.past)
        except Refused as no:
            raise ValidationError(no.reason) from None

    def _value(self) -> str:
        return self.day.isoformat() if self.day else self.data or ""


class DueField(StringField):
    """A moment as it is said at the counter (`16:00`, `+1`, `fri 9:30`); `moment` is the one understood, in UTC.

    The form's `now` stands on the hotel's clock.
    """

    moment: datetime | None = None
    wall: datetime | None = None
    """What the hotel’s clock is to show then, without zone; a night of a clock change may not have it."""

    def pre_validate(self, form: Any) -> None:
        if not (self.data or "").strip():
            return
        try:
            meant = parse_due(self.data, form.now)
        except Refused as no:
            raise ValidationError(no.reason) from None
        self.moment, self.wall = meant.astimezone(UTC), meant.replace(tzinfo=None)


class MoneyField(StringField):
    """An amount as people write it; `minor` are the minor units of the form's `currency`."""

    def pre_validate(self, form: Any) -> None:
        try:
            self.minor = parse_amount(self.data or "", form.currency)
        except Refused as no:
            raise ValidationError(no.reason) from None
