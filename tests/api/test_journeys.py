"""Whole jobs over the API, as a kiosk or a channel manager does them."""

from __future__ import annotations

import pytest

from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program

pytestmark = pytest.mark.both_engines


def test_from_availability_to_check_out(desk: Program) -> None:
    free = desk.get("/availability", arrival=DAY, departure="2026-11-23", type="STK", plan="BAR")
    (kind,) = free["types"]
    assert (kind["left"], kind["prices"][0]["nightly"]) == (3, [68_000, 68_000])
    guest = desk.guest("Fischer")
    booking = desk.book(desk.wish(guest))
    (stay,) = booking["stays"]
    assert booking["confirmation"].startswith("LT-26-")
    assert [night["price"] for night in stay["nights"]] == [68_000, 68_000]

    best = desk.get(f"/stays/{stay['id']}/rooms")["items"][0]["room"]
    assert desk.put(f"/stays/{stay['id']}/room", {"room": best})["room"] == best
    deposit = {"kind": "card", "amount": 50_000, "reference": "A1"}
    done = desk.post(f"/stays/{stay['id']}/check-in", desk.sheet(guest, deposit=deposit, keys=2))
    assert (done["room"], done["stay"]["status"]) == (best, "in_house")

    charge = desk.post(f"/stays/{stay['id']}/postings", {"kind": "laundry", "amount": 5_000})
    assert charge["balance"] == -45_000
    refund = {"kind": "refund", "amount": 45_000, "method": "card"}
    assert desk.post(f"/stays/{stay['id']}/payments", refund)["balance"] == 0
    early = {"departure": DAY, "day_use_price": 0}
    assert desk.post(f"/stays/{stay['id']}/departure", early)["stay"]["departure"] == DAY
    assert desk.post(f"/stays/{stay['id']}/check-out")["status"] == "checked_out"
    folio = desk.get(f"/stays/{stay['id']}/folio")
    assert (folio["balance"], folio["closed_on"], len(folio["postings"])) == (0, DAY, 3)


def test_a_booking_of_several_rooms_is_changed_cancelled_and_reinstated(desk: Program) -> None:
    guest = desk.guest()
    booking = desk.book(desk.wish(guest), desk.wish(guest, "DLK", adults=2), booker="Ms Fischer")
    first, second = booking["stays"]
    change = {"version": first["version"], "departure": "2026-11-25", "eta": "18:30"}
    changed = desk.call("PATCH", f"/stays/{first['id']}", change)
    assert (changed.status_code, changed.json["departure"], len(changed.json["nights"])) == (200, "2026-11-25", 4)
    assert desk.post(f"/stays/{second['id']}/cancellation", {"reason": "one less"})["status"] == "cancelled"
    assert desk.post(f"/stays/{second['id']}/reinstatement", {})["status"] == "reserved"
    more = desk.post(f"/reservations/{booking['confirmation']}/stays", {"stays": [desk.wish(guest, "STT")]})
    assert [stay["type"] for stay in more["stays"]] == ["STK", "DLK", "STT"]
    assert desk.get(f"/reservations/{booking['confirmation'].lower()}") == more


def test_arrivals_are_placed_together_and_one_is_taken_back(desk: Program) -> None:
    booking = desk.book(desk.wish(desk.guest()), desk.wish(desk.guest("Okafor"), "SUI"))
    plan = desk.post("/placings", {"day": DAY})
    assert {each["stay_id"] for each in plan["placed"]} == {stay["id"] for stay in booking["stays"]}
    assert all(each["why"] for each in plan["placed"])
    assert desk.call("DELETE", f"/stays/{booking['stays'][0]['id']}/room").json["room"] is None


