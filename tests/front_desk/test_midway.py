"""A guest who changes rooms midway, as agreed: his nights stay right whatever is done to the stay (P7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access, clock
from pms.access import Role
from pms.assignment import actions as assignment
from pms.assignment import midway, queries_runs, runs
from pms.assignment.models import Again
from pms.assignment.refusing import refuse_room
from pms.db import db, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk import actions
from pms.front_desk.queries_clean_rooms import clean_rooms
from pms.front_desk.queries_papers_changes import moves_of_tomorrow
from pms.front_desk.queries_rack import held
from pms.handover.sources import Moment, room_moves
from pms.journal import JournalLine
from pms.night_audit.pre_check import moved_as_agreed
from pms.property.models import ClosureKind, Housekeeping, Room
from pms.reservations import actions as reservations
from pms.reservations import closures, occupancy, queries_moves
from pms.reservations.inventory import nights_between
from pms.reservations.models import RoomNight, Stay
from pms.reservations.models_moves import PlannedMove
from pms.reservations.occupancy import Taken
from pms.reservations.queries import prices_of
from pms.reservations.queries_housekeeping import board
from tests.builders import NOON, TODAY, House
from tests.front_desk.steps import Desk
from tests.races import race

DAY = timedelta(days=1)
AGREED = "Mr Chen, by telephone"


def at(day: int) -> date:
    return TODAY + day * DAY


def rooms_of(stay: Stay) -> str:
    """The room of each night from the arrival on, `1201 1201 1204 1204`."""
    db.session.flush()
    wanted = sa.select(RoomNight).where(RoomNight.stay_id == stay.id).order_by(RoomNight.night)
    nights = list(db.session.scalars(wanted))
    assert [row.night for row in nights] == nights_between(stay.arrival, stay.departure)
    numbers = {row.id: row.number for row in db.session.execute(sa.select(Room.id, Room.number))}
    return " ".join(numbers[row.room_id] for row in nights)


def moves_of(stay: Stay) -> list[tuple[str, int]]:
    return [(move.number, (move.day - TODAY).days) for move in queries_moves.agreed(stay.id)]


def parts(house: House, *rooms: tuple[str, int]) -> list[tuple[int, date]]:
    return [(house.rooms[number].id, at(day)) for number, day in rooms]


def agree(house: House, stay: Stay, *rooms: tuple[str, int], consent: str = AGREED, by: str = "shift_leader") -> None:
    chosen = parts(house, *(rooms or (("1201", 0), ("1204", 2))))
    midway.plan_moves(stay, chosen, consent, by=house.user(by), now=NOON)
    db.session.flush()
    db.session.expire_all()


@pytest.fixture
def full(house: House) -> Stay:
    """Four nights for which no standard room is free: 1201 until the second, 1204 from then on, 1202 never."""
    house.stay(arrival=2, room="1201", guest=house.guest("Weber"))
    house.stay(arrival=0, room="1204", guest=house.guest("Koch"))
    house.stay(nights=4, room="1202", guest=house.guest("Wolf"))
    return house.stay(nights=4, guest=house.guest("Chen", "Wei"))


@pytest.fixture
def planned(house: House, full: Stay) -> Stay:
    agree(house, full)
    return full


@pytest.fixture
def here(desk: Desk, planned: Stay) -> Stay:
    """He lives in 1201, and it is the day of the move; 1204 is empty and clean."""
    desk.check_in(planned)
    clock.advance_business_date(TODAY, at(2), at=NOON)
    return planned


# --- Agreed ----------------------------------------------------------------------------------------------------------
@pytest.mark.both_engines
def test_the_guest_has_one_room_and_then_the_other(house: House, full: Stay) -> None:
    found = midway.look(full)
    assert [(part.room.number, part.first) for part in found] == [("1201", at(0)), ("1204", at(2))]
    agree(house, full)
    assert rooms_of(full) == "1201 1201 1204 1204"
    assert (full.room.number if full.room else "", moves_of(full)) == ("1201", [("1204", 2)])
    line = db.session.scalars(sa.select(JournalLine).where(JournalLine.action == "plan_moves")).one()
    assert (line.subject, line.details["why"]) == (f"stay:{full.id}", AGREED)
    assert midway.look(full) == []


def test_three_rooms_where_two_will_not_do(house: House) -> None:
    house.stay(arrival=1, nights=2, room="1201")
    house.stay(arrival=0, nights=1, room="1202")
    house.stay(arrival=2, nights=1, room="1202")
    house.stay(arrival=0, nights=2, room="1204")
    stay = house.stay(nights=3)
    chosen = [(part.room.number, (part.first - TODAY).days) for part in midway.look(stay)]
    agree(house, stay, *chosen)
    assert rooms_of(stay) == "1201 1202 1204" and moves_of(stay) == [("1202", 1), ("1204", 2)]


@pytest.mark.parametrize(
    ("rooms", "consent", "why"),
    [
        ([("1201", 0), ("1204", 2)], " ", "Write down who agreed"),
        ([("1201", 0), ("1204", 2)], "x" * 121, "Too long"),
        ([("1201", 0), ("1204", 4)], AGREED, "not of this stay"),
        ([("1201", 1), ("1204", 2)], AGREED, "not of this stay"),
        ([("1201", 0)], AGREED, "not of this stay"),
        ([("1201", 0), ("1204", 1), ("1202", 2), ("1204", 3)], AGREED, "not of this stay"),
        ([("1201", 0), ("1205", 2)], AGREED, "DLK"),
        ([("1201", 0), ("1204", 1)], AGREED, "Room 1204 is given to Koch"),
    ],
)
def test_what_cannot_be_agreed_is_refused_and_changes_nothing(
    house: House, full: Stay, rooms: list[tuple[str, int]], consent: str, why: str
) -> None:
    with pytest.raises(Refused) as no:
        agree(house, full, *rooms, consent=consent)
    assert why in str(no.value.reason) and full.room_id is None


def test_nobody_has_to_move_when_one_room_is_free_on_all_nights(house: House) -> None:
    stay = house.stay(nights=4)
    assert midway.look(stay) == []
    with pytest.raises(Refused, match="free on all nights: nobody has to move") as no:
        agree(house, stay)
    assert no.value.offers[0].kind == "room"


def test_who_has_a_room_or_has_arrived_is_refused(house: House, desk: Desk, planned: Stay) -> None:
    with pytest.raises(Refused, match="has room 1201 by now"):
        agree(house, planned)
    desk.check_in(planned)
    with pytest.raises(Refused, match="before arrival"):
        agree(house, planned)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["place"]))
def test_other_roles_neither_agree_nor_call_it_off(house: House, planned: Stay, role: Role) -> None:
    with pytest.raises(NotAllowed):
        agree(house, planned, by=role.value)
    with pytest.raises(NotAllowed):
        midway.stay_put(planned, at(2), by=house.user(role.value), now=NOON)


@pytest.mark.both_engines
def test_of_two_who_take_the_second_room_at_once_one_gets_it(app: Flask, house: House) -> None:
    with work():
        house.stay(arrival=2, nights=2, room="1201")
        house.stay(arrival=2, nights=2, room="1202")
        house.stay(arrival=0, nights=2, room="1204")
        guests = [house.stay(nights=4, guest=house.guest(name)).id for name in ("Chen", "Ding")]
        user, rooms = house.user(), {number: room.id for number, room in house.rooms.items()}

    def take(number: int) -> None:
        chosen = [(rooms["1201" if number else "1202"], at(0)), (rooms["1204"], at(2))]
        midway.plan_moves(db.session.get_one(Stay, guests[number]), chosen, AGREED, by=user, now=NOON)

    results = race(app, 2, take)
    lost = [result for result in results if result is not None]
    assert len(lost) == 1 and isinstance(lost[0], Conflict), results
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PlannedMove)) == 1


@pytest.mark.both_engines
def test_the_database_keeps_no_move_to_a_room_the_guest_does_not_have(house: House, planned: Stay) -> None:
    row = {"stay_id": planned.id, "day": at(3), "room_id": house.rooms["1301"].id, "consent": "x", "at": NOON}
    for wrong in (
        sa.insert(PlannedMove).values(**row, by_id=house.user().id),
        sa.update(PlannedMove).values(consent=""),
    ):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(wrong)


# --- What is done to the stay afterwards -----------------------------------------------------------------------------
def test_taking_the_room_back_or_cancelling_frees_both(house: House, planned: Stay) -> None:
    assignment.unplace(planned, by=house.user(), now=NOON)
    assert nights_of_nobody(planned)
    agree(house, planned)
    reservations.cancel(planned, "ill", by=house.user("reservation_clerk"), now=NOON)
    assert nights_of_nobody(planned)


def nights_of_nobody(stay: Stay) -> bool:
    db.session.flush()
    taken = db.session.scalars(sa.select(RoomNight).where(RoomNight.stay_id == stay.id)).all()
    return not taken and not moves_of(stay) and stay.room_id is None


def test_a_room_given_by_hand_takes_the_place_of_what_was_agreed(house: House, planned: Stay) -> None:
    other = db.session.scalars(sa.select(Stay).where(Stay.room_id == house.rooms["1202"].id)).one()
    assignment.unplace(other, by=house.user(), now=NOON)
    assignment.place_stay(planned, house.rooms["1202"], by=house.user(), now=NOON)
    assert rooms_of(planned) == "1202 1202 1202 1202" and not moves_of(planned)


def test_a_refusal_of_the_second_room_frees_both(house: House, planned: Stay) -> None:
    refuse_room(planned, house.rooms["1204"], ["quieter"], "near the lift", by=house.user(), now=NOON)
    assert nights_of_nobody(planned)


@pytest.mark.parametrize(
    ("arrival", "departure", "nights", "moves"),
    [
        (0, 5, "1201 1201 1204 1204 1204", [("1204", 2)]),
        (0, 3, "1201 1201 1204", [("1204", 2)]),
        (0, 2, "1201 1201", []),
        (1, 4, "1201 1204 1204", [("1204", 2)]),
        (2, 4, "1204 1204", []),
        (3, 5, "1204 1204", []),
    ],
)
def test_other_dates_keep_what_still_fits(
    house: House, planned: Stay, arrival: int, departure: int, nights: str, moves: list[tuple[str, int]]
) -> None:
    change = reservations.Change(arrival=at(arrival), departure=at(departure))
    by = house.user("reservation_clerk")
    reservations.change_stay(planned, change, version=planned.version, by=by, now=NOON)
    assert rooms_of(planned) == nights and moves_of(planned) == moves
    assert planned.room_id == house.rooms[nights[:4]].id


def test_dates_for_which_one_of_the_rooms_is_taken_release_both_and_say_so(house: House, planned: Stay) -> None:
    house.stay(arrival=4, room="1204", guest=house.guest("Braun"))
    by, change = house.user("reservation_clerk"), reservations.Change(departure=at(5))
    changed = reservations.change_stay(planned, change, version=planned.version, by=by, now=NOON)
    assert "Room 1204 is given to Braun" in str(changed.said[0]) and nights_of_nobody(planned)


def test_another_type_releases_both_rooms(house: House, planned: Stay) -> None:
    by, change = house.user("reservation_clerk"), reservations.Change(type_id=house.types["DLK"].id)
    reservations.change_stay(planned, change, version=planned.version, by=by, now=NOON)
    assert nights_of_nobody(planned)


def test_a_room_that_is_closed_on_his_later_nights_is_taken_from_him_as_a_whole(house: House, planned: Stay) -> None:
    with pytest.raises(Refused, match="Chen"):
        closures.close(
            house.rooms["1204"], ClosureKind.OUT_OF_ORDER, at(3), at(4), "pipe", by=house.user("manager"), now=NOON
        )
    lost = closures.make_way(house.rooms["1204"], at(3), at(4), by=house.user("manager"), now=NOON)
    assert lost == [planned.id] and nights_of_nobody(planned)


def test_nobody_plans_anew_who_agreed_to_his_rooms(house: House, planned: Stay) -> None:
    with pytest.raises(Refused, match="Choose guests"):
        runs.ask([planned.id], again=Again.ALL, by=house.user(), now=NOON)
    run = runs.ask([house.stay(nights=4).id], again=Again.FEW, by=house.user(), now=NOON)
    lines = {line.stay_id for line in queries_runs.lines_of(run.id)}
    assert len(lines) == 4
    assert planned.id not in lines
    assert planned.id not in {row.stay_id for row in queries_runs.to_place(TODAY, TODAY, with_rooms=True)}
    assert queries_runs.touched([planned.id]) == []


def test_what_is_free_is_right_in_both_rooms(house: House, planned: Stay) -> None:
    early = house.stay(nights=2, guest=house.guest("Lang"))
    late = house.stay(arrival=2, nights=2, guest=house.guest("Kurz"))
    for stay in (early, late):
        assert assignment.suggest(stay) == [], "1201 and 1204 are his on these nights"
    with pytest.raises(Taken, match="1204 is given to Chen"):
        occupancy.place(late, house.rooms["1204"])


def test_an_early_guest_does_not_come_on_the_morning_of_the_move(house: House, planned: Stay) -> None:
    other = db.session.scalars(sa.select(Stay).where(Stay.arrival == at(2))).one()
    occupancy.vacate(other, since=other.arrival)
    other.early_arrival = True
    with pytest.raises(Taken, match="not free for half of"):
        occupancy.place(other, house.rooms["1201"])
    other.early_arrival = False
    occupancy.place(other, house.rooms["1201"])


# --- In house --------------------------------------------------------------------------------------------------------
def test_a_longer_stay_goes_on_in_the_last_room(house: House, desk: Desk, planned: Stay) -> None:
    desk.check_in(planned)
    actions.extend(planned, at(6), **desk.by())
    assert rooms_of(planned) == "1201 1201 1204 1204 1204 1204"
    assert moves_of(planned) == [("1204", 2)]
    house.stay(arrival=6, room="1204", guest=house.guest("Braun"))
    with pytest.raises(Refused, match="Braun"):
        actions.extend(planned, at(7), **desk.by())


def test_a_late_check_out_is_of_the_last_room(house: House, desk: Desk, planned: Stay) -> None:
    desk.check_in(planned)
    house.stay(arrival=4, room="1204", guest=house.guest("Braun"))
    with pytest.raises(Refused, match="Braun"):
        actions.grant_late_check_out(planned, **desk.by())


@pytest.mark.parametrize(("departure", "nights", "moves"), [(3, "1201 1201 1204", [("1204", 2)]), (2, "1201 1201", [])])
def test_who_leaves_before_the_day_of_the_move_does_not_move(
    desk: Desk, planned: Stay, departure: int, nights: str, moves: list[tuple[str, int]]
) -> None:
    desk.check_in(planned)
    actions.leave_early(planned, at(departure), **desk.by())
    assert rooms_of(planned) == nights
    assert moves_of(planned) == moves
    assert planned.room
    assert planned.room.number == "1201"


def test_the_move_is_carried_out_as_every_room_change(house: House, desk: Desk, here: Stay) -> None:
    actions.change_room(here, house.rooms["1204"], "as agreed", asked_by_house=True, consent=AGREED, **desk.by())
    assert rooms_of(here) == "1201 1201 1204 1204"
    assert not moves_of(here)
    assert here.room_id == house.rooms["1204"].id
    assert house.rooms["1201"].housekeeping is Housekeeping.DIRTY
    assert prices_of(here.id) == dict.fromkeys([at(day) for day in range(4)], 68_000)


def test_of_three_rooms_the_third_is_still_his_after_the_first_move(house: House, desk: Desk) -> None:
    house.stay(arrival=1, nights=2, room="1201")
    house.stay(arrival=2, nights=1, room="1202", guest=house.guest("Braun"))
    house.stay(arrival=0, nights=2, room="1204")
    stay = house.stay(nights=3)
    agree(house, stay, ("1201", 0), ("1202", 1), ("1204", 2))
    desk.check_in(stay)
    clock.advance_business_date(TODAY, at(1), at=NOON)
    actions.change_room(stay, house.rooms["1202"], "as agreed", **desk.by())
    assert rooms_of(stay) == "1201 1202 1204"
    assert moves_of(stay) == [("1204", 2)]


def test_he_may_move_earlier_when_the_room_is_free(house: House, desk: Desk, planned: Stay) -> None:
    koch = db.session.scalars(sa.select(Stay).where(Stay.room_id == house.rooms["1204"].id)).one()
    desk.check_in(planned)
    with pytest.raises(Refused, match="Koch"):
        actions.change_room(planned, house.rooms["1204"], "noise", **desk.by())
    assignment.unplace(koch, **desk.by())
    actions.change_room(planned, house.rooms["1204"], "noise", **desk.by())
    assert rooms_of(planned) == "1204 1204 1204 1204"
    assert not moves_of(planned)


def test_another_room_than_the_one_agreed_takes_the_place_of_it(house: House, desk: Desk, planned: Stay) -> None:
    desk.check_in(planned)
    actions.change_room(planned, house.rooms["1205"], "noise", asked_by_house=True, consent="yes", **desk.by())
    assert rooms_of(planned) == "1205 1205 1205 1205"
    assert not moves_of(planned)


def test_the_new_room_must_be_clean(house: House, desk: Desk, here: Stay) -> None:
    house.rooms["1204"].housekeeping = Housekeeping.DIRTY
    db.session.flush()
    with pytest.raises(Refused, match="1204"):
        actions.change_room(here, house.rooms["1204"], "as agreed", **desk.by())


def test_he_stays_where_he_is_when_the_room_has_become_free(house: House, desk: Desk, here: Stay) -> None:
    with pytest.raises(Taken, match="Weber"):
        midway.stay_put(here, at(2), **desk.by())
    weber = db.session.scalars(sa.select(Stay).where(Stay.arrival == at(2))).one()
    reservations.cancel(weber, "ill", by=house.user("reservation_clerk"), now=NOON)
    midway.stay_put(here, at(2), **desk.by())
    assert rooms_of(here) == "1201 1201 1201 1201"
    assert not moves_of(here)
    with pytest.raises(Conflict, match="planned for that day"):
        midway.stay_put(here, at(2), **desk.by())


def test_nobody_stays_put_after_he_has_left(house: House, desk: Desk, planned: Stay) -> None:
    reservations.cancel(planned, "ill", by=house.user("reservation_clerk"), now=NOON)
    with pytest.raises(Refused, match="over"):
        midway.stay_put(planned, at(2), **desk.by())


# --- Who must know ---------------------------------------------------------------------------------------------------
def test_the_audit_does_not_close_a_date_on_which_somebody_has_not_moved(house: House, desk: Desk, here: Stay) -> None:
    assert not list(moved_as_agreed(at(1), NOON)), "not due yet"
    (finding,) = moved_as_agreed(at(2), NOON)
    assert finding.blocks
    assert (finding.mend, finding.about) == ("room_move", f"stay:{here.id}")
    assert "from room 1201 to room 1204" in str(finding.text)
    actions.change_room(here, house.rooms["1204"], "as agreed", **desk.by())
    assert not list(moved_as_agreed(at(2), NOON))


def test_the_next_shift_and_housekeeping_hear_of_it(here: Stay) -> None:
    (point,) = room_moves(Moment(at(2), NOON, NOON))
    assert (point.room, point.about) == ("1201", f"stay:{here.id}")
    assert "1204" in str(point.text)
    rooms = {room.number: room for room in board(at(2), names=True, see_incognito=True)}
    assert (rooms["1204"].from_room, rooms["1204"].coming) == ("1201", here.id)
    assert rooms["1201"].from_room is None
    assert rooms["1201"].coming is not None, "Weber comes from outside"


def test_the_departments_read_of_it_on_the_evening_before(house: House, desk: Desk, planned: Stay) -> None:
    desk.check_in(planned)
    assert moves_of_tomorrow(TODAY) == []
    (row,) = moves_of_tomorrow(at(1))
    assert (row.from_room, row.to_room, row.type, row.guest, row.consent) == (
        "1201",
        "1204",
        "STK",
        "Chen, Wei",
        AGREED,
    )


def test_a_clean_room_is_wanted_for_who_moves_in(here: Stay) -> None:
    needed = {need.code: need.coming for need in clean_rooms(at(2), "23:59")}
    assert needed["STK"] == 3, "Weber, who arrives, Wolf, who is overdue, and he"


def test_the_rack_has_him_in_both_rooms(house: House, planned: Stay) -> None:
    bars = [row for row in held(at(0), at(5), TODAY) if row.stay_id == planned.id]
    assert [(row.room_id, row.first, row.last) for row in bars] == [
        (house.rooms["1201"].id, at(0), at(1)),
        (house.rooms["1204"].id, at(2), at(3)),
    ]


def test_who_wants_no_disclosure_has_no_name_among_the_moves(here: Stay) -> None:
    here.guest.incognito = True
    db.session.flush()
    (row,) = queries_moves.due(at(2), see_incognito=False)
    assert (row.surname, row.given, row.to_room) == ("", "", "1204")
