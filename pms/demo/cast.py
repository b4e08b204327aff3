"""The people everybody sees first: today's arrivals of the mock-ups, who is in the house, who should have left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from pms.demo.people import People, Person
from pms.demo.visits import DAY, Visit
from pms.reservations.models import Guarantee, Source

NONE, COMPANY, ORDER = Guarantee.NONE, Guarantee.COMPANY, Guarantee.ORDER
BOOKED_AHEAD = 9  # days; the rooms they are promised are theirs from then on


class Casting:
    def __init__(self, people: People, today: date) -> None:
        self.people, self.today = people, today

    def visits(self) -> list[Visit]:
        """Everybody of the cast with the visits they made before."""
        own = [*self._arrivals(), *self._congress(), *self._in_house(), *self._tomorrow()]
        return [visit for one in own for visit in (*self._earlier(one), one)]

    def _chinese(self, surname: str, given: str, zh: str, sex: str = "M", age: int = 0) -> Person:
        return self.people.chinese(surname, given, zh, sex, age)

    def _foreign(self, surname: str, given: str, nation: str, sex: str = "M", zh: str = "") -> Person:
        return self.people.foreigner(surname, given, nation, zh, sex)

    def _comes(self, who: Person, kind: str, nights: int, eta: str = "", first: int = 0, **more: Any) -> Visit:
        arrival = self.today + DAY * first
        more.setdefault("source", Source.COMPANY if more.get("company") else Source.WEB)
        if more.get("company"):
            more.setdefault("plan", "COR")
            more.setdefault("guarantee", COMPANY)
        booked = arrival - timedelta(days=BOOKED_AHEAD)
        return Visit(
            who=who, kind=kind, arrival=arrival, departure=arrival + DAY * nights, booked_on=booked, eta=eta, **more
        )

    def _arrivals(self) -> Iterator[Visit]:
        """Today's individuals, in the order of the desk's list."""
        zh, abroad, comes = self._chinese, self._foreign, self._comes
        party: dict[str, Any] = {"company": "TRADE", "plan": "GOV", "booking": "wang", "party": "entourage"}
        yield comes(abroad("Fischer", "Anna", "DE", "F"), "STK", 2, "12:30", company="BOREALIS", room="1107")
        yield comes(
            zh("Zhao", "Lei", "赵磊"), "DLK", 1, "13:00", company="XINHE", guarantee=NONE, again=2, no_room=True
        )
        yield comes(
            abroad("Okafor", "Chidi", "NG"),
            "STT",
            4,
            "13:45",
            adults=2,
            children=1,
            room="1109",
            remarks="Baby cot 婴儿床",
        )
        yield comes(
            abroad("Whitfield", "Eleanor", "GB", "F"),
            "DSU",
            3,
            "15:30",
            company="MERIDIAN",
            adults=2,
            vip=2,
            again=4,
            room="2108",
            wishes=("lake_view", "far_from_lift", "room:2108"),
            lock="Her room each time",
            remarks="Two firm pillows 硬枕",
        )
        yield comes(zh("Chen", "Siyu", "陈思雨", "F"), "DLK", 2, "15:45", adults=2, room="1806")
        yield comes(
            zh("Wang", "Jianguo", "王建国", age=58),
            "DSU",
            2,
            "16:00",
            vip=1,
            again=11,
            room="2102",
            lock="State guest",
            remarks="Welcome at the door 迎接",
            **party,
        )
        yield comes(zh("Sun", "Meilin", "孙美琳", "F"), "SUI", 2, "16:00", room="2104", lock="Wang’s party", **party)
        yield comes(
            zh("Hu", "Zhiqiang", "胡志强"), "STK", 2, "16:00", room="2106", upgrade="DLK", lock="Wang’s party", **party
        )
        yield comes(abroad("Lindqvist", "Per", "SE"), "STK", 1, "16:30", again=1, room="1206")
        family: dict[str, Any] = {"booking": "huang", "party": "family", "plan": "PKG", "adults": 2}
        family["lock"] = "Connecting 连通房"
        yield comes(zh("Huang", "Xiaoyan", "黄晓燕", "F"), "STT", 3, "16:45", room="1112", children=1, **family)
        yield comes(zh("Qian", "Yuming", "钱宇明"), "STT", 3, "16:45", room="1114", **family)
        yield comes(
            zh("Liu", "Zhe", "刘喆"),
            "DLK",
            5,
            "17:30",
            company="TIANMU",
            again=6,
            room="1509",
            wishes=("quiet", "room:1509"),
            remarks="Same room again 老房",
        )
        yield comes(
            abroad("O’Brien", "Siobhán", "IE", "F"),
            "DLT",
            2,
            "18:00",
            adults=2,
            room="1711",
            remarks="Before 17:00 if possible",
        )
        yield comes(
            zh("Ma", "Jun", "马俊"), "STT", 1, "18:00", adults=3, guarantee=NONE, no_room=True, remarks="Extra bed 加床"
        )
        yield comes(
            abroad("Tanaka", "Yoko", "JP", "F", "田中洋子"),
            "STK",
            2,
            "18:30",
            again=3,
            room="1009",
            taboo="4,13",
            remarks="No room 4, 13 忌",
        )
        yield comes(zh("Xu", "Wen", "徐雯", "F"), "STK", 1, "19:00", company="XINHE", room="1011")
        yield comes(abroad("Novák", "Tomáš", "CZ"), "STK", 1, "19:15", guarantee=NONE, no_room=True)
        yield comes(
            zh("Gu", "Xinyi", "顾欣怡", "F"),
            "DLK",
            2,
            "20:40",
            adults=2,
            room="1702",
            plan="PKG",
            remarks="Birthday cake 生日蛋糕",
        )
        yield comes(
            abroad("Baker", "James", "US"),
            "STK",
            3,
            "21:00",
            company="BOREALIS",
            wishes=("high",),
            no_room=True,
            remarks="High floor 高楼层",
        )
        yield comes(
            zh("Zheng", "Guoqiang", "郑国强", age=61),
            "SUI",
            1,
            "22:10",
            company="TIANMU",
            vip=3,
            again=8,
            room="1901",
            remarks="Late arrival, fruit 水果",
        )
        yield comes(
            zh("He", "Xiuying", "何秀英", "F", 78),
            "STK",
            3,
            "11:20",
            adults=2,
            wishes=("low", "quiet"),
            room="803",
            remarks="78 years old, low and quiet 年长，低楼层，安静",
        )
        yield comes(zh("Zhou", "Minghui", "周明辉"), "STK", 2, "11:45", needs=("accessible",), adults=2, room="801",
                    remarks="Wheelchair; AM escorts 轮椅，大堂副理陪同")  # fmt: skip

    def _congress(self) -> Iterator[Visit]:
        """The surgeons; the rest of the block comes without names."""
        shared: dict[str, Any] = {"group": "SURG", "plan": "CNF", "source": Source.CONFERENCE}
        shared |= {"guarantee": ORDER, "eta": "17:00", "booking": "SURG"}
        yield self._comes(self._foreign("Raghunathan", "Priya", "IN", "F"), "DLK", 4, room="1603", **shared)
        yield self._comes(
            self._foreign("Ortega", "Luis", "ES"), "DLK", 4, room="1605", vip=3, wishes=("quiet",),
            lock="Speaker, quiet room", remarks="Speaker 主讲", **shared,
        )  # fmt: skip
        yield self._comes(self._foreign("Kim", "Seo-yeon", "KR", "F", "金瑞妍"), "DLK", 4, no_room=True, **shared)

    def _in_house(self) -> Iterator[Visit]:
        """Some who are in the house today, and four who should have left."""
        zh, abroad, comes = self._chinese, self._foreign, self._comes
        dong: dict[str, Any] = {"booking": "dong", "party": "family", "plan": "PKG", "adults": 2}
        yield comes(abroad("Müller", "Jonas", "DE"), "STK", 5, first=-3, company="BOREALIS", room="1207")
        yield comes(zh("Dong", "Xue", "董雪", "F"), "STT", 4, first=-2, room="1209", children=1, **dong)
        yield comes(zh("Dong", "Jianhua", "董建华", age=71), "STT", 4, first=-2, room="1210", **dong)
        yield comes(abroad("Nakamura", "Ryo", "JP", "M", "中村亮"), "DLK", 5, first=-3, room="1501")
        yield comes(abroad("Kaya", "Deniz", "TR"), "DLK", 5, first=-2, room="1502", company="MERIDIAN")
        yield comes(abroad("Evans", "Mary", "GB", "F"), "DLK", 6, first=-4, room="1503", lock="Was promised 1503")
        yield comes(abroad("Ahmed", "Sara", "AE", "F"), "DLK", 6, first=-4, room="1504", incognito=True)
        yield comes(zh("Yuan", "Bo", "袁博"), "DLK", 2, first=-1, room="1505", again=2)
        yield comes(abroad("Berger", "Tim", "DE"), "DLT", 3, first=-2, room="1510", adults=2)
        yield comes(
            zh("Lin", "Qiao", "林乔", "F"), "SUI", 3, first=-2, room="1607", vip=2, adults=2, remarks="Newly-weds 新婚"
        )
        yield comes(
            abroad("Delacroix", "Marc", "FR"),
            "DLT",
            3,
            first=-3,
            room="1711",
            adults=2,
            remarks="Leaves at 16:00 延至 16:00 离店",
        )
        yield comes(zh("Yang", "Fan", "杨帆"), "STK", 2, first=-2, room="1208", remarks="May stay one night more")
        yield comes(abroad("Peeters", "Ilse", "NL", "F"), "STK", 2, first=-2, room="1105")
        yield comes(zh("Deng", "Chao", "邓超"), "DLK", 1, first=-1, room="2003", company="XINHE", plan="BAR",
                    guarantee=NONE)  # fmt: skip

    def _tomorrow(self) -> Iterator[Visit]:
        """A family and a bridal pair who arrive after today, for the lists of the next days."""
        family: dict[str, Any] = {"booking": "lu", "party": "family", "adults": 2, "first": 1}
        yield self._comes(self._chinese("Lu", "Wanqing", "陆婉清", "F"), "STT", 4, "15:00", children=1, **family)
        yield self._comes(self._chinese("Lu", "Haoran", "陆浩然"), "STT", 4, "15:00", children=1, **family)
        yield self._comes(self._chinese("Li", "Weidong", "李卫东"), "STK", 1, "16:10", first=1, taboo="4")

    def _earlier(self, visit: Visit) -> Iterator[Visit]:
        """The stays before: a night every few days, the last one four days ago, in the type of today."""
        apart = 3 if visit.again < 8 else 2
        for count in range(visit.again):
            arrival = visit.arrival - DAY * (4 + apart * count)
            yield Visit(
                who=visit.who,
                kind=visit.kind,
                arrival=arrival,
                departure=arrival + DAY,
                booked_on=arrival - DAY * 5,
                plan=visit.plan,
                source=visit.source,
                guarantee=visit.guarantee,
                company=visit.company,
                vip=visit.vip,
                wishes=visit.wishes,
            )
