"""Made-up hotels full of guests for measuring the placing: a plan is laid down first, then taken away again.

So every house has a plan that gives everybody a room. The shapes: six room types over floors with a lift in the middle,
connecting pairs, closures; about a fifth of the nights groups, then families on connecting pairs, VIPs with entourage,
companies, and single guests until the house is as full as asked; half of the first day's guests are in house already.
"""

from __future__ import annotations

from random import Random
from typing import Any

NIGHTS = 14
TYPES = (
    ("STK", 0, "king", 2, 30),
    ("STT", 0, "twin", 2, 30),
    ("DLK", 1, "king", 3, 14),
    ("DLT", 1, "twin", 3, 12),
    ("SUI", 2, "king", 3, 10),
    ("DSU", 3, "king", 4, 4),
)
RANK = {code: rank for code, rank, *_ in TYPES}
CAPACITY = {code: capacity for code, _, _, capacity, _ in TYPES}
SHARES = (("group", 0.18), ("family", 0.06), ("vip", 0.03), ("company", 0.07))
SINGLES = {"business": 30, "leisure": 30, "ordinary": 30, "elderly": 5, "disabled": 1.5, "newlywed": 3.5}
PRIORITY = {"vip": 6, "entourage": 5, "disabled": 4, "group": 3}
WISHES = ("nonsmoking", "far_lift", "near_lift", "high", "low", "city", "even", "bath")

Hotel = dict[str, Any]


def full_house(rooms: int, occupancy: float, season: str, seed: int) -> tuple[Hotel, dict[str, str]]:
    """An instance as `pms assign` reads it, and the plan that was laid down: {stay: room}."""
    maker = Maker(rooms, season, Random(f"{rooms}/{occupancy}/{season}/{seed}"))
    wanted = occupancy * rooms * NIGHTS
    for kind, share in SHARES:
        maker.parties(kind, share * wanted)
    maker.singles(wanted)
    return maker.instance(), maker.plan


