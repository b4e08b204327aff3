"""Guests and their documents."""

from __future__ import annotations

from pms import clock
from pms.api import answers, cursors, queries
from pms.api.answers import Outdated, guest_version, may, version_seen
from pms.api.door import Door
from pms.api.schemas_stays import (
    DocumentIn,
    DocumentOut,
    Documents,
    GuestChange,
    GuestIn,
    GuestOut,
    GuestPage,
    GuestQuery,
)
from pms.errors import Missing
from pms.guests import actions
from pms.guests import queries as guests
from pms.guests.actions import NewGuest, guest_or_missing
from pms.guests.models import Guest
from pms.say import say
from pms.web.gate import me

bp = Door("Guests")


@bp.does("GET /guests", needs="see_reservations")
def list_guests(query: GuestQuery) -> GuestPage:
    """Guests by number; those who want no disclosure only for roles that may know."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = queries.guests_after(last, query.q, query.limit + 1, see_incognito=may("see_incognito"))
    rows, following = cursors.cut(found, query.limit, lambda guest: (guest.id,))
    return GuestPage(items=[answers.guest(row) for row in rows], next=following)


@bp.does("POST /guests", needs="edit_guest", status=201)
def create_guest(body: GuestIn) -> GuestOut:
    """Open a profile."""
    account_id = queries.account_called(body.account, "account")
    new = NewGuest(account_id=account_id, **body.model_dump(exclude={"account"}))
    return answers.guest(actions.create_guest(new, by=me(), now=clock.now()))


@bp.does("GET /guests/{guest_id}", needs="see_reservations")
def read_guest(guest_id: int) -> GuestOut:
    """One profile."""
    return answers.guest(_known(guest_or_missing(guest_id)))


@bp.does("PATCH /guests/{guest_id}", needs="edit_guest", holds=True)
def change_guest(guest_id: int, body: GuestChange) -> GuestOut:
    """Change some fields of a profile, if it still is as it was seen."""
    guest = _known(guests.locked_guest(guest_id))
    if version_seen(body.version) != guest_version(guest):
        raise Outdated(say("Somebody else has changed this guest meanwhile."), answers.guest(guest))
    changes = body.model_dump(exclude={"version", "account"}, exclude_none=True)
    if body.account:
        changes["account_id"] = queries.account_called(body.account, "account")
    return answers.guest(actions.edit_guest(guest, by=me(), now=clock.now(), **changes))


@bp.does("GET /guests/{guest_id}/documents", needs="edit_guest")
def list_documents(guest_id: int) -> Documents:
    """The guest's documents, newest first, numbers masked."""
    guest = _known(guest_or_missing(guest_id))
    return Documents(items=[DocumentOut(**line._asdict()) for line in guests.documents_of(guest.id)])


@bp.does("POST /guests/{guest_id}/documents", needs="edit_guest", status=201)
def add_document(guest_id: int, body: DocumentIn) -> DocumentOut:
    """Keep an identity document; a resident ID has to have a right check digit."""
    guest = _known(guest_or_missing(guest_id))
    document_id = actions.add_document(
        guest.id,
        body.kind,
        body.number,
        country=body.country,
        expires_on=body.expires_on,
        seen=body.seen,
        by=me(),
        now=clock.now(),
    )
    return next(DocumentOut(**line._asdict()) for line in guests.documents_of(guest.id) if line.id == document_id)


def _known(guest: Guest) -> Guest:
    """A guest without disclosure is nobody to those who need not know (Q1)."""
    if guest.incognito and not may("see_incognito"):
        raise Missing(say("There is no such guest."))
    return guest
