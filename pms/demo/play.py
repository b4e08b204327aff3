"""The demo's house at work: bookings are taken, cancelled and placed through the actions of the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from pms.access import Role
from pms.accounts.models import User
from pms.assignment import actions as assignment
from pms.db import db, work
from pms.demo import queries
from pms.demo.people import Person
from pms.demo.plan import Plan
from pms.demo.visits import COMPANIES, DAY, REPAIRS, Company, Fate, GroupPlan, Visit
from pms.errors import Refused
from pms.guests import actions as guests
from pms.guests import contracts
from pms.guests.models import AccountKind
from pms.property.actions import set_housekeeping
from pms.property.models import Housekeeping
from pms.property.queries import room_by_number
from pms.reservations import actions as reservations
from pms.reservations import closures, groups, weddings
from pms.reservations.groups import Block, NewGroup
from pms.reservations.models import Source, Stay
from pms.reservations.requests import BookingRequest, StayRequest
from pms.reservations.weddings import WeddingSheet

CREDIT_LIMIT = 5_000_000  # fen a bill
REASONS = ("Meeting moved", "Flight cancelled", "Other hotel", "行程取消")


class Play:
    """The house at work. `staff` by role; keys of guests, documents and groups as they come into being."""

    def __init__(self, plan: Plan, staff: dict[Role, User], zone: str, seed: int) -> None:
        self.plan, self.staff, self.zone, self.draw = plan, staff, ZoneInfo(zone), Random(seed)
        self.guests: dict[int, int] = {}
        self.documents: dict[int, int] = {}
        self.groups: dict[str, int] = {}
        self.booked: dict[date, list[Visit]] = defaultdict(list)
        self.arriving: dict[date, list[Visit]] = defaultdict(list)
        self.in_house: list[Visit] = []
        self.latest: datetime | None = None
        for visit in plan.visits:
            self.booked[visit.booked_on].append(visit)
            self.arriving[visit.arrival].append(visit)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """The instant of a time on the hotel's clock; today nothing happens in the future."""
        moment = datetime.combine(day, time(hour, minute), tzinfo=self.zone).astimezone(UTC)
        return moment if self.latest is None else min(moment, self.latest)

    def by(self, role: Role) -> User:
        return self.staff[role]

    # --- Opening -----------------------------------------------------------------------------------------------------
    def open_accounts(self, now: datetime) -> None:
        """Companies, agencies, and the blocks of the groups."""
        supervisor, today = self.by(Role.RESERVATION_SUPERVISOR), self.plan.today
        with work():
            self.types, self.plans = queries.ids_of_types(), queries.ids_of_plans()
            self.companies = {
                one.code: contracts.create_account(
                    contracts.NewAccount(code=one.code, kind=one.kind, name_en=one.name_en, name_zh=one.name_zh,
                                         plan_id=self.plans.get(one.plan), **self._agreed(one, today)),
                    by=supervisor, now=now,
                ).id
                for one in COMPANIES
            }  # fmt: skip
            for group in self.plan.groups:
                made = groups.create_group(self._group(group, today), by=supervisor, now=now)
                self.groups[group.code] = made.id
                if made.kind is Source.WEDDING:
                    weddings.take_down(made, _wedding_sheet(made.arrival), by=supervisor, now=now)

    @staticmethod
    def _agreed(one: Company, today: date) -> dict[str, Any]:
        """The terms of a contract: for this year and the next, with credit."""
        return {
            "contract": f"XY-{today:%Y}-{len(one.code):02d}{sum(map(ord, one.code)) % 100:02d}" if one.plan else "",
            "valid_from": date(today.year - 1, 1, 1),
            "valid_to": date(today.year + 1, 12, 31),
            "tenant": one.tenant,
            "discount_percent": one.discount,
            "credit": True,
            "credit_limit": None if one.kind is AccountKind.AGENT else CREDIT_LIMIT,
        }

    def _group(self, group: GroupPlan, today: date) -> NewGroup:
        arrival = today + DAY * group.first
        return NewGroup(
            code=group.code,
            name=group.name,
            name_zh=group.name_zh,
            kind=group.kind,
            status=group.status,
            arrival=arrival,
            departure=arrival + DAY * group.nights,
            plan_id=self.plans[group.plan],
            account_id=self.companies.get(group.account),
            cut_off=max(arrival - timedelta(days=3), self.plan.first),
            eta=group.eta,
            notes=group.notes,
            blocks=tuple(Block(type_id=self.types[kind], rooms=count) for kind, count in group.rooms.items()),
        )

    def repair(self, now: datetime) -> None:
        """The rooms that are going to be closed, known to the reservations from the start."""
        for repair in REPAIRS:
            first, until = self.plan.today + DAY * repair.first, self.plan.today + DAY * repair.until
            room = room_by_number(repair.room)
            if room and until > self.plan.first:
                by, first = self.by(Role.HOUSEKEEPING), max(first, self.plan.first)
                with work():
                    closures.close(room, repair.kind, first, until, repair.reason, by=by, now=now)

    # --- Bookings ----------------------------------------------------------------------------------------------------
    def coming(self, day: date) -> list[Visit]:
        return [visit for visit in self.arriving[day] if visit.fate is Fate.COMES]

    def take_bookings(self, day: date) -> None:
        parties: dict[str, list[Visit]] = defaultdict(list)
        for visit in self.booked[day]:
            if visit.source is not Source.WALK_IN:
                parties[visit.booking or str(id(visit))].append(visit)
        for number, party in enumerate(parties.values()):
            self.refusable(partial(self._book, party, self.at(day, 9 + number % 9, number * 7 % 60)), party)

    def _book(self, party: list[Visit], now: datetime) -> None:
        special = any(visit.vip or visit.discount for visit in party)
        by = self.by(Role.RESERVATION_SUPERVISOR if special else Role.RESERVATION_CLERK)
        booking = reservations.book(self.request(party, by, now), by=by, now=now)
        for visit, stay in zip(party, booking.stays, strict=True):
            visit.stay_id = stay.id
            if visit.upgrade:
                reservations.agree_upgrade(stay, self.types[visit.upgrade], by=self.by(Role.ASSISTANT_MANAGER), now=now)
            if visit.room and (room := room_by_number(visit.room)):
                assignment.place_stay(stay, room, by=self.by(Role.SHIFT_LEADER), now=now)
            if visit.lock:
                assignment.lock(stay, visit.lock, by=self.by(Role.SHIFT_LEADER), now=now)

    def request(self, party: list[Visit], by: User, now: datetime) -> BookingRequest:
        first = party[0]
        return BookingRequest(
            stays=tuple(self._stay(visit, by, now) for visit in party),
            source=first.source,
            guarantee=first.guarantee,
            booker=f"{first.who.surname} {first.who.given}" if first.source is Source.PHONE else "",
            telephone=first.who.telephone if first.source is Source.PHONE else "",
            company_id=self.companies.get(first.company),
            agent_id=self.companies.get(first.agent),
            group_id=self.groups.get(first.group),
            market="group" if first.group else "corporate" if first.company else "leisure",
            channel=first.source.value,
        )

    def _stay(self, visit: Visit, by: User, now: datetime) -> StayRequest:
        return StayRequest(
            guest_id=self.guest(visit.who, visit, by, now),
            type_id=self.types[visit.kind],
            plan_id=self.plans[visit.plan],
            arrival=visit.arrival,
            departure=visit.booked_until,
            adults=visit.adults,
            children=visit.children,
            needs=visit.needs,
            wishes=visit.wishes,
            eta=visit.eta,
            remarks=visit.remarks,
            vip_level=visit.vip,
            party=visit.party,
            discount_percent=visit.discount,
        )

    def guest(self, who: Person, visit: Visit, by: User, now: datetime) -> int:
        if who.key not in self.guests:
            new = guests.NewGuest(
                surname=who.surname,
                given=who.given,
                name_zh=who.name_zh,
                sex=who.sex,
                nationality=who.nationality,
                language=who.language,
                telephone=who.telephone,
                born_on=who.born_on,
                vip_level=visit.vip,
                incognito=visit.incognito,
                taboo_numbers=visit.taboo,
                account_id=self.companies.get(visit.company),
            )
            self.guests[who.key] = guests.create_guest(new, by=by, now=now).id
        return self.guests[who.key]

    def take_cancellations(self, day: date) -> None:
        for visit in self.plan.visits:
            if visit.fate is Fate.CANCELS and visit.fate_on == day and visit.stay_id:
                with work():
                    reason = self.draw.choice(REASONS)
                    stay = db.session.get_one(Stay, visit.stay_id)
                    reservations.cancel(stay, reason, by=self.by(Role.RESERVATION_CLERK), now=self.at(day, 15))

    def place(self, day: date, visits: Iterable[Visit], now: datetime) -> None:
        """Rooms for those who have none; the few for whom there is none are told so, and go elsewhere."""
        by = self.by(Role.SHIFT_LEADER)
        with work():
            plan = assignment.place_arrivals(day, by=by, now=now, stay_ids=[visit.stay_id for visit in visits])
            lost = {each.stay.id for each in plan.unplaced}
            for visit in visits:
                if visit.stay_id in lost:
                    stay = db.session.get_one(Stay, visit.stay_id)
                    reservations.cancel(stay, "No room for all nights", by=by, now=now)
                    visit.fate = Fate.CANCELS

    def clean_vacant_rooms(self, now: datetime) -> None:
        with work():
            for room in queries.vacant_dirty_rooms():
                set_housekeeping(room, Housekeeping.CLEAN, by=self.by(Role.HOUSEKEEPING), now=now)

    def refusable(self, job: Callable[[], None], visits: list[Visit]) -> None:
        """What the house refuses (sold out, no clean room) does not happen: these guests go elsewhere."""
        known = dict(self.guests), dict(self.documents)
        try:
            with work():
                job()
        except Refused:
            self.guests, self.documents = known
            for visit in visits:
                visit.fate, visit.fate_on = Fate.CANCELS, None


def _wedding_sheet(day: date) -> WeddingSheet:
    """The couple of the demo's wedding party."""
    return WeddingSheet(bride="Lin Yating 林雅婷", groom="Chen Hao 陈昊", day=day, starts="18:30", ends="21:30",
                        place="Jade Hall 翡翠厅", covers=240, salon_at="09:30")  # fmt: skip
