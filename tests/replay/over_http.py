"""The replay with every job of the desk sent over HTTP: what the programs of a hotel would do, request by request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from pms.db import db, reading
from pms.property.models import Housekeeping
from pms.replay import hotel, queries
from pms.replay.bookings import Line
from pms.replay.people import document_of, guest_of
from pms.replay.play import GUARANTEES, SOURCES, Replay
from pms.reservations.models import Guarantee, Source, Use
from tests.api.program import Program


class Sender(Program):
    """Ends what the replay itself has begun to read, so that a request never waits for it."""

    def call(self, *request: Any, **options: Any) -> TestResponse:
        db.session.rollback()
        return super().call(*request, **options)


@dataclass
class OverHttp(Replay):
    """Same diary, same order, same moments; the clock of the house has to show `now` (see the test)."""

    app: Flask = field(kw_only=True)

    def __post_init__(self) -> None:
        self.office = Sender(self.app, "reservation_supervisor")
        self.desk = Sender(self.app, "assistant_manager")

    def _do(self, job: Callable[[Line], None], line: Line) -> None:
        job(line)
        self.done[job.__name__.strip("_")] += 1

    def _book(self, line: Line) -> None:
        guest = guest_of(line.number, line.country)
        names = {"surname": guest.surname, "given": guest.given, "nationality": guest.nationality}
        guest_id = self.office.post("/guests", names)["id"]
        wish = {
            "guest_id": guest_id, "type": line.reserved, "plan": hotel.PLAN, "arrival": line.arrival.isoformat(),
            "departure": line.departure.isoformat(), "adults": line.adults, "children": line.children,
            "use": Use.DAY_USE if line.day_use else Use.PAID, "prices": [line.price] * line.nights,
            "force": line.price < 0 or line.adults + line.children == 0,
        }  # fmt: skip
        booking = self.office.post("/reservations", {
            "stays": [wish], "source": SOURCES.get(line.segment, Source.OTHER),
            "guarantee": GUARANTEES.get(line.deposit, Guarantee.NONE), "market": line.segment, "channel": line.channel,
            "company": f"C{line.company}" if line.company else None, "agent": f"A{line.agent}" if line.agent else None,
        })  # fmt: skip
        self.stay_of[line.number] = (booking["stays"][0]["id"], guest_id)

    def _cancel(self, line: Line) -> None:
        self.office.post(f"{self._path(line)}/cancellation", {"reason": "cancelled by the guest"})

    def _agree_type(self, line: Line) -> None:
        self.office.post(f"{self._path(line)}/upgrade", {"type": line.assigned})

    def _place(self, day: date, lines: Sequence[Line]) -> None:
        stays = [self.stay_of[line.number][0] for line in lines]
        plan = self.desk.post("/placings", {"day": day.isoformat(), "stays": stays})
        assert plan["unplaced"] == []

    def _check_in(self, line: Line) -> None:
        guest_id = self.stay_of[line.number][1]
        paper = {"kind": "passport", "number": document_of(line.number), "country": line.country}
        document = self.desk.post(f"/guests/{guest_id}/documents", paper)["id"]
        self.desk.post(f"{self._path(line)}/check-in", {
            "documents": [{"guest_id": guest_id, "document_id": document}], "signed": True,
            "deposit": {"kind": "none", "why_none": "as booked"},
        })  # fmt: skip

    def _settle(self, line: Line) -> None:
        owed = self.desk.get(f"{self._path(line)}/folio")["balance"]
        if owed:
            kind = "payment" if owed > 0 else "refund"
            self.desk.post(f"{self._path(line)}/payments", {"kind": kind, "amount": abs(owed), "method": "card"})

    def _check_out(self, line: Line) -> None:
        self.desk.post(f"{self._path(line)}/check-out")
        self.stay_of.pop(line.number)

    def _place_for_the_day(self, line: Line) -> None:
        with reading():
            room = queries.vacant_clean_room(self.types[line.assigned])
            assert room is not None
            number, kind = room.number, room.type_id
        if kind != self.types[line.reserved]:
            code = next(code for code, type_id in self.types.items() if type_id == kind)
            self.office.post(f"{self._path(line)}/upgrade", {"type": code})
        self.desk.put(f"{self._path(line)}/room", {"room": number})

    def _clean_rooms(self) -> None:
        with reading():
            numbers = [room.number for room in queries.vacant_dirty_rooms()]
        for number in numbers:
            self.desk.put(f"/rooms/{number}/housekeeping", {"state": Housekeeping.CLEAN})

    def _path(self, line: Line) -> str:
        return f"/stays/{self.stay_of[line.number][0]}"
