"""Who may sign for a group 签单权, on a page of the group (C5)."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from pms import clock
from pms.cashier import queries_signers, signing
from pms.cashier.forms_folios import CHARGES
from pms.cashier.models import PostingKind
from pms.cashier.rules import KIND_NAMES
from pms.errors import Refused
from pms.property.forms import blame
from pms.property.queries import hotel
from pms.reservations.pages import groups as bp
from pms.reservations.queries_groups import load_group
from pms.reservations.words import GROUP_STATUSES
from pms.say import say, translate
from pms.web import language
from pms.web.fields import MISSING, MoneyField, at_most
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

PAGE = "groups/signers.html"


class SignerForm(FlaskForm):
    name = StringField(say("Who may sign"), [MISSING, at_most(80)])
    most = MoneyField(say("Up to, in all"), [MISSING])
    kinds = SelectMultipleField(
        say("For which charges"), choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def __init__(self, *args: Any, lang: str, currency: str, **kwargs: Any) -> None:
        self.currency = currency
        super().__init__(*args, meta={"csrf": False}, **kwargs)
        self.kinds.choices = [SelectChoice(kind.value, translate(KIND_NAMES[kind], lang)) for kind in CHARGES]


@bp.get("/groups/<int:group_id>/signers")
@needs("allow_signer")
def signers_of(group_id: int) -> str:
    return render_template(PAGE, **_page(group_id))


@bp.post("/groups/<int:group_id>/signers")
@needs("allow_signer")
def allow_signer(group_id: int) -> Response | BaseResponse:
    form = SignerForm(lang=language.current(), currency=hotel().currency)
    if not form.validate():
        return make_response(render_template(PAGE, wrong=True, **_page(group_id, form)), 422)
    try:
        kinds = [PostingKind(kind) for kind in form.kinds.data or ()]
        group, name = load_group(group_id), form.name.data or ""
        signing.allow_signer(group, name, kinds, form.most.minor, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), PAGE, lambda: _page(group_id, form), wrong=True)
    return _saved(group_id)


@bp.post("/groups/<int:group_id>/signers/<int:signer_id>/withdraw")
@needs("allow_signer")
def withdraw_signer(group_id: int, signer_id: int) -> BaseResponse:
    signing.withdraw_signer(queries_signers.signer(group_id, signer_id), by=me(), now=clock.now())
    return _saved(group_id)


def _saved(group_id: int) -> BaseResponse:
    toast(say("Saved."))
    return redirect(url_for("groups.signers_of", group_id=group_id), 303)


def _page(group_id: int, form: SignerForm | None = None) -> dict[str, Any]:
    words = {"lang": language.current(), "currency": hotel().currency}
    return {
        "group": load_group(group_id),
        "signers": queries_signers.signers(group_id, all_of_them=True),
        "form": form or SignerForm(formdata=None, data={"kinds": [PostingKind.FOOD.value]}, **words),
        "kind_names": KIND_NAMES,
        "statuses": GROUP_STATUSES,
    }
