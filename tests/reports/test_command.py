"""`pms report`: one paper into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pms.cli import main
from pms.db import db
from tests.builders import TODAY
from tests.reporting.reading import text_of
from tests.reports.conftest import Evening

Run = Callable[..., Result]


@pytest.fixture
def run(evening: Evening, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `pms report ...` in an empty folder, on the evening's database."""
    db.session.remove()
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(main, ["report", *words, "--database", database_url])


def test_the_list_names_every_paper_without_a_database(run: Run) -> None:
    shown = CliRunner().invoke(main, ["report", "--list"]).output

    assert "next_day_arrivals-restricted" in shown
    assert "managers_daily" in shown
    assert "N6-18" in shown


def test_a_paper_is_written_in_the_language_and_of_the_date_asked_for(run: Run) -> None:
    done = run("in_house", "--date", str(TODAY), "--lang", "zh", "--out", "paper.pdf")

    assert done.exit_code == 0, done.output
    words = text_of(Path("paper.pdf").read_bytes())
    assert "在住" in words
    assert "刘喆" in words
    assert "Raghunathan" not in words


def test_without_options_it_is_todays_pdf_in_the_hotels_languages(run: Run) -> None:
    assert run("in_house-restricted").exit_code == 0

    words = text_of(Path(f"in_house-restricted-{TODAY}.pdf").read_bytes())
    assert "In house" in words
    assert "在住" in words
    assert "Raghunathan" in words


def test_the_ending_of_the_file_gives_the_format(run: Run) -> None:
    run("in_house", "--lang", "en", "--out", "paper.csv")

    assert "Room,Name,VIP" in Path("paper.csv").read_text("utf-8-sig")


def test_unknown_names_and_dates_are_refused_with_exit_code_1(run: Run) -> None:
    unknown = run("no_such_paper")
    early = run("in_house", "--date", "2020-01-01")

    assert (unknown.exit_code, "no paper called no_such_paper" in unknown.output) == (1, True)
    assert (early.exit_code, "were not kept" in early.output) == (1, True)
    assert not list(Path().iterdir())


def test_no_name_is_wrong_usage(run: Run) -> None:
    assert run().exit_code == 2
