"""What is done in the service centre, in one word each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pms.accounts.models import User
from pms.db import db
from pms.departments import Department
from pms.notices import Notice, NoticeTo
from pms.requests import actions
from pms.requests.models import Call, Service
from pms.requests.rules import NewRequest
from pms.requests.words import Kind
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, House

COMPLAINT = {"kind": Kind.COMPLAINT, "severity": 2, "reason": "noise", "department": Department.HOUSEKEEPING}


@dataclass
class Centre:
    house: House
    now: datetime = NOON
    services: dict[str, Service] = field(default_factory=dict)

    def engineer(self) -> User:
        if "engineer" not in self.house.users:
            engineering = Department.ENGINEERING
            self.house.users["engineer"] = self.house.user(
                "department_staff", login="qian", name="Qian Gang", department=engineering
            )
        return self.house.users["engineer"]

    def by(self, role: str = "front_desk_agent") -> dict[str, Any]:
        who = self.engineer() if role == "engineer" else self.house.user(role)
        return {"by": who, "now": self.now}

    def guest(self, room: str = "1204", **values: Any) -> Stay:
        return self.house.stay(room=room, status=Status.IN_HOUSE, **values)

    def service(self, name: str = "Lamp", **values: Any) -> Service:
        if name not in self.services:
            row = {"kind": Kind.REPAIR, "name_zh": "灯具", "department": Department.ENGINEERING, "minutes": 30}
            self.services[name] = Service(name_en=name, **(row | values))
            db.session.add(self.services[name])
            db.session.flush()
        return self.services[name]

    def call(
        self, room: str = "1204", role: str = "front_desk_agent", service: Service | None = None, **new: Any
    ) -> Call:
        """A request for the concierge, unless a service or other words say something else."""
        if service is not None:
            new = {"kind": service.kind} | new
        asked = {"kind": Kind.REQUEST, "text": "Two umbrellas"} | new
        if service is None and asked["kind"] is not Kind.ENQUIRY:
            asked.setdefault("department", Department.CONCIERGE)
        stay = db.session.query(Stay).filter_by(room_id=self.house.rooms[room].id).first()
        where = {"stay": stay, "room": self.house.rooms[room], "service": service}
        return actions.write_down(NewRequest(**asked), **where, **self.by(role))

    def repair(self, **new: Any) -> Call:
        return self.call(service=self.service(), **({"text": "The lamp is dark"} | new))

    def complaint(self, **new: Any) -> Call:
        return self.call(**(COMPLAINT | {"text": "Noise all night"} | new))

    def finished(self, call: Call, **values: Any) -> Call:
        return actions.finish(call, "New bulb", **({"signed_by": "Fischer"} | values), **self.by())


def told(call: Call) -> list[Department]:
    """Every department that was told about a call, in order, again when it was told again."""
    wanted = (
        sa.select(NoticeTo.department)
        .join(Notice)
        .where(Notice.about == f"call:{call.id}")
        .order_by(Notice.id, NoticeTo.department)
    )
    return list(db.session.scalars(wanted))
