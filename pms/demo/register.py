"""The demo's police register: visas and purposes are asked, and every morning what was registered goes out."""

from __future__ import annotations

from datetime import datetime

from pms.access import Role
from pms.db import work
from pms.demo.play import Play
from pms.demo.visits import Visit
from pms.front_desk import police, queries_police

REGISTER_SENT_AT = 10  # o'clock
VISAS = ("L 30 旅游", "M 60 商务", "免签 visa-free", "F 30 访问")
NOT_ASKED = 4  # of so many foreigners of today one has not been asked yet


def visa_and_purpose(play: Play, visit: Visit) -> tuple[str, str]:
    """What the desk has asked a guest from abroad; today not everybody yet."""
    if visit.who.nationality == "CN":
        return "", ""
    if play.latest is not None and visit.who.key % NOT_ASKED == 0:
        return "", ""
    return VISAS[visit.who.key % len(VISAS)], "Business 商务" if visit.company else "Tourism 旅游"


def send_register(play: Play, now: datetime) -> None:
    """What was registered until now and is complete goes to the police."""
    with work():
        ready = [line.id for line in queries_police.unsent(limit=None) if not line.lacks]
        if ready:
            by = play.by(Role.FRONT_DESK_AGENT)
            police.send(ready, f"HZ{now.astimezone(play.zone):%Y%m%d}-{len(ready):03d}", by=by, now=now)
