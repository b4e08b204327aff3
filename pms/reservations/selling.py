"""Taking and giving back room-nights of a type: ordinary selling with its controls (R3), and blocks of groups (R8).

Rows are locked in one order, block before counter, type by type, night by night, so that two clerks never wait for
each other in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pms import access
from pms.access import Role
from pms.errors import Offer, Refused
from pms.property import queries as house
from pms.reservations import blocks, inventory, queries_availability, rules
from pms.reservations.inventory import SoldOut
from pms.say import say

OTHER_TYPES_OFFERED = 3
OTHER_DATES_OFFERED = 3
SEARCHED_DAYS = 7  # before and after the wanted arrival


def sell(type_id: int, nights: Sequence[date], *, group_id: int | None = None, force: bool = False) -> None:
    """Take one room of a type on consecutive nights: from the group's block as far as it goes, else of what is left.

    Raises `SoldOut` with offers when a night is full or stopped; `force` passes both (the caller has checked who may).
    """
    outside = blocks.pick_up(group_id, type_id, nights) if group_id and nights else nights
    try:
        for run in rules.stretches(outside):
            inventory.take(type_id, run, force=force)
    except SoldOut as full:
        offers = offers_instead(type_id, nights)
        raise SoldOut(full.reason, type_id=type_id, nights=full.nights, offers=offers) from None


def give_back(type_id: int, nights: Sequence[date], *, group_id: int | None = None) -> None:
    """What `sell` took, taken back."""
    outside = blocks.put_back(group_id, type_id, nights) if group_id and nights else nights
    for run in rules.stretches(outside):
        inventory.give_back(type_id, run)


def exchange(
    old: tuple[int, Sequence[date]], new: tuple[int, Sequence[date]], *, group_id: int | None, force: bool = False
) -> None:
    """Give back what only `old` (type, nights) has and take what only `new` has, in the order of types and nights."""
    inventory.prepare(*new)
    had = {(old[0], night) for night in old[1]}
    wanted = {(new[0], night) for night in new[1]}
    for type_id, run, taking in _runs(had, wanted):
        if taking:
            sell(type_id, run, group_id=group_id, force=force)
        else:
            give_back(type_id, run, group_id=group_id)


def check_minimum_stay(type_id: int, nights: Sequence[date]) -> None:
    """Raises `Refused` when a night of the stay is only sold to longer stays (R3)."""
    if not nights:
        return
    found = queries_availability.longest_minimum_stay(type_id, nights[0], nights[-1])
    if found is None or found.minimum_stay <= len(nights):
        return
    longer = say("Book {nights} nights.", nights=found.minimum_stay)
    raise Refused(
        say("{night} is sold only to stays of {nights} nights or more.", night=found.night, nights=found.minimum_stay),
        offers=(Offer(longer, "nights", found.minimum_stay), who_may_sell_beyond()),
        field="departure",
    )


def offers_instead(type_id: int, nights: Sequence[date]) -> tuple[Offer, ...]:
    """Types free on all the nights, nearest on the ladder first; near dates for the same type; who may override."""
    free = queries_availability.left_on_all(nights)
    rank = house.type_of(type_id).rank
    others = sorted((t for t in house.types() if t.id != type_id and free[t.id] > 0), key=lambda t: abs(t.rank - rank))
    types = [
        Offer(say("Type {type}: {count} left on all nights.", type=kind.code, count=free[kind.id]), "type", kind.id)
        for kind in others[:OTHER_TYPES_OFFERED]
    ]
    return (*types, *_near_dates(type_id, nights), who_may_sell_beyond())


def who_may_sell_beyond() -> Offer:
    who = tuple(role for role in Role if role in access.ALLOWED["sell_beyond_limit"])
    return Offer(
        say("May sell beyond the limit: {who}.", who=access.Roles(who)), "sell_beyond_limit", [r.value for r in who]
    )


def _near_dates(type_id: int, nights: Sequence[date]) -> list[Offer]:
    arrivals = queries_availability.arrivals_with_room(type_id, nights[0], len(nights), within=SEARCHED_DAYS)
    nearest = sorted(arrivals, key=lambda day: (abs((day - nights[0]).days), day))[:OTHER_DATES_OFFERED]
    return [
        Offer(
            say("{arrival} to {departure} is free.", arrival=day, departure=day + timedelta(days=len(nights))),
            "dates",
            [day.isoformat(), (day + timedelta(days=len(nights))).isoformat()],
        )
        for day in nearest
    ]


def _runs(had: set[tuple[int, date]], wanted: set[tuple[int, date]]) -> Iterator[tuple[int, list[date], bool]]:
    """Consecutive nights of a type that go the same way, in the order of types and nights."""
    for type_id in sorted({type_id for type_id, _ in had ^ wanted}):
        given = rules.stretches(night for of, night in had - wanted if of == type_id)
        taken = rules.stretches(night for of, night in wanted - had if of == type_id)
        ways = [(run, False) for run in given] + [(run, True) for run in taken]
        for run, taking in sorted(ways, key=lambda way: way[0][0]):
            yield type_id, run, taking
