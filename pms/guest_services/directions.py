"""Directions 指路卡: what the concierge explains every day is kept in both languages and printed for the guest (Q5)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from pms import access, clock, journal
from pms.accounts.models import Name, User
from pms.accounts.queries_journal import steps_of
from pms.db import db
from pms.errors import Conflict, Refused
from pms.guest_services.models_directions import Direction
from pms.guest_services.queries_directions import of_title
from pms.lengths import check_lengths
from pms.say import say


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDirection:
    """Directions as they are typed; fields as in the model, '' for what is not known."""

    title_en: str
    title_zh: str
    text_en: str
    text_zh: str
    address_zh: str = ""
    telephone: str = ""
    hours_en: str = ""
    hours_zh: str = ""
    way_en: str = ""
    way_zh: str = ""


FIELDS = tuple(NewDirection.__dataclass_fields__)
IN_BOTH = ("title", "text")  # must be there; hours and way are said in both languages or in none


def add_direction(new: NewDirection, *, by: User, now: datetime) -> Direction:
    """Keep an answer. Raises `Refused` for words in one language only, `Conflict` for a title there is already."""
    access.require(by, "keep_directions")
    values = _checked(new)
    _refuse_same_title(values, None)
    direction = Direction(**values)
    db.session.add(direction)
    _save()
    journal.write(by, "add_direction", direction, now=now, title=values["title_en"])
    return direction


def change_direction(direction: Direction, new: NewDirection, *, version: int, by: User, now: datetime) -> None:
    """Correct an answer, if `version` is still the one that was looked at.

    Raises `Conflict` with who changed it and when, and as `add_direction`.
    """
    access.require(by, "keep_directions")
    if direction.version != version:
        raise _changed_meanwhile(direction)
    values = _checked(new)
    _refuse_same_title(values, direction)
    changed = {name: [getattr(direction, name), value] for name, value in values.items()}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    if not changed:
        return
    for name in changed:
        setattr(direction, name, values[name])
    _save()
    journal.write(by, "change_direction", direction, now=now, changed=changed)


def set_aside(direction: Direction, *, by: User, now: datetime) -> None:
    """No longer printed; it stays and can be brought back. Raises `Conflict` when a colleague has done so."""
    _set_active(direction, False, by, now)


def bring_back(direction: Direction, *, by: User, now: datetime) -> None:
    """Printed again. Raises `Conflict` when a colleague has done so."""
    _set_active(direction, True, by, now)


def _set_active(direction: Direction, active: bool, by: User, now: datetime) -> None:
    access.require(by, "keep_directions")
    if direction.active == active:
        raise _changed_meanwhile(direction)
    direction.active = active
    _save()
    journal.write(by, "bring_back_direction" if active else "set_aside_direction", direction, now=now)


def _checked(new: NewDirection) -> dict[str, str]:
    values = {name: value.strip() for name, value in asdict(new).items()}
    for part in (*IN_BOTH, "hours", "way"):
        english, chinese = values[f"{part}_en"], values[f"{part}_zh"]
        if bool(english) != bool(chinese) or (part in IN_BOTH and not english):
            missing = f"{part}_zh" if english else f"{part}_en"
            raise Refused(say("Please write it in both languages: the card is printed in either."), field=missing)
    check_lengths(Direction, values)
    return values


def _refuse_same_title(values: dict[str, str], own: Direction | None) -> None:
    found = of_title(values["title_en"], values["title_zh"])
    if found is None or found is own:
        return
    field = "title_zh" if found.title_zh == values["title_zh"] else "title_en"
    if found.active:
        raise Conflict(say("{title} is there already. Change it instead.", title=values[field]), field=field)
    raise Conflict(say("{title} was set aside. Bring it back instead.", title=values[field]), field=field)


def _save() -> None:
    """The database has the last word on titles and on who was first."""
    try:
        db.session.flush()
    except StaleDataError as error:
        raise Conflict(say("Somebody else has just changed this. Please look at it again.")) from error
    except IntegrityError as error:
        raise Conflict(say("Somebody else has just written this title down. Search for it.")) from error


def _changed_meanwhile(direction: Direction) -> Conflict:
    last = steps_of(direction)[-1]
    return Conflict(
        say("{name} has changed this at {time}. Look at it as it is now before you go on.",
            name=Name(last.by, last.by_zh), time=f"{clock.local(last.at):%H:%M}")
    )  # fmt: skip
