"""Bookings verified against availability: read, explained, signed for the date."""

from __future__ import annotations

from pms import clock
from pms.accounts.models import Name
from pms.api.answers import shown, tell
from pms.api.door import Door
from pms.api.schemas_verification import ContradictionOut, ExplanationIn, SignedOut, VerificationOut
from pms.reservations import queries_verification, verification
from pms.reservations.contradictions import ContradictionKind
from pms.reservations.queries_verification import VerificationLine
from pms.say import from_json
from pms.web.gate import me

bp = Door("Verification")

OF_NO_STAY = (ContradictionKind.OVERSOLD, ContradictionKind.CUT_OFF)


@bp.does("GET /verification", needs="see_verification")
def read_verification() -> VerificationOut:
    """What contradicts today: a month ahead in the peak season, else to tomorrow night."""
    return _verification()


@bp.does("POST /verification/explanations", needs="verify_bookings", status=201)
def explain_contradiction(body: ExplanationIn) -> VerificationOut:
    """Write down why a contradiction may stand, until its facts change; all of them as they are then."""
    verification.explain(body.fingerprint, body.text, by=me(), now=clock.now())
    return _verification()


@bp.does("POST /verification/signature", needs="verify_bookings", status=201)
def sign_verification() -> VerificationOut:
    """The bookings of the business date are verified; refused while something is neither mended nor explained."""
    verification.sign(by=me(), now=clock.now())
    return _verification()


def _verification() -> VerificationOut:
    day = clock.business_date()
    lines, signed = queries_verification.verification(day), queries_verification.signed(day)
    return VerificationOut(
        business_date=day,
        last_night=queries_verification.last_night(day),
        open=sum(not line.explanation for line in lines),
        signed=shown(SignedOut, signed, by=tell(Name(signed.by, signed.by_zh))) if signed else None,
        items=[_contradiction(line) for line in lines],
    )


def _contradiction(line: VerificationLine) -> ContradictionOut:
    return shown(
        ContradictionOut,
        line,
        stay_id=None if line.kind in OF_NO_STAY else line.record_id,
        text=tell(from_json(line.text)),
        explained_by=tell(Name(line.by, line.by_zh)),
        explained_at=line.at,
    )
