"""VIPs from the request form to the registration in the room (C6), disabled and returning guests (C3, C7, C8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk import actions, in_room, queries, queries_special, vip
from pms.front_desk.models_special import EarlyCheckIn, RequestStatus, RoomInspection, VipRequest
from pms.front_desk.vip import Honours
from pms.notices import Department, Notice
from pms.property.models import Housekeeping, Room
from pms.property.models_welcome import Gift
from pms.reservations import welcome
from pms.reservations.models import Stay
from pms.reservations.status import Status
from pms.say import from_json
from tests.builders import NOON, TODAY
from tests.clients import at_desk
from tests.front_desk.steps import Desk, journal_of, told_about
from tests.races import race
from tests.reporting.reading import text_of

HONOURS = Honours(level=1, host="Trade Office", welcome_party="General manager at the door")
AM = "assistant_manager"
SOON = "12:30"  # it is noon


def expected(desk: Desk, **values: object) -> Stay:
    """A guest who comes in half an hour, with a suite booked and no room yet."""
    stay: Stay = desk.house.stay(**{"kind": "SUI", "eta": SOON, **values})  # type: ignore[arg-type]
    return stay


def approved(desk: Desk, stay: Stay, honours: Honours = HONOURS) -> VipRequest:
    request = vip.request_vip(stay, honours, **desk.by("reservation_clerk"))
    vip.decide(request, True, **desk.by(AM))
    return request


def inspected(desk: Desk, **values: object) -> Stay:
    stay = expected(desk, **values)
    approved(desk, stay)
    vip.inspect(stay, **desk.by(AM))
    return stay


def policy(desk: Desk, **values: Any) -> None:
    row = {"vip_level": 0, "from_stay": 0, "kind": Gift.FRUIT, "name_en": "Fruit", "name_zh": "水果", "active": True}
    row |= {"department": Department.HOUSEKEEPING} | values
    welcome.save_line(None, row, **desk.by("manager"))


def test_a_request_tells_the_am_alone_and_takes_the_amenities_of_the_level(desk: Desk) -> None:
    policy(desk, vip_level=1)
    stay = expected(desk)
    request = vip.request_vip(stay, HONOURS, **desk.by("reservation_clerk"))
    assert (request.status, request.amenities) == (RequestStatus.REQUESTED, "Fruit 水果")
    assert told_about(stay) == {Department.ASSISTANT_MANAGER}
    assert stay.vip_level == 0


def test_approval_gives_level_host_amenities_and_the_best_room(desk: Desk) -> None:
    stay = expected(desk)
    desk.house.rooms["1302"].condition = 95
    approved(desk, stay)
    assert (stay.vip_level, stay.vip_host) == (1, "Trade Office")
    assert stay.room is not None
    assert stay.room.type.code == "SUI"
    assert told_about(stay) == {Department.ASSISTANT_MANAGER}


def test_a_vip_who_comes_before_noon_has_a_room_that_nobody_leaves_that_day(desk: Desk) -> None:
    desk.house.rooms["1302"].condition = 95
    desk.house.stay(arrival=-1, nights=2, room="1302", status=Status.IN_HOUSE, guest=desk.house.guest("Adler"))
    stay = desk.house.stay(arrival=1, kind="SUI", room="1302", eta="09:30")
    request = vip.request_vip(stay, replace(HONOURS, early_arrival=True), **desk.by("reservation_clerk"))
    assert not stay.early_arrival  # nobody has decided yet
    (said,) = vip.decide(request, True, **desk.by(AM))
    assert "Room 1302 was released" in str(said)
    assert stay.early_arrival and stay.room is not None and stay.room.number == "1301"


def test_a_vip_expected_in_the_afternoon_does_not_come_before_noon(desk: Desk) -> None:
    with pytest.raises(Refused, match="is not before noon") as no:
        vip.request_vip(expected(desk), replace(HONOURS, early_arrival=True), **desk.by("reservation_clerk"))
    assert no.value.field == "early_arrival"


def test_nobody_else_is_told_before_the_am_has_looked_at_the_room(desk: Desk) -> None:
    stay = expected(desk)
    approved(desk, stay)
    assert told_about(stay) == {Department.ASSISTANT_MANAGER}

    vip.inspect(stay, **desk.by(AM))

    assert {Department.HOUSEKEEPING, Department.OPERATOR, Department.RESTAURANTS} <= told_about(stay)
    text = str(from_json(db.session.scalars(sa.select(Notice.text).order_by(Notice.id.desc())).first()))
    assert "V1" in text
    assert "General manager at the door" in text
    assert stay.room is not None
    assert (stay.inspected_at, stay.room.housekeeping) == (NOON, Housekeeping.INSPECTED)


def test_an_inspection_counts_for_that_room_only(desk: Desk) -> None:
    from pms.assignment.actions import place_stay

    stay = inspected(desk)
    assert stay.room is not None
    other = "1302" if stay.room.number == "1301" else "1301"
    with pytest.raises(Conflict, match="inspected for this guest already"):
        vip.inspect(stay, **desk.by(AM))
    place_stay(stay, desk.house.rooms[other], **desk.by())
    assert not queries_special.is_inspected(stay)
    vip.inspect(stay, **desk.by(AM))


def test_a_dirty_room_is_not_inspected(desk: Desk) -> None:
    stay = expected(desk, room="1301")
    desk.house.rooms["1301"].housekeeping = Housekeeping.DIRTY
    with pytest.raises(Refused, match="not clean yet") as no:
        vip.inspect(stay, **desk.by(AM))
    assert no.value.offers
    with pytest.raises(Refused, match="room first"):
        vip.inspect(expected(desk), **desk.by(AM))


def test_a_second_request_waits_for_the_first_and_a_declined_one_may_be_asked_again(desk: Desk) -> None:
    stay = expected(desk)
    request = vip.request_vip(stay, HONOURS, **desk.by("reservation_clerk"))
    with pytest.raises(Refused, match="a request for this stay already"):
        vip.request_vip(stay, HONOURS, **desk.by("reservation_clerk"))
    with pytest.raises(Refused, match="why the request is declined"):
        vip.decide(request, False, "  ", **desk.by(AM))
    vip.decide(request, False, "Not this time", **desk.by(AM))
    assert (request.status, stay.vip_level) == (RequestStatus.DECLINED, 0)
    assert vip.request_vip(stay, HONOURS, **desk.by("reservation_clerk")).status is RequestStatus.REQUESTED


@pytest.mark.parametrize(
    ("honours", "field"),
    [
        (Honours(level=4, host="X"), "level"),
        (Honours(level=0, host="X"), "level"),
        (Honours(level=2, host=" "), "host"),
    ],
)
def test_a_request_names_level_and_host(desk: Desk, honours: Honours, field: str) -> None:
    with pytest.raises(Refused) as no:
        vip.request_vip(expected(desk), honours, **desk.by("reservation_clerk"))
    assert no.value.field == field


@pytest.mark.both_engines
def test_of_two_who_decide_one_is_told_that_it_is_decided(app: Flask, desk: Desk) -> None:
    with work():
        request_id = vip.request_vip(expected(desk), HONOURS, **desk.by("reservation_clerk")).id
        am = desk.house.user(AM)
        db.session.expunge(am)

    def decide(number: int) -> None:
        vip.decide(db.session.get_one(VipRequest, request_id), False, f"no {number}", by=am, now=NOON)

    results = race(app, 3, decide)
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 2


# --- Check-in before the guest comes ----------------------------------------------------------------------------------
def test_a_vip_is_checked_in_before_he_comes_and_registers_in_the_room(desk: Desk) -> None:
    stay = inspected(desk)
    room = in_room.check_in_early(stay, **desk.by())

    assert stay.status is Status.IN_HOUSE
    assert [row.id for row in queries.registrations_of(stay.id)] == []
    [key] = queries.keys_of(stay.id)
    assert (key.valid_until.hour, key.valid_until.date()) == (10, stay.departure)  # 18:00 in Shanghai
    text = str(from_json(db.session.scalars(sa.select(Notice.text).order_by(Notice.id.desc())).first()))
    assert text.startswith("V1 Fischer")
    assert f"room {room}" in text

    in_room.register_in_room(stay, desk.sheet(stay), **desk.by(AM))

    assert len(queries.registrations_of(stay.id)) == 1
    assert journal_of(stay)[-2:] == ["check_in_early", "register_in_room"]
    with pytest.raises(Conflict, match="registered already"):
        in_room.register_in_room(stay, desk.sheet(stay), **desk.by(AM))


def test_what_no_stroke_may_skip_is_not_skipped_in_the_room(desk: Desk) -> None:
    stay = inspected(desk)
    in_room.check_in_early(stay, **desk.by())
    for lacking in ({"signed": False}, {"documents": ()}, {"deposit": None}):
        with pytest.raises(Refused):
            in_room.register_in_room(stay, desk.sheet(stay, **lacking), **desk.by(AM))


@pytest.mark.parametrize(("eta", "why"), [("13:01", "too early"), ("", "when the guest arrives")])
def test_the_system_check_in_is_made_an_hour_before_at_most(desk: Desk, eta: str, why: str) -> None:
    stay = inspected(desk, eta=eta)
    with pytest.raises(Refused, match=why):
        in_room.check_in_early(stay, **desk.by())
    assert stay.status is Status.RESERVED


def test_a_room_nobody_has_inspected_is_no_room_for_a_vip(desk: Desk) -> None:
    stay = expected(desk)
    approved(desk, stay)
    with pytest.raises(Refused, match="not inspected the room"):
        in_room.check_in_early(stay, **desk.by())


def test_who_comes_for_the_first_time_is_checked_in_at_the_desk(desk: Desk) -> None:
    stay = expected(desk, kind="STK", room="1204")
    with pytest.raises(Refused, match="Only VIPs, disabled and returning"):
        in_room.check_in_early(stay, **desk.by())
    desk.house.stay(arrival=-9, nights=1, guest=stay.guest, status=Status.CHECKED_OUT)
    assert in_room.check_in_early(stay, **desk.by()) == "1204"


def test_a_disabled_guest_is_announced_with_wheelchair_and_escort(desk: Desk) -> None:
    stay = expected(desk, kind="STK", room="1204", needs="accessible")
    vip.inspect(stay, **desk.by(AM))
    text = str(from_json(db.session.scalars(sa.select(Notice.text).order_by(Notice.id.desc())).first()))
    assert "wheelchair" in text
    assert Department.ASSISTANT_MANAGER in told_about(stay)


def test_an_early_check_in_can_be_taken_back(desk: Desk) -> None:
    stay = inspected(desk)
    in_room.check_in_early(stay, **desk.by())
    actions.undo_check_in(stay, **desk.by())
    assert stay.status is Status.RESERVED
    assert db.session.get(EarlyCheckIn, stay.id) is None


def test_who_was_registered_at_the_desk_is_not_registered_again(desk: Desk) -> None:
    stay = desk.guest_in_house()
    with pytest.raises(Refused, match="registered at the desk"):
        in_room.register_in_room(stay, desk.sheet(stay), **desk.by(AM))


@pytest.mark.parametrize(
    ("action", "verb"),
    [("request_vip", "request"), ("set_vip", "decide"), ("inspect_for_guest", "inspect"), ("check_in_early", "early"),
     ("register_in_room", "register")],
)  # fmt: skip
def test_other_roles_do_none_of_it(desk: Desk, action: str, verb: str) -> None:
    stay = expected(desk, room="1301")
    request = VipRequest(stay_id=stay.id, level=1, host="X", requested_by=desk.house.user().id, requested_at=NOON)
    for role in sorted(set(Role) - access.ALLOWED[action]):
        by = desk.by(role.value)
        acts = {
            "request": lambda by=by: vip.request_vip(stay, HONOURS, **by),
            "decide": lambda by=by: vip.decide(request, True, **by),
            "inspect": lambda by=by: vip.inspect(stay, **by),
            "early": lambda by=by: in_room.check_in_early(stay, **by),
            "register": lambda by=by: in_room.register_in_room(stay, actions.CheckIn(), **by),
        }
        with pytest.raises(NotAllowed):
            acts[verb]()


def test_history_shows_what_was_done_before(desk: Desk) -> None:
    stay = expected(desk)
    former = desk.house.stay(arrival=-30, nights=2, guest=stay.guest, status=Status.CHECKED_OUT)
    db.session.add(
        VipRequest(stay_id=former.id, level=2, host="Embassy", status=RequestStatus.APPROVED, requested_by=1,
                   requested_at=NOON, decided_by=desk.house.user(AM).id, decided_at=NOON)
    )  # fmt: skip
    db.session.flush()
    [before] = queries_special.former_requests(stay)
    assert (before.level, before.host, before.arrival) == (2, "Embassy", TODAY - timedelta(days=30))


# --- In the browser ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_shows_vips_disabled_and_frequent_guests(app: Flask, desk: Desk, language: str) -> None:
    with work():
        stay = expected(desk, guest=desk.house.guest("Whitfield"))
        approved(desk, stay)
        expected(desk, kind="STK", guest=desk.house.guest("Baker"), needs="accessible")
        policy(desk, from_stay=3)
        often = expected(desk, kind="STT", guest=desk.house.guest("Okafor"))
        for number in range(2, 4):
            desk.house.stay(arrival=-9 * number, nights=1, guest=often.guest, status=Status.CHECKED_OUT)
        expected(desk, kind="DLK", guest=desk.house.guest("Nobody"))
    page = at_desk(app, desk.house, AM, language=language).get("/special-arrivals").text
    assert all(name in page for name in ("Whitfield", "Baker", "Okafor"))
    assert "Nobody" not in page
    assert ("已查房，通知" if language == "zh" else "Inspected, tell all") in page


def test_a_vip_goes_through_the_pages(app: Flask, desk: Desk) -> None:
    with work():
        stay_id = expected(desk, guest=desk.house.guest("Whitfield")).id
        db.session.execute(sa.update(Room).values(housekeeping=Housekeeping.CLEAN))
    clerk, am = at_desk(app, desk.house, "reservation_clerk"), at_desk(app, desk.house, AM)
    here = f"/stays/{stay_id}"

    wrong = clerk.post(f"{here}/vip", {"level": "1", "host": "", "welcome_party": "GM"})
    assert (wrong.status_code, 'value="GM"' in wrong.text) == (422, True)
    assert clerk.post(f"{here}/vip", {"level": "1", "host": "Trade Office"}).status_code == 303
    assert clerk.post(f"{here}/vip/decide", {"answer": "approve"}).status_code == 403
    assert "Approve" not in clerk.get(f"{here}/vip").text
    assert am.post(f"{here}/vip/decide", {"answer": "decline"}).status_code == 422
    assert am.post(f"{here}/vip/decide", {"answer": "approve"}).status_code == 303
    assert am.post(f"{here}/inspected").status_code == 303
    assert am.get(f"{here}/vip.pdf").data[:4] == b"%PDF"
    with reading():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(RoomInspection)) == 1


def test_the_request_form_asks_whether_the_vip_comes_before_noon(app: Flask, desk: Desk) -> None:
    with work():
        stay_id = expected(desk, eta="09:30").id
    clerk, here = at_desk(app, desk.house, "reservation_clerk"), f"/stays/{stay_id}/vip"
    assert "Comes before noon" in clerk.get(here).text
    assert "中午前抵店" in at_desk(app, desk.house, AM, "zh").get(here).text
    asked = {"level": "1", "host": "Trade Office", "early_arrival": "y"}
    assert clerk.post(here, asked).status_code == 303
    assert "before noon" in clerk.get(here).text
    assert "before noon" in text_of(clerk.get(f"/stays/{stay_id}/vip.pdf").data)
    assert at_desk(app, desk.house, AM).post(f"{here}/decide", {"answer": "approve"}).status_code == 303
    with reading():
        assert db.session.get_one(Stay, stay_id).early_arrival


def test_a_guest_without_disclosure_is_seen_by_those_who_may(app: Flask, desk: Desk) -> None:
    with work():
        guest = desk.house.guest("Raghunathan", incognito=True)
        expected(desk, guest=guest, vip_level=2)
    assert "Raghunathan" not in at_desk(app, desk.house, "reservation_clerk").get("/special-arrivals").text
    assert "Raghunathan" in at_desk(app, desk.house, AM).get("/special-arrivals").text
