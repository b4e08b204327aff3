"""Who works which shift this week 排班表, by department (H4); to be pinned up."""

from itertools import groupby

from pms.departments import DEPARTMENT_NAMES, Department
from pms.handover.rules_roster import LETTERS, days_of, monday_of
from pms.reporting import LANDSCAPE, ON_DEMAND, Cell, Column, Words, band, banded, heading
from pms.reporting.texts import Bilingual, Listed
from pms.say import say
from pms.shifts import Shift

TITLE = say("Roster of the week")
ABOUT = say("Who works which shift of the week, and at which post, by department.")
CODE = "H4-01"
WHEN = ON_DEMAND
PAPER = LANDSCAPE
FOR = tuple(Department)


def worked(day):
    """The cell of a weekday: the letter and the post, bold where it is the night."""

    def of(row):
        shift, _, post = getattr(row, day).partition(" ")
        text = shift and say("{letter} {post}", letter=LETTERS[Shift(shift)], post=post)
        return Cell(text, bold=shift == Shift.NIGHT)

    return of


COLUMNS = (
    Column(say("Name"), lambda row: Bilingual(row.name, row.name_zh), 44),
    Column(say("Mon"), worked("mon"), 30),
    Column(say("Tue"), worked("tue"), 30),
    Column(say("Wed"), worked("wed"), 30),
    Column(say("Thu"), worked("thu"), 30),
    Column(say("Fri"), worked("fri"), 30),
    Column(say("Sat"), worked("sat"), 30),
    Column(say("Sun"), worked("sun"), 30),
)


def story(read, day):
    rows = read("roster_week", day)
    week = days_of(monday_of(day))
    yield heading(TITLE, week[0], say("until {day}", day=week[-1]))
    yield banded(
        COLUMNS,
        [band(DEPARTMENT_NAMES[Department(name)], list(of)) for name, of in groupby(rows, lambda row: row.department)],
        empty=say("Nobody is on the roster of this week."),
    )
    yield Words(Listed(say("{letter}: {shift}", letter=LETTERS[each], shift=each) for each in Shift))
