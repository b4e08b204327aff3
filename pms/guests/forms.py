"""The forms of a profile: who somebody is, and an identity document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from pms.guests.actions import NewGuest
from pms.guests.models import DocumentKind
from pms.property.forms import choices
from pms.say import Say, say
from pms.web.fields import MISSING, DayField, at_most

SEXES: dict[str, Say] = {"": say("Not known"), "F": say("Female"), "M": say("Male")}
LEVELS: dict[int, Say] = {0: say("No VIP"), 1: say("V1, the highest"), 2: say("V2"), 3: say("V3")}
DOCUMENT_KINDS: dict[DocumentKind, Say] = {
    DocumentKind.RESIDENT_ID: say("Resident ID"),
    DocumentKind.PASSPORT: say("Passport"),
    DocumentKind.TRAVEL_PERMIT: say("Travel permit"),
    DocumentKind.OTHER: say("Other document"),
}


class GuestForm(FlaskForm):
    """A profile; `seen` tells what it was when the page was opened (queries.fingerprint)."""

    seen = HiddenField()
    surname = StringField(say("Surname"), [at_most(80)])
    given = StringField(say("Given name"), [at_most(80)])
    name_zh = StringField(say("Name in Chinese"), [at_most(40)])
    title = StringField(say("Form of address"), [at_most(16)])
    sex = SelectField(say("Sex"), choices=[])
    nationality = StringField(say("Nationality"), [at_most(2)])
    language = StringField(say("Language"), [at_most(2)])
    telephone = StringField(say("Telephone"), [at_most(40)])
    email = StringField(say("E-mail"), [at_most(120)])
    born_on = DayField(say("Birthday"), past=True)
    vip_level = SelectField(say("VIP level"), choices=[], coerce=int)
    incognito = BooleanField(say("Wants no disclosure: not staying with us, for every caller"))
    account_id = SelectField(say("Company"), choices=[])
    taboo_numbers = StringField(say("Numbers to avoid"), [at_most(40)])
    keep_apart = StringField(say("Keep-apart tag"), [at_most(16)])
    wishes = StringField(say("Lasting wishes"), [at_most(200)])
    notes = TextAreaField(say("Notes"), [at_most(500)])

    def __init__(self, *args: Any, lang: str, today: date, accounts: Sequence[Any], vip: bool, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.sex.choices = choices(SEXES, lang)
        self.vip_level.choices = choices(LEVELS, lang)
        named = (SelectChoice(str(row.id), row.called(lang)) for row in accounts)
        self.account_id.choices = [SelectChoice("", "—"), *named]
        if not vip:
            del self.vip_level

    @property
    def values(self) -> dict[str, Any]:
        """As `actions.edit_guest` takes them."""
        account = self.account_id.data or ""
        return (
            {
                name: (self[name].data or "").strip()
                for name in NewGuest.__dataclass_fields__
                if name in self and name not in ("incognito", "account_id", "born_on", "vip_level")
            }
            | {
                "incognito": self.incognito.data,
                "account_id": int(account) if account.isdecimal() else None,
                "born_on": self.born_on.day,
            }
            | ({"vip_level": self.vip_level.data} if "vip_level" in self else {})
        )


class DocumentForm(FlaskForm):
    kind = SelectField(say("Kind"), choices=[])
    number = StringField(say("Number"), [MISSING, at_most(40)])
    country = StringField(say("Country"), [at_most(2)])
    expires_on = DayField(say("Valid to"))
    held = BooleanField(say("I hold it in my hand"))

    def __init__(self, *args: Any, lang: str, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(DOCUMENT_KINDS, lang)
