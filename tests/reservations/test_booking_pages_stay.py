"""A stay at its page: changed after a look at what it means, cancelled, taken back; who may, and in one language."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask

from pms import access, home
from pms.access import Role
from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod
from pms.db import db, reading, work
from pms.reservations import history
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk, day, prices

SAME_IN_CHINESE = {"STK", "BAR", "COR", "PKG", "GRP", "CNY", "fri", "Fischer", "Anna", "VIP", "OTA"}


def fresh(stay_id: int) -> Stay:
    """The stay as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    with reading():
        stay = db.session.get_one(Stay, stay_id)
        db.session.expunge(stay)
    return stay


def form(page: str, **typed: Any) -> dict[str, Any]:
    """What the form of a page would send, with some fields typed anew."""
    main = page.partition('id="change"')[2].partition("</form>")[0]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>", main):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") in ("checkbox", "radio") and not re.search(r"\bchecked\b", tag):
            continue
        if found.get("name") and found["name"] not in ("csrf_token", "_token"):
            sent.setdefault(found["name"], []).append(unescape(found.get("value", "")))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', options) or re.search(r'value="([^"]*)"', options)
        sent[name] = [chosen[1] if chosen else ""]
    return sent | typed


def test_a_change_shows_first_what_it_costs_and_nothing_stays(desk: Browser, clerk: Clerk) -> None:
    stay_id = clerk.book("STK", arrival=6, nights=2).id
    page = desk.get(f"/stays/{stay_id}/change").text
    answer = desk.post(f"/stays/{stay_id}/change/preview", form(page, departure="3"))
    assert answer.status_code == 200
    assert "2,040.00" in answer.text and "It is free and can be saved." in answer.text
    assert fresh(stay_id).departure == day(8)


def test_a_change_is_saved_as_it_was_shown(desk: Browser, clerk: Clerk) -> None:
    stay_id = clerk.book("STK", arrival=6, nights=2).id
    page = desk.get(f"/stays/{stay_id}/change").text
    answer = desk.post(f"/stays/{stay_id}/change", form(page, departure="3", eta="21:00"))
    assert answer.status_code == 303, answer.text
    stay = fresh(stay_id)
    assert (stay.departure, stay.eta) == (day(9), "21:00")


def test_a_preview_says_what_stands_against_it(desk: Browser, house: House, clerk: Clerk) -> None:
    for _ in range(2):
        clerk.book("SUI", arrival=6, nights=2)
    stay_id = clerk.book("STK", arrival=6, nights=2).id
    page = desk.get(f"/stays/{stay_id}/change").text
    answer = desk.post(f"/stays/{stay_id}/change/preview", form(page, type_id=str(house.types["SUI"].id)))
    assert "Nothing of type SUI is left" in answer.text


def test_prices_by_hand_need_authority(desk: Browser, app: Flask, house: House, clerk: Clerk) -> None:
    stay_id = clerk.book("STK", arrival=6, nights=2).id
    page = desk.get(f"/stays/{stay_id}/change").text
    assert desk.post(f"/stays/{stay_id}/change", form(page, prices="500")).status_code == 303
    assert prices(fresh(stay_id)) == [50_000, 50_000]
    agent = at_desk(app, house, "front_desk_agent")
    page = agent.get(f"/stays/{stay_id}/change").text
    assert 'name="prices"' not in page
    assert agent.post(f"/stays/{stay_id}/change", form(page, prices="400")).status_code == 403


def test_the_second_of_two_editors_sees_what_changed_and_loses_nothing(
    app: Flask, house: House, desk: Browser, clerk: Clerk
) -> None:
    stay_id = clerk.book("STK", arrival=6, nights=2).id
    agent = at_desk(app, house, "front_desk_agent")
    seen_by_both = agent.get(f"/stays/{stay_id}/change").text
    desk.post(f"/stays/{stay_id}/change", form(seen_by_both, departure="3"))
    answer = agent.post(f"/stays/{stay_id}/change", form(seen_by_both, remarks="allergic to feathers"))
    assert answer.status_code == 409
    assert "Reservation Supervisor" in answer.text and "Mon 30 Nov 2026" in answer.text
    assert 'value="allergic to feathers"' in answer.text
    assert agent.post(f"/stays/{stay_id}/change", form(answer.text)).status_code == 303
    stay = fresh(stay_id)
    assert (stay.departure, stay.remarks) == (day(9), "allergic to feathers")


