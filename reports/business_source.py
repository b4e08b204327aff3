"""How the guests came to us 客源统计表 (N3): by the source of the booking."""

from pms.departments import Department
from pms.reporting import NIGHTLY
from pms.reporting.texts import word
from pms.reservations.words import SOURCES
from pms.say import say

from . import _shares as shares

TITLE = say("Business source")
ABOUT = say("Rooms and revenue by where bookings come from: day, month, year.")
CODE = "N3-01"
WHEN = NIGHTLY
NEEDS = "see_revenue"
FOR = (Department.ASSISTANT_MANAGER, Department.SALES, Department.RESERVATIONS)

COLUMNS = shares.columns(lambda row: word(SOURCES, row.code))


def story(read, day):
    yield from shares.story(TITLE, COLUMNS, read("business_source", day), day)
