"""`pms night-audit`, `pms backup`, `pms restore`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pms.console import database_option, house, progress

if TYPE_CHECKING:
    from pms.accounts.models import User
    from pms.night_audit.actions import Closed, Rehearsal
    from pms.night_audit.rules import Finding
    from pms.night_audit.steps import Step

DATE = click.DateTime(["%Y-%m-%d"])


@click.command("night-audit")
@click.option("--rehearse", is_flag=True, help="Show what would be posted and what stands in the way; change nothing.")
@click.option("--until", metavar="DATE", type=DATE, help="Close every date up to this one.")
@click.option("--unattended", is_flag=True, help="Ask nothing: note warnings and go on, stop at what blocks.")
@click.option("--no-papers", is_flag=True, help="Leave the papers out.")
@click.option("--no-backup", is_flag=True, help="Leave the copy of the database out.")
@click.option("--as", "login", metavar="LOGIN", help="The user who runs it; the house itself without it.")
@database_option
def night_audit(
    rehearse: bool,
    until: datetime | None,
    unattended: bool,
    no_papers: bool,
    no_backup: bool,
    login: str | None,
    database: str | None,
) -> None:
    """Close the business date: rehearse first, then run; a run that was killed goes on where it stopped.

    Exit code 0 when the date is closed, 1 when something blocks or the run was declined, or when the date is closed
    but papers or the copy are missing. What blocks is named with what mends it.
    """
    from pms import clock
    from pms.db import reading
    from pms.night_audit import actions

    with house(database):
        by, now = _auditor(login), clock.now()
        with reading():
            rehearsal = actions.rehearse(by, now)
            _show(rehearsal)
        if rehearse:
            if rehearsal.blockers:
                raise click.exceptions.Exit(1)
            return
        if rehearsal.blockers:
            raise click.ClickException(f"{rehearsal.day} cannot be closed yet. Mend what blocks, then run it again.")
        if not unattended and not click.confirm(_question(rehearsal, until), default=not rehearsal.warnings):
            raise click.ClickException("Nothing was done.")
        last = until.date() if until else None if unattended else rehearsal.day
        options = {"with_papers": not no_papers, "with_backup": not no_backup, "unattended": unattended}
        whole = [_report(one) for one in _run(by, now, rehearsal.day, last, **options)]
    if not all(whole):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@database_option
def backup(file: Path | None, database: str | None) -> None:
    """Copy the whole database to FILE while the house works; without FILE next to the audit's own copies."""
    from pms import clock
    from pms.night_audit import backups

    with house(database):
        target = file or backups.directory() / f"by-hand-{clock.now():%Y%m%dT%H%M%SZ}{backups.suffix()}"
        if target.exists():
            raise click.ClickException(f"{target} is there already. Choose another name.")
        made = backups.copy_to(target)
        click.echo(f"{made}: {made.stat().st_size:,} bytes")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Throw away what is in the database now; a copy of it is made first.")
@click.option("--verify", "only_verify", is_flag=True, help="Prove the copy in a database of its own; change nothing.")
@database_option
def restore(file: Path, replace: bool, only_verify: bool, database: str | None) -> None:
    """Put the copy FILE into the database. Stop `pms serve` first, except for --verify.

    With --verify it is put into a database made for it and thrown away afterwards, and compared with its manifest.
    Exit code 1 when anything is not as it was made.
    """
    from pms import clock
    from pms.night_audit import backups

    if only_verify:
        if not _prove(file, database):
            raise click.ClickException(f"{file} is no copy to rely on.")
        click.secho(f"{file} can be relied on.", fg="green")
        return
    with house(database):
        if _is_in_use():
            if not replace:
                raise click.ClickException("There is a house in this database. To throw it away, add --replace.")
            kept = backups.copy_to(
                backups.directory() / f"before-restore-{clock.now():%Y%m%dT%H%M%SZ}{backups.suffix()}"
            )
            click.echo(f"What was there is kept as {kept}")
        backups.restore_from(file)
        click.echo(f"The database is as it was in {file}. Run: pms doctor")


