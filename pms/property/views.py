"""The settings: hotel, seasons, connecting rooms, rate plans, discounts, departments. Rooms, types and closures, which
change what can be sold, are in pms.reservations.views_rooms. Everybody may look, those with "manage_property" change.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.access import ROLE_NAMES, Role
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import Missing, Refused
from pms.property import editing, grids, queries, words
from pms.property.forms import HotelForm, PlanForm, SeasonForm, blame, named, seen_version
from pms.property.models import Hotel, RatePlan, Season, SeasonKind
from pms.say import say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("property", __name__, url_prefix="/settings")

SAVED = say("Saved.")


@bp.app_context_processor
def _helpers() -> dict[str, Any]:
    return {"named": lambda row: named(row, language.current()), "property_words": words}


# --- Hotel -----------------------------------------------------------------------------------------------------------
@bp.get("")
@needs("see_property")
def settings() -> str:
    return render_template("property/hotel.html", **_hotel(None))


@bp.post("")
@needs("manage_property")
def change_hotel() -> Response | BaseResponse:
    hotel = queries.load(Hotel, 1)
    form = HotelForm(lang=language.current(), currency=hotel.currency)
    if not form.validate():
        return again("property/hotel.html", **_hotel(form))
    try:
        editing.change_hotel(form.values, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "property/hotel.html", wrong=True, **_hotel(form))
    return saved("property.settings")


def _hotel(form: HotelForm | None) -> dict[str, Any]:
    hotel = queries.load(Hotel, 1)
    fresh = form or HotelForm(formdata=None, lang=language.current(), currency=hotel.currency, hotel=hotel)
    return {"form": fresh, "facts": hotel}


# --- Seasons ---------------------------------------------------------------------------------------------------------
@bp.get("/seasons")
@needs("see_property")
def seasons() -> str:
    return render_template("property/seasons.html", **_seasons(None))


@bp.post("/seasons")
@needs("manage_property")
def add_season() -> Response | BaseResponse:
    form = SeasonForm(lang=language.current())
    if not form.validate():
        return again("property/seasons.html", **_seasons(form))
    try:
        editing.save_season(None, form.values, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "property/seasons.html", wrong=True, **_seasons(form))
    return saved("property.seasons")


@bp.post("/seasons/<int:season_id>/remove")
@needs("manage_property")
def remove_season(season_id: int) -> BaseResponse:
    editing.remove_season(queries.load(Season, season_id), by=me(), now=clock.now())
    return saved("property.seasons")


def _seasons(form: SeasonForm | None) -> dict[str, Any]:
    return {"form": form or SeasonForm(formdata=None, lang=language.current()), "seasons": queries.seasons()}


# --- Connecting rooms ------------------------------------------------------------------------------------------------
@bp.get("/connecting")
@needs("see_property")
def connecting() -> str:
    return render_template("property/connecting.html", **_pairs())


@bp.post("/connecting")
@needs("manage_property")
def connect() -> Response | BaseResponse:
    try:
        editing.connect(_room("room_a"), _room("room_b"), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "property/connecting.html", wrong=True, **_pairs())
    return saved("property.connecting")


@bp.post("/connecting/remove")
@needs("manage_property")
def disconnect() -> BaseResponse:
    editing.disconnect(_room("room_a"), _room("room_b"), by=me(), now=clock.now())
    return saved("property.connecting")


def _room(field: str) -> Any:
    number = request.form.get(field, "").strip()
    room = queries.room_by_number(number)
    if room is None:
        raise Refused(say("There is no room {number}.", number=number or "–"), field=field)
    return room


def _pairs() -> dict[str, Any]:
    rooms = {room.id: room for room in queries.rooms(all_of_them=True)}
    pairs = sorted((rooms[a].number, rooms[b].number) for a, b in queries.facts().connecting)
    return {"pairs": pairs, "typed": request.form}


# --- Rate plans ------------------------------------------------------------------------------------------------------
@bp.get("/plans")
@needs("see_property")
def plans() -> str:
    return render_template("property/plans.html", plans=queries.plans(all_of_them=True))


@bp.get("/plans/new")
@needs("manage_property")
def new_plan() -> str:
    return render_template("property/plan.html", **_plan(None))


@bp.post("/plans/new")
@needs("manage_property")
def add_plan() -> Response | BaseResponse:
    return _save_plan(None)


@bp.get("/plans/<int:plan_id>")
@needs("see_property")
def plan(plan_id: int) -> str:
    return render_template("property/plan.html", **_plan(queries.load(RatePlan, plan_id)))


@bp.post("/plans/<int:plan_id>")
@needs("manage_property")
def change_plan(plan_id: int) -> Response | BaseResponse:
    return _save_plan(queries.load(RatePlan, plan_id))


@bp.post("/plans/<int:plan_id>/prices")
@needs("manage_property")
def change_prices(plan_id: int) -> Response | BaseResponse:
    """The prices of one season, as a grid of types and weekdays."""
    plan = queries.load(RatePlan, plan_id)
    prices, mistakes = grids.typed_prices(request.form, _season())
    if mistakes:
        return again("property/plan.html", **_plan(plan, typed=request.form, mistakes=mistakes))
    try:
        editing.set_prices(plan, prices, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "property/plan.html", wrong=True, **_plan(plan, typed=request.form))
    toast(SAVED)
    return redirect(url_for("property.plan", plan_id=plan_id, season=_season().value), 303)


def _save_plan(plan: RatePlan | None) -> Response | BaseResponse:
    form = PlanForm(lang=language.current())
    if not form.validate():
        return again("property/plan.html", **_plan(plan, form))
    try:
        kept = editing.save_plan(plan, form.values, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "property/plan.html", wrong=True, **_plan(plan, form))
    toast(SAVED)
    return redirect(url_for("property.plan", plan_id=kept.id), 303)


def _plan(plan: RatePlan | None, form: PlanForm | None = None, typed: Any = None, mistakes: Any = ()) -> dict[str, Any]:
    season = _season()
    fresh = None if plan else {"active": True}
    return {
        "plan": plan,
        "form": form or PlanForm(formdata=None, lang=language.current(), obj=plan, data=fresh),
        "season": season,
        "grid": grids.price_grid(plan.id, season, typed) if plan else [],
        "mistakes": dict(mistakes),
    }


def _season() -> SeasonKind:
    word = request.args.get("season") or request.form.get("season") or SeasonKind.NORMAL
    if word not in list(SeasonKind):
        raise Missing(say("There is no such season."))
    return SeasonKind(word)


# --- Discounts and departments ---------------------------------------------------------------------------------------
@bp.get("/discounts")
@needs("see_property")
def discounts() -> str:
    return render_template("property/discounts.html", **_limits())


@bp.post("/discounts")
@needs("manage_property")
def change_discounts() -> Response | BaseResponse:
    limits, mistakes = grids.typed_limits(request.form)
    if mistakes:
        return again("property/discounts.html", **_limits(request.form, mistakes))
    editing.set_limits(limits, by=me(), now=clock.now())
    return saved("property.discounts")


def _limits(typed: Any = None, mistakes: Any = ()) -> dict[str, Any]:
    return {"grid": grids.limit_grid(typed), "mistakes": dict(mistakes), "role_names": ROLE_NAMES, "roles": list(Role)}


@bp.get("/departments")
@needs("see_property")
def departments() -> str:
    return render_template("property/departments.html", names=DEPARTMENT_NAMES, there=queries.departments())


@bp.post("/departments")
@needs("manage_property")
def change_departments() -> BaseResponse:
    chosen = {code: request.form.get(f"tel-{code}", "")[:40] for code in Department if request.form.get(code.value)}
    editing.set_departments(chosen, by=me(), now=clock.now())
    return saved("property.departments")


def again(template: str, **context: Any) -> Response:
    """The form again with what was typed and what is wrong with it."""
    return make_response(render_template(template, wrong=True, **context), 422)


def saved(endpoint: str) -> BaseResponse:
    toast(SAVED)
    return redirect(url_for(endpoint), 303)
