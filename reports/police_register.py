"""Police register 户管 (C9, N6): everybody registered on the date, and when it was sent. Numbers are masked."""

from pms.reporting import LANDSCAPE, NIGHTLY, Foot, heading, table
from pms.say import say

from . import _police
from . import _words as words

TITLE = say("Police register")
ABOUT = say("Everybody registered on the date with document, visa and purpose, and when it was sent to the police.")
CODE = "N6-22"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = words.DESK_ONLY
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = _police.register(words.marked_guest)


def story(read, day):
    rows = read("police_register", day)
    unsent = sum(row.sent_at is None for row in rows)
    yield heading(TITLE, day, say("{count} registered, {unsent} not sent yet", count=len(rows), unsent=unsent))
    yield table(COLUMNS, rows, empty=say("Nobody was registered."))
    yield from words.explained(rows)
    if unsent:
        yield Foot(say("Every registration goes to the police within 24 hours."))
