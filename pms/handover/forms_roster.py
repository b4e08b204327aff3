"""The cells of a week as they are typed, and a swap as it is asked for (H4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from pms.accounts.models import User
from pms.errors import Refused
from pms.handover.models_roster import RosterDuty
from pms.handover.rules_roster import LETTERS, Cell, days_of, parse_cell
from pms.say import say, translate
from pms.web.fields import MISSING, DayField

ALSO = "also"
"""The row in which somebody of another department is put on the roster."""


def shown(shift: Any, post: str, lang: str) -> str:
    """A cell as it is typed: `E lobby`, `早 大堂`."""
    return f"{translate(LETTERS[shift], lang)} {post}".strip()


def touched(typed: Mapping[str, str], monday: date, users: Sequence[int]) -> dict[tuple[int, date], Cell | None]:
    """The cells that were changed: `c_7_0` is Monday of user 7, `w_7_0` what stood there. Raises `Refused` at its cell.

    What somebody else changed meanwhile and this leader did not touch so stays as it is.
    """
    rows: list[tuple[str, int]] = [(str(user), user) for user in users]
    also = typed.get(ALSO, "")
    if also.isdecimal():
        rows.append((ALSO, int(also)))
    elif any(typed.get(f"c_{ALSO}_{n}", "").strip() for n in range(7)):
        raise Refused(say("Choose who works these shifts."), field=ALSO)
    cells = {}
    for name, user in rows:
        for n, day in enumerate(days_of(monday)):
            text = typed.get(f"c_{name}_{n}", "").strip()
            if text != typed.get(f"w_{name}_{n}", "").strip():
                cells[user, day] = _parsed(text, f"c_{name}_{n}")
    return cells


def _parsed(text: str, field: str) -> Cell | None:
    try:
        return parse_cell(text)
    except Refused as no:
        raise Refused(no.reason, field=field) from None


class SwapForm(FlaskForm):
    """Which of one's own shifts, with whom, and which of his in return."""

    day = SelectField(say("My shift"), [MISSING])
    other = SelectField(say("With"), [MISSING])
    in_return = DayField(say("In return his or her shift of"))

    def __init__(
        self, *args: Any, mine: Sequence[RosterDuty], others: Sequence[User], today: date, lang: str, label: Any,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.today = today
        super().__init__(*args, **kwargs)
        self.day.choices = [SelectChoice(each.day.isoformat(), label(each)) for each in mine]
        self.other.choices = [SelectChoice(str(user.id), user.name_in(lang)) for user in others]
