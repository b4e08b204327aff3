"""Contract accounts: companies, tenants of the offices, agencies, what is agreed with them and what they bring."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from pms.api.schemas import Asked, Code, Day, Given, Line, Page, Percent, Price, Text, Version
from pms.guests.models import AccountKind


class AccountQuery(Page):
    q: Line = Field(default="", description="A part of the name, the code or the contract number.")


class AccountIn(Asked):
    """An account and its terms, which need `set_price`: rate plan, discount, credit and how long they are valid.

    `valid_to` is the last night; without it the contract has no end. `credit_limit` is for each bill, null no limit.
    """

    code: Code
    kind: AccountKind
    name_en: Line
    name_zh: Line = ""
    tenant: bool = Field(default=False, description="Rents an office of the house.")
    contact: Line = ""
    telephone: Line = ""
    contract: Line = Field(default="", description="Number of the contract.")
    valid_from: Day | None = None
    valid_to: Day | None = None
    plan: Code | None = None
    discount_percent: Percent = 0
    credit: bool = Field(default=False, description="Bills may be charged to the account.")
    credit_limit: Price | None = None
    notes: Text = ""


class AccountChange(AccountIn):
    """The whole of what is agreed from now on: a term that is left out is agreed no longer."""

    version: Version | None = Field(default=None, description="Instead of If-Match.")


class AccountOut(Given):
    id: int
    version: str
    code: str
    kind: AccountKind
    name_en: str
    name_zh: str
    tenant: bool
    contact: str
    telephone: str
    contract: str
    valid_from: date | None
    valid_to: date | None
    plan: str | None
    discount_percent: int
    credit: bool
    credit_limit: int | None
    notes: str


class AccountPage(Given):
    items: list[AccountOut]
    next: str | None


class Brought(Given):
    """Room-nights slept; `revenue` of the rooms is null for roles that do not see it."""

    nights: int
    revenue: int | None


class ProductionOut(Given):
    """What an account brought before today, and the room-nights that are still to come."""

    this_year: Brought
    ever: Brought
    to_come: int
