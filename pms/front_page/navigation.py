"""The pages there are, once: the navigation draws them, the search finds them. What is not built yet is not here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app

from pms import access
from pms.say import Say, say


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the house; `key` is pressed after g. `section` counts the groups of the navigation, parted by a line.

    A page without a key is found by the search and has its own place elsewhere in the frame.
    """

    endpoint: str
    name: Say
    icon: str
    key: str
    action: str
    section: int = 1
    words: str = ""
    """More words under which the search finds it, lower case."""

    covers: tuple[str, ...] = ()
    """Blueprints whose pages belong to this entry and to no other."""

    def is_current(self, endpoint: str | None) -> bool:
        """Does the page at `endpoint` belong to this entry? One with an entry of its own belongs to no other."""
        if endpoint in {page.endpoint for page in PAGES if page.key}:
            return endpoint == self.endpoint
        blueprint, own = (endpoint or "").partition(".")[0], self.endpoint.partition(".")[0]
        if any(blueprint in page.covers for page in PAGES):
            return blueprint in self.covers
        return blueprint == own != "front_page"


PAGES = (
    Page(
        "front_page.home",
        say("Desk"),
        "home",
        "d",
        "see_desk",
        words="home start front desk qiantai shouye",
        covers=("check_in", "check_out", "extensions", "moves"),
    ),
    Page("rack.show", say("Room rack"), "layout-rows", "r", "see_reservations", words="tape chart rooms fangtaitu"),
    Page("runs.index", say("Place guests"), "sparkles", "p", "place", words="assign rooms plan paifang"),
    Page(
        "bookings.index",
        say("Bookings"),
        "calendar-plus",
        "b",
        "see_reservations",
        words="reservations yuding",
        covers=("arrangements", "bookings", "contracts", "letters", "overdue", "verification", "waitlist"),
    ),
    Page(
        "availability.show",
        say("Availability"),
        "calendar-event",
        "v",
        "see_reservations",
        words="free rooms control sales stop sell minimum stay overbooking keshou kezhi shoufang",
    ),
    Page("guests.index", say("Guests"), "users", "g", "see_reservations", words="profiles history keren"),
    Page("groups.index", say("Groups"), "user-cog", "y", "see_reservations", words="tours blocks rooming list tuandui"),
    Page("check_in.walk_in", say("Walk-in"), "login-2", "w", "check_in", 1, "without reservation zhijie didian"),
    Page(
        "vip.arrivals",
        say("Special guests"),
        "star-filled",
        "i",
        "request_vip",
        1,
        "vip disabled returning guibin",
    ),
    Page(
        "clean_rooms.show",
        say("Clean rooms for the next hours"),
        "sparkles",
        "",
        "ask_rush_for_type",
        1,
        "rush qiangsao",
    ),
    Page("check_in.queue", say("Waiting for a room"), "hourglass", "", "check_in", 1, "queue rush cleaning dengfang"),
    Page(
        "police.queue",
        say("Police register"),
        "shield-check",
        "o",
        "send_police_register",
        2,
        "unsent registrations huguan gongan",
    ),
    Page("folios.index", say("Cashier"), "receipt-2", "c", "see_folio", 2, "folios bills payments zhangdan shouyin"),
    Page("messages.rack", say("Messages"), "message", "m", "take_message", 2, "slips rack liuyan"),
    Page("luggage.desk", say("Luggage"), "luggage", "l", "store_luggage", 2, "tags bags xingli jicun"),
    Page("enquiries.caller", say("Enquiries"), "phone-off", "q", "answer_caller", 2, "callers telephone wenxun"),
    Page(
        "requests.desk",
        say("Requests"),
        "tool",
        "s",
        "write_down_request",
        2,
        "repairs complaints calls services fuwu baoxiu tousu",
        covers=("requests", "morning"),
    ),
    Page("wake_ups.page", say("Wake-ups"), "alarm", "a", "wake_guests", 2, "morning calls operator jiaoxing"),
    Page("kept.desk", say("Things kept"), "package", "k", "keep_things", 2, "mail parcels lost found yiliu zhuanjiao"),
    Page("visitors.desk", say("Visitors"), "user-check", "", "receive_visitors", 2, "visitor log in out fangke"),
    Page(
        "directions.desk", say("Directions"), "map-pin", "", "see_directions", 2, "way taxi address zhilu luxian dizhi"
    ),
    Page("safe_boxes.desk", say("Safe-deposit boxes"), "lock", "", "keep_safe_boxes", 2, "valuables safe baoxianxiang"),
    Page("requests.new", say("Write a call down"), "tool", "", "write_down_request", 2, "repair baoxiu tousu"),
    Page("morning.view", say("Morning view of requests"), "sunrise", "", "check_repairs", 2, "late repeated"),
    Page("housekeeping.board", say("Housekeeping"), "bed", "h", "set_housekeeping", 2, "clean dirty fangtai kefang"),
    Page(
        "handover.page",
        say("Handover"),
        "checks",
        "x",
        "see_handover",
        2,
        "shift log jiaoban yijiao gongzuo rizhi",
        covers=("drawer",),
    ),
    Page("roster.week", say("Roster"), "calendar", "e", "see_roster", 2, "shifts duty swap paiban zhiban huanban"),
    Page("drawer.page", say("Cash drawer"), "receipt-2", "", "count_drawer", 2, "count cash till qianxiang xianjin"),
    Page("audit.page", say("Night audit"), "moon-stars", "n", "run_audit", 3, "close the day yeshen"),
    Page("papers.archive", say("Papers"), "file-text", "t", "see_papers", 3, "reports archive print pdf baobiao"),
    Page(
        "property.settings",
        say("Settings"),
        "settings",
        ",",
        "see_property",
        section=3,
        words="property hotel rooms rates seasons discounts closures shezhi",
        covers=("property", "rooms", "placing_rules", "services", "welcome"),
    ),
    Page("accounts.users", say("Users"), "users", "u", "manage_users", 3, "accounts roles staff yonghu"),
    Page(
        "overdue.show",
        say("Overdue arrivals"),
        "clock-exclamation",
        "",
        "see_reservations",
        1,
        "late call yingdaoweidao",
    ),
    Page(
        "contracts.index",
        say("Contract accounts"),
        "file-text",
        "",
        "see_reservations",
        1,
        "companies agencies corporate rates office tenants xieyi danwei gongsi lvxingshe xieyijia",
    ),
    Page(
        "guests.duplicates",
        say("Duplicates"),
        "users",
        "",
        "merge_guests",
        1,
        "merge profiles same guest hebing chongfu",
    ),
    Page("letters.index", say("Confirmation letters"), "mail", "", "write_letter", 1, "confirm review querenhan"),
    Page(
        "arrangements.show",
        say("Special arrangements"),
        "sparkles",
        "",
        "tick_off",
        1,
        "flowers fruit car pick-up birthday teshuyaoqiu",
    ),
    Page("events.board", say("Events and banquets"), "calendar-event", "", "see_desk", 1, "today board huodong yanhui"),
    Page("groups.weddings_list", say("Weddings"), "calendar-event", "", "see_reservations", 1, "couple hunyan hunfang"),
    Page("events.credit", say("Clerks’ credit"), "trending-up", "", "see_revenue", 1, "clerk totals yeji"),
    Page("waitlist.show", say("Waitlist"), "hourglass", "", "see_reservations", 1, "full waiting list houbu"),
    Page(
        "waitlist.turnaways",
        say("Lost business"),
        "trending-up",
        "",
        "see_reservations",
        1,
        "turnaway refused lost liushi",
    ),
    Page(
        "verification.show",
        say("Verification"),
        "checks",
        "",
        "see_verification",
        1,
        "contradictions check bookings against availability hedui",
    ),
    Page("bookings.new", say("New booking"), "calendar-plus", "", "book", 1, "take a reservation xinyuding"),
    Page(
        "check_out.due_outs",
        say("Call list of due-outs"),
        "logout",
        "",
        "extend",
        1,
        "noon due-out due outs departures yuli",
    ),
    Page(
        "papers.catalogue", say("Catalogue of papers"), "file-text", "", "see_papers", 3, "catalog reports print mulu"
    ),
    Page("front_page.waiting_notices", say("Notices"), "bell", "", "acknowledge_notice", words="acknowledge tongzhi"),
)


def pages_for(user: Any) -> list[Page]:
    """The pages this user may open."""
    return [page for page in PAGES if page.endpoint in current_app.view_functions and access.allowed(user, page.action)]
