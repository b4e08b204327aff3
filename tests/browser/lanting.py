"""The Lanting Hotel on Saturday 21 November 2026 at 15:42, as the pictures of the look show it."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime, timedelta

from pypdf import PdfWriter

from pms import clock, notices
from pms.access import Role
from pms.accounts import passwords
from pms.accounts.models import User
from pms.cashier.models import Folio, Posting, PostingKind
from pms.db import db, insert_one
from pms.guest_services.models import Luggage, Message
from pms.guests.models import Account, AccountKind, Guest
from pms.guests.rules import plain
from pms.night_audit.models import Paper
from pms.notices import Department
from pms.property.models import Closure, ClosureKind, Hotel, Housekeeping, RateKind, RatePlan, Room, RoomType
from pms.reservations.models import Booking, Group, Guarantee, RoomNight, Source, Stay, StayNight, TypeNight, Use
from pms.reservations.status import Status
from pms.say import say

DAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 7, 42, tzinfo=UTC)  # 15:42 in Hangzhou
PASSWORD = "late shift at the lake"

TYPES = {
    "SK": ("Std king", "标准大床"),
    "ST": ("Std twin", "标准双床"),
    "DK": ("Dlx king", "豪华大床"),
    "DT": ("Dlx twin", "豪华双床"),
    "SS": ("Std suite", "普通套"),
    "DS": ("Dlx suite", "豪华套"),
}
COMPANIES = {
    "BOR": ("Borealis Marine", ""),
    "XIN": ("Xinhe Textile", "鑫禾纺织"),
    "MER": ("Meridian Capital", ""),
    "GOV": ("Trade Office", "省商务厅"),
    "TIA": ("Tianmu Software", "天目软件"),
}
# time, surname, given, Chinese name, VIP level, stays before, company or group, type, nights, room, room state
ARRIVALS = """
12:30|Fischer|Anna||0|0|BOR|SK|2|1107|clean
13:00|Zhao|Lei|赵磊|0|2|XIN|DK|1||
13:45|Okafor|Chidi||0|0||ST|4|915|clean
15:30|Whitfield|Eleanor||2|4|MER|DS|3|2108|inspected
15:45|Chen|Siyu|陈思雨|0|0||DK|2|1806|dirty
16:00|Wang|Jianguo|王建国|1|11|GOV|DS|2|2102|inspected
16:00|Sun|Meilin|孙美琳|0|0||SS|2|2104|clean
16:00|Hu|Zhiqiang|胡志强|0|0||SK|2|2106|clean
16:20|Guo|Feng|郭峰|0|0|WLT-21|ST|1|901|cleaning
16:20|Ye|Qing|叶青|0|0|WLT-21|ST|1|902|cleaning
16:20|Luo|Dan|罗丹|0|0|WLT-21|ST|1|903|clean
16:20|Shen|Yi|沈怡|0|0|WLT-21|ST|1|904|clean
16:30|Lindqvist|Per||0|1||SK|1|1206|clean
16:45|Huang|Xiaoyan|黄晓燕|0|0||ST|3|1112|clean
17:00|Raghunathan|Priya||0|0|SURG|DK|4|1603|clean
17:00|Ortega|Luis||3|0|SURG|DK|4|1605|inspected
17:00|Kim|Seo-yeon||0|0|SURG|DK|4||
17:30|Liu|Zhe|刘喆|0|6|TIA|SK|5|1509|clean
18:00|O’Brien|Siobhán||0|0||DT|2|1711|dirty
18:00|Ma|Jun|马俊|0|0||ST|1||
18:30|Tanaka|Yoko|田中洋子|0|3||SK|2|1009|clean
19:00|Xu|Wen|徐雯|0|0|XIN|SK|1|1011|dirty
19:15|Novák|Tomáš||0|0||SK|1||
20:40|Gu|Xinyi|顾欣怡|0|0||DK|2|1702|clean
21:00|Baker|James||0|0|BOR|SK|3||
22:10|Zheng|Guoqiang|郑国强|3|8|TIA|SS|1|1901|inspected
"""
# room, surname, given, Chinese name, what is owed, late check-out
DUE_OUT = (
    ("1711", "Delacroix", "Marc", "", 0, True),
    ("1208", "Yang", "Fan", "杨帆", 0, False),
    ("905", "Peeters", "Ilse", "", 0, False),
    ("2003", "Deng", "Chao", "邓超", 124_000, False),
)


class Lanting:
    """Builds the house row by row; `user` is Li Na of the late shift."""

    def __init__(self) -> None:
        self.user = _users()
        _hotel()
        self.types = {
            code: RoomType(code=code, name_en=en, name_zh=zh, beds="king", capacity=2)
            for code, (en, zh) in TYPES.items()
        }
        self.plan = RatePlan(code="BAR", name_en="Best available", name_zh="门市价", kind=RateKind.RACK)
        self.groups = {
            "WLT-21": _group("WLT-21", "West Lake Tour", "西湖之旅", 1),
            "SURG": _group("SURG", "Surgery congress", "外科年会", 2),
        }
        self.companies = {
            code: Account(code=code, kind=AccountKind.COMPANY, name_en=en, name_zh=zh)
            for code, (en, zh) in COMPANIES.items()
        }
        self.rooms: dict[str, Room] = {}
        self.confirmation = 4600
        db.session.add_all([*self.types.values(), self.plan, *self.groups.values(), *self.companies.values()])
        db.session.flush()

    def room(self, number: str, code: str, state: str = "clean") -> Room:
        if number not in self.rooms:
            room = Room(
                number=number, floor=int(number[:-2]), type_id=self.types[code].id, housekeeping=Housekeeping(state)
            )
            if state == "cleaning":
                room.ready_at = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
            db.session.add(room)
            db.session.flush()
            self.rooms[number] = room
        return self.rooms[number]

    def guest(self, surname: str, given: str, name_zh: str = "", vip: int = 0) -> Guest:
        initials = surname[:1] + given[:1]
        search = plain(f"{surname} {given} {surname}{given} {initials} {name_zh}")
        guest = Guest(surname=surname, given=given, name_zh=name_zh, vip_level=vip, search=search)
        db.session.add(guest)
        db.session.flush()
        return guest

    def stay(
        self, guest: Guest, code: str, arrival: date, nights: int, room: Room | None, status: Status, **more: object
    ) -> Stay:
        """A stay with its nights; `about` names a company or a group."""
        about = str(more.pop("about", ""))
        group, company = self.groups.get(about), self.companies.get(about)
        self.confirmation += 1
        booking = Booking(
            confirmation=f"LT-26-{self.confirmation:05d}",
            booked_on=arrival,
            booked_at=NOW,
            taken_by=self.user.id,
            source=Source.PHONE,
            guarantee=Guarantee.DEPOSIT,
            group_id=group and group.id,
            company_id=company and company.id,
        )
        db.session.add(booking)
        db.session.flush()
        stay = Stay(
            booking_id=booking.id,
            guest_id=guest.id,
            group_id=group and group.id,
            status=status,
            use=Use.PAID,
            arrival=arrival,
            departure=arrival + timedelta(days=nights),
            type_id=self.types[code].id,
            plan_id=self.plan.id,
            room_id=room and room.id,
            vip_level=guest.vip_level,
            **more,
        )
        db.session.add(stay)
        db.session.flush()
        for n in range(nights):
            night = arrival + timedelta(days=n)
            db.session.add(StayNight(stay_id=stay.id, night=night, type_id=stay.type_id, price=78_000))
            if room and status in (Status.RESERVED, Status.IN_HOUSE):
                db.session.add(RoomNight(room_id=room.id, night=night, stay_id=stay.id))
        return stay

    def past(self, guest: Guest, count: int) -> None:
        """Stays this guest has behind them."""
        for n in range(count):
            arrival = DAY - timedelta(days=60 + 10 * n)
            self.stay(guest, "SK", arrival, 2, None, Status.CHECKED_OUT, checked_out_on=arrival + timedelta(days=2))


def build() -> Lanting:
    """The whole house. Call inside `work()`."""
    house = Lanting()
    _arrivals(house)
    _in_house(house)
    _due_out(house)
    _gone(house)
    _forecast(house)
    _services(house)
    _papers()
    db.session.flush()
    return house


def _users() -> User:
    na = User(
        login="lina",
        name="Li Na",
        name_zh="李娜",
        role=Role.FRONT_DESK_AGENT,
        department=Department.FRONT_DESK,
        password_hash=passwords.make_hash(PASSWORD),
        created_at=NOW,
    )
    ada = User(
        login="ada", name="Ada Admin", role=Role.ADMIN, password_hash=passwords.make_hash(PASSWORD), created_at=NOW
    )
    db.session.add_all([na, ada])
    db.session.flush()
    return na


def _hotel() -> None:
    db.session.add(
        Hotel(id=1, code="LT", name_en="Lanting Hotel", name_zh="澜庭大酒店", zone="Asia/Shanghai", currency="CNY")
    )
    clock.open_house(DAY, "Asia/Shanghai", at=NOW)


def _group(code: str, name: str, name_zh: str, colour: int) -> Group:
    return Group(code=code, name=name, name_zh=name_zh, colour=colour, arrival=DAY, departure=DAY + timedelta(days=4))


def _arrivals(house: Lanting) -> None:
    for line in ARRIVALS.strip().splitlines():
        eta, surname, given, zh, vip, before, about, code, nights, number, state = line.split("|")
        guest = house.guest(surname, given, zh, int(vip))
        room = house.room(number, code, state) if number else None
        house.stay(guest, code, DAY, int(nights), room, Status.RESERVED, eta=eta, about=about)
        house.past(guest, int(before))


def _in_house(house: Lanting) -> None:
    for n in range(48):
        room = house.room(f"{5 + n // 12}{n % 12 + 1:02d}", "SK", "dirty")
        since = DAY - timedelta(days=n % 3)
        name = house.guest(
            ("Müller", "Rossi", "Sato", "Novak", "Silva", "Park")[n % 6], ("Jonas", "Ida", "Aiko", "Leo")[n % 4]
        )
        house.stay(name, "SK", since, n % 3 + 2, room, Status.IN_HOUSE, checked_in_on=since, adults=1 + n % 2)


def _due_out(house: Lanting) -> None:
    for number, surname, given, zh, owed, late in DUE_OUT:
        guest, since = house.guest(surname, given, zh), DAY - timedelta(days=2)
        room = house.room(number, "SK", "dirty")
        stay = house.stay(guest, "SK", since, 2, room, Status.IN_HOUSE, checked_in_on=since, late_check_out=late)
        if owed:
            folio = Folio(number=f"F{stay.id}", stay_id=stay.id, opened_on=since)
            db.session.add(folio)
            db.session.flush()
            db.session.add(
                Posting(
                    folio_id=folio.id,
                    stay_id=stay.id,
                    business_date=since,
                    at=NOW,
                    by_id=house.user.id,
                    kind=PostingKind.LAUNDRY,
                    amount=owed,
                    text={},
                )
            )


def _gone(house: Lanting) -> None:
    for n in range(27):
        since = DAY - timedelta(days=1)
        guest = house.guest("Leaver", f"No{n}")
        house.stay(guest, "SK", since, 1, None, Status.CHECKED_OUT, checked_in_on=since, checked_out_on=DAY)


def _forecast(house: Lanting) -> None:
    """Thirty nights on the books, groups around the weekends, and a room out of order for the first nine."""
    total = len(house.rooms)
    closed = house.room("1606", "DK", "dirty")
    closure = Closure(
        room_id=closed.id,
        kind=ClosureKind.OUT_OF_ORDER,
        first=DAY,
        until=DAY + timedelta(days=9),
        reason="Carpet",
        created_at=NOW,
        created_by=house.user.id,
    )
    db.session.add(closure)
    db.session.flush()
    guest = house.guest("Later", "Guest")
    for n in range(30):
        night = DAY + timedelta(days=n)
        if n < 9:
            db.session.add(RoomNight(room_id=closed.id, night=night, closure_id=closure.id))
        here = db.session.query(StayNight).filter_by(night=night).count()
        single = max(total * (60 + n * 7 % 11) // 100 - here, 0)
        for _ in range(single):
            house.stay(guest, "SK", night, 1, None, Status.RESERVED) if n else None
        groups = max(0, 22 - abs(n % 7 - 1) * 9) * total // 100
        taken = here + (single if n else 0)
        db.session.add(TypeNight(type_id=house.types["SK"].id, night=night, sold=taken + groups, rooms=total))


def _papers() -> None:
    """What the night audit of three dates printed; the bytes are those of an empty page."""
    blank = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(blank)
    for n, title in enumerate(("Arrivals", "Departures", "In house", "Manager’s daily"), 1):
        for back in (1, 2, 3):
            insert_one(
                Paper,
                business_date=DAY - timedelta(days=back),
                code=f"N6-{n:02d}",
                lang="both",
                audience="restricted" if n == 4 else "",
                needs="see_papers",
                title=say(title).to_json(),
                pages=1,
                sha256=hashlib.sha256(blank.getvalue()).hexdigest(),
                content=blank.getvalue(),
                made_at=NOW - timedelta(hours=15, days=back - 1),
            )


def _services(house: Lanting) -> None:
    guest = db.session.query(Guest).first()
    for n in range(5):
        db.session.add(
            Message(
                number=f"M{n}",
                guest_id=guest.id,
                caller="Office",
                text="Please call back.",
                taken_at=NOW,
                taken_on=DAY,
                taken_by=house.user.id,
                off_rack_at=NOW + timedelta(hours=24),
            )
        )
    for n in range(63):
        due = NOW + timedelta(hours=-5 if n < 4 else n)
        db.session.add(
            Luggage(
                tag=f"{250 + n:04d}",
                code=f"LT{250 + n:04d}",
                depositor="Wang Jianguo",
                depositor_search="wang jianguo",
                pieces=n % 4 + 1,
                description="case",
                shelf=f"C{n % 8 + 1}",
                due_at=due,
                stored_at=NOW,
                stored_on=DAY,
                stored_by=house.user.id,
            )
        )
    for number in ("1801", "1802", "1804", "2110"):
        house.room(number, "DK", "inspected")
        text = say("Room {room} is inspected and ready for a VIP.", room=number)
        notices.tell([Department.FRONT_DESK], text, about=f"room:{number}", by=house.user, now=NOW)
