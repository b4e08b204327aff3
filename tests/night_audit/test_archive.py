"""Papers are printed once, kept, printed again the same, and read only by those they are for (N7)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from pms.access import Role, allowed
from pms.db import db, reading, work
from pms.errors import Conflict, Missing, NotAllowed
from pms.night_audit import archive
from pms.night_audit.models import Paper
from pms.notices import Department
from pms.reporting.catalogue import NIGHTLY, Report
from pms.reporting.rendering import Pdf
from pms.say import say
from tests.builders import TODAY
from tests.clients import Browser
from tests.night_audit.conftest import NIGHT, Night

Rows = Callable[[type], list[Any]]
KINDS = {"N6-01": "see_papers", "N6-02": "see_incognito", "N6-03": "see_revenue"}


@pytest.fixture
def three_papers(night: Night) -> dict[str, int]:
    """One paper for everybody, one restricted, one about revenue; their ids by code."""
    with work():
        for code, needs in KINDS.items():
            db.session.add(
                Paper(
                    business_date=TODAY,
                    code=code,
                    lang="both",
                    audience="restricted" if needs == "see_incognito" else "",
                    needs=needs,
                    title=say("Arrivals").to_json(),
                    pages=1,
                    content=b"%PDF-" + code.encode(),
                    sha256=hashlib.sha256(b"%PDF-" + code.encode()).hexdigest(),
                    made_at=NIGHT,
                )
            )
    return {row.code: row.id for row in db.session.query(Paper)}


def report(name: str, story: Callable[..., Any] | None = None) -> Report:
    def nothing(read: Any, day: Any) -> list[Any]:
        return []

    return Report(
        name=name,
        title=say("Arrivals"),
        about=say("Who comes."),
        code=name,
        when=NIGHTLY,
        readers=(Department.FRONT_DESK,),
        wide=False,
        needs="see_papers",
        story=story or nothing,
    )


@pytest.mark.slow
def test_every_paper_of_the_night_is_in_the_archive_with_its_hash(full_night: Night, rows: Rows) -> None:
    closed = full_night.close(with_papers=True)
    assert closed.done["papers"] == {"failed": []}
    papers = rows(Paper)
    assert {(paper.code, paper.audience) for paper in papers} == {(r.code, r.audience) for r in archive.nightly()}
    assert all(paper.content.startswith(b"%PDF") and paper.pages >= 1 for paper in papers)
    assert all(paper.sha256 == hashlib.sha256(paper.content).hexdigest() for paper in papers)
    assert {paper.needs for paper in papers} == {"see_papers", "see_incognito", "see_revenue"}


def test_a_paper_printed_again_has_the_same_bytes(
    full_night: Night, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guests have left since and the clock has gone on; the paper is made of the lists of the closed date."""
    arrivals = [one for one in archive.nightly() if one.name == "arrivals"]
    monkeypatch.setattr(archive, "nightly", lambda: arrivals)
    full_night.close(with_papers=True)
    first = {paper.audience: bytes(paper.content) for paper in rows(Paper)}
    with work():
        db.session.query(Paper).delete()
        for number in ("1201", "1203"):
            full_night.house.rooms[number].number += "X"
    archive.print_papers(TODAY, holder_of(TODAY), now=NIGHT)
    assert {paper.audience: bytes(paper.content) for paper in rows(Paper)} == first


