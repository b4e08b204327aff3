"""What a confirmation letter says, and which letters wait for their review or for being sent (R1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.accounts.models import User
from pms.db import db
from pms.errors import Missing
from pms.guests.models import Guest
from pms.property import queries as house
from pms.reservations import queries_bookings
from pms.reservations.models import Booking, Guarantee, Stay
from pms.reservations.models_letters import Letter
from pms.reservations.status import Status
from pms.say import say


class LetterLine(NamedTuple):
    """A letter that is not out yet."""

    id: int
    confirmation: str
    surname: str
    given: str
    name_zh: str
    incognito: bool
    arrival: date
    drafted_at: datetime
    drafted_by: int
    drafter: str
    needs_review: bool
    reviewed_at: datetime | None
    drafter_zh: str | None = None

    @property
    def to_review(self) -> bool:
        return self.needs_review and self.reviewed_at is None


@dataclass(frozen=True, slots=True)
class RoomOfLetter:
    """One room as the letter shows it; `total` in minor units."""

    arrival: date
    departure: date
    type: str
    type_zh: str
    plan: str
    plan_zh: str
    persons: int
    nightly: tuple[int, ...]
    breakfasts: int

    @property
    def nights(self) -> int:
        return len(self.nightly)

    @property
    def total(self) -> int:
        return sum(self.nightly)


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A letter as its paper needs it (reports/forms/confirmation_letter.py)."""

    number: int
    confirmation: str
    guest: str
    company: str
    booker: str
    guarantee: str
    hold_hour: int
    check_in_hour: int
    check_out_hour: int
    rooms: tuple[RoomOfLetter, ...]
    drafted_at: datetime
    drafter: str
    reviewer: str
    drafter_zh: str | None = None
    reviewer_zh: str | None = None


def content_of(booking: Booking) -> dict[str, Any]:
    """What a letter about the booking says now, as plain data. Raises `Missing` when nothing of it is to come."""
    stays = [stay for stay in booking.stays if stay.status is Status.RESERVED]
    if not stays:
        raise Missing(say("Nothing of this booking is still to come, so there is nothing to confirm."))
    hotel, account = house.hotel(), booking.company or booking.agent
    prices = queries_bookings.prices_by_stay(booking.id)
    return {
        "confirmation": booking.confirmation,
        "guest": stays[0].guest.name,
        "company": (account.name_zh or account.name_en) if account else "",
        "booker": booking.booker,
        "guarantee": booking.guarantee.value,
        "hold_hour": hotel.hold_hour if booking.guarantee is Guarantee.NONE else 0,
        "check_in_hour": hotel.check_in_hour,
        "check_out_hour": house.check_out_hour(stays[0].departure),
        "rooms": [_room(stay, list(prices.get(stay.id, {}).values())) for stay in stays],
    }


def open_letters() -> list[LetterLine]:
    """Drafted and not sent: those to review first, the next arrivals first; one statement."""
    first = (
        sa.select(Stay.booking_id, sa.func.min(Stay.id).label("stay"))
        .where(Stay.status == Status.RESERVED)
        .group_by(Stay.booking_id)
        .subquery()
    )
    wanted: Any = (
        sa.select(Letter.id, Booking.confirmation, Guest.surname, Guest.given, Guest.name_zh, Guest.incognito,
                  Stay.arrival, Letter.drafted_at, Letter.drafted_by, User.name, Letter.needs_review,
                  Letter.reviewed_at, User.name_zh)
        .select_from(Letter)
        .join(Booking, Booking.id == Letter.booking_id)
        .join(first, first.c.booking_id == Letter.booking_id)
        .join(Stay, Stay.id == first.c.stay)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(User, User.id == Letter.drafted_by)
        .where(Letter.sent_at.is_(None), Letter.replaced_at.is_(None))
    )  # fmt: skip
    lines = [LetterLine(*row) for row in db.session.execute(wanted)]
    return sorted(lines, key=lambda line: (not line.to_review, line.arrival, line.id))


def load_letter(letter_id: int) -> Letter:
    """Raises `Missing`."""
    found = db.session.get(Letter, letter_id)
    if found is None:
        raise Missing(say("There is no such letter."))
    return found


def letters_of(booking_id: int) -> list[Letter]:
    """All letters of a booking, newest first."""
    wanted = sa.select(Letter).where(Letter.booking_id == booking_id).order_by(Letter.number.desc())
    return list(db.session.scalars(wanted))


def locked_booking(booking_id: int) -> Booking:
    """The booking, of which nobody else drafts a letter until this unit of work ends."""
    return db.session.get_one(Booking, booking_id, with_for_update=True)


def letter_paper(letter_id: int) -> LetterPaper:
    """Raises `Missing`."""
    letter = load_letter(letter_id)
    content = letter.content
    rooms = [_read(room) for room in content["rooms"]]
    people = {user.id: user for user in db.session.scalars(_people(letter))}
    drafter, reviewer = people[letter.drafted_by], people.get(letter.reviewed_by or 0)
    said = {key: value for key, value in content.items() if key != "rooms"}
    return LetterPaper(
        number=letter.number,
        rooms=tuple(rooms),
        drafted_at=letter.drafted_at,
        drafter=drafter.name,
        reviewer=reviewer.name if reviewer else "",
        drafter_zh=drafter.name_zh,
        reviewer_zh=reviewer.name_zh if reviewer else None,
        **said,
    )


def _people(letter: Letter) -> Any:
    return sa.select(User).where(User.id.in_([letter.drafted_by, letter.reviewed_by or letter.drafted_by]))


def _room(stay: Stay, nightly: list[int]) -> dict[str, Any]:
    kind, plan = house.type_of(stay.type_id), house.facts().plans[stay.plan_id]
    return {
        "arrival": stay.arrival.isoformat(),
        "departure": stay.departure.isoformat(),
        "type": kind.name_en,
        "type_zh": kind.name_zh,
        "plan": plan.name_en,
        "plan_zh": plan.name_zh,
        "persons": stay.persons,
        "nightly": nightly,
        "breakfasts": plan.breakfasts * stay.persons,
    }


def _read(room: dict[str, Any]) -> RoomOfLetter:
    dates = {key: date.fromisoformat(room[key]) for key in ("arrival", "departure")}
    return RoomOfLetter(**(room | dates | {"nightly": tuple(room["nightly"])}))
