"""The measures: each yields what was measured and the figure, on an SQLite file of its own."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from flask import Flask

from pms import clock, create_app
from pms.accounts import passwords
from pms.accounts.models import User
from pms.assignment.actions import preview
from pms.db import db, reading
from pms.demo.staff import STAFF
from pms.night_audit.snapshots import read
from pms.property.queries import hotel
from pms.reporting.catalogue import find, nightly
from pms.reporting.kinds import House
from pms.reporting.rendering import render_pdf
from tests.clients import Browser
from tests.reporting.samples import arrivals

Figure = tuple[str, str]

ROOT = Path(__file__).resolve().parents[1]
MONTH = ROOT / "tests" / "replay" / "data" / "resort_2017_03.csv.gz"
PAGES = {"the desk": "/", "search 'wang'": "/search?q=wang", "notices": "/notices"}


def making_the_demo(folder: Path) -> Iterator[Figure]:
    began = time.perf_counter()
    run("demo", "--prepare", "--database", str(demo_file(folder)))
    yield "from nothing to a hotel of 120 rooms", f"{time.perf_counter() - began:.0f} s"


def pages(folder: Path) -> Iterator[Figure]:
    with demo(folder) as app:
        browser = Browser(app).log_in_as(db.session.query(User).filter_by(login=STAFF[0].login).one())
        for name, path in PAGES.items():
            yield f"{name}, 100 times", spread(partial(browser.get, path), 100)


def placing(folder: Path) -> Iterator[Figure]:
    with demo(folder), reading():
        day = clock.business_date() + timedelta(days=1)
        plan = preview(day)
        yield (
            f"tomorrow's {len(plan.placed) + len(plan.unplaced)} arrivals without a room",
            spread(lambda: preview(day), 10),
        )


def papers(folder: Path) -> Iterator[Figure]:
    with demo(folder), reading():
        day = clock.business_date() - timedelta(days=1)
        house = House.of(hotel())
        for lang in ("en", "zh"):
            began = time.perf_counter()
            made = [render_pdf(report, read, day, lang, house) for report in nightly()]
            yield f"the {len(made)} papers of a night, {lang}", f"{time.perf_counter() - began:.2f} s"
    rows = [row._replace(guest=f"{row.guest} {number}") for number in range(834) for row in arrivals()][:10_000]
    began = time.perf_counter()
    pages = render_pdf(find("arrivals"), lambda name, on: rows, day, "both", house).pages
    yield f"arrivals of 10,000 rows, {pages} pages", f"{time.perf_counter() - began:.2f} s"


def login(folder: Path) -> Iterator[Figure]:
    known = passwords.make_hash("a password of the house")
    yield "checking a password (argon2id)", spread(lambda: passwords.fits(known, "a password of the house"), 20)


def replay(folder: Path) -> Iterator[Figure]:
    for file in filter(None, (str(MONTH), os.environ.get("PMS_BOOKINGS"))):
        began = time.perf_counter()
        run("replay", file, "--database", f"sqlite:///{folder / Path(file).name}.db")
        seconds = time.perf_counter() - began
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        yield f"{Path(file).name} on SQLite, without papers", f"{seconds:.0f} s, {peak} MB at most"


# --- What they share --------------------------------------------------------------------------------------------------
def run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pms", *arguments], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def demo_file(folder: Path) -> Path:
    return folder / "demo.db"


@contextmanager
def demo(folder: Path) -> Iterator[Flask]:
    """The demo house, made if `demo` was not measured before."""
    if not demo_file(folder).exists():
        run("demo", "--prepare", "--database", str(demo_file(folder)))
    settings = {"ENVIRONMENT": "demo", "SECRET_KEY": "only for measuring", "LOG_LEVEL": "ERROR"}
    app = create_app(settings | {"DATABASE_URL": f"sqlite:///{demo_file(folder)}", "DATA_DIR": str(folder)})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def spread(job: Callable[[], object], times: int) -> str:
    """Median and 95th percentile of `times` runs, after one to warm up."""
    job()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        job()
        taken.append((time.perf_counter() - began) * 1000)
    return f"median {median(taken):.0f} ms, 95 % within {quantiles(taken, n=20)[-1]:.0f} ms"
