"""The demo's VIPs of today: requested and approved; the AM has seen the room of one, another waits for a decision."""

from __future__ import annotations

from contextlib import suppress

from pms.access import Role
from pms.db import db, work
from pms.demo.play import Play
from pms.errors import Refused
from pms.front_desk import vip
from pms.front_desk.vip import Honours
from pms.reservations.models import Stay
from pms.reservations.status import Status

WELCOME = ("General manager at the door 总经理门口迎接", "Assistant manager, lobby 大堂副理大厅迎接", "")


def honour(play: Play) -> None:
    """Request forms of today's VIPs, highest level first."""
    coming = sorted((v for v in play.coming(play.plan.today) if v.vip and v.stay_id), key=lambda visit: visit.vip)
    for number, visit in enumerate(coming):
        with suppress(Refused), work():
            stay = db.session.get_one(Stay, visit.stay_id)
            if stay.status is not Status.RESERVED:
                continue
            host = visit.company or f"{visit.who.surname} {visit.who.given}"
            wanted = Honours(level=visit.vip, host=host, welcome_party=WELCOME[number % len(WELCOME)])
            now = play.at(play.plan.today, 8, 20)
            request = vip.request_vip(stay, wanted, by=play.by(Role.RESERVATION_CLERK), now=now)
            if number != 1:
                vip.decide(request, True, by=play.by(Role.RESERVATION_SUPERVISOR), now=now)
        if number == 0:
            with suppress(Refused), work():
                stay = db.session.get_one(Stay, visit.stay_id)
                vip.inspect(stay, by=play.by(Role.ASSISTANT_MANAGER), now=play.at(play.plan.today, 11, 40))
