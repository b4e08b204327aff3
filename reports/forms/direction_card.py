"""Directions for a guest 指路卡 (Q5): in the guest's language; the address large for the driver, the way back."""

from pms.reporting import SMALL, Cut, Fields, Words, heading
from pms.say import say

TITLE = say("Directions")
CODE = "F-09"
PAPER = SMALL
# What the driver reads is Chinese on every card.
TAKE_ME, BRING_ME_BACK = "请送我到：", "请送我回酒店："
SHORT = 26  # characters of an address that may stand in the largest letters


def story(card):
    yield heading(TITLE, None)
    yield Words(card.title, bold=True, size=14)
    yield Words(card.text, size=9.5)
    known = ((say("Distance, time, price"), card.way), (say("Opening hours"), card.hours))
    lines = [(label, value) for label, value in known if value]
    if card.telephone:
        lines.append((say("Telephone"), card.telephone))
    if lines:
        yield Fields(lines, abreast=1)
    if card.address_zh:
        yield Cut(say("For the driver"))
        yield Words(TAKE_ME + card.title.chinese, bold=True, size=12)
        yield Words(card.address_zh, bold=True, size=26 if len(card.address_zh) <= SHORT else 18)
    yield Cut(say("The way back"))
    yield Words(BRING_ME_BACK + card.hotel_name_zh, bold=True, size=12)
    yield from (Words(line, size=10) for line in (card.hotel_address, card.hotel_telephone) if line)
