"""Contract accounts: found, opened, agreed anew, and what they bring."""

from __future__ import annotations

from pms import clock
from pms.api import cursors
from pms.api.answers import Outdated, as_number, may, plan_id_of, shown, version_seen
from pms.api.door import Door
from pms.api.schemas_contracts import (
    AccountChange,
    AccountIn,
    AccountOut,
    AccountPage,
    AccountQuery,
    Brought,
    ProductionOut,
)
from pms.guests import contracts, queries
from pms.guests.contracts import NewAccount
from pms.guests.models import Account
from pms.property import queries as house
from pms.reservations.queries_contracts import Production, production
from pms.say import say
from pms.web.gate import me

bp = Door("Contract accounts")


@bp.does("GET /accounts", needs="see_reservations")
def list_accounts(query: AccountQuery) -> AccountPage:
    """Accounts in the order in which they were opened, or those meant by `q`."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = queries.accounts_after(last, query.q, query.limit + 1)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return AccountPage(items=[_account(row) for row in rows], next=following)


@bp.does("POST /accounts", needs="edit_guest", status=201)
def create_account(body: AccountIn) -> AccountOut:
    """Open an account."""
    return _account(contracts.create_account(_agreed(body), by=me(), now=clock.now()))


@bp.does("GET /accounts/{account_id}", needs="see_reservations")
def read_account(account_id: int) -> AccountOut:
    """One account with what is agreed."""
    return _account(queries.load_account(account_id))


@bp.does("PUT /accounts/{account_id}", needs="edit_guest", holds=True)
def change_account(account_id: int, body: AccountChange) -> AccountOut:
    """Write down what is agreed now, if the account still is as it was seen; bookings keep their prices."""
    account, seen = queries.load_account(account_id), as_number(version_seen(body.version))
    if account.version != seen:
        raise Outdated(say("Somebody else has just changed this. Please look at it again."), _account(account))
    contracts.change_account(account, _agreed(body), version=seen, by=me(), now=clock.now())
    return _account(account)


@bp.does("GET /accounts/{account_id}/production", needs="see_reservations")
def read_production(account_id: int) -> ProductionOut:
    """Nights and room revenue under an account; its stays are those of `GET /stays` with `account`."""
    account, today = queries.load_account(account_id), clock.business_date()
    ever = production(account.id, today)
    this_year = production(account.id, today, since=today.replace(month=1, day=1))
    return ProductionOut(this_year=_brought(this_year), ever=_brought(ever), to_come=ever.to_come)


def _agreed(body: AccountIn) -> NewAccount:
    values = body.model_dump(exclude={"plan", "version"})
    return NewAccount(plan_id=plan_id_of(body.plan) if body.plan else None, **values)


def _account(account: Account) -> AccountOut:
    plan = house.facts().plans[account.plan_id].code if account.plan_id else None
    return shown(AccountOut, account, version=f"{account.version:x}", plan=plan)


def _brought(made: Production) -> Brought:
    return Brought(nights=made.nights, revenue=made.revenue if may("see_revenue") else None)
