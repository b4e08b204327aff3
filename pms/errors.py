"""Refusals that help: a sentence for the clerk, and what can be done instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pms.say import Say


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing the clerk can do instead: the sentence, and the data that does it (room id, type code, dates)."""

    text: Say
    kind: str = ""
    value: Any = None


class Refused(Exception):
    """The house says no, why, and what would be possible. `field` names the form field it belongs to, if any."""

    status = 422

    def __init__(self, reason: Say, *, offers: tuple[Offer, ...] = (), field: str = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.offers = tuple(offers)
        self.field = field


class NotAllowed(Refused):
    """This role may not do that; the offer says who may."""

    status = 403


class Missing(Refused):
    """There is no such record."""

    status = 404


class Conflict(Refused):
    """Somebody else was faster, or the record has changed since it was read."""

    status = 409
