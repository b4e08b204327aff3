"""How many days things are kept, in the settings of the house (L7)."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.guest_services import kept
from pms.guest_services.forms_kept import DaysKeptForm
from pms.property.forms import blame
from pms.say import say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("kept_settings", __name__, url_prefix="/settings/kept")

PAGE = "kept/settings.html"


@bp.get("")
@needs("see_property")
def days() -> str:
    shown = {kind.value: number for kind, number in kept.days_kept().items()}
    return render_template(PAGE, form=DaysKeptForm(formdata=None, data=shown))


@bp.post("")
@needs("manage_property")
def change() -> Response | BaseResponse:
    form = DaysKeptForm()
    if not form.validate():
        return make_response(render_template(PAGE, wrong=True, form=form), 422)
    try:
        kept.set_days_kept(form.days, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), PAGE, form=form, wrong=True)
    toast(say("Saved."))
    return redirect(url_for("kept_settings.days"), 303)
