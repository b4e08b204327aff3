"""`pms init`: a new house from a hotel file."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from pms import clock
from pms.access import Role
from pms.accounts import actions as accounts
from pms.accounts.rules import password_problem
from pms.console import database_option, house, progress
from pms.db import reading, work
from pms.setup import actions, hotel_file


@click.command()
@click.option(
    "--hotel",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The hotel file (TOML).",
)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="First business date; today on the hotel's clock when left out.",
)
@click.option("--admin", metavar="LOGIN", help="Login of the first administrator; asked for when left out.")
@click.option("--admin-name", metavar="NAME", help="The administrator's name as colleagues know it.")
@click.option("--password-stdin", is_flag=True, help="Read the administrator's password from the first line of stdin.")
@click.option("--check", is_flag=True, help="Only check the file; no database is touched.")
@database_option
def init(
    file: Path,
    day: datetime | None,
    admin: str | None,
    admin_name: str | None,
    password_stdin: bool,
    check: bool,
    database: str | None,
) -> None:
    """Set up a hotel from a hotel file: rooms, types, seasons, prices, the first business date, an administrator.

    The whole file is checked first. Every mistake is named with its line, and nothing is set up then (exit code 1).
    An example with every word explained is pms/demo/hotel.toml.
    """
    hotel = _read(file)
    if check:
        click.echo(f"{file}: no mistakes; {len(hotel.rooms)} rooms, {len(hotel.plans)} rate plans.")
        return
    with house(database, migrate=True):
        with reading():
            actions.refuse_a_second_hotel()
        login, name, password = _administrator(admin, admin_name, password_stdin)
        with work():
            now = clock.now()
            accounts.add_user(login, name, Role.ADMIN, password=password, by=None, now=now)
            by = accounts.system_user("house", "The house", now=now)
            first = day.date() if day else now.astimezone(ZoneInfo(hotel.hotel["zone"])).date()
            with progress() as bar:
                job = bar.add_task("Setting up", total=4)
                for part in actions.set_up(hotel, first, by=by, now=now):
                    bar.update(job, description=str(part), advance=1)
        click.echo(f"{hotel.hotel['name_en']} is set up: {len(hotel.rooms)} rooms, business date {first}.")
        click.echo(f"{login} can log in now. Start with: pms serve")


def _read(file: Path) -> hotel_file.HotelFile:
    try:
        return hotel_file.read(file.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: not UTF-8 text: {error.reason} at byte {error.start}") from None
    except hotel_file.BadHotelFile as bad:
        for mistake in bad.mistakes:
            click.echo(f"{file}: {mistake.sentence}", err=True)
        raise


def _administrator(login: str | None, name: str | None, from_stdin: bool) -> tuple[str, str, str]:
    """Login, name and password, asked for until they will do; refused at once when they come from a script."""
    login = login or click.prompt("Login of the first administrator", default="admin", err=True)
    name = name or login.capitalize()
    if from_stdin or not sys.stdin.isatty():
        return login, name, sys.stdin.readline().rstrip("\r\n")
    while True:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        problem = password_problem(password, login=login, name=name)
        if problem is None:
            return login, name, password
        click.echo(str(problem), err=True)
