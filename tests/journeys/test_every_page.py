"""Every page of the desk, also those no journey ends on: one language, and nothing axe finds fault with."""

from __future__ import annotations

from flask import Flask, url_for

from pms import access
from pms.access import Role
from pms.front_page.navigation import PAGES
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day


def test_every_page_there_is_is_of_one_language_and_open_to_everybody(day: Day, at_desk: AtDesk, app: Flask) -> None:
    """Those of the menu and those the search alone leads to."""
    clerk = at_desk("assistant_manager")
    with app.test_request_context():
        paths = [url_for(page.endpoint) for page in PAGES if Role.ASSISTANT_MANAGER in access.ALLOWED[page.action]]
    assert len(paths) > len(PAGES) // 2
    for path in paths:
        clerk.page.goto(path)
        clerk.no_mixed_language()
        clerk.axe_clean()


def test_so_is_what_lies_behind_them(day: Day, at_desk: AtDesk) -> None:
    assert day.group is not None
    stay, guest = day.stays["peeters"], day.stays["whitfield"].guest_id
    clerk = at_desk("assistant_manager")
    stay_pages = (f"/stays/{stay.id}", f"/stays/{stay.id}/folio", f"/stays/{stay.id}/change")
    others = (f"/groups/{day.group.id}", f"/guests/{guest}", f"/stays/{day.stays['zhao'].id}/cancel", "/search?q=whi",
              "/housekeeping/discrepancies", "/messages/take", "/luggage/take")  # fmt: skip
    for path in stay_pages + others:
        clerk.page.goto(path)
        clerk.no_mixed_language()
        clerk.axe_clean()
