"""`pms report`: one paper into a file, as it was when its date was closed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pms.console import database_option, house
from pms.reporting.rendering import FORMATS, LANGUAGES

if TYPE_CHECKING:
    from pms.reporting.catalogue import Report


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="Name every paper and its readers.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Business date; today's by default.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="The hotel's paper language by default.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="By the ending of the file, else pdf.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="NAME-DATE.pdf by default.")
@database_option
def report(
    name: str | None,
    listing: bool,
    day: datetime | None,
    lang: str | None,
    form: str | None,
    out: Path | None,
    database: str | None,
) -> None:
    """Print the paper NAME (see --list) as PDF, CSV or XLSX.

    A closed date prints as it was closed; the open one as it is now. The restricted edition of a paper, which shows
    guests who want no disclosure, is called NAME-restricted.
    """
    if listing:
        show_papers()
        return
    if name is None:
        raise click.UsageError("Which paper? pms report --list names them.")
    from pms.reporting.catalogue import find

    paper = find(name)
    form = form or _form_of(out)
    with house(database):
        on, content = _print(paper, day.date() if day else None, lang, form)
    target = out or Path(f"{name}-{on}.{form}")
    target.write_bytes(content)
    click.echo(f"{target}: {len(content):,} bytes")


def show_papers() -> None:
    """Name, code, title and readers of every paper."""
    from rich.console import Console
    from rich.table import Column, Table

    from pms.reporting.catalogue import readers_line, reports
    from pms.reporting.rendering import edition_title

    table = Table(Column("Name", no_wrap=True), "Code", "Title", "When", "For", box=None)
    for one in reports():
        table.add_row(one.key, one.code, str(edition_title(one)), one.when.value, readers_line(one.readers, "en"))
    Console().print(table)


def _form_of(out: Path | None) -> str:
    ending = out.suffix.lstrip(".").lower() if out else ""
    return ending if ending in FORMATS else "pdf"


def _print(paper: Report, day: date | None, lang: str | None, form: str) -> tuple[date, bytes]:
    from pms import clock
    from pms.db import reading
    from pms.night_audit.snapshots import read
    from pms.property.queries import hotel
    from pms.reporting.kinds import House
    from pms.reporting.rendering import render

    with reading():
        on = day or clock.business_date()
        row = hotel()
        return on, render(paper, read, on, lang or row.paper_language, House.of(row), form)
