"""Luggage on the shelves, messages on the rack, safe-deposit boxes with guests, visitors."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle

from pms.access import Role
from pms.db import db, work
from pms.demo import queries
from pms.demo.play import Play
from pms.demo.visits import Visit
from pms.guest_services import actions as services
from pms.guest_services import boxes, boxes_of_the_house, visitors
from pms.guest_services.boxes import Card
from pms.guest_services.models_boxes import BoxSize
from pms.guest_services.models_visitors import VisitAnswer
from pms.guest_services.queries_boxes import free_boxes
from pms.guest_services.visitors import NewVisitor
from pms.reservations.models import Stay

HELD, OVERDUE = 38, 4  # tags on the shelves, and how many should have been collected
DESCRIPTIONS = (
    "Black suitcase 黑色拉杆箱",
    "Silver case, blue ribbon 银色箱，蓝丝带",
    "Two cardboard boxes 纸箱两件",
    "Rucksack, red 红色背包",
    "Golf bag 高尔夫球包",
    "Folded pram 折叠婴儿车",
    "Suit bag 西装袋",
    "Brown leather bag 棕色皮包",
)
MESSAGES = (
    ("Müller", "Karin Vogt", "+49 40 5550 1234", "call_back", "Contract is signed, please call back before 18:00."),
    ("Nakamura", "大野", "+81 3 5550 7788", "will_call", "Meeting tomorrow moved to 10:30, lobby."),
    ("Evans", "Front office, Dr. Shen", "+86 571 5550 6600", "", "The pick-up is at 08:15 at the east door."),
    ("Lin", "婚庆公司 小周", "+86 138 0571 2233", "call_back", "花艺已送到翡翠厅，请确认桌花颜色。"),
    ("Kaya", "Emre Kaya", "+90 532 555 0147", "visited", "Was at the desk at 11:40, comes again at 19:00."),
    ("Dong", "前台", "", "", "儿童床已备好，随时可送到房间。"),
)
DELIVERED = 1  # of them
BOXES = (("1-20", BoxSize.SMALL), ("21-26", BoxSize.LARGE))
VISITORS = (("周小平", VisitAnswer.COMES_UP), ("何静", VisitAnswer.COMES_UP), ("Karin Vogt", VisitAnswer.LOBBY))
WITH_GUESTS = 5  # boxes, each opened again so many times by its guest


def fill_the_shelves(play: Play, now: datetime) -> None:
    """What is held and what is on the rack at `now`."""
    with work():
        _luggage(play, now)
    with work():
        _messages(play, now)
    with work():
        _boxes(play, now)
        _visitors(play, now)


def _luggage(play: Play, now: datetime) -> None:
    """Of guests who left and come back for it, of some in house, and of those whose room is not ready yet."""
    by, owners = play.by(Role.CONCIERGE), cycle(queries.left_lately(HELD // 2) + queries.in_house_now(HELD))
    for number, description, stay in zip(range(HELD), cycle(DESCRIPTIONS), owners, strict=False):
        overdue = number < OVERDUE
        stored = now - (timedelta(hours=30 + number) if overdue else timedelta(minutes=20 + number * 9))
        due = now - timedelta(hours=2 + number) if overdue else now + timedelta(hours=1 + number % 30)
        deposited = services.Deposited(
            depositor=stay.guest.name,
            pieces=1 + number % 3,
            description=description,
            shelf=f"{'ABCD'[number % 4]}{1 + number // 4}",
            due_at=due,
            no_valuables=True,
            no_dangerous_goods=True,
            contact=stay.guest.telephone,
        )
        services.store_luggage(deposited, stay=stay, by=by, now=stored)


def _messages(play: Play, now: datetime) -> None:
    by = play.by(Role.DEPARTMENT_STAFF)
    for number, (surname, caller, contact, wants, text) in enumerate(MESSAGES):
        visit = _named(play.in_house, surname)
        if visit is None:
            continue
        message = services.NewMessage(caller, text, caller_contact=contact, wants=wants, read_back=True)
        stay, taken = db.session.get_one(Stay, visit.stay_id), now - timedelta(minutes=25 + 40 * number)
        slip = services.take_message(stay, message, by=by, now=taken)
        if number < DELIVERED:
            services.deliver_message(slip, by=play.by(Role.CONCIERGE), now=taken + timedelta(minutes=10))


def _boxes(play: Play, now: datetime) -> None:
    """The boxes of the house, some with guests; the first of these are due out today."""
    for numbers, size in BOXES:
        boxes_of_the_house.add_boxes(numbers, size, by=play.by(Role.MANAGER), now=now - timedelta(days=30))
    clerk, free = play.by(Role.CASHIER), free_boxes()
    for number, stay in enumerate(queries.in_house_now(WITH_GUESTS)):
        given = now - timedelta(hours=20 - number)
        name = stay.guest.name_zh or stay.guest.name
        use = boxes.give_box(free[3 * number], stay, Card(name, key_deposit=20_000), by=clerk, now=given)
        for time in range(number % 3):
            boxes.open_box(use, name, by=clerk, now=given + timedelta(hours=3 + time))


def _visitors(play: Play, now: datetime) -> None:
    """Two with guests, one who waits in the lobby, one who asked for nobody we know."""
    who = {"by": play.by(Role.CONCIERGE)}
    stays = [stay for stay in queries.in_house_now(12) if not stay.guest.incognito][:3]
    for number, (stay, (name, answer)) in enumerate(zip(stays, VISITORS, strict=False)):
        came, room = now - timedelta(minutes=100 - 30 * number), stay.room.number if stay.room else ""
        asked = stay.guest.name_zh or stay.guest.surname
        visitor = visitors.receive(NewVisitor(name, asked, room, document="resident_id"), now=came, **who)
        if visitor.answer is VisitAnswer.ASKING:
            visitors.answered(visitor, answer, now=came + timedelta(minutes=2), **who)
    visitors.receive(NewVisitor("Peter Nowak", "Halloran"), now=now - timedelta(minutes=15), **who)


def _named(visits: list[Visit], surname: str) -> Visit | None:
    return next((visit for visit in visits if visit.who.surname == surname and visit.room), None)
