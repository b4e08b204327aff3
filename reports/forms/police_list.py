"""Registrations with whole numbers, to be handed to the police; of a group its collective list 团体名单 (C9)."""

from pms.reporting import LANDSCAPE, Signatures, heading, table
from pms.say import say

from .. import _police  # noqa: TID252 - reports/ is a package under a name of its own

TITLE = say("Registration list")
CODE = "F-20"
PAPER = LANDSCAPE
COLUMNS = _police.register("guest")


def story(handed_over):
    rows, group = handed_over
    sub = say("{count} registered", count=len(rows))
    if group is not None:
        sub = say("Collective list of group {code} {name}: {count} registered", code=group.code, name=group.name,
                  count=len(rows))  # fmt: skip
    yield heading(TITLE, None, sub)
    yield table(COLUMNS, rows, empty=say("Nobody was registered."))
    yield Signatures((say("Handed over by"), say("Received by the police")))
