"""The check-in sheet as it is typed: the papers of each guest, and what is decided for the room."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.errors import Refused
from pms.front_desk.identity import Shown, read
from pms.front_desk.rules import MOST_KEYS, Deposit, DepositKind
from pms.guests.forms import DOCUMENT_KINDS
from pms.guests.models import DocumentKind
from pms.guests.travel_documents import country_of
from pms.money import format_minor, parse_amount
from pms.say import say, translate
from pms.web.fields import MISSING, DayField, at_most, within


class GuestForm(FlaskForm):
    """One guest of the room; fields carry the guest's prefix (`g12-`, `new-`)."""

    class Meta:
        csrf = False  # the sheet around it has the token

    on_file = HiddenField()
    seen = BooleanField(say("Seen, face matches"))
    lines = TextAreaField(say("Passport lines or resident ID number"))
    kind = SelectField(say("Document"), choices=[], validate_choice=False)
    number = StringField(say("Document number"), [at_most(40)])
    country = StringField(say("Issued by (country code)"), [at_most(3)])
    expires = DayField(say("Valid to"))
    corrected = BooleanField(say("It is this guest's document: correct the birthday in the profile"))
    visa = StringField(say("Visa"), [at_most(40)])
    purpose = StringField(say("Purpose of stay"), [at_most(40)])
    surname = StringField(say("Surname"), [at_most(80)])
    given = StringField(say("Given names"), [at_most(80)])
    name_zh = StringField(say("Chinese name"), [at_most(40)])

    def __init__(self, *args: Any, lang: str, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind.value, translate(word, lang)) for kind, word in DOCUMENT_KINDS.items()]

    @property
    def names_somebody(self) -> bool:
        """Was anything said of a guest who was not named before?"""
        return any((field.data or "").strip() for field in (self.surname, self.given, self.name_zh, self.lines))

    def shown(self) -> Shown | None:
        """The document that was laid on the desk, read or typed by hand; None for one that is on file.

        Raises `Refused` at the field of this guest.
        """
        try:
            if (self.lines.data or "").strip():
                return read(self.lines.data, self.today)
            if (self.number.data or "").strip():
                return self._by_hand()
        except Refused as no:
            field = "number" if no.field == "number" and not (self.lines.data or "").strip() else "lines"
            raise Refused(no.reason, offers=no.offers, field=self[field].id) from None
        return None

    def _by_hand(self) -> Shown:
        kind = DocumentKind(self.kind.data) if self.kind.data in list(DocumentKind) else DocumentKind.OTHER
        if kind is DocumentKind.RESIDENT_ID:
            return read(self.number.data, self.today)
        return Shown(kind, self.number.data.strip(), self._country(), self.expires.day)

    def _country(self) -> str:
        typed = (self.country.data or "").strip().upper()
        return country_of(typed) if len(typed) == 3 else typed


class SheetForm(FlaskForm):
    """What is decided for the room, once for everybody in it."""

    version = HiddenField()
    room = StringField(say("Room"))
    another = StringField(say("Another room"), [at_most(8)])
    deposit = StringField(say("Deposit"))
    amount = StringField(say("Amount"))
    reference = StringField(say("Approval code or receipt"), [at_most(40)])
    why_none = StringField(say("Why there is no deposit"), [at_most(120)])
    signed = BooleanField(say("Registration card signed"))
    keys = IntegerField(say("Keys"), [MISSING, within(1, MOST_KEYS)])

    def __init__(self, *args: Any, currency: str, suggested: int = 0, keys: int = 1, **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.amount.data, self.keys.data = format_minor(suggested, currency), keys

    def decided(self) -> Deposit | None:
        """The deposit decision, None while there is none. Raises `Refused`."""
        if self.deposit.data not in list(DepositKind):
            return None
        kind = DepositKind(self.deposit.data)
        if kind is DepositKind.NONE:
            return Deposit(kind, why_none=(self.why_none.data or "").strip())
        try:
            amount = parse_amount(self.amount.data or "", self.currency)
        except Refused as no:
            raise Refused(no.reason, field="amount") from None
        return Deposit(kind, amount, (self.reference.data or "").strip())


class WalkInForm(SheetForm):
    """The sheet of a guest without a reservation: for how long, which type at which rate, who it is."""

    nights = IntegerField(say("Nights"), [MISSING, within(1, 99)])
    adults = IntegerField(say("Adults"), [MISSING, within(1, 20)])
    sell = StringField(say("Room type and rate"))
    guest = StringField(say("Known guest"))
    telephone = StringField(say("Telephone"), [Optional(), at_most(40)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.nights.data, self.adults.data = self.nights.data or 1, self.adults.data or 1

    def chosen(self) -> tuple[int, int]:
        """Ids of the room type and the rate plan. Raises `Refused`."""
        kind, plan, _ = self._parts()
        if not (kind.isdigit() and plan.isdigit()):
            raise Refused(say("Please choose a room type and a rate."), field="sell")
        return int(kind), int(plan)

    @property
    def offered_room(self) -> str:
        """Number of the room that stood at the chosen rate; the guest has heard it."""
        return self._parts()[2]

    def _parts(self) -> list[str]:
        """Type, rate and room: "3-1-1204"."""
        return [*(self.sell.data or "").split("-", 2), "", "", ""][:3]
