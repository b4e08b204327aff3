"""What the pre-check found, as lines of the page: each with the page on which it is mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pms.night_audit.rules import Finding
from pms.say import Say, say

ONE_BY_ONE = 3
"""More warnings of one kind than this are one line, with the single ones behind it."""


@dataclass(frozen=True, slots=True)
class Mend:
    """The page that mends findings with this verb. `argument` is the name under which it takes the record, '' for none;
    `many` is what several such warnings are called, with {count}, and `all_of` the page that shows them together.
    """

    endpoint: str
    label: Say
    icon: str
    argument: str = ""
    many: Say | None = None
    all_of: str = ""


MENDS = {
    "check_out": Mend("check_out.sheet", say("Open check-out"), "logout", "stay_id"),
    "room_move": Mend("moves.sheet", say("Open room change"), "arrows-exchange", "stay_id"),
    "take_payment": Mend("folios.show", say("Open folio"), "receipt-2", "stay_id"),
    "reverse_posting": Mend("folios.index", say("Look at folios"), "receipt-2"),
    "check_in": Mend(
        "check_in.sheet",
        say("Open check-in"),
        "user-off",
        "stay_id",
        say("{count} arrivals are not here and will become no-shows"),
        "front_page.home",
    ),
    "resolve_discrepancy": Mend("housekeeping.discrepancies", say("Compare"), "door", ""),
    "run_audit": Mend("", say("Wait"), "clock"),
    "send_police_register": Mend("police.queue", say("Send"), "send"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A finding, or several warnings of one kind under one sentence (`single` then holds them)."""

    finding: Finding
    text: Say
    mend: Mend
    single: tuple[Finding, ...] = ()

    @property
    def record(self) -> int | None:
        """The number of the record that is mended: 12 of `stay:12`."""
        return record_of(self.finding) if not self.single else None


def record_of(finding: Finding) -> int | None:
    return int(finding.about.partition(":")[2]) if ":" in finding.about else None


def lines(findings: Iterable[Finding]) -> list[Line]:
    """What blocks first, one by one; then the warnings, many of one kind as one line."""
    blocking, warned = [], defaultdict(list)
    for finding in findings:
        if finding.blocks:
            blocking.append(Line(finding, finding.text, MENDS[finding.mend]))
        else:
            warned[finding.mend].append(finding)
    return blocking + [line for mend, found in warned.items() for line in _together(MENDS[mend], found)]


def _together(mend: Mend, found: list[Finding]) -> list[Line]:
    if mend.many is None or len(found) <= ONE_BY_ONE:
        return [Line(finding, finding.text, mend) for finding in found]
    return [Line(found[0], Say(mend.many.text, {"count": len(found)}), mend, tuple(found))]
