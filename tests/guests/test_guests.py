"""Profiles, documents and accounts: what is kept, who may see it, what the journal says and does not say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from pms.access import ALLOWED, Role
from pms.db import db, work
from pms.errors import Missing, NotAllowed, Refused
from pms.guests import actions, queries
from pms.guests.actions import NewGuest
from pms.guests.contracts import NewAccount, create_account
from pms.guests.models import AccountKind, DocumentKind, Guest, GuestDocument
from pms.journal import JournalLine
from tests.builders import NOON, House

WOMAN = "11010519491231002X"


def do(house: House, action: Any, *args: Any, role: str = "reservation_clerk", **values: Any) -> Any:
    with work():
        by = house.user(role)
    with work():
        return action(*args, **values, by=by, now=NOON)


def new(house: House, role: str = "reservation_clerk", **values: Any) -> Guest:
    guest: Guest = do(
        house, actions.create_guest, NewGuest(**({"surname": "Fischer", "given": "Anna"} | values)), role=role
    )
    return guest


def journal() -> list[tuple[str, str, Any]]:
    lines = db.session.scalars(sa.select(JournalLine).order_by(JournalLine.id))
    return [(line.action, line.subject, line.details) for line in lines]


# --- Profiles ---
@pytest.mark.both_engines
def test_a_profile_is_kept_as_typed_and_found_by_its_names(house: House) -> None:
    guest = new(
        house, surname=" Zhao ", given="Lei", name_zh="赵磊", telephone="138 0013 8000", nationality="cn", sex="M"
    )
    db.session.expire_all()
    assert (guest.name, guest.telephone, guest.nationality) == ("Zhao Lei 赵磊", "+8613800138000", "CN")
    assert (guest.vip_level, guest.incognito, guest.wishes) == (0, False, "")
    for typed in ("zhao", "Lei Zhao", "zhaolei", "zl", "赵磊", "磊"):
        assert db.session.scalars(sa.select(Guest).where(queries.matching(typed))).all() == [guest]
    assert journal() == [("create_guest", f"guest:{guest.id}", {})]


@pytest.mark.both_engines
@pytest.mark.parametrize("typed", ["13800138000", "138 0013 8000", "+86 138 0013 8000", "0138-0013"])
def test_a_guest_is_found_by_telephone(house: House, typed: str) -> None:
    guest = new(house, telephone="138 0013 8000")
    new(house, telephone="139 0013 8000")
    assert db.session.scalars(sa.select(Guest).where(queries.matching(typed))).all() == [guest]


@pytest.mark.parametrize("typed", ["", "  ", "li", "%", "zhao wei"])
def test_other_words_do_not_find_it(house: House, typed: str) -> None:
    new(house, surname="Zhao", given="Jun")
    assert db.session.scalars(sa.select(Guest).where(queries.matching(typed))).all() == []


@pytest.mark.parametrize(
    ("values", "why", "field"),
    [
        ({"surname": " ", "given": ""}, "guest's name", "surname"),
        ({"telephone": "12"}, "not a telephone", "telephone"),
        ({"sex": "x"}, "F, M or left open", "sex"),
        ({"surname": "x" * 81}, "at most 80 characters", "surname"),
        ({"nationality": "CHN"}, "at most 2 characters", "nationality"),
    ],
)
def test_a_profile_that_cannot_be_is_refused(house: House, values: dict[str, Any], why: str, field: str) -> None:
    with pytest.raises(Refused, match=why) as no:
        new(house, **values)
    assert no.value.field == field


def test_a_vip_level_needs_the_authority(house: House) -> None:
    with pytest.raises(NotAllowed, match="Reservation supervisor"):
        new(house, vip_level=1)
    with pytest.raises(Refused, match="1, 2 or 3"):
        new(house, "reservation_supervisor", vip_level=4)
    guest = new(house, "reservation_supervisor", vip_level=1)
    assert do(house, actions.edit_guest, guest, notes="likes tea").vip_level == 1  # keeping it needs nobody
    with pytest.raises(NotAllowed):
        do(house, actions.edit_guest, guest, vip_level=0)


def test_the_journal_says_what_was_and_what_is(house: House) -> None:
    guest = new(house)
    do(house, actions.edit_guest, guest, surname="Weber", incognito=True)
    assert guest.search == "weber anna weberanna"
    details = {"changed": ["incognito", "surname"], "was": ["False", "Fischer"], "now_is": ["True", "Weber"]}
    assert journal()[-1] == ("edit_guest", f"guest:{guest.id}", details)


def test_the_journal_names_private_things_without_repeating_them(house: House) -> None:
    guest = new(house)
    do(house, actions.edit_guest, guest, telephone="138 0013 8000", keep_apart="K7", notes="divorced", email="a@b.c")
    assert journal()[-1][2] == {
        "changed": ["email", "keep_apart", "notes", "telephone"],
        "was": [],
        "now_is": [],
    }


def test_an_edit_that_changes_nothing_leaves_no_trace(house: House) -> None:
    guest = new(house)
    do(house, actions.edit_guest, guest, surname=" Fischer ")
    assert [action for action, _, _ in journal()] == ["create_guest"]


def test_only_fields_of_a_profile_can_be_edited(house: House) -> None:
    with pytest.raises(TypeError, match="search"):
        do(house, actions.edit_guest, new(house), search="x")


def test_a_guest_may_shun_numbers_and_disclosure(house: House) -> None:
    guest = new(house, taboo_numbers="4,13", incognito=True, keep_apart="K7", wishes="high,quiet")
    assert (guest.taboo_numbers, guest.incognito, guest.keep_apart, guest.wishes) == ("4,13", True, "K7", "high,quiet")


def test_who_may_not_edit_guests_is_refused(house: House) -> None:
    guest = new(house)
    for role in set(Role) - ALLOWED["edit_guest"]:
        with pytest.raises(NotAllowed):
            new(house, role.value)
        with pytest.raises(NotAllowed):
            do(house, actions.edit_guest, guest, notes="x", role=role.value)
        with pytest.raises(NotAllowed):
            do(house, actions.add_document, guest.id, DocumentKind.PASSPORT, "E1", role=role.value)
        with pytest.raises(NotAllowed):
            do(
                house,
                create_account,
                NewAccount(code="A", kind=AccountKind.AGENT, name_en="A"),
                role=role.value,
            )


# --- Documents ---
def test_a_document_is_listed_masked_and_never_in_the_journal(house: House) -> None:
    guest = new(house)
    expiry = NOON.date() + timedelta(days=900)
    document = do(
        house,
        actions.add_document,
        guest.id,
        DocumentKind.PASSPORT,
        " e12345678 ",
        country="de",
        expires_on=expiry,
        seen=True,
    )
    line = queries.documents_of(guest.id)[0]
    assert line == (document, DocumentKind.PASSPORT, "•••••5678", "DE", expiry, NOON)
    assert db.session.get_one(GuestDocument, document).seen_by == house.users["reservation_clerk"].id
    assert "12345678" not in str(journal())


def test_a_document_not_yet_seen_says_so(house: House) -> None:
    guest = new(house)
    do(house, actions.add_document, guest.id, DocumentKind.PASSPORT, "E1")
    assert queries.documents_of(guest.id)[0].seen_at is None


def test_a_resident_id_completes_the_profile(house: House) -> None:
    guest = new(house)
    do(house, actions.add_document, guest.id, DocumentKind.RESIDENT_ID, WOMAN.lower())
    db.session.expire_all()
    assert (guest.born_on, guest.sex) == (date(1949, 12, 31), "F")
    assert queries.documents_of(guest.id)[0].country == "CN"


def test_a_resident_id_of_somebody_else_is_refused(house: House) -> None:
    guest = new(house, born_on=date(1990, 1, 1))
    with pytest.raises(Refused, match="The document says born Sat 31 Dec 1949"):
        do(house, actions.add_document, guest.id, DocumentKind.RESIDENT_ID, WOMAN)
    with pytest.raises(Refused, match="resident identity number"):
        do(house, actions.add_document, guest.id, DocumentKind.RESIDENT_ID, "110105194912310021")
    assert queries.documents_of(guest.id) == []


def test_a_document_of_nobody_is_refused(house: House) -> None:
    with pytest.raises(Missing):
        do(house, actions.add_document, 999, DocumentKind.RESIDENT_ID, WOMAN)


def test_the_whole_number_is_shown_for_a_reason_that_goes_on_record(house: House) -> None:
    guest = new(house)
    document = db.session.get_one(
        GuestDocument, do(house, actions.add_document, guest.id, DocumentKind.PASSPORT, "E12345678")
    )
    with pytest.raises(Refused, match="why you need"):
        do(house, actions.reveal_document, document, " ", role="front_desk_agent")
    number = do(house, actions.reveal_document, document, "police asked", role="front_desk_agent")
    assert number == "E12345678"
    details = {"document": document.id, "reason": "police asked"}
    assert journal()[-1] == ("reveal_document", f"guest:{guest.id}", details)


def test_who_may_not_see_whole_numbers_is_refused(house: House) -> None:
    guest = new(house)
    document = db.session.get_one(
        GuestDocument, do(house, actions.add_document, guest.id, DocumentKind.PASSPORT, "E12345678")
    )
    for role in set(Role) - ALLOWED["reveal_document"]:
        with pytest.raises(NotAllowed):
            do(house, actions.reveal_document, document, "curious", role=role.value)
    assert "reveal_document" not in [action for action, _, _ in journal()]


# --- Accounts ---
def test_a_company_has_a_contract_rate_agreed_with_authority(house: House) -> None:
    account = NewAccount(
        code=" xinhe ", kind=AccountKind.COMPANY, name_en="Xinhe Textile", plan_id=house.plans["COR"].id
    )
    with pytest.raises(NotAllowed):
        do(house, create_account, account)
    made = do(house, create_account, account, role="reservation_supervisor")
    assert queries.accounts() == [made]
    assert made.code == "XINHE"
    assert journal()[-1] == ("create_account", f"account:{made.id}", {"code": "XINHE"})


def test_an_account_needs_a_code_of_its_own_and_a_name(house: House) -> None:
    do(house, create_account, NewAccount(code="CITS", kind=AccountKind.AGENT, name_en="CITS"))
    for code, name, why in (
        ("cits", "Other", "already an account CITS"),
        ("", "X", "code and a name"),
        ("X", " ", "code and a name"),
    ):
        with pytest.raises(Refused, match=why):
            do(house, create_account, NewAccount(code=code, kind=AccountKind.AGENT, name_en=name))
