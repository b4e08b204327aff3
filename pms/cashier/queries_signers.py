"""Who may sign for a group, and who signed for a posting (C5)."""

from __future__ import annotations

import sqlalchemy as sa

from pms.cashier.models_signers import Signature, Signer
from pms.cashier.rules import KIND_NAMES
from pms.db import db
from pms.errors import Missing
from pms.money import Amount
from pms.property.queries import hotel
from pms.say import Listed, Say, say


def signers(group_id: int | None, *, all_of_them: bool = False) -> list[Signer]:
    """By name; without a group nobody."""
    if group_id is None:
        return []
    wanted = sa.select(Signer).where(Signer.group_id == group_id).order_by(Signer.name)
    return list(db.session.scalars(wanted if all_of_them else wanted.where(Signer.active)))


def signer(group_id: int, signer_id: int) -> Signer:
    """Raises `Missing`."""
    found = db.session.get(Signer, signer_id)
    if found is None or found.group_id != group_id:
        raise Missing(say("There is nobody like that who signs for this group."))
    return found


def signer_of(posting_id: int) -> int | None:
    """Who signed for a posting, by id."""
    return db.session.scalar(sa.select(Signature.signer_id).where(Signature.posting_id == posting_id))


def may_sign(signer: Signer) -> Say:
    """`Guo Feng (Food and beverage; 320.00 left)`."""
    kinds = Listed([KIND_NAMES[kind] for kind in signer.may])
    return say(
        "{name} ({kinds}; {left} left)", name=signer.name, kinds=kinds, left=Amount(signer.left, hotel().currency)
    )
