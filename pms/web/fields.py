"""What a field of a form must be. WTForms' own Length and NumberRange format their message with %, for which a
sentence is not made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import ValidationError
from wtforms.validators import InputRequired

from pms.say import Say, say

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
