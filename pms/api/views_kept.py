"""Things kept for somebody: mail, parcels, what is to be handed on, lost and found."""

from __future__ import annotations

from pms import clock
from pms.api import cursors, queries
from pms.api.answers import may, shown
from pms.api.door import Door
from pms.api.schemas_kept import DisposalIn, HandOutIn, KeptIn, KeptOut, KeptPage, KeptQuery, OwnerIn
from pms.guest_services import kept
from pms.guest_services import queries_kept as things
from pms.guest_services.kept import NewThing
from pms.guest_services.models_kept import Kept
from pms.reservations.queries import load_stay
from pms.web.gate import me

bp = Door("Things kept")


@bp.does("GET /kept-things", needs="keep_things")
def list_kept_things(query: KeptQuery) -> KeptPage:
    """What is here, or has left us, in the order in which it came."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = things.things_after(
        last,
        query.limit + 1,
        here=not query.gone,
        kind=query.kind,
        due_before=clock.business_date() if query.overdue else None,
        see_incognito=may("see_incognito"),
    )
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return KeptPage(items=[shown(KeptOut, row) for row in rows], next=following)


@bp.does("POST /kept-things", needs="keep_things", status=201)
def keep_thing(body: KeptIn) -> KeptOut:
    """Take something in under a number, or write down what was found."""
    room = queries.room_called(body.room) if body.room else None
    stay = load_stay(body.stay_id) if body.stay_id else kept.meant_for(body.kind, room)
    new = NewThing(**body.model_dump(exclude={"stay_id", "room"}))
    return _thing(kept.keep(new, stay=stay, room=room, by=me(), now=clock.now()))


@bp.does("GET /kept-things/{thing_id}", needs="keep_things")
def read_kept_thing(thing_id: int) -> KeptOut:
    """One thing, also when it has left us."""
    return shown(KeptOut, things.row(thing_id, see_incognito=may("see_incognito")))


@bp.does("POST /kept-things/{thing_id}/told", needs="keep_things")
def tell_owner(thing_id: int) -> KeptOut:
    """The guest has been told that it is here."""
    return _thing(kept.tell_owner(things.load(thing_id), by=me(), now=clock.now()))


@bp.does("POST /kept-things/{thing_id}/owner", needs="keep_things")
def match_owner(thing_id: int, body: OwnerIn) -> KeptOut:
    """What was found belongs to the guest of this stay."""
    return _thing(kept.match(things.load(thing_id), load_stay(body.stay_id), by=me(), now=clock.now()))


@bp.does("POST /kept-things/{thing_id}/hand-out", needs="hand_out_things")
def hand_out_thing(thing_id: int, body: HandOutIn) -> KeptOut:
    """Out of the house, once: against document and signature, or by post."""
    return _thing(kept.hand_out(things.load(thing_id), **body.model_dump(), by=me(), now=clock.now()))


@bp.does("POST /kept-things/{thing_id}/disposal", needs="dispose_of_things")
def dispose_of_thing(thing_id: int, body: DisposalIn) -> KeptOut:
    """What nobody claimed in its time."""
    return _thing(kept.dispose(things.load(thing_id), body.how, by=me(), now=clock.now()))


def _thing(thing: Kept) -> KeptOut:
    return shown(KeptOut, things.row(thing.id, see_incognito=may("see_incognito")))
