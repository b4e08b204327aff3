"""What a posting may be, decided without a database."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from pms.errors import Offer, Refused
from pms.money import Amount
from pms.say import Say, say

LARGEST = 1_000_000_000  # minor units; ten million is a slip of the finger at any desk

KIND_NAMES: dict[str, Say] = {
    "room": say("Room charge"),
    "package": say("Breakfast"),
    "tax": say("Tax"),
    "no_show_fee": say("No-show fee"),
    "cancellation_fee": say("Cancellation fee"),
    "day_use": say("Day use"),
    "food": say("Food and drinks"),
    "laundry": say("Laundry"),
    "telephone": say("Telephone"),
    "other": say("Other charge"),
    "payment": say("Payment"),
    "deposit": say("Deposit"),
    "refund": say("Refund"),
    "transfer": say("Charge to account"),
}
METHOD_NAMES: dict[str, Say] = {
    "cash": say("Cash"),
    "card": say("Bank card"),
    "mobile": say("Mobile payment"),
    "transfer": say("Bank transfer"),
    "account": say("Account"),
}


MOVED = say("Moved to folio {window}", window="").text


def is_move(text: Any) -> bool:
    """Is this the text (say.to_json or None) of a reversal that moved its posting into another window?"""
    return isinstance(text, dict) and text.get("say") == MOVED


def check_amount(amount: int) -> None:
    """A charge or payment is a positive number of minor units within reason; what was wrong is reversed instead."""
    if isinstance(amount, bool) or not isinstance(amount, int) or amount <= 0:
        raise Refused(say("An amount must be more than nothing. To take something back, reverse it."), field="amount")
    if amount > LARGEST:
        raise Refused(say("{amount} cannot be right. Please check the amount.", amount=Amount(amount)), field="amount")


def check_no_card_number(*texts: str) -> None:
    """Card numbers are never kept: the approval code or the receipt number is enough."""
    if any(looks_like_card_number(text) for text in texts):
        raise Refused(
            say("This looks like a card number. Write the approval code or the receipt number instead."),
            field="reference",
        )


def looks_like_card_number(text: str) -> bool:
    """Is there a run of 13 to 19 digits that passes the Luhn check, also in groups parted by spaces, dots or dashes?"""
    plain = unicodedata.normalize("NFKC", text)
    for run in re.findall(r"\d+(?:[ .\-–—]\d+)*", plain):
        groups = re.findall(r"\d+", run)
        for first in range(len(groups)):
            for last in range(first, len(groups)):
                digits = "".join(groups[first : last + 1])
                if 13 <= len(digits) <= 19 and passes_luhn(digits):
                    return True
    return False


def passes_luhn(digits: str) -> bool:
    """The check digit of payment cards; `digits` are decimal digits of any script."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def tax_on(amount: int, permille: int) -> int:
    """Tax on top of `amount`, rounded half away from zero, as the audit's statement computes it."""
    tax = (abs(amount) * permille + 500) // 1000
    return tax if amount >= 0 else -tax


def check_settled(balance: int, currency: str, window: int = 1) -> None:
    """A guest leaves with every window of the folio at zero; else it is said what is open and how to settle it."""
    amount = Amount(abs(balance), currency)
    if balance > 0:
        text = say("{amount} of the bill is not paid yet.", amount=amount)
        if window > 1:
            text = say("{amount} of folio {window} is not paid yet.", amount=amount, window=window)
        raise Refused(
            text,
            offers=(
                Offer(say("Take a payment of {amount}", amount=amount), "payment", balance),
                Offer(say("Charge {amount} to an account", amount=amount), "transfer", balance),
            ),
        )
    if balance < 0:
        raise Refused(
            say("The guest has {amount} in credit.", amount=amount),
            offers=(Offer(say("Give back {amount}", amount=amount), "refund", -balance),),
        )


def check_credit(code: str, credit: bool, limit: int | None, amount: int) -> None:
    """May a bill of `amount` be charged to this account (R4)? Raises `Refused`; `limit` None is without limit."""
    other = Offer(say("Take another payment, or split the bill; credit is agreed under Contract accounts."), "method")
    if not credit:
        raise Refused(say("{code} has no credit with us.", code=code), offers=(other,), field="method")
    if limit is not None and amount > limit:
        raise Refused(
            say("{code} has credit for at most {limit} a bill.", code=code, limit=Amount(limit)),
            offers=(other,),
            field="method",
        )
