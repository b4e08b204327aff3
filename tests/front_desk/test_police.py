"""The police register 户管 (C9): nothing is sent twice, nothing incomplete, and the number proves it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.front_desk import police
from pms.front_desk import queries_police as register
from pms.front_desk.models import PoliceBatch, Registration
from pms.front_desk.rules import SEND_WITHIN, lacks_for_police, time_to_send
from pms.guests.models import DocumentKind, GuestDocument
from pms.journal import JournalLine
from tests.builders import NOON, TODAY, House
from tests.clients import at_desk
from tests.front_desk.steps import Desk
from tests.races import race

CHINESE = {"nationality": "CN", "sex": "F", "born_on": date(1990, 3, 1)}
GERMAN = {"nationality": "DE", "sex": "F", "born_on": date(1985, 5, 5)}


def registered(desk: Desk, room: str = "1204", surname: str = "Zhao", **person: object) -> Registration:
    """A guest checked in at noon, with everything the police want of a resident."""
    guest = desk.house.guest(surname, "Lei", **(CHINESE | person))
    stay = desk.guest_in_house(room, guest=guest)
    return db.session.scalars(sa.select(Registration).where(Registration.stay_id == stay.id)).one()


def test_what_was_sent_leaves_the_queue_and_keeps_its_proof(desk: Desk) -> None:
    first, second = registered(desk), registered(desk, "1203", "Qian")

    batch = police.send([first.id], " HZ-  2026-1 ", **desk.by())

    assert [line.id for line in register.unsent()] == [second.id]
    [line] = register.of_batch(batch)
    assert (line.id, line.reference, line.sent_at) == (first.id, "HZ- 2026-1", NOON)
    assert register.batches()[0].guests == 1
    details = db.session.scalar(sa.select(JournalLine.details).where(JournalLine.action == "send_police_register"))
    assert details == {"reference": "HZ- 2026-1", "count": 1}


def test_nothing_goes_twice(desk: Desk) -> None:
    registration = registered(desk)
    police.send([registration.id], "A1", **desk.by())
    with pytest.raises(Conflict, match="Somebody else has sent 1 of these"):
        police.send([registration.id], "A2", **desk.by())


@pytest.mark.both_engines
def test_of_two_clerks_who_send_the_same_list_one_is_told(app: Flask, desk: Desk) -> None:
    with work():
        ids = [registered(desk).id, registered(desk, "1203", "Qian").id]
        clerk = desk.house.user("front_desk_agent")
        db.session.expunge(clerk)
    results = race(app, 4, lambda number: police.send(ids, f"R{number}", by=clerk, now=NOON))

    assert sorted(type(result) is int for result in results) == [False, False, False, True]
    assert all(isinstance(result, int | Conflict) for result in results)
    with reading():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(PoliceBatch)) == 1
        assert register.count_unsent() == 0


def test_one_number_proves_one_sending(desk: Desk) -> None:
    first, second = registered(desk), registered(desk, "1203", "Qian")
    police.send([first.id], "A1", **desk.by())
    with pytest.raises(Refused, match=r"already entered by Front Desk Agent on .*21") as no:
        police.send([second.id], "A1", **desk.by())
    assert no.value.field == "reference"


def test_without_a_number_nothing_is_proved(desk: Desk) -> None:
    with pytest.raises(Refused, match="number the police gave") as no:
        police.send([registered(desk).id], "  ", **desk.by())
    assert no.value.offers


def test_somebody_must_be_marked(desk: Desk) -> None:
    with pytest.raises(Refused, match="mark the registrations"):
        police.send([], "A1", **desk.by())
    with pytest.raises(Refused, match="mark the registrations"):
        police.hand_over([], "csv", **desk.by())


def test_a_guest_from_abroad_goes_with_visa_and_purpose_only(desk: Desk) -> None:
    registration = registered(desk, surname="Fischer", **GERMAN)
    with pytest.raises(Refused, match=r"Fischer.*purpose"):
        police.send([registration.id], "A1", **desk.by())

    form = police.FromAbroad(visa="M 30", visa_expires_on=TODAY + timedelta(days=9), purpose="Business", host="Xinhe")
    police.complete(registration, form, **desk.by())
    police.send([registration.id], "A1", **desk.by())

    [line] = register.police_register(TODAY)
    assert (line.visa, line.visa_expires_on, line.purpose, line.host) == (
        "M 30", TODAY + timedelta(days=9), "Business", "Xinhe",
    )  # fmt: skip


def test_what_the_police_have_is_not_changed_quietly(desk: Desk) -> None:
    registration = registered(desk)
    police.send([registration.id], "A1", **desk.by())
    with pytest.raises(Refused, match="already been sent"):
        police.complete(registration, police.FromAbroad(purpose="Tourism"), **desk.by())


def test_the_database_knows_no_batch_without_its_time(desk: Desk) -> None:
    registration = registered(desk)
    batch = police.send([registration.id], "A1", **desk.by())
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(sa.update(Registration).values(sent_at=None, batch_id=batch))


def test_whole_numbers_leave_the_house_on_record_only(desk: Desk) -> None:
    registration = registered(desk)
    number = db.session.scalar(sa.select(GuestDocument.number))

    assert register.unsent()[0].number.startswith("•")
    assert police.hand_over([registration.id], "csv", **desk.by())[0].number == number
    assert "export_police_register" in set(db.session.scalars(sa.select(JournalLine.action)))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["send_police_register"]))
def test_other_roles_send_nothing(desk: Desk, role: Role) -> None:
    registration = registered(desk)
    with pytest.raises(NotAllowed):
        police.send([registration.id], "A1", **desk.by(role.value))
    with pytest.raises(NotAllowed):
        police.complete(registration, police.FromAbroad(), **desk.by(role.value))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["reveal_document"]))
def test_other_roles_see_no_whole_number(desk: Desk, role: Role) -> None:
    with pytest.raises(NotAllowed):
        police.hand_over([registered(desk).id], "csv", **desk.by(role.value))


@given(hours=st.integers(-72, 72))
def test_the_clock_runs_24_hours_from_the_registration(hours: int) -> None:
    left = time_to_send(NOON, NOON + timedelta(hours=hours))
    assert left == SEND_WITHIN - timedelta(hours=hours)
    assert (left < timedelta(0)) == (hours > 24)


@pytest.mark.parametrize(
    ("nationality", "document", "visa", "purpose", "lacks"),
    [
        ("CN", "resident_id", "", "", None),
        ("CN", "travel_permit", "", "", "purpose"),
        ("CN", "travel_permit", "", "Family", None),
        ("DE", "passport", "", "Tourism", "visa"),
        ("DE", "passport", "visa-free", "Tourism", None),
        ("DE", "", "L", "Tourism", "document"),
        ("", "passport", "", "", "nationality"),
    ],
)
def test_what_the_police_want_depends_on_where_the_guest_is_from(
    nationality: str, document: str, visa: str, purpose: str, lacks: str | None
) -> None:
    said = lacks_for_police(
        nationality=nationality, document=document, sex="M", born_on=date(1980, 1, 1), visa=visa, purpose=purpose
    )
    assert (lacks in str(said)) if lacks else said is None


# --- In the browser ---------------------------------------------------------------------------------------------------
def queue_of_two(desk: Desk) -> tuple[int, int]:
    with work():
        return registered(desk).id, registered(desk, "1203", "Fischer", **GERMAN).id


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_queue_marks_what_is_complete_and_names_what_is_not(app: Flask, desk: Desk, language: str) -> None:
    resident, foreigner = queue_of_two(desk)
    page = at_desk(app, desk.house, language=language).get("/police").text

    assert f'value="{resident}" checked' in page
    assert f'value="{foreigner}" checked' not in page
    assert ("缺少来华事由" if language == "zh" else "the purpose of the stay is missing") in page


def test_the_marked_ones_are_sent_and_the_proof_is_shown(app: Flask, desk: Desk) -> None:
    resident, foreigner = queue_of_two(desk)
    clerk = at_desk(app, desk.house)

    answer = clerk.post("/police", {"registration": str(resident), "reference": "HZ-77"}, follow_redirects=True)

    assert "HZ-77" in answer.text
    assert "Zhao" in answer.text
    page = clerk.get("/police").text
    assert f'id="registration-{resident}"' not in page
    assert f'id="registration-{foreigner}"' in page


def test_a_refused_sending_keeps_marks_and_number(app: Flask, desk: Desk) -> None:
    _, foreigner = queue_of_two(desk)
    clerk = at_desk(app, desk.house)

    answer = clerk.post("/police", {"registration": str(foreigner), "reference": "HZ-78"})

    assert answer.status_code == 422
    assert 'value="HZ-78"' in answer.text
    assert f'value="{foreigner}" checked' in answer.text


def test_the_form_for_guests_from_abroad_is_filled_in(app: Flask, desk: Desk) -> None:
    _, foreigner = queue_of_two(desk)
    clerk = at_desk(app, desk.house)
    assert "Purpose of stay" in clerk.get(f"/police/registrations/{foreigner}").text

    wrong = clerk.post(f"/police/registrations/{foreigner}", {"visa": "L 30", "visa_expires_on": "nonsense"})
    assert (wrong.status_code, 'value="L 30"' in wrong.text) == (422, True)
    clerk.post(f"/police/registrations/{foreigner}", {"visa": "L 30", "purpose": "Tourism", "visa_expires_on": "+9"})

    with reading():
        [line] = register.lines([foreigner])
        assert (line.visa, line.purpose, line.lacks) == ("L 30", "Tourism", None)


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_the_export_holds_the_whole_number(app: Flask, desk: Desk, form: str) -> None:
    resident, _ = queue_of_two(desk)
    answer = at_desk(app, desk.house).post(f"/police/export.{form}", {"registration": str(resident)})
    assert answer.status_code == 200
    with reading():
        number = db.session.scalars(sa.select(GuestDocument.number).order_by(GuestDocument.id)).first()
    assert number is not None
    if form == "csv":
        assert number in answer.text
        assert "Fischer" not in answer.text
    assert at_desk(app, desk.house).post("/police/export.doc").status_code == 404


def test_a_groups_collective_list_needs_somebody_registered(app: Flask, desk: Desk) -> None:
    from pms.reservations.models import Group

    with work():
        group = Group(code="WLT", name="West Lake", arrival=TODAY, departure=TODAY + timedelta(days=1))
        db.session.add(group)
        db.session.flush()
        group_id = group.id
    clerk = at_desk(app, desk.house)
    assert clerk.post(f"/police/groups/{group_id}/list.pdf").status_code == 422
    with work():
        guest = desk.house.guest("Okafor", "Chidi", nationality="NG", sex="M", born_on=date(1980, 1, 1))
        desk.guest_in_house("1204", guest=guest, group_id=group_id)
    answer = clerk.post(f"/police/groups/{group_id}/list.pdf")
    assert (answer.status_code, answer.data[:4]) == (200, b"%PDF")


def test_who_may_not_send_sees_neither_page_nor_entry(app: Flask, house: House) -> None:
    keeper = at_desk(app, house, "housekeeping")
    assert keeper.get("/police").status_code == 403
    assert 'href="/police"' not in keeper.get("/").text
    assert 'href="/police"' in at_desk(app, house).get("/").text


def test_a_resident_document_is_a_resident(desk: Desk) -> None:
    registration = registered(desk)
    paper = db.session.get_one(GuestDocument, registration.document_id)
    paper.kind = DocumentKind.RESIDENT_ID
    db.session.flush()
    assert register.unsent()[0].lacks is None
