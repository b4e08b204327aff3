"""Message slips: read back, 24 hours on the rack, delivered or withdrawn by whom and when (Q2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms.db import db, work
from pms.errors import NotAllowed, Refused
from pms.guest_services import actions, queries
from pms.guest_services.models import Message, MessageStatus
from pms.notices import Department, Notice, NoticeTo
from pms.property.models import Hotel
from pms.property.queries import settings_changed
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.guest_services.steps import Counter, journal_of
from tests.races import race


def test_a_message_lies_on_the_rack_for_24_hours(counter: Counter) -> None:
    slip = counter.message(counter.guest())
    assert (slip.number, slip.status, slip.taken_on) == ("00001", MessageStatus.ON_RACK, TODAY)
    assert slip.off_rack_at == NOON + timedelta(hours=24)
    assert queries.messages_on_rack(NOON) == [slip]
    assert queries.messages_on_rack(NOON + timedelta(hours=24)) == []
    assert journal_of(f"message:{slip.id}") == ["take_message"]


def test_the_house_may_keep_messages_longer(counter: Counter) -> None:
    db.session.execute(sa.update(Hotel).values(message_hours=48))
    settings_changed()
    assert counter.message(counter.guest()).off_rack_at == NOON + timedelta(hours=48)


def test_concierge_and_operator_get_their_copies(counter: Counter) -> None:
    slip = counter.message(counter.guest())
    wanted = sa.select(NoticeTo.department).join(Notice).where(Notice.about == f"message:{slip.id}")
    assert set(db.session.scalars(wanted)) == {Department.CONCIERGE, Department.OPERATOR}


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"read_back": False}, "read the message back"),
        ({"caller": " "}, "who calls"),
        ({"text": ""}, "who calls"),
    ],
)
def test_what_a_message_cannot_lack(counter: Counter, lacking: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        counter.message(counter.guest(), **lacking)


def test_a_guest_who_is_yet_to_come_may_have_messages(counter: Counter) -> None:
    assert counter.message(counter.house.stay(arrival=1)).status is MessageStatus.ON_RACK


@pytest.mark.parametrize("status", [Status.CHECKED_OUT, Status.CANCELLED, Status.NO_SHOW])
def test_nobody_takes_messages_for_those_who_are_not_here(counter: Counter, status: Status) -> None:
    with pytest.raises(Refused, match="nobody of that name"):
        counter.message(counter.house.stay(arrival=-3, nights=2, status=status))


def test_a_message_for_an_incognito_guest_is_refused_in_the_words_for_a_stranger(counter: Counter) -> None:
    hidden = counter.guest(guest=counter.person("Hart", "Ruth", incognito=True))
    with pytest.raises(Refused) as refusal:
        counter.message(hidden)
    assert refusal.value.reason == counter.ask("Nobody Atall").text


def test_a_delivered_message_says_by_whom_and_when(counter: Counter) -> None:
    slip = counter.message(counter.guest())
    actions.deliver_message(slip, by=counter.house.user("concierge"), now=NOON + timedelta(hours=1))
    assert (slip.status, slip.ended_by) == (MessageStatus.DELIVERED, counter.house.user("concierge").id)
    assert slip.ended_at == NOON + timedelta(hours=1)
    assert journal_of(f"message:{slip.id}") == ["take_message", "deliver_message"]


def test_the_caller_may_withdraw_it(counter: Counter) -> None:
    slip = counter.message(counter.guest())
    actions.cancel_message(slip, **counter.by())
    assert slip.status is MessageStatus.CANCELLED


def test_a_message_ends_once(counter: Counter) -> None:
    slip = counter.message(counter.guest())
    actions.deliver_message(slip, **counter.by())
    for again in (actions.deliver_message, actions.cancel_message):
        with pytest.raises(Refused, match="Delivered"):
            again(slip, **counter.by())


@pytest.mark.both_engines
def test_two_bellmen_deliver_once(app: Flask, counter: Counter) -> None:
    with work():
        slip, by = counter.message(counter.guest()), counter.by()
    results = race(app, 3, lambda _: actions.deliver_message(db.session.get_one(Message, slip.id), **by))
    assert [type(result) for result in results].count(Message) == 1
    assert journal_of(f"message:{slip.id}") == ["take_message", "deliver_message"]


@pytest.mark.both_engines
def test_after_24_hours_messages_are_taken_off_and_stay_in_the_history(counter: Counter) -> None:
    stay = counter.guest()
    old, delivered = counter.message(stay), counter.message(stay)
    actions.deliver_message(delivered, **counter.by())
    counter.now = NOON + timedelta(hours=23)
    fresh = counter.message(stay)
    counter.now = NOON + timedelta(hours=24)
    assert actions.take_off_expired(**counter.by("night_auditor")) == 1
    assert actions.take_off_expired(**counter.by("night_auditor")) == 0
    db.session.expire_all()
    assert (old.status, old.ended_at) == (MessageStatus.TAKEN_OFF, counter.now)
    assert (delivered.status, fresh.status) == (MessageStatus.DELIVERED, MessageStatus.ON_RACK)


def test_the_manager_who_runs_the_audit_clears_the_rack_too(counter: Counter) -> None:
    assert actions.take_off_expired(**counter.by("manager")) == 0


@pytest.mark.parametrize("role", ["housekeeping", "cashier", "manager", "admin"])
def test_who_takes_no_messages(counter: Counter, role: str) -> None:
    stay = counter.guest()
    slip = counter.message(stay)
    for refused in (
        lambda: counter.message(stay, role=role),
        lambda: actions.deliver_message(slip, **counter.by(role)),
        lambda: actions.cancel_message(slip, **counter.by(role)),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_the_rack_is_not_cleared_by_anybody(counter: Counter) -> None:
    with pytest.raises(NotAllowed):
        actions.take_off_expired(**counter.by("housekeeping"))
