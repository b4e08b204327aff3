"""The order of the housekeeping board: what is most urgent stands on top, each room with its next step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from pms.property.models import Housekeeping
from pms.reservations.queries_housekeeping import BoardRoom

TO_DO, CLEAN, INSPECTED, CLOSED = "to_do", "clean", "inspected", "closed"
TABS = (TO_DO, CLEAN, INSPECTED, CLOSED)
ALL = "all"
NEXT = {
    Housekeeping.DIRTY: Housekeeping.CLEAN,
    Housekeeping.CLEANING: Housekeeping.CLEAN,
    Housekeeping.CLEAN: Housekeeping.INSPECTED,
}
NO_TIME = "99:99"


@dataclass(frozen=True, slots=True)
class Board:
    """The rooms of a business date, as one tab and floor of them is shown."""

    day: date
    rooms: Sequence[BoardRoom]
    tab: str
    floor: int | None = None

    def shown(self) -> list[BoardRoom]:
        here = (room for room in self._on_floor() if self.tab == ALL or tab_of(room) == self.tab)
        return sorted(here, key=self._urgency)

    def counts(self) -> dict[str, int]:
        """How many rooms each tab has on the floor shown."""
        rooms = list(self._on_floor())
        return {tab: sum(tab_of(room) == tab for room in rooms) for tab in TABS} | {ALL: len(rooms)}

    def floors(self) -> list[int]:
        return sorted({room.floor for room in self.rooms})

    def done(self) -> int:
        return sum(tab_of(room) in (CLEAN, INSPECTED) for room in self._on_floor())

    def due_out(self, room: BoardRoom) -> bool:
        """Does somebody live there who leaves today? The room is not entered yet."""
        return room.departure is not None and room.departure <= self.day

    def _on_floor(self) -> Iterable[BoardRoom]:
        return (room for room in self.rooms if self.floor in (None, room.floor))

    def _urgency(self, room: BoardRoom) -> tuple[object, ...]:
        """Who waits comes first, then early and important arrivals, then arrivals by time, then empty rooms; where
        somebody is about to leave nobody can begin yet.
        """
        waited = room.rush_at.timestamp() if room.rush_at else inf
        arrival = (not room.early, room.vip or 9, room.eta or NO_TIME) if room.coming else (True, 10, NO_TIME)
        place = (room.floor, len(room.number), room.number)
        if self.tab != TO_DO:
            return place
        return (waited, self.due_out(room), not room.coming, *arrival, room.persons > 0, *place)


def tab_of(room: BoardRoom) -> str:
    if room.closure is not None:
        return CLOSED
    return TO_DO if room.housekeeping in (Housekeeping.DIRTY, Housekeeping.CLEANING) else str(room.housekeeping.value)
