"""The check-in sheet put together: what is shown, and what was typed turned into what the desk's actions want."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from pms import access, clock
from pms.accounts.models import User
from pms.cashier.queries import balance, folio_of
from pms.errors import Refused
from pms.front_desk import actions, identity, queries, queries_check_in, queries_special
from pms.front_desk import sheet as proposals
from pms.front_desk.desk import told, valid_until
from pms.front_desk.forms_check_in import GuestForm, SheetForm, WalkInForm
from pms.front_desk.queries_forms import RegistrationCard
from pms.front_desk.rules import CheckIn, Seen, voucher_days
from pms.guest_services.queries import left_here
from pms.guests.actions import NewGuest, create_guest, guest_or_missing
from pms.guests.models import DocumentKind, Guest
from pms.guests.names import list_name
from pms.guests.queries import DocumentLine
from pms.guests.rules import mask
from pms.guests.travel_documents import birthday_within, expired
from pms.notices import DEPARTMENT_NAMES
from pms.property import queries as house
from pms.requests.queries import earlier_complaints
from pms.reservations.actions import agree_upgrade
from pms.reservations.models import Source, Stay
from pms.reservations.queries import prices_of, times_stayed
from pms.reservations.queries_moves import agreed
from pms.reservations.requests import BookingRequest, StayRequest
from pms.reservations.words import wishes
from pms.say import say
from pms.web import language
from pms.web.gate import me

MOST_UNNAMED = 4
UPGRADE = "up-"  # before the id of a room of a better type


class Person(NamedTuple):
    """Somebody of the room on the sheet; `guest` None is one who was not named when the room was booked."""

    form: GuestForm
    guest: Guest | None
    papers: Sequence[DocumentLine]
    expired: bool
    birthday: date | None


@dataclass
class Typed:
    """The sheet as it came: one form for the room, one for each guest."""

    form: SheetForm
    people: list[Person]

    @classmethod
    def of(cls, stay: Stay) -> Typed:
        """From the request; on a GET as the sheet begins."""
        deposit = proposals.suggested_deposit(proposals.nightly(stay))
        form = SheetForm(currency=house.hotel().currency, suggested=deposit, keys=max(1, stay.adults))
        return cls(form, list(_people(stay)))

    @property
    def valid(self) -> bool:
        return all([self.form.validate(), *(person.form.validate() for person in self.people)])

    def check_in(self, stay: Stay, *, by: User, now: datetime) -> CheckIn:
        """What was typed as the action wants it; documents and guests not known yet are kept on the way."""
        seen = [found for person in self.people if (found := _seen(stay, person, by=by, now=now))]
        return CheckIn(
            documents=tuple(seen),
            room_id=self._room(stay, by=by, now=now),
            signed=bool(self.form.signed.data),
            deposit=self.form.decided(),
            keys=self.form.keys.data or 0,
        )

    def _room(self, stay: Stay, *, by: User, now: datetime) -> int | None:
        """The room that was chosen, an upgrade agreed first; None leaves it as it is."""
        number, wanted = (self.form.another.data or "").strip(), self.form.room.data or ""
        if number:
            room = house.room_by_number(number)
            if room is None:
                raise Refused(say("There is no room {number}.", number=number), field="another")
            return room.id
        if wanted.startswith(UPGRADE) and wanted.removeprefix(UPGRADE).isdigit():
            room_id = int(wanted.removeprefix(UPGRADE))
            found = queries_check_in.rooms_now([room_id]).get(room_id)
            if found is None:
                raise Refused(say("Please choose a room."), field="room")
            agree_upgrade(stay, found.type_id, by=by, now=now)
            return room_id
        return int(wanted) if wanted.isdigit() else None


@dataclass
class WalkInTyped:
    """The sheet of a walk-in as it came."""

    form: WalkInForm
    person: Person

    @classmethod
    def of(cls) -> WalkInTyped:
        form = WalkInForm(currency=house.hotel().currency)
        return cls(form, Person(_guest_form("new-"), None, (), False, None))

    @property
    def valid(self) -> bool:
        return all([self.form.validate(), self.person.form.validate()])

    def walk_in(self, *, by: User, now: datetime) -> actions.CheckedIn:
        """Guest, booking, room and check-in, all or nothing. Raises what any of them refuses."""
        type_id, plan_id = self.form.chosen()
        today = clock.business_date()
        guest, shown = self._guest(by=by, now=now)
        form = self.person.form
        seen: tuple[Seen, ...] = ()
        if shown:
            document = _kept(guest, form, shown, by=by, now=now)
            seen = (Seen(guest.id, document, form.visa.data or "", form.purpose.data or ""),)
        stay = StayRequest(
            guest_id=guest.id, type_id=type_id, plan_id=plan_id, arrival=today,
            departure=today + timedelta(days=self.form.nights.data or 1), adults=self.form.adults.data or 1,
        )  # fmt: skip
        request = BookingRequest(stays=(stay,), source=Source.WALK_IN, telephone=self.form.telephone.data or "")
        signed, keys = bool(self.form.signed.data), self.form.keys.data or 0
        sheet = CheckIn(documents=seen, signed=signed, deposit=self.form.decided(), keys=keys)
        return actions.walk_in(request, sheet, offered=self.form.offered_room, by=by, now=now)

    def card(self) -> RegistrationCard:
        """What the registration card says before there is a booking, to be signed. Raises `Refused`."""
        type_id, plan_id = self.form.chosen()
        form, shown = self.person.form, self.person.form.shown()
        kind, today = house.type_of(type_id), clock.business_date()
        return RegistrationCard(
            confirmation="–", guest=list_name(*_names(form, shown)), sex=shown.sex if shown else "",
            born_on=shown.born_on if shown else None, nationality=shown.nationality if shown else "",
            document_kind=shown.kind.value if shown else "", document_number=mask(shown.number) if shown else "",
            visa=form.visa.data or "", purpose=form.purpose.data or "", telephone=self.form.telephone.data or "",
            company="", room="", type=kind.name_en, type_zh=kind.name_zh, rate=house.price_of(plan_id, type_id, today),
            rate_code=house.facts().plans[plan_id].code, arrival=today,
            departure=today + timedelta(days=self.form.nights.data or 1), adults=self.form.adults.data or 1,
            children=0, deposit=0, held_by_card=0,
        )  # fmt: skip

    def _guest(self, *, by: User, now: datetime) -> tuple[Guest, identity.Shown | None]:
        form, shown = self.person.form, self.person.form.shown()
        known = self.form.guest.data or ""
        if known.isdigit():
            return guest_or_missing(int(known)), shown
        return _new_guest(form, shown, self.form.telephone.data or "", by=by, now=now), shown


# --- What is shown ----------------------------------------------------------------------------------------------------
def sheet(stay: Stay, typed: Typed | None = None, no: Refused | None = None) -> dict[str, Any]:
    """Everything of the sheet of a guest who is due; `typed` and `no` when it is shown again."""
    today = clock.business_date()
    typed = typed or Typed.of(stay)
    prices = prices_of(stay.id)
    rooms = proposals.room_choices(stay)
    choice = typed.form.room.data or _preselected(stay, rooms)
    nothing_ready = not any(room.ready for room in rooms)
    return common(typed.form, [person.form for person in typed.people], no) | {
        "stay": stay,
        "people": typed.people,
        "moves": agreed(stay.id),
        "nth": (nth := times_stayed(stay.guest_id) + 1),
        "gift": queries_special.gift(stay.vip_level, nth),
        "last": queries_check_in.last_stay(stay.guest_id),
        "asked_for": [*wishes(stay.needs), *wishes(stay.wishes), *wishes(stay.guest.wishes)],
        "price": next(iter(prices.values()), 0),
        "rooms": rooms,
        "chosen": choice,
        "upgrades": proposals.upgrades(stay, today) if nothing_ready or stay.vip_level else [],
        "company_pays": proposals.paid_by_others(stay),
        "key_until": valid_until(stay),
        "breakfasts": _breakfasts(stay, today),
        "waiting": left_here(stay),
        "complaints": earlier_complaints(stay),
        "told": [DEPARTMENT_NAMES[each] for each in told(stay)],
        "may_upgrade": access.allowed(me(), "approve_upgrade"),
        "approvers": access.Roles(tuple(role for role in access.Role if role in access.ALLOWED["approve_upgrade"])),
    }


def done(stay: Stay) -> dict[str, Any]:
    """What came of a check-in: for the guest, the bellman and whoever has to take it back."""
    keys = [key for key in queries.keys_of(stay.id) if key.void_at is None]
    return {
        "stay": stay,
        "key": keys[-1] if keys else None,
        "vouchers": queries.vouchers_of(stay.id),
        "registered": queries.registered_guests(stay),
        "waiting": left_here(stay),
        "complaints": earlier_complaints(stay),
        "told": [DEPARTMENT_NAMES[each] for each in told(stay)],
        "can_undo": stay.checked_in_on == clock.business_date() and can_be_undone(stay),
    }


def walk_in(typed: WalkInTyped, no: Refused | None = None) -> dict[str, Any]:
    return common(typed.form, [typed.person.form], no) | offered(typed.form) | {"person": typed.person}


def offered(form: WalkInForm) -> dict[str, Any]:
    """The types and rates for the nights and persons that were typed; one night for one person otherwise."""
    today = clock.business_date()
    nights = form.nights.data if form.nights.data and 1 <= form.nights.data <= 99 else 1
    departure = today + timedelta(days=nights)
    offers = proposals.walk_in_offers(today, departure, form.adults.data or 1)
    return {"offers": offers, "departure": departure, "today": today}


def can_be_undone(stay: Stay) -> bool:
    """Nothing of the folio has to be given back first."""
    folio = folio_of(stay.id)
    return folio is None or balance(folio) == 0


def day_or(text: str, other: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return other


def common(form: SheetForm, guests: Sequence[GuestForm], no: Refused | None) -> dict[str, Any]:
    """The form of a sheet with what is wrong with it."""
    forms: tuple[Any, ...] = (form, *guests)
    errors = [(field.id, text) for each in forms for field in each for text in field.errors]
    if no and (not errors or no.field):
        errors.insert(0, (no.field, no.reason))
    return {"form": form, "errors": errors, "wrong_at": dict(reversed(errors)), "today": clock.business_date()}


def _preselected(stay: Stay, rooms: Sequence[proposals.RoomChoice]) -> str:
    """The best room, if the guest can go there now; which of several dirty ones to wait for is the clerk's choice."""
    return str(rooms[0].id) if rooms and rooms[0].ready else ""


