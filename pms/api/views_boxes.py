"""Safe-deposit boxes. A lock is drilled in the house only: a second person gives his password there."""

from __future__ import annotations

from typing import Any

from pms import clock
from pms.accounts.models import Name
from pms.api import cursors
from pms.api.answers import may, shown, tell
from pms.api.door import Door
from pms.api.schemas_services import (
    BoxCardIn,
    BoxLineOut,
    BoxOut,
    BoxPage,
    BoxQuery,
    BoxUseOut,
    HandBackIn,
    SignatureIn,
)
from pms.guest_services import boxes, queries_boxes
from pms.guest_services.models_boxes import BoxUse
from pms.guest_services.queries_boxes import BoxRow, CardLine
from pms.guests.names import list_name
from pms.reservations.queries import load_stay
from pms.web.gate import me

bp = Door("Safe boxes")


@bp.does("GET /safe-boxes", needs="keep_safe_boxes")
def list_safe_boxes(query: BoxQuery) -> BoxPage:
    """The boxes of the house by number, with who has them."""
    after: Any = cursors.read(query.cursor, int, str)
    secret = may("see_incognito")
    found = queries_boxes.boxes_after(after, query.limit + 1, in_use=query.in_use, see_incognito=secret)
    rows, following = cursors.cut(found, query.limit, lambda row: (len(row.number), row.number))
    return BoxPage(items=[_box(row) for row in rows], next=following)


@bp.does("POST /safe-boxes/{box_id}/uses", needs="keep_safe_boxes", status=201)
def give_safe_box(box_id: int, body: BoxCardIn) -> BoxUseOut:
    """Give a box and its key to a guest in house, who has signed the card; taken, others are offered."""
    card = boxes.Card(**body.model_dump(exclude={"stay_id"}))
    box, stay = queries_boxes.box(box_id), load_stay(body.stay_id)
    return _use(boxes.give_box(box, stay, card, by=me(), now=clock.now()))


@bp.does("GET /safe-box-uses/{use_id}", needs="keep_safe_boxes")
def read_safe_box_use(use_id: int) -> BoxUseOut:
    """A guest's card with every opening, also when it is closed."""
    return _use(queries_boxes.use(use_id))


@bp.does("POST /safe-box-uses/{use_id}/opening", needs="keep_safe_boxes")
def open_safe_box(use_id: int, body: SignatureIn) -> BoxUseOut:
    """Opened for the guest with his key and the house's; he has signed."""
    return _use(boxes.open_box(queries_boxes.use(use_id), body.signed_by, by=me(), now=clock.now()))


@bp.does("POST /safe-box-uses/{use_id}/hand-back", needs="keep_safe_boxes")
def hand_back_safe_box(use_id: int, body: HandBackIn) -> BoxUseOut:
    """The guest needs it no longer: the box is empty, the key is back, he has signed."""
    return _use(boxes.hand_back(queries_boxes.use(use_id), **body.model_dump(), by=me(), now=clock.now()))


@bp.does("POST /safe-box-uses/{use_id}/lost-key", needs="keep_safe_boxes")
def report_lost_box_key(use_id: int) -> BoxUseOut:
    """The guest has lost the key: the box stays shut until its lock is drilled; engineering and AM are told."""
    return _use(boxes.report_lost_key(queries_boxes.use(use_id), by=me(), now=clock.now()))


def _box(row: BoxRow) -> BoxOut:
    return shown(BoxOut, row, guest=list_name(row.surname, row.given, row.name_zh))


def _use(use: BoxUse) -> BoxUseOut:
    """A card; whose box it is stays hidden from those who need not know, with every signature (Q1)."""
    guest, room = use.stay.guest, use.stay.room
    known = may("see_incognito") or not guest.incognito
    names: dict[str, Any] = {} if known else {"stay_id": None, "signatory": "", "also": ""}
    return shown(
        BoxUseOut,
        use,
        number=use.box.number,
        size=use.box.size,
        room=room.number if room else "",
        guest=guest.name if known else "",
        openings=[_line(line, known) for line in queries_boxes.card(use.id)],
        **names,
    )


def _line(line: CardLine, known: bool) -> BoxLineOut:
    second = tell(Name(line.second, line.second_zh)) if line.second else ""
    signed = {} if known else {"signed_by": ""}
    return shown(BoxLineOut, line, by=tell(Name(line.by, line.by_zh)), second=second, **signed)
