"""Who sleeps when: visits that fill the house to believable figures, the same ones for the same seed and day.

Nothing here knows a database. The counts never exceed the rooms of a type, so that everybody finds one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from pms.demo.cast import Casting
from pms.demo.people import People, Person
from pms.demo.visits import DAY, GROUPS, REPAIRS, Fate, GroupPlan, Visit
from pms.property.models import ClosureKind
from pms.reservations.models import Guarantee, Source

DAYS_BEFORE, DAYS_AHEAD = 25, 30
STAYOVERS, ARRIVALS, DUE_OUT = 64, 45, 31  # of 120 rooms, as on the first picture
AFTER_TODAY = (64, 41, 25, 14, 7, 3, 1)  # of those in the house this morning, how many are still there
WEEK = (0.71, 0.75, 0.79, 0.82, 0.90, 0.92, 0.80)  # occupied rooms by weekday, in the weeks before
OPENING = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)  # a house that opens fills slowly
LATELY = 7  # days before today that are full in any case
AHEAD, AHEAD_LOSES = 0.67, 0.0045  # rooms of individuals on the books, less every day further on
LENGTHS = (1,) * 30 + (2,) * 30 + (3,) * 20 + (4,) * 10 + (5,) * 6 + (7,) * 4
LEADS = (0,) * 12 + (1,) * 14 + (2, 3) * 10 + (5, 7) * 10 + (10, 14) * 8 + (21, 28) * 5
SOURCES = (
    (Source.OTA, "", "WEBTRIP", "BAR", 34),
    (Source.PHONE, "", "", "BAR", 18),
    (Source.WEB, "", "", "PKG", 13),
    (Source.COMPANY, "TIANMU", "", "COR", 10),
    (Source.COMPANY, "XINHE", "", "COR", 8),
    (Source.COMPANY, "BOREALIS", "", "COR", 7),
    (Source.COMPANY, "MERIDIAN", "", "COR", 5),
    (Source.COMPANY, "TRADE", "", "GOV", 5),
)
PICTURES, NOT_BEFORE, LAST_ARRIVAL = 15 * 60 + 42, 15 * 60 + 30, 23 * 60 + 50  # minutes of the day
WISHES = ("high", "quiet", "lake_view", "city_view", "far_from_lift", "near_lift", "tub", "even")
CANCELLED_A_DAY, NO_SHOWS_A_DAY = 2, 0.6
COMES_BACK = 0.12


@dataclass
class Plan:
    """Everything the demo is going to do; visits in the order they are booked."""

    today: date
    first: date
    groups: list[GroupPlan] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)


def make_plan(
    rooms: Mapping[str, str], now: datetime, *, seed: int, before: int = DAYS_BEFORE, ahead: int = DAYS_AHEAD
) -> Plan:
    """A plan for a house of 120 rooms (number -> type) around `now` on the hotel's clock."""
    return _Planner(rooms, now, seed, before, ahead).plan()


