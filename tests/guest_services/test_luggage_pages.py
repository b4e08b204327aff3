"""The luggage desk: found by what the guest says, in with its tag, out with identification, refused with reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.guest_services.models import Luggage
from pms.reservations.status import Status
from tests.builders import NOON
from tests.clients import Browser, at_desk
from tests.guest_services.pages import main_of
from tests.guest_services.steps import Counter
from tests.web.statements import counted

TAKE = {
    "stay_id": "",
    "depositor": "Weber, Karl",
    "pieces": "2",
    "description": "Skis",
    "shelf": "b3",
    "due_at": "18:00",
    "no_valuables": "y",
    "no_dangerous_goods": "y",
}


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def bags(counter: Counter) -> Luggage:
    """Three pieces of Anna Fischer's, who lives in 1204."""
    with work():
        stored = counter.store(stay=counter.guest())
    db.session.expunge_all()
    return stored


@pytest.fixture
def desk(app: Flask, counter: Counter) -> Browser:
    return at_desk(app, counter.house, "concierge")


def collect(bags: Luggage, **changes: str) -> dict[str, str]:
    with reading():
        version = db.session.get_one(Luggage, bags.id, populate_existing=True).version
    return {"version": str(version), "document": "passport", "pieces": "3", "signed": "y"} | changes


def fresh(bags: Luggage) -> Luggage:
    """As the database has it now; held by no session, which would keep the desk from writing."""
    with reading():
        found = db.session.get_one(Luggage, bags.id, populate_existing=True)
        db.session.expunge(found)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens(app: Flask, counter: Counter, bags: Luggage, language: str) -> None:
    desk = at_desk(app, counter.house, "concierge", language=language)
    pages = ["", "?list=today", "?list=overdue", "?list=out", "/take", f"/{bags.id}", "?q=nobody", "/due?due_at=soon"]
    for page in pages:
        assert desk.get(f"/luggage{page}").status_code == 200, page


def test_what_is_held_is_listed_with_its_shelf_and_time(desk: Browser, bags: Luggage) -> None:
    page = main_of(desk.get("/luggage").text)
    for words in (bags.tag, "Fischer, Anna", "1204", "C5", "today 18:00", "1 taken, 39 free"):
        assert words in page, words


@pytest.mark.parametrize("typed", ["0001", "1", "fischer", "anna fis", "1204"])
def test_one_hit_is_opened_at_once(desk: Browser, bags: Luggage, typed: str) -> None:
    answer = desk.get("/luggage", query_string={"q": typed})
    assert (answer.status_code, answer.location) == (302, f"/luggage/{bags.id}")


def test_a_scanned_stub_is_its_own_proof(desk: Browser, bags: Luggage) -> None:
    answer = desk.get("/luggage", query_string={"q": bags.code.lower()})
    assert answer.location.endswith(f"?stub={bags.code}")
    assert f'value="{bags.code}"' in desk.get(answer.location).text


def test_overdue_pieces_come_first_and_have_their_list(app: Flask, counter: Counter, bags: Luggage) -> None:
    with work(), time_machine.travel(NOON - timedelta(days=2)):
        counter.now = NOON - timedelta(days=2)
        late = counter.store(depositor="Late, Leo", due_at=NOON - timedelta(days=1), shelf="D1")
    desk = at_desk(app, counter.house, "concierge")
    page = main_of(desk.get("/luggage").text)
    assert page.index("Late, Leo") < page.index("Fischer, Anna")
    overdue = main_of(desk.get("/luggage?list=overdue").text)
    assert late.tag in overdue
    assert "Fischer, Anna" not in overdue


def test_pieces_of_a_stranger_are_taken_in_and_the_tag_is_ready(desk: Browser) -> None:
    answer = desk.post("/luggage/take", TAKE)
    assert answer.status_code == 303
    page = desk.get(answer.location).text
    assert "Luggage 0001 is taken in on B3." in page
    assert "Print tag and stub" in page
    tag = desk.get("/luggage/1/tag.pdf")
    assert (tag.mimetype, tag.data[:5]) == ("application/pdf", b"%PDF-")


def test_of_a_guest_nothing_need_be_typed_twice(desk: Browser, counter: Counter) -> None:
    with work():
        stay = counter.guest()
    desk.post("/luggage/take", TAKE | {"stay_id": str(stay.id), "depositor": ""})
    with reading():
        stored = db.session.query(Luggage).one()
        assert (stored.depositor, stored.room_number, stored.stay_id) == ("Fischer, Anna", "1204", stay.id)


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"no_valuables": ""}, "no_valuables", "We keep no valuables with the luggage."),
        ({"no_dangerous_goods": ""}, "no_dangerous_goods", "dangerous goods are never kept"),
        ({"depositor": ""}, "depositor", "Choose a guest, or write down who leaves it."),
        ({"due_at": "25:00"}, "due_at", "25:00 is not a time"),
        ({"due_at": ""}, "due_at", "This is missing."),
        ({"pieces": "0"}, "pieces", "Between 1 and 99 pieces"),
        ({"shelf": "a very long shelf name"}, "shelf", "longer than 12 characters"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    desk: Browser, changed: dict[str, str], field: str, words: str
) -> None:
    form = {name: value for name, value in (TAKE | changed).items() if value}
    page = desk.post("/luggage/take", form)
    assert page.status_code == 422
    assert page.text.count(words) >= 2  # in the summary and at the field
    assert f'href="#{field}"' in page.text
    assert 'value="Skis"' in page.text
    assert "Error:" in page.text.partition("</title>")[0]


