"""The file door: an instance (JSON) as the engine's own facts. Strict: what is wrong is named with its place.

The file counts days from 0, names types, rooms and stays by its own codes and has one room per stay. Days become dates
from `DAY_0` on, so that both doors use the same half days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pms.assignment.facts import CLEAN, DIRTY, DUE_OUT, House, Membership, RoomFacts, StayFacts, span
from pms.assignment.instance_reading import Malformed, Row, objects, pairs
from pms.assignment.rules.wishes import WISHES

DAY_0 = date(2001, 1, 1)  # a year after the epoch of the half days: who is in house may have come before day 0
WORDS = {
    "nonsmoking": "non_smoking",
    "far_lift": "far_from_lift",
    "city": "city_view",
    "lake": "lake_view",
    "bath": "tub",
}
KINDS = {"newlywed": "newly_weds", "ordinary": ""}
SEGMENTS = (
    *("vip", "entourage", "group", "family", "business", "leisure", "disabled", "elderly", "newlywed", "ordinary"),
    *("walk_in", "guide"),
)
FARTHEST = 360  # days
DAYS = [DAY_0 + timedelta(days=day) for day in range(-FARTHEST, FARTHEST + 1)]
PARTIES = ("vip", "family", "group", "company", "colleagues", "booking")


@dataclass(frozen=True, slots=True)
class Instance:
    """A house with its closures, and the stays of the file by their place in it; those in house have a fixed room."""

    house: House
    stays: tuple[StayFacts, ...]
    ids: tuple[str, ...]


def read_instance(data: Any) -> Instance:
    """Raises `Malformed` with the place and what to do."""
    top = Row(data, "the instance")
    types = {row.text("code"): (place, row) for place, row in enumerate(objects(top, "types"))}
    if len(types) < len(top.items("types")):
        raise Malformed("types", "two types have one code", "give each type a code of its own")
    rooms = [_room(place, row, types) for place, row in enumerate(objects(top, "rooms"))]
    numbers = _unique((room.number for room in rooms), "rooms")
    house = House(
        rooms={room.id: room for room in rooms},
        connecting=_connecting(top, numbers),
        season=top.word("season", ("peak", "normal", "low"), "normal"),
        today=DAY_0,
    )
    for closure in objects(top, "ooo", needed=False):
        room, first, until = closure.known("room", numbers), _day(closure, "from"), _day(closure, "to")
        if until < first:
            raise Malformed(closure.place, "'to' is before 'from'", "exchange them")
        house.close(room, span(first, until))
    rows = list(objects(top, "stays"))
    ids = _unique((row.text("id") for row in rows), "stays")
    parties = _parties(top, ids)
    tags = _tags(pairs(top, "conflicts"))
    stays = tuple(_stay(place, row, types, numbers, parties, tags) for place, row in enumerate(rows))
    _check_fixed(house, stays)
    return Instance(house, stays, tuple(ids))


def _day(row: Row, name: str) -> date:
    number = row.whole(name)
    if abs(number) > FARTHEST:
        raise Malformed(f"{row.place}.{name}", f"day {number} is too far away", f"stay within {FARTHEST} days of today")
    return DAYS[number + FARTHEST]


def _unique(names: Iterable[str], where: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        if name in places:
            raise Malformed(f"{where}[{place}]", f"{name!r} is there twice", "give each an id of its own")
        places[name] = place
    return places


def _room(place: int, row: Row, types: Mapping[str, tuple[int, Row]]) -> RoomFacts:
    code = row.known("type", types)[1].text("code")
    type_id, kind = types[code]
    return RoomFacts(
        id=place,
        number=row.text("id"),
        floor=row.whole("floor"),
        type_id=type_id,
        type_code=code,
        rank=kind.whole("rank", 0),
        capacity=row.whole("cap", kind.whole("cap", 2)),
        features=frozenset(WORDS.get(word, word) for word in row.texts("features")),
        height=row.whole("fi", 50),
        quality=row.whole("quality", 50),
        renovated=row.flag("renovated"),
        business_floor=row.flag("biz"),
        state=row.word("state", (CLEAN, DIRTY, DUE_OUT), CLEAN),
    )


def _connecting(top: Row, numbers: Mapping[str, int]) -> dict[int, frozenset[int]]:
    doors: dict[int, set[int]] = {}
    for place, (a, b) in pairs(top, "connecting"):
        for name in (a, b):
            if name not in numbers:
                raise Malformed(place, f"there is no room {name!r}", "list it under rooms or drop the pair")
        doors.setdefault(numbers[a], set()).add(numbers[b])
        doors.setdefault(numbers[b], set()).add(numbers[a])
    return {room: frozenset(others) for room, others in doors.items()}


def _parties(top: Row, ids: Mapping[str, int]) -> dict[str, tuple[Membership, ...]]:
    """The party of each stay by its id, and every party under its own key for stays that name it."""
    found: dict[str, tuple[Membership, ...]] = {}
    for row in objects(top, "parties", needed=False):
        members = row.texts("members")
        party = Membership(row.text("id"), row.word("kind", PARTIES), len(members))
        found[f"party {party.key}"] = (party,)
        for member in members:
            if member not in ids:
                raise Malformed(row.place, f"there is no stay {member!r}", "list it under stays or drop the member")
            found[member] = (*found.get(member, ()), party)
    return found


def _tags(conflicts: Iterable[tuple[str, tuple[str, str]]]) -> dict[str, str]:
    """Nations that conflict as keep-apart tags `topic/side`: each pair is a topic of its own."""
    tags: dict[str, list[str]] = {}
    for topic, (place, (a, b)) in enumerate(conflicts):
        if a == b:
            raise Malformed(place, f"{a!r} cannot conflict with itself", "drop the pair")
        tags.setdefault(a, []).append(f"{topic}/1")
        tags.setdefault(b, []).append(f"{topic}/2")
    return {nation: ",".join(mine) for nation, mine in tags.items()}


def _stay(
    place: int,
    row: Row,
    types: Mapping[str, tuple[int, Row]],
    numbers: Mapping[str, int],
    parties: Mapping[str, tuple[Membership, ...]],
    tags: Mapping[str, str],
) -> StayFacts:
    arrival, departure = _day(row, "arr"), _day(row, "dep")
    if departure <= arrival:
        raise Malformed(row.place, "'dep' is not after 'arr'", "let it stay a night")
    type_id, kind = row.known("type", types)
    name, party = row.text("id"), row.text("party", "")
    if party and f"party {party}" not in parties:
        raise Malformed(row.place, f"there is no party {party!r}", "list it under parties or set party to null")
    segment = row.word("segment", SEGMENTS, "ordinary")
    wishes = tuple(WORDS.get(word, word) for word in row.texts("want"))
    for wish in wishes:
        if wish not in WISHES:
            raise Malformed(f"{row.place}.want", f"the wish {wish!r} is not known", f"use {', '.join(WISHES)}")
    fixed = row.text("fixed_room", "")
    return StayFacts(
        id=place,
        guest=name,
        type_id=type_id,
        type_code=kind.text("code"),
        rank=kind.whole("rank", 0),
        ok_types=frozenset(_known_types(row, types)) or frozenset({type_id}),
        arrival=arrival,
        departure=departure,
        persons=row.whole("pax", 1),
        kinds=frozenset(filter(None, [KINDS.get(segment, segment)])),
        needs=frozenset(WORDS.get(word, word) for word in row.texts("must")),
        wishes=wishes,
        wanted_room=row.text("want_room", ""),
        past_rooms=tuple(row.texts("past_rooms")),
        taboo=tuple(row.texts("taboo")),
        keep_apart=tags.get(row.text("nation", ""), ""),
        parties=parties.get(name) or parties.get(f"party {party}", ()),
        regular=row.flag("regular"),
        priority=row.whole("prio", 0),
        early=row.flag("early"),
        fixed_room=row.known("fixed_room", numbers) if fixed else None,
    )


def _known_types(row: Row, types: Mapping[str, tuple[int, Row]]) -> Iterable[int]:
    for code in row.texts("ok_types"):
        if code not in types:
            raise Malformed(f"{row.place}.ok_types", f"there is no type {code!r}", f"use one of {', '.join(types)}")
        yield types[code][0]


def _check_fixed(house: House, stays: Iterable[StayFacts]) -> None:
    """Two people who both stay put in one room at one time are a contradiction nobody can solve."""
    taken: dict[int, list[StayFacts]] = {}
    for stay in stays:
        if stay.fixed_room is not None:
            for other in taken.setdefault(stay.fixed_room, []):
                if other.slots & stay.slots:
                    number = house.rooms[stay.fixed_room].number
                    problem = f"{other.guest} and {stay.guest} are both fixed in room {number} at the same time"
                    raise Malformed(f"stays[{stay.id}].fixed_room", problem, "free one of them")
            taken[stay.fixed_room].append(stay)