def test_a_cancellation_needs_a_reason_and_can_be_taken_back(desk: Browser, clerk: Clerk) -> None:
    stay_id = clerk.book("STK", arrival=6).id
    without = desk.post(f"/stays/{stay_id}/cancel", {"reason": " "})
    assert without.status_code == 422 and "Please say why" in without.text
    assert desk.post(f"/stays/{stay_id}/cancel", {"reason": "flu"}).status_code == 303
    assert fresh(stay_id).status is Status.CANCELLED
    assert f"/stays/{stay_id}/reinstate" in desk.get(f"/stays/{stay_id}").text
    assert desk.post(f"/stays/{stay_id}/reinstate").status_code == 303
    assert fresh(stay_id).status is Status.RESERVED


def test_a_deposit_is_pointed_out_before_cancelling(desk: Browser, house: House, clerk: Clerk) -> None:
    stay = clerk.book("STK", arrival=6)
    with work():
        leader = house.user("shift_leader")
        folio = cashier.open_folio(stay, by=leader, now=NOON)
        cashier.pay(folio, stay.id, 50_000, PaymentMethod.CASH, by=leader, now=NOON)
        stay_id = stay.id
    assert "A deposit of CNY 500.00 is held." in desk.get(f"/stays/{stay_id}/cancel").text


def test_all_rooms_of_a_booking_are_cancelled_together(desk: Browser, clerk: Clerk) -> None:
    ids = [stay.id for stay in clerk.take(clerk.room(arrival=6), clerk.room("DLK", arrival=6)).stays]
    assert "Also the 1 other room" in desk.get(f"/stays/{ids[0]}/cancel").text
    desk.post(f"/stays/{ids[0]}/cancel", {"reason": "flu", "all": "y"})
    assert {fresh(each).status for each in ids} == {Status.CANCELLED}


def test_what_cannot_be_reinstated_says_what_can_be_done(app: Flask, house: House, clerk: Clerk) -> None:
    agent = at_desk(app, house, "front_desk_agent")
    stay_id = clerk.book("SUI", arrival=6).id
    agent.post(f"/stays/{stay_id}/cancel", {"reason": "flu"})
    for _ in range(2):
        clerk.book("SUI", arrival=6)
    answer = agent.post(f"/stays/{stay_id}/reinstate")
    assert answer.status_code == 409 or answer.status_code == 422
    assert "Nothing of type SUI is left" in answer.text and "/reservations/new?" in answer.text


def test_a_check_in_of_today_is_taken_back_from_the_page(app: Flask, house: House) -> None:
    leader = at_desk(app, house, "shift_leader")
    with work():
        stay_id = house.stay(room="1201", status=Status.IN_HOUSE, checked_in_on=TODAY).id
        old = house.stay(arrival=-1, nights=3, room="1202", status=Status.IN_HOUSE).id
    assert f"/stays/{stay_id}/undo-check-in" in leader.get(f"/stays/{stay_id}").text
    assert f"/stays/{old}/undo-check-in" not in leader.get(f"/stays/{old}").text
    assert leader.post(f"/stays/{stay_id}/undo-check-in").status_code == 303
    assert fresh(stay_id).status is Status.RESERVED
    refused = leader.post(f"/stays/{old}/undo-check-in")
    assert refused.status_code == 422 and "which is closed" in refused.text


def test_a_promised_room_is_locked_with_its_reason(desk: Browser, house: House) -> None:
    with work():
        stay_id = house.stay(room="1201").id
    assert desk.post(f"/stays/{stay_id}/lock", {"why": ""}).status_code == 422
    assert desk.post(f"/stays/{stay_id}/lock", {"why": "honeymoon"}).status_code == 303
    assert "honeymoon" in desk.get(f"/stays/{stay_id}").text
    desk.post(f"/stays/{stay_id}/unlock")
    assert not fresh(stay_id).do_not_move


