"""Two years at the desk: every line of the file goes through the very actions the desk uses, one unit of work each.

Order of a day (papers.md): check-outs, new bookings, cancellations, day use in and out, placing, arrivals, audit.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from pms import clock
from pms.accounts.actions import system_user
from pms.accounts.models import User
from pms.assignment import actions as assignment
from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod, PostingKind
from pms.cashier.queries import balance, folio_of
from pms.db import load, work
from pms.errors import Refused
from pms.front_desk import actions as desk
from pms.front_desk.rules import CheckIn, Deposit, DepositKind, Seen
from pms.guests import actions as guests
from pms.guests.models import DocumentKind
from pms.night_audit import actions as night_audit
from pms.property import actions as housekeeping
from pms.property.models import Housekeeping
from pms.replay import queries
from pms.replay.bookings import Fate, Line
from pms.replay.people import document_of, guest_of
from pms.reservations import actions as reservations
from pms.reservations.models import Guarantee, Source, Stay, Use
from pms.reservations.requests import BookingRequest, StayRequest
from pms.say import say

DAY = timedelta(days=1)
NO_DEPOSIT = Deposit(DepositKind.NONE, why_none="as booked")
SOURCES = {
    "Direct": Source.PHONE,
    "Corporate": Source.COMPANY,
    "Online TA": Source.OTA,
    "Offline TA/TO": Source.AGENT,
    "Groups": Source.GROUP,
}
GUARANTEES = {"Non Refund": Guarantee.DEPOSIT, "Refundable": Guarantee.DEPOSIT}


@dataclass
class Diary:
    """The lines by the date on which something happens to them."""

    booked: dict[date, list[Line]] = field(default_factory=lambda: defaultdict(list))
    cancelled: dict[date, list[Line]] = field(default_factory=lambda: defaultdict(list))
    arriving: dict[date, list[Line]] = field(default_factory=lambda: defaultdict(list))
    leaving: dict[date, list[Line]] = field(default_factory=lambda: defaultdict(list))
    day_use: dict[date, list[Line]] = field(default_factory=lambda: defaultdict(list))

    def enter(self, line: Line, *, booked_on: date) -> None:
        self.booked[booked_on].append(line)
        if line.cancelled_on is not None:
            self.cancelled[line.cancelled_on].append(line)
        elif line.fate is Fate.STAYED and line.day_use:
            self.day_use[line.arrival].append(line)
        elif line.fate is Fate.STAYED:
            self.arriving[line.arrival].append(line)
            self.leaving[line.departure].append(line)

    def last_day(self) -> date:
        return max(max(days, default=date.min) for days in (self.booked, self.cancelled, self.leaving, self.day_use))


@dataclass
class Replay:
    """One replay: the diary, who acts, and which stay came of which line."""

    diary: Diary
    with_papers: bool = False
    by: User = field(init=False)
    now: datetime = field(init=False)
    plan_id: int = 0
    types: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    stay_of: dict[int, tuple[int, int]] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)

    def start(self) -> None:
        """Who acts, and the keys of the house that was built."""
        with work():
            self.by = system_user("replay", "Replay", now=clock.at_local(clock.business_date(), 6))
            self.plan_id, self.types, self.accounts = queries.keys_of_the_house()

    def play_day(self, day: date) -> None:
        """Everything that happens on one business date, and its audit."""
        self.now = clock.at_local(day, 11)
        diary = self.diary
        for line in diary.leaving.get(day, ()):
            self._leave(line)
        self._each(diary.booked.get(day, ()), self._book)
        self._each(diary.cancelled.get(day, ()), self._cancel)
        if day in diary.leaving or day in diary.day_use:
            self._clean_rooms()
        for line in diary.day_use.get(day, ()):
            self._day_use(line)
        arriving = diary.arriving.get(day, ())
        if arriving:
            self.now = clock.at_local(day, 15)
            self._each([line for line in arriving if line.assigned != line.reserved], self._agree_type)
            self._place(day, arriving)
            self._each(arriving, self._check_in)
        self.now = clock.at_local(day, 23, 30)
        night_audit.run(by=self.by, now=self.now, with_papers=self.with_papers, with_backup=False)
        self.done["audit"] += 1

    def _each(self, lines: Iterable[Line], job: Callable[[Line], None]) -> None:
        for line in lines:
            self._do(job, line)

    def _do(self, job: Callable[[Line], None], line: Line) -> None:
        """One action of the desk: one unit of work."""
        with work():
            job(line)
        self.done[job.__name__.strip("_")] += 1

    def _book(self, line: Line) -> None:
        guest = guests.create_guest(guest_of(line.number, line.country), by=self.by, now=self.now)
        stay = StayRequest(
            guest_id=guest.id,
            type_id=self.types[line.reserved],
            plan_id=self.plan_id,
            arrival=line.arrival,
            departure=line.departure,
            adults=line.adults,
            children=line.children,
            use=Use.DAY_USE if line.day_use else Use.PAID,
            prices=(line.price,) * line.nights,
            force=line.price < 0 or line.adults + line.children == 0,
        )
        request = BookingRequest(
            stays=(stay,),
            source=SOURCES.get(line.segment, Source.OTHER),
            guarantee=GUARANTEES.get(line.deposit, Guarantee.NONE),
            company_id=self.accounts.get(f"C{line.company}"),
            agent_id=self.accounts.get(f"A{line.agent}"),
            market=line.segment,
            channel=line.channel,
        )
        booking = reservations.book(request, by=self.by, now=self.now)
        self.stay_of[line.number] = (booking.stays[0].id, guest.id)

    def _cancel(self, line: Line) -> None:
        reservations.cancel(self._stay(line), "cancelled by the guest", by=self.by, now=self.now)

    def _agree_type(self, line: Line) -> None:
        reservations.agree_upgrade(self._stay(line), self.types[line.assigned], by=self.by, now=self.now)

    def _place(self, day: date, lines: Sequence[Line]) -> None:
        """The day's arrivals, placed in one run; who does not come keeps no room from them."""
        with work():
            plan = assignment.place_arrivals(
                day, by=self.by, now=self.now, stay_ids=[self.stay_of[line.number][0] for line in lines]
            )
            if plan.unplaced:
                raise Refused(plan.unplaced[0].why)
        self.done["placed"] += len(plan.placed)

    def _check_in(self, line: Line) -> None:
        stay_id, guest_id = self.stay_of[line.number]
        document = guests.add_document(
            guest_id, DocumentKind.PASSPORT, document_of(line.number), country=line.country, by=self.by, now=self.now
        )
        sheet = CheckIn(documents=(Seen(guest_id, document),), signed=True, deposit=NO_DEPOSIT)
        desk.check_in(load(Stay, stay_id), sheet, by=self.by, now=self.now)

    def _leave(self, line: Line) -> None:
        self._do(self._settle, line)
        self._do(self._check_out, line)

    def _settle(self, line: Line) -> None:
        """Pay what is owed, or give back what is too much."""
        stay_id = self.stay_of[line.number][0]
        folio = folio_of(stay_id)
        owed = balance(folio) if folio else 0
        if folio and owed:
            kind = PostingKind.PAYMENT if owed > 0 else PostingKind.REFUND
            cashier.pay(folio, stay_id, abs(owed), PaymentMethod.CARD, kind=kind, by=self.by, now=self.now)

    def _check_out(self, line: Line) -> None:
        desk.check_out(self._stay(line), by=self.by, now=self.now)
        self.stay_of.pop(line.number)

    def _day_use(self, line: Line) -> None:
        """In and out on one day; the room is clean again before anybody else arrives."""
        self._do(self._place_for_the_day, line)
        self._do(self._check_in, line)
        self._leave(line)
        self._clean_rooms()

    def _place_for_the_day(self, line: Line) -> None:
        """Any vacant clean room will do: day use takes no room-night."""
        stay = self._stay(line)
        room = queries.vacant_clean_room(self.types[line.assigned])
        if room is None:
            raise Refused(say("No clean room is vacant for day use."))
        if room.type_id != stay.held_type_id:
            reservations.agree_upgrade(stay, room.type_id, by=self.by, now=self.now)
        assignment.place_stay(stay, room, by=self.by, now=self.now)

    def _clean_rooms(self) -> None:
        """The attendants' round: every vacant dirty room is clean again before anybody arrives."""
        with work():
            for room in queries.vacant_dirty_rooms():
                housekeeping.set_housekeeping(room, Housekeeping.CLEAN, by=self.by, now=self.now)
                self.done["clean"] += 1

    def _stay(self, line: Line) -> Stay:
        return load(Stay, self.stay_of[line.number][0])


def diary_of(lines: Sequence[Line], first: date | None = None) -> tuple[Diary, date]:
    """The diary and the date on which the house opens.

    With `first`, the books are opened on the eve: whoever is in house then arrives on it, every booking made earlier
    and still standing is entered on it, what was over by then is left out.
    """
    diary = Diary()
    if first is None:
        for line in lines:
            diary.enter(line, booked_on=line.booked_on)
        return diary, min(line.booked_on for line in lines)
    eve = first - DAY
    for line in lines:
        if _over_before(line, first):
            continue
        diary.enter(_opened(line, eve), booked_on=max(line.booked_on, eve))
    return diary, eve


def _over_before(line: Line, first: date) -> bool:
    if line.cancelled_on is not None:
        return line.cancelled_on < first
    if line.fate is Fate.NO_SHOW or line.day_use:
        return line.arrival < first
    return line.departure < first


def _opened(line: Line, eve: date) -> Line:
    """The line as it looks on the eve of the first day: an arrival before it is put on it."""
    return replace(line, arrival=eve) if line.arrival < eve else line
