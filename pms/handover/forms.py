"""What is typed at a shift's end: lines of the log, notes and coins, equipment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from pms.errors import Refused
from pms.handover.models import NoteKind
from pms.handover.rules import NOTE_KINDS, denominations
from pms.money import parse_amount
from pms.say import say, translate
from pms.web.fields import MISSING, at_most

NO_NUMBER = say("Write how many there are as a number.")


class NoteForm(FlaskForm):
    """A line of the log."""

    kind = SelectField(say("Kind"), choices=[])
    text = StringField(say("What happened"), [MISSING, at_most(500)])

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind.value, translate(NOTE_KINDS[kind.value], lang)) for kind in NoteKind]


class SignForm(FlaskForm):
    """Who signs, with his own password."""

    side = HiddenField()
    login = StringField(say("Login"), [MISSING, at_most(60)])
    password = StringField(say("Password"), [MISSING, at_most(1000)])


def pieces_of(typed: Mapping[str, str], currency: str) -> dict[int, int]:
    """How many of each note and coin, by its minor units; nothing typed is none. Raises `Refused` at its field."""
    return {face: number_of(typed, f"of_{face}", empty="0") for face in denominations(currency)}


def things_of(typed: Mapping[str, str], ids: Iterable[int]) -> dict[int, int]:
    """How many of each thing, by its id. Raises `Refused` at its field."""
    return {thing: number_of(typed, f"thing_{thing}", empty="") for thing in ids}


def kept_of(typed: Mapping[str, str], currency: str) -> int | None:
    """What stays in the drawer in minor units; None for all of it. Raises `Refused` at its field."""
    text = typed.get("kept", "").strip()
    if not text:
        return None
    try:
        return parse_amount(text, currency)
    except Refused as no:
        raise Refused(no.reason, field="kept") from None


def number_of(typed: Mapping[str, str], name: str, *, empty: str = "") -> int:
    """A whole number from its field; `empty` is what nothing typed means. Raises `Refused` at its field."""
    text = typed.get(name, "").strip() or empty
    if not text.isdecimal() or len(text) > 6:
        raise Refused(NO_NUMBER, field=name)
    return int(text)
