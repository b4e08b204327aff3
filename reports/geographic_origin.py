"""Where the guests come from 客源地理分布表 (N3), by nationality."""

from pms.departments import Department
from pms.reporting import NIGHTLY
from pms.reporting.texts import Country
from pms.say import say

from . import _shares as shares

TITLE = say("Geographic origin")
ABOUT = say("Guests and room-nights by country: day, month, year.")
CODE = "N3-02"
WHEN = NIGHTLY
NEEDS = "see_revenue"
FOR = (Department.ASSISTANT_MANAGER, Department.SALES, Department.RESERVATIONS)

COLUMNS = shares.columns(lambda row: Country(row.code) if row.code else say("Not known"))


def story(read, day):
    yield from shares.story(TITLE, COLUMNS, read("geographic_origin", day), day)
