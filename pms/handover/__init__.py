"""Shifts 交接班: the log, the handover signed by both sides, the cash drawer, who is on (H1-H4)."""
