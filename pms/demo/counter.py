"""What happens at the demo's counter: guests arrive, stay on, move, pay and leave."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime

from pms.access import Role
from pms.accounts.models import User
from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod, PostingKind
from pms.cashier.queries import balance, folio_of
from pms.db import db, work
from pms.demo.people import Person
from pms.demo.play import Play
from pms.demo.register import REGISTER_SENT_AT, send_register, visa_and_purpose
from pms.demo.visits import DAY, Fate, Visit
from pms.errors import Refused
from pms.front_desk import actions as desk
from pms.front_desk.queries import free_rooms
from pms.front_desk.rules import CheckIn, Deposit, DepositKind, Seen
from pms.guests import actions as guests
from pms.property.models import Room
from pms.reservations.models import Guarantee, Source, Stay

ON_ACCOUNT = (Guarantee.COMPANY, Guarantee.ORDER, Guarantee.AGENT)
EXTRAS = (
    (PostingKind.FOOD, 18_800),
    (PostingKind.FOOD, 32_600),
    (PostingKind.LAUNDRY, 9_500),
    (PostingKind.OTHER, 6_800),
)
DEPOSITS = (DepositKind.PREAUTHORISATION, DepositKind.MOBILE, DepositKind.CASH, DepositKind.CARD)
PAID_BY = (PaymentMethod.CARD, PaymentMethod.MOBILE, PaymentMethod.CASH)
A_NIGHT = 100_000  # fen of deposit


def whole_day(play: Play, day: date) -> None:
    """Everything of a day before today, except its audit."""
    send_register(play, play.at(day, REGISTER_SENT_AT))
    for visit in leaving(play, day):
        leave(play, visit, play.at(day, 8 + visit.who.key % 4, visit.who.key % 60))
    play.take_bookings(day)
    play.take_cancellations(day)
    play.clean_vacant_rooms(play.at(day, 13, 20))
    arriving = play.coming(day)
    play.place(day, [visit for visit in arriving if visit.stay_id], play.at(day, 13, 30))
    for visit in arriving:
        arrive(play, visit, play.at(day, 14 + visit.who.key % 9, visit.who.key % 60))
    change_a_room(play, day)
    post_extras(play, play.at(day, 20, 30))


def arrive(play: Play, visit: Visit, now: datetime) -> None:
    if visit.fate is Fate.COMES and (visit.stay_id or visit.source is Source.WALK_IN):
        play.refusable(lambda: _arrive(play, visit, now), [visit])


def _arrive(play: Play, visit: Visit, now: datetime) -> None:
    by = play.by(Role.FRONT_DESK_AGENT)
    guest_id = play.guest(visit.who, visit, by, now)
    sheet = CheckIn(
        documents=(Seen(guest_id, _document(play, visit.who, guest_id, by, now), *visa_and_purpose(play, visit)),),
        signed=True,
        deposit=_deposit(play, visit),
        keys=2 if visit.adults > 1 else 1,
    )
    if visit.source is Source.WALK_IN:
        visit.stay_id = desk.walk_in(play.request([visit], by, now), sheet, by=by, now=now).stay.id
    else:
        desk.check_in(db.session.get_one(Stay, visit.stay_id), sheet, by=by, now=now)
    play.in_house.append(visit)


def _document(play: Play, who: Person, guest_id: int, by: User, now: datetime) -> int:
    if who.key not in play.documents:
        play.documents[who.key] = guests.add_document(
            guest_id, who.document, who.number, country=who.nationality, seen=True, by=by, now=now
        )
    return play.documents[who.key]


def _deposit(play: Play, visit: Visit) -> Deposit:
    if visit.guarantee in ON_ACCOUNT:
        return Deposit(DepositKind.NONE, why_none="Charged to the account 挂账")
    return Deposit(play.draw.choice(DEPOSITS), A_NIGHT * len(visit.nights), reference=_receipt(play))


def leaving(play: Play, day: date) -> list[Visit]:
    """Who leaves on `day`; those who stay on ask for it first, and leave when it cannot be."""
    found = []
    for visit in play.in_house:
        if visit.extends and visit.booked_until == day and _extend(play, visit, day):
            continue
        if visit.leaves_early and visit.departure - DAY == day:
            _leave_early(play, visit, day)
        if visit.departure <= day:
            found.append(visit)
    return found


def _extend(play: Play, visit: Visit, day: date) -> bool:
    """True when the guest could stay on."""
    visit.extends = False
    with suppress(Refused), work():
        stay = db.session.get_one(Stay, visit.stay_id)
        desk.extend(stay, visit.departure, by=play.by(Role.FRONT_DESK_AGENT), now=play.at(day, 10, 40))
        return True
    visit.departure -= DAY
    return False


def _leave_early(play: Play, visit: Visit, day: date) -> None:
    visit.departure = day
    with work():
        stay = db.session.get_one(Stay, visit.stay_id)
        desk.leave_early(stay, day, by=play.by(Role.FRONT_DESK_AGENT), now=play.at(day, 9, 15))


def leave(play: Play, visit: Visit, now: datetime) -> None:
    """Pay or have it charged to the account, then check out."""
    with work():
        folio = folio_of(visit.stay_id)
        owed = balance(folio) if folio else 0
        if folio and owed:
            _settle(play, visit, folio, owed, now)
        stay = db.session.get_one(Stay, visit.stay_id)
        desk.check_out(stay, by=play.by(Role.FRONT_DESK_AGENT), now=now)
    play.in_house.remove(visit)


def _settle(play: Play, visit: Visit, folio: int, owed: int, now: datetime) -> None:
    if visit.guarantee in ON_ACCOUNT and owed > 0:
        kind, method = PostingKind.TRANSFER, PaymentMethod.ACCOUNT
    else:
        kind = PostingKind.PAYMENT if owed > 0 else PostingKind.REFUND
        method = play.draw.choice(PAID_BY)
    by = play.by(Role.CASHIER)
    cashier.pay(folio, visit.stay_id, abs(owed), method, kind=kind, reference=_receipt(play), by=by, now=now)


def change_a_room(play: Play, day: date) -> None:
    """One guest a day gets another room of the type, if one is ready; by turns the house asks."""
    asked_by_house = day.toordinal() % 2 == 0
    why = "Tap drips 水龙头漏水" if asked_by_house else "Too near the lift 离电梯太近"
    for visit in play.in_house:
        if visit.arrival == day or visit.departure <= day + DAY or visit.room or visit.group or visit.party:
            continue
        ready = free_rooms(play.types[visit.kind], day, visit.departure)
        if not ready:
            continue
        with suppress(Refused), work():
            desk.change_room(
                db.session.get_one(Stay, visit.stay_id),
                db.session.get_one(Room, ready[-1].id),
                why,
                asked_by_house=asked_by_house,
                consent="Guest, by telephone 客人电话同意" if asked_by_house else "",
                by=play.by(Role.SHIFT_LEADER),
                now=play.at(day, 17, 25),
            )
        return


def post_extras(play: Play, now: datetime) -> None:
    """Dinner, laundry and the like for some of those in house."""
    with work():
        for visit in play.draw.sample(play.in_house, len(play.in_house) // 6):
            kind, amount = play.draw.choice(EXTRAS)
            charge(play, visit, kind, amount, now)


def charge(play: Play, visit: Visit, kind: PostingKind, amount: int, now: datetime) -> None:
    folio = folio_of(visit.stay_id)
    assert folio is not None
    cashier.post(folio, visit.stay_id, kind, amount, by=play.by(Role.CASHIER), now=now)


def owes(visit: Visit) -> int:
    """Minor units on the folio of somebody in house."""
    folio = folio_of(visit.stay_id)
    return balance(folio) if folio else 0


def _receipt(play: Play) -> str:
    return f"{play.draw.randrange(10**6):06d}"
