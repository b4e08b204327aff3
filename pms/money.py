"""Amounts are integer minor units (fen, cents) plus the house's currency; nothing here knows a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from babel.numbers import get_currency_precision

from pms.errors import Refused
from pms.say import say


@dataclass(frozen=True, slots=True)
class Amount:
    """So many minor units of a currency, for use inside sentences."""

    minor: int
    currency: str = ""

    def in_language(self, lang: str) -> str:
        text = format_minor(self.minor, self.currency)
        return f"{self.currency} {text}" if self.currency else text


def exponent(currency: str) -> int:
    """Digits after the point: 2 for CNY, 0 for JPY (ISO 4217)."""
    return get_currency_precision(currency) if currency else 2


def format_minor(minor: int, currency: str = "") -> str:
    """`1,240.00`; the sign in front, grouping by thousands."""
    digits = exponent(currency)
    return f"{Decimal(minor).scaleb(-digits):,.{digits}f}"


def parse_amount(text: str, currency: str = "") -> int:
    """Minor units from what a clerk types (`1,240`, `1240.5`, `-20`, full-width digits). Raises `Refused`."""
    digits = exponent(currency)
    try:
        minor = Decimal(text.strip().replace(",", "").replace("，", "")).scaleb(digits)
    except InvalidOperation:
        minor = Decimal("NaN")
    if not minor.is_finite() or minor != minor.to_integral_value() or abs(minor) >= 10**12:
        raise Refused(say("{text} is not an amount. Write it like 1240.50.", text=text.strip() or "–"))
    return int(minor)


def percent_off(minor: int, percent: int) -> int:
    """The price after a discount of `percent` whole percent, rounded half up to the minor unit."""
    return (minor * (100 - percent) * 2 + 100) // 200


def share(total: int, parts: int) -> list[int]:
    """`total` in `parts` amounts that add up exactly; the first ones carry the odd units."""
    base, rest = divmod(total, parts)
    return [base + (1 if i < rest else 0) for i in range(parts)]
