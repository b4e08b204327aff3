"""A hotel with a year of bookings on the books, written straight into the tables: only the clockwork around it is
measured, not how it came there.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from pms import clock, create_app
from pms.access import Role
from pms.accounts.actions import add_user
from pms.cashier.models import Folio, Posting, PostingKind
from pms.db import connection, db, work
from pms.departments import Department
from pms.front_desk.models import KeyCard, Registration
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.guests.rules import search_text
from pms.property.models import DepartmentEntry, Hotel, RateKind, RatePlan, RatePrice, Room, RoomType, SeasonKind
from pms.property.queries import EVERY_DAY
from pms.reservations.models import Booking, Guarantee, RoomNight, Source, Stay, StayNight, TypeNight
from pms.reservations.models import Counter as Number
from pms.reservations.status import Status
from pms.web.schema import upgrade

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
PAST, AHEAD = 14, 365  # days of the books before and after today
PLACED_AHEAD = 45  # days: who comes later has no room yet
STILL_TO_COME = 60  # arrivals of today who have not come yet
TYPES = {"STK": 34, "STT": 34, "DLK": 16, "SUI": 10, "DLS": 6}  # percent of the house
PRICES = {"STK": 58_000, "STT": 58_000, "DLK": 78_000, "SUI": 128_000, "DLS": 188_000}
SURNAMES = (
    "Fischer Okafor Silva Novak Tanaka Whitfield Moreau Lindqvist Adeyemi Rossi Kaya Berg Holm Costa Park".split()
)
GIVEN = "Anna Chidi Marco Eleanor Luc Per Tola Carla Deniz Nora Lars Rui Min-jun Yoko Ines".split()
DAY = timedelta(days=1)


@contextmanager
def house(url: str, folder: str, rooms: int) -> Iterator[Flask]:
    """The program on a hotel of so many rooms, on Saturday 21 November 2026."""
    settings = {"ENVIRONMENT": "development", "SECRET_KEY": "only for measuring", "LOG_LEVEL": "ERROR"}
    app = create_app(settings | {"DATABASE_URL": url, "DATA_DIR": folder, "SESSION_COOKIE_SECURE": False})
    with app.app_context():
        upgrade()
        with work():
            Books(rooms).write()
        yield app
        db.session.remove()
        db.engine.dispose()


@dataclass
class Books:
    """The rows of the year, table by table, in the order in which they refer to each other."""

    rooms: int
    rows: dict[Any, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    sold: Counter[tuple[int, date]] = field(default_factory=Counter)
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    to_come: int = 0

    def write(self) -> None:
        user = self._hotel()
        types = [kind for kind in range(1, len(TYPES) + 1) for _ in range(self._rooms_of(kind))]
        for room, type_id in enumerate(types, start=1):
            self._room(room, type_id)
            for arrival, departure in self._stays_of_a_room():
                self._stay(user, room, type_id, arrival, departure)
        self._counters(Counter(types))
        order = (
            Room, Guest, GuestDocument, Booking, Stay, StayNight, RoomNight, TypeNight, Folio, Posting, KeyCard,
            Registration, Number,
        )  # fmt: skip
        for model in order:
            if self.rows[model]:
                connection().execute(sa.insert(model.__table__), self.rows[model])
        if db.engine.dialect.name == "postgresql":
            _continue_numbers(order, self.rows[Number])
        connection().exec_driver_sql("ANALYZE")

    def _hotel(self) -> int:
        words = {"name_en": "Year Hotel", "name_zh": "全年酒店", "zone": "Asia/Shanghai", "currency": "CNY"}
        db.session.add(Hotel(id=1, code="YH", **words))
        clock.open_house(TODAY, "Asia/Shanghai", at=NOW)
        db.session.add(RatePlan(id=1, code="BAR", name_en="Best rate", name_zh="门市价", kind=RateKind.RACK))
        for rank, code in enumerate(TYPES, start=1):
            names = {"name_en": f"Type {code}", "name_zh": f"{code} 房"}
            db.session.add(RoomType(id=rank, code=code, beds="king", capacity=3, rank=rank, **names))
        db.session.flush()
        for type_id, code in enumerate(TYPES, start=1):
            for season in SeasonKind:
                price = {"plan_id": 1, "type_id": type_id, "season": season, "weekday": EVERY_DAY}
                db.session.add(RatePrice(price=PRICES[code], **price))
        db.session.add_all(DepartmentEntry(code=department) for department in Department)
        clerk = add_user("bench", "Bench", Role.MANAGER, password="correct horse battery", by=None, now=NOW)
        db.session.flush()
        return clerk.id

    def _rooms_of(self, kind: int) -> int:
        shares = list(TYPES.values())
        before = sum(shares[: kind - 1]) * self.rooms // 100
        return sum(shares[:kind]) * self.rooms // 100 - before

    def _room(self, room: int, type_id: int) -> None:
        floor, door = divmod(room - 1, 40)
        number = f"{floor + 3}{door + 1:02d}"
        self.rows[Room].append({"id": room, "number": number, "floor": floor + 3, "type_id": type_id})

    def _stays_of_a_room(self) -> Iterator[tuple[date, date]]:
        """One after the other, with gaps: six rooms of ten are taken on any night."""
        day = TODAY - PAST * DAY + self.chance.randrange(5) * DAY
        while day < TODAY + AHEAD * DAY:
            departure = day + self.chance.randint(1, 5) * DAY
            yield day, departure
            day = departure + self.chance.choice((0, 1, 1, 2, 2, 3, 5)) * DAY

    def _stay(self, user: int, room: int, type_id: int, arrival: date, departure: date) -> None:
        stay = len(self.rows[Stay]) + 1
        status = self._status(arrival, departure)
        surname, given = self.chance.choice(SURNAMES), self.chance.choice(GIVEN)
        searched = search_text(surname, given, "")
        self.rows[Guest].append(
            {"id": stay, "surname": surname, "given": given, "nationality": "DE", "search": searched}
        )
        self.rows[Booking].append({
            "id": stay, "confirmation": f"YH-26-{stay:06d}", "booked_on": min(arrival, TODAY) - 3 * DAY,
            "booked_at": NOW, "taken_by": user, "source": Source.PHONE, "guarantee": Guarantee.DEPOSIT,
        })  # fmt: skip
        placed = arrival <= TODAY + PLACED_AHEAD * DAY
        here, left = status is not Status.RESERVED, status is Status.CHECKED_OUT
        self.rows[Stay].append({
            "id": stay, "booking_id": stay, "guest_id": stay, "status": status, "arrival": arrival,
            "departure": departure, "type_id": type_id, "plan_id": 1, "room_id": room if placed else None,
            "checked_in_on": arrival if here else None, "checked_in_at": NOW if here else None,
            "checked_out_on": departure if left else None, "checked_out_at": NOW if left else None,
        })  # fmt: skip
        price = list(PRICES.values())[type_id - 1]
        nights = [arrival + n * DAY for n in range((departure - arrival).days)]
        for night in nights:
            self.rows[StayNight].append({"stay_id": stay, "night": night, "type_id": type_id, "price": price})
            self.sold[type_id, night] += 1
            if placed:
                self.rows[RoomNight].append({"room_id": room, "night": night, "stay_id": stay})
        if here:
            self._lived_here(user, stay, room, nights, price, left)

    def _status(self, arrival: date, departure: date) -> Status:
        if departure <= TODAY:
            return Status.CHECKED_OUT
        if arrival < TODAY:
            return Status.IN_HOUSE
        if arrival > TODAY or self.to_come < STILL_TO_COME:
            self.to_come += arrival == TODAY
            return Status.RESERVED
        return Status.IN_HOUSE

    def _lived_here(self, user: int, stay: int, room: int, nights: list[date], price: int, left: bool) -> None:
        folio, last = len(self.rows[Folio]) + 1, nights[-1] + DAY
        document = {
            "id": folio,
            "guest_id": stay,
            "kind": DocumentKind.PASSPORT,
            "number": f"X{stay:08d}",
            "country": "DE",
        }
        self.rows[GuestDocument].append(document)
        self.rows[Registration].append(
            {"stay_id": stay, "guest_id": stay, "document_id": folio, "at": NOW, "by_id": user, "signed": True}
        )
        opened = {"id": folio, "number": f"{folio:06d}", "stay_id": stay, "opened_on": nights[0]}
        self.rows[Folio].append(opened | {"closed_on": last if left else None})
        self.rows[KeyCard].append(
            {"stay_id": stay, "room_id": room, "issued_at": NOW, "valid_until": NOW, "void_at": None}
        )
        line = {"folio_id": folio, "stay_id": stay, "at": NOW, "by_id": user}
        charged = [night for night in nights if night < TODAY]
        for night in charged:
            posting = {"business_date": night, "kind": PostingKind.ROOM, "amount": price, "night": night}
            self.rows[Posting].append(line | posting | {"audit_kind": "room"})
        if left:
            paid = {"business_date": last, "kind": PostingKind.PAYMENT, "amount": -price * len(charged), "night": None}
            self.rows[Posting].append(line | paid | {"audit_kind": None})

    def _counters(self, rooms: Counter[int]) -> None:
        for (type_id, night), sold in self.sold.items():
            row = {"type_id": type_id, "night": night, "sold": sold, "rooms": rooms[type_id], "extra": 0}
            self.rows[TypeNight].append(row)
        numbers = {"confirmation": len(self.rows[Booking]), "folio": len(self.rows[Folio])}
        self.rows[Number] = [{"name": name, "last": last} for name, last in numbers.items()]


def _continue_numbers(models: tuple[Any, ...], numbers: list[dict[str, Any]]) -> None:
    """PostgreSQL counts on from the ids and numbers that were given by hand."""
    for number in numbers:
        connection().exec_driver_sql(f"SELECT setval('number_{number['name']}', {number['last']})")
    for model in models:
        table = model.__table__
        if "id" in table.c and table.c.id.autoincrement:
            wanted = (
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), coalesce(max(id), 1)) FROM {table.name}"
            )
            connection().exec_driver_sql(wanted)
