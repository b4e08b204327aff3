"""Contract accounts 协议单位 (R4): companies, tenants of the offices, agencies; what is agreed and what they bring."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.guests import contracts, queries
from pms.guests.models import Account
from pms.property import queries as house
from pms.property.forms import blame, seen_version
from pms.reservations.forms_contracts import KINDS, ContractForm, kind_of
from pms.reservations.queries_contracts import MOST_STAYS, production, stays_of_account
from pms.say import Say, say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("contracts", __name__)

LONGEST = 80


@bp.get("/contracts")
@needs("see_reservations")
def index() -> str:
    """All accounts, or those meant by `?q=`."""
    text = request.args.get("q", "").strip()[:LONGEST]
    return render_template("contracts/index.html", accounts=queries.accounts(text), q=text, **_around())


@bp.get("/contracts/new")
@needs("edit_guest")
def new() -> str:
    return render_template("contracts/show.html", **_page(None, _form(None, formdata=None)))


@bp.post("/contracts/new")
@needs("edit_guest")
def create() -> Response | BaseResponse:
    form = _form(None)
    if not form.validate():
        return make_response(render_template("contracts/show.html", wrong=True, **_page(None, form)), 422)
    try:
        account = contracts.create_account(form.account, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "contracts/show.html", lambda: _page(None, form), wrong=True)
    return _done(account, say("{code} is an account now.", code=account.code))


@bp.get("/contracts/<int:account_id>")
@needs("see_reservations")
def show(account_id: int) -> str:
    account = queries.load_account(account_id)
    return render_template("contracts/show.html", **_page(account, _form(account, formdata=None)))


@bp.post("/contracts/<int:account_id>")
@needs("edit_guest")
def change(account_id: int) -> Response | BaseResponse:
    account = queries.load_account(account_id)
    form = _form(None)
    if not form.validate():
        return make_response(render_template("contracts/show.html", wrong=True, **_page(account, form)), 422)
    try:
        contracts.change_account(account, form.account, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        fresh = lambda: _page(queries.load_account(account_id), form)  # noqa: E731
        return refused_page(blame(form, no), "contracts/show.html", fresh, wrong=True)
    return _done(account, say("Saved."))


def _form(account: Account | None, **more: Any) -> ContractForm:
    return ContractForm(
        lang=language.current(),
        today=clock.business_date(),
        currency=house.hotel().currency,
        plans=house.plans(),
        account=account,
        **more,
    )


def _page(account: Account | None, form: ContractForm) -> dict[str, Any]:
    if account is None:
        return _around() | {"account": None, "form": form}
    today = clock.business_date()
    return _around() | {
        "account": account,
        "form": form,
        "stays": stays_of_account(account.id),
        "most": MOST_STAYS,
        "this_year": production(account.id, today, since=today.replace(month=1, day=1)),
        "ever": production(account.id, today),
    }


def _around() -> dict[str, Any]:
    return {
        "kinds": KINDS,
        "kind_of": kind_of,
        "plans": house.facts().plans,
        "today": clock.business_date(),
        "sets_terms": access.allowed(me(), "set_price"),
    }


def _done(account: Account, what: Say) -> BaseResponse:
    toast(what)
    return redirect(url_for("contracts.show", account_id=account.id), 303)
