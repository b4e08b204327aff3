"""The police register 户管: what every guest must be asked, what is handed over, and the proof that it went (C9)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pms import access, clock, journal
from pms.accounts.models import User
from pms.db import db, insert_one
from pms.errors import Conflict, Offer, Refused
from pms.front_desk import queries_police
from pms.front_desk.models import PoliceBatch, Registration
from pms.front_desk.queries_police import RegisterLine
from pms.lengths import check_lengths
from pms.reservations.models import Group
from pms.say import say


@dataclass(frozen=True, slots=True, kw_only=True)
class FromAbroad:
    """The form for guests from abroad 外事登记: visa and its last day, purpose, who receives the guest."""

    visa: str = ""
    visa_expires_on: date | None = None
    purpose: str = ""
    host: str = ""


def complete(registration: Registration, form: FromAbroad, *, by: User, now: datetime) -> None:
    """Fill in what was not asked at check-in. Raises `Refused` for what the police have already."""
    access.require(by, "send_police_register")
    check_lengths(Registration, asdict(form))
    changed = (
        sa.update(Registration)
        .where(Registration.id == registration.id, Registration.sent_at.is_(None))
        .values(**asdict(form))
        .execution_options(synchronize_session="evaluate")
    )
    if db.session.execute(changed).rowcount != 1:  # type: ignore[attr-defined]
        raise Refused(say("This registration has already been sent. Tell the police of the correction."))
    journal.write(by, "complete_registration", registration, now=now, visa=form.visa, purpose=form.purpose)


def send(ids: Collection[int], reference: str, *, by: User, now: datetime) -> int:
    """Write down that these registrations went to the police, with the number their system gave; returns the batch.

    Nothing goes twice: raises `Conflict` when somebody else has sent one of them meanwhile, `Refused` for a number
    that was used before and for registrations that lack something.
    """
    access.require(by, "send_police_register")
    number = " ".join(reference.split())
    _check_reference(number)
    chosen = queries_police.lines(set(ids))
    _check_complete(chosen)
    try:
        batch = insert_one(PoliceBatch, reference=number, sent_at=now, by_id=by.id, count=len(chosen))
    except IntegrityError as error:
        raise Conflict(say("The number {number} has just been used.", number=number), field="reference") from error
    sent = (
        sa.update(Registration)
        .where(Registration.id.in_([line.id for line in chosen]), Registration.sent_at.is_(None))
        .values(sent_at=now, batch_id=batch)
    )
    if (count := db.session.connection().execute(sent).rowcount) != len(chosen):
        missing = len(chosen) - count
        raise Conflict(say("Somebody else has sent {count} of these meanwhile. Look at the list again.", count=missing))
    journal.write(by, "send_police_register", f"police_batch:{batch}", now=now, reference=number, count=count)
    return batch


def hand_over(ids: Collection[int], form: str, *, by: User, now: datetime) -> list[RegisterLine]:
    """The registrations with their whole document numbers, to be handed to the police as `form` (csv, xlsx, pdf).

    It goes on record, as every look at a whole number does. Raises `Refused` when nothing is chosen.
    """
    access.require(by, "reveal_document")
    chosen = queries_police.lines(set(ids), whole_numbers=True)
    if not chosen:
        raise Refused(say("Please mark the registrations that are meant."))
    journal.write(by, "export_police_register", "police", now=now, count=len(chosen), form=form)
    return chosen


def collective_list(group: Group, *, by: User, now: datetime) -> list[RegisterLine]:
    """Everybody of a group who is registered, for the collective list 团体名单. Raises `Refused` when nobody is."""
    access.require(by, "reveal_document")
    chosen = queries_police.of_group(group.id)
    if not chosen:
        raise Refused(say("Nobody of {group} is registered yet. Check the group in first.", group=group.name))
    journal.write(by, "export_police_register", group, now=now, count=len(chosen), form="pdf")
    return chosen


def _check_reference(number: str) -> None:
    if not number:
        raise Refused(
            say("Please enter the number the police gave as proof."),
            offers=(Offer(say("Send the exported file first, then enter the number it got"), "export"),),
            field="reference",
        )
    check_lengths(PoliceBatch, {"reference": number})
    if used := queries_police.batch_called(number):
        raise Refused(
            say(
                "{number} was already entered by {who} on {day}.",
                number=number,
                who=used.by,
                day=clock.local(used.sent_at).date(),
            ),
            field="reference",
        )


def _check_complete(chosen: list[RegisterLine]) -> None:
    if not chosen:
        raise Refused(say("Please mark the registrations that are meant."))
    lacking = [(line, line.lacks) for line in chosen if line.lacks]
    if lacking:
        line, lacks = lacking[0]
        assert lacks is not None
        raise Refused(
            say("{count} registrations are not complete. {guest}: {lacks}", count=len(lacking), guest=line.guest,
                lacks=lacks),
            offers=(Offer(say("Fill in what is missing, or leave these out"), "complete", line.id),),
        )  # fmt: skip
