"""Verification 核对 (R11): what contradicts is mended or explained, then somebody signs for the date."""

from __future__ import annotations

from datetime import date, datetime

from pms import access, clock, journal
from pms.accounts.models import Name, User
from pms.db import insert_missing
from pms.errors import Conflict, Refused
from pms.lengths import check_lengths
from pms.reservations import queries_verification
from pms.reservations.models_verification import Explanation, Verification
from pms.say import from_json, say


def explain(fingerprint: str, text: str, *, by: User, now: datetime) -> None:
    """Write down why a contradiction may stand, until its facts change.

    Raises `Refused` without a reason and for what is mended or has changed since the list was read, `Conflict` with who
    and when for the second who explains it.
    """
    access.require(by, "verify_bookings")
    why = text.strip()
    if not why:
        raise Refused(say("Why may this stand? Write it down, or mend it."), field="text")
    check_lengths(Explanation, {"text": why})
    lines = queries_verification.verification(clock.business_date())
    line = next((each for each in lines if each.fingerprint == fingerprint), None)
    if line is None:
        raise Refused(say("This is mended or has changed meanwhile. Look at the list again."))
    if not insert_missing(Explanation, [{"fingerprint": fingerprint, "text": why, "at": now, "by_id": by.id}]):
        raise _explained_already(fingerprint)
    journal.write(by, "explain_contradiction", f"verification:{line.kind}", now=now, number=line.number, why=why,
                  facts=line.text)  # fmt: skip


def sign(*, by: User, now: datetime) -> None:
    """The bookings of the business date are verified: nothing contradicts, or all of it is explained.

    Raises `Refused` with what is left, `Conflict` with who and when for the second who signs.
    """
    access.require(by, "verify_bookings")
    day = clock.business_date()
    lines = queries_verification.verification(day)
    left = [line for line in lines if not line.explanation]
    if left:
        words = {"count": len(left), "number": left[0].number, "what": from_json(left[0].text)}
        raise Refused(say("Not yet: {count} open. Mend or explain first: {number}. {what}", **words))
    if not insert_missing(Verification, [{"business_date": day, "explained": len(lines), "at": now, "by_id": by.id}]):
        raise _signed_already(day)
    journal.write(by, "verify_bookings", f"day:{day}", now=now, explained=len(lines))


def _explained_already(fingerprint: str) -> Conflict:
    done = queries_verification.explained([fingerprint])[fingerprint]
    at = clock.local(done.at)
    words = {"name": Name(done.by, done.by_zh), "day": at.date(), "time": f"{at:%H:%M}", "text": done.text}
    return Conflict(say("{name} has explained this already, on {day} at {time}: {text}", **words))


def _signed_already(day: date) -> Conflict:
    done = queries_verification.signed(day)
    assert done is not None
    words = {"name": Name(done.by, done.by_zh), "day": day, "time": f"{clock.local(done.at):%H:%M}"}
    return Conflict(say("{name} has verified {day} already, at {time}.", **words))
