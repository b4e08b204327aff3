"""The ledgers of the house (N6): opening + debit - credit = closing, to the last fen."""

from pms.notices import Department
from pms.reporting import NIGHTLY, Column, Foot, heading, kinds, table
from pms.say import say

TITLE = say("Trial balance")
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
    rows = sorted(read("trial_balance", day), key=lambda row: list(LEDGERS).index(row.ledger))
    sums = {name: sum(getattr(row, name) for row in rows) for name in ("opening", "debit", "credit", "closing")}
    yield heading(TITLE, day)
    yield table(COLUMNS, rows, total=sums)
    agrees = sums["opening"] + sums["debit"] - sums["credit"] == sums["closing"]
    yield Foot(say("Opening + debit - credit = closing: agrees.") if agrees else say("The ledgers do not add up."))
