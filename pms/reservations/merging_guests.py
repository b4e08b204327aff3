"""Two profiles of one person become one 客史合并 (R12), or it is written down that they are two people.

The elder profile, that with the lower number, survives: its number stands on the oldest papers, and the database needs
no more than a check to forbid that two profiles are merged into each other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pms import access, journal
from pms.clock import local
from pms.db import db, insert_missing
from pms.errors import Conflict, Offer, Refused
from pms.guests import queries, queries_duplicates, rules_merging
from pms.guests.actions import EDITABLE, edit_guest
from pms.guests.models import Guest, TwoPeople
from pms.reservations.queries_guests import Found, where_found
from pms.say import Say, say

if TYPE_CHECKING:
    from pms.accounts.models import User


def merge_guests(
    one_id: int,
    other_id: int,
    from_younger: Collection[str] = (),
    *,
    notes: str | None = None,
    seen: str = "",
    by: User,
    now: datetime,
) -> Guest:
    """Everything of the younger profile belongs to the elder one from now on; the younger leads to it. The elder back.

    Where both know different things, `from_younger` names the fields (rules_merging.ONE_OF_TWO) to be taken from the
    younger one; `notes` None keeps those of both. `seen` is what `seen_of` said when somebody looked. Raises `Refused`
    for one profile twice and for two people, `Conflict` when somebody was faster.
    """
    access.require(by, "merge_guests")
    elder, younger = _locked(one_id, other_id)
    if seen and seen != seen_of(elder, younger):
        raise Conflict(say("One of the profiles has been changed since you opened this. Please look at them again."))
    _refuse_two_people(elder, younger)
    before, given = profile(elder), profile(younger)
    after = rules_merging.together(before, given, from_younger)
    if notes is not None:
        after["notes"] = notes
    edit_guest(elder, by=by, now=now, **after)
    taken = sorted(name for name in after if after[name] != before[name] and after[name] == given[name])
    carried = _carry_over(elder.id, younger.id)
    journal.write(by, "merge_guests", elder, now=now, other=younger.id, taken=taken, carried=carried)
    journal.write(by, "merged_into", younger, now=now, into=elder.id)
    db.session.expire_all()  # whose stays are whose is read anew
    return elder


def tell_apart(one_id: int, other_id: int, *, by: User, now: datetime) -> None:
    """The two look alike and are two people: they are not shown as duplicates again."""
    access.require(by, "merge_guests")
    elder, younger = _locked(one_id, other_id)
    row = {"elder_id": elder.id, "younger_id": younger.id, "at": now, "by_id": by.id}
    if insert_missing(TwoPeople, [row]):
        journal.write(by, "two_people", elder, now=now, other=younger.id)


def profile(guest: Guest) -> dict[str, Any]:
    """The fields of a profile, as rules_merging takes them."""
    return {name: getattr(guest, name) for name in EDITABLE}


def seen_of(elder: Guest, younger: Guest) -> str:
    """A short text that differs once anything of the two profiles has been changed."""
    return f"{queries.fingerprint(elder)}-{queries.fingerprint(younger)}"


def refuse_merged(guest: Guest) -> None:
    """Raises `Conflict`, saying who was faster, for a profile that is merged already."""
    if guest.merged_into is None:
        return
    done = queries_duplicates.merge_of(guest.id)
    if done is None:
        raise Conflict(say("This profile has been merged already."))
    at = f"{local(done.at):%H:%M}"
    raise Conflict(
        say("{name} has merged this profile into another one at {time}. Nothing is left to do.", name=done.by, time=at)
    )


def _locked(one_id: int, other_id: int) -> tuple[Guest, Guest]:
    """The two profiles, the elder first, which nobody else changes meanwhile; locked in this order by everybody."""
    if one_id == other_id:
        raise Refused(say("A profile cannot be merged with itself."))
    elder, younger = (queries.profile(guest_id, locked=True) for guest_id in sorted((one_id, other_id)))
    for guest in (elder, younger):
        refuse_merged(guest)
    return elder, younger


def _refuse_two_people(elder: Guest, younger: Guest) -> None:
    """Raises `Refused` for who sleeps here under both profiles, and for who was in one room with the other."""
    first, second = where_found(elder.id), where_found(younger.id)
    here, there = (next((found for found in each if found.in_house), None) for each in (first, second))
    if here and there and here.stay_id != there.stay_id:
        raise Refused(
            say(
                "The guest is in house under both profiles, in room {one} and in room {other}: two people, "
                "or one of them was checked in under the wrong name. Put that right first.",
                one=here.room or "—",
                other=there.room or "—",
            )
        )
    both = _in_both(first, second)
    if both:
        raise _two_people(
            say("Both profiles are guests of one stay ({confirmation}): two people.", confirmation=both.confirmation)
        )


def _in_both(first: Sequence[Found], second: Sequence[Found]) -> Found | None:
    stays = {found.stay_id for found in second}
    return next((found for found in first if found.stay_id in stays), None)


def _two_people(reason: Say) -> Refused:
    offer = Offer(say("Mark them as two people, or take one of them out of the stay."), "tell_apart")
    return Refused(reason, offers=(offer,))


def _carry_over(elder_id: int, younger_id: int) -> dict[str, int]:
    """Whatever names the younger profile names the elder one; how many rows of which column that were."""
    about = sa.or_(TwoPeople.elder_id == younger_id, TwoPeople.younger_id == younger_id)
    db.session.execute(sa.delete(TwoPeople).where(about))
    try:
        moved = {str(column): _rename(column, elder_id, younger_id) for column in naming_guests()}
    except IntegrityError as error:  # registered with the police, and since then taken out of the stay
        raise _two_people(say("Both profiles stand in one registration: two people.")) from error
    known = Guest.__table__
    db.session.execute(sa.update(known).where(known.c.id == younger_id).values(merged_into=elder_id))
    return {name: rows for name, rows in moved.items() if rows}


def _rename(column: sa.Column[Any], elder_id: int, younger_id: int) -> int:
    wanted = sa.update(column.table).where(column == younger_id).values({column.name: elder_id})
    return db.session.connection().execute(wanted).rowcount


def naming_guests() -> list[sa.Column[Any]]:
    """Every column that names a guest, in whatever table: what a new feature adds is carried over by itself."""
    known = Guest.__table__.c.id
    return [
        column
        for table in db.metadata.sorted_tables
        for column in table.c
        if any(key.column is known for key in column.foreign_keys)
    ]
