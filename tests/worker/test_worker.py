"""Regular work makes itself: each job once, however many workers there are, and late once after an outage (N1, N6)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner
from flask import Flask
from flask_migrate import stamp
from hypothesis import given
from hypothesis import strategies as st

from pms import clock, home, journal, notices
from pms.cli import main
from pms.db import db, reading, work
from pms.departments import Department
from pms.night_audit import actions, backups, queries
from pms.night_audit.models import Audit
from pms.reporting.catalogue import nightly
from pms.worker import claims, delivery, jobs, rules
from pms.worker.models import WorkerRun
from tests.builders import NOON, TODAY, House

SEVEN = NOON + timedelta(hours=7)  # 19:00 in Shanghai
MOMENTS = st.integers(0, 60 * 24 * 400).map(lambda minutes: NOON + timedelta(minutes=minutes))


@given(MOMENTS)
def test_what_is_due_is_the_last_moment_only(local: datetime) -> None:
    due = rules.last_hour_of_day(local)
    assert due <= local < due + timedelta(days=1) and due.hour == 18
    assert timedelta() <= local - rules.last_full_hour(local) < timedelta(hours=1)


@given(MOMENTS)
def test_the_weekly_paper_is_due_on_friday_evening(local: datetime) -> None:
    due = rules.last_friday(local)
    assert due <= local < due + timedelta(days=7) and (due.weekday(), due.hour, due.minute) == (4, 18, 0)


def runs() -> dict[str, Any]:
    with reading():
        db.session.expire_all()
        rows = db.session.query(WorkerRun).all()
        db.session.expunge_all()
        return {row.job: row for row in rows}


def opened_yesterday() -> None:
    with work():
        day = TODAY - timedelta(days=1)
        by = jobs._house(NOON).id
        db.session.add(Audit(business_date=day, started_at=NOON, started_by=by, finished_at=NOON, warnings=[]))


def archived(day: date = TODAY) -> list[str]:
    with reading():
        return [f"{line.code}{line.audience}" for line in queries.papers_of(day)]


def test_the_evening_papers_are_made_once(app: Flask, house: House) -> None:
    opened_yesterday()
    assert "evening_papers" in jobs.run_due(SEVEN)
    assert {"N1-01", "N1-01restricted"} <= set(archived())
    assert "evening_papers" not in jobs.run_due(SEVEN + timedelta(minutes=1))


def test_next_weeks_groups_are_printed_on_friday_once_and_not_by_the_audit(
    app: Flask, house: House, tmp_path: Path
) -> None:
    app.config["PAPERS_FOLDER"] = str(tmp_path / "papers")
    friday = SEVEN + timedelta(days=6)
    opened_yesterday()
    with work():
        clock.advance_business_date(TODAY, friday.date(), at=SEVEN)
    done = jobs.run_due(friday)
    assert "papers_of_the_week" in done and "papers_of_the_week" not in jobs.run_due(friday + timedelta(days=1))
    assert {"N2-01", "N2-01restricted"} <= set(archived(friday.date()))
    paper = tmp_path / "papers" / "banquet" / friday.date().isoformat() / "N2-01-groups_of_week.pdf"
    assert paper.read_bytes().startswith(b"%PDF-")
    assert "N2-01" not in {report.code for report in nightly()}


def test_before_their_hour_they_are_not_made(app: Flask, house: House) -> None:
    assert "evening_papers" not in jobs.run_due(NOON)


def test_after_an_outage_of_days_each_job_is_made_late_once(app: Flask, house: House) -> None:
    opened_yesterday()
    jobs.run_due(SEVEN)
    later = SEVEN + timedelta(days=3, minutes=20)
    assert sorted(jobs.run_due(later)) == ["downtime_pack", "evening_papers", "nightly_copy", "pre_place"]
    assert jobs.run_due(later) == []
    assert len(list((Path(app.config["DATA_DIR"]) / "downtime").glob("20*.pdf"))) == 2


def test_the_downtime_pack_is_one_paper_to_print(app: Flask, house: House) -> None:
    jobs.run_due(NOON)
    latest = Path(app.config["DATA_DIR"]) / "downtime" / "latest.pdf"
    assert latest.read_bytes().startswith(b"%PDF-")
    assert latest.stat().st_mode & 0o007 == 0


def test_papers_the_audit_left_out_are_made_afterwards(app: Flask, house: House) -> None:
    with work():
        auditor = house.user("night_auditor")
    actions.run(auditor, SEVEN, with_papers=False, with_backup=False)
    assert archived() == []
    assert "papers_of_the_night" in jobs.run_due(SEVEN + timedelta(minutes=1))
    assert {"N6-01", "N6-24"} <= set(archived())


def test_each_department_has_its_own_folder(app: Flask, house: House, tmp_path: Path) -> None:
    app.config["PAPERS_FOLDER"] = str(tmp_path / "papers")
    opened_yesterday()
    jobs.run_due(SEVEN)
    folder = tmp_path / "papers" / "housekeeping" / TODAY.isoformat()
    names = {file.name for file in folder.iterdir()}
    assert "N1-01-next_day_arrivals.pdf" in names and not any("restricted" in name for name in names)
    assert (tmp_path / "papers" / "front_desk" / TODAY.isoformat() / "N1-01-next_day_arrivals-restricted.pdf").exists()


class Post:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.got.append(envelope)
        return "250 kept"


def test_a_department_with_an_address_gets_its_papers_once(app: Flask, house: House) -> None:
    opened_yesterday()
    post = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(post, hostname="127.0.0.1", port=port)
    server.start()
    try:
        app.config |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": port, "SMTP_TLS": False}
        app.config["PAPERS_MAIL"] = ["housekeeping=hk@hotel.example", "front_desk=desk@hotel.example"]
        jobs.run_due(SEVEN)
        jobs.run_due(SEVEN)
    finally:
        server.stop()
    assert sorted(envelope.rcpt_tos[0] for envelope in post.got) == ["desk@hotel.example", "hk@hotel.example"]
    assert b"next_day_arrivals.pdf" in post.got[0].content
    assert all(b"restricted" not in envelope.content for envelope in post.got)


def test_a_mail_server_that_is_down_keeps_no_paper_from_the_folder(app: Flask, house: House, tmp_path: Path) -> None:
    opened_yesterday()
    app.config |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": 1, "PAPERS_MAIL": ["housekeeping=hk@hotel.example"]}
    app.config["PAPERS_FOLDER"] = str(tmp_path / "papers")
    assert "evening_papers" in jobs.run_due(SEVEN)
    assert "ConnectionRefused" in runs()["mail evening housekeeping"].problem
    assert delivery.addresses() != {}


def test_a_broken_job_is_noted_and_tried_again_and_keeps_nobody_waiting(app: Flask, house: House) -> None:
    def breaks() -> None:
        raise ValueError("no paper")

    due = NOON.replace(minute=0)
    assert not claims.once("broken", due, breaks, now=NOON)
    assert runs()["broken"].problem == "ValueError: no paper"
    assert not claims.once("broken", due, lambda: 1, now=NOON + timedelta(minutes=1))
    assert claims.once("broken", due, lambda: 1, now=NOON + rules.AGAIN_AFTER)
    assert runs()["broken"].tries == 2
    assert not claims.once("broken", due, lambda: 1, now=NOON + timedelta(days=1))


FIVE = NOON + timedelta(hours=17)  # 05:00 in Shanghai


def test_before_the_morning_the_copy_of_the_night_is_proved(app: Flask, house: House) -> None:
    stamp(directory=str(home.migrations()))
    with work():
        auditor = house.user("night_auditor")
    actions.run(auditor, SEVEN, with_papers=False, with_backup=True)
    assert "nightly_copy" in jobs.run_due(FIVE)
    assert runs()["nightly_copy"].result == {"file": f"innkeep-{TODAY}.db", "made": False, "wrong": []}
    assert "nightly_copy" not in jobs.run_due(FIVE + timedelta(hours=1))


def test_a_night_without_a_copy_gets_one_before_the_morning(app: Flask, house: House) -> None:
    stamp(directory=str(home.migrations()))
    with work():
        auditor = house.user("night_auditor")
    actions.run(auditor, SEVEN, with_papers=False, with_backup=False)
    jobs.run_due(FIVE)
    result = runs()["nightly_copy"].result
    assert (result["made"], result["wrong"]) == (True, [])


def test_the_am_is_told_of_a_copy_that_cannot_be_relied_on(app: Flask, house: House) -> None:
    stamp(directory=str(home.migrations()))
    with work():
        auditor = house.user("night_auditor")
    actions.run(auditor, SEVEN, with_papers=False, with_backup=True)
    file = backups.place_of(TODAY)
    file.write_bytes(file.read_bytes()[:-100])
    jobs.run_due(FIVE)
    with reading():
        told = notices.open_for(Department.ASSISTANT_MANAGER)
    assert any("is not to be relied on" in str(notice.text) for notice in told)


def test_the_journal_is_sealed_between_audits(app: Flask, house: House) -> None:
    with work():
        journal.write(house.user(), "test", "house:1", now=NOON)
    jobs.run_due(NOON)
    with reading():
        assert journal.verify().unsealed == 0


def command(url: str, folder: Path, *options: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "PMS_DATABASE_URL": url,
        "PMS_DATA_DIR": str(folder / "var"),
        "PMS_PAPERS_FOLDER": str(folder / "papers"),
        "PMS_ENVIRONMENT": "development",
    }
    call = [sys.executable, "-m", "pms", "worker", *options]
    return subprocess.Popen(call, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def as_of_yesterday() -> None:
    """The house's open date is yesterday by the real clock, whose 18:00 is over."""
    with work():
        day = (datetime.now(UTC) - timedelta(days=1)).astimezone(clock.zone()).date()
        db.session.query(clock.BusinessDay).update({"date": day})
        by = jobs._house(NOON).id
        before = day - timedelta(days=9)
        db.session.add(Audit(business_date=before, started_at=NOON, started_by=by, finished_at=NOON, warnings=[]))
    stamp(directory=str(home.migrations()))
    db.session.remove()
    db.engine.dispose()


@pytest.mark.both_engines
def test_of_two_workers_one_does_each_job(app: Flask, house: House, database_url: str, tmp_path: Path) -> None:
    as_of_yesterday()
    workers = [command(database_url, tmp_path, "--once") for _ in range(2)]
    said = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said
    lines = sorted("".join(out for out, _ in said).split("\n"))
    assert [line for line in lines if line.startswith("done:")] == [
        "done: downtime_pack",
        "done: evening_papers",
        "done: papers_of_the_week",
        "done: pre_place",
    ]
    assert {row.tries for row in runs().values()} == {1}


@pytest.mark.both_engines
def test_the_worker_works_until_it_is_told_to_stop(app: Flask, house: House, database_url: str, tmp_path: Path) -> None:
    as_of_yesterday()
    worker = command(database_url, tmp_path)
    assert worker.stdout is not None
    lines = [worker.stdout.readline() for _ in range(5)]
    assert "done: evening_papers\n" in lines, lines
    worker.send_signal(signal.SIGTERM)
    _, errors = worker.communicate(timeout=60)
    assert worker.returncode == 0, errors


def test_the_command_has_its_help() -> None:
    assert "--once" in CliRunner().invoke(main, ["worker", "--help"]).output
