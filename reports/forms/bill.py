"""The guest's bill 账单: what was charged, what was paid, what is left."""

from pms.reporting import Cell, Column, Fields, Signatures, heading, kinds, table
from pms.say import say

TITLE = say("Bill")
CODE = "F-05"

COLUMNS = (
    Column(say("Date"), "day", 26, kinds.long_day),
    Column(say("Description"), "what", 70, kinds.bilingual),
    Column(say("Reference"), "reference", 32),
    Column(say("Charge"), "charge", 26, kinds.money),
    Column(say("Paid"), "paid", 26, kinds.money),
)


def story(bill):
    title = say("Interim bill") if bill.interim else TITLE
    yield heading(title, None, say("Folio {number}", number=bill.number))
    yield Fields((
        (say("Guest"), bill.guest),
        (say("Room"), bill.room or None),
        (say("Confirmation"), bill.confirmation),
        (say("Arrival"), Cell(bill.arrival, kinds.long_day)),
        (say("Departure"), Cell(bill.departure, kinds.long_day)),
        (say("Company"), bill.company or None),
    ))  # fmt: skip
    total = {
        "charge": sum(line.charge or 0 for line in bill.lines),
        "paid": sum(line.paid or 0 for line in bill.lines),
    }
    yield table(COLUMNS, bill.lines, empty=say("Nothing was posted."), total=total)
    yield Fields(((say("To pay"), Cell(bill.balance, kinds.amount)),), abreast=3)
    yield Signatures((say("Guest's signature"), say("Cashier")))
