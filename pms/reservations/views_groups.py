"""Groups, conferences and weddings: what was agreed, their block, their rooming list (R8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.db import db
from pms.errors import Refused
from pms.guests import queries as guests
from pms.guests.models import Guest
from pms.property import queries as house
from pms.property.forms import blame, seen_version
from pms.reservations import groups, guides, queries, queries_groups, queries_guides
from pms.reservations.forms_groups import KIND_NAMES, GroupForm, changed_cells, grid, grows, rooms_of
from pms.reservations.group_guests import import_rooming_list
from pms.reservations.models import Group, GroupStatus, Source
from pms.reservations.pages import groups as bp
from pms.reservations.rooming_list import BadRoomingList
from pms.reservations.status import shown_state
from pms.reservations.words import GROUP_STATUSES
from pms.say import Say, say
from pms.web import frame, language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast
from pms.web.touched import offer_planning_of_group

__all__ = ["bp"]

PAST_DAYS = 90
LARGEST_LIST = 200_000  # bytes of a file
WORDS = {"kinds": KIND_NAMES, "statuses": GROUP_STATUSES}


@bp.get("/groups")
@needs("see_reservations")
def index() -> str:
    """Groups in house and to come; `?list=past` those of the last three months."""
    today = clock.business_date()
    past = request.args.get("list") == "past"
    found = queries_groups.groups_from(*((today - timedelta(days=PAST_DAYS), today) if past else (today,)))
    return render_template("groups/index.html", groups=found, past=past, today=today, **WORDS)


# --- What was agreed -------------------------------------------------------------------------------------------------
@bp.get("/groups/new")
@needs("manage_groups")
def new() -> str:
    """`?kind=wedding` begins with that kind."""
    kind = request.args.get("kind", "")
    form = _form(None, formdata=None, data={"kind": kind}) if kind in groups.KINDS else None
    return render_template("groups/new.html", **_agreement(None, form))


@bp.post("/groups/new")
@needs("manage_groups")
def create() -> Response | BaseResponse:
    form = _form(None)
    if not form.validate():
        return _again("groups/new.html", **_agreement(None, form))
    try:
        blocks = rooms_of(request.form, house.types())
        wanted = form.new_group(blocks, force="force" in request.form)
        group = groups.create_group(wanted, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "groups/new.html", wrong=True, **_agreement(None, form))
    toast(say("Group {code} is made.", code=group.code))
    page = "groups.wedding" if group.kind is Source.WEDDING else "groups.show"
    return redirect(url_for(page, group_id=group.id), 303)


@bp.get("/groups/<int:group_id>/agreement")
@needs("manage_groups")
def agreement(group_id: int) -> str:
    return render_template("groups/agreement.html", **_agreement(queries_groups.load_group(group_id)))


@bp.post("/groups/<int:group_id>/agreement")
@needs("manage_groups")
def change(group_id: int) -> Response | BaseResponse:
    group = queries_groups.load_group(group_id)
    form = _form(group)
    if not form.validate():
        return _again("groups/agreement.html", **_agreement(group, form))
    try:
        groups.change_group(group, form.agreed, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        db.session.rollback()
        return refused_page(blame(form, no), "groups/agreement.html", wrong=True, **_agreement(group, form))
    return _done(group, say("Saved."))


@bp.post("/groups/<int:group_id>/status")
@needs("manage_groups")
def set_status(group_id: int) -> BaseResponse:
    group = queries_groups.load_group(group_id)
    definite = group.status is GroupStatus.TENTATIVE
    status = GroupStatus.DEFINITE if definite else GroupStatus.TENTATIVE
    groups.set_status(group, status, by=me(), now=clock.now())
    return _done(
        group,
        say("Group {code} is now: {status}.", code=group.code, status=GROUP_STATUSES[status]),
        undo=url_for("groups.set_status", group_id=group.id),
    )


@bp.post("/groups/<int:group_id>/cancel")
@needs("manage_groups")
def cancel(group_id: int) -> Response | BaseResponse:
    group = queries_groups.load_group(group_id)
    try:
        groups.cancel_group(group, request.form.get("reason", ""), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "groups/agreement.html", wrong=True, **_agreement(queries_groups.load_group(group_id)))
    return _done(group, say("Group {code} is cancelled.", code=group.code))


# --- The block -------------------------------------------------------------------------------------------------------
@bp.get("/groups/<int:group_id>/block")
@needs("see_reservations")
def block(group_id: int) -> str:
    return render_template("groups/block.html", **_block(queries_groups.load_group(group_id)))


@bp.post("/groups/<int:group_id>/block")
@needs("manage_groups")
def change_block(group_id: int) -> Response | BaseResponse:
    group = queries_groups.load_group(group_id)
    try:
        rows = _block(group)["rows"]
        changes = changed_cells(rows, request.form)
        for each in changes:
            groups.change_block(group, each, force="force" in request.form, by=me(), now=clock.now())
    except Refused as no:
        db.session.rollback()
        return refused_page(no, "groups/block.html", wrong=True, typed=request.form, **_block(group))
    if grows(rows, changes):
        _offer_planning(group)
    return _done(group, say("The block is changed."), page="groups.block")


@bp.post("/groups/<int:group_id>/release")
@needs("manage_groups")
def release(group_id: int) -> BaseResponse:
    group = queries_groups.load_group(group_id)
    count = groups.release_block(group, by=me(), now=clock.now())
    return _done(group, say("{count} room-nights without a name are free for others again.", count=count))


# --- The rooming list ------------------------------------------------------------------------------------------------
@bp.get("/groups/<int:group_id>")
@needs("see_reservations")
def show(group_id: int) -> str:
    """The rooming list: every room of the group with everybody in it."""
    group = queries_groups.load_group(group_id)
    return render_template(
        "groups/show.html",
        stays=queries.stays_of_group(group_id),
        members=queries_groups.members(group_id),
        sharing=guides.pairs(queries_guides.guides_of_group(group_id)),
        state=shown_state,
        **_around(group),
    )


@bp.get("/groups/<int:group_id>/list")
@needs("manage_groups")
def rooming_list(group_id: int) -> str:
    return render_template("groups/list.html", text="", mistakes=(), **_block(queries_groups.load_group(group_id)))


@bp.post("/groups/<int:group_id>/list")
@needs("manage_groups")
def take_over(group_id: int) -> Response | BaseResponse:
    """Everybody of the list becomes a guest with a room, or nobody does and every mistake is named with its line."""
    group = queries_groups.load_group(group_id)
    text = _pasted()
    try:
        booking = import_rooming_list(group, text, force="force" in request.form, by=me(), now=clock.now())
    except Refused as no:
        mistakes = no.mistakes if isinstance(no, BadRoomingList) else ()
        db.session.rollback()
        return refused_page(no, "groups/list.html", wrong=True, text=text, mistakes=mistakes, **_block(group))
    _offer_planning(group)
    return _done(group, say("{count} rooms have a name now.", count=len(booking.stays)))


def _offer_planning(group: Group) -> None:
    """The group has grown: those who have not arrived may be planned again, to be together with those who are new."""
    coming = queries_groups.to_be_placed(group.id)
    if coming.guests:
        offer_planning_of_group(group.id, *coming)


def _pasted() -> str:
    """What stands in the field, or else in the file; a sheet saved by older programs is GB 18030."""
    text = request.form.get("list", "")
    file = request.files.get("file")
    if text.strip() or file is None or not file.filename:
        return text
    raw = file.stream.read(LARGEST_LIST)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


# --- What the pages need ---------------------------------------------------------------------------------------------
def _form(group: Group | None, **more: Any) -> GroupForm:
    form = GroupForm(
        lang=language.current(),
        today=frame.current().business_date or clock.business_date(),
        plans=house.plans(),
        accounts=guests.accounts(),
        **more,
    )
    if group is not None:
        form.of_group()
    return form


def _agreement(group: Group | None, form: GroupForm | None = None) -> dict[str, Any]:
    if form is None:
        form = _form(group, formdata=None, obj=group)
    leader = db.session.get(Guest, int(form.leader_id.data)) if str(form.leader_id.data or "").isdigit() else None
    typed = request.form.get("leader_id_shown", "")
    around = _around(group) if group else {"types": house.types(), "typed": request.form}
    return around | {"form": form, "leader": leader.name if leader else typed}


def _block(group: Group) -> dict[str, Any]:
    types: Sequence[Any] = house.types()
    return _around(group) | {"rows": grid(group, types, queries_groups.block_of(group.id))}


def _around(group: Group) -> dict[str, Any]:
    today = clock.business_date()
    return WORDS | {"group": group, "today": today, "types": house.types()}


def _again(template: str, **context: Any) -> Response:
    """The form again with what was typed and what is wrong with it."""
    return make_response(render_template(template, wrong=True, **context), 422)


def _done(group: Group, what: Say, page: str = "groups.show", undo: str = "") -> BaseResponse:
    toast(what, undo)
    return redirect(url_for(page, group_id=group.id), 303)
