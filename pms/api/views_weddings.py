"""Weddings: those to come, and the sheet of one: taken down, read, changed."""

from __future__ import annotations

from pms import clock
from pms.api import queries
from pms.api.answers import Outdated, as_number, shown, version_seen
from pms.api.door import Door
from pms.api.schemas_weddings import WeddingChange, WeddingIn, WeddingLineOut, WeddingOut, Weddings
from pms.errors import Missing
from pms.reservations import queries_weddings, weddings
from pms.reservations.models_arrangements import Arrangement
from pms.reservations.models_events import Wedding
from pms.reservations.weddings import WeddingSheet
from pms.say import say
from pms.web.gate import me

bp = Door("Weddings")


@bp.does("GET /weddings", needs="see_reservations")
def list_weddings() -> Weddings:
    """Wedding parties that have not left, with what each of them still lacks."""
    lines = queries_weddings.weddings_from(clock.business_date())
    return Weddings(items=[shown(WeddingLineOut, line) for line in lines])


@bp.does("GET /groups/{code}/wedding", needs="see_reservations")
def read_wedding(code: str) -> WeddingOut:
    """The sheet of a wedding party."""
    return _wedding(_taken_down(code))


@bp.does("POST /groups/{code}/wedding", needs="manage_weddings", status=201)
def take_wedding_down(code: str, body: WeddingIn) -> WeddingOut:
    """Take a wedding down: the banquet stands on the board, the room is the couple's, the departments are told."""
    group = queries.group_of(code)
    return _wedding(weddings.take_down(group, WeddingSheet(**body.model_dump()), by=me(), now=clock.now()))


@bp.does("PUT /groups/{code}/wedding", needs="manage_weddings", holds=True)
def change_wedding(code: str, body: WeddingChange) -> WeddingOut:
    """Another day, hour or room, if the sheet still is as it was seen; board and appointments follow."""
    wedding, seen = _taken_down(code), as_number(version_seen(body.version))
    if wedding.version != seen:
        raise Outdated(say("Somebody else has just changed this. Please look at it again."), _wedding(wedding))
    sheet = WeddingSheet(**body.model_dump(exclude={"version"}))
    weddings.change(wedding, sheet, version=seen, by=me(), now=clock.now())
    return _wedding(wedding)


def _taken_down(code: str) -> Wedding:
    wedding = queries_weddings.wedding_of(queries.group_of(code).id)
    if wedding is None:
        raise Missing(say("Nobody has taken this wedding down yet."))
    return wedding


def _wedding(wedding: Wedding) -> WeddingOut:
    return shown(
        WeddingOut,
        weddings.sheet_of(wedding),
        group=wedding.group.code,
        version=f"{wedding.version:x}",
        salon_done_at=_done_at(wedding.salon),
        decorated_at=_done_at(wedding.decoration),
    )


def _done_at(arrangement: Arrangement | None) -> object:
    return arrangement.done_at if arrangement else None
