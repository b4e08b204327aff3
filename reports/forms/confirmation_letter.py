"""Confirmation letter 确认函 (R1): what was agreed, for the guest."""

from pms.reporting import Cell, Column, Fields, Signatures, Words, heading, kinds, table
from pms.reporting.texts import Bilingual
from pms.reservations.words import GUARANTEES
from pms.say import say

TITLE = say("Confirmation letter")
CODE = "F-06"

COLUMNS = (
    Column(say("Arrival"), "arrival", 26, kinds.long_day),
    Column(say("Departure"), "departure", 26, kinds.long_day),
    Column(say("Nights"), "nights", 14, kinds.number),
    Column(say("Type"), lambda room: Bilingual(room.type, room.type_zh), 36, kinds.bilingual),
    Column(say("Rate"), lambda room: Bilingual(room.plan, room.plan_zh), 32, kinds.bilingual),
    Column(say("Persons"), "persons", 18, kinds.number),
    Column(say("Total"), "total", 26, kinds.money),
)


def story(letter):
    yield heading(TITLE, None, say("Confirmation {number}", number=letter.confirmation))
    yield Words(say("Dear guest, we thank you for your booking and confirm:"), size=9.5)
    yield Fields((
        (say("Guest"), letter.guest),
        (say("Company"), letter.company),
        (say("Booked by"), letter.booker),
        (say("Held by"), GUARANTEES[letter.guarantee]),
        (say("Check-in from"), f"{letter.check_in_hour}:00"),
        (say("Check-out until"), f"{letter.check_out_hour}:00"),
    ))  # fmt: skip
    total = sum(room.total for room in letter.rooms)
    yield table(COLUMNS, letter.rooms, total={"total": total})
    yield Fields(((say("Total"), Cell(total, kinds.amount)),), abreast=3)
    if letter.hold_hour:
        held = say("Without a guarantee the room is held until {hour}:00 on the day of arrival.", hour=letter.hold_hour)
        yield Words(held)
    if any(room.breakfasts for room in letter.rooms):
        yield Words(say("Breakfast is included where the rate says so."))
    yield Words(say("Please call us if your plans change. We look forward to your stay."))
    yield Signatures(
        (say("Reservations: {name}", name=letter.drafter), say("Reviewed by: {name}", name=letter.reviewer))
    )