def test_a_guest_in_house_moves_stays_longer_and_another_is_displaced(desk: Program) -> None:
    stay = desk.in_house("1204")
    moved = desk.post(f"/stays/{stay}/room-change", {"room": "1201", "reason": "the lift is loud"})
    assert (moved["old_room"], moved["new_room"], moved["rate_effect"]) == ("1204", "1201", 0)
    later = desk.book(desk.wish(desk.guest("Okafor"), arrival="2026-11-23", departure="2026-11-24"))["stays"][0]
    desk.put(f"/stays/{later['id']}/room", {"room": "1201"})
    what = desk.get(f"/stays/{stay}/departure", departure="2026-11-24")
    assert (what["free"], [each["stay_id"] for each in what["displaced"]]) == (False, [later["id"]])
    problem = desk.refused("POST", f"/stays/{stay}/departure", {"departure": "2026-11-24"})
    assert problem["offers"][-1] == {
        "text": "Extend, and give Okafor, Anna another room", "kind": "displace", "value": [later["id"]],
    }  # fmt: skip
    done = desk.post(f"/stays/{stay}/departure", {"departure": "2026-11-24", "displace": True})
    assert (done["moved"], done["stay"]["departure"], done["top_up"]) == ([later["id"]], "2026-11-24", 3 * 68_000)


def test_luggage_comes_in_and_goes_out_once(program_of: NewProgram) -> None:
    concierge = program_of("concierge")
    due = "2098-01-01T10:00:00Z"
    pieces = {"depositor": "Anna Fischer", "pieces": 2, "description": "two red cases", "shelf": "a3", "due_at": due}
    stored = concierge.post("/luggage", pieces | {"no_valuables": True, "no_dangerous_goods": True})
    assert [each["tag"] for each in concierge.get("/luggage", q="fischer")["items"]] == [stored["tag"]]
    call = {"name": "Anna Fischer", "pieces": 2, "signed": True, "stub_code": stored["code"]}
    assert concierge.post(f"/luggage/{stored['tag']}/release", call)["released_to"] == "Anna Fischer"
    assert concierge.refused("POST", f"/luggage/{stored['tag']}/release", call)["status"] == 409
    assert concierge.get("/luggage")["items"] == []


def test_a_message_is_taken_listed_and_delivered(desk: Program) -> None:
    stay = desk.in_house()
    words = {"caller": "Mr Li", "text": "Please call back.", "read_back": True}
    slip = desk.post(f"/stays/{stay}/messages", words)
    assert [each["number"] for each in desk.get("/messages")["items"]] == [slip["number"]]
    assert desk.post(f"/messages/{slip['number']}/delivery")["status"] == "delivered"
    assert desk.get("/messages")["items"] == []


def test_a_caller_hears_the_same_of_a_hidden_guest_as_of_a_stranger(desk: Program) -> None:
    known = desk.in_house("1204")
    hidden = desk.guest("Secret", incognito=True)
    stay = desk.book(desk.wish(hidden))["stays"][0]["id"]
    desk.post(f"/stays/{stay}/check-in", desk.sheet(hidden, room="1201"))
    assert desk.post("/enquiries", {"name": "Fischer"})["stay_id"] == known
    assert desk.post("/enquiries", {"name": "Secret"}) == desk.post("/enquiries", {"name": "Nobody"})
    assert desk.refused("POST", "/enquiries", {"name": " "})["status"] == 422


def test_rooms_change_state_and_are_closed(program_of: NewProgram) -> None:
    housekeeping = program_of("housekeeping")
    assert housekeeping.put("/rooms/1201/housekeeping", {"state": "dirty"})["housekeeping"] == "dirty"
    assert [room["number"] for room in housekeeping.get("/rooms", housekeeping="dirty")["items"]] == ["1201"]
    closure = {"first": DAY, "until": "2026-11-23", "reason": "paint"}
    assert housekeeping.post("/rooms/1201/closures", closure)["kind"] == "out_of_order"
    assert housekeeping.get("/rooms/1201")["out_of_order"]
    free = program_of().get("/availability", arrival=DAY, departure="2026-11-24", type="STK")["types"][0]
    assert [night["left"] for night in free["nights"]] == [2, 2, 3]
