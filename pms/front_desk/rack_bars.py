"""The lines of the rack as HTML. Written here and not in a template: a month of 500 rooms is five thousand bars, and
each is as short as it can be. Class names: static/css/rack.css; a6 begins in column 6, z14 ends before column 14.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape  # markupsafe's makes an object of every name
from typing import NamedTuple

from flask import url_for
from markupsafe import Markup

from pms.front_desk.queries_rack import Held, OutOfService, RackRoom
from pms.front_desk.rack import DAY, Span, Window, span
from pms.property.models import Housekeeping
from pms.reservations.status import Status

ICONS = {"g": "check", "x": "clock-exclamation", "c": "tool", "s": "tool", "o": "logout"}
HOUSEKEEPING = {
    Housekeeping.DIRTY: "droplet",
    Housekeeping.CLEANING: "loader-2",
    Housekeeping.CLEAN: "check",
    Housekeeping.INSPECTED: "checks",
}
RESERVED, IN_HOUSE = Status.RESERVED.value, Status.IN_HOUSE.value


@dataclass(frozen=True, slots=True)
class Known:
    """What the bars say besides their stays: who of today's arrivals is `late`, groups and closures by id, what a guest
    without disclosure is called (`undisclosed`, None for those who may know him), by stay the rooms it is to
    move to as agreed (`moves`, in the order of the days), words for states of rooms and types.
    """

    lang: str
    late: frozenset[int]
    groups: Mapping[int, tuple[str, int]]
    closures: Mapping[int, str]
    undisclosed: str | None
    moves: Mapping[int, tuple[int, ...]]
    housekeeping: Mapping[Housekeeping, str]
    types: Mapping[int, str]


class Planned(NamedTuple):
    """A room that a plan gives from `first` to `until`; nothing is saved yet."""

    room_id: int
    first: date
    until: date
    text: str


class Lines:
    """The lines of a window, drawn for one reader."""

    def __init__(self, window: Window, known: Known) -> None:
        self.window, self.known = window, known
        sprite = url_for("static", filename="vendor/icons.svg")
        self._icon: Callable[[str], str] = lambda name: f'<svg class=icon><use href="{sprite}#{name}"/></svg>'
        self._icons = {state: self._icon(name) for state, name in ICONS.items()}
        self._lock, self._star = self._icon("lock"), self._icon("star-filled").replace("icon>", '"icon icon-filled">')
        self._exchange = self._icon("arrows-exchange")
        self._sun, self._moon = self._icon("sunrise"), self._icon("sunset")
        self._states = {
            state: f'<em class=state-{state} title="{escape(known.housekeeping[state])}">{self._icon(name)}</em>'
            for state, name in HOUSEKEEPING.items()
        }
        self._places: dict[tuple[date, date, bool, bool], Span | None] = {}
        self._stay_url = url_for("rack.stay", stay_id=0)[:-1]

    def drawn(
        self,
        rooms: Iterable[RackRoom],
        held: Iterable[Held],
        closed: Iterable[OutOfService],
        planned: Iterable[Planned] = (),
    ) -> Markup:
        """Room by room; a heavier line parts the floors."""
        bars: dict[int, list[str]] = defaultdict(list)
        for closure in closed:
            bars[closure.room_id].append(self._closed("s", closure.first, closure.until, closure.reason))
        for row in held:
            bars[row.room_id].append(self._held(row))
        for plan in planned:
            bars[plan.room_id].append(self._planned(plan))
        lines, floor = [], None
        for room in rooms:
            parted = " rk-f" if floor not in (None, room.floor) else ""
            floor = room.floor
            lines.append(
                f'<div class="rk-row{parted}" data-room={room.id}><div class=rk-room><b>{escape(room.number)}</b>'
                f"<span>{escape(self.known.types[room.type_id])}</span>{self._states[room.housekeeping]}</div>"
                f"{''.join(bars[room.id])}</div>"
            )
        return Markup("".join(lines))

    def _held(self, row: Held) -> str:
        if row.stay_id is None:
            return self._closed("c", row.first, row.last + DAY, self.known.closures.get(row.closure_id or 0, ""))
        return self._stay(row)

    def _closed(self, state: str, first: date, until: date, reason: str) -> str:
        place = span(self.window, first, until)
        if place is None:
            return ""
        text = f"{self._icons[state]}<span data-as-typed>{escape(reason)}</span>"
        return f"<i class='{state} a{place.start} z{place.end}'>{text}</i>"

    def _planned(self, plan: Planned) -> str:
        place = span(self.window, plan.first, plan.until)
        if place is None:
            return ""
        return f'<a class="rk-ghost a{place.start} z{place.end}" data-as-typed>{escape(plan.text)}</a>'

    def _stay(self, row: Held) -> str:
        until = row.last + DAY if row.nights else row.first
        to_come = self.known.moves.get(row.stay_id or 0, ())
        last_room = to_come[-1] if to_come else row.room_now
        early, late = bool(row.early and row.begins), bool(row.late and row.room_id == last_room)
        when = row.first, until, early, late
        if when not in self._places:  # a few hundred stretches for thousands of stays
            self._places[when] = span(self.window, row.first, until, early=early, late=late)
        place = self._places[when]
        if place is None:
            return ""
        moves_in = row.room_id in to_come
        state = self._state(row, moves_in)
        edges = (" l" if place.cut_left else "") + (" k" if place.cut_right else "")
        before = (self._sun if early else "") + (self._exchange if moves_in else "")
        if state in "gx":
            before += self._icons[state]
        if row.vip:
            before += f"<b class=v>{self._star}{row.vip}</b>"
        if row.group_id and (group := self.known.groups.get(row.group_id)):
            before += f"<b class=g{(group[1] - 1) % 4 + 1}>{escape(group[0])}</b>"
        after = (self._lock if row.locked else "") + (self._moon if late else "")
        if state == "o":
            after += f"<u>{self._icons['o']}</u>"
        return (
            f"<a class='{state}{edges} a{place.start} z{place.end}' href={self._stay_url}{row.stay_id}>"
            f"{before}{self._name(row)}{after}</a>"
        )

    def _state(self, row: Held, moves_in: bool) -> str:
        """One letter: r reserved, x overdue, h in house, o due out, g gone, m moved on to another room."""
        if row.status == RESERVED:
            return "x" if row.came or row.stay_id in self.known.late else "r"
        if row.status != IN_HOUSE:
            return "g"
        if row.room_now != row.room_id:
            return "r" if moves_in else "m"
        return "o" if row.leaves else "h"

    def _name(self, row: Held) -> str:
        chinese = self.known.lang == "zh"
        if row.incognito and self.known.undisclosed is not None:
            return f"<span>{escape(self.known.undisclosed)}</span>"
        named = row.surname or row.given
        if row.name_zh and (chinese or not named):
            return f"<span{'' if chinese else ' lang=zh-CN'}>{escape(row.name_zh)}</span>"
        between = " " if row.name_zh else ", "
        latin = f"{row.surname}{between}{row.given}" if row.surname and row.given else named
        return f"<span{' lang=en' if chinese else ''}>{escape(latin)}</span>"
