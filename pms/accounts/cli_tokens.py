"""`pms token`: the way in for other programs (docs/operators/api.md)."""

from __future__ import annotations

from datetime import timedelta

import click

from pms import clock
from pms.access import Role
from pms.accounts import queries, tokens
from pms.accounts.models import ApiToken
from pms.console import database_option, house
from pms.db import reading, work
from pms.departments import Department


@click.group(invoke_without_command=True)
@click.option("--role", type=click.Choice([r.value for r in Role]), help="What the program may do.")
@click.option("--name", default="", help="Which program it is; stands in the journal. Without it the role's name.")
@click.option("--department", type=click.Choice([d.value for d in Department]), help="Whose work it does, if any.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="How long it is valid.")
@database_option
@click.pass_context
def token(
    context: click.Context, role: str | None, name: str, department: str | None, days: int, database: str | None
) -> None:
    """Make a bearer token for the API, list tokens, revoke one.

    The token is printed once and kept nowhere: give it to the program at once.
    """
    if context.invoked_subcommand:
        return
    if role is None:
        raise click.UsageError("Say the role: pms token --role front_desk_agent --name kiosk")
    with house(database, migrate=True), work():
        secret, made = tokens.create_token(
            Role(role),
            name=name,
            department=Department(department) if department else None,
            valid_for=timedelta(days=days),
            now=clock.now(),
        )
        line = _line(made)
    click.echo(secret)
    click.echo(f"Made token {line}. It is shown only now.", err=True)


@token.command("list")
@database_option
def list_tokens(database: str | None) -> None:
    """List the tokens given out, without their secrets."""
    with house(database), reading():
        for each in queries.all_tokens():
            click.echo(_line(each))


@token.command()
@click.argument("token_id", type=int)
@database_option
def revoke(token_id: int, database: str | None) -> None:
    """End a token by its number in the list, at once."""
    with house(database), work():
        tokens.revoke_token(queries.token_by_id(token_id), now=clock.now())
    click.echo(f"Token {token_id} opens nothing any more.")


def _line(each: ApiToken) -> str:
    until = f"until {each.expires_at:%Y-%m-%d}" if each.expires_at else "without end"
    state = "" if tokens.is_valid(each, now=clock.now()) else "  no longer valid"
    return f"{each.id:4}  {each.user.login:30} {each.user.role.value:24} {until}{state}"