def _breakfasts(stay: Stay, today: date) -> int:
    each = house.facts().plans[stay.plan_id].breakfasts * stay.persons
    return each * len(list(voucher_days(stay.arrival, stay.departure, today)))


# --- Guests and their papers ------------------------------------------------------------------------------------------
def _guest_form(prefix: str) -> GuestForm:
    return GuestForm(prefix=prefix, lang=language.current(), today=clock.business_date())


def _people(stay: Stay) -> Iterator[Person]:
    guests = queries_check_in.guests_of(stay)
    files = queries_check_in.documents_on_file(guest.id for guest in guests)
    today = clock.business_date()
    for guest in guests:
        form, papers = _guest_form(f"g{guest.id}-"), files.get(guest.id, [])
        if not form.is_submitted():
            form.on_file.data = papers[0].id if papers else ""
            if guest.nationality == "CN":
                form.kind.data = DocumentKind.RESIDENT_ID.value
        birthday = birthday_within(guest.born_on, stay.arrival, stay.departure)
        yield Person(form, guest, papers, bool(papers) and expired(papers[0].expires_on, today), birthday)
    for number in range(min(stay.persons - len(guests), MOST_UNNAMED)):
        yield Person(_guest_form(f"new{number}-"), None, (), False, None)


def _seen(stay: Stay, person: Person, *, by: User, now: datetime) -> Seen | None:
    """The document of one guest that was seen, kept if it is new; None when nobody has looked at it."""
    form, shown, guest = person.form, person.form.shown(), person.guest
    if guest is None:
        if not form.names_somebody:
            return None
        guest = _new_guest(form, shown, "", by=by, now=now)
        identity.add_sharer(stay, guest, by=by, now=now)
    details = (form.visa.data or "", form.purpose.data or "")
    if shown:
        return Seen(guest.id, _kept(guest, form, shown, by=by, now=now), *details)
    on_file = str(form.on_file.data or "")
    return Seen(guest.id, int(on_file), *details) if form.seen.data and on_file.isdigit() else None


