"""Safe-deposit boxes: one guest at a time, every opening with two signatures, nothing forced by one alone (L6)."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.guest_services import boxes, boxes_of_the_house, queries_boxes
from pms.guest_services.boxes import Card
from pms.guest_services.models_boxes import BoxAct, BoxOpening, BoxSize, BoxUse, SafeBox
from pms.notices import Notice
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.guest_services.steps import Counter, journal_of
from tests.races import race

SIGNED = "Fischer, Anna"


def box(counter: Counter, number: str = "12") -> SafeBox:
    boxes_of_the_house.add_boxes(number, BoxSize.SMALL, **counter.by("assistant_manager"))
    return db.session.query(SafeBox).filter_by(number=number).one()


def given(counter: Counter, stay: Stay | None = None, **card: Any) -> BoxUse:
    who = stay or counter.guest()
    return boxes.give_box(box(counter), who, Card(SIGNED, **card), **counter.by("cashier"))


def forced(counter: Counter, use: BoxUse, **changes: Any) -> BoxUse:
    words = {
        "reason": "Guest left with the key",
        "contents": "Empty",
        "second": counter.house.user("cashier"),
    } | changes
    return boxes.force_open(use, **words, **counter.by("assistant_manager"))


def test_the_card_says_who_signed_and_which_clerk(counter: Counter) -> None:
    use = given(counter, also="Fischer, Paul", key_deposit=20_000)
    boxes.open_box(use, "Paul Fischer", **counter.by("shift_leader"))
    boxes.hand_back(use, SIGNED, empty=True, key_back=True, **counter.by("front_desk_agent"))
    card = [(line.act, line.signed_by, line.by) for line in queries_boxes.card(use.id)]
    name = {role: counter.house.user(role).name for role in ("cashier", "shift_leader", "front_desk_agent")}
    assert card == [
        (BoxAct.GIVEN, SIGNED, name["cashier"]),
        (BoxAct.OPENED, "Paul Fischer", name["shift_leader"]),
        (BoxAct.HANDED_BACK, SIGNED, name["front_desk_agent"]),
    ]
    assert (use.key_deposit, use.closed_at) == (20_000, NOON)
    assert journal_of(f"boxuse:{use.id}") == ["box_given", "box_opened", "box_handed_back"]


def test_only_a_guest_of_the_room_gets_one_and_signs(counter: Counter) -> None:
    one, stay, coming = box(counter), counter.guest(), counter.house.stay(room="1201")
    for who, name, field in ((stay, " ", "signed_by"), (stay, "Paul Weber", "signed_by"), (coming, SIGNED, "stay_id")):
        with pytest.raises(Refused) as no:
            boxes.give_box(one, who, Card(name), **counter.by("cashier"))
        assert no.value.field == field
    with pytest.raises(Refused, match="below nothing"):
        boxes.give_box(one, stay, Card(SIGNED, key_deposit=-1), **counter.by("cashier"))


def test_another_signature_opens_nothing_and_tells_no_name(counter: Counter) -> None:
    use = given(counter)
    for act in (
        lambda **who: boxes.open_box(use, "Paul Weber", **who),
        lambda **who: boxes.hand_back(use, "Paul Weber", empty=True, key_back=True, **who),
    ):
        with pytest.raises(Refused, match="not the signature on the card of box 12") as no:
            act(**counter.by("cashier"))
        assert "Fischer" not in str(no.value.reason)
    assert [line.act for line in queries_boxes.card(use.id)] == [BoxAct.GIVEN]


@pytest.mark.parametrize(("empty", "key_back", "field"), [(False, True, "empty"), (True, False, "key_back")])
def test_it_comes_back_empty_and_with_its_key(counter: Counter, empty: bool, key_back: bool, field: str) -> None:
    use = given(counter)
    with pytest.raises(Refused) as no:
        boxes.hand_back(use, SIGNED, empty=empty, key_back=key_back, **counter.by("cashier"))
    assert (no.value.field, use.closed_at) == (field, None)


def test_a_lost_key_ends_in_a_drilled_lock_before_two_people(counter: Counter) -> None:
    use = given(counter)
    boxes.report_lost_key(use, **counter.by("cashier"))
    boxes.report_lost_key(use, **counter.by("cashier"))
    assert journal_of(f"boxuse:{use.id}").count("lose_box_key") == 1
    with pytest.raises(Refused, match="drilling the lock"):
        boxes.open_box(use, SIGNED, **counter.by("cashier"))
    with pytest.raises(Refused, match="drilling the lock"):
        boxes.hand_back(use, SIGNED, empty=True, key_back=True, **counter.by("cashier"))
    am = counter.house.user("assistant_manager")
    for wrong, field in (({"reason": " "}, "reason"), ({"contents": ""}, "contents"), ({"second": None}, "second"),
                         ({"second": am}, "second")):  # fmt: skip
        with pytest.raises(Refused) as no:
            forced(counter, use, **wrong)
        assert no.value.field == field
    with pytest.raises(NotAllowed):
        forced(counter, use, second=counter.house.user("housekeeping"))
    forced(counter, use, signed_by=SIGNED)
    last = queries_boxes.card(use.id)[-1]
    assert (last.act, last.by, last.second) == (BoxAct.FORCED, am.name, counter.house.user("cashier").name)
    assert (use.box.active, use.box.note) == (False, "Guest left with the key")
    with pytest.raises(Refused, match="out of use"):
        boxes.give_box(use.box, use.stay, Card(SIGNED), **counter.by("cashier"))


def test_a_taken_box_is_refused_with_who_gave_it_and_the_free_ones(counter: Counter) -> None:
    use, other = given(counter), counter.guest("1205", counter.person("Weber", "Karl"))
    spare = box(counter, "13")
    with pytest.raises(Conflict, match=r"given to another guest by .* at 12:00") as no:
        boxes.give_box(use.box, other, Card("Weber, Karl"), **counter.by("front_desk_agent"))
    assert [offer.value for offer in no.value.offers] == [spare.id]


def test_a_closed_card_stays_closed(counter: Counter) -> None:
    use = given(counter)
    boxes.hand_back(use, SIGNED, empty=True, key_back=True, **counter.by("cashier"))
    again: list[Any] = [
        lambda **who: boxes.open_box(use, SIGNED, **who),
        lambda **who: boxes.hand_back(use, SIGNED, empty=True, key_back=True, **who),
        lambda **who: boxes.report_lost_key(use, **who),
    ]
    for act in again:
        with pytest.raises(Conflict, match="closed by"):
            act(**counter.by("cashier"))
    with pytest.raises(Conflict, match="closed by"):
        forced(counter, use)
    assert boxes.give_box(use.box, use.stay, Card(SIGNED), **counter.by("cashier")).id != use.id


@pytest.mark.both_engines
def test_one_guest_per_box_however_many_clerks_give_it(app: Flask, counter: Counter) -> None:
    with work():
        one, who = box(counter), counter.by("cashier")
        rooms = ("1201", "1202", "1203")
        stays = [counter.guest(room, counter.person("Fischer", "Anna")) for room in rooms]
        keys = [stay.id for stay in stays]

    def give(number: int) -> BoxUse:
        found, stay = db.session.get_one(SafeBox, one.id), db.session.get_one(Stay, keys[number])
        return boxes.give_box(found, stay, Card(SIGNED), **who)

    results = race(app, 3, give)
    assert sum(isinstance(result, Conflict) for result in results) == 2
    assert sum(isinstance(result, BoxUse) for result in results) == 1


@pytest.mark.both_engines
def test_it_is_handed_back_once(app: Flask, counter: Counter) -> None:
    with work():
        use, who = given(counter), counter.by("cashier")

    def back(_: int) -> BoxUse:
        found = db.session.get_one(BoxUse, use.id)
        return boxes.hand_back(found, SIGNED, empty=True, key_back=True, **who)

    assert sum(isinstance(result, Conflict) for result in race(app, 3, back)) == 2
    assert db.session.query(BoxOpening).filter_by(act=BoxAct.HANDED_BACK).count() == 1


@pytest.mark.both_engines
@pytest.mark.parametrize(
    "line",
    [
        {"act": "opened", "signed_by": ""},
        {"act": "opened", "signed_by": "A", "second_id": "other"},
        {"act": "forced", "reason": "r", "contents": "c"},
        {"act": "forced", "reason": "r", "contents": "c", "second_id": "same"},
        {"act": "forced", "reason": "", "contents": "c", "second_id": "other"},
    ],
)
def test_the_database_keeps_no_opening_without_its_signatures(
    app: Flask, counter: Counter, line: dict[str, Any]
) -> None:
    with work():
        use, by = given(counter), counter.house.user("cashier")
        second = {"other": counter.house.user("concierge").id, "same": by.id}.get(line.get("second_id", ""))
    row = {"use_id": use.id, "by_id": by.id, "at": NOON, "business_date": TODAY, "reason": "", "contents": "",
           "signed_by": ""}  # fmt: skip
    with pytest.raises(sa.exc.IntegrityError), work():
        db.session.execute(sa.insert(BoxOpening.__table__).values(row | line | {"second_id": second}))


def test_the_paper_of_the_night_names_who_leaves(counter: Counter) -> None:
    use = given(counter, counter.guest(nights=1))
    boxes.open_box(use, SIGNED, **counter.by("cashier"))
    hidden = counter.guest("1205", counter.person("Hart", "Ruth", incognito=True), nights=4)
    boxes.give_box(box(counter, "13"), hidden, Card("Ruth Hart"), **counter.by("cashier"))
    rows = queries_boxes.safe_boxes(TODAY)
    assert [(row.number, row.room, row.openings, row.leaves_next, row.guest_incognito) for row in rows] == [
        ("12", "1204", 1, True, False),
        ("13", "1205", 0, False, True),
    ]
    use.stay.status = Status.CHECKED_OUT
    db.session.flush()
    assert [row.in_house for row in queries_boxes.safe_boxes(TODAY)] == [False, True]


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["keep_safe_boxes"]))
def test_who_has_nothing_to_do_with_boxes(counter: Counter, role: Role) -> None:
    use = given(counter)
    for act in (
        lambda **who: boxes.give_box(use.box, use.stay, Card(SIGNED), **who),
        lambda **who: boxes.open_box(use, SIGNED, **who),
        lambda **who: boxes.hand_back(use, SIGNED, empty=True, key_back=True, **who),
        lambda **who: boxes.report_lost_key(use, **who),
    ):
        with pytest.raises(NotAllowed):
            act(**counter.by(role.value))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["force_safe_box"]))
def test_no_lock_is_drilled_without_the_assistant_manager(counter: Counter, role: Role) -> None:
    use = given(counter)
    with pytest.raises(NotAllowed):
        boxes.force_open(use, "r", "c", counter.house.user("concierge"), **counter.by(role.value))


def test_who_leaves_with_a_box_is_asked_and_somebody_is_told(counter: Counter) -> None:
    use = given(counter)
    with pytest.raises(Refused, match="box 12 is still in use") as no:
        boxes.answer_at_check_out(use.stay, False, **counter.by("cashier"))
    assert no.value.field == "box_stays"
    before = db.session.query(Notice).count()
    boxes.answer_at_check_out(use.stay, True, **counter.by("cashier"))
    assert db.session.query(Notice).count() == before + 1
    assert "leave_with_box" in journal_of(f"stay:{use.stay_id}")
    boxes.answer_at_check_out(counter.guest("1205"), False, **counter.by("cashier"))  # has none: nothing is asked


def test_boxes_are_numbered_by_the_manager(counter: Counter) -> None:
    duty = counter.by("assistant_manager")
    assert boxes_of_the_house.add_boxes("8-11", BoxSize.LARGE, **duty) == ["8", "9", "10", "11"]
    assert [one.number for one in queries_boxes.free_boxes()] == ["8", "9", "10", "11"]
    for wrong in ("", "11-12", "20-10", "1-900"):
        with pytest.raises(Refused) as no:
            boxes_of_the_house.add_boxes(wrong, BoxSize.SMALL, **duty)
        assert no.value.field == "numbers"
    with pytest.raises(NotAllowed):
        boxes_of_the_house.add_boxes("50", BoxSize.SMALL, **counter.by("cashier"))


def test_a_box_is_taken_out_of_use_with_a_reason_and_not_while_a_guest_has_it(counter: Counter) -> None:
    use, duty = given(counter), counter.by("assistant_manager")
    one = use.box
    with pytest.raises(Refused, match="A guest has box 12"):
        boxes_of_the_house.change_box(one, BoxSize.SMALL, False, "Hinge", version=one.version, **duty)
    boxes.hand_back(use, SIGNED, empty=True, key_back=True, **counter.by("cashier"))
    with pytest.raises(Refused, match="why the box is out of use"):
        boxes_of_the_house.change_box(one, BoxSize.SMALL, False, " ", version=one.version, **duty)
    with pytest.raises(Conflict):
        boxes_of_the_house.change_box(one, BoxSize.SMALL, False, "Hinge", version=one.version + 1, **duty)
    boxes_of_the_house.change_box(one, BoxSize.LARGE, False, "Hinge", version=one.version, **duty)
    assert queries_boxes.free_boxes() == []
    boxes_of_the_house.change_box(one, BoxSize.LARGE, True, "", version=one.version, **duty)
    assert (one.size, one.note, len(queries_boxes.free_boxes())) == (BoxSize.LARGE, "", 1)
    with pytest.raises(NotAllowed):
        boxes_of_the_house.change_box(one, BoxSize.LARGE, True, "", version=one.version, **counter.by("cashier"))
