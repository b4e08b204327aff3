"""Who was expected and did not come, and who cancelled today (N6), with what was charged for it."""

from pms.departments import Department
from pms.reporting import NIGHTLY, Column, band, banded, heading, kinds, rooms
from pms.say import say

from . import _words as words

TITLE = say("No-shows and cancellations")
ABOUT = say("Who did not come and who cancelled, with the fee that was charged.")
CODE = "N6-07"
WHEN = NIGHTLY
FOR = (Department.RESERVATIONS, Department.SALES, Department.CASHIER)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    Column(say("Conf. no."), "confirmation", 22, kinds.fixed),
    words.GUEST,
    Column(say("Guarantee"), words.guarantee, 22, kinds.fixed),
    Column(say("Reason"), "reason", 44),
    Column(say("Fee"), lambda row: row.fee or None, 20, kinds.money),
    Column(say("By whom"), "by", 28),
)


def story(read, day):
    rows = read("no_shows_and_cancellations", day)
    missing = [row for row in rows if row.status == "no_show"]
    cancelled = [row for row in rows if row.status == "cancelled"]
    sub = say("{no_shows} no-shows, {cancelled} cancellations", no_shows=len(missing), cancelled=len(cancelled))
    yield heading(TITLE, day, sub)
    parts = (
        band(say("No-shows"), missing, rooms(len(missing))),
        band(say("Cancellations"), cancelled, rooms(len(cancelled))),
    )
    total = {COLUMNS[4].of: sum(row.fee for row in rows)}
    yield banded(COLUMNS, parts, empty=say("Nobody cancelled and everybody came."), total=total if rows else None)
    yield from words.explained(rows)
