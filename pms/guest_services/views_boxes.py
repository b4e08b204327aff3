"""Safe-deposit boxes at the desk: given out, opened, handed back, each time with two signatures (L6)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts import approval
from pms.errors import Missing, Refused
from pms.guest_services import box_money, boxes, queries_boxes
from pms.guest_services.forms_boxes import ForceForm, GiveForm, HandBackForm, LostKeyForm, SignForm
from pms.guest_services.models_boxes import BoxUse
from pms.money import format_minor
from pms.property.forms import blame
from pms.property.queries import hotel
from pms.reservations.queries import load_stay
from pms.say import Say, say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("safe_boxes", __name__, url_prefix="/safe-boxes")

GIVE, SHOW = "safe_boxes/give.html", "safe_boxes/show.html"
LISTS: dict[str, Say] = {"in_use": say("With guests"), "free": say("Free"), "all": say("All boxes")}


@bp.get("")
@needs("keep_safe_boxes")
def desk() -> str:
    """The boxes, `?list=in_use`, `free` or `all`."""
    return render_template("safe_boxes/desk.html", **_desk())


@bp.get("/give")
@needs("keep_safe_boxes")
def give() -> str:
    """The card of a new guest; `?stay_id=` whose box it is to be, `?box_id=` which."""
    return render_template(GIVE, **_give())


@bp.post("/give")
@needs("keep_safe_boxes")
def save() -> Response | BaseResponse:
    form = _give_form()
    if not form.validate():
        return make_response(render_template(GIVE, wrong=True, **_give(form)), 422)
    try:
        stay, box = load_stay(_number(form.stay_id.data)), queries_boxes.box(form.box_id.data or 0)
        use = boxes.give_box(box, stay, form.card, by=me(), now=clock.now())
    except Missing:
        no = Refused(say("Please choose the guest and a box."), field="stay_id")
        return refused_page(blame(form, no), GIVE, lambda: _give(form), wrong=True)
    except Refused as no:
        return refused_page(blame(form, no), GIVE, lambda: _give(form), wrong=True)
    toast(say("Box {number} is given out.", number=use.box.number))
    return redirect(url_for("safe_boxes.show", use_id=use.id), 303)


@bp.get("/<int:use_id>")
@needs("keep_safe_boxes")
def show(use_id: int) -> str:
    """The card with every opening and, while the guest has the box, what can be done."""
    return render_template(SHOW, **_show(use_id))


@bp.post("/<int:use_id>/open")
@needs("keep_safe_boxes")
def open_it(use_id: int) -> Response | BaseResponse:
    form = SignForm(prefix="open")
    signed = form.signed_by.data or ""
    return _do(use_id, form, lambda use, **who: boxes.open_box(use, signed, **who), say("Box {number} is opened."))


@bp.post("/<int:use_id>/hand-back")
@needs("keep_safe_boxes")
def hand_back(use_id: int) -> Response | BaseResponse:
    form = HandBackForm(prefix="back")
    seen = {"empty": form.empty.data, "key_back": form.key_back.data}
    signed = form.signed_by.data or ""
    done = say("Box {number} is handed back and free.")
    return _do(use_id, form, lambda use, **who: boxes.hand_back(use, signed, **seen, **who), done)


@bp.post("/<int:use_id>/lost-key")
@needs("keep_safe_boxes")
def lost_key(use_id: int) -> Response | BaseResponse:
    form = LostKeyForm(prefix="lost")
    done = say("Box {number}: engineering and the assistant manager are told.")
    return _do(use_id, form, lambda use, **who: boxes.report_lost_key(use, charge=form.charge.data, **who), done)


@bp.post("/<int:use_id>/force")
@needs("force_safe_box")
def force(use_id: int) -> Response | BaseResponse:
    form = ForceForm(prefix="force")

    def act(use: BoxUse, **who: Any) -> BoxUse:
        second = approval.approver_of(request.form.get("approval", ""), about=_about(use_id), to=me())
        words = (form.reason.data or "", form.contents.data or "", second)
        return boxes.force_open(use, *words, signed_by=form.guest_signed.data or "", **who)

    return _do(use_id, form, act, say("Box {number} is forced open. It waits for a new lock."))


def _do(use_id: int, form: Any, act: Any, done: Say) -> Response | BaseResponse:
    """Act on one box; refused, its page comes again with what was typed."""
    if form is not None and not form.validate():
        return make_response(render_template(SHOW, wrong=True, **_show(use_id, form)), 422)
    use = queries_boxes.use(use_id)
    try:
        act(use, by=me(), now=clock.now())
    except Refused as no:
        if form is not None:
            blame(form, no)
        return refused_page(no, SHOW, lambda: _show(use_id, form), wrong=True)
    toast(say(done.text, number=use.box.number))
    return redirect(url_for("safe_boxes.show", use_id=use_id), 303)


def _desk() -> dict[str, Any]:
    rows = queries_boxes.boxes(see_incognito=_sees_all())
    lists = {
        "in_use": [row for row in rows if row.use_id is not None],
        "free": [row for row in rows if row.use_id is None and row.active],
        "all": rows,
    }
    shown = request.args.get("list", "in_use")
    tab = shown if shown in lists else "in_use"
    return {
        "rows": lists[tab],
        "counts": {name: len(one) for name, one in lists.items()},
        "tab": tab,
        "lists": LISTS,
        "sizes": boxes.SIZE_NAMES,
        "today": clock.business_date(),
    }


def _give_form(**given: Any) -> GiveForm:
    free = queries_boxes.free_boxes()
    return GiveForm(lang=language.current(), currency=hotel().currency, free=free, **given)


def _give(form: GiveForm | None = None) -> dict[str, Any]:
    if form is None:
        typed = request.args.get("stay_id", "")
        stay = load_stay(int(typed)) if typed.isdecimal() else None
        box = request.args.get("box_id", "")
        given: dict[str, Any] = {"box_id": int(box)} if box.isdecimal() else {}
        if asked := box_money.prices().deposit:
            given["key_deposit"] = format_minor(asked, hotel().currency)
        if stay is not None:
            secret = stay.guest.incognito and not _sees_all()
            room = stay.room.number if stay.room else ""
            given |= {"stay_id": stay.id, "stay_id_shown": f"{room} {'' if secret else stay.guest.name}".strip()}
        form = _give_form(formdata=None, data=given)
    return _desk() | {"form": form}


def _show(use_id: int, form: Any = None) -> dict[str, Any]:
    """`form` is the one that was refused; the others are empty."""
    use = queries_boxes.use(use_id)
    forms = {"open": SignForm, "back": HandBackForm, "lost": LostKeyForm, "force": ForceForm}
    shown = {name: kind(formdata=None, prefix=name) for name, kind in forms.items()}
    if form is not None:
        shown[form._prefix.rstrip("-")] = form
    return _desk() | {
        "use": use,
        "secret": use.stay.guest.incognito and not _sees_all(),
        "lines": queries_boxes.card(use_id),
        "acts": boxes.ACT_NAMES,
        "forms": shown,
        "prices": box_money.prices(),
        "failed": form,
        "about": _about(use_id),
    }


def _about(use_id: int) -> str:
    """What the second person stands behind."""
    return f"force box {use_id}"


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() else 0


def _sees_all() -> bool:
    return access.allowed(me(), "see_incognito")
