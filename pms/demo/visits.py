"""What the demo plans: visits, groups and who sends them. Plain values; pms.demo.play makes them happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pms.demo.people import Person
from pms.guests.models import AccountKind
from pms.property.models import ClosureKind
from pms.reservations.models import GroupStatus, Guarantee, Source

DAY = timedelta(days=1)


class Fate(StrEnum):
    """How a booking ends."""

    COMES = "comes"
    CANCELS = "cancels"  # on `fate_on`
    NO_SHOW = "no_show"


@dataclass(slots=True, kw_only=True)
class Visit:
    """One room for one party. Visits of one `booking` key are taken under one confirmation number.

    `extends`: the booking says a night less, the guest asks to stay on in the house. `again`: how many stays before.
    """

    who: Person
    kind: str  # code of the room type
    arrival: date
    departure: date
    booked_on: date
    plan: str = "BAR"
    adults: int = 1
    children: int = 0
    source: Source = Source.PHONE
    guarantee: Guarantee = Guarantee.PREAUTHORISATION
    company: str = ""
    agent: str = ""
    group: str = ""
    booking: str = ""
    party: str = ""
    eta: str = ""
    vip: int = 0
    needs: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    taboo: str = ""
    remarks: str = ""
    incognito: bool = False
    room: str = ""
    lock: str = ""
    upgrade: str = ""
    discount: int = 0
    extends: bool = False
    leaves_early: bool = False
    again: int = 0
    no_room: bool = False  # nothing is placed for them yet when the demo begins
    fate: Fate = Fate.COMES
    fate_on: date | None = None
    stay_id: int = 0

    @property
    def nights(self) -> list[date]:
        return [self.arrival + DAY * n for n in range((self.departure - self.arrival).days)]

    @property
    def booked_until(self) -> date:
        return self.departure - DAY if self.extends else self.departure


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A company with a contract or an agency."""

    code: str
    kind: AccountKind
    name_en: str
    name_zh: str = ""
    plan: str = ""
    tenant: bool = False
    discount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPlan:
    """A group or congress with its block; `first` counts days from today, `named` the rooms with a guest by now."""

    code: str
    name: str
    name_zh: str
    kind: Source
    plan: str
    first: int
    nights: int
    rooms: dict[str, int]
    account: str = ""
    eta: str = ""
    named: int = 0
    status: GroupStatus = GroupStatus.DEFINITE
    cut_off: int | None = None
    notes: str = ""


