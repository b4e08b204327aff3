"""What must be mended before a date is closed, and what somebody should know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pms.cashier.models import PostingKind
from pms.db import db, insert_one, reading, work
from pms.errors import Refused
from pms.front_desk.models import Registration
from pms.guests.models import Guest
from pms.night_audit import pre_check, queries
from pms.night_audit.rules import Finding, blockers, warnings
from pms.property.models import Discrepancy, DiscrepancyKind
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import TODAY
from tests.night_audit.conftest import DAY, NIGHT, Night
from tests.web.statements import counted


def examine(night: Night, now=NIGHT) -> list[Finding]:
    with reading():
        return pre_check.examine(TODAY, now)


def test_an_orderly_house_has_nothing_in_the_way(night: Night) -> None:
    with work():
        night.guest_in_house("1201")
        night.guest_who_left("1204")
    assert examine(night) == []


def test_a_guest_who_should_have_left_blocks_with_what_to_do(night: Night) -> None:
    with work():
        stay = night.guest_in_house("1201", arrival=-2, nights=2)
    (finding,) = examine(night)
    assert str(finding.text) == (
        "Fischer, Anna in room 1201 should have left on Sat 21 Nov 2026. Check out, or extend the stay."
    )
    assert (finding.about, finding.mend, finding.blocks) == (f"stay:{stay.id}", "check_out", True)
    with pytest.raises(Refused, match="To be mended first: 1") as refusal:
        night.close()
    (offer,) = refusal.value.offers
    assert (offer.kind, offer.value) == ("check_out", f"stay:{stay.id}")


def test_a_closed_folio_that_does_not_come_to_zero_blocks(night: Night) -> None:
    with work():
        stay = night.guest_who_left("1204")
        folio = night.folio(night.house.stay(arrival=-3, nights=1), closed_on=TODAY)
        night.posting(stay, folio, PostingKind.FOOD, 12_50)
    found = blockers(examine(night))
    assert "is closed with a balance of CNY 12.50" in str(found[0].text)
    assert found[0].mend == "take_payment"


def test_a_ledger_that_does_not_tie_blocks_with_both_amounts(night: Night) -> None:
    with work():
        night.guest_in_house("1201", nights=4)
    night.close()
    with work():  # somebody writes into a date that is over, past the program
        stay = night.guest_in_house("1203")
        night.posting(stay, night.folio(night.house.stay()), PostingKind.FOOD, 500, TODAY)
    with reading():
        found = blockers(pre_check.examine(TODAY + DAY, NIGHT + DAY))
    assert [str(finding.text) for finding in found] == [
        "The trial balance does not tie: it closes with CNY 680.00, the folios come to CNY 685.00."
    ]


@pytest.mark.both_engines
def test_both_sides_of_the_trial_balance_are_of_one_moment(night: Night, engine_name: str) -> None:
    """A desk that posts between two statements would block the audit with a difference that is none."""
    with work():
        night.guest_in_house("1201")
    with reading(), counted() as statements:
        ledger, folios = queries.trial_balance(TODAY)
    assert ledger.closing == folios
    assert len(statements) == 1


def test_a_guest_who_has_not_come_is_a_warning(night: Night) -> None:
    with work():
        stay = night.expected()
    (finding,) = examine(night)
    assert "has not arrived and will become a no-show" in str(finding.text)
    assert (finding.about, finding.blocks) == (f"stay:{stay.id}", False)


def test_rooms_on_which_housekeeping_disagrees_are_a_warning_until_settled(night: Night) -> None:
    row = {"room_id": night.house.rooms["1201"].id, "business_date": TODAY, "kind": DiscrepancyKind.SKIP}
    with work():
        insert_one(Discrepancy, **row, found_at=NIGHT, found_by=night.auditor.id, action="")
        insert_one(Discrepancy, **row, found_at=NIGHT, found_by=night.auditor.id, action="asleep", resolved_at=NIGHT)
    (finding,) = examine(night)
    assert str(finding.text).startswith("Room 1201: housekeeping and front office disagree")
    assert not finding.blocks


def test_registrations_unsent_for_a_day_are_a_warning(night: Night) -> None:
    with work():
        stay = night.guest_in_house("1201")
        for hours, sent in ((25, None), (30, NIGHT), (23, None)):
            guest = Guest(surname="Other", search="other")
            registration(night, stay.id, guest, hours, sent)
    (finding,) = examine(night)
    assert str(finding.text).startswith("1 registrations are more than 24 hours old")


def test_closing_in_the_afternoon_is_a_warning_until_the_hold_hour(night: Night) -> None:
    six_o_clock = NIGHT - timedelta(hours=8)
    (finding,) = examine(night, six_o_clock - timedelta(minutes=1))
    assert str(finding.text) == "It is not yet 18:00 on Sat 21 Nov 2026. Guests may still be on their way."
    assert examine(night, six_o_clock) == []


def test_an_audit_nobody_watches_does_not_close_a_date_before_its_evening(night: Night) -> None:
    """Started twice in one night, it would make no-shows of everybody who is to come on the new day."""
    with work():
        tomorrow = night.expected(arrival=1)
    night.close(unattended=True)
    with pytest.raises(Refused) as refusal:
        night.close(unattended=True)
    assert "It is not yet 18:00" in str(refusal.value.offers[0].text)
    with reading():
        assert db.session.get_one(Stay, tomorrow.id, populate_existing=True).status is Status.RESERVED


def test_what_blocks_is_told_apart_from_what_warns(night: Night) -> None:
    with work():
        night.expected()
        night.guest_in_house("1201", arrival=-2, nights=2)
    found = examine(night)
    assert (len(blockers(found)), len(warnings(found))) == (1, 1)


def registration(night: Night, stay_id: int, guest: Guest, hours: int, sent) -> None:
    db.session.add(guest)
    db.session.flush()
    insert_one(
        Registration,
        stay_id=stay_id,
        guest_id=guest.id,
        at=NIGHT - timedelta(hours=hours),
        by_id=night.auditor.id,
        sent_at=sent,
    )
