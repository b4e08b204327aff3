"""The papers of the house: what a report file in reports/ needs, and nothing that loads ReportLab."""

from pms.reporting import kinds
from pms.reporting.blocks import (
    Band,
    Bar,
    Cell,
    Chart,
    Column,
    Foot,
    Kpi,
    Kpis,
    Notes,
    band,
    banded,
    guests,
    heading,
    rooms,
    table,
)
from pms.reporting.catalogue import EVENING, EVERYBODY, LANDSCAPE, NIGHTLY, ON_DEMAND, PORTRAIT, Read
from pms.reporting.kinds import House

__all__ = [
    "EVENING",
    "EVERYBODY",
    "LANDSCAPE",
    "NIGHTLY",
    "ON_DEMAND",
    "PORTRAIT",
    "Band",
    "Bar",
    "Cell",
    "Chart",
    "Column",
    "Foot",
    "House",
    "Kpi",
    "Kpis",
    "Notes",
    "Read",
    "band",
    "banded",
    "guests",
    "heading",
    "kinds",
    "rooms",
    "table",
]
