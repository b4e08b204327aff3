"""The check-out sheet as it is typed."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.cashier.forms_folios import CHARGES
from pms.cashier.models import PaymentMethod, PostingKind
from pms.cashier.rules import KIND_NAMES
from pms.front_desk.actions import LastCharge, Leaving, Settling
from pms.front_desk.rules import MOST_KEYS
from pms.say import say, translate
from pms.web.fields import MoneyField, at_most, within

MINIBAR = say("Minibar")


class CheckOutForm(FlaskForm):
    """`windows` are the numbers of the folio's windows: each may have its own way to pay, `method-1`, `reference-1`."""

    seen = HiddenField()
    kind = SelectField(say("Last charge"), choices=[])
    charge = MoneyField(say("Amount"), [Optional()])
    text = StringField(say("Words on the bill"), [at_most(80)])
    keys_back = IntegerField(say("Keys back"), [Optional(), within(0, MOST_KEYS)])
    early = BooleanField(say("Leaves early"))
    box_stays = BooleanField(say("Agreed with the guest: the safe-deposit box stays his for now"))
    day_use_price = MoneyField(say("Price of the day use"), [Optional()])

    def __init__(self, *args: Any, lang: str, currency: str, windows: list[int], **kwargs: Any) -> None:
        self.currency, self.windows = currency, windows
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(kind.value, translate(KIND_NAMES[kind], lang)) for kind in CHARGES]

    def sheet(self, typed: Any) -> Leaving:
        """What `settle_and_check_out` wants to know; `typed` is the request's form, for the windows."""
        return Leaving(
            seen=int(self.seen.data) if (self.seen.data or "").lstrip("-").isdigit() else 0,
            charges=(self._charge(),) if (self.charge.data or "").strip() else (),
            settling={number: how for number in self.windows if (how := _settling(typed, number))},
            early=bool(self.early.data),
            day_use_price=self.day_use_price.minor if (self.day_use_price.data or "").strip() else None,
            keys_back=self.keys_back.data,
        )

    def _charge(self) -> LastCharge:
        kind = PostingKind(self.kind.data)
        words = (self.text.data or "").strip() or (MINIBAR if kind is PostingKind.FOOD else None)
        return LastCharge(kind, self.charge.minor, words)


def _settling(typed: Any, number: int) -> Settling | None:
    method = typed.get(f"method-{number}", "")
    if method not in list(PaymentMethod):
        return None
    return Settling(PaymentMethod(method), typed.get(f"reference-{number}", ""))
