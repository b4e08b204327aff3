"""`pms assign`: a plan for an instance file, without any database."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

PROOF_FROM, PROOF = 20.0, 3  # seconds from which on, and one part in how many of them, go into the proof
TO_EXPLAIN_ONE = 0.0002  # seconds: what its reasons in words take, kept back from the search


@click.command()
@click.option(
    "--instance",
    "source",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Rooms, stays and parties as JSON.",
)
@click.option(
    "--plan",
    "target",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the plan is written, as JSON.",
)
@click.option(
    "--seconds", default=5.0, show_default=True, type=click.FloatRange(min=0), help="How long, reading included."
)
@click.option("--seed", default=0, show_default=True, type=int, help="Another seed looks in another order.")
@click.option(
    "--proof",
    type=click.FloatRange(min=0),
    help="How many of the seconds go into a bound no plan undercuts. [default: a third, from 20 seconds on]",
)
@click.option("--json", "as_json", is_flag=True, help="Print figures as JSON.")
def assign(source: Path, target: Path, seconds: float, seed: int, proof: float | None, as_json: bool) -> None:
    """Give every stay of an instance the room that suits all of them best, and say why."""
    from pms.assignment.instance import read_instance
    from pms.assignment.instance_plan import plan_of
    from pms.assignment.instance_reading import Malformed

    began = time.monotonic()
    if not target.resolve().parent.is_dir():
        raise click.UsageError(f"There is no folder {target.resolve().parent} for the plan. To do: make it first.")
    if proof is None:
        proof = seconds / PROOF if seconds >= PROOF_FROM else 0.0
    with uncollected():
        try:
            made = read_instance(_load(source))
        except Malformed as wrong:
            raise click.UsageError(f"{source}: {wrong}") from wrong
        spent = time.monotonic() - began + TO_EXPLAIN_ONE * len(made.stays)
        plan = plan_of(made, seconds=max(0.0, seconds - spent - proof), seed=seed, proof=proof)
    figures = plan.pop("score") | {"placed": len(plan["assign"]), "unplaced": len(made.stays) - len(plan["assign"])}
    target.write_text(json.dumps(plan, ensure_ascii=False, indent=1), encoding="utf-8")
    figures["seconds"] = round(time.monotonic() - began, 2)
    click.echo(json.dumps(figures) if as_json else _told(figures, plan["short"]))


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector, which would look through a hundred thousand facts again and again and find no rubbish."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load(source: Path) -> Any:
    try:
        return json.loads(source.read_text(encoding="utf-8"))
    except ValueError as error:
        raise click.UsageError(f"{source} is no JSON: {error}. To do: write it anew as one JSON object.") from error


def _told(figures: dict[str, Any], short: list[str]) -> str:
    lines = [
        f"{figures['placed']} stays have rooms, {figures['unplaced']} have none; {figures['seconds']} s.",
        f"Points by tier: {' · '.join(str(points) for points in figures['tiers'])}",
    ]
    if figures["bound"] is not None:
        lines.append(
            f"Points below the first tier: {figures['points']}; no plan for everybody has less than {figures['bound']}."
        )
    lines += short
    return "\n".join(lines)
