"""The catalogue: every paper for a date and a language, as PDF, CSV and XLSX, for those who may read it."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from pypdf import PdfReader

from pms.access import Role, allowed
from pms.db import work
from pms.reporting.catalogue import reports
from tests.builders import TODAY, House
from tests.clients import Browser


@pytest.fixture
def auditor(app: Flask, house: House) -> Browser:
    return as_role(app, house, "night_auditor")


def as_role(app: Flask, house: House, role: str) -> Browser:
    with work():
        user = house.user(role)
    return Browser(app).log_in_as(user)


def test_every_paper_stands_there_with_what_is_on_it(auditor: Browser) -> None:
    page = auditor.get("/papers/catalogue").text
    assert page.count("data-row ") == len(reports())
    assert "Rooms, moves and revenue on one page" in page


@pytest.mark.parametrize("role", list(Role))
def test_everybody_sees_the_papers_he_may_read_and_gets_no_other(app: Flask, house: House, role: Role) -> None:
    browser = as_role(app, house, role.value)
    page = browser.get("/papers/catalogue")
    user = house.users[role.value]
    assert (page.status_code == 200) is allowed(user, "see_papers")
    for paper in reports():
        may = allowed(user, "see_papers") and allowed(user, paper.needs)
        assert (f"/papers/print/{paper.key}.pdf" in page.text) is may
        if not may:
            assert browser.get(f"/papers/print/{paper.key}.csv?day={TODAY}&lang=en").status_code == 403


def test_a_day_is_typed_as_it_is_said(auditor: Browser) -> None:
    page = auditor.get("/papers/catalogue?day=-1&lang=zh").text
    assert f"/papers/print/arrivals.pdf?day={TODAY - timedelta(days=1)}&amp;lang=zh" in page


def test_what_is_no_day_is_said_at_its_field_and_kept(auditor: Browser) -> None:
    answer = auditor.get("/papers/catalogue?day=someday")
    assert answer.status_code == 422
    assert "<title>Error: " in answer.text
    assert 'value="someday"' in answer.text


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
def test_a_paper_is_made_in_every_language(auditor: Browser, lang: str) -> None:
    answer = auditor.get(f"/papers/print/arrivals.pdf?day={TODAY}&lang={lang}")
    assert answer.mimetype == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.data)).pages) == 1


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_its_tables_come_for_a_spreadsheet(auditor: Browser, form: str) -> None:
    answer = auditor.get(f"/papers/print/in_house.{form}?day={TODAY}&lang=en")
    assert answer.status_code == 200
    assert re.search(rf"attachment; filename={TODAY}-in_house-en.{form}", answer.headers["Content-Disposition"])


@pytest.mark.parametrize(
    "address",
    [
        "arrivals.pdf?day=2026-11-21&lang=fr",
        "arrivals.doc?day=2026-11-21&lang=en",
        "nothing.pdf?day=2026-11-21&lang=en",
        "arrivals.pdf?day=someday&lang=en",
        "arrivals.pdf?day=2026-11-20&lang=en",
        "arrivals.pdf?day=2026-11-30&lang=en",
    ],
)
def test_what_there_is_not_is_said_and_breaks_nothing(auditor: Browser, address: str) -> None:
    assert auditor.get(f"/papers/print/{address}").status_code == 404


def test_the_archive_leads_to_the_catalogue_and_back(auditor: Browser) -> None:
    assert 'href="/papers/catalogue"' in auditor.get("/papers/").text
    assert 'href="/papers/"' in auditor.get("/papers/catalogue").text


def test_the_catalogue_is_chinese_for_chinese_readers(auditor: Browser) -> None:
    auditor.post("/preferences/language", {"language": "zh"})
    page = auditor.get("/papers/catalogue").text
    assert "报表目录" in page
    for english in ("What stands on it", "every night", "Print", "Who leaves"):
        assert english not in page