class Maker:
    """The hotel while it fills; `free` has one set of free nights for each room."""

    def __init__(self, count: int, season: str, chance: Random) -> None:
        self.chance, self.season = chance, season
        self.per_floor = max(10, min(60, round(count**0.5 * 1.3)))
        self.rooms = [self._room(number, count) for number in range(count)]
        self.pairs = [(r, r + 1) for r in range(1, count - 1, 4) if self._neighbours(r) and chance.random() < 0.6]
        self.free = [set(range(NIGHTS)) for _ in self.rooms]
        self.closures = [self._close(room) for room in chance.sample(range(count), max(1, count // 80))]
        self.stays: list[Hotel] = []
        self.groups: list[Hotel] = []
        self.plan: dict[str, str] = {}

    def _room(self, place: int, count: int) -> Hotel:
        chance, (level, door) = self.chance, divmod(place, self.per_floor)
        height = 100 * level // max(1, (count - 1) // self.per_floor)
        code, rank, bed, capacity, _ = chance.choices(TYPES, [t[4] * (1 + (t[1] > 0) * height / 100) for t in TYPES])[0]
        lift, renovated, number = abs(door - self.per_floor // 2), chance.random() < 0.35, f"{level + 2}{door + 1:02d}"
        having = {
            "city": chance.random() < 0.3 + height / 250,
            "smoking" if level % 5 == 3 else "nonsmoking": True,
            "near_lift": lift <= 2,
            "far_lift": lift >= 6,
            "high": height >= 60,
            "low": height <= 30,
            "bath": chance.random() < 0.5,
            "even": (door + 1) % 2 == 0,
            "accessible": height <= 30 and lift <= 4 and chance.random() < 0.2,
            bed: True,
        }
        quality = int(chance.gauss(55, 12) + 6 * rank + 12 * renovated + 0.12 * height)
        return {
            "id": number,
            "floor": level + 2,
            "fi": height,
            "type": code,
            "cap": capacity,
            "features": sorted(name for name, there in having.items() if there),
            "quality": min(100, max(30, quality)),
            "renovated": renovated,
            "biz": 55 <= height <= 75,
            "state": chance.choices(("clean", "dirty", "due_out"), (60, 20, 20))[0],
        }

    def _neighbours(self, room: int) -> bool:
        return bool(self.rooms[room]["floor"] == self.rooms[room + 1]["floor"])

    def _close(self, room: int) -> Hotel:
        first = self.chance.randrange(NIGHTS - 1)
        until = min(NIGHTS, first + self.chance.randint(1, 4))
        self.free[room] -= set(range(first, until))
        return {"room": self.rooms[room]["id"], "from": first, "to": until}

    def _nights(self) -> int:
        longest = self.chance.choices((2, 4, 9, NIGHTS), (45, 40, 12, 3))[0]
        return self.chance.randint(max(1, longest // 2), longest)

    def parties(self, kind: str, nights: float) -> None:
        for _ in range(4000):
            if nights <= 0:
                return
            length = self.chance.choice((1, 2, 2, 3, 3, 4)) if kind == "group" else self._nights()
            arrival = self.chance.randrange(NIGHTS - length + 1)
            where = self._rooms_for(kind, set(range(arrival, arrival + length)))
            if not where:
                continue
            names = [
                self._stay(room, arrival, arrival + length, self._segment(kind, n)) for n, room in enumerate(where)
            ]
            if len(names) > 1:
                self.groups.append({"id": f"P{len(self.groups):04d}", "kind": kind, "members": names})
            nights -= length * len(where)

    def _rooms_for(self, kind: str, nights: set[int]) -> list[int]:
        chance, open_to = self.chance, [nights <= free for free in self.free]
        if kind == "family":
            pair = chance.choice(self.pairs)
            return list(pair) if all(open_to[room] for room in pair) else []
        floors = range(len(self.rooms) // self.per_floor + 1)
        low = min(chance.choice(floors), chance.choice(floors)) if kind == "group" else chance.choice(floors)
        size = (low * self.per_floor, (low + (4 if kind == "group" else 1)) * self.per_floor)
        here = [room for room in range(*size) if room < len(self.rooms) and open_to[room]]
        if kind == "group":
            code = chance.choice(("STT", "STT", "STK", "DLT"))
            here = [room for room in here if self.rooms[room]["type"] == code]
            return here[: chance.randint(10, 60)] if len(here) >= 10 else []
        if kind == "vip":
            suites = [room for room in here if self.rooms[room]["type"] in ("SUI", "DSU")]
            best = max(suites, key=lambda room: self.rooms[room]["quality"], default=None)
            others = [room for room in here if room != best]
            return [best, *chance.sample(others, min(len(others), chance.randint(0, 5)))] if best is not None else []
        return chance.sample(here, chance.randint(2, min(7, len(here)))) if len(here) > 2 else []

    def _segment(self, kind: str, member: int) -> str:
        if kind == "vip":
            return "entourage" if member else "vip"
        return "business" if kind == "company" else kind

    def singles(self, wanted: float) -> None:
        sold = sum(stay["dep"] - stay["arr"] for stay in self.stays)
        for _ in range(60):
            for room in self.chance.sample(range(len(self.rooms)), len(self.rooms)):
                if sold >= wanted:
                    return
                if not self.free[room]:
                    continue
                arrival = departure = min(self.free[room])
                length = self._nights()
                while departure in self.free[room] and departure < arrival + length:
                    departure += 1
                self._stay(room, arrival, departure, self.chance.choices(list(SINGLES), list(SINGLES.values()))[0])
                sold += departure - arrival

    def _stay(self, room: int, arrival: int, departure: int, segment: str) -> str:
        chance, where, name = self.chance, self.rooms[room], f"S{len(self.stays):05d}"
        self.free[room] -= set(range(arrival, departure))
        regular = segment in ("business", "leisure", "ordinary") and chance.random() < 0.15
        stays_put = chance.random() < (0.55 if arrival == 0 and segment in SINGLES else 0.02)
        had = chance.random() < 0.12 and segment in SINGLES
        self.plan[name] = where["id"]
        self.stays.append(
            {
                "id": name,
                "arr": arrival,
                "dep": departure,
                "segment": segment,
                "type": where["type"],
                "ok_types": sorted({where["type"], *self._better(where["type"])}),
                "pax": chance.randint(1, min(3, where["cap"])),
                "must": ["accessible"] if segment == "disabled" and "accessible" in where["features"] else [],
                "want": [] if segment == "group" else self._wishes(where["features"]),
                "past_rooms": [where["id"] if chance.random() < 0.5 else chance.choice(self.rooms)["id"]]
                if had
                else [],
                "taboo": ["4"] if "4" not in where["id"] and chance.random() < 0.12 else [],
                "regular": regular,
                "prio": PRIORITY.get(segment, 0) + 3 * regular + (departure - arrival >= 5),
                "fixed_room": where["id"] if stays_put else None,
            }
        )
        return name

    def _better(self, code: str) -> list[str]:
        return [kind for kind, rank, *_ in TYPES if rank == RANK[code] + 1 and CAPACITY[kind] >= CAPACITY[code]]

    def _wishes(self, features: list[str]) -> list[str]:
        count = self.chance.choices((0, 1, 2), (50, 35, 15))[0]
        fitting = [wish for wish in WISHES if wish in features] or WISHES
        return sorted({self.chance.choice(fitting if self.chance.random() < 0.8 else WISHES) for _ in range(count)})

    def instance(self) -> Hotel:
        return {
            "nights": NIGHTS,
            "season": self.season,
            "types": [{"code": code, "rank": rank, "bed": bed, "cap": cap} for code, rank, bed, cap, _ in TYPES],
            "rooms": self.rooms,
            "connecting": [[self.rooms[a]["id"], self.rooms[b]["id"]] for a, b in self.pairs],
            "ooo": self.closures,
            "parties": self.groups,
            "conflicts": [],
            "stays": self.stays,
        }