def test_the_history_is_a_readable_difference(desk: Browser, house: House, clerk: Clerk) -> None:
    stay_id = clerk.book("STK", arrival=6, nights=2).id
    page = desk.get(f"/stays/{stay_id}/change").text
    desk.post(
        f"/stays/{stay_id}/change", form(page, departure="3", type_id=str(house.types["DLK"].id), wishes=["quiet"])
    )
    shown = " ".join(re.sub(r"<[^>]+>", " ", desk.get(f"/stays/{stay_id}").text).split())
    assert "departure Sun 29 Nov 2026 → " in shown and "departure Mon 30 Nov 2026" in shown
    assert "Type STK → Type DLK" in shown
    assert "2 × CNY 680.00 → 3 × CNY 980.00" in shown
    for raw in ("{", "type_id", "null", "'"):
        assert raw not in shown.partition("History")[2].replace("o'clock", ""), raw


def test_everything_the_journal_says_of_a_stay_has_its_word() -> None:
    written = set()
    for file in home.PACKAGE.glob("*/*.py"):
        found = re.findall(r'journal\.write\(\s*by,\s*"(\w+)",\s*(?:stay|booking|into|f"stay)', file.read_text())
        written |= set(found)
    assert written - history.TOLD_BY_THE_SLIP - set(history.DONE) == set()


def pages(stay_id: int) -> dict[str, str]:
    """Every page of bookings with the action it needs."""
    number = "/reservations/T-00001"
    return {
        "/reservations": "see_reservations",
        "/reservations/new": "book",
        number: "see_reservations",
        f"{number}/add": "change_booking",
        f"/stays/{stay_id}": "see_reservations",
        f"/stays/{stay_id}/change": "change_booking",
        f"/stays/{stay_id}/cancel": "cancel_booking",
        f"/stays/{stay_id}/reinstate": "reinstate",
    }


@pytest.mark.parametrize("role", list(Role))
def test_who_may_not_is_refused_and_finds_no_button(app: Flask, house: House, role: Role) -> None:
    with work():
        stay_id = house.stay().id
    someone = at_desk(app, house, role.value)
    for path, action in pages(stay_id).items():
        allowed = role in access.ALLOWED[action]
        assert someone.get(path).status_code == (200 if allowed else 403), path
    if role in access.ALLOWED["see_reservations"]:
        shown = someone.get(f"/stays/{stay_id}").text
        assert (f"/stays/{stay_id}/cancel" in shown) == (role in access.ALLOWED["cancel_booking"])
        assert ('href="/reservations/new"' in someone.get("/reservations").text) == (role in access.ALLOWED["book"])
    here = f"/stays/{stay_id}"
    posts = {"/reservations/new": "book", f"{here}/change": "change_booking", f"{here}/lock": "lock_room"}
    posts |= {f"{here}/change/preview": "change_booking", f"{here}/cancel": "cancel_booking"}
    posts |= {f"{here}/{verb}": verb.replace("-", "_") for verb in ("undo-check-in", "undo-check-out", "reinstate")}
    for path, action in posts.items():
        if role not in access.ALLOWED[action]:
            assert someone.post(path).status_code == 403, path


def test_every_page_speaks_one_language(desk: Browser, house: House) -> None:
    with work():
        stay_id = house.stay(guest=house.guest("", "", "赵磊")).id
    for path in pages(stay_id):
        desk.post("/preferences/language", {"language": "en"})
        desk.get(path)
        desk.post("/preferences/language", {"language": "zh"})
        chinese = desk.get(path).text.partition('id="main"')[2].partition(">")[2].partition("</main>")[0]
        words = re.sub(r"<(script|style|kbd|svg)\b.*?</\1>|<[^>]+>", " ", chinese, flags=re.S)
        left = set(re.findall(r"[A-Za-z]{3,}", words)) - SAME_IN_CHINESE
        assert not left, (path, left)
