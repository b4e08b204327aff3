"""A group on its day of arrival: rooms for everybody, and the whole group checked in on one page (C4).

Here, above the desk, because the check-in orders the wake-up calls of the programme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.assignment.actions import place_arrivals, unplace
from pms.db import db
from pms.errors import Refused
from pms.front_desk import queries_groups as desk
from pms.front_desk.forms_groups import DEPOSIT_KINDS, read_sheet
from pms.front_desk.groups import SPLITS
from pms.front_desk.programme import ITEMS
from pms.front_desk.queries_programme import programme
from pms.front_desk.rooming_sheet import NotReady, room_obstacle
from pms.front_desk.waiting import ask_rush_cleaning
from pms.guest_services import group_day
from pms.guests.forms import DOCUMENT_KINDS
from pms.guests.models import DocumentKind
from pms.property.queries import hotel
from pms.reservations import queries_groups
from pms.reservations.models import Group, Stay
from pms.reservations.pages import groups as bp
from pms.reservations.status import Status
from pms.say import Say, say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

WORDS = {"deposit_kinds": DEPOSIT_KINDS, "document_kinds": DOCUMENT_KINDS, "splits": SPLITS}


@bp.get("/groups/<int:group_id>/check-in")
@needs("check_in")
def check_in(group_id: int) -> str:
    """The rooming list with rooms and their state, documents, head-count, signature, deposit, keys: one page."""
    return render_template("groups/check_in.html", **_sheet(queries_groups.load_group(group_id)))


@bp.post("/groups/<int:group_id>/check-in")
@needs("check_in")
def do_check_in(group_id: int) -> Response | BaseResponse:
    """Everybody of the list who has come, or nobody, and then every row says what it lacks."""
    group = queries_groups.load_group(group_id)
    stays = desk.rooming_list(group_id, clock.business_date())
    try:
        sheet = read_sheet(request.form, stays, hotel().currency)
        done = group_day.check_in(group, stays, sheet, by=me(), now=clock.now())
    except Refused as no:
        db.session.rollback()
        return refused_page(no, "groups/check_in.html", wrong=True, **_sheet(group, request.form, _errors(no)))
    toast(say("Group {code} is checked in: {count} rooms.", code=group.code, count=len(done)))
    return redirect(url_for("groups.show", group_id=group_id), 303)


@bp.post("/groups/<int:group_id>/place")
@needs("place")
def place(group_id: int) -> str | BaseResponse:
    """A room for every stay of the group that has none; who is left over is named with the reason. Can be undone."""
    group = queries_groups.load_group(group_id)
    waiting = [s for s in queries_groups.stays_of(group_id) if s.status is Status.RESERVED and s.room_id is None]
    placed: list[int] = []
    for day in sorted({stay.arrival for stay in waiting}):
        ids = [stay.id for stay in waiting if stay.arrival == day]
        plan = place_arrivals(day, by=me(), now=clock.now(), stay_ids=ids)
        placed += [placement.stay.id for placement in plan.placed]
        for left in plan.unplaced:
            toast(left.why)
    undo = url_for("groups.take_back", group_id=group_id, stays=",".join(map(str, placed)))
    toast(
        say("{count} of {all} rooms of {code} are placed.", count=len(placed), all=len(waiting), code=group.code),
        undo if placed else "",
    )
    return _back(group)


@bp.post("/groups/<int:group_id>/take-back")
@needs("place")
def take_back(group_id: int) -> BaseResponse:
    """Undo of `place`: the rooms of `?stays=` are free again."""
    wanted = set(request.args.get("stays", "").split(","))
    stays = [stay for stay in queries_groups.stays_of(group_id) if str(stay.id) in wanted]
    for stay in stays:
        unplace(stay, by=me(), now=clock.now())
    toast(say("{count} rooms are free again.", count=len(stays)))
    return redirect(url_for("groups.show", group_id=group_id), 303)


@bp.post("/groups/<int:group_id>/rush")
@needs("check_in")
def rush(group_id: int) -> str | BaseResponse:
    """Housekeeping is asked to clean first what the group waits for (C10)."""
    dirty = _dirty(desk.rooming_list(group_id, clock.business_date()))
    for stay_id in dirty:
        ask_rush_cleaning(db.session.get_one(Stay, stay_id), by=me(), now=clock.now())
    toast(say("Housekeeping is asked to clean {count} rooms first.", count=len(dirty)))
    return _back(queries_groups.load_group(group_id))


def _dirty(stays: Iterable[desk.ListedStay]) -> list[int]:
    """The stays whose room is empty and only waits to be cleaned."""
    return [stay.id for stay in stays if stay.room and not stay.room.clean and not stay.room.lives_here]


def _back(group: Group) -> str | BaseResponse:
    """The page from which this came: the sheet with everything typed into it so far, or the rooming list."""
    if "split" in request.form:
        db.session.flush()
        return render_template("groups/check_in.html", **_sheet(group, request.form))
    return redirect(url_for("groups.show", group_id=group.id), 303)


def _errors(no: Refused) -> dict[str, Say]:
    """What a refusal says, by field of the page."""
    if isinstance(no, NotReady):
        return no.errors
    rows = {f"room-{offer.value}": offer.text for offer in no.offers if offer.kind == "stay"}
    return rows or {no.field: no.reason}


def _sheet(
    group: Group, typed: Mapping[str, str] | None = None, errors: Mapping[str, Say] | None = None
) -> dict[str, Any]:
    stays = desk.rooming_list(group.id, clock.business_date())
    obstacles = {stay.id: why for stay in stays if (why := room_obstacle(stay))}
    guests = [guest for stay in stays for guest in stay.guests]
    return WORDS | {
        "group": group,
        "stays": stays,
        "obstacles": obstacles,
        "ready": desk.ready_rooms(stay for stay in stays if stay.id in obstacles),
        "persons": sum(stay.persons for stay in stays),
        "undocumented": sum(guest.document_id is None for guest in guests),
        "dirty": _dirty(stays),
        "in_house": desk.in_house(group.id),
        "programme": programme(group.id),
        "items": ITEMS,
        "typed": typed,
        "errors": errors or {},
        "kinds": {guest.id: _usual(guest) for guest in guests},
    }


def _usual(guest: desk.ListedGuest) -> DocumentKind:
    """The kind most likely to be typed: nobody without a Chinese name has a resident ID."""
    chinese = guest.nationality == "CN" or (not guest.nationality and guest.name_zh)
    return DocumentKind.RESIDENT_ID if chinese else DocumentKind.PASSPORT
