"""The lines of the rack for whoever asks: read, with the words of his language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from markupsafe import Markup

from pms import access
from pms.front_desk import queries_rack as queries
from pms.front_desk import rack
from pms.front_desk.rack_bars import Known, Lines, Planned
from pms.property.forms import named
from pms.property.models import Housekeeping
from pms.reservations.queries_moves import agreed_between
from pms.reservations.rules import is_late
from pms.say import say, translate
from pms.web import frame, language
from pms.web.gate import me

UNDISCLOSED = say("Name not disclosed")
ROOM_STATES = {
    Housekeeping.DIRTY: say("Dirty"),
    Housekeeping.CLEANING: say("Being cleaned"),
    Housekeeping.CLEAN: say("Clean"),
    Housekeeping.INSPECTED: say("Inspected"),
}


def drawn_lines(
    window: rack.Window,
    rooms: Iterable[queries.RackRoom],
    types: dict[int, Any],
    today: date,
    planned: Iterable[Planned] = (),
) -> Markup:
    """The bars of these rooms for whoever asks, and those of a plan over them."""
    first = window.first - rack.DAY  # the night before still has half of the first day
    held = [*queries.held(first, window.last, today), *queries.day_use(window.first, window.last, today)]
    lang = language.current()
    known = Known(
        lang=lang,
        late=_late(today),
        groups=queries.groups_around(first, window.last),
        closures=queries.reasons_of_closures(first, window.last),
        undisclosed=None if access.allowed(me(), "see_incognito") else translate(UNDISCLOSED, lang),
        moves=agreed_between(first, window.last),
        housekeeping={state: translate(word, lang) for state, word in ROOM_STATES.items()},
        types={kind.id: named(kind, lang) for kind in types.values()},
    )
    return Lines(window, known).drawn(rooms, held, queries.out_of_service(window.first, window.last), planned)


def _late(today: date) -> frozenset[int]:
    """Arrivals of today that are overdue by now 应到未到."""
    around = frame.current()
    time, hour = f"{around.now_local:%H:%M}", around.hotel.hold_hour
    return frozenset(
        row.stay_id
        for row in queries.arriving(today)
        if is_late(row.eta, guaranteed=row.guaranteed, hold_hour=hour, time=time)
    )
