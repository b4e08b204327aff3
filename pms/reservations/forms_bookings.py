"""The form of a new booking. What a caller says first stands first: when, how long, how many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms.errors import Refused
from pms.guests.actions import NewGuest
from pms.guests.models import Account, AccountKind
from pms.property.forms import choices
from pms.reservations import contracts
from pms.reservations.models import Group, Guarantee, Source
from pms.reservations.requests import BookingRequest, StayRequest
from pms.reservations.words import GUARANTEES, LIKED, NEEDS, SOURCES
from pms.say import Say, say
from pms.web.days import parse_day
from pms.web.fields import MISSING, DayField, at_most, within

MOST_ROOMS = 20
NOBODY = SelectChoice("", "—")
CHINESE = re.compile(r"[\u3400-\u9fff]")
VIP_LEVELS: dict[int, Say] = {0: say("none"), 1: say("V1"), 2: say("V2"), 3: say("V3")}


class UntilField(StringField):
    """When a stay ends: nights (`2`) or the day of departure, as seen from the form's arrival; `day` is that day."""

    day: date | None = None

    def process_data(self, value: date | str | None) -> None:
        self.day = value if isinstance(value, date) else None
        self.data = value.isoformat() if isinstance(value, date) else value

    def pre_validate(self, form: Any) -> None:
        self.day = None
        typed, arrival = (self.data or "").strip(), form.arrival.day
        if not typed or arrival is None:
            return
        try:
            nights = typed.isdecimal() and len(typed) <= 3
            self.day = arrival + timedelta(days=int(typed)) if nights else parse_day(typed, arrival)
        except Refused as no:
            raise ValidationError(no.reason) from None


class WordsField(SelectMultipleField):
    """Some codes out of a table of words, drawn as boxes to tick."""

    def __init__(self, label: Say, words: dict[str, Say], **kwargs: Any) -> None:
        super().__init__(label, choices=[SelectChoice(code, code) for code in words], **kwargs)
        self.words = words


class Line(NamedTuple):
    """Rooms of one kind on one screen: `1-2` is type 1 by plan 2."""

    arrival: date
    departure: date
    type_id: int
    plan_id: int
    rooms: int
    adults: int
    children: int

    @classmethod
    def read(cls, text: str) -> Line:
        """What `written` wrote. Raises `Refused` for anything else."""
        try:
            first, last, *numbers = text.split("/")
            return cls(date.fromisoformat(first), date.fromisoformat(last), *map(int, numbers))
        except (ValueError, TypeError):
            raise Refused(say("This line of the booking was not understood. Take it out and add it again.")) from None

    @property
    def written(self) -> str:
        return "/".join([self.arrival.isoformat(), self.departure.isoformat(), *map(str, self[2:])])


