"""What the papers say of calls: open ones with how late they are, the month's complaints with their reasons."""

from __future__ import annotations

from datetime import timedelta

from pms.db import db
from pms.requests import actions, queries_papers
from tests.builders import NOON, TODAY
from tests.requests.steps import Centre


def test_complaints_come_first_and_lateness_is_counted_to_the_end_of_the_date(centre: Centre) -> None:
    centre.guest()
    repair, complaint = centre.repair(), centre.complaint()
    centre.finished(centre.call())
    first, second = queries_papers.open_calls(TODAY)
    assert (first.number, second.number) == (complaint.number, repair.number)
    assert (first.late_hours, second.late_hours) == (0, 11)  # due 12:30, the date ends at 24:00
    assert (second.room, second.guest, second.service_zh) == ("1204", "Fischer, Anna", "灯具")


def test_a_finished_repair_stays_until_it_is_called_back_but_is_not_late(centre: Centre) -> None:
    call = centre.finished(centre.repair())
    (line,) = queries_papers.open_calls(TODAY)
    assert (line.state, line.late_hours) == ("done", 0)
    actions.call_back(call, True, **centre.by("manager"))
    assert queries_papers.open_calls(TODAY) == []


def test_the_month_has_its_own_complaints_and_whether_they_were_answered_in_time(centre: Centre) -> None:
    answered, open_one = centre.complaint(), centre.complaint()
    late, withdrawn = centre.complaint(), centre.complaint()
    centre.finished(answered, facts="Drill")
    actions.cancel(withdrawn, "Another room", **centre.by())
    late.opened_on, late.opened_at = TODAY - timedelta(days=4), NOON - timedelta(days=4)
    db.session.flush()
    centre.finished(late, facts="Drill")
    rows = queries_papers.complaints_of_month(TODAY)
    assert [(row.number, row.in_time) for row in rows] == [
        (late.number, False),
        (answered.number, True),
        (open_one.number, False),
    ]
    assert queries_papers.complaints_of_month(TODAY.replace(month=10)) == []
