"""The trade's figures (papers.md, "Formulas"). Money in minor units; None where there is nothing to divide by."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def percent(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in per cent."""
    return Decimal(100 * part) / whole if whole else None


def each(amount: int, count: int) -> int | None:
    """`amount` shared by `count`, rounded half up to the minor unit."""
    if not count:
        return None
    return int((Decimal(amount) / count).quantize(Decimal(1), ROUND_HALF_UP))


def sold(occupied: int, complimentary: int, house_use: int) -> int:
    """Complimentary and house use are occupied but not sold."""
    return occupied - complimentary - house_use


def adr(room_revenue: int, rooms_sold: int) -> int | None:
    """Average daily rate: room revenue by rooms sold."""
    return each(room_revenue, rooms_sold)


def revpar(room_revenue: int, rooms: int) -> int | None:
    """Revenue per available room; of all rooms, ordinary out of order is not deducted (USALI)."""
    return each(room_revenue, rooms)
