"""Who may run the audit, when, one at a time, and how it goes on."""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from pms import access, clock
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.night_audit import actions, hold
from pms.night_audit.models import Audit, AuditStep, Snapshot
from pms.say import translate
from tests.builders import TODAY
from tests.night_audit.conftest import DAY, NIGHT, Night

Rows = Callable[[type], list[Any]]
Stop = Callable[[Night, str], None]


@pytest.mark.parametrize("role", sorted(Role, key=list(Role).index))
def test_only_the_night_auditor_and_the_duty_managers_may_close_a_date(night: Night, role: Role) -> None:
    with work():
        user = night.house.user(role.value)
    if access.allowed(user, "run_audit"):
        assert role in {Role.NIGHT_AUDITOR, Role.ASSISTANT_MANAGER, Role.MANAGER}
        return
    with pytest.raises(NotAllowed, match="Night auditor"):
        actions.run(user, NIGHT)
    with reading(), pytest.raises(NotAllowed):
        actions.rehearse(user, NIGHT)


def test_a_date_that_has_not_begun_is_not_closed(night: Night, rows: Rows) -> None:
    """At noon of the 20th nobody closes the 21st; at 0:01 of the 21st it can be closed."""
    before_midnight = NIGHT - timedelta(hours=26, minutes=1)
    with pytest.raises(Refused, match="has not begun"):
        night.close(now=before_midnight)
    assert rows(Audit) == []
    night.close(now=before_midnight + timedelta(minutes=2))


def test_several_dates_are_closed_one_after_the_other(night: Night, rows: Rows) -> None:
    with work():
        night.guest_in_house("1201", nights=5)
    closed = night.close_until(TODAY + 2 * DAY)
    assert [one.day for one in closed] == [TODAY, TODAY + DAY, TODAY + 2 * DAY]
    assert len(rows(Audit)) == 3


def test_until_may_not_lie_in_the_future(night: Night, rows: Rows) -> None:
    with pytest.raises(Refused, match="has not begun"):
        night.close_until(TODAY + 5 * DAY, now=NIGHT)
    assert rows(Audit) == []


def test_until_may_not_be_closed_already(night: Night) -> None:
    night.close()
    with pytest.raises(Refused, match="already closed"):
        night.close_until(TODAY, now=NIGHT)


def test_several_dates_stop_where_something_blocks(night: Night, rows: Rows) -> None:
    with work():
        night.guest_in_house("1201", nights=1)  # should leave on the second date
    with pytest.raises(Refused, match="To be mended first: 1"):
        night.close_until(TODAY + 3 * DAY)
    with reading():
        assert clock.business_date() == TODAY + DAY
    assert {row.holder for row in rows(Audit)} == {""}


def test_an_audit_goes_on_with_the_first_step_that_has_no_row(full_night: Night, rows: Rows, stop_before: Stop) -> None:
    stop_before(full_night, "charges")
    assert {row.step for row in rows(AuditStep)} == {"check", "no_shows"}
    closed = full_night.close()
    assert list(closed.done) == ["charges", "close", "rooms", "figures", "seal"]


def test_an_audit_stopped_after_closing_is_finished_and_does_not_close_the_next_date(
    night: Night, stop_before: Stop
) -> None:
    stop_before(night, "rooms")
    assert night.close(now=NIGHT + timedelta(hours=5)).day == TODAY
    with reading():
        assert clock.business_date() == TODAY + DAY


def test_an_audit_that_was_never_finished_is_finished_the_next_night_and_the_next_date_closed_too(
    night: Night, stop_before: Stop
) -> None:
    stop_before(night, "rooms")
    closed = night.close_until(None, now=NIGHT + DAY)
    assert [(one.day, "close" in one.done) for one in closed] == [(TODAY, False), (TODAY + DAY, True)]


