"""What the house charges by itself: nights, breakfast, tax, day use and fees."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pms.cashier import charges, queries
from pms.cashier.models import Posting, PostingKind
from pms.db import db
from pms.errors import NotAllowed, Refused
from pms.property.models import Hotel
from pms.property.queries import settings_changed
from pms.reservations.models import Guarantee, Stay, Use
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.cashier.steps import Till, journal_of, lines


def house_rule(**values: int) -> None:
    """The house decides otherwise: tax, price of breakfast, fee for no-shows."""
    db.session.execute(sa.update(Hotel).values(**values))
    settings_changed()


@pytest.mark.both_engines
def test_every_night_of_the_date_is_charged_at_its_fixed_price(till: Till) -> None:
    first, second = till.guest("1204"), till.guest("1205", price=91_000)
    posted = till.audit()
    assert lines(first) == [("room", 68_000)]
    assert lines(second) == [("room", 91_000)]
    assert (posted.count, posted.total, posted.new) == (2, 159_000, 2)


@pytest.mark.both_engines
def test_a_second_run_posts_nothing_twice_and_what_was_missing(till: Till) -> None:
    first = till.guest("1204")
    till.audit()
    late = till.guest("1205")
    again = till.audit()
    assert (again.count, again.new) == (2, 1)
    assert (len(lines(first)), len(lines(late))) == (1, 1)


@pytest.mark.both_engines
def test_the_rehearsal_says_what_would_be_posted(till: Till) -> None:
    house_rule(tax_permille=60)
    till.guest("1204")
    till.guest("1205", plan="PKG", adults=2)
    foretold = charges.preview_room_charges(TODAY).values()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Posting)) == 0
    posted = till.audit()
    assert sum(one.count for one in foretold) == posted.count
    assert sum(one.total for one in foretold) == posted.total


def test_due_outs_are_not_charged_another_night(till: Till) -> None:
    leaving = till.guest("1204", arrival=-1, nights=1)
    assert till.audit().count == 0
    assert lines(leaving) == []


@pytest.mark.parametrize("status", [Status.RESERVED, Status.CANCELLED, Status.NO_SHOW])
def test_only_guests_in_house_are_charged(till: Till, status: Status) -> None:
    assert lines(till.guest("1204", status=status)) == []
    assert till.audit().count == 0


@pytest.mark.parametrize("use", [Use.COMPLIMENTARY, Use.HOUSE_USE])
def test_a_free_night_is_posted_as_zero_so_that_rooms_can_be_counted(till: Till, use: Use) -> None:
    stay = till.guest("1204", use=use, plan="PKG")
    house_rule(tax_permille=60)
    till.audit()
    assert lines(stay) == [("room", 0)]


def test_a_zero_posting_is_not_reversed(till: Till) -> None:
    stay = till.guest("1204", use=Use.COMPLIMENTARY)
    till.audit()
    (line,) = queries.statement(till.folio(stay))
    with pytest.raises(Refused, match="nothing to reverse"):
        till.reverse(line.id)


@pytest.mark.both_engines
def test_breakfast_of_the_plan_is_split_off_the_price_not_put_on_top(till: Till) -> None:
    stay = till.guest("1204", plan="PKG", adults=2, children=1, price=68_000)
    till.audit()
    assert lines(stay) == [("room", 68_000 - 3 * 8_800), ("package", 3 * 8_800)]


def test_a_price_below_the_breakfast_leaves_the_room_at_nothing(till: Till) -> None:
    stay = till.guest("1204", plan="PKG", adults=2, price=10_000)
    till.audit()
    assert lines(stay) == [("room", 0), ("package", 10_000)]


@pytest.mark.both_engines
@pytest.mark.parametrize(("price", "tax"), [(68_000, 4_080), (68_008, 4_080), (68_009, 4_081), (-1_500, -90)])
def test_tax_is_a_posting_of_its_own_rounded_half_up(till: Till, price: int, tax: int) -> None:
    house_rule(tax_permille=60)
    stay = till.guest("1204", price=price)
    till.audit()
    assert lines(stay) == [("room", price), ("tax", tax)]


def test_a_charge_of_the_audit_is_reversed_and_posted_again_by_hand(till: Till) -> None:
    stay = till.guest("1204")
    till.audit()
    (line,) = queries.statement(till.folio(stay))
    till.reverse(line.id, "agreed price was 600")
    till.charge(stay, 60_000, PostingKind.ROOM, night=TODAY)
    assert till.balance(stay) == 60_000
    assert till.audit().new == 0


def test_the_night_is_charged_to_the_date_it_belongs_to(till: Till) -> None:
    stay = till.guest("1204", arrival=-1, nights=2)
    till.audit()
    (line,) = queries.statement(till.folio(stay))
    assert (line.business_date, line.night, line.audit_kind) == (TODAY, TODAY, "room")


def test_only_the_auditor_charges_nights(till: Till) -> None:
    with pytest.raises(NotAllowed):
        charges.post_room_charges(TODAY, **till.by("front_desk_agent"))


def test_day_use_is_charged_with_its_tax(till: Till) -> None:
    house_rule(tax_permille=60)
    stay = till.guest("1204", nights=0, use=Use.DAY_USE)
    charges.charge_day_use(stay, 30_000, **till.by())
    assert lines(stay) == [("day_use", 30_000), ("tax", 1_800)]


def test_who_stays_overnight_is_not_charged_day_use(till: Till) -> None:
    with pytest.raises(Refused, match="overnight"):
        charges.charge_day_use(till.guest(), 30_000, **till.by())


def absent(till: Till, guarantee: Guarantee, **values: object) -> Stay:
    booking = till.house.booking(guarantee=guarantee)
    return till.house.stay(booking=booking, status=Status.NO_SHOW, **values)


def fee_of(stay: Stay) -> int:
    return charges.no_show_fees([stay])[stay.id]


@pytest.mark.both_engines
def test_a_guaranteed_no_show_owes_the_first_night(till: Till) -> None:
    assert fee_of(absent(till, Guarantee.COMPANY)) == 68_000


@pytest.mark.parametrize(("nights", "fee"), [(0, 0), (1, 68_000), (2, 136_000), (9, 136_000)])
def test_the_fee_follows_the_policy_of_the_house(till: Till, nights: int, fee: int) -> None:
    house_rule(no_show_fee_nights=nights)
    assert fee_of(absent(till, Guarantee.DEPOSIT)) == fee


def test_there_is_no_fee_without_a_guarantee_or_for_a_free_room(till: Till) -> None:
    assert fee_of(absent(till, Guarantee.NONE)) == 0
    assert fee_of(absent(till, Guarantee.COMPANY, use=Use.HOUSE_USE)) == 0


@pytest.mark.both_engines
def test_each_who_did_not_come_owes_the_own_first_nights(till: Till) -> None:
    house_rule(no_show_fee_nights=2)
    one, other, free = (
        absent(till, Guarantee.COMPANY, nights=nights, price=price)
        for nights, price in ((1, 50_000), (3, 61_300), (2, 0))
    )
    assert charges.no_show_fees([other, one, free]) == {one.id: 50_000, other.id: 122_600, free.id: 0}
    assert charges.no_show_fees([]) == {}


@pytest.mark.both_engines
def test_a_fee_is_charged_once_a_date(till: Till) -> None:
    stay = till.house.stay(status=Status.NO_SHOW)
    for _ in range(2):
        charges.post_fee(stay, PostingKind.NO_SHOW_FEE, 68_000, **till.by("night_auditor"))
    assert lines(stay) == [("no_show_fee", 68_000)]
    assert journal_of(stay) == ["post_fee"]


def test_the_manager_who_runs_the_audit_charges_fees_too(till: Till) -> None:
    stay = till.house.stay(status=Status.NO_SHOW)
    charges.post_fee(stay, PostingKind.NO_SHOW_FEE, 68_000, **till.by("manager"))
    assert till.balance(stay) == 68_000


def test_fees_are_for_guests_who_did_not_come(till: Till) -> None:
    with pytest.raises(Refused, match="did not come"):
        charges.post_fee(till.guest(), PostingKind.NO_SHOW_FEE, 100, **till.by())
    absent_guest = till.house.stay(status=Status.CANCELLED)
    with pytest.raises(Refused, match="not a fee"):
        charges.post_fee(absent_guest, PostingKind.FOOD, 100, **till.by())
    with pytest.raises(Refused):
        charges.post_fee(absent_guest, PostingKind.CANCELLATION_FEE, 0, **till.by())
    with pytest.raises(NotAllowed):
        charges.post_fee(absent_guest, PostingKind.CANCELLATION_FEE, 100, **till.by("concierge"))


def test_tomorrow_is_charged_tomorrow(till: Till) -> None:
    stay = till.guest("1204", nights=2)
    till.audit()
    charges.post_room_charges(TODAY + timedelta(days=1), by=till.house.user("night_auditor"), now=NOON)
    assert till.balance(stay) == 136_000
