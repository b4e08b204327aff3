"""`pms user`: users from the machine itself, first of all the first administrator."""

from __future__ import annotations

import sys

import click

from pms import clock
from pms.access import Role
from pms.accounts import actions, queries
from pms.accounts.models import User
from pms.console import database_option, house
from pms.db import reading, work
from pms.errors import Missing
from pms.notices import Department
from pms.say import LANGUAGES, say


@click.group()
def user() -> None:
    """Add, list, disable users; set passwords.

    A password is asked for, or read from the first line of stdin; never given on the command line.
    """


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="Name as colleagues know it.")
@click.option("--name-zh", help="Chinese name.")
@click.option("--role", type=click.Choice([r.value for r in Role]), required=True, help="What the user may do.")
@click.option("--department", type=click.Choice([d.value for d in Department]), help="Whose notices they get.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Of the pages.")
@database_option
def add(
    login: str,
    name: str,
    name_zh: str | None,
    role: str,
    department: str | None,
    language: str,
    database: str | None,
) -> None:
    """Add a user who can log in."""
    password = _ask_password()
    with house(database, migrate=True), work():
        actions.add_user(
            login,
            name,
            Role(role),
            password=password,
            name_zh=name_zh,
            department=Department(department) if department else None,
            language=language,
            by=None,
            now=clock.now(),
        )
    click.echo(f"{login.strip().lower()} can log in now.")


@user.command("list")
@database_option
def list_users(database: str | None) -> None:
    """List everybody who has a login."""
    with house(database), reading():
        for person in queries.all_users():
            state = "" if person.active else "  disabled"
            click.echo(f"{person.login:20} {person.role.value:24} {person.name}{state}")


@user.command()
@click.argument("login")
@database_option
def disable(login: str, database: str | None) -> None:
    """End a user's sessions at once and let them in no more."""
    with house(database), work():
        actions.disable_user(_user(login), by=None, now=clock.now())
    click.echo(f"{login} cannot log in any more.")


@user.command()
@click.argument("login")
@database_option
def password(login: str, database: str | None) -> None:
    """Set a user's password; ends all of their sessions."""
    new = _ask_password()
    with house(database), work():
        actions.reset_password(_user(login), new, by=None, now=clock.now())
    click.echo(f"{login} has a new password.")


def _user(login: str) -> User:
    person = queries.user_by_login(login)
    if person is None:
        raise Missing(say("There is no user {login}.", login=login))
    return person


def _ask_password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    text: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return text
