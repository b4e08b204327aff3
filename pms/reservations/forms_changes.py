"""The form that changes a stay: only what the clerk touched is asked for, so that two people may work on one stay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.errors import Refused
from pms.money import parse_amount
from pms.property.forms import choices, named
from pms.reservations.forms_bookings import VIP_LEVELS, UntilField, WordsField
from pms.reservations.models import Guarantee, Stay
from pms.reservations.requests import Change
from pms.reservations.words import GUARANTEES, LIKED, NEEDS, PARTIES
from pms.say import say
from pms.web.fields import MISSING, DayField, at_most, within


class PricesField(StringField):
    """Prices by hand: one for every night, or one for each with spaces between; `minor` are the minor units."""

    minor: tuple[int, ...] = ()

    def pre_validate(self, form: Any) -> None:
        try:
            self.minor = tuple(parse_amount(text, form.currency) for text in (self.data or "").split())
        except Refused as no:
            raise ValidationError(no.reason) from None


class ChangeForm(FlaskForm):
    """As the stay stands when the page is opened; `seen` keeps that, to tell afterwards what was touched."""

    version = HiddenField()
    seen = HiddenField()
    arrival = DayField(say("Arrival"), [MISSING])
    departure = UntilField(say("Nights or departure"), [MISSING])
    type_id = SelectField(say("Room type"), choices=[], coerce=int)
    plan_id = SelectField(say("Rate plan"), choices=[], coerce=int)
    adults = IntegerField(say("Adults"), [MISSING, within(0, 20)])
    children = IntegerField(say("Children"), [MISSING, within(0, 20)])
    guest_id = StringField(say("Guest"))
    discount_percent = IntegerField(say("Discount, %"), [Optional(), within(0, 100)])
    prices = PricesField(say("Prices by hand"))
    guarantee = SelectField(say("Held by"), choices=[])
    party = SelectField(say("Travels as"), choices=[])
    eta = StringField(say("Expected at"), [at_most(5)])
    early_arrival = BooleanField(say("Comes before noon"))
    vip_level = SelectField(say("VIP"), choices=[])
    needs = WordsField(say("Must have"), NEEDS)
    wishes = WordsField(say("Wishes"), LIKED)
    room_wish = StringField(say("A certain room"), [at_most(8)])
    remarks = StringField(say("Remarks"), [at_most(300)])
    approval = StringField()
    force = BooleanField(say("Sell beyond the limit"))

    def __init__(
        self,
        *args: Any,
        stay: Stay,
        today: date,
        lang: str,
        currency: str,
        types: Iterable[Any],
        plans: Iterable[Any],
        **more: Any,
    ) -> None:
        self.today, self.currency = today, currency
        standing = as_it_stands(stay)
        super().__init__(
            *args, data=standing | {"version": stay.version, "seen": json.dumps(standing, default=str)}, **more
        )
        self.type_id.choices = [SelectChoice(row.id, named(row, lang)) for row in types]
        self.plan_id.choices = [SelectChoice(row.id, named(row, lang)) for row in plans]
        self.guarantee.choices = choices(GUARANTEES, lang)
        self.party.choices = choices(PARTIES, lang)
        if stay.party not in PARTIES:  # a program has written it down
            self.party.choices.append(SelectChoice(stay.party, stay.party))
        self.vip_level.choices = choices(VIP_LEVELS, lang)

    @property
    def touched(self) -> set[str]:
        """The fields that are not as they were when the page was opened."""
        try:
            seen = json.loads(self.seen.data or "{}")
        except ValueError:
            seen = {}
        return {name for name, value in self._typed().items() if _canonical(value) != _canonical(seen.get(name))}

    def change(self, approved_by: Any) -> Change:
        """What is to be different, of what was touched."""
        touched, typed = self.touched, self._typed()
        values: dict[str, Any] = {name: typed[name] for name in touched - {"needs", "wishes", "prices"}}
        if "needs" in touched:
            values["needs"] = tuple(typed["needs"])
        if "wishes" in touched:
            values["wishes"] = tuple(typed["wishes"])
        if "prices" in touched and self.prices.minor:
            values["prices"] = self._for_each_night()
        if "guarantee" in touched:
            values["guarantee"] = Guarantee(typed["guarantee"])
        return Change(**values, approved_by=approved_by, force=self.force.data)

    def renew(self, stay: Stay) -> None:
        """After somebody else has changed the stay: what this clerk did not touch is as it stands now."""
        kept = self.touched
        for name, value in as_it_stands(stay).items():
            if name not in kept and name in self and name not in ("wishes", "room_wish"):
                self[name].process_data(value)
        if "wishes" not in kept:
            self.wishes.data, self.room_wish.data = _liked(stay)
        self.version.data = str(stay.version)
        self.seen.data = json.dumps(as_it_stands(stay), default=str)

    def _typed(self) -> dict[str, Any]:
        room = (self.room_wish.data or "").strip()
        guest = str(self.guest_id.data or "")
        return {
            **({"guest_id": int(guest)} if guest.isdigit() else {}),
            "arrival": self.arrival.day,
            "departure": self.departure.day,
            "type_id": self.type_id.data,
            "plan_id": self.plan_id.data,
            "adults": self.adults.data,
            "children": self.children.data,
            "discount_percent": self.discount_percent.data or 0,
            "prices": (self.prices.data or "").strip(),
            "guarantee": self.guarantee.data,
            "party": self.party.data,
            "eta": (self.eta.data or "").strip(),
            "early_arrival": self.early_arrival.data,
            "vip_level": int(self.vip_level.data or 0),
            "needs": list(self.needs.data or ()),
            "wishes": [*(self.wishes.data or ()), *([f"room:{room}"] if room else [])],
            "remarks": (self.remarks.data or "").strip(),
        }

    def _for_each_night(self) -> tuple[int, ...]:
        if len(self.prices.minor) == 1 and self.arrival.day and self.departure.day:
            return self.prices.minor * (self.departure.day - self.arrival.day).days
        return self.prices.minor


def as_it_stands(stay: Stay) -> dict[str, Any]:
    """The stay as the form shows it, by field."""
    liked, room = _liked(stay)
    return {
        "arrival": stay.arrival,
        "departure": stay.departure,
        "type_id": stay.type_id,
        "plan_id": stay.plan_id,
        "adults": stay.adults,
        "children": stay.children,
        "guest_id": stay.guest_id,
        "discount_percent": stay.discount_percent,
        "prices": "",
        "guarantee": stay.booking.guarantee.value,
        "party": stay.party,
        "eta": stay.eta,
        "early_arrival": stay.early_arrival,
        "vip_level": stay.vip_level,
        "needs": _codes(stay.needs),
        "wishes": liked + ([f"room:{room}"] if room else []),
        "room_wish": room,
        "remarks": stay.remarks,
    }


def _liked(stay: Stay) -> tuple[list[str], str]:
    """The wishes but for a certain room, and that room."""
    codes = _codes(stay.wishes)
    rooms = [code.removeprefix("room:") for code in codes if code.startswith("room:")]
    return [code for code in codes if not code.startswith("room:")], rooms[0] if rooms else ""


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _canonical(value: Any) -> str:
    """For comparing what was typed with what was kept as JSON; the order of wishes says nothing."""
    return ",".join(sorted(value)) if isinstance(value, list) else str(value)
