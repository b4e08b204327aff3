"""Duplicate profiles over the API: found, compared, merged, or told apart."""

from __future__ import annotations

from typing import Any

import pytest

from pms.api.schemas_duplicates import MergeField
from pms.api.views_duplicates import BY_CODE
from pms.guests import rules_merging
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program

pytestmark = pytest.mark.both_engines

PHONE = "+8613800138000"


@pytest.fixture
def supervisor(program_of: NewProgram) -> Program:
    """A reservation supervisor: merges profiles."""
    return program_of("reservation_supervisor")


def pair(program: Program, **younger: Any) -> tuple[int, int, str]:
    """Two profiles with one telephone, and the address of both."""
    first = program.guest("Wang", telephone=PHONE, title="Mr", notes="Tea")
    second = program.guest("Huang", **({"telephone": PHONE, "title": "Dr", "born_on": "1972-03-15"} | younger))
    return first, second, f"/guests/{first}/duplicates/{second}"


def shown(program: Program, **query: Any) -> list[tuple[int, int]]:
    return [(each["elder"]["id"], each["younger"]["id"]) for each in program.get("/duplicates", **query)["items"]]


def test_two_profiles_are_found_compared_and_merged(supervisor: Program) -> None:
    elder, younger, path = pair(supervisor)
    stay = supervisor.book(supervisor.wish(younger))["stays"][0]["id"]
    supervisor.post(f"/guests/{younger}/documents", {"kind": "passport", "number": "E12345678", "country": "DE"})
    (found,) = supervisor.get("/duplicates")["items"]
    assert (found["elder"]["id"], found["younger"]["id"], found["alike"]) == (elder, younger, ["telephone"])
    both = supervisor.get(f"/guests/{younger}/duplicates/{elder}")  # whichever is named first
    assert (both["elder"]["id"], both["to_choose"], both["notes"]) == (elder, ["surname", "title"], "Tea")
    assert (both["younger"]["stays"], both["younger"]["last_arrival"], both["elder"]["stays"]) == (1, DAY, 0)
    assert both["younger"]["documents"][0]["masked"].endswith("678")
    assert "E12345678" not in str(both)
    one = supervisor.post(f"{path}/merge", {"seen": both["seen"], "from_younger": ["title"], "notes": "Green tea"})
    assert (one["id"], one["surname"], one["title"], one["born_on"]) == (elder, "Wang", "Dr", "1972-03-15")
    assert one["notes"] == "Green tea"
    assert supervisor.get(f"/stays/{stay}")["guest_id"] == supervisor.get(f"/guests/{younger}")["id"] == elder
    assert shown(supervisor) == []


def test_each_field_that_differs_can_be_chosen_the_company_by_its_code(supervisor: Program) -> None:
    assert set(MergeField) == {BY_CODE.get(name, name) for name in rules_merging.ONE_OF_TWO}
    for code in ("XINHE", "CITS"):
        supervisor.post("/accounts", {"code": code, "kind": "company", "name_en": code})
    first, second = (supervisor.guest(telephone=PHONE, account=code) for code in ("XINHE", "CITS"))
    path = f"/guests/{first}/duplicates/{second}"
    both = supervisor.get(path)
    assert (both["elder"]["account"], both["younger"]["account"]) == ("XINHE", "CITS")
    assert "account" in both["to_choose"]
    one = supervisor.post(f"{path}/merge", {"seen": both["seen"], "from_younger": ["account"]})
    assert (one["id"], one["account"]) == (first, "CITS")


def test_who_is_two_people_is_not_shown_again(supervisor: Program) -> None:
    first, second, path = pair(supervisor)
    assert supervisor.post(f"{path}/two-people") == {"elder_id": first, "younger_id": second}
    assert supervisor.post(f"{path}/two-people") == {"elder_id": first, "younger_id": second}
    assert shown(supervisor) == []


def test_duplicates_are_listed_page_by_page_the_last_made_first(supervisor: Program) -> None:
    first, second, _ = pair(supervisor)
    third = supervisor.guest("Zhang", telephone=PHONE)
    page = supervisor.get("/duplicates", limit=1)
    assert shown(supervisor, limit=1) == [(first, third)]
    assert shown(supervisor, cursor=page["next"]) == [(first, second)]


def test_a_pair_that_is_alike_in_all_is_shown_once(supervisor: Program) -> None:
    first = {"surname": "Wang", "telephone": PHONE, "born_on": "1972-03-15", "name_zh": "王建国"}
    for guest in (supervisor.guest(**first), supervisor.guest(**first)):
        supervisor.post(f"/guests/{guest}/documents", {"kind": "passport", "number": "E12345678"})
    (found,) = supervisor.get("/duplicates", limit=1)["items"]
    assert found["alike"] == ["document", "birthday", "telephone"]


def test_a_profile_changed_since_it_was_compared_is_looked_at_again(supervisor: Program) -> None:
    _, younger, path = pair(supervisor)
    seen = supervisor.get(path)["seen"]
    version = supervisor.get(f"/guests/{younger}")["version"]
    supervisor.call("PATCH", f"/guests/{younger}", {"title": "Prof", "version": version})
    problem = supervisor.refused("POST", f"{path}/merge", {"seen": seen})
    assert (problem["status"], "changed since" in problem["detail"]) == (409, True)
    assert supervisor.refused("POST", f"{path}/merge", {})["field"] == "seen"
    assert len(shown(supervisor)) == 1


def test_who_is_faster_merges_and_a_request_sent_again_gets_its_first_answer(supervisor: Program) -> None:
    first, _, path = pair(supervisor)
    merge = {"seen": supervisor.get(path)["seen"]}
    done, again = (supervisor.call("POST", f"{path}/merge", merge, key="k1") for _ in range(2))
    assert (again.json, again.headers["Idempotent-Replayed"]) == (done.json, "true")
    for problem in (supervisor.refused("POST", f"{path}/merge", merge), supervisor.refused("GET", path)):
        assert (problem["status"], "API reservation_supervisor has merged" in problem["detail"]) == (409, True)
    assert supervisor.refused("GET", f"/guests/{first}/duplicates/{first}")["status"] == 422
    assert supervisor.refused("GET", f"/guests/{first}/duplicates/999")["status"] == 404


def test_guests_of_one_stay_are_two_people_and_the_refusal_says_so(supervisor: Program) -> None:
    first, second, path = pair(supervisor)
    supervisor.book(supervisor.wish(first, sharers=[second]))
    problem = supervisor.refused("POST", f"{path}/merge", {"seen": supervisor.get(path)["seen"]})
    assert (problem["status"], [offer["kind"] for offer in problem["offers"]]) == (422, ["tell_apart"])


def test_who_wants_no_disclosure_is_nobodys_duplicate_for_who_may_not_know(program_of: NewProgram) -> None:
    manager, supervisor = program_of("assistant_manager"), program_of("reservation_supervisor")
    _, _, path = pair(manager, incognito=True)
    assert (len(shown(manager)), shown(supervisor)) == (1, [])
    for method, address in (("GET", path), ("POST", f"{path}/two-people")):
        assert supervisor.refused(method, address)["status"] == 404
    seen = {"seen": manager.get(path)["seen"]}
    assert supervisor.refused("POST", f"{path}/merge", seen)["status"] == 404
    assert manager.post(f"{path}/merge", seen)["incognito"] is True
