"""The forms of groups: what was agreed, the rooms of the block by type and night, the rooming list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from pms.errors import Refused
from pms.property.forms import choices
from pms.reservations.groups import KINDS, Block, NewGroup
from pms.reservations.models import Group, GroupStatus, Source
from pms.reservations.queries_groups import BlockLine
from pms.reservations.rules import nights_of
from pms.say import Say, say
from pms.web.fields import MISSING, DayField, at_most

KIND_NAMES: dict[Source, Say] = {
    Source.GROUP: say("Tour group"),
    Source.CONFERENCE: say("Conference"),
    Source.WEDDING: say("Wedding"),
}
OPEN_STATUSES = {GroupStatus.DEFINITE: say("Definite"), GroupStatus.TENTATIVE: say("Tentative")}
COLOUR_NAMES = {"": say("The next one"), "1": say("Violet"), "2": say("Magenta"), "3": say("Olive"), "4": say("Teal")}
MOST_ROOMS = 999
A_DAY = InputRequired(say("This is missing."))


class GroupForm(FlaskForm):
    """What was agreed with whom. Code and dates are fixed once the group exists."""

    version = HiddenField()
    code = StringField(say("Code"), [MISSING, at_most(16)])
    name = StringField(say("Group name"), [MISSING, at_most(80)])
    name_zh = StringField(say("Name in Chinese"), [at_most(80)])
    kind = SelectField(say("Kind"), choices=[])
    status = SelectField(say("Status"), choices=[])
    arrival = DayField(say("Arrival"), [A_DAY])
    departure = DayField(say("Departure"), [A_DAY])
    cut_off = DayField(say("Cut-off"))
    eta = StringField(say("Expected at"), [at_most(5)])
    plan_id = SelectField(say("Rate plan"), choices=[], coerce=int)
    account_id = SelectField(say("Agency, company"), choices=[])
    leader_id = HiddenField(say("Leader"))
    colour = SelectField(say("Colour"), choices=[])
    notes = TextAreaField(say("Agency order, notes"), [at_most(500)])

    def __init__(
        self, *args: Any, lang: str, today: date, plans: Sequence[Any], accounts: Sequence[Any], **kwargs: Any
    ) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.kind.choices = choices({kind.value: KIND_NAMES[kind] for kind in KINDS}, lang)
        self.status.choices = choices({status.value: name for status, name in OPEN_STATUSES.items()}, lang)
        self.colour.choices = choices(COLOUR_NAMES, lang)
        self.plan_id.choices = [SelectChoice(row.id, f"{row.code} {_named(row, lang)}") for row in plans]
        none = SelectChoice("", "—")
        self.account_id.choices = [none, *(SelectChoice(str(row.id), _named(row, lang)) for row in accounts)]

    def of_group(self) -> None:
        """Leave out what cannot be changed any more."""
        del self.code, self.status, self.arrival, self.departure

    @property
    def agreed(self) -> dict[str, Any]:
        """As `groups.change_group` takes them."""
        return {
            "name": self.name.data or "",
            "name_zh": self.name_zh.data or "",
            "kind": Source(self.kind.data),
            "cut_off": self.cut_off.day,
            "plan_id": self.plan_id.data,
            "account_id": _id(self.account_id.data),
            "leader_id": _id(self.leader_id.data),
            "eta": (self.eta.data or "").strip(),
            "notes": self.notes.data or "",
        } | ({"colour": int(self.colour.data)} if self.colour.data else {})

    def new_group(self, blocks: Sequence[Block], *, force: bool) -> NewGroup:
        assert self.arrival.day
        assert self.departure.day
        return NewGroup(
            code=self.code.data or "",
            status=GroupStatus(self.status.data),
            arrival=self.arrival.day,
            departure=self.departure.day,
            blocks=tuple(blocks),
            force=force,
            **self.agreed,
        )


def rooms_of(typed: Mapping[str, str], types: Sequence[Any]) -> list[Block]:
    """The rooms of each type for all nights of a new group, fields `rooms-<type id>`. Raises `Refused` at its field."""
    found = []
    for kind in types:
        name = f"rooms-{kind.id}"
        if count := _count(typed.get(name, ""), name):
            found.append(Block(type_id=kind.id, rooms=count))
    return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the block, a type on a night, as it stands."""

    type_id: int
    night: date
    blocked: int = 0
    picked_up: int = 0

    @property
    def name(self) -> str:
        return f"block-{self.type_id}-{self.night.isoformat()}"

    @property
    def seen(self) -> str:
        """The field with what stood there when the page was opened."""
        return f"was-{self.type_id}-{self.night.isoformat()}"


def grid(group: Group, types: Sequence[Any], lines: Sequence[BlockLine]) -> list[tuple[Any, list[Cell]]]:
    """The block as rows of types and columns of nights; every type that is sold has a row."""
    there = {(line.type_id, line.night): line for line in lines}
    nights = nights_of(group.arrival, group.departure)
    return [
        (kind, [_cell(kind.id, night, there.get((kind.id, night))) for night in nights])
        for kind in types
    ]  # fmt: skip


def changed_cells(rows: Sequence[tuple[Any, list[Cell]]], typed: Mapping[str, str]) -> list[Block]:
    """What was typed over, consecutive nights of a type with the same rooms together.

    Raises `Refused` at the field of a cell that is no number, or that somebody else has changed since it was shown.
    """
    found: list[Block] = []
    for kind, cells in rows:
        for cell in cells:
            rooms = _typed_into(cell, typed)
            if rooms is None:
                continue
            last = found[-1] if found else None
            if last and (last.type_id, last.rooms, last.until) == (kind.id, rooms, cell.night):
                found.pop()
                first = last.first
            else:
                first = cell.night
            found.append(Block(type_id=kind.id, rooms=rooms, first=first, until=cell.night + timedelta(days=1)))
    return found


def grows(rows: Sequence[tuple[Any, list[Cell]]], changes: Iterable[Block]) -> bool:
    """Whether a change blocks more rooms than a cell of these rows shows."""
    blocked = {(cell.type_id, cell.night): cell.blocked for _, cells in rows for cell in cells}
    return any(
        block.rooms > blocked[block.type_id, night]
        for block in changes
        if block.first and block.until
        for night in nights_of(block.first, block.until)
    )


def _typed_into(cell: Cell, typed: Mapping[str, str]) -> int | None:
    """The rooms wanted on a cell, None where nothing was changed."""
    text = typed.get(cell.name)
    seen = typed.get(cell.seen, "")
    if text is None or text.strip() == seen:
        return None
    rooms = _count(text, cell.name)
    if seen and seen != str(cell.blocked):
        raise Refused(
            say("Meanwhile {count} rooms are blocked here; somebody else has changed it.", count=cell.blocked),
            field=cell.name,
        )
    return rooms if rooms != cell.blocked else None


def _cell(type_id: int, night: date, line: BlockLine | None) -> Cell:
    return Cell(type_id, night, line.blocked, line.picked_up) if line else Cell(type_id, night)


def _count(text: str, name: str) -> int:
    """A number of rooms; nothing is none. Raises `Refused` at the field `name`."""
    text = text.strip() or "0"
    if not (text.isascii() and text.isdecimal() and int(text) <= MOST_ROOMS):
        raise Refused(say("{text} is not a number of rooms.", text=text), field=name)
    return int(text)


def _id(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _named(row: Any, lang: str) -> str:
    """An account may have no Chinese name."""
    return str((row.name_zh if lang == "zh" else "") or row.name_en)
