"""The forms of the settings. Labels are sentences; the template translates them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.errors import Refused
from pms.money import format_minor
from pms.property.models import RateKind, SeasonKind
from pms.property.rules import days_of_year
from pms.property.words import BATHS, BEDS, PAPER_LANGUAGES, RATE_KINDS, SEASONS, VIEWS
from pms.say import Say, say, translate
from pms.web.fields import MISSING, MoneyField, at_most, within


def whole(low: int, high: int) -> list[Any]:
    return [MISSING, within(low, high)]


AN_HOUR = within(0, 23, say("An hour is 0 to 23."))
HOUR = [MISSING, AN_HOUR]


def choices(words: Mapping[Any, Say], lang: str) -> list[SelectChoice]:
    return [SelectChoice(str(key), translate(word, lang)) for key, word in words.items()]


class HotelForm(FlaskForm):
    version = HiddenField()
    code = StringField(say("Code on confirmations"), [MISSING, at_most(4)])
    name_en = StringField(say("Name in English"), [MISSING, at_most(80)])
    name_zh = StringField(say("Name in Chinese"), [MISSING, at_most(80)])
    address = StringField(say("Address"), [at_most(200)])
    telephone = StringField(say("Telephone"), [at_most(40)])
    check_in_hour = IntegerField(say("Check-in from (hour)"), HOUR)
    check_out_hour = IntegerField(say("Check-out until (hour)"), HOUR)
    hold_hour = IntegerField(say("Bookings without guarantee are held until (hour)"), HOUR)
    message_hours = IntegerField(say("Messages stay on the rack (hours)"), whole(1, 240))
    visitors_hour = IntegerField(say("Visitors leave by (hour)"), HOUR)
    no_show_fee_nights = IntegerField(say("No-show fee (nights)"), whole(0, 30))
    breakfast_price = MoneyField(say("Breakfast in packages, a person"), [MISSING])
    tax_permille = IntegerField(say("Tax on top of room prices (per mille)"), whole(0, 1000))
    paper_language = SelectField(say("Language of papers"), choices=[])
    review_confirmations = BooleanField(say("A superior reviews confirmation letters"))

    def __init__(self, *args: Any, lang: str, currency: str, hotel: Any = None, **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(*args, obj=hotel, **kwargs)
        self.paper_language.choices = choices(PAPER_LANGUAGES, lang)
        if hotel is not None:
            self.breakfast_price.data = format_minor(hotel.breakfast_price, currency)

    @property
    def values(self) -> dict[str, Any]:
        return without_tokens(self) | {"breakfast_price": self.breakfast_price.minor}


class SeasonForm(FlaskForm):
    kind = SelectField(say("Season"), choices=[])
    first = StringField(say("First day (MM-DD)"), [MISSING])
    last = StringField(say("Last day (MM-DD)"), [MISSING])
    check_out_hour = IntegerField(say("Check-out until (hour)"), [Optional(), AN_HOUR])

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(SEASONS, lang)

    def validate_first(self, field: Any) -> None:
        _month_day(field)

    def validate_last(self, field: Any) -> None:
        _month_day(field)

    @property
    def values(self) -> dict[str, Any]:
        return without_tokens(self) | {"kind": SeasonKind(self.kind.data)}


def _month_day(field: Any) -> None:
    field.data = (field.data or "").strip()
    try:
        days_of_year(field.data, field.data)
    except ValueError:
        raise ValidationError(say("Write month and day like 04-15.")) from None


class TypeForm(FlaskForm):
    code = StringField(say("Short code"), [MISSING, at_most(8)])
    name_en = StringField(say("Name in English"), [MISSING, at_most(60)])
    name_zh = StringField(say("Name in Chinese"), [MISSING, at_most(60)])
    beds = SelectField(say("Beds"), choices=[])
    capacity = IntegerField(say("Persons at most"), whole(1, 20))
    rank = IntegerField(say("Rung on the upgrade ladder"), whole(0, 99))
    overbooking = IntegerField(say("Rooms sold beyond those there are"), whole(0, 500))
    active = BooleanField(say("Is sold"))

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beds.choices = choices(BEDS, lang)

    @property
    def values(self) -> dict[str, Any]:
        return without_tokens(self)


class RoomForm(FlaskForm):
    version = HiddenField()
    number = StringField(say("Room number"), [MISSING, at_most(8)])
    floor = IntegerField(say("Floor"), whole(-5, 200))
    type_id = SelectField(say("Room type"), choices=[], coerce=int)
    view = SelectField(say("View"), choices=[])
    bath = SelectField(say("Bath"), choices=[])
    lift_distance = IntegerField(say("Doors to the lift"), whole(0, 200))
    quiet = IntegerField(say("Quiet (0-100)"), whole(0, 100))
    condition = IntegerField(say("Condition (0-100)"), whole(0, 100))
    renovated_on = DateField(say("Renovated on"), [Optional()])
    accessible = BooleanField(say("Accessible"))
    smoking = BooleanField(say("Smoking"))
    business_floor = BooleanField(say("Business floor"))
    active = BooleanField(say("In use"))
    held_back = StringField(say("Held back, and why"), [at_most(80)])

    def __init__(self, *args: Any, lang: str, types: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type_id.choices = [SelectChoice(row.id, f"{row.code} {named(row, lang)}") for row in types]
        self.view.choices = choices(VIEWS, lang)
        self.bath.choices = choices(BATHS, lang)

    @property
    def values(self) -> dict[str, Any]:
        return without_tokens(self)


class PlanForm(FlaskForm):
    code = StringField(say("Short code"), [MISSING, at_most(8)])
    name_en = StringField(say("Name in English"), [MISSING, at_most(60)])
    name_zh = StringField(say("Name in Chinese"), [MISSING, at_most(60)])
    kind = SelectField(say("Kind"), choices=[])
    breakfasts = IntegerField(say("Breakfasts a person and night"), whole(0, 5))
    active = BooleanField(say("Is sold"))

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(RATE_KINDS, lang)

    @property
    def values(self) -> dict[str, Any]:
        return without_tokens(self) | {"kind": RateKind(self.kind.data)}


def without_tokens(form: FlaskForm) -> dict[str, Any]:
    """What was typed, tidied: the values of the columns of the same names."""
    typed = {name: value for name, value in form.data.items() if name not in ("csrf_token", "version")}
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in typed.items()}
    return {name: "" if value is None and name in _TEXTS else value for name, value in tidy.items()}


_TEXTS = frozenset({"address", "telephone", "held_back"})


def seen_version(form: Any) -> int:
    """The version of the record when the page was opened."""
    return int(form.version.data) if str(form.version.data or "").isdigit() else 0


def named(row: Any, lang: str) -> str:
    """The name of a room type, plan or hotel for readers of a language."""
    return str(row.name_zh if lang == "zh" else row.name_en)


def blame(form: FlaskForm, no: Refused) -> Refused:
    """Say a refusal at the field it belongs to as well, for the page that shows the form again."""
    if no.field in form:
        form[no.field].errors = [*form[no.field].errors, no.reason]
    return no