def _kept(guest: Guest, form: GuestForm, shown: identity.Shown, *, by: User, now: datetime) -> int:
    """The document on the guest's file. Raises what `identity.keep` does, where the clerk can answer it."""
    try:
        return identity.keep(guest, shown, corrected=bool(form.corrected.data), by=by, now=now)
    except Refused as no:
        no.field = form.corrected.id if no.field == "born_on" else no.field
        raise


def _new_guest(form: GuestForm, shown: identity.Shown | None, telephone: str, *, by: User, now: datetime) -> Guest:
    """A profile from what was typed, and from the document where nothing was."""
    surname, given, name_zh = _names(form, shown)
    if not (surname or given or name_zh):
        raise Refused(say("Please enter the guest's name."), field=form.surname.id)
    new = NewGuest(surname=surname, given=given, name_zh=name_zh, telephone=telephone)
    return create_guest(new, by=by, now=now)


def _names(form: GuestForm, shown: identity.Shown | None) -> tuple[str, str, str]:
    """Surname, given names and Chinese name as they were typed, else as the document says."""
    surname, given, name_zh = ((field.data or "").strip() for field in (form.surname, form.given, form.name_zh))
    if shown and not (surname or given or name_zh):
        return shown.surname, shown.given, ""
    return surname, given, name_zh
