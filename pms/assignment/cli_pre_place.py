"""`pms pre-place`: rooms for those who arrive tomorrow, before the 18:00 paper."""

from __future__ import annotations

import click

from pms.console import database_option, house


@click.command("pre-place")
@database_option
def pre_place(database: str | None) -> None:
    """Give rooms to tomorrow's arrivals that have none. Run it again at will: who has a room keeps it."""
    from pms import clock
    from pms.accounts.actions import system_user
    from pms.assignment import planning
    from pms.db import db, reading, work

    with house(database):
        with work():
            by = system_user("worker", "Worker", now=clock.now())
        db.session.expunge(by)
        with reading():
            today = clock.business_date()
        done = planning.pre_place(today, by=by, now=clock.now())
        if done is None:
            click.echo("Everybody who arrives tomorrow has a room.")
            return
        run_id, result = done
        click.echo(f"{result.count} guests of tomorrow have rooms now (run {run_id}, to be taken back on its page).")
        for sentence in result.left_out:
            click.echo(str(sentence))