COMPANIES = (
    Company(code="BOREALIS", kind=AccountKind.COMPANY, name_en="Borealis Marine", plan="COR"),
    Company(code="XINHE", kind=AccountKind.COMPANY, name_en="Xinhe Textile", name_zh="鑫禾纺织", plan="COR"),
    Company(code="MERIDIAN", kind=AccountKind.COMPANY, name_en="Meridian Capital", plan="COR"),
    Company(code="TIANMU", kind=AccountKind.COMPANY, name_en="Tianmu Software", name_zh="天目软件", plan="COR"),
    Company(code="TRADE", kind=AccountKind.COMPANY, name_en="Provincial Trade Office", name_zh="省商务厅", plan="GOV"),
    Company(code="QIANJIANG", kind=AccountKind.AGENT, name_en="Qianjiang Travel", name_zh="钱江旅行社", plan="GRP"),
    Company(code="SUNRISE", kind=AccountKind.AGENT, name_en="Sunrise Tours", name_zh="朝阳旅行社", plan="GRP"),
    Company(code="NORDIC", kind=AccountKind.AGENT, name_en="Nordic Journeys", plan="GRP"),
    Company(
        code="LAKEVIEW",
        kind=AccountKind.COMPANY,
        name_en="Lakeview Law",
        name_zh="湖景律师所",
        tenant=True,
        discount=15,
    ),
    Company(code="MEDSOC", kind=AccountKind.COMPANY, name_en="Society of Surgeons", name_zh="外科学会", plan="CNF"),
    Company(code="WEBTRIP", kind=AccountKind.AGENT, name_en="WebTrip", name_zh="途悦网"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A room that is closed; days from today, `until` is the day it comes back."""

    room: str
    kind: ClosureKind
    first: int
    until: int
    reason: str

    @property
    def days(self) -> range:
        return range(self.first, self.until)


REPAIRS = (
    Repair(room="1205", kind=ClosureKind.OUT_OF_ORDER, first=-2, until=2, reason="Shower leaks 淋浴漏水"),
    Repair(room="1606", kind=ClosureKind.OUT_OF_SERVICE, first=-3, until=11, reason="Kept for the carpet 待换地毯"),
    Repair(room="1704", kind=ClosureKind.OUT_OF_ORDER, first=3, until=6, reason="Air conditioning 空调检修"),
    Repair(room="1010", kind=ClosureKind.OUT_OF_ORDER, first=8, until=12, reason="Wallpaper 更换墙纸"),
    Repair(room="1011", kind=ClosureKind.OUT_OF_ORDER, first=8, until=12, reason="Wallpaper 更换墙纸"),
)

GROUP, CONGRESS, WEDDING = Source.GROUP, Source.CONFERENCE, Source.WEDDING
GROUPS = (
    GroupPlan(code="LAKE-25", name="Lake Walkers", name_zh="环湖健走团", kind=GROUP, plan="GRP", first=-27, nights=2,
              rooms={"STT": 14}, account="QIANJIANG", named=14),
    GroupPlan(code="SILK", name="Silk Road Forum", name_zh="丝路论坛", kind=CONGRESS, plan="CNF", first=-19, nights=3,
              rooms={"STK": 10, "DLK": 8}, account="TRADE", named=18),
    GroupPlan(code="NJ-11", name="Nordic Journeys November", name_zh="北欧之旅", kind=GROUP, plan="GRP", first=-11,
              nights=3, rooms={"STT": 13}, account="NORDIC", named=13),
    GroupPlan(code="TEA", name="Tea Growers", name_zh="茶农协会", kind=CONGRESS, plan="CNF", first=-5, nights=2,
              rooms={"STK": 9, "DLT": 4}, account="TRADE", named=13),
    GroupPlan(code="SUN-20", name="Sunrise Tour", name_zh="朝阳团", kind=GROUP, plan="GRP", first=-1, nights=1,
              rooms={"STT": 12}, account="SUNRISE", eta="17:40", named=12),
    GroupPlan(code="WLT-21", name="West Lake Tour", name_zh="西湖之旅", kind=GROUP, plan="GRP", first=0, nights=1,
              rooms={"STT": 12}, account="QIANJIANG", eta="16:20", named=12,
              notes="Dinner 18:30 Lotus Hall, wake-up 06:30, luggage out 07:15 · 莲厅晚餐，6:30 叫醒，7:15 出行李"),
    GroupPlan(code="SURG", name="Surgery congress", name_zh="外科年会", kind=CONGRESS, plan="CNF", first=0, nights=4,
              rooms={"DLK": 7}, account="MEDSOC", eta="17:00", named=3, notes="Lobby desk from 17:00 · 大堂报到"),
    GroupPlan(code="LIN", name="Lin wedding", name_zh="林府婚宴", kind=WEDDING, plan="BAR", first=1, nights=1,
              rooms={"STT": 5, "SUI": 1}, named=3, notes="18:30 Jade Hall, 24 tables · 翡翠厅 24 桌"),
    GroupPlan(code="ALP", name="Alpine Club", name_zh="登山俱乐部", kind=GROUP, plan="GRP", first=2, nights=2,
              rooms={"STT": 9}, account="NORDIC", named=2),
    GroupPlan(code="TEX-26", name="Textile fair", name_zh="纺织品博览会", kind=CONGRESS, plan="CNF", first=5, nights=4,
              rooms={"STK": 9, "DLK": 10, "DLT": 4}, account="XINHE", named=4),
    GroupPlan(code="WLT-27", name="West Lake Tour", name_zh="西湖之旅", kind=GROUP, plan="GRP", first=6, nights=2,
              rooms={"STT": 12}, account="QIANJIANG"),
    GroupPlan(code="CARD", name="Cardiology days", name_zh="心脏病学会", kind=CONGRESS, plan="CNF", first=12, nights=4,
              rooms={"STK": 10, "DLK": 12, "DLT": 6}, account="MEDSOC"),
    GroupPlan(code="NJ-12", name="Nordic Journeys December", name_zh="北欧之旅", kind=GROUP, plan="GRP", first=13,
              nights=2, rooms={"STT": 13}, account="NORDIC"),
    GroupPlan(code="AUTO", name="Auto suppliers", name_zh="汽配年会", kind=CONGRESS, plan="CNF", first=19, nights=4,
              rooms={"STK": 11, "DLK": 8, "DLT": 3}, account="BOREALIS", status=GroupStatus.TENTATIVE),
    GroupPlan(code="SUN-41", name="Sunrise Tour", name_zh="朝阳团", kind=GROUP, plan="GRP", first=20, nights=2,
              rooms={"STT": 12}, account="SUNRISE"),
    GroupPlan(code="YEAR", name="Year-end meeting", name_zh="年终大会", kind=CONGRESS, plan="CNF", first=26, nights=3,
              rooms={"STK": 10, "DLK": 10, "STT": 8}, account="TIANMU", status=GroupStatus.TENTATIVE),
)  # fmt: skip
