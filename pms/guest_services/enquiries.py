"""A caller asks for a guest (Q1): what the house knows is told to nobody without need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pms import access, journal
from pms.accounts.models import User
from pms.guest_services import queries, rules
from pms.say import Say


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller is told, and, only when the guest may be asked, whom to ring."""

    text: Say
    stay_id: int | None = None


def answer_caller(name: str, room: str | None = None, *, by: User, now: datetime) -> Answer:
    """Answer somebody who asks for a guest by name, and by room if he knows it.

    A guest who wants no disclosure, a wrong room and an unknown name get the same words after the same statements;
    a room number is never told. Every enquiry is journaled. Raises `Refused` for a name too short to mean anybody.
    """
    access.require(by, "answer_caller")
    wanted = (room or "").strip()
    found = stay_asked_for(name, wanted)
    we_ask = found is not None
    journal.write(by, "answer_caller", "caller", now=now, name=name.strip(), room=wanted, we_ask=we_ask)
    return Answer(rules.answer(we_ask), found)


def stay_asked_for(name: str, room: str) -> int | None:
    """The stay of a guest who may be asked, None for everybody else; all names are compared, whoever is asked for.

    Raises `Refused` for a name too short to mean anybody.
    """
    asked, wanted = rules.check_asked(name), room.strip()
    found = [
        person.stay_id
        for person in queries.occupants()
        if rules.is_called(asked, person.surname, person.given, person.name_zh)
        and not person.incognito
        and wanted in ("", person.number)
    ]
    return found[0] if found else None