def _prove(file: Path, database: str | None) -> bool:
    """Say of each thing that was looked at whether it is well; False when something is not."""
    from pms.night_audit import verifying

    with house(database):
        found = verifying.prove(file)
    for looked in found:
        click.secho("ok   " if looked.well else "BAD  ", fg="green" if looked.well else "red", nl=False)
        click.echo(str(looked.text))
    return all(looked.well for looked in found)


def _auditor(login: str | None) -> User:
    """The user named, or the house itself as "night-audit". Raises `Refused` for a stranger."""
    from pms import clock
    from pms.accounts.actions import system_user
    from pms.accounts.queries import user_by_login
    from pms.db import work
    from pms.errors import Missing
    from pms.say import say

    with work():
        if login is None:
            return system_user("night-audit", "Night audit", now=clock.now())
        user = user_by_login(login)
        if user is None or not user.active:
            raise Missing(say("There is no user {login}.", login=login))
        return user


def _show(rehearsal: Rehearsal) -> None:
    """The rehearsal as a table, then what blocks and what to know."""
    from rich.console import Console
    from rich.table import Table

    from pms.money import format_minor
    from pms.property.queries import hotel

    currency = hotel().currency
    console = Console()
    console.print(f"Night audit of {rehearsal.day:%a %d %b %Y}" + (", begun before" if rehearsal.begun else ""))
    table = Table("What would be done", "How many", f"Amount {currency}", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    table.add_row("Room charges, packages and tax", str(rehearsal.charges), format_minor(rehearsal.total, currency))
    table.add_row("No-shows, with their fees", str(len(rehearsal.no_shows)), format_minor(rehearsal.fees, currency))
    console.print(table)
    for finding in rehearsal.warnings:
        _say_finding("warning", "yellow", finding)
    for finding in rehearsal.blockers:  # last, where they are still in sight
        _say_finding("BLOCKS ", "red", finding)


def _say_finding(word: str, colour: str, finding: Finding) -> None:
    click.secho(word, fg=colour, nl=False)
    where = f"  [{finding.about}]" if finding.about else ""
    click.echo(f" {finding.text}{where}")


def _question(rehearsal: Rehearsal, until: datetime | None) -> str:
    days = f"{rehearsal.day}" if until is None else f"every date up to {until:%Y-%m-%d}"
    return f"Close {days}" + (f" in spite of {len(rehearsal.warnings)} warnings?" if rehearsal.warnings else "?")


def _run(by: User, now: datetime, first: date, last: date | None, **options: bool) -> list[Closed]:
    """The audit with a bar of dates; each step is named when it begins."""
    from pms.night_audit import actions

    with progress() as bar:
        job = bar.add_task("Dates", total=((last or first) - first).days + 1)

        def tell(day: date, step: Step) -> None:
            bar.update(job, completed=(day - first).days)
            bar.console.print(f"{day}  {step.title}", highlight=False)

        closed = actions.run(by, now, until=last, tell=tell, **options)
        bar.update(job, total=len(closed), completed=len(closed))
        return closed


def _report(closed: Closed) -> bool:
    """What one date came to; False when papers or the copy are missing, the date being closed all the same."""
    click.secho(f"{closed.day} is closed.", fg="green")
    missing = [str(name) for name in closed.done.get("papers", {}).get("failed", ())]
    if missing:
        click.secho(f"These papers could not be printed: {', '.join(missing)}. See the log.", fg="red", err=True)
    note = closed.done.get("backup", {}).get("note")
    if note:
        click.secho(note, fg="red", err=True)
    return not missing and not note


def _is_in_use() -> bool:
    """Is there a house in the database already?"""
    import sqlalchemy as sa

    from pms.db import db, reading

    with reading():
        if not sa.inspect(db.session.connection()).has_table("business_day"):
            return False
        return bool(db.session.scalar(sa.text("SELECT count(*) FROM business_day")))
