"""Small builders, so that a test says only what matters: `house.stay(room="1204", nights=2)`.

They write rows directly: a test of an action builds what was there before, and lets the action do the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pms import clock
from pms.access import Role
from pms.accounts.models import User
from pms.db import db
from pms.guests.models import Account, AccountKind, Guest
from pms.notices import Department
from pms.property.models import (
    DepartmentEntry,
    DiscountLimit,
    Hotel,
    Housekeeping,
    RateKind,
    RatePlan,
    RatePrice,
    Room,
    RoomType,
    Season,
    SeasonKind,
)
from pms.reservations import inventory, occupancy
from pms.reservations.models import NUMBERED, Booking, Counter, Guarantee, Source, Stay, StayNight
from pms.reservations.status import Status

TODAY = date(2026, 11, 21)  # a Saturday in the normal season
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
PRICES = {"STK": 68_000, "STT": 72_000, "DLK": 98_000, "SUI": 168_000}
DEPARTMENT_OF = {
    Role.RESERVATION_CLERK: Department.RESERVATIONS,
    Role.RESERVATION_SUPERVISOR: Department.RESERVATIONS,
    Role.CONCIERGE: Department.CONCIERGE,
    Role.HOUSEKEEPING: Department.HOUSEKEEPING,
    Role.CASHIER: Department.CASHIER,
    Role.ASSISTANT_MANAGER: Department.ASSISTANT_MANAGER,
    Role.DEPARTMENT_STAFF: Department.RESTAURANTS,
}


@dataclass
class House:
    """A hotel of eight rooms: 1201-1204 STK/STT, 1205-1206 DLK, 1301-1302 SUI. Prices in fen; business date TODAY."""

    types: dict[str, RoomType] = field(default_factory=dict)
    rooms: dict[str, Room] = field(default_factory=dict)
    plans: dict[str, RatePlan] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    made: int = 0

    def user(self, role: str = "front_desk_agent", **values: Any) -> User:
        """The one user of a role (a new one when values are given)."""
        if role in self.users and not values:
            return self.users[role]
        kind = Role(role)
        row = {
            "login": f"{role}{len(self.users) or ''}",
            "name": role.replace("_", " ").title(),
            "role": kind,
            "department": DEPARTMENT_OF.get(kind, Department.FRONT_DESK),
            "created_at": NOON,
        }
        user = User(**(row | values))
        db.session.add(user)
        db.session.flush()
        return self.users.setdefault(role, user)

    def guest(self, surname: str = "Fischer", given: str = "Anna", name_zh: str = "", **values: Any) -> Guest:
        search = values.pop("search", f"{surname} {given} {name_zh}".lower())
        guest = Guest(surname=surname, given=given, name_zh=name_zh, search=search, **values)
        db.session.add(guest)
        db.session.flush()
        return guest

    def account(self, code: str = "XINHE", kind: AccountKind = AccountKind.COMPANY, **values: Any) -> Account:
        account = Account(code=code, kind=kind, **({"name_en": "Xinhe Textile", "credit": True} | values))
        db.session.add(account)
        db.session.flush()
        return account

    def booking(self, **values: Any) -> Booking:
        self.made += 1
        row = {
            "confirmation": f"T-{self.made:05d}",
            "booked_on": TODAY,
            "booked_at": NOON,
            "taken_by": self.user("reservation_clerk").id,
            "source": Source.PHONE,
            "guarantee": Guarantee.NONE,
        }
        booking = Booking(**(row | values))
        db.session.add(booking)
        db.session.flush()
        return booking

    def stay(
        self,
        arrival: int = 0,
        nights: int = 2,
        kind: str = "STK",
        room: str | None = None,
        status: Status = Status.RESERVED,
        guest: Guest | None = None,
        booking: Booking | None = None,
        plan: str = "BAR",
        price: int | None = None,
        **values: Any,
    ) -> Stay:
        """A stay `arrival` days from TODAY for `nights`; placed in `room`, in house or past when `status` says so.

        Without a folio, registration or key: those come from the actions of the desk.
        """
        first = TODAY + timedelta(days=arrival)
        if room:
            kind = self.rooms[room].type.code
        type_id = self.types[kind].id
        stay = Stay(
            booking=booking or self.booking(),
            guest=guest or self.guest(),
            type_id=type_id,
            plan_id=self.plans[plan].id,
            arrival=first,
            departure=first + timedelta(days=nights),
            status=status,
            **values,
        )
        if status in (Status.IN_HOUSE, Status.CHECKED_OUT):
            stay.checked_in_on = stay.checked_in_on or first
            stay.checked_in_at = stay.checked_in_at or NOON + timedelta(days=arrival)
        if status is Status.CHECKED_OUT:
            stay.checked_out_on = stay.checked_out_on or stay.departure
        db.session.add(stay)
        db.session.flush()
        stretch = inventory.nights_between(stay.arrival, stay.departure)
        fixed = PRICES[kind] if price is None else price
        db.session.add_all(StayNight(stay_id=stay.id, night=n, type_id=type_id, price=fixed) for n in stretch)
        if status in (Status.RESERVED, Status.IN_HOUSE, Status.CHECKED_OUT):
            inventory.take(type_id, stretch, force=True)
        if room and status is not Status.CANCELLED:
            occupancy.place(stay, self.rooms[room])
        db.session.flush()
        return stay


def build_house() -> House:
    """The house, set up on TODAY, ready for work."""
    house = House()
    db.session.add(
        Hotel(
            id=1,
            code="LT",
            name_en="Lanting Hotel",
            name_zh="澜庭大酒店",
            zone="Asia/Shanghai",
            currency="CNY",
            breakfast_price=8_800,
        )
    )
    clock.open_house(TODAY, "Asia/Shanghai", at=NOON)
    db.session.add_all(
        [
            Season(kind=SeasonKind.PEAK, first="04-15", last="06-15", check_out_hour=12),
            Season(kind=SeasonKind.LOW, first="12-20", last="02-28", check_out_hour=14),
        ]
    )
    ladder = [("STK", "king", 0), ("STT", "twin", 0), ("DLK", "king", 1), ("SUI", "king", 2)]
    zh = {"STK": "标准大床", "STT": "标准双床", "DLK": "豪华大床", "SUI": "普通套"}
    for code, beds, rank in ladder:
        house.types[code] = RoomType(
            code=code, name_en=f"Type {code}", name_zh=zh[code], beds=beds, capacity=2 + rank, rank=rank
        )
    db.session.add_all(house.types.values())
    db.session.flush()
    numbers = {"1201": "STK", "1202": "STK", "1203": "STT", "1204": "STK", "1205": "DLK", "1206": "DLK"}
    numbers |= {"1301": "SUI", "1302": "SUI"}
    for number, code in numbers.items():
        house.rooms[number] = Room(
            number=number,
            floor=int(number[:2]),
            type=house.types[code],
            housekeeping=Housekeeping.CLEAN,
            lift_distance=int(number[2:]),
        )
    kinds = [
        ("BAR", RateKind.RACK, 0),
        ("COR", RateKind.CORPORATE, 0),
        ("GRP", RateKind.GROUP, 0),
        ("PKG", RateKind.PACKAGE, 1),
    ]
    for code, kind, breakfasts in kinds:
        house.plans[code] = RatePlan(code=code, name_en=code, name_zh=code, kind=kind, breakfasts=breakfasts)
    db.session.add_all([*house.rooms.values(), *house.plans.values()])
    db.session.flush()
    for plan in house.plans.values():
        for code, kind_of_room in house.types.items():
            for season in SeasonKind:
                price = PRICES[code] if plan.code == "BAR" else PRICES[code] * 9 // 10
                row = {"plan_id": plan.id, "type_id": kind_of_room.id, "season": season, "weekday": -1, "price": price}
                db.session.add(RatePrice(**row))
    for role, peak in ((Role.RESERVATION_SUPERVISOR, 20), (Role.FRONT_DESK_AGENT, 5), (Role.ASSISTANT_MANAGER, 40)):
        for season in SeasonKind:
            extra = 0 if season is SeasonKind.PEAK else 10
            db.session.add(DiscountLimit(role=role, season=season, percent=peak + extra))
    db.session.add_all(DepartmentEntry(code=department) for department in Department)
    db.session.add_all(Counter(name=name, last=0) for name in NUMBERED)
    db.session.flush()
    return house
