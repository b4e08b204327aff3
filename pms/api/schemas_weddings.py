"""Weddings: the list of those to come, and the sheet of one."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from pms.api.schemas import Asked, Clock, Day, Given, Id, Line, Time, Version


class WeddingIn(Asked):
    """What a couple asks for. `salon_at` is the bride's appointment on `day`, '' without one.

    `stay_id` is the newly-weds' room, one of the group's rooming list; null while that is not in.
    """

    bride: Line
    groom: Line
    day: Day
    starts: Time
    place: Line
    ends: Clock = ""
    covers: int = Field(default=0, ge=0, le=5000, description="Persons; 0 when not known.")
    salon_at: Clock = ""
    stay_id: Id | None = None


class WeddingChange(WeddingIn):
    """The whole sheet as it is from now on."""

    version: Version | None = Field(default=None, description="Instead of If-Match.")


class WeddingOut(Given):
    """The sheet of a wedding party. `salon_done_at` and `decorated_at` say when it was ticked off."""

    group: str
    version: str
    bride: str
    groom: str
    day: date
    starts: str
    ends: str
    place: str
    covers: int
    salon_at: str
    salon_done_at: datetime | None
    stay_id: int | None
    decorated_at: datetime | None


class WeddingLineOut(Given):
    """A wedding party; `bride` and all that follows is null while nobody has taken the wedding down.

    `room` is the newly-weds'; `rooms` and `placed` count the party's.
    """

    code: str
    name: str
    name_zh: str
    arrival: date
    departure: date
    rooms: int
    placed: int
    bride: str | None
    groom: str | None
    day: date | None
    starts: str | None
    place: str | None
    covers: int | None
    stay_id: int | None
    room: str | None
    decorated: bool
    salon_at: str | None
    salon_done: bool


class Weddings(Given):
    """The next one first."""

    items: list[WeddingLineOut]