def test_one_broken_paper_does_not_keep_the_date_open(
    night: Night, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(read: Any, day: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(archive, "nightly", lambda: [report("broken", broken), report("whole")])
    monkeypatch.setattr(archive, "render_pdf", lambda one, read, *_: Pdf(str(one.story(read, TODAY)).encode()))
    assert night.close(with_papers=True).done["papers"] == {"failed": ["broken"]}
    assert [paper.code for paper in rows(Paper)] == ["whole"]


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_the_access_table_lets_it_read(
    night: Night, three_papers: dict[str, int], role: Role
) -> None:
    with work():
        user = night.house.user(role.value)
    with reading():
        for code, needs in KINDS.items():
            if allowed(user, "see_papers") and allowed(user, needs):
                assert archive.open_paper(three_papers[code], by=user).code == code
            else:
                with pytest.raises(NotAllowed):
                    archive.open_paper(three_papers[code], by=user)
        listed = {paper.code for paper in archive.papers_for(TODAY, by=user)}
        assert listed == {code for code, needs in KINDS.items() if allowed(user, needs)}


def test_a_paper_whose_bytes_were_changed_is_not_shown(night: Night, three_papers: dict[str, int]) -> None:
    with work():
        db.session.get_one(Paper, three_papers["N6-01"]).content = b"%PDF-forged"
    with reading():
        with pytest.raises(Conflict, match="not as it was printed"):
            archive.open_paper(three_papers["N6-01"], by=night.auditor)
        with pytest.raises(Missing):
            archive.open_paper(999, by=night.auditor)


# --- The pages -------------------------------------------------------------------------------------------------------
@pytest.fixture
def browse(app: Flask, night: Night, three_papers: dict[str, int]) -> Callable[[str], Browser]:
    """A browser logged in as somebody of a role."""

    def log_in(role: str) -> Browser:
        with work():
            user = night.house.user(role)
        return Browser(app).log_in_as(user)

    return log_in


def test_a_paper_opens_in_the_browser(browse: Callable[[str], Browser], three_papers: dict[str, int]) -> None:
    answer = browse("night_auditor").get(f"/papers/{three_papers['N6-02']}.pdf")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/pdf", b"%PDF-N6-02")
    assert answer.headers["Content-Disposition"] == "inline; filename=2026-11-21-N6-02-both-restricted.pdf"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        ("housekeeping", "N6-01", 200),
        ("housekeeping", "N6-02", 403),
        ("housekeeping", "N6-03", 403),
        ("front_desk_agent", "N6-02", 200),
        ("front_desk_agent", "N6-03", 403),
        ("cashier", "N6-02", 403),
        ("cashier", "N6-03", 200),
        ("department_staff", "N6-01", 403),
    ],
)
def test_a_paper_for_others_is_refused(
    browse: Callable[[str], Browser], three_papers: dict[str, int], role: str, code: str, status: int
) -> None:
    assert browse(role).get(f"/papers/{three_papers[code]}.pdf").status_code == status


def test_a_paper_that_does_not_exist_is_not_found(browse: Callable[[str], Browser]) -> None:
    assert browse("night_auditor").get("/papers/999.pdf").status_code == 404


def test_the_list_names_the_papers_one_may_open(browse: Callable[[str], Browser]) -> None:
    page = browse("housekeeping").get("/papers/").text
    assert "N6-01" in page
    assert "N6-02" not in page
    assert "N6-03" not in page


@pytest.mark.parametrize("day", ["2026-11-21", "", "2020-01-01", "yesterday"])
def test_the_list_shows_the_newest_date_when_there_is_no_such_date(browse: Callable[[str], Browser], day: str) -> None:
    assert "N6-01" in browse("night_auditor").get(f"/papers/?day={day}").text


def test_department_staff_have_no_archive(browse: Callable[[str], Browser]) -> None:
    assert browse("department_staff").get("/papers/").status_code == 403


def test_an_empty_archive_says_so(app: Flask, night: Night) -> None:
    page = Browser(app).log_in_as(night.auditor).get("/papers/")
    assert (page.status_code, "No papers yet" in page.text) == (200, True)


def holder_of(day: Any) -> str:
    """A run that holds the audit of `day`, which is over, so that papers can be printed once more."""
    from pms.night_audit.models import Audit

    with work():
        audit = db.session.get_one(Audit, day)
        audit.holder = "a-test 1 1 1"
    return "a-test 1 1 1"
