"""The money of a safe-deposit box on its guest's bill: the deposit for the key, and what a lost key costs (L6).

Nothing is posted where the house asks for nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from pms import access, journal
from pms.accounts.models import User
from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod, PostingKind
from pms.cashier.queries import folio_of
from pms.cashier.rules import check_amount
from pms.db import db
from pms.errors import Refused
from pms.guest_services import queries_boxes
from pms.guest_services.models_boxes import BoxUse
from pms.property.models import Setting
from pms.reservations.status import Status
from pms.say import both, say


@dataclass(frozen=True, slots=True)
class Prices:
    """What the house asks, in minor units; 0 is nothing."""

    deposit: int = 0
    lost_key: int = 0


def prices() -> Prices:
    return Prices(**queries_boxes.prices())


def set_prices(new: Prices, *, by: User, now: datetime) -> None:
    """What is asked from now on; deposits that were taken are given back as they were. Raises `Refused`."""
    access.require(by, "manage_safe_boxes")
    for name, amount in asdict(new).items():
        if amount < 0:
            raise Refused(say("An amount is not below nothing."), field=name)
        if amount:
            check_amount(amount)
    db.session.merge(Setting(key=queries_boxes.PRICES, value=asdict(new)))
    db.session.flush()
    journal.write(by, "set_box_prices", "safe_boxes", now=now, **asdict(new))


def take_deposit(use: BoxUse, *, by: User, now: datetime) -> None:
    """What the guest gave in cash for the key stands on his bill, where the house asks for a deposit."""
    if use.key_deposit and prices().deposit:
        use.deposit_id = _move(use, PostingKind.DEPOSIT, "key_deposit", by=by, now=now)
        db.session.flush()


def give_back(use: BoxUse, *, by: User, now: datetime) -> None:
    """The key is back, and so is its deposit; who has checked out had it back with his bill."""
    if use.deposit_id is not None and use.stay.status is Status.IN_HOUSE:
        _move(use, PostingKind.REFUND, "key_back", by=by, now=now)


def charge_lost_key(use: BoxUse, *, by: User, now: datetime) -> None:
    """The lock that must be drilled is charged; the deposit stays on the bill. Raises `Refused` without an open bill,
    or where the house charges nothing.
    """
    price = prices().lost_key
    if not price:
        raise Refused(say("The house charges nothing for a lost key."), field="charge")
    text = say("Lost key of safe-deposit box {number}", number=use.box.number)
    folio_id = _open_bill(use, "charge")
    cashier.post(folio_id, use.stay_id, PostingKind.OTHER, price, by=by, now=now, text=text)


def _move(use: BoxUse, kind: PostingKind, field: str, *, by: User, now: datetime) -> int:
    what = both(say("Key of safe-deposit box {number}", number=use.box.number))
    return cashier.pay(
        _open_bill(use, field), use.stay_id, use.key_deposit, PaymentMethod.CASH, kind=kind, reference=what, by=by,
        now=now,
    )  # fmt: skip


def _open_bill(use: BoxUse, field: str) -> int:
    folio_id = folio_of(use.stay_id)
    if folio_id is None or use.stay.status is not Status.IN_HOUSE:
        raise Refused(say("This guest has no open bill: take the money in cash, nothing is posted."), field=field)
    return folio_id
