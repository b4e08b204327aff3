"""The best five rooms for one guest among all rooms of a full house, with reasons: what the check-in sheet asks."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.hotels import full_house
from pms.assignment.engine import rank_rooms
from pms.assignment.explaining import neighbour, reasons
from pms.assignment.facts import House, StayFacts
from pms.assignment.instance import read_instance

SIZES = (300, 1000, 3000)
GUESTS = 60


def measure(folder: Path) -> Iterator[tuple[str, str]]:
    for size in SIZES:
        house, guests = _almost_full(size)
        taken = []
        for guest in guests:
            began = time.perf_counter()
            for choice in rank_rooms(house, guest, 5):
                reasons(choice)
            taken.append((time.perf_counter() - began) * 1000)
        yield f"{size} rooms, {GUESTS} guests", f"median {median(taken):.1f} ms, longest {max(taken):.0f} ms"


def _almost_full(size: int) -> tuple[House, list[StayFacts]]:
    """A house with its plan laid down, but for a few guests who are still without a room."""
    instance, planted = full_house(size, 0.92, "peak", 7)
    made = read_instance(instance)
    numbers = {room.number: room for room in made.house.rooms.values()}
    waiting = set(random.Random(7).sample(range(len(made.stays)), GUESTS))
    for stay in made.stays:
        if stay.id not in waiting:
            made.house.settle(neighbour(stay, numbers[planted[stay.guest]]))
    return made.house, [made.stays[place] for place in sorted(waiting)]
