"""The downtime pack: papers with which the desk goes on working when the system does not, made anew every hour.

It names everybody, so it lies in a folder of its own that only the service may read, and in no archive.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flask import current_app

from pms import clock
from pms.db import reading
from pms.night_audit import snapshots
from pms.property.queries import hotel
from pms.reporting.catalogue import find
from pms.reporting.kinds import House
from pms.reporting.pack import one_pdf
from pms.reporting.rendering import render_pdf
from pms.worker.delivery import write_whole

PAPERS = (
    "in_house-restricted", "arrivals-restricted", "departures-restricted", "room_status-restricted", "vacant_rooms",
    "messages-restricted", "luggage_held-restricted",
)  # fmt: skip
KEPT = 24
LATEST = "latest.pdf"


def folder() -> Path:
    return Path(current_app.config["DATA_DIR"]).resolve() / "downtime"


def make(local: datetime, *, now: datetime) -> str:
    """The pack of this hour as one PDF, also as `latest.pdf`; those of yesterday go. Returns its name."""
    content = pack()
    name = f"{local:%Y-%m-%dT%H%M}.pdf"
    for each in (name, LATEST):
        write_whole(folder() / each, content)
    for old in sorted(folder().glob("20*.pdf"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return name


def pack() -> bytes:
    """The house as it is now, in the hotel's paper language; of one moment."""
    with reading():
        row, day = hotel(), clock.business_date()
        papers = [render_pdf(find(key), snapshots.read, day, row.paper_language, House.of(row)) for key in PAPERS]
    return one_pdf(papers)