def test_luggage_is_handed_out_for_a_document(desk: Browser, bags: Luggage) -> None:
    answer = desk.post(f"/luggage/{bags.id}", collect(bags))
    assert (answer.status_code, answer.location) == (303, "/luggage")
    gone = fresh(bags)
    assert (gone.here, gone.released_to, gone.proof) == (0, "Fischer, Anna", "id: passport")
    page = desk.get(f"/luggage/{bags.id}").text
    assert "Everything is handed out." in page
    assert "Passport" in page
    assert bags.tag in main_of(desk.get("/luggage?list=out").text)


def test_fewer_pieces_are_offered_as_a_part_on_a_key(desk: Browser, bags: Luggage) -> None:
    refused = desk.post(f"/luggage/{bags.id}", collect(bags, pieces="2"))
    assert refused.status_code == 422
    assert "2 of 3 pieces were counted." in refused.text
    assert "Hand out 2; 1 stay here under the same tag" in refused.text
    assert 'name="rest_stays" value="1" data-key="1"' in refused.text
    assert desk.post(f"/luggage/{bags.id}", collect(bags, pieces="2", rest_stays="1")).status_code == 303
    assert fresh(bags).here == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"document": ""}, "Please look at the stub or at a document."),
        ({"signed": ""}, "has to sign for it"),
        ({"stub_code": "0009-AAAA"}, "This stub belongs to other luggage."),
        ({"name": "Weber, Karl"}, "Another person needs the stub or the word of Fischer, Anna."),
        ({"pieces": ""}, "This is missing."),
    ],
)
def test_what_collection_lacks_is_said_and_typed_words_stay(
    desk: Browser, bags: Luggage, changed: dict[str, str], words: str
) -> None:
    form = {name: value for name, value in collect(bags, **changed).items() if value or name != "signed"}
    page = desk.post(f"/luggage/{bags.id}", form)
    assert page.status_code == 422
    assert words in page.text
    assert fresh(bags).here == 3


def test_two_clerks_with_the_same_page_hand_out_once(app: Flask, counter: Counter, bags: Luggage) -> None:
    first, second = at_desk(app, counter.house, "concierge"), at_desk(app, counter.house, "front_desk_agent")
    form = collect(bags)
    assert first.post(f"/luggage/{bags.id}", form).status_code == 303
    late = second.post(f"/luggage/{bags.id}", form)
    assert late.status_code == 409
    assert "Luggage 0001 was handed out to Fischer, Anna on Sat 21 Nov 2026 at 12:00." in late.text


def test_the_same_form_sent_twice_counts_once(desk: Browser, bags: Luggage) -> None:
    token = "6f3c6f0e-8b9b-4c6a-9a52-0f6f0f6f0f6f"
    form = collect(bags, pieces="1", rest_stays="1")
    for _ in range(2):
        assert desk.post(f"/luggage/{bags.id}", form, token=token).status_code == 303
    assert fresh(bags).here == 2


def test_shelf_and_time_change(desk: Browser, bags: Luggage) -> None:
    assert desk.post(f"/luggage/{bags.id}/change", {"shelf": "e7", "due_at": "+1 10:00"}).status_code == 303
    assert fresh(bags).shelf == "E7"
    refused = desk.post(f"/luggage/{bags.id}/change", {"due_at": "soon"})
    assert refused.status_code == 422


def test_how_a_time_is_understood_is_said_while_the_form_is_open(desk: Browser) -> None:
    assert "Understood as Fri 27 Nov 09:30" in desk.get("/luggage/due?due_at=fri 9:30").text


def test_a_guest_who_wants_no_disclosure_is_nameless_to_the_concierge(app: Flask, counter: Counter) -> None:
    with work():
        hidden = counter.person("Hart", "Ruth", incognito=True)
        bags = counter.store(stay=counter.guest("1205", hidden), depositor="Hart, Ruth", collector="Hart, Tom")
    concierge, agent = at_desk(app, counter.house, "concierge"), at_desk(app, counter.house, "front_desk_agent")
    for page in ("", f"/{bags.id}", "?list=today"):
        assert "Hart" not in concierge.get(f"/luggage{page}").text, page
        assert "Hart" in agent.get(f"/luggage{page}").text, page
    assert concierge.get("/luggage?q=hart").status_code == 200  # found by nobody's name
    assert concierge.get(f"/luggage?q={bags.tag}").status_code == 302
    assert agent.get("/luggage?q=hart").status_code == 302


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["store_luggage"]))
def test_other_roles_see_no_luggage_desk(app: Flask, counter: Counter, bags: Luggage, role: Role) -> None:
    other = at_desk(app, counter.house, role.value)
    for page in ("/luggage", "/luggage/take", f"/luggage/{bags.id}", f"/luggage/{bags.id}/tag.pdf"):
        assert other.get(page).status_code == 403, page
    for page in ("/luggage/take", f"/luggage/{bags.id}", f"/luggage/{bags.id}/change"):
        assert other.post(page).status_code == 403, page
    assert 'href="/luggage"' not in other.get("/").text


def test_the_page_asks_no_more_for_more_luggage(desk: Browser, counter: Counter, bags: Luggage) -> None:
    desk.get("/luggage")
    with counted() as few:
        desk.get("/luggage")
    with work():
        stay = counter.house.stay(room="1202", status=Status.IN_HOUSE)
        for _ in range(12):
            counter.store(stay=stay)
    with counted() as many:
        desk.get("/luggage")
    assert len(many) == len(few)
