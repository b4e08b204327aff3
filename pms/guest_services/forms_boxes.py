"""The card of a safe-deposit box. Fields are called as the actions call them, so that a refusal finds its field."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.guest_services.box_money import Prices
from pms.guest_services.boxes import SIZE_NAMES, Card
from pms.guest_services.models_boxes import BoxSize, SafeBox
from pms.money import format_minor
from pms.property.forms import choices
from pms.say import say, translate
from pms.web.fields import MISSING, MoneyField, at_most


class GiveForm(FlaskForm):
    stay_id = HiddenField(say("Guest"))
    stay_id_shown = StringField(say("Guest"))
    box_id = SelectField(say("Box"), choices=[], coerce=int, validate_choice=False)
    signed_by = StringField(say("Signature of the guest"), [MISSING, at_most(80)])
    also = StringField(say("May open it too"), [at_most(80)])
    key_deposit = MoneyField(say("Deposit for the key"), [Optional()])

    def __init__(self, *args: Any, lang: str, currency: str, free: list[SafeBox], **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(*args, **kwargs)
        self.box_id.choices = [
            SelectChoice(box.id, f"{box.number} · {translate(SIZE_NAMES[box.size], lang)}") for box in free
        ]

    @property
    def card(self) -> Card:
        deposit = self.key_deposit.minor if (self.key_deposit.data or "").strip() else 0
        return Card(self.signed_by.data or "", self.also.data or "", deposit)


class SignForm(FlaskForm):
    signed_by = StringField(say("Signature of the guest"), [MISSING, at_most(80)])


class LostKeyForm(FlaskForm):
    charge = BooleanField(say("Charge it to the bill"))


class HandBackForm(SignForm):
    empty = BooleanField(say("Seen together: the box is empty"))
    key_back = BooleanField(say("The key is back"))


class ForceForm(FlaskForm):
    reason = StringField(say("Why it is forced"), [at_most(200)])
    contents = StringField(say("What lies in it, and who has it now"), [at_most(200)])
    guest_signed = StringField(say("Signature of the guest, if here"), [at_most(80)])


class BoxPricesForm(FlaskForm):
    deposit = MoneyField(say("Deposit for the key, 0 for none"), [MISSING])
    lost_key = MoneyField(say("A lost key costs, 0 for nothing"), [MISSING])

    def __init__(self, *args: Any, currency: str, prices: Prices, **kwargs: Any) -> None:
        self.currency = currency
        shown = {name: format_minor(amount, currency) for name, amount in asdict(prices).items()}
        super().__init__(*args, data=shown, **kwargs)

    @property
    def prices(self) -> Prices:
        return Prices(self.deposit.minor, self.lost_key.minor)


class NewBoxesForm(FlaskForm):
    numbers = StringField(say("Number, or 1-20"), [MISSING, at_most(12)])
    size = SelectField(say("Size"), choices=[])

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.size.choices = choices(SIZE_NAMES, lang)


class BoxForm(FlaskForm):
    version = HiddenField()
    size = SelectField(say("Size"), choices=[])
    active = BooleanField(say("In use"))
    note = StringField(say("Why it is out of use"), [at_most(120)])

    def __init__(self, *args: Any, lang: str, box: SafeBox, **kwargs: Any) -> None:
        super().__init__(*args, obj=box, **kwargs)
        self.size.choices = choices(SIZE_NAMES, lang)

    @property
    def chosen_size(self) -> BoxSize:
        return BoxSize(self.size.data)
