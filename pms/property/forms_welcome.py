"""A line of the policy for VIPs and returning guests, as it is typed."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.departments import DEPARTMENT_NAMES, Department
from pms.property.forms import choices, without_tokens
from pms.property.models_welcome import Gift
from pms.property.words import GIFTS, WELCOMED
from pms.say import say
from pms.web.fields import MISSING, at_most, within


class WelcomeForm(FlaskForm):
    version = HiddenField()
    vip_level = SelectField(say("Given to"), coerce=int)
    from_stay = IntegerField(say("From which stay on"), [Optional(), within(2, 999)])
    kind = SelectField(say("Arrangement"), choices=[])
    name_en = StringField(say("In English"), [MISSING, at_most(60)])
    name_zh = StringField(say("In Chinese"), [MISSING, at_most(60)])
    department = SelectField(say("Who sees to it"), choices=[])
    active = BooleanField(say("Is given"))

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vip_level.choices = [SelectChoice(int(choice.value), choice.label) for choice in choices(WELCOMED, lang)]
        self.kind.choices = choices(GIFTS, lang)
        self.department.choices = choices(DEPARTMENT_NAMES, lang)

    @property
    def values(self) -> dict[str, Any]:
        typed = without_tokens(self)
        words = {"kind": Gift(typed["kind"]), "department": Department(typed["department"])}
        return typed | words | {"from_stay": typed["from_stay"] or 0}
