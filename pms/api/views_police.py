"""The police register: what is still to be sent, filled in, and the proof that it went."""

from __future__ import annotations

from pms import clock
from pms.api import cursors
from pms.api.answers import shown, tell
from pms.api.door import Door
from pms.api.schemas import Page
from pms.api.schemas_night import FromAbroadIn, PoliceBatchIn, PoliceBatchOut, RegisterOut, RegisterPage
from pms.errors import Missing
from pms.front_desk import police
from pms.front_desk import queries_police as register
from pms.front_desk.models import Registration
from pms.front_desk.police import FromAbroad
from pms.front_desk.queries_police import RegisterLine
from pms.front_desk.rules import SEND_WITHIN
from pms.property.queries import load
from pms.say import say
from pms.web.gate import me

bp = Door("Police register")


@bp.does("GET /police-register", needs="send_police_register")
def list_unsent(query: Page) -> RegisterPage:
    """What the police have not got yet, by number; numbers of documents masked."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = register.unsent_after(last, query.limit + 1)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return RegisterPage(items=[_line(row) for row in rows], next=following)


@bp.does("PUT /police-register/{registration_id}", needs="send_police_register")
def complete_registration(registration_id: int, body: FromAbroadIn) -> RegisterOut:
    """Fill in what a guest from abroad was not asked at check-in; not after it was sent."""
    form = FromAbroad(**body.model_dump())
    police.complete(load(Registration, registration_id), form, by=me(), now=clock.now())
    return _line(register.lines([registration_id])[0])


@bp.does("POST /police-batches", needs="send_police_register", status=201)
def send_registrations(body: PoliceBatchIn) -> PoliceBatchOut:
    """Write down that registrations went to the police, each once, with the number they gave."""
    batch_id = police.send(body.registrations, body.reference, by=me(), now=clock.now())
    return _batch(batch_id)


@bp.does("GET /police-batches/{batch_id}", needs="send_police_register")
def read_batch(batch_id: int) -> PoliceBatchOut:
    """The proof of what went together."""
    return _batch(batch_id)


def _batch(batch_id: int) -> PoliceBatchOut:
    found = register.batch(batch_id)
    if found is None:
        raise Missing(say("Nothing was sent under this number."))
    return shown(PoliceBatchOut, found)


def _line(line: RegisterLine) -> RegisterOut:
    lacks = line.lacks
    return shown(RegisterOut, line, send_by=line.at + SEND_WITHIN, lacks=tell(lacks) if lacks else "")
