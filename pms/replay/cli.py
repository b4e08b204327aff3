"""`pms replay`: real bookings through the desk's own actions, the figures out of the product's own records."""

from __future__ import annotations

import csv
import gc
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pms.console import house, progress

if TYPE_CHECKING:
    from pms.replay.bookings import Line
    from pms.replay.play import Replay

DATE = click.DateTime(["%Y-%m-%d"])
COLUMNS = ("date", "arrivals", "departures", "rooms_sold", "revenue_cents", "day_use", "no_shows", "cancellations")


@click.command("replay")
@click.argument("bookings", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--database", metavar="URL", help="An empty database; default: an SQLite file that is thrown away.")
@click.option("--daily", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures of every date here.")
@click.option("--papers", type=click.Path(file_okay=False, path_type=Path), help="Make the papers too, in here.")
@click.option("--from", "first", type=DATE, help="First date that is played; earlier bookings are on the books.")
@click.option("--until", "last", type=DATE, help="Last date that is played.")
def replay(
    bookings: Path,
    database: str | None,
    daily: Path | None,
    papers: Path | None,
    first: datetime | None,
    last: datetime | None,
) -> None:
    """Play BOOKINGS (.csv or .csv.gz) day by day through the desk's own actions and the night audit.

    The format is that of the hotel booking demand datasets (Antonio, de Almeida, Nunes 2019).
    """
    from tempfile import TemporaryDirectory

    from pms.replay.bookings import BadFile, read

    try:
        lines = read(bookings)
    except BadFile as error:
        raise click.ClickException(str(error)) from error
    if not lines:
        raise click.ClickException(f"{bookings} has no bookings.")
    with (
        TemporaryDirectory(prefix="replay-") as folder,
        house(database or f"sqlite:///{folder}/replay.db", migrate=True),
    ):
        _refuse_unless_empty()
        _do_not_wait_for_the_disk()
        _play(lines, daily, papers, first.date() if first else None, last.date() if last else None)


def _do_not_wait_for_the_disk() -> None:
    """A replay that is cut off begins anew in an empty database: what a power cut could take is worth nothing."""
    from sqlalchemy import event

    from pms.db import db

    if db.engine.dialect.name == "sqlite":
        db.session.remove()
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))


def _refuse_unless_empty() -> None:
    from pms.accounts.models import User
    from pms.db import db, reading
    from pms.property.models import Hotel

    with reading():
        if db.session.query(Hotel).first() or db.session.query(User).first():
            raise click.ClickException("This database is not empty. A replay begins with an empty one.")


def _play(lines: list[Line], daily: Path | None, papers: Path | None, first: date | None, last: date | None) -> None:
    from pms import clock
    from pms.db import work
    from pms.replay import hotel
    from pms.replay.play import Replay, diary_of

    began = time.monotonic()
    diary, opens_on = diary_of(lines, first)
    until = min(last, diary.last_day()) if last else diary.last_day()
    if until < (first or opens_on):
        raise click.ClickException("There is nothing to play between these dates.")
    with work():
        hotel.build(lines, opens_on, now=clock.now())
    played = Replay(diary, with_papers=papers is not None)
    played.start()
    gc.freeze()  # the diary of two years is no garbage, and what an action makes dies with it
    gc.set_threshold(20_000, 50, 50)
    dates = [opens_on + timedelta(days=i) for i in range((until - opens_on).days + 1)]
    with progress() as bar:
        job = bar.add_task("Dates", total=len(dates))
        for day in dates:
            played.play_day(day)
            bar.advance(job)
    if papers:
        _save_papers(papers, dates)
    if daily:
        write_daily(daily, first or opens_on, until)
    _summary(played, first or opens_on, until, time.monotonic() - began)


def write_daily(path: Path, first: date, until: date) -> None:
    """The figures of every date on which something happened, from postings, nights and statuses."""
    from pms.db import reading
    from pms.night_audit.queries import daily_rows

    with reading():
        rows = daily_rows(first, until)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def _save_papers(folder: Path, dates: list[date]) -> None:
    from pms.db import reading
    from pms.night_audit.queries import paper, papers_of

    folder.mkdir(parents=True, exist_ok=True)
    for day in dates:
        with reading():
            for line in papers_of(day):
                if kept := paper(line.id):
                    parts = [day.isoformat(), line.code, line.lang, line.audience]
                    (folder / ("-".join(part for part in parts if part) + ".pdf")).write_bytes(kept.content)


def _summary(played: Replay, first: date, until: date, seconds: float) -> None:
    from rich.console import Console
    from rich.table import Table

    from pms.db import reading
    from pms.money import format_minor
    from pms.replay.queries import totals

    with reading():
        sums = totals(first, until)
    table = Table("", f"{first} to {until}", title="Replay")
    bookings, actions = played.done["book"], sum(played.done.values())
    table.add_row("Bookings taken", f"{bookings:,}")
    table.add_row("Desk actions", f"{actions:,}")
    table.add_row("Rooms sold", f"{sums.rooms_sold:,}")
    table.add_row("Room revenue", format_minor(sums.revenue))
    table.add_row("ADR", format_minor(round(sums.revenue / sums.rooms_sold)) if sums.rooms_sold else "–")
    table.add_row("Occupancy", f"{sums.occupancy:.1%}")
    table.add_row("Time", f"{seconds:.1f} s")
    table.add_row("Bookings a second", f"{bookings / seconds:.1f}")
    table.add_row("Actions a second", f"{actions / seconds:.1f}")
    Console().print(table)
