"""A day at a small house for the journeys: who comes, who is here, who leaves, and what lies ready for them.

`day.stays["whitfield"]` is a stay of the table below, `day.fresh(stay)` the same as the database has it now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from pms.db import db, work
from pms.front_desk.actions import CheckIn, Deposit, DepositKind, Seen, check_in
from pms.guest_services.actions import Deposited, NewMessage, store_luggage, take_message
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.guests.rules import search_text
from pms.property.models import Housekeeping, RatePlan, Room
from pms.reservations.models import Group, Source, Stay
from pms.reservations.queries import load_stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House

# key | surname, given, Chinese name | nationality | type or room | nights | VIP | room state
ARRIVALS = """
whitfield | Whitfield | Eleanor |        | GB | 1301 | 3 | 2 | inspected
zhao      | Zhao      | Lei     | 赵磊   | CN | 1205 | 1 | 0 | clean
novak     | Novak     | Tomas   |        | CZ | STK  | 1 | 0 |
tanaka    | Tanaka    | Yoko    | 田中洋子 | JP | 1203 | 2 | 0 | dirty
"""
# key | surname, given | room | nights since | nights still to come
IN_HOUSE = """
delacroix | Delacroix | Marc  | 1201 | 2 | 0
peeters   | Peeters   | Ilse  | 1206 | 1 | 2
"""
TOUR = """
Guo Feng 郭峰|Ye Qing 叶青|Luo Dan 罗丹|Shen Yi 沈怡|He Ping 何平
Xie Na 谢娜|Tan Rui 谭瑞|Bai Yu 白宇|Lin Tao 林涛|Qiu Min 邱敏
"""


@dataclass
class Day:
    """The house of `tests.builders` on TODAY at NOON with its guests."""

    house: House
    stays: dict[str, Stay] = field(default_factory=dict)
    group: Group | None = None
    tour: list[Stay] = field(default_factory=list)

    def fresh(self, stay: Stay) -> Stay:
        """The stay as it stands in the database after what the browser did, with guest and room.

        The unit of work is over when it comes back: one left open would hold the server's up.
        """
        db.session.rollback()
        db.session.expire_all()
        with work():
            return load_stay(stay.id)


def build_day(house: House) -> Day:
    """Write the guests of the day. Call inside `work()`."""
    day = Day(house)
    _arrivals(day)
    _in_house(day)
    _tour(day)
    _at_the_counter(day)
    return day


def person(house: House, surname: str, given: str, name_zh: str = "", **values: object) -> Guest:
    """A guest who is found by all the ways a name can be typed."""
    return house.guest(surname, given, name_zh, search=search_text(surname, given, name_zh), **values)


def passport(guest: Guest, country: str, number: str = "") -> GuestDocument:
    """A passport on file, not seen on this visit."""
    paper = GuestDocument(
        guest_id=guest.id,
        kind=DocumentKind.PASSPORT,
        number=number or f"E{guest.id:08d}",
        country=country,
        expires_on=date(2031, 5, 1),
    )
    db.session.add(paper)
    db.session.flush()
    return paper


def _arrivals(day: Day) -> None:
    for line in ARRIVALS.strip().splitlines():
        key, surname, given, zh, country, place, nights, vip, state = (part.strip() for part in line.split("|"))
        guest = person(day.house, surname, given, zh, nationality=country, vip_level=int(vip))
        where = {"room": place} if place.isdigit() else {"kind": place}
        day.stays[key] = day.house.stay(guest=guest, nights=int(nights), vip_level=int(vip), eta="15:30", **where)
        if state:
            day.house.rooms[place].housekeeping = Housekeeping(state)
    whitfield = day.stays["whitfield"].guest
    passport(whitfield, "GB", "523918406")
    day.house.stay(arrival=-60, nights=3, guest=whitfield, kind="SUI", status=Status.CHECKED_OUT)
    db.session.flush()


def _in_house(day: Day) -> None:
    """Checked in by the action, so that folio, key and registration are there; their rooms are dirty by now."""
    for line in IN_HOUSE.strip().splitlines():
        key, surname, given, number, since, left = (part.strip() for part in line.split("|"))
        guest = person(day.house, surname, given, nationality="FR")
        stay = day.house.stay(arrival=0, nights=int(left) or 1, guest=guest, room=number)
        sheet = CheckIn(
            documents=(Seen(guest.id, passport(guest, "FR").id),),
            signed=True,
            deposit=Deposit(DepositKind.NONE, why_none="company pays"),
        )
        check_in(stay, sheet, by=day.house.user(), now=NOON - timedelta(days=int(since)))
        stay.arrival = stay.checked_in_on = TODAY - timedelta(days=int(since))
        if not int(left):
            stay.departure = TODAY
        day.house.rooms[number].housekeeping = Housekeeping.DIRTY
        day.stays[key] = stay
    db.session.flush()


def _tour(day: Day) -> None:
    """Ten twin rooms of a tour on the 14th floor, clean and placed."""
    house = day.house
    plan = db.session.get_one(RatePlan, house.plans["GRP"].id)
    day.group = Group(
        code="WLT-21", name="West Lake Tour", name_zh="西湖之旅", arrival=TODAY, departure=TODAY + timedelta(days=1),
        plan_id=plan.id, eta="16:20",
    )  # fmt: skip
    db.session.add(day.group)
    db.session.flush()
    booking = house.booking(source=Source.GROUP, group_id=day.group.id)
    for n, name in enumerate(TOUR.strip().replace("\n", "|").split("|"), 1):
        number = f"14{n:02d}"
        room = Room(number=number, floor=14, type=house.types["STT"], housekeeping=Housekeeping.CLEAN, lift_distance=n)
        house.rooms[number] = room
        db.session.add(room)
        db.session.flush()
        surname, given, name_zh = name.split()
        guest = person(house, surname, given, name_zh, nationality="CN")
        stay = house.stay(
            guest=guest, nights=1, room=number, booking=booking, plan="GRP", group_id=day.group.id, adults=2
        )
        day.tour.append(stay)


def _at_the_counter(day: Day) -> None:
    """A message for Ms Whitfield and the bags of Mr Delacroix."""
    concierge = day.house.user("concierge")
    concierge.name, concierge.name_zh = "Ma Liang", "马良"
    by = {"by": concierge, "now": NOON - timedelta(hours=1)}
    call = NewMessage("Mr Weber", "The meeting begins at three.", read_back=True)
    take_message(day.stays["whitfield"], call, **by)
    bags = Deposited(
        depositor="Delacroix, Marc", pieces=2, description="2 suitcases", shelf="C5", due_at=NOON + timedelta(hours=6),
        no_valuables=True, no_dangerous_goods=True,
    )  # fmt: skip
    store_luggage(bags, stay=day.stays["delacroix"], **by)
