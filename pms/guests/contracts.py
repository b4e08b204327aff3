"""Contract accounts 协议单位 (R4): companies, tenants of the offices and agencies, and what was agreed with them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from pms import access, journal
from pms.accounts.models import User
from pms.db import db
from pms.errors import Conflict, Refused
from pms.guests.models import Account, AccountKind
from pms.lengths import check_lengths
from pms.say import say

# What only somebody with the authority over prices agrees to; the rest anybody who keeps profiles may correct.
TERMS = ("plan_id", "contract", "valid_from", "valid_to", "discount_percent", "credit", "credit_limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account as it is typed; `plan_id` is its contract rate, `credit_limit` minor units. Fields as in models."""

    code: str
    kind: AccountKind
    name_en: str
    name_zh: str = ""
    plan_id: int | None = None
    contact: str = ""
    telephone: str = ""
    tenant: bool = False
    contract: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    discount_percent: int = 0
    credit: bool = False
    credit_limit: int | None = None
    notes: str = ""


FIELDS = tuple(NewAccount.__dataclass_fields__)


def create_account(new: NewAccount, *, by: User, now: datetime) -> Account:
    """Open an account. Its terms need the authority to set prices. Raises `Refused`, also for a code that is used."""
    access.require(by, "edit_guest")
    values = _checked(asdict(new))
    nothing = NewAccount(code="", kind=new.kind, name_en="")
    if any(values[name] != getattr(nothing, name) for name in TERMS):
        access.require(by, "set_price")
    account = Account(**values)
    db.session.add(account)
    _save(values["code"])
    journal.write(by, "create_account", account, now=now, code=values["code"])
    return account


def change_account(account: Account, new: NewAccount, *, version: int, by: User, now: datetime) -> None:
    """Write down what is agreed now, if `version` is still the one that was looked at; bookings keep their prices.

    Raises `Conflict`, and `Refused` as `create_account`.
    """
    access.require(by, "edit_guest")
    if account.version != version:
        raise _changed_meanwhile()
    values = _checked(asdict(new))
    was = {name: getattr(account, name) for name in FIELDS}
    changed = [name for name in FIELDS if values[name] != was[name]]
    if not changed:
        return
    if set(changed) & set(TERMS):
        access.require(by, "set_price")
    for name in changed:
        setattr(account, name, values[name])
    _save(values["code"])
    shown = {name: (str(was[name]), str(values[name])) for name in changed if name != "notes"}
    journal.write(by, "change_account", account, now=now, changed=changed, was_and_is=shown)


def _save(code: str) -> None:
    try:
        db.session.flush()
    except StaleDataError as error:
        raise _changed_meanwhile() from error
    except IntegrityError as error:
        raise Refused(say("There is already an account {code}.", code=code), field="code") from error


def _changed_meanwhile() -> Conflict:
    return Conflict(say("Somebody else has just changed this. Please look at it again."))


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The values tidied; raises what stands against them."""
    tidy: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    tidy["kind"] = values["kind"]  # an enum is text as well
    tidy["code"] = tidy["code"].upper()
    if not tidy["code"] or not tidy["name_en"]:
        raise Refused(say("An account needs a code and a name."), field="code")
    if tidy["valid_from"] and tidy["valid_to"] and tidy["valid_to"] < tidy["valid_from"]:
        raise Refused(say("The contract ends before it begins."), field="valid_to")
    if not 0 <= tidy["discount_percent"] <= 100:
        raise Refused(say("A discount is between 1 and 100 %."), field="discount_percent")
    if tidy["credit_limit"] is not None and not tidy["credit"]:
        raise Refused(say("A limit needs a credit: allow it, or leave the limit empty."), field="credit_limit")
    if tidy["tenant"] and tidy["kind"] is not AccountKind.COMPANY:
        raise Refused(say("Only a company rents an office."), field="kind")
    check_lengths(Account, tidy)
    return tidy
