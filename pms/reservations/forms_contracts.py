"""The form of a contract account 协议单位 (R4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.guests.contracts import FIELDS, NewAccount
from pms.guests.models import Account, AccountKind
from pms.money import format_minor
from pms.property.forms import choices, named
from pms.say import Say, say
from pms.web.fields import MISSING, DayField, MoneyField, at_most, within

TENANT = "tenant"
KINDS: dict[str, Say] = {
    AccountKind.COMPANY.value: say("Company with a contract"),
    TENANT: say("Tenant of the offices"),
    AccountKind.AGENT.value: say("Travel agency"),
}


def kind_of(account: Account) -> str:
    """The word of KINDS for an account."""
    return TENANT if account.tenant else account.kind.value


class ContractForm(FlaskForm):
    version = HiddenField()
    code = StringField(say("Short code"), [MISSING, at_most(16)])
    kind = SelectField(say("Kind"), choices=[])
    name_en = StringField(say("Name in English"), [MISSING, at_most(80)])
    name_zh = StringField(say("Name in Chinese"), [at_most(80)])
    contact = StringField(say("Contact"), [at_most(80)])
    telephone = StringField(say("Telephone"), [at_most(40)])
    contract = StringField(say("Contract number"), [at_most(40)])
    valid_from = DayField(say("Valid from"), past=True)
    valid_to = DayField(say("Valid to"))
    plan_id = SelectField(say("Contract rate"), choices=[])
    discount_percent = IntegerField(say("Discount, %"), [Optional(), within(0, 100)])
    credit = BooleanField(say("Bills may be charged to the account"))
    credit_limit = MoneyField(say("Up to, each bill"), [Optional()])
    notes = TextAreaField(say("Notes"), [at_most(500)])

    def __init__(
        self, *args: Any, lang: str, today: date, currency: str, plans: Iterable[Any], account: Any = None, **more: Any
    ) -> None:
        self.today, self.currency = today, currency
        super().__init__(*args, obj=account, **more)
        self.kind.choices = choices(KINDS, lang)
        offered = [SelectChoice(str(plan.id), f"{plan.code} {named(plan, lang)}") for plan in plans]
        self.plan_id.choices = [SelectChoice("", "—"), *offered]
        if account is not None and not self.is_submitted():
            self.kind.data = kind_of(account)
            self.plan_id.data = str(account.plan_id or "")
            limit = account.credit_limit
            self.credit_limit.data = "" if limit is None else format_minor(limit, currency)

    @property
    def account(self) -> NewAccount:
        """As the actions take it."""
        tenant = self.kind.data == TENANT
        texts: dict[str, Any] = {
            name: self[name].data or "" for name in FIELDS if isinstance(self._fields.get(name), StringField)
        }
        return NewAccount(
            **texts
            | {
                "kind": AccountKind.COMPANY if tenant else AccountKind(self.kind.data),
                "tenant": tenant,
                "valid_from": self.valid_from.day,
                "valid_to": self.valid_to.day,
                "plan_id": int(self.plan_id.data) if self.plan_id.data else None,
                "discount_percent": self.discount_percent.data or 0,
                "credit": self.credit.data,
                "credit_limit": self.credit_limit.minor if (self.credit_limit.data or "").strip() else None,
            }
        )
