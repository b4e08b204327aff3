"""The frame around every page, used with hands on the keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import lanting
from tests.browser.serving import Served


def chosen(page: Page) -> str:
    return page.locator("tr.chosen .name").inner_text()


# --- Coming in --------------------------------------------------------------------------------------------------------
def test_one_logs_in_by_keyboard_and_lands_on_the_page_that_was_wanted(stranger: Page) -> None:
    stranger.goto("/?list=in_house")
    stranger.keyboard.type("lina")
    stranger.keyboard.press("Tab")
    stranger.keyboard.type(lanting.PASSWORD)
    stranger.keyboard.press("Enter")
    expect(stranger.locator("#list-title")).to_have_text("In house")


def test_a_wrong_password_says_so_on_top_with_the_focus_and_in_the_title(stranger: Page) -> None:
    stranger.goto("/login")
    stranger.fill("#login", "lina")
    stranger.fill("#password", "not the lake")
    stranger.keyboard.press("Enter")
    expect(stranger.locator(".summary")).to_be_focused()
    expect(stranger).to_have_title(re.compile("^Error: "))
    expect(stranger.locator("#login")).to_have_value("lina")


def test_the_skip_link_leads_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_text("To the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_business_date_clock_and_shift_are_always_in_sight(page: Page) -> None:
    for path in ("/", "/notices", "/search", "/password", "/nothing-here"):
        page.goto(path)
        expect(page.locator(".top")).to_contain_text("Sat 21 Nov 2026")
        expect(page.locator("[data-clock]")).to_have_text("15:42")
        expect(page.locator(".top")).to_contain_text("Late shift 15–23")


# --- Keys -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_the_search_opens_on_its_key_finds_and_opens_with_enter(page: Page, keys: str) -> None:
    page.keyboard.press(keys)
    expect(page.locator("dialog.palette input")).to_be_focused()
    page.keyboard.type("whitf")
    expect(page.locator(".hit.chosen")).to_contain_text("Whitfield, Eleanor")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/stays/\d+/check-in$"))


def test_arrows_choose_among_the_hits_and_the_field_keeps_the_focus(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("sa")
    expect(page.locator("a.hit.chosen")).to_have_count(1)
    first = page.locator("a.hit.chosen").get_attribute("id")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#{first}")).not_to_have_class(re.compile("chosen"))
    expect(page.locator("dialog.palette input")).to_be_focused()
    expect(page.locator("dialog.palette input")).to_have_attribute("aria-activedescendant", re.compile("hit-"))


def test_escape_closes_the_search_and_gives_the_focus_back(page: Page) -> None:
    page.locator(".tabs a").nth(1).focus()
    page.keyboard.press("/")
    expect(page.locator("dialog.palette")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.palette")).to_be_hidden()
    expect(page.locator(".tabs a").nth(1)).to_be_focused()


def test_j_and_k_walk_the_rows(page: Page) -> None:
    page.keyboard.press("j")
    assert chosen(page) == "Fischer, Anna"
    page.keyboard.press("j")
    assert chosen(page) == "Zhao Lei"
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert chosen(page) == "Fischer, Anna"


def test_g_d_goes_to_the_desk(page: Page) -> None:
    page.goto("/notices")
    page.keyboard.press("g")
    page.keyboard.press("d")
    expect(page).to_have_url(re.compile(r"/$"))


def test_the_question_mark_shows_all_keys(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("Undo what was just done")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_keys_are_letters_while_one_types(page: Page) -> None:
    page.goto("/search")
    page.locator("main input[name=q]").focus()
    page.keyboard.type("?gd/")
    expect(page.locator("main input[name=q]")).to_have_value("?gd/")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_keys_rest_while_an_input_method_composes(page: Page) -> None:
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true, isComposing: true}))"
    )
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true, keyCode: 229}))")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_single_keys_can_be_switched_off_but_control_k_stays(page: Page) -> None:
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Switch single keys off").click()
    expect(page.locator("details.menu")).to_contain_text("Switch single keys on")  # keys before that are lost
    for key in ("?", "/", "j"):
        page.keyboard.press(key)
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator("tr.chosen")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()


def test_control_enter_commits_the_form_and_escape_leaves_it(page: Page) -> None:
    page.goto("/password")
    page.fill("#current", "wrong")
    page.fill("#new", "short")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".summary")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile(r"/$"))


def test_a_paper_is_opened_from_its_row_with_enter(page: Page) -> None:
    page.goto("/papers/")
    page.keyboard.press("j")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    assert re.search(r"/papers/\d+\.pdf$", opened.value.url)
    opened.value.close()


# --- Look -------------------------------------------------------------------------------------------------------------
def test_the_theme_changes_at_once_and_stays(page: Page) -> None:
    with page.expect_response("**/preferences/theme"):
        page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.goto("/notices")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    with page.expect_response("**/preferences/theme"):
        page.get_by_role("button", name="Light").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_the_language_changes_for_the_user_and_comes_back_to_the_page(page: Page) -> None:
    page.goto("/?list=in_house")
    page.get_by_role("button", name="中文").click()
    expect(page).to_have_url(re.compile("list=in_house"))
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("#list-title")).to_have_text("在住")


def test_a_toast_leaves_after_six_seconds_unless_the_pointer_is_on_it(page: Page) -> None:
    page.clock.install()
    page.goto("/elements")
    toast = page.locator(".pms-toast")
    toast.hover()
    page.clock.fast_forward(20_000)
    expect(toast).to_be_visible()
    page.mouse.move(640, 300)
    page.clock.fast_forward(5_000)
    expect(toast).to_be_visible()
    page.clock.fast_forward(1_500)
    expect(toast).to_have_count(0)


def test_a_dialog_takes_the_focus_and_gives_it_back(page: Page) -> None:
    page.goto("/elements")
    page.get_by_role("button", name="Cancel booking").click()
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Cancel booking")).to_be_focused()


def test_the_error_summary_leads_to_the_field(page: Page) -> None:
    page.goto("/elements")
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="Telephone has only 5 digits").click()
    expect(page.locator("#telephone")).to_be_focused()


def test_twenty_three_arrivals_need_no_scrolling(page: Page) -> None:
    lowest = page.locator(".desk-list tbody tr").nth(22).bounding_box()
    assert lowest is not None
    assert lowest["y"] + lowest["height"] <= 800


def test_nothing_is_wider_than_the_window(page: Page) -> None:
    for width in (1280, 1024, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_everything_is_served_by_the_house_itself(page: Page, served: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    assert asked
    assert all(url.startswith(served.url) for url in asked)
