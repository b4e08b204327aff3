"""Profiles that look like one person: found, compared, merged, or told apart."""

from __future__ import annotations

from typing import Any

from pms import clock
from pms.api import answers, cursors
from pms.api.answers import may
from pms.api.door import Door
from pms.api.schemas import Page
from pms.api.schemas_duplicates import (
    ComparedOut,
    ComparisonOut,
    DuplicateOut,
    DuplicatePage,
    MergeField,
    MergeIn,
    TwoPeopleOut,
)
from pms.api.schemas_stays import DocumentOut, GuestOut
from pms.guests import queries, queries_duplicates, rules_merging
from pms.guests.models import Guest
from pms.reservations import merging_guests
from pms.reservations.profiles import both_visible
from pms.reservations.queries_guests import history
from pms.web.gate import me

bp = Door("Duplicates")

BY_CODE = {"account_id": "account"}
"""Fields that are a code here and a number in the profile."""

BY_NUMBER = {code: number for number, code in BY_CODE.items()}


@bp.does("GET /duplicates", needs="merge_guests")
def list_duplicates(query: Page) -> DuplicatePage:
    """Profiles that share a document, a name with its birthday, or a telephone; the last ones made first."""
    key: Any = cursors.read(query.cursor, int, int)
    found = queries_duplicates.pairs(see_incognito=may("see_incognito"), after=key, limit=query.limit + 1)
    rows, following = cursors.cut(found, query.limit, lambda pair: (pair.younger.id, pair.elder.id))
    items = [
        DuplicateOut(elder=answers.guest(pair.elder), younger=answers.guest(pair.younger), alike=pair.alike)
        for pair in rows
    ]
    return DuplicatePage(items=items, next=following)


@bp.does("GET /guests/{guest_id}/duplicates/{other_id}", needs="merge_guests")
def compare_profiles(guest_id: int, other_id: int) -> ComparisonOut:
    """Two profiles side by side, whichever was named first."""
    elder, younger = both_visible(guest_id, other_id)
    first, second = merging_guests.profile(elder), merging_guests.profile(younger)
    return ComparisonOut(
        elder=_compared(elder),
        younger=_compared(younger),
        to_choose=[MergeField(BY_CODE.get(name, name)) for name in rules_merging.to_choose(first, second)],
        notes=rules_merging.both_notes(first, second),
        seen=merging_guests.seen_of(elder, younger),
    )


@bp.does("POST /guests/{guest_id}/duplicates/{other_id}/merge", needs="merge_guests")
def merge_profiles(guest_id: int, other_id: int, body: MergeIn) -> GuestOut:
    """Everything of the younger profile is the elder's from now on, which is answered. It cannot be taken back."""
    both_visible(guest_id, other_id)
    chosen = [BY_NUMBER.get(name, name) for name in body.from_younger]
    survivor = merging_guests.merge_guests(
        guest_id, other_id, chosen, notes=body.notes, seen=body.seen, by=me(), now=clock.now()
    )
    return answers.guest(survivor)


@bp.does("POST /guests/{guest_id}/duplicates/{other_id}/two-people", needs="merge_guests")
def tell_apart(guest_id: int, other_id: int) -> TwoPeopleOut:
    """They look alike and are two people: not shown as duplicates again."""
    elder, younger = both_visible(guest_id, other_id)
    merging_guests.tell_apart(elder.id, younger.id, by=me(), now=clock.now())
    return TwoPeopleOut(elder_id=elder.id, younger_id=younger.id)


def _compared(guest: Guest) -> ComparedOut:
    stays = history(guest.id, clock.business_date()).stays
    return ComparedOut(
        **dict(answers.guest(guest)),
        documents=[DocumentOut(**line._asdict()) for line in queries.documents_of(guest.id)],
        stays=len(stays),
        last_arrival=stays[0].arrival if stays else None,
    )
