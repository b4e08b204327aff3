"""What comes from the page that checks a group in: a row a guest, so its fields carry the guests' ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pms.errors import Refused
from pms.front_desk.groups import Split, WithLeader
from pms.front_desk.queries_groups import ListedStay
from pms.front_desk.rooming_sheet import Paper, RoomingSheet
from pms.front_desk.rules import Deposit, DepositKind
from pms.guests.models import DocumentKind
from pms.money import parse_amount
from pms.say import Say, say

DEPOSIT_KINDS: dict[DepositKind, Say] = {
    DepositKind.NONE: say("None: the order stands for it"),
    DepositKind.CASH: say("Cash"),
    DepositKind.CARD: say("Card"),
    DepositKind.MOBILE: say("Mobile payment"),
    DepositKind.PREAUTHORISATION: say("Card pre-authorisation"),
}
Typed = Mapping[str, str]


def read_sheet(typed: Typed, stays: Sequence[ListedStay], currency: str) -> RoomingSheet:
    """The sheet as it was typed. Raises `Refused` for an amount that is none."""
    heads = typed.get("heads", "").strip()
    return RoomingSheet(
        leader=WithLeader(
            heads=int(heads) if heads.isascii() and heads.isdecimal() else 0,
            split=_split(typed),
            signed="signed" in typed,
            agreed=typed.get("agreed", "").strip()[:200],
        ),
        deposit=_deposit(typed, currency),
        papers=_papers(typed, stays),
        rooms={stay.id: int(room) for stay in stays if (room := typed.get(f"room-{stay.id}", "")).isdecimal()},
        later=frozenset(stay.id for stay in stays if f"later-{stay.id}" in typed),
        seen="seen" in typed,
        key_each=typed.get("keys", "each") == "each",
        visa=typed.get("visa", "").strip(),
        purpose=typed.get("purpose", "").strip(),
    )


def _papers(typed: Typed, stays: Sequence[ListedStay]) -> dict[int, Paper]:
    found = {}
    for guest in (guest for stay in stays for guest in stay.guests):
        if number := typed.get(f"number-{guest.id}", "").strip():
            kind = typed.get(f"kind-{guest.id}", "")
            known = kind if kind in list(DocumentKind) else DocumentKind.OTHER
            country = typed.get(f"country-{guest.id}", "").strip() or guest.nationality
            found[guest.id] = Paper(DocumentKind(known), number, country)
    return found


def _split(typed: Typed) -> Split:
    split = typed.get("split", "")
    return Split(split) if split in list(Split) else Split.ROOMS


def _deposit(typed: Typed, currency: str) -> Deposit | None:
    kind = typed.get("deposit", "")
    if kind not in list(DepositKind):
        return None
    reference = typed.get("reference", "").strip()
    if kind == DepositKind.NONE:
        return Deposit(DepositKind.NONE, why_none=reference or str(DEPOSIT_KINDS[DepositKind.NONE]))
    return Deposit(DepositKind(kind), _amount(typed.get("amount", ""), currency), reference)


def _amount(text: str, currency: str) -> int:
    try:
        return parse_amount(text, currency)
    except Refused as no:
        raise Refused(no.reason, field="deposit") from None