def test_a_step_that_fails_leaves_nothing_of_itself(
    full_night: Night, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def burst(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(clock, "advance_business_date", burst)
        with pytest.raises(ZeroDivisionError):
            full_night.close()
    assert rows(Snapshot) == []
    assert "close" not in {row.step for row in rows(AuditStep)}
    full_night.close()


@pytest.mark.both_engines
def test_who_comes_second_is_told_who_runs_it_and_since_when(night: Night, app: Flask, engine_name: str) -> None:
    told: list[str] = []

    def try_it_too(_: Any, step: Any) -> None:
        if step.name == "no_shows":
            second = threading.Thread(target=audit_elsewhere, args=(app, night.auditor.id, told))
            second.start()
            second.join()

    night.close(tell=try_it_too)
    (sentence,) = told
    assert sentence.startswith("Night Auditor is running the night audit of Sat 21 Nov 2026 since ")


@pytest.mark.both_engines
def test_of_many_who_press_at_once_one_closes_the_date(night: Night, app: Flask, rows: Rows, engine_name: str) -> None:
    told: list[str] = []
    crowd = [threading.Thread(target=audit_elsewhere, args=(app, night.auditor.id, told)) for _ in range(4)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert told.count("closed") >= 1
    with reading():
        assert clock.business_date() == TODAY + DAY, told
    assert len(rows(Audit)) == 1


def audit_elsewhere(app: Flask, auditor_id: int, told: list[str]) -> None:
    """Another process's audit; the date after is still to come for it, so it can only close the same one."""
    from pms.accounts.models import User

    with app.app_context():
        try:
            by = db.session.get_one(User, auditor_id)
            db.session.rollback()
            actions.run(by, NIGHT - timedelta(hours=3), with_papers=False, with_backup=False)
            told.append("closed")
        except Refused as no:
            told.append(str(no.reason))
        finally:
            db.session.remove()


def test_a_run_whose_process_is_gone_is_taken_over_from(night: Night) -> None:
    with work():
        hold.take(TODAY, f"{socket.gethostname()} {dead_process()} 12345 abcd", night.auditor, NIGHT)
    assert night.close().day == TODAY


def test_a_run_elsewhere_is_left_alone_while_it_shows_signs_of_life(night: Night) -> None:
    with work():
        hold.take(TODAY, "another-machine 1 1 abcd", night.auditor, NIGHT)
    with pytest.raises(hold.Held, match="Night Auditor is running"):
        night.close()
    with work():
        db.session.get_one(Audit, TODAY).beat_at = clock.now() - timedelta(minutes=6)
    assert night.close().day == TODAY


def test_who_was_taken_over_from_can_do_nothing_more(night: Night, rows: Rows) -> None:
    """A process that only slept must not go on beside the one that took over."""

    def taken_over(_: Any, step: Any) -> None:
        if step.name == "no_shows":
            with work():
                db.session.get_one(Audit, TODAY).holder = "another-machine 1 1 abcd"

    with pytest.raises(hold.Held, match="taken over"):
        night.close(tell=taken_over)
    assert {row.step for row in rows(AuditStep)} == {"check"}
    (audit,) = rows(Audit)
    assert audit.holder == "another-machine 1 1 abcd", "not let go by the one that lost it"


def test_this_very_process_counts_as_alive() -> None:
    assert not hold.is_gone(hold.new_holder())
    host, _, began, word = hold.new_holder().split(" ")
    assert hold.is_gone(f"{host} {dead_process()} {began} {word}")
    assert not hold.is_gone("another-machine 1 1 abcd"), "nobody can tell"


def test_warnings_are_noted_and_do_not_stop_it(full_night: Night, rows: Rows) -> None:
    closed = full_night.close(unattended=True)
    assert "has not arrived" in translate(closed.warnings[0], "en")
    (audit,) = rows(Audit)
    assert (len(audit.warnings), audit.unattended) == (2, True)


def dead_process() -> int:
    """The number of a process that has ended."""
    child = multiprocessing.get_context("fork").Process(target=os._exit, args=(0,))
    child.start()
    child.join()
    assert child.pid is not None
    return child.pid
