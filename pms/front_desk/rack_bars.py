"""The bars of the rack as HTML. Written here and not in a template: a month of 500 rooms is six thousand bars, and each
is as short as it can be. Class names: static/css/rack.css; a6 begins in column 6, z14 ends before column 14.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from markupsafe import Markup, escape

from pms.front_desk.queries_rack import Held, OutOfService
from pms.front_desk.rack import Window, span
from pms.reservations.models import Guarantee
from pms.reservations.rules import is_late
from pms.reservations.status import Status

DAY = timedelta(days=1)
ICONS = {"g": "check", "x": "clock-exclamation", "c": "tool", "s": "tool", "o": "logout"}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and when: `time` is HH:MM of the hotel's clock, `hold_hour` as in R7."""

    lang: str
    today: date
    time: str
    hold_hour: int
    sees_incognito: bool
    undisclosed: str


class Bars:
    """The bars of a window, drawn for one reader, by room."""

    def __init__(self, window: Window, reader: Reader) -> None:
        self.window, self.reader = window, reader
        sprite = url_for("static", filename="vendor/icons.svg")
        self._icon: Callable[[str], str] = lambda name: f'<svg class=icon><use href="{sprite}#{name}"/></svg>'
        self._icons = {state: self._icon(name) for state, name in ICONS.items()}
        self._lock, self._star = self._icon("lock"), self._icon("star-filled").replace("icon>", '"icon icon-filled">')
        self._sun, self._moon = self._icon("sunrise"), self._icon("sunset")
        self._stay_url = url_for("rack.stay", stay_id=0)[:-1]

    def by_room(self, held: Iterable[Held], closed: Iterable[OutOfService]) -> dict[int, Markup]:
        drawn: dict[int, list[str]] = defaultdict(list)
        for room in closed:
            drawn[room.room_id].append(self._closure("s", room.first, room.until, room.reason))
        for row in held:
            bar = self._closure("c", row.first, row.last + DAY, row.reason) if row.stay_id is None else self._stay(row)
            drawn[row.room_id].append(bar)
        return {room: Markup("".join(bars)) for room, bars in drawn.items()}

    def _closure(self, state: str, first: date, until: date, reason: str | None) -> str:
        place = span(self.window, first, until)
        if place is None:
            return ""
        text = f"{self._icons[state]}<span>{escape(reason or '')}</span>"
        return f"<i class='{state} a{place.start} z{place.end}'>{text}</i>"

    def _stay(self, row: Held) -> str:
        assert row.arrival is not None and row.departure is not None
        until = row.first if row.arrival == row.departure else row.last + DAY
        early, late = row.early and row.first == row.arrival, row.late and until == row.departure
        place = span(self.window, row.first, until, early=early, late=late)
        if place is None:
            return ""
        state = state_of(row, self.reader)
        edges = ("l" if place.cut_left else "") + ("k" if place.cut_right else "")
        marks = f"{state} {edges} " if edges else f"{state} "
        before = self._sun if early else ""
        if state in "gx":
            before += self._icons[state]
        if row.vip:
            before += f"<b class=v>{self._star}{row.vip}</b>"
        if row.group:
            before += f"<b class=g{((row.colour or 1) - 1) % 4 + 1}>{escape(row.group)}</b>"
        after = (self._lock if row.locked else "") + (self._moon if late else "")
        if state == "o":
            after += f"<u>{self._icons['o']}</u>"
        return (
            f"<a class='{marks}a{place.start} z{place.end}' href={self._stay_url}{row.stay_id}>"
            f"{before}{self._name(row)}{after}</a>"
        )

    def _name(self, row: Held) -> str:
        if row.incognito and not self.reader.sees_incognito:
            return f"<span>{escape(self.reader.undisclosed)}</span>"
        named = bool(row.surname or row.given)
        if row.name_zh and (self.reader.lang == "zh" or not named):
            return f"<span{'' if named else ' lang=zh-CN'}>{escape(row.name_zh)}</span>"
        return f"<span{' lang=en' if self.reader.lang == 'zh' else ''}>{_latin(row)}</span>"


def state_of(row: Held, reader: Reader) -> str:
    """One letter: r reserved, x overdue, h in house, o due out, g checked out, m moved on to another room."""
    if row.status is Status.RESERVED:
        return "x" if _overdue(row, reader) else "r"
    if row.status is not Status.IN_HOUSE:
        return "g"
    if row.room_now != row.room_id:
        return "m"
    return "o" if row.departure is not None and row.departure <= reader.today else "h"


def _overdue(row: Held, reader: Reader) -> bool:
    assert row.arrival is not None
    if row.arrival != reader.today:
        return row.arrival < reader.today
    guaranteed = row.guarantee is not Guarantee.NONE
    return is_late(row.eta, guaranteed=guaranteed, hold_hour=reader.hold_hour, time=reader.time)


def _latin(row: Held) -> str:
    between = " " if row.name_zh else ", "
    return str(escape(between.join(filter(None, (row.surname, row.given)))))
