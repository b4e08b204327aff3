"""The safe-deposit boxes of the house in its settings (L6)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.guest_services import box_money, boxes, boxes_of_the_house, queries_boxes
from pms.guest_services.forms_boxes import BoxForm, BoxPricesForm, NewBoxesForm
from pms.guest_services.models_boxes import BoxSize
from pms.property.forms import blame, seen_version
from pms.property.queries import hotel
from pms.say import say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("safe_box_settings", __name__, url_prefix="/settings/safe-boxes")

LIST, ONE = "safe_boxes/settings.html", "safe_boxes/box.html"


@bp.get("")
@needs("see_property")
def index() -> str:
    return render_template(LIST, **_list())


@bp.post("")
@needs("manage_safe_boxes")
def add() -> Response | BaseResponse:
    form = NewBoxesForm(lang=language.current())
    if not form.validate():
        return make_response(render_template(LIST, wrong=True, **_list(form)), 422)
    try:
        new = boxes_of_the_house.add_boxes(form.numbers.data or "", BoxSize(form.size.data), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), LIST, lambda: _list(form), wrong=True)
    toast(say("New boxes: {count}.", count=len(new)))
    return redirect(url_for("safe_box_settings.index"), 303)


@bp.post("/prices")
@needs("manage_safe_boxes")
def set_prices() -> Response | BaseResponse:
    """What the house asks for a key, and for a lost one."""
    form = _prices_form()
    if not form.validate():
        return make_response(render_template(LIST, wrong=True, **_list(money=form)), 422)
    try:
        box_money.set_prices(form.prices, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), LIST, lambda: _list(money=form), wrong=True)
    toast(say("Saved."))
    return redirect(url_for("safe_box_settings.index"), 303)


@bp.get("/<int:box_id>")
@needs("manage_safe_boxes")
def box(box_id: int) -> str:
    found = queries_boxes.box(box_id)
    return render_template(ONE, box=found, form=BoxForm(formdata=None, lang=language.current(), box=found))


@bp.post("/<int:box_id>")
@needs("manage_safe_boxes")
def change(box_id: int) -> Response | BaseResponse:
    found = queries_boxes.box(box_id)
    form = BoxForm(lang=language.current(), box=found)
    if not form.validate():
        return make_response(render_template(ONE, wrong=True, box=found, form=form), 422)
    try:
        values = (form.chosen_size, bool(form.active.data), form.note.data or "")
        boxes_of_the_house.change_box(found, *values, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), ONE, lambda: {"box": queries_boxes.box(box_id)}, form=form, wrong=True)
    toast(say("Saved."))
    return redirect(url_for("safe_box_settings.index"), 303)


def _prices_form(**given: Any) -> BoxPricesForm:
    return BoxPricesForm(prefix="asks", currency=hotel().currency, prices=box_money.prices(), **given)


def _list(form: NewBoxesForm | None = None, money: BoxPricesForm | None = None) -> dict[str, Any]:
    return {
        "money": money or _prices_form(formdata=None),
        "boxes": queries_boxes.boxes(see_incognito=False),
        "sizes": boxes.SIZE_NAMES,
        "form": form or NewBoxesForm(formdata=None, lang=language.current()),
    }
