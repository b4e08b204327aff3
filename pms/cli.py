"""The command `pms`: names of the subcommands and where they live. A subcommand is imported only when it is used, so
that `pms --help` answers at once.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
"""

from __future__ import annotations

import importlib
from typing import Any

import click

from pms.errors import Refused

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("pms.setup.cli:init", "Set up a hotel from a hotel file."),
    "demo": ("pms.demo.cli:demo", "Serve a demo hotel with a believable week around today."),
    "serve": ("pms.web.serve:serve", "Serve the house to browsers."),
    "worker": ("pms.worker.cli:worker", "Make papers at their hour, the downtime pack, seal the journal."),
    "night-audit": ("pms.night_audit.cli:night_audit", "Close the business date: rehearse, run, resume."),
    "assign": ("pms.assignment.cli:assign", "Give every stay of an instance file a room, and say why."),
    "pre-place": (
        "pms.assignment.cli_pre_place:pre_place",
        "Give rooms to tomorrow's arrivals, before 18:00.",
    ),
    "report": ("pms.reporting.cli:report", "Print one paper as PDF."),
    "replay": ("pms.replay.cli:replay", "Play a file of bookings day by day through the desk's own actions."),
    "user": ("pms.accounts.cli:user", "Add, list, disable users; set passwords."),
    "token": ("pms.accounts.cli_tokens:token", "Make, list and revoke tokens for programs that use the API."),
    "db": ("pms.web.schema:commands", "Bring the database to this version."),
    "backup": ("pms.night_audit.cli:backup", "Copy the database while the house runs."),
    "restore": ("pms.night_audit.cli:restore", "Put a copy back into the database."),
    "doctor": ("pms.doctor:doctor", "Check journal, money, database and settings."),
}


class LazyGroup(click.Group):
    """Knows its commands by name and one line of help; loads one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, short) for name, (_, short) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"There is no command {args[0]!r}. One of: {', '.join(COMMANDS)}.")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Refused as no:
            click.secho(f"Refused: {no.reason}", fg="red", err=True)
            for offer in no.offers:
                click.echo(f"  - {offer.text}", err=True)
            ctx.exit(1)
        except Exception as error:
            if not _is_database_error(error):
                raise
            raise click.ClickException(f"The database cannot do that: {str(error).splitlines()[0]}") from error


def _is_database_error(error: Exception) -> bool:
    """Unreachable, locked, without tables. By name: SQLAlchemy is loaded by the commands that need it, not here."""
    return (type(error).__module__, type(error).__name__) == ("sqlalchemy.exc", "OperationalError")


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="innkeep", prog_name="pms")
def main() -> None:
    """Innkeep, the front office of a hotel.

    The database is named by PMS_DATABASE_URL; every setting of config.py can be given as PMS_<NAME>.
    """
