"""Two guides of one sex share a twin room, so that a room more is left for guests (P3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.accounts.models import User
from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod
from pms.db import db, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk import actions, guides_sharing, queries
from pms.front_desk.models import Registration
from pms.journal import JournalLine
from pms.reservations import guides
from pms.reservations.actions import reinstate
from pms.reservations.models import Group, Stay, TypeNight
from pms.reservations.queries import load_stay, prices_of
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.front_desk.steps import Desk
from tests.races import race
from tests.reservations.test_booking_pages_stay import form


def guide(house: House, surname: str, sex: str = "F", kind: str = "STT", **values: object) -> Stay:
    """A guide who comes today for two nights, alone."""
    return house.stay(guest=house.guest(surname, sex=sex), kind=kind, party="guide", **values)  # type: ignore[arg-type]


@pytest.fixture
def two(house: House) -> tuple[int, int]:
    """One in the twin room, one in a king room of another booking."""
    with work():
        house.user("shift_leader")
        return guide(house, "Adler", room="1203").id, guide(house, "Brandt", kind="STK").id


def say_yes(
    house: House,
    two: tuple[int, int],
    role: str = "shift_leader",
    consent: str = "both, by telephone",
) -> Stay:
    host, other = (load_stay(stay_id) for stay_id in two)
    seen = host.version, other.version
    return guides_sharing.share(host, other, consent, versions=seen, by=house.user(role), now=NOON)


@pytest.mark.both_engines
def test_one_room_holds_both_and_the_other_is_given_up_without_a_fee(house: House, two: tuple[int, int]) -> None:
    with work():
        say_yes(house, two)
    db.session.expire_all()
    with reading():
        host, other = load_stay(two[0]), load_stay(two[1])
        assert (host.adults, host.needs, host.room_id) == (2, "twin", house.rooms["1203"].id)
        assert list(prices_of(host.id).values()) == [72_000, 72_000]
        assert {person.name for person in queries.registered_guests(host)} == {"Adler, Anna", "Brandt, Anna"}
        assert other.status is Status.CANCELLED
        assert other.end_reason.startswith(f"Shares with {host.booking.confirmation}")
        sold = {row.type_id: row.sold for row in db.session.scalars(sa.select(TypeNight).filter_by(night=TODAY))}
        assert (sold[house.types["STT"].id], sold[house.types["STK"].id]) == (1, 0)
        line = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "share_room")).one()
        assert (line.details["why"], line.details["given_up"]) == ("both, by telephone", 136_000)


def test_both_are_registered_with_the_police_when_they_arrive(desk: Desk) -> None:
    with work():
        pair = guide(desk.house, "Adler", room="1203").id, guide(desk.house, "Brandt").id
        desk.house.user("shift_leader")
        say_yes(desk.house, pair)
    with work():
        stay = load_stay(pair[0])
        actions.check_in(stay, desk.sheet(stay), **desk.by())
    with reading():
        registered = db.session.scalars(sa.select(Registration.guest_id).where(Registration.stay_id == pair[0]))
        assert set(registered) == {load_stay(stay_id).guest_id for stay_id in pair}


@pytest.mark.parametrize(
    ("host", "other"),
    [
        ({"sex": "F"}, {"sex": "M"}),
        ({"sex": ""}, {"sex": ""}),
        ({"sex": "F"}, {"sex": ""}),
        ({}, {"adults": 2}),
        ({}, {"party": "family"}),
        ({}, {"nights": 3}),
        ({}, {"arrival": 1, "nights": 1}),
        ({}, {"vip_level": 3}),
        ({}, {"needs": "king"}),
        ({}, {"needs": "non_smoking"}),
        ({}, {"status": Status.CANCELLED}),
        ({"kind": "STK"}, {"kind": "STK"}),
    ],
)
def test_who_cannot_sleep_in_one_room_is_not_offered_it(
    house: House, host: dict[str, object], other: dict[str, object]
) -> None:
    first, second = (
        house.stay(guest=house.guest(name, sex=values.pop("sex", "F")), **({"kind": "STT", "party": "guide"} | values))  # type: ignore[arg-type]
        for name, values in (("Adler", dict(host)), ("Brandt", dict(other)))
    )
    assert not guides.may_share(first, second)
    with pytest.raises(Refused, match="cannot share a room"):
        say_yes(house, (first.id, second.id))


def test_guides_kept_apart_from_anybody_do_not_share(house: House) -> None:
    first, second = guide(house, "Adler"), guide(house, "Brandt")
    assert guides.may_share(first, second)
    second.guest.keep_apart = "court/a"
    assert not guides.may_share(first, second)


def test_who_leaves_earlier_shares_until_then(house: House) -> None:
    longer, shorter = guide(house, "Adler", nights=3), guide(house, "Brandt", nights=1)
    assert guides.pairs([shorter, longer]) == [(longer, shorter)]


def test_each_guide_is_offered_once_and_two_sexes_never_meet(house: House) -> None:
    women = [guide(house, name, nights=2) for name in ("Adler", "Brandt", "Cordes")]
    men = [guide(house, name, sex="M") for name in ("Dietz", "Ebert")]
    found = guides.pairs([*women, *men])
    assert len(found) == 2
    assert all(host.guest.sex == other.guest.sex for host, other in found)
    assert len({stay.id for pair in found for stay in pair}) == 4


def test_nothing_happens_without_consent_or_with_a_deposit_of_his_own(house: House, two: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="who agreed"), work():
        say_yes(house, two, consent=" ")
    with work():
        other = load_stay(two[1])
        folio = cashier.open_folio(other, by=house.user("shift_leader"), now=NOON)
        cashier.pay(folio, other.id, 10_000, PaymentMethod.CASH, by=house.user("shift_leader"), now=NOON)
    with pytest.raises(Refused, match="has paid a deposit"), work():
        say_yes(house, two)
    with reading():
        assert load_stay(two[1]).status is Status.RESERVED


@pytest.mark.both_engines
def test_of_two_leaders_one_lets_them_share_and_the_other_hears_who_did(
    app: Flask, house: House, two: tuple[int, int]
) -> None:
    with reading():
        seen = load_stay(two[0]).version, load_stay(two[1]).version
        leader = house.user("shift_leader").id

    def say_yes_too(number: int) -> int:
        host, other = load_stay(two[0]), load_stay(two[1])
        by = db.session.get_one(User, leader)
        return guides_sharing.share(host, other, f"both, asked by {number}", versions=seen, by=by, now=NOON).id

    results = race(app, 3, say_yes_too)
    done = [result for result in results if result == two[0]]
    late = [result for result in results if isinstance(result, Conflict)]
    assert (len(done), len(late)) == (1, 2), results
    assert all("was given up by Shift Leader on" in str(result) for result in late)
    with reading():
        assert load_stay(two[0]).adults == 2


def test_the_booking_taken_up_again_has_its_guide_back(house: House, two: tuple[int, int]) -> None:
    with work():
        say_yes(house, two)
    with work():
        reinstate(load_stay(two[1]), by=house.user("shift_leader"), now=NOON)
    with reading():
        host, other = load_stay(two[0]), load_stay(two[1])
        assert (host.adults, other.status) == (1, Status.RESERVED)
        assert {person.name for person in queries.registered_guests(host)} == {"Adler, Anna"}
        lines = db.session.scalars(sa.select(JournalLine.action).order_by(JournalLine.id)).all()
        assert lines[-2:] == ["part_guides", "reinstate"]


def test_who_has_arrived_in_the_shared_room_is_not_in_two(house: House, two: tuple[int, int]) -> None:
    with work():
        say_yes(house, two)
    with work():
        load_stay(two[0]).status = Status.IN_HOUSE
    with pytest.raises(Refused, match="shares a room"), work():
        reinstate(load_stay(two[1]), by=house.user("shift_leader"), now=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["let_guides_share"]))
def test_other_roles_do_not_let_them_share(house: House, two: tuple[int, int], role: Role) -> None:
    with pytest.raises(NotAllowed):
        say_yes(house, two, role.value)


# --- The pages -------------------------------------------------------------------------------------------------------
def form_of(two: tuple[int, int], consent: str = "both") -> dict[str, str]:
    with reading():
        host, other = load_stay(two[0]), load_stay(two[1])
        return {"consent": consent, "version": str(host.version), "other_version": str(other.version)}


def here(two: tuple[int, int]) -> str:
    return f"/stays/{two[0]}/share/{two[1]}"


@pytest.fixture
def leader(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "shift_leader")


def test_the_plan_offers_it_when_rooms_are_short_and_not_otherwise(
    leader: Browser, house: House, two: tuple[int, int]
) -> None:
    with work():
        late = house.stay(guest=house.guest("Late")).id
    run = leader.post("/placing", {"stay": [str(late)]}).headers["Location"]
    leader.post(f"{run}/plan")
    assert here(two) not in leader.get(run).text
    with work():
        for room in ("1201", "1202", "1204"):
            house.stay(room=room, guest=house.guest(room))
    run = leader.post("/placing", {"stay": [str(late)]}).headers["Location"]
    leader.post(f"{run}/plan")
    page = leader.get(run).text
    assert here(two) in page and "could share a twin room; a room of type Type STK is saved" in page


def test_the_group_offers_it_to_those_who_place(app: Flask, leader: Browser, house: House) -> None:
    with work():
        group = Group(code="TANG", name="Tang Travel", arrival=TODAY, departure=TODAY + timedelta(days=2))
        db.session.add(group)
        db.session.flush()
        pair = tuple(guide(house, name, group_id=group.id).id for name in ("Adler", "Brandt"))
        number = group.id
    assert len(pair) == 2
    assert here((pair[0], pair[1])) in leader.get(f"/groups/{number}").text
    assert "share" not in at_desk(app, house, "concierge").get(f"/groups/{number}").text


def test_both_prices_are_seen_before_yes(leader: Browser, two: tuple[int, int]) -> None:
    page = leader.get(here(two)).text
    assert "1,440.00" in page and "1,360.00" in page and "They share one room" in page
    refused = leader.post(here(two), form_of(two, consent=""))
    assert refused.status_code == 422 and "Write down who agreed" in refused.text
    assert leader.post(here(two), form_of(two)).status_code == 303
    assert "A colleague shares the room" in leader.get(f"/stays/{two[0]}").text
    assert "Shares with" in leader.get(f"/stays/{two[1]}").text
    assert "These two cannot share a room" in leader.get(here(two)).text


def test_the_page_is_chinese_on_a_chinese_screen(app: Flask, house: House, two: tuple[int, int]) -> None:
    page = at_desk(app, house, "shift_leader", "zh").get(here(two)).text
    assert "两位导游合住一间双床房" in page and "合住一间" in page


def test_an_agent_sees_the_prices_and_whom_to_ask(app: Flask, house: House, two: tuple[int, int]) -> None:
    agent = at_desk(app, house)
    page = agent.get(here(two)).text
    assert "1,360.00" in page and "Ask: Reservation supervisor" in page and "They share one room" not in page
    assert agent.post(here(two), form_of(two)).status_code == 403
    assert at_desk(app, house, "concierge").get(here(two)).status_code == 403
    with reading():
        assert load_stay(two[1]).status is Status.RESERVED


def test_a_guide_who_wants_no_disclosure_is_not_named(app: Flask, house: House, two: tuple[int, int]) -> None:
    with work():
        load_stay(two[1]).guest.incognito = True
    page = at_desk(app, house, "reservation_supervisor").get(here(two)).text
    assert "Brandt" not in page and "Name not disclosed" in page


def test_who_is_a_guide_is_written_down_when_the_booking_is_changed(app: Flask, house: House) -> None:
    with work():
        stay_id = house.stay().id
    agent = at_desk(app, house)
    page = agent.get(f"/stays/{stay_id}/change").text
    assert agent.post(f"/stays/{stay_id}/change", form(page, party="guide")).status_code == 303
    assert "Guide" in agent.get(f"/stays/{stay_id}").text
    assert agent.post(f"/stays/{stay_id}/change", form(page, party="circus")).status_code == 422
    with reading():
        assert load_stay(stay_id).party == "guide"
