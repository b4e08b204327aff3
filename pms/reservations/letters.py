"""Confirmation letters 确认函 (R1): drafted from the booking, reviewed by a superior, sent.

A hotel may switch the review off (Settings, Hotel). What has changed since the draft is neither reviewed nor sent.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pms import access, journal
from pms.db import db, save
from pms.errors import Offer, Refused
from pms.property import queries as house
from pms.reservations import queries_letters
from pms.reservations.merging import refuse_merged
from pms.reservations.models import Booking
from pms.reservations.models_letters import Letter, SentBy
from pms.reservations.saving import nobody_else
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User


@nobody_else()
def draft_letter(booking: Booking, *, by: User, now: datetime) -> Letter:
    """Draft the letter anew from the booking as it is; one that was not sent yet is replaced.

    Raises `Refused` for a booking that was merged, `Missing` when nothing of it is to come.
    """
    access.require(by, "write_letter")
    booking = queries_letters.locked_booking(booking.id)
    refuse_merged(booking)
    content = queries_letters.content_of(booking)
    before = queries_letters.letters_of(booking.id)
    for old in before:
        if old.sent_at is None and old.replaced_at is None:
            old.replaced_at = now
            save(old)
    letter = Letter(
        booking_id=booking.id,
        number=len(before) + 1,
        content=content,
        needs_review=house.hotel().review_confirmations,
        drafted_at=now,
        drafted_by=by.id,
    )
    db.session.add(letter)
    db.session.flush()
    journal.write(by, "draft_letter", booking, now=now, letter=letter.number)
    return letter


@nobody_else()
def review_letter(letter: Letter, *, by: User, now: datetime) -> None:
    """A superior has read the letter and lets it go out. Raises `Refused` for one's own draft and a stale one."""
    access.require(by, "review_letter")
    _check(letter)
    if letter.drafted_by == by.id:
        raise Refused(say("You drafted this letter yourself: another superior has to review it."))
    if letter.reviewed_at is not None:
        raise Refused(say("This letter has been reviewed already. It can be sent."))
    letter.reviewed_at, letter.reviewed_by = now, by.id
    save(letter)
    journal.write(by, "review_letter", letter.booking, now=now, letter=letter.number)


@nobody_else()
def send_letter(letter: Letter, how: SentBy, *, by: User, now: datetime) -> None:
    """The letter has gone out. Raises `Refused` while a superior has not reviewed it, where the house wants that."""
    access.require(by, "write_letter")
    _check(letter)
    if letter.needs_review and letter.reviewed_at is None:
        who = tuple(role for role in access.Role if role in access.ALLOWED["review_letter"])
        offer = Offer(say("May review it: {who}.", who=access.Roles(who)), "review_letter")
        raise Refused(say("A superior has to review this letter before it goes out."), offers=(offer,))
    letter.sent_at, letter.sent_by, letter.sent_how = now, by.id, how
    save(letter)
    journal.write(by, "send_letter", letter.booking, now=now, letter=letter.number, how=how.value)


def _check(letter: Letter) -> None:
    if letter.sent_at is not None:
        raise Refused(say("This letter has gone out already. Draft a new one if something changed."))
    if letter.replaced_at is not None:
        raise Refused(say("This letter was replaced by a newer draft."))
    if letter.content != queries_letters.content_of(letter.booking):
        raise Refused(say("The booking has changed since this letter was drafted. Draft it again."))
