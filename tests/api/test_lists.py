"""Lists ask the database as often for many rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from pms.access import Role
from pms.accounts.models import User
from pms.db import db, work
from pms.departments import Department
from pms.guest_services.models_boxes import BoxSize, SafeBox
from pms.guest_services.models_directions import Direction
from pms.handover.models_roster import Swap
from pms.shifts import Shift
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program
from tests.builders import NOON, TODAY
from tests.web.statements import counted

DATES = {"arrival": DAY, "departure": "2026-11-23"}
SCARF = {"kind": "found", "what": "a scarf", "giver": "Ms Li", "shelf": "f1", "room": "1204"}


def group(program: Program, n: int, **values: Any) -> Any:
    return program.post("/groups", DATES | {"code": f"G{n}", "name": "Tour", "plan": "GRP"} | values)


def wedding(program: Program, n: int) -> Any:
    group(program, n, kind="wedding")
    couple = {"bride": "Li Na", "groom": "Wang Wei", "day": DAY, "starts": "18:08", "place": "Hall"}
    return program.post(f"/groups/G{n}/wedding", couple)


def account(program: Program, n: int) -> Any:
    return program.post("/accounts", {"code": f"A{n}", "kind": "agent", "name_en": "Agency", "plan": "COR"})


def waiting(program: Program, n: int) -> Any:
    """A room for three is not sold in a house with two of them."""
    wish = DATES | {"guest_id": program.guest(f"W{n}"), "type": "SUI", "plan": "BAR", "rooms": 3}
    return program.post("/waitlist", wish | {"telephone": "13800000000"})


def flowers(program: Program, n: int) -> Any:
    stay = program.book(program.wish(program.guest(f"F{n}"), ("STK", "STT", "DLK", "SUI")[n % 4]))["stays"][0]["id"]
    wanted = {"kind": "flowers", "department": "housekeeping", "due_on": DAY}
    return program.post(f"/stays/{stay}/arrangements", wanted)


def run(program: Program, n: int) -> Any:
    program.book(program.wish(program.guest(f"R{n}"), ("STK", "STT", "DLK", "SUI")[n % 4]))
    return program.post("/placing-runs", {"first": DAY, "last": DAY})


def box(program: Program, n: int) -> None:
    """Each with a guest of its own."""
    room, kind = (("1204", "STK"), ("1201", "STK"), ("1202", "STK"), ("1203", "STT"), ("1205", "DLK"))[n]
    with work():
        db.session.add(SafeBox(number=str(n), size=BoxSize.SMALL))
    stay = program.in_house(room, kind=kind)
    program.post(f"/safe-boxes/{n + 1}/uses", {"stay_id": stay, "signed_by": "Fischer, Anna"})


def place(program: Program, n: int) -> None:
    texts = {"title_en": f"Lake {n}", "title_zh": f"湖{n}", "text_en": "Bus 7.", "text_zh": "7 路。"}
    with work():
        db.session.add(Direction(**texts))


def swap(program: Program, n: int) -> None:
    """Asked by one colleague of the desk, of another."""
    day = TODAY + timedelta(days=400)
    with work():
        one, other = (colleague(f"{who}{n}") for who in ("ask", "ans"))
        words = {"department": Department.FRONT_DESK, "day": day, "shift": Shift.EARLY}
        db.session.add(Swap(asked_by=one, other_id=other, asked_at=NOON, **words))


def colleague(login: str) -> int:
    user = User(login=login, name=login, role=Role.FRONT_DESK_AGENT, department=Department.FRONT_DESK, created_at=NOON)
    db.session.add(user)
    db.session.flush()
    return int(user.id)


def employee(program: Program, n: int) -> int:
    account(program, n)
    return program.guest(account=f"A{n}")


def contradiction(program: Program, n: int) -> Any:
    """Somebody without guarantee whom nobody can call."""
    return program.book(program.wish(program.guest(f"N{n}"), ("STK", "STT", "DLK", "SUI")[n % 4]))


EVENT = {"day": DAY, "starts": "18:00", "title": "Wedding", "place": "Ballroom"}
LISTS: dict[str, Callable[[Program, int], Any]] = {
    "/calls": lambda program, n: program.post("/calls", {"text": "Umbrella", "department": "concierge"}),
    "/kept-things": lambda program, n: program.post("/kept-things", SCARF),
    "/safe-boxes": box,
    "/directions": place,
    "/roster-swaps?department=front_desk": swap,
    f"/visitors?day={DAY}": lambda program, n: program.post("/visitors", {"name": "Vogt", "asked_name": "Stranger"}),
    f"/turnaways?first={DAY}&until=2026-11-22": lambda program, n: program.post("/turnaways", DATES | {"why": "full"}),
    "/waitlist": waiting,
    "/verification": contradiction,
    "/duplicates": lambda program, n: [program.guest(f"D{n}{who}", telephone=f"+86138000000{n}") for who in "ab"],
    "/groups": group,
    "/weddings": wedding,
    "/accounts": account,
    "/guests": employee,
    f"/arrangements?day={DAY}": flowers,
    f"/events?day={DAY}": lambda program, n: program.post("/events", EVENT),
    "/placing-runs": run,
    "/shift-notes": lambda program, n: program.post("/shift-notes", {"kind": "open", "text": "Key sticks"}),
}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_takes_as_many_statements_for_many_rows_as_for_one(program_of: NewProgram, path: str) -> None:
    manager = program_of("assistant_manager")

    def statements() -> int:
        with counted() as seen:
            manager.get(path)
        return len(seen)

    LISTS[path](manager, 0)
    manager.get(path)
    few = statements()
    for n in range(1, 5):
        LISTS[path](manager, n)
    assert (statements(), len(manager.get(path)["items"])) == (few, 5)