class NewBookingForm(FlaskForm):
    arrival = DayField(say("Arrival"), [MISSING])
    departure = UntilField(say("Nights or departure"), [MISSING])
    adults = IntegerField(say("Adults"), [MISSING, within(0, 20)], default=1)
    children = IntegerField(say("Children"), [Optional(), within(0, 20)], default=0)
    rooms = IntegerField(say("How many rooms"), [MISSING, within(1, MOST_ROOMS)], default=1)
    choice = StringField(say("Type and rate"))
    guest = StringField(say("Guest"))
    guest_shown = StringField(say("Guest"), [at_most(80)])
    telephone = StringField(say("Telephone"), [at_most(40)])
    booker = StringField(say("Booked by"), [at_most(80)])
    source = SelectField(say("Source"), choices=[], default="phone")
    guarantee = SelectField(say("Held by"), choices=[], default="none")
    account = SelectField(say("Company or agent"), choices=[], validate_choice=False)
    group = SelectField(say("Group"), choices=[], validate_choice=False)
    discount_percent = IntegerField(say("Discount, %"), [Optional(), within(0, 100)])
    eta = StringField(say("Expected at"), [at_most(5)])
    vip_level = SelectField(say("VIP"), choices=[], default="0")
    needs = WordsField(say("Must have"), NEEDS)
    wishes = WordsField(say("Wishes"), LIKED)
    room_wish = StringField(say("A certain room"), [at_most(8)])
    remarks = StringField(say("Remarks"), [at_most(300)])
    approval = StringField()
    force = BooleanField(say("Sell beyond the limit"))

    def __init__(
        self, *args: Any, lang: str, today: date, accounts: Iterable[Account], groups: Iterable[Group], **kwargs: Any
    ) -> None:
        self.today = today
        self.accounts = {str(account.id): account for account in accounts}
        super().__init__(*args, **kwargs)
        self.source.choices = choices(SOURCES, lang)
        self.guarantee.choices = choices(GUARANTEES, lang)
        self.vip_level.choices = choices(VIP_LEVELS, lang)
        self.account.choices = [NOBODY, *(SelectChoice(key, row.called(lang)) for key, row in self.accounts.items())]
        self.group.choices = [NOBODY, *(SelectChoice(str(row.id), f"{row.code} {_group(row, lang)}") for row in groups)]

    def understand(self) -> bool:
        """Read only when and how long, as far as it has been typed; True when that is a stay."""
        for field in (self.arrival, self.departure):
            try:
                field.pre_validate(self)
            except ValidationError as no:
                field.errors = [*no.args]
        return bool(self.arrival.day and self.departure.day and self.arrival.day < self.departure.day)

    @property
    def discount(self) -> int:
        """What is taken off: as typed, else what the chosen account's contract says."""
        typed = self.discount_percent.data
        return self.agreed_percent if typed is None else typed

    @property
    def agreed_percent(self) -> int:
        return contracts.agreed_percent(self.agreed_with, *self._dates()) if self.contract_stands else 0

    @property
    def group_id(self) -> int | None:
        return int(self.group.data) if str(self.group.data or "").isdigit() else None

    @property
    def agreed_with(self) -> Account | None:
        """The company or agency that was chosen."""
        return self.accounts.get(self.account.data or "")

    @property
    def contract(self) -> int | None:
        """The rate plan of the chosen account's contract, while it is valid."""
        account = self.agreed_with
        return account.plan_id if account and self.contract_stands else None

    @property
    def contract_stands(self) -> bool:
        """Is the contract valid for the days asked for, as far as they are known?"""
        return bool(self.arrival.day and self.departure.day) and contracts.stands(self.agreed_with, *self._dates())

    def _dates(self) -> tuple[date, date]:
        assert self.arrival.day and self.departure.day
        return self.arrival.day, self.departure.day

    @property
    def line(self) -> Line | None:
        """The rooms chosen on the screen; None while nothing is chosen."""
        found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", self.choice.data or "")
        if not found or not self.arrival.day or not self.departure.day:
            return None
        persons = (self.adults.data or 0, self.children.data or 0)
        return Line(self.arrival.day, self.departure.day, int(found[1]), int(found[2]), self.rooms.data or 1, *persons)

    def asked(self, lines: Sequence[Line], guest_id: int, approved_by: Any) -> tuple[StayRequest, ...]:
        """A request for every room."""
        room = (self.room_wish.data or "").strip()
        about = {
            "guest_id": guest_id,
            "discount_percent": self.discount,
            "approved_by": approved_by,
            "eta": (self.eta.data or "").strip(),
            "vip_level": int(self.vip_level.data or 0),
            "needs": tuple(self.needs.data or ()),
            "wishes": (*(self.wishes.data or ()), *([f"room:{room}"] if room else [])),
            "remarks": self.remarks.data or "",
            "force": self.force.data,
        }
        return tuple(
            StayRequest(
                type_id=line.type_id,
                plan_id=line.plan_id,
                arrival=line.arrival,
                departure=line.departure,
                adults=line.adults,
                children=line.children,
                **about,
            )
            for line in lines
            for _ in range(line.rooms)
        )

    def booking(self, stays: tuple[StayRequest, ...], telephone: str) -> BookingRequest:
        account = self.agreed_with
        return BookingRequest(
            stays=stays,
            source=Source(self.source.data),
            guarantee=Guarantee(self.guarantee.data),
            booker=self.booker.data or "",
            telephone=(self.telephone.data or "").strip() or telephone,
            company_id=account.id if account and account.kind is AccountKind.COMPANY else None,
            agent_id=account.id if account and account.kind is AccountKind.AGENT else None,
            group_id=self.group_id,
        )


def new_guest(text: str, telephone: str) -> NewGuest:
    """A profile from a name as it is written on lists, surname first: `Fischer, Anna`, `Zhao Lei 赵磊`, `赵磊`."""
    words = text.split()
    chinese = "".join(word for word in words if CHINESE.search(word))
    latin = " ".join(word for word in words if not CHINESE.search(word))
    surname, comma, given = latin.partition(",")
    if not comma:
        surname, _, given = latin.partition(" ")
    return NewGuest(surname=surname.strip(), given=given.strip(), name_zh=chinese, telephone=telephone)


def _group(group: Group, lang: str) -> str:
    return (group.name_zh if lang == "zh" else "") or group.name
