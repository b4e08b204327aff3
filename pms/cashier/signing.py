"""Signing authority 签单权 (C5): named people of a group sign for certain charges up to a limit, others do not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pms import access, journal
from pms.accounts.models import User
from pms.cashier import queries_signers, rules
from pms.cashier.actions import post
from pms.cashier.models import MONEY_IN, PostingKind
from pms.cashier.models_signers import Signature, Signer
from pms.cashier.rules import KIND_NAMES
from pms.db import db, insert_all
from pms.errors import Conflict, Refused
from pms.guests.rules import plain
from pms.lengths import check_lengths
from pms.money import Amount
from pms.property.queries import hotel
from pms.reservations.models import Group, Stay
from pms.say import Listed, Say, say

S = Signer.__table__


def allow_signer(
    group: Group, name: str, kinds: Iterable[PostingKind], most: int, *, by: User, now: datetime
) -> Signer:
    """Somebody may sign for charges of these kinds, up to `most` (minor units) in all; named again, it is changed.

    Raises `Refused` for gaps, and for a limit below what he has signed for already.
    """
    access.require(by, "allow_signer")
    who, what = name.strip(), sorted({PostingKind(kind).value for kind in kinds})
    if not who:
        raise Refused(say("Please write who may sign."), field="name")
    if not what or set(what) & MONEY_IN:
        raise Refused(say("Please mark for which charges."), field="kinds")
    rules.check_amount(most)
    found = next((each for each in queries_signers.signers(group.id, all_of_them=True) if each.name == who), None)
    if found is not None and most < found.used:
        used = Amount(found.used, hotel().currency)
        raise Refused(say("{name} has signed for {used} already.", name=who, used=used), field="most")
    signer = found or Signer(group_id=group.id, name=who)
    signer.kinds, signer.most, signer.active = ",".join(what), most, True
    check_lengths(Signer, {"name": who})
    db.session.add(signer)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(say("Somebody else has just changed this. Please look at it again.")) from error
    journal.write(by, "allow_signer", group, now=now, signer=signer.id, kinds=what, most=most)
    return signer


def withdraw_signer(signer: Signer, *, by: User, now: datetime) -> None:
    """He signs for nothing more; what he has signed for stands."""
    access.require(by, "allow_signer")
    signer.active = False
    db.session.flush()
    journal.write(by, "withdraw_signer", f"group:{signer.group_id}", now=now, signer=signer.id)


def post_signed(
    folio_id: int, stay: Stay, kind: PostingKind, amount: int, signed_by: str, *, text: str | None = None,
    window: int = 1, by: User, now: datetime,
) -> int:  # fmt: skip
    """Charge what somebody of the group has signed for; returns the posting's id.

    Raises `Refused` saying who may sign for what and how much is left, also when two sign at once and the limit is
    enough for one only.
    """
    access.require(by, "post_charge")
    rules.check_amount(amount)
    there = queries_signers.signers(stay.group_id)
    signer = next((each for each in there if plain(each.name) == plain(signed_by)), None)
    if signer is None or kind not in signer.may or not _use(signer, amount):
        raise Refused(_why_not(signer, kind, signed_by, there), field="signed_by")
    said = say("{text}, signed by {name}", text=text, name=signer.name) if text else _signed(signer)
    posting_id = post(folio_id, stay.id, kind, amount, text=said, window=window, by=by, now=now)
    insert_all(Signature, [{"posting_id": posting_id, "signer_id": signer.id}])
    return posting_id


def _signed(signer: Signer) -> Say:
    return say("Signed by {name}", name=signer.name)


def _use(signer: Signer, amount: int) -> bool:
    """Take it from what is left, if it is enough at this moment."""
    taken = sa.update(S).where(S.c.id == signer.id, S.c.active, S.c.used + amount <= S.c.most)
    done = db.session.connection().execute(taken.values(used=S.c.used + amount)).rowcount == 1
    db.session.refresh(signer)
    return done


def _why_not(signer: Signer | None, kind: PostingKind, signed_by: str, there: list[Signer]) -> Say:
    words = {"who": Listed([queries_signers.may_sign(each) for each in there])}
    if not there:
        return say("Nobody may sign for this guest's group. Take the payment, or have it allowed on the group's page.")
    if signer is None:
        return say("{name} may not sign. Who may: {who}.", name=signed_by.strip(), **words)
    if kind not in signer.may:
        return say("{name} may not sign for {kind}. Who may: {who}.", name=signer.name, kind=KIND_NAMES[kind], **words)
    left = Amount(signer.left, hotel().currency)
    return say("Only {left} is left for {name}. Who may: {who}.", left=left, name=signer.name, **words)
