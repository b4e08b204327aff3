"""What a log, a handover and a count must have, decided without a database (H1-H3)."""

from __future__ import annotations

from collections.abc import Mapping

from pms.errors import Offer, Refused
from pms.money import Amount
from pms.say import Say, say

DENOMINATIONS: dict[str, tuple[int, ...]] = {
    "CNY": (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10),
    "EUR": (50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "USD": (10_000, 5_000, 2_000, 1_000, 500, 100, 25, 10, 5, 1),
    "GBP": (5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "JPY": (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1),
    "HKD": (100_000, 50_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10),
}
ANY_MONEY = tuple(face * 10**zeros for zeros in range(5, -1, -1) for face in (5, 2, 1))
MOST_PIECES = 9_999

NOTE_KINDS: dict[str, Say] = {"done": say("Done"), "open": say("Still open"), "remember": say("To remember")}


def denominations(currency: str) -> tuple[int, ...]:
    """The notes and coins of a currency in minor units, the largest first; 5-2-1 steps for one not known here."""
    return DENOMINATIONS.get(currency, ANY_MONEY)


def check_note(text: str) -> None:
    """A line of the log says something (H1)."""
    if not text.strip():
        raise Refused(say("Please write what happened."), field="text")


def total_of(pieces: Mapping[int, int], currency: str) -> int:
    """What so many notes and coins come to, in minor units. Raises `Refused` for what is no such count."""
    known = denominations(currency)
    for face, count in pieces.items():
        if face not in known or not 0 <= count <= MOST_PIECES:
            raise Refused(say("So many notes cannot be right. Please count again."), field=f"of_{face}")
    return sum(face * count for face, count in pieces.items())


def check_count(counted: int, expected: int, kept: int, *, reason: str, witnessed: bool, currency: str) -> None:
    """What is counted is what is expected, or the difference is explained and a second person has seen it (H3)."""
    if not 0 <= kept <= counted:
        raise Refused(say("No more can stay in the drawer than was counted."), field="kept")
    difference = counted - expected
    if not difference:
        return
    amount = Amount(abs(difference), currency)
    text = (
        say("{amount} more than expected.", amount=amount)
        if difference > 0
        else say("{amount} are missing.", amount=amount)
    )
    if not reason.strip():
        raise Refused(
            say("{difference} Count again, or say why.", difference=text),
            field="reason",
            offers=(Offer(say("Count again")), Offer(say("Explain the difference and let a colleague see it"))),
        )
    if not witnessed:
        raise Refused(
            say("{difference} A colleague must have seen it, with the password of his own.", difference=text),
            field="witness",
        )
