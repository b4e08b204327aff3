"""Who asked and did not get a room, who is written down twice, what is on today, and letters not sent yet."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pms.access import Role
from pms.db import work
from pms.demo import queries
from pms.demo.play import Play
from pms.errors import Refused
from pms.guests import actions as guests
from pms.reservations import events, letters, waitlist
from pms.reservations.models_waitlist import Why

EVENTS = (
    ("18:30", "21:00", "Congress dinner 年会晚宴", "Jade Hall 翡翠厅", "Surgical Society 外科学会", 120),
    ("15:00", "16:00", "Tea tasting 品茶会", "Lobby bar 大堂吧", "Concierge 礼宾部", 20),
)
LOST = (
    (Why.FULL, 3, 2, 2, "Two deluxe suites for a board 董事会两间豪华套"),
    (Why.PRICE, 9, 1, 1, ""),
    (Why.NOT_THE_KIND, 5, 3, 1, "Wanted a kitchenette 要带厨房"),
)
TWICE = "Lindqvist"
LETTERS = 2


def receive_enquiries(play: Play, now: datetime) -> None:
    clerk: dict[str, Any] = {"by": play.by(Role.RESERVATION_CLERK), "now": now}
    with work():
        for starts, ends, title, place, organiser, covers in EVENTS:
            event = events.NewEvent(day=play.plan.today, starts=starts, ends=ends, title=title, place=place,
                                    organiser=organiser, covers=covers)  # fmt: skip
            events.write_event(event, **clerk)
        for why, ahead, nights, rooms, note in LOST:
            arrival = play.plan.today + timedelta(days=ahead)
            departure = arrival + timedelta(days=nights)
            lost = waitlist.Lost(why=why, arrival=arrival, departure=departure, rooms=rooms, note=note)
            waitlist.turn_away(lost, **clerk)
        for booking in queries.bookings_arriving(play.plan.today + timedelta(days=1), LETTERS):
            letters.draft_letter(booking, **clerk)
    _who_waits_for_a_suite(play, clerk)
    _written_down_twice(clerk)


def _who_waits_for_a_suite(play: Play, clerk: dict[str, Any]) -> None:
    """For the first night all suites are sold; in a small demo none may be."""
    for ahead in range(14):
        arrival = play.plan.today + timedelta(days=ahead)
        with suppress(Refused), work():
            caller = guests.NewGuest(surname="Shen", given="Yue", name_zh="沈悦", telephone="+8613905710042")
            wish = waitlist.Wish(
                guest_id=guests.create_guest(caller, **clerk).id,
                telephone=caller.telephone,
                type_id=queries.ids_of_types()["DSU"],
                plan_id=queries.ids_of_plans()["BAR"],
                arrival=arrival,
                departure=arrival + timedelta(days=1),
                note="Their wedding day 结婚纪念日",
            )
            waitlist.put_on(wish, **clerk)
            return


def _written_down_twice(clerk: dict[str, Any]) -> None:
    """A colleague took the guest for a new one."""
    with work():
        if (guest := queries.guest_named(TWICE)) is not None:
            again = guests.NewGuest(surname=guest.surname, given=guest.given, telephone=guest.telephone,
                                    nationality=guest.nationality, born_on=guest.born_on)  # fmt: skip
            guests.create_guest(again, **clerk)