class _Planner:
    def __init__(self, rooms: Mapping[str, str], now: datetime, seed: int, before: int, ahead: int) -> None:
        self.today, self.minute = now.date(), now.hour * 60 + now.minute
        self.type_of, self.rooms, self.total = rooms, Counter(rooms.values()), len(rooms)
        self.first, self.last = self.today - DAY * before, self.today + DAY * ahead
        self.draw, self.people = Random(seed), People(seed, self.today)
        self.sold: Counter[tuple[str, date]] = Counter()
        self.early: Counter[date] = Counter()  # rooms on a night of those who came before today
        self.single: Counter[date] = Counter()  # rooms of individuals from today on
        self.gone: dict[int, date] = {}  # when each guest leaves for the last time
        self.visits: list[Visit] = []

    def plan(self) -> Plan:
        for repair in REPAIRS:
            if repair.kind is ClosureKind.OUT_OF_ORDER:
                self.sold.update((self.type_of[repair.room], self.today + DAY * n) for n in repair.days)
        for visit in Casting(self.people, self.today).visits():
            if visit.arrival >= self.first:
                self._enter(visit)
        groups = [group for group in GROUPS if self._within(group)]
        for group in groups:
            self._group(group)
        self._days_before()
        self._stayovers()
        self._days_ahead()
        self._who_never_came()
        self._little_changes()
        for visit in self.visits:
            visit.booked_on = max(visit.booked_on, self.first)
            if visit.booked_on > self.today:  # the days ahead are on the books by now
                visit.booked_on = max(self.first, self.today - DAY * self.draw.randrange(1, 22))
            if visit.arrival == self.today:
                visit.eta = later(visit.eta, self.minute)
        self.visits.sort(key=lambda visit: (visit.booked_on, visit.arrival, visit.who.key))
        return Plan(self.today, self.first, groups, self.visits)

    def _within(self, group: GroupPlan) -> bool:
        arrival = self.today + DAY * group.first
        return self.first <= arrival and arrival + DAY * group.nights <= self.last

    def _enter(self, visit: Visit) -> None:
        """Count the visit; the nights of a group are counted with its block."""
        self.visits.append(visit)
        self.gone[visit.who.key] = max(visit.departure, self.gone.get(visit.who.key, visit.departure))
        for night in visit.nights:
            if not visit.group:
                self.sold[visit.upgrade or visit.kind, night] += 1
                if visit.arrival >= self.today:
                    self.single[night] += 1
            if visit.arrival < self.today:
                self.early[night] += 1

    # --- groups ------------------------------------------------------------------------------------------------------
    def _group(self, group: GroupPlan) -> None:
        arrival = self.today + DAY * group.first
        nights = [arrival + DAY * n for n in range(group.nights)]
        for kind, count in group.rooms.items():
            for night in nights:
                self.sold[kind, night] += count
        known = [visit for visit in self.visits if visit.group == group.code]
        free = Counter(group.rooms) - Counter(visit.kind for visit in known)
        for kind in list(free.elements())[: group.named - len(known)]:
            self._enter(self._member(group, kind, arrival))

    def _member(self, group: GroupPlan, kind: str, arrival: date) -> Visit:
        who = self.people.chinese() if group.account in ("QIANJIANG", "SUNRISE") else self.people.somebody()
        twin = kind == "STT" and group.kind is Source.GROUP
        return Visit(
            who=who,
            kind=kind,
            arrival=arrival,
            departure=arrival + DAY * group.nights,
            booked_on=arrival - DAY * 12,
            plan=group.plan,
            adults=2 if twin and self.draw.random() < 0.85 else 1,
            source=group.kind,
            guarantee=Guarantee.ORDER,
            group=group.code,
            eta=group.eta,
            booking=group.code,
        )

    # --- individuals -------------------------------------------------------------------------------------------------
    def _days_before(self) -> None:
        """Fill the nights before today, one after the other, so that this morning's figures come out."""
        wanted = self._wanted_before()
        for day in _days(self.first, self.today):
            while self.early[day] < wanted[day]:
                visit = self._somebody(day, lambda night: self.early[night] < wanted.get(night, 0))
                if visit is None:
                    break
                self._enter(visit)

    def _wanted_before(self) -> dict[date, int]:
        wanted = {day: round(self.total * WEEK[day.weekday()]) for day in _days(self.first, self.today)}
        for day, share in zip(sorted(wanted)[:-LATELY], OPENING, strict=False):
            wanted[day] = round(self.total * share)
        share = self.total / 120
        wanted[self.today - DAY] = round((STAYOVERS + DUE_OUT) * share)
        return wanted | {self.today + DAY * n: round(rooms * share) for n, rooms in enumerate(AFTER_TODAY)}

    def _stayovers(self) -> None:
        """Too few stay over today: guests who would leave this morning stay a night longer."""
        missing = round(STAYOVERS * self.total / 120) - self.early[self.today]
        leaving = [v for v in self.visits if v.departure == self.today and not (v.group or v.room or v.again)]
        self.draw.shuffle(leaving)
        for visit in leaving:
            if missing > 0 and self.sold[visit.kind, self.today] < self.rooms[visit.kind]:
                visit.departure += DAY
                self.sold[visit.kind, self.today] += 1
                self.early[self.today] += 1
                missing -= 1

    def _days_ahead(self) -> None:
        """Today's arrivals up to their number, then the individuals of the days to come."""
        due = sum(visit.arrival == self.today for visit in self.visits)
        for _ in range(round(ARRIVALS * self.total / 120) - due):
            visit = self._somebody(self.today, lambda night: True)
            if visit is not None:
                visit.eta = f"{self.draw.randrange(8, 12):02d}:{self.draw.choice(('00', '15', '30', '45'))}"
                self._enter(visit)
        for number, day in enumerate(_days(self.today + DAY, self.last), 1):
            swing = (WEEK[day.weekday()] - 0.8) * 0.6
            wanted = round(self.total * (AHEAD - AHEAD_LOSES * number + swing))
            while self.early[day] + self.single[day] < wanted:
                visit = self._somebody(day, lambda night: True)
                if visit is None:
                    break
                self._enter(visit)

    def _somebody(self, day: date, may_stay: Callable[[date], bool]) -> Visit | None:
        """An individual arriving on `day` in a type that has room, for as long as it has."""
        free = {kind: count - self.sold[kind, day] for kind, count in self.rooms.items()}
        kinds = [kind for kind in free if free[kind] > 0]
        if not kinds or not may_stay(day):
            return None
        kind = self.draw.choices(kinds, [free[kind] for kind in kinds])[0]
        until = day + DAY
        for _ in range(self.draw.choice(LENGTHS) - 1):
            if self.sold[kind, until] >= self.rooms[kind] or not may_stay(until):
                break
            until += DAY
        return self._individual(kind, day, until)

    def _individual(self, kind: str, arrival: date, departure: date) -> Visit:
        draw = self.draw
        source, company, agent, plan, _ = draw.choices(SOURCES, [row[-1] for row in SOURCES])[0]
        if plan == "PKG" and kind == "DSU":
            plan = "BAR"
        guarantee = Guarantee.COMPANY if company else draw.choice((Guarantee.PREAUTHORISATION, Guarantee.NONE))
        lead = draw.choice(LEADS)
        if lead == 0 and source in (Source.PHONE, Source.WEB) and arrival < self.today:
            source = Source.WALK_IN
        return Visit(
            who=self._known_or_new(arrival),
            kind=kind,
            arrival=arrival,
            departure=departure,
            booked_on=arrival - timedelta(days=lead),
            plan=plan,
            adults=2 if draw.random() < 0.42 else 1,
            children=1 if kind in ("STT", "DLT") and draw.random() < 0.12 else 0,
            source=source,
            guarantee=Guarantee.AGENT if agent and guarantee is not Guarantee.NONE else guarantee,
            company=company,
            agent=agent,
            eta=f"{draw.randrange(13, 23):02d}:{draw.choice(('00', '15', '30', '45'))}" if draw.random() < 0.8 else "",
            wishes=(draw.choice(WISHES),) if draw.random() < 0.25 else (),
            discount=5 if source is Source.PHONE and draw.random() < 0.2 else 0,
        )

    def _known_or_new(self, arrival: date) -> Person:
        """Some guests have been here before; nobody is in two beds at once."""
        if self.visits and self.draw.random() < COMES_BACK:
            earlier = self.draw.choice(self.visits)
            alone = not (earlier.group or earlier.again or earlier.vip or earlier.room)
            if alone and self.gone.get(earlier.who.key, arrival) + DAY * 3 < arrival and earlier.arrival < self.today:
                return earlier.who
        return self.people.somebody()

    # --- what did not go as booked -----------------------------------------------------------------------------------
    def _who_never_came(self) -> None:
        """Cancelled bookings and no-shows; they hold no room in the plan, so they are taken only where one is left."""
        for day in _days(self.first, self.last):
            for _ in range(CANCELLED_A_DAY):
                self._lost(day, Fate.CANCELS)
            if day < self.today and self.draw.random() < NO_SHOWS_A_DAY:
                self._lost(day, Fate.NO_SHOW)

    def _lost(self, arrival: date, fate: Fate) -> None:
        visit = self._somebody(arrival, lambda night: True)
        if visit is None:
            return
        visit.fate, visit.who = fate, self.people.somebody()
        if fate is Fate.CANCELS:
            booked = max(visit.booked_on, self.first)
            latest = min(arrival, self.today)
            if booked >= latest:
                return
            visit.fate_on = booked + DAY * self.draw.randrange(1, (latest - booked).days + 1)
        self.visits.append(visit)

    def _little_changes(self) -> None:
        """Here and there a guest stays on, or leaves a day early; never one of the cast."""
        plain = [v for v in self.visits if v.fate is Fate.COMES and not (v.group or v.room or v.again or v.party)]
        for visit in plain:
            nights, chance = len(visit.nights), self.draw.random()
            if nights >= 2 and visit.departure - DAY <= self.today and chance < 0.1:
                visit.extends = True
            elif nights >= 3 and visit.departure < self.today - DAY and chance > 0.96:
                visit.leaves_early = True


def later(eta: str, minute: int) -> str:
    """A time of today's list, moved when the demo is begun after the hour of the pictures, so that most are still to
    come; those before NOT_BEFORE stay, and are overdue.
    """
    hours, minutes = map(int, eta.split(":")) if eta else (0, 0)
    expected = hours * 60 + minutes
    if minute <= PICTURES or expected < NOT_BEFORE:
        return eta
    moved = minute + 5 + (expected - NOT_BEFORE) * max(LAST_ARRIVAL - minute - 5, 0) // (LAST_ARRIVAL - NOT_BEFORE)
    moved = min(moved - moved % 5 + 5, LAST_ARRIVAL)
    return f"{moved // 60:02d}:{moved % 60:02d}"


def _days(first: date, until: date) -> Iterator[date]:
    for number in range((until - first).days):
        yield first + DAY * number
