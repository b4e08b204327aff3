"""What is typed at the till: a charge, a payment, who pays a part of the bill, why something is taken back."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from pms.cashier.models import PaymentMethod, PostingKind
from pms.cashier.rules import KIND_NAMES, METHOD_NAMES
from pms.money import format_minor
from pms.say import say, translate
from pms.web.fields import MISSING, MoneyField, at_most

CHARGES = (PostingKind.FOOD, PostingKind.LAUNDRY, PostingKind.TELEPHONE, PostingKind.ROOM, PostingKind.OTHER)
METHODS = (PaymentMethod.CARD, PaymentMethod.MOBILE, PaymentMethod.CASH, PaymentMethod.TRANSFER, PaymentMethod.ACCOUNT)
HOLD = "preauthorise"
TAKEN = {
    "payment": say("Payment"),
    "deposit": say("Deposit"),
    "refund": say("Refund"),
    HOLD: say("Pre-authorisation"),
}


class ChargeForm(FlaskForm):
    kind = SelectField(say("What for"), choices=[])
    charge = MoneyField(say("Amount"), [MISSING])
    text = StringField(say("Words on the bill"), [at_most(80)])
    signed_by = StringField(say("Signed by"), [at_most(80)])

    def __init__(self, *args: Any, lang: str, currency: str, **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind.value, translate(KIND_NAMES[kind], lang)) for kind in CHARGES]

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.post` wants to know."""
        return {
            "kind": PostingKind(self.kind.data),
            "amount": self.charge.minor,
            "text": (self.text.data or "").strip() or None,
        }


class PaymentForm(FlaskForm):
    """Money at the till; `owed` is what it starts with (negative: a refund)."""

    what = SelectField(say("Kind of payment"), choices=[])
    method = RadioField(say("How"), choices=[], validate_choice=False)
    amount = MoneyField(say("Amount"), [MISSING])
    reference = StringField(say("Receipt or approval code"), [at_most(60)])

    def __init__(self, *args: Any, lang: str, currency: str, owed: int = 0, **kwargs: Any) -> None:
        self.currency = currency
        first = {"what": "refund" if owed < 0 else "payment", "amount": format_minor(abs(owed), currency)}
        super().__init__(*args, data=first if owed else {"what": "deposit"}, **kwargs)
        self.what.choices = [SelectChoice(key, translate(word, lang)) for key, word in TAKEN.items()]
        self.method.choices = [(method.value, translate(METHOD_NAMES[method], lang)) for method in METHODS]

    def validate_method(self, field: Any) -> None:
        if self.what.data != HOLD and field.data not in METHODS:
            raise ValidationError(say("Please say how it is paid."))

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.pay` wants to know; charging to an account is a transfer, whatever was chosen as what."""
        method = PaymentMethod(self.method.data)
        account = method is PaymentMethod.ACCOUNT
        return {
            "amount": self.amount.minor,
            "method": method,
            "kind": PostingKind.TRANSFER if account else PostingKind(self.what.data),
            "reference": self.reference.data or "",
        }


class WindowForm(FlaskForm):
    payer = StringField(say("Who pays"), [MISSING, at_most(80)])


class ReverseForm(FlaskForm):
    reason = StringField(say("Reason"), [MISSING, at_most(80)])
    window = HiddenField()
