"""Who may sign for what in the rooms of a group (C5): checked when a charge is posted, up to a limit."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access
from pms.access import Role
from pms.cashier import queries_signers, signing
from pms.cashier.models import PostingKind
from pms.cashier.models_signers import Signer
from pms.cashier.windows import move_postings, open_window
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.front_desk.queries_group_papers import group_paper
from pms.reporting.printing import render_form
from pms.reservations.models import Group, Stay
from tests.builders import NOON, TODAY, House
from tests.cashier.steps import Till, lines
from tests.clients import at_desk
from tests.races import race
from tests.reporting.reading import text_of
from tests.reporting.samples import HOUSE
from tests.reservations.clerk import day


def conference(till: Till) -> Stay:
    """A guest of a conference in house; Guo Feng signs for restaurants, up to 1,000."""
    group = Group(code="CONF", name="Conference", arrival=TODAY, departure=day(2))
    db.session.add(group)
    db.session.flush()
    signing.allow_signer(group, "Guo Feng", [PostingKind.FOOD], 100_000, **till.by("reservation_supervisor"))
    return till.guest(group_id=group.id)


def sign(till: Till, stay: Stay, amount: int, name: str = "Guo Feng", kind: PostingKind = PostingKind.FOOD) -> int:
    return signing.post_signed(till.folio(stay), stay, kind, amount, name, **till.by())


def guo(stay: Stay) -> Signer:
    (found,) = queries_signers.signers(stay.group_id)
    db.session.refresh(found)
    return found


def test_what_is_signed_for_stands_on_the_folio_and_is_taken_from_the_limit(till: Till) -> None:
    stay = conference(till)
    sign(till, stay, 68_000, "guo feng")
    assert lines(stay) == [("food", 68_000)]
    assert guo(stay).left == 32_000


@pytest.mark.parametrize(
    ("amount", "name", "kind", "why"),
    [
        (100, "Li Mei", PostingKind.FOOD, "Li Mei may not sign. Who may: Guo Feng"),
        (100, "Guo Feng", PostingKind.LAUNDRY, "may not sign for Laundry"),
        (32_001, "Guo Feng", PostingKind.FOOD, r"Only .*320\.00 is left for Guo Feng"),
    ],
)
def test_others_other_things_and_more_than_is_left_are_refused(
    till: Till, amount: int, name: str, kind: PostingKind, why: str
) -> None:
    stay = conference(till)
    sign(till, stay, 68_000)
    with pytest.raises(Refused, match=why) as no:
        sign(till, stay, amount, name, kind)
    assert no.value.field == "signed_by"
    assert (lines(stay), guo(stay).left) == ([("food", 68_000)], 32_000)


def test_nobody_signs_for_a_guest_without_group(till: Till) -> None:
    with pytest.raises(Refused, match="Nobody may sign"):
        sign(till, till.guest(), 100)


def test_a_reversed_charge_gives_the_limit_back_also_after_it_was_moved(till: Till) -> None:
    stay = conference(till)
    first, second = sign(till, stay, 30_000), sign(till, stay, 20_000)
    till.reverse(first)
    assert guo(stay).used == 20_000
    window = open_window(stay, "Company", **till.by())
    (moved,) = move_postings(stay, [second], window, **till.by())
    assert guo(stay).used == 20_000
    till.reverse(moved)
    assert guo(stay).used == 0


def test_who_is_withdrawn_signs_no_more_and_named_again_he_does(till: Till) -> None:
    stay = conference(till)
    group = db.session.get_one(Group, stay.group_id)
    sign(till, stay, 50_000)
    signing.withdraw_signer(guo(stay), **till.by())
    with pytest.raises(Refused, match="Nobody may sign"):
        sign(till, stay, 100)
    with pytest.raises(Refused, match=r"has signed for .*500\.00 already"):
        signing.allow_signer(group, "Guo Feng", [PostingKind.FOOD], 49_999, **till.by())
    signing.allow_signer(group, "Guo Feng", [PostingKind.OTHER], 60_000, **till.by())
    sign(till, stay, 10_000, kind=PostingKind.OTHER)
    assert guo(stay).left == 0


@pytest.mark.parametrize(
    ("name", "kinds", "field"),
    [(" ", [PostingKind.FOOD], "name"), ("Li", [], "kinds"), ("Li", [PostingKind.PAYMENT], "kinds")],
)
def test_a_signer_has_a_name_and_signs_for_charges(till: Till, name: str, kinds: list[PostingKind], field: str) -> None:
    stay = conference(till)
    with pytest.raises(Refused) as no:
        signing.allow_signer(db.session.get_one(Group, stay.group_id), name, kinds, 100, **till.by())
    assert no.value.field == field


@pytest.mark.both_engines
def test_of_two_who_sign_for_the_rest_at_once_one_is_refused(app: Flask, house: House) -> None:
    till = Till(house)
    with work():
        stay_id, by = conference(till).id, house.user("cashier")
        folio = till.folio(db.session.get_one(Stay, stay_id))

    def act(_: int) -> int:
        stay = db.session.get_one(Stay, stay_id)
        return signing.post_signed(folio, stay, PostingKind.FOOD, 60_000, "Guo Feng", by=by, now=NOON)

    results = race(app, 2, act)
    assert [type(result) for result in results if isinstance(result, Exception)] == [Refused]
    assert guo(db.session.get_one(Stay, stay_id)).used == 60_000


@pytest.mark.both_engines
def test_the_database_lets_nobody_sign_beyond_the_limit(till: Till) -> None:
    stay = conference(till)
    with pytest.raises(IntegrityError):
        db.session.execute(sa.update(Signer).where(Signer.group_id == stay.group_id).values(used=100_001))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["allow_signer"]))
def test_other_roles_allow_nobody(till: Till, role: Role) -> None:
    stay, by = conference(till), till.by(role.value)
    with pytest.raises(NotAllowed):
        signing.allow_signer(db.session.get_one(Group, stay.group_id), "Li", [PostingKind.FOOD], 100, **by)
    with pytest.raises(NotAllowed):
        signing.withdraw_signer(guo(stay), **by)


def test_the_confirmation_says_who_may_sign(till: Till) -> None:
    stay = conference(till)
    assert stay.group_id is not None
    paper = text_of(render_form("group_confirmation", group_paper(stay.group_id), "en", HOUSE))
    assert "Guo Feng" in paper


@pytest.mark.parametrize(("language", "words"), [("en", "Still left"), ("zh", "签单权")])
def test_a_signer_is_allowed_on_the_group_and_signs_at_the_till(
    app: Flask, house: House, language: str, words: str
) -> None:
    with work():
        stay = conference(Till(house))
        stay_id, group_id = stay.id, stay.group_id
    clerk = at_desk(app, house, "reservation_supervisor", language=language)
    page = f"/groups/{group_id}/signers"
    assert clerk.post(page, {"name": "Li Mei", "most": "500", "kinds": ["food", "other"]}).status_code == 303
    shown = clerk.get(page).text
    assert all(each in shown for each in (words, "Li Mei", "500.00"))
    assert clerk.post(page, {"name": "Bo", "most": "500"}).status_code == 422
    cashier = at_desk(app, house, "cashier", language=language)
    assert "Li Mei" in cashier.get(f"/stays/{stay_id}/folio").text
    charge = {"kind": "food", "charge": "600", "text": "Dinner", "signed_by": "Li Mei"}
    refused = cashier.post(f"/stays/{stay_id}/folio/charges", charge)
    assert refused.status_code == 422
    assert 'value="Li Mei"' in refused.text
    assert cashier.post(f"/stays/{stay_id}/folio/charges", charge | {"charge": "500"}).status_code == 303
    assert "Li Mei" in cashier.get(f"/stays/{stay_id}/folio").text
    with reading():
        (li,) = [each for each in queries_signers.signers(group_id) if each.name == "Li Mei"]
        assert li.left == 0
        li_id = li.id
    assert clerk.post(f"{page}/{li_id}/withdraw").status_code == 303
    assert clerk.post(f"{page}/999/withdraw").status_code == 404


def test_housekeeping_sees_no_such_page(app: Flask, house: House) -> None:
    with work():
        group_id = conference(Till(house)).group_id
    other = at_desk(app, house, "concierge")
    assert "/signers" not in other.get(f"/groups/{group_id}").text
    for path in ("", "/1/withdraw"):
        assert other.post(f"/groups/{group_id}/signers{path}").status_code == 403
    assert other.get(f"/groups/{group_id}/signers").status_code == 403
