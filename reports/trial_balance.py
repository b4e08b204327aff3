"""The ledgers of the house (N6): opening + debit - credit = closing, to the last fen."""

from pms.departments import Department
from pms.money import Amount
from pms.reporting import NIGHTLY, Column, Foot, heading, kinds, table
from pms.say import say

TITLE = say("Trial balance")
ABOUT = say("Each ledger with opening, debit, credit and closing; the proof that the books tie.")
CODE = "N6-17"
WHEN = NIGHTLY
NEEDS = "see_revenue"
FOR = (Department.ASSISTANT_MANAGER, Department.CASHIER)

LEDGERS = {"guest": say("Guest ledger"), "deposit": say("Deposit ledger"), "city": say("City ledger")}

COLUMNS = (
    Column(say("Ledger"), lambda row: LEDGERS[row.ledger], 60, kinds.bilingual),
    Column(say("Opening"), "opening", 30, kinds.money),
    Column(say("Debit"), "debit", 30, kinds.money),
    Column(say("Credit"), "credit", 30, kinds.money),
    Column(say("Closing"), "closing", 30, kinds.money),
)


def story(read, day):
    rows = read("trial_balance", day)
    sums = {name: sum(getattr(row, name) for row in rows) for name in ("opening", "debit", "credit", "closing")}
    yield heading(TITLE, day)
    yield table(COLUMNS, rows, total=sums)
    yield Foot(check(rows))


def check(rows):
    """The ledgers of guests against the sum of the folios, counted on its own."""
    of_guests = sum(row.closing for row in rows if row.ledger != "city")
    folios = rows[0].folios if rows else 0
    if of_guests == folios:
        return say("Cross-check agrees: guest and deposit ledger = sum of the folios")
    difference = Amount(of_guests - folios)
    return say("Guest and deposit ledger differ from the sum of the folios by {difference}", difference=difference)
