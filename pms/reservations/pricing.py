"""What nights cost: prices of the plan fixed on the booking (R4), discounts within authority (R5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pms import access, money
from pms.access import Role
from pms.errors import Offer, Refused
from pms.property import queries as house
from pms.property.models import SeasonKind
from pms.reservations import rules
from pms.reservations.models import Use
from pms.say import Say, say

if TYPE_CHECKING:
    from pms.accounts.models import User

FREE = frozenset({Use.COMPLIMENTARY, Use.HOUSE_USE})
SEASON_NAMES: dict[SeasonKind, Say] = {
    SeasonKind.PEAK: say("peak season"),
    SeasonKind.NORMAL: say("normal season"),
    SeasonKind.LOW: say("low season"),
}


@dataclass(frozen=True, slots=True)
class Fixed:
    """Nightly prices in minor units, in order, and who approved a discount beyond the clerk's own limit."""

    prices: tuple[int, ...]
    approved_by: User | None = None


def fix(
    plan_id: int,
    type_id: int,
    nights: Sequence[date],
    *,
    use: Use = Use.PAID,
    discount_percent: int = 0,
    approved_by: User | None = None,
    by_hand: tuple[int, ...] | None = None,
    force: bool = False,
    contract: Mapping[date, int] | None = None,
    agreed_percent: int = 0,
    by: User,
) -> Fixed:
    """The price of each night: by hand, free, as agreed with the group (`contract`), else of the plan. A discount up
    to what was agreed with the company (`agreed_percent`) needs no further authority.

    Raises `Refused` for a discount beyond authority or a plan without a price, `NotAllowed` for prices by hand or a
    free room without "set_price".
    """
    if by_hand is not None:
        return Fixed(_by_hand(by_hand, nights, discount_percent, force, by))
    if use in FREE:
        access.require(by, "set_price")
        return Fixed((0,) * len(nights))
    prices = _agreed_or_plan(plan_id, type_id, nights, contract or {})
    if not discount_percent:
        return Fixed(prices)
    approver = check_discount(discount_percent, nights, by, approved_by, agreed_percent)
    return Fixed(tuple(money.percent_off(price, discount_percent) for price in prices), approver)


def _agreed_or_plan(
    plan_id: int, type_id: int, nights: Sequence[date], contract: Mapping[date, int]
) -> tuple[int, ...]:
    return tuple(contract[n] if n in contract else house.price_of(plan_id, type_id, n) for n in nights)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a stay would cost: each night with its price, breakfasts included, and the total in minor units."""

    nights: tuple[tuple[date, int], ...]
    breakfasts: int
    total: int


def quote(
    plan_id: int, type_id: int, arrival: date, departure: date, *, persons: int = 1, discount_percent: int = 0
) -> Quote:
    """A quote by the plan (R4). The discount is only reckoned here; authority is asked when it is booked."""
    rules.check_departure(arrival, departure)
    nights = rules.nights_of(arrival, departure)
    prices = [money.percent_off(price, discount_percent) for price in house.prices(plan_id, type_id, nights)]
    breakfasts = house.facts().plans[plan_id].breakfasts * persons * len(nights)
    return Quote(tuple(zip(nights, prices, strict=True)), breakfasts, sum(prices))


def check_discount(
    percent: int, nights: Sequence[date], by: User, approved_by: User | None, agreed_percent: int = 0
) -> User | None:
    """Who has to stand behind the discount besides the clerk: nobody, or `approved_by`. Raises `Refused` naming the
    limit and who may approve.
    """
    if not 0 < percent <= 100:
        raise Refused(say("A discount is between 1 and 100 %."), field="discount_percent")
    if by.is_system or percent <= agreed_percent or percent <= _limit(by.role, nights):
        return None
    if approved_by is None:
        raise _beyond(percent, nights, by.role)
    if not access.allowed(approved_by, "approve_discount") or not approved_by.active:
        raise Refused(say("{name} may not approve discounts.", name=approved_by.name), field="discount_percent")
    if percent > _limit(approved_by.role, nights):
        raise _beyond(percent, nights, approved_by.role)
    return approved_by


def _limit(role: Role, nights: Sequence[date]) -> int:
    seasons = {house.season_on(night) for night in nights}
    return rules.lowest_limit([house.discount_limit(role, season) for season in seasons])


def _beyond(percent: int, nights: Sequence[date], role: Role) -> Refused:
    limits = {season: house.discount_limit(role, season) for season in {house.season_on(night) for night in nights}}
    strictest = min(limits, key=lambda season: limits[season], default=SeasonKind.NORMAL)
    who = tuple(r for r in Role if r in access.ALLOWED["approve_discount"] and _limit(r, nights) >= percent)
    offer = Offer(say("Ask for approval: {who}.", who=access.Roles(who)), "approve_discount", [r.value for r in who])
    return Refused(
        say(
            "{role} may give at most {limit} % in the {season}; {percent} % needs approval.",
            role=access.ROLE_NAMES[role],
            limit=limits.get(strictest, 0),
            season=SEASON_NAMES[strictest],
            percent=percent,
        ),
        offers=(offer,) if who else (),
        field="discount_percent",
    )


def _by_hand(prices: tuple[int, ...], nights: Sequence[date], percent: int, force: bool, by: User) -> tuple[int, ...]:
    access.require(by, "set_price")
    if percent:
        raise Refused(say("Either a discount or prices by hand, not both."), field="discount_percent")
    if len(prices) != len(nights):
        raise Refused(
            say("Every night needs a price: nights {nights}, prices {count}.", nights=len(nights), count=len(prices)),
            field="prices",
        )
    if min(prices, default=0) < 0 and not force:
        raise Refused(say("A price is not negative."), field="prices")
    return tuple(prices)
