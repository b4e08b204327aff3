"""What can be sold: type by night, and what it costs by each plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pms.api.answers import plan_id_of, sees_prices, type_id_of
from pms.api.door import Door
from pms.api.schemas_house import Availability, AvailabilityQuery, NightOut, PlanPrice, TypeAvailability
from pms.errors import Refused
from pms.property import queries as house
from pms.reservations import queries_availability, rules
from pms.reservations.queries_availability import TypeOnNight
from pms.say import say

bp = Door("Availability")

MOST_NIGHTS = 62


@bp.does("GET /availability", needs="see_reservations")
def availability(query: AvailabilityQuery) -> Availability:
    """What is left of each type on each night, and the price of the nights by each plan."""
    rules.check_departure(query.arrival, query.departure)
    if (query.departure - query.arrival).days > MOST_NIGHTS:
        raise Refused(say("Ask for at most {nights} nights.", nights=MOST_NIGHTS), field="departure")
    only = type_id_of(query.type) if query.type else None
    nights: dict[int, list[TypeOnNight]] = defaultdict(list)
    for row in queries_availability.availability(query.arrival, query.departure):
        nights[row.type_id].append(row)
    plans = [plan for plan in house.plans() if query.plan is None or plan.id == plan_id_of(query.plan)]
    return Availability(
        arrival=query.arrival,
        departure=query.departure,
        currency=house.hotel().currency,
        types=[
            _type(kind, nights[kind.id], plans)
            for kind in house.types()
            if only in (None, kind.id) and kind.capacity >= query.persons
        ],
    )


def _type(kind: Any, rows: Sequence[TypeOnNight], plans: Sequence[Any]) -> TypeAvailability:
    return TypeAvailability(
        type=kind.code,
        name_en=kind.name_en,
        name_zh=kind.name_zh,
        capacity=kind.capacity,
        left=min(row.left for row in rows),
        nights=[NightOut.model_validate(row._asdict()) for row in rows],
        prices=list(_prices(kind.id, [row.night for row in rows], plans)) if sees_prices() else None,
    )


def _prices(type_id: int, nights: Sequence[date], plans: Sequence[Any]) -> Iterator[PlanPrice]:
    """Of the plans that have a price for every night."""
    for plan in plans:
        try:
            nightly = house.prices(plan.id, type_id, nights)
        except Refused:
            continue
        yield PlanPrice(plan=plan.code, breakfasts=plan.breakfasts, nightly=list(nightly), total=sum(nightly))
