"""Stays of a believable evening, for papers that are drawn without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pms.front_desk.queries_papers import StayLine
from pms.reporting import House

DAY = date(2026, 11, 21)
HOUSE = House("Lanting Hotel", "澜庭大酒店", "CNY", ZoneInfo("Asia/Shanghai"), "湖滨路1号", "+86 571 1234")

PLAIN: dict[str, Any] = {
    "stay_id": 1,
    "room": "",
    "guest": "",
    "incognito": False,
    "vip": 0,
    "nationality": "CN",
    "company": "",
    "company_zh": "",
    "group_code": "",
    "group": "",
    "group_zh": "",
    "arrival": DAY,
    "departure": DAY + timedelta(days=1),
    "adults": 1,
    "children": 0,
    "type": "SK",
    "assigned_type": "SK",
    "rate_code": "BAR",
    "rate": 78000,
    "use": "paid",
    "guarantee": "company",
    "eta": "",
    "needs": "",
    "wishes": "",
    "amenities": "",
    "remarks": "",
    "host": "",
    "inspected_by": "",
    "inspected_at": None,
    "do_not_move": False,
    "state": "due_in",
    "left_at": None,
    "confirmation": "04000",
    "payment": "",
    "balance": 0,
}


def stay(**known: Any) -> StayLine:
    """A stay line with what a test says of it; `nights` sets the departure, `type` also the one assigned."""
    values = {**PLAIN, **known}
    values["departure"] = values["arrival"] + timedelta(days=values.pop("nights", 1))
    values["assigned_type"] = known.get("assigned_type", values["type"])
    return StayLine(**values)


def arrivals() -> list[StayLine]:
    """The guests of the picture paper-arrivals-a4."""
    cor, gov = {"rate_code": "COR"}, {"rate_code": "GOV"}
    return [
        stay(
            room="2102",
            guest="Wang Jianguo 王建国",
            vip=1,
            company="Provincial Trade Office",
            company_zh="省商务厅",
            nights=2,
            type="DS",
            rate=148000,
            eta="16:00",
            remarks="Inspected 14:05, welcome 迎接",
            do_not_move=True,
            confirmation="LT-26-04690",
            **gov,
        ),
        stay(
            room="2108",
            guest="Whitfield, Eleanor",
            vip=2,
            company="Meridian Capital",
            nights=3,
            adults=2,
            type="DS",
            rate=168000,
            eta="15:30",
            wishes="lake_view",
            remarks="two firm pillows 硬枕",
            do_not_move=True,
            confirmation="LT-26-04718",
            **cor,
        ),
        stay(
            room="1901",
            guest="Zheng Guoqiang 郑国强",
            vip=3,
            company="Tianmu Software",
            company_zh="天目软件",
            type="SS",
            rate=118000,
            eta="22:10",
            remarks="Late arrival, fruit 水果",
            confirmation="LT-26-04702",
            **cor,
        ),
        stay(
            room="2106",
            guest="Hu Zhiqiang 胡志强",
            nights=2,
            type="SK",
            assigned_type="DK",
            rate=68000,
            eta="16:00",
            company="with Wang Jianguo",
            company_zh="随行",
            do_not_move=True,
            confirmation="LT-26-04690",
            **gov,
        ),
        stay(
            room="1107",
            guest="Fischer, Anna",
            company="Borealis Marine",
            nights=2,
            eta="12:30",
            state="overdue",
            confirmation="LT-26-04711",
            **cor,
        ),
        stay(
            guest="Zhao Lei 赵磊",
            company="Xinhe Textile",
            company_zh="鑫禾纺织",
            type="DK",
            rate=86000,
            guarantee="none",
            eta="13:00",
            state="overdue",
            confirmation="LT-26-04733",
            **cor,
        ),
        stay(
            room="915",
            guest="Okafor, Chidi",
            nights=4,
            adults=2,
            children=1,
            type="ST",
            rate=92000,
            eta="13:45",
            remarks="Baby cot 婴儿床",
            state="in_house",
            confirmation="LT-26-04698",
        ),
        stay(
            room="1509",
            guest="Liu Zhe 刘喆",
            company="Tianmu Software",
            company_zh="天目软件",
            nights=5,
            eta="17:30",
            wishes="room:1509",
            confirmation="LT-26-04701",
            **cor,
        ),
        stay(
            room="1711",
            guest="O'Brien, Siobhán",
            nights=2,
            adults=2,
            type="DT",
            rate=102000,
            eta="18:00",
            confirmation="LT-26-04729",
        ),
        stay(guest="Novák, Tomáš", guarantee="none", eta="19:15", confirmation="LT-26-04746"),
        stay(guest="Erdoğan, Şule", eta="20:15", confirmation="LT-26-04747"),
        stay(
            room="1602",
            guest="Kim Seo-yeon 김서연",
            group_code="SURG",
            group="Congress",
            group_zh="外科年会",
            nights=4,
            type="DK",
            rate=88000,
            rate_code="CNF",
            eta="17:00",
            confirmation="LT-26-04657",
        ),
        stay(
            room="1603",
            guest="Raghunathan, Priya",
            group_code="SURG",
            group="Congress",
            group_zh="外科年会",
            nights=4,
            type="DK",
            rate=88000,
            rate_code="CNF",
            eta="17:00",
            incognito=True,
            confirmation="LT-26-04656",
        ),
    ]


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of the evening by the hotel's clock."""
    return datetime(2026, 11, 21, hour, minute, tzinfo=HOUSE.zone).astimezone(UTC)


def in_house() -> list[StayLine]:
    return [row._replace(room=row.room or "808", state="in_house", balance=12350) for row in arrivals()]


def departures() -> list[StayLine]:
    gone = [row._replace(state="checked_out", left_at=at(11, 40), payment="card") for row in in_house()[3:]]
    return [*in_house()[:2], *gone]
