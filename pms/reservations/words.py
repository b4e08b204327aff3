"""The names people read for sources, guarantees, uses, needs and wishes."""

from __future__ import annotations

from pms.say import Say, say

GUARANTEES: dict[str, Say] = {
    "none": say("Hold"),
    "deposit": say("Deposit"),
    "preauthorisation": say("Card"),
    "company": say("Company"),
    "agent": say("Agent"),
    "order": say("Order"),
}
SOURCES: dict[str, Say] = {
    "phone": say("Telephone"),
    "walk_in": say("Walk-in"),
    "web": say("Web"),
    "agent": say("Travel agent"),
    "company": say("Company"),
    "ota": say("OTA"),
    "group": say("Group"),
    "conference": say("Conference"),
    "wedding": say("Wedding"),
    "other": say("Other"),
}
GROUP_STATUSES: dict[str, Say] = {
    "tentative": say("Tentative"),
    "definite": say("Definite"),
    "cancelled": say("Cancelled"),
}
USES: dict[str, Say] = {
    "complimentary": say("Complimentary"),
    "house_use": say("House use"),
    "day_use": say("Day use"),
}
# What must be so (assignment/rules/musts.py), and what is liked (assignment/rules/wishes.py).
NEEDS: dict[str, Say] = {
    "accessible": say("accessible"),
    "non_smoking": say("non-smoking"),
    "smoking": say("smoking"),
    "twin": say("twin"),
    "king": say("king"),
}
LIKED: dict[str, Say] = {
    "high": say("high floor"),
    "low": say("low floor"),
    "quiet": say("quiet"),
    "near_lift": say("near the lift"),
    "far_from_lift": say("far from the lift"),
    "city_view": say("city view"),
    "lake_view": say("lake view"),
    "tub": say("bath tub"),
    "even": say("even number"),
}
WISHES = NEEDS | LIKED | {"disabled": say("accessible")}

PARTIES: dict[str, Say] = {
    "": say("nothing special"),
    "family": say("Family"),
    "colleagues": say("Colleagues"),
    "entourage": say("Entourage of a VIP"),
    "newly_weds": say("Newly-weds"),
    "guide": say("Guide"),
}
"""What the placing rules treat a stay as (P1, P3, P9, P14)."""
WAIT_CALLS: dict[str, Say] = {
    "no_answer": say("no answer"),
    "thinks": say("thinks it over"),
}
ARRIVAL_ANSWERS: dict[str, Say] = {
    "comes": say("comes later"),
    "hurries": say("hurries"),
    "not_coming": say("does not come"),
    "no_answer": say("no answer"),
}
SPECIALS: dict[str, Say] = {
    "flowers": say("Flowers"),
    "fruit": say("Fruit"),
    "cake": say("Cake"),
    "car": say("Car"),
    "pick_up": say("Airport pick-up"),
    "birthday": say("Birthday"),
    "other": say("Other"),
}
PROGRAMME_ITEMS: dict[str, Say] = {
    "wake_up": say("Wake-up call"),
    "breakfast": say("Breakfast"),
    "lunch": say("Lunch"),
    "dinner": say("Dinner"),
    "luggage_out": say("Luggage out"),
}
SENT_BY: dict[str, Say] = {
    "email": say("E-mail"),
    "print": say("On paper"),
    "fax": say("Fax"),
    "messenger": say("Messenger"),
}
WHY_LOST: dict[str, Say] = {
    "full": say("Full on these dates"),
    "stopped": say("Sales are stopped"),
    "minimum_stay": say("Minimum stay"),
    "price": say("Too expensive"),
    "not_the_kind": say("No room of this kind"),
    "other": say("Other reason"),
}
CONTRADICTIONS: dict[str, Say] = {
    "oversold": say("Sold beyond the limit"),
    "closed_room": say("Room closed"),
    "other_type": say("Room of another type"),
    "twice": say("Guest booked twice"),
    "cut_off": say("Held past the cut-off"),
    "overdue": say("Arrival is over"),
    "no_telephone": say("No telephone"),
}


def wish(code: str) -> Say | str:
    """`quiet`, `room:1204`, or a word nobody has translated yet."""
    if code.startswith("room:"):
        return say("room {number}", number=code.removeprefix("room:"))
    return WISHES.get(code, code.replace("_", " "))


def wishes(codes: str) -> list[Say | str]:
    """The words of a column of needs or wishes, `high,room:1204`."""
    return [wish(code.strip()) for code in codes.split(",") if code.strip()]
