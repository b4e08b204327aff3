"""Requests, repairs and complaints of the day, in every state a visitor of the demo may look for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pms.access import Role
from pms.db import work
from pms.demo import queries
from pms.demo.play import Play
from pms.guest_services import kept, wake_ups
from pms.guest_services.models_kept import KeptKind
from pms.requests import actions
from pms.requests.models import Call
from pms.requests.queries import services
from pms.requests.rules import NewRequest
from pms.requests.words import Kind
from pms.reservations.models import Stay

# service, what the guest says, minutes ago, how far it has come
CALLS = (
    ("Air conditioning", "It blows warm air 空调不制冷", 95, "accepted"),
    ("Lamp", "Reading lamp at the window side", 50, "done"),
    ("Water, drain", "浴缸下水慢", 70, "later"),
    ("Towels", "Two more bath towels, please", 9, "dispatched"),
    ("Cot", "明天晚上需要婴儿床", 30, "dispatched"),
    ("Adapter", "For a European plug", 8, "open"),
    ("Television", "No sound on any channel", 200, "closed"),
)
COMPLAINTS = (
    ("noise", 2, "Drilling above the room since seven 楼上七点开始钻孔", 26),
    ("waiting", 1, "早餐等位太久", 4),
)
WAKE_UPS = ((5, 30), (6, 0), (6, 30), (6, 45), (7, 0))


def take_calls(play: Play, now: datetime) -> None:
    """What guests have asked for by `now`."""
    with work():
        stays = queries.in_house_now(len(CALLS) + len(COMPLAINTS))
        known = {service.name_en: service for service in services()}
        for (name, text, ago, state), stay in zip(CALLS, stays, strict=False):
            at = now - timedelta(minutes=ago)
            new = NewRequest(known[name].kind, text, dispatched=state != "open")
            call = actions.write_down(new, service=known[name], stay=stay, by=play.by(Role.FRONT_DESK_AGENT), now=at)
            _bring(play, call, state, at + timedelta(minutes=4))
        for (reason, severity, text, hours), stay in zip(COMPLAINTS, stays[len(CALLS) :], strict=False):
            _complain(play, stay, reason, severity, text, now - timedelta(hours=hours))


def wake_and_keep(play: Play, now: datetime) -> None:
    """Tomorrow's wake-up calls, two parcels and something found."""
    concierge: dict[str, Any] = {"by": play.by(Role.CONCIERGE), "now": now}
    with work():
        stays = queries.in_house_now(len(WAKE_UPS) + 2)
        morning = now.astimezone(play.zone).replace(tzinfo=None) + timedelta(days=1)
        for (hour, minute), stay in zip(WAKE_UPS, stays, strict=False):
            wake_up_at = morning.replace(hour=hour, minute=minute, second=0, microsecond=0)
            wake_ups.order_wake_up(stay, wake_up_at, **concierge)
        for number, stay in enumerate(stays[len(WAKE_UPS) :]):
            parcel = kept.NewThing(
                KeptKind.PARCEL, "Box from the tea house 茶庄盒装", "SF Express 顺丰", f"P{number + 1}"
            )
            kept.keep(parcel, stay=stay, **concierge)
        for stay in queries.left_lately(1):
            watch = kept.NewThing(KeptKind.FOUND, "Silver watch under the bed 床下银色手表", "Huang Yan 黄燕", "F1")
            kept.keep(watch, room=stay.room, **concierge)


def _bring(play: Play, call: Call, state: str, at: datetime) -> None:
    engineer, leader = play.by(Role.DEPARTMENT_STAFF), play.by(Role.SHIFT_LEADER)
    if state in ("accepted", "done", "closed", "later"):
        actions.accept(call, by=engineer, now=at)
    if state == "later":
        why, until = "Guest asleep, comes back tomorrow", at + timedelta(hours=22)
        actions.postpone(call, why, until, note_left=True, by=engineer, now=at + timedelta(minutes=6))
    if state in ("done", "closed"):
        done = at + timedelta(minutes=20)
        actions.finish(call, "Replaced and tried", signed_by="Guest", by=engineer, now=done)
    if state == "closed":
        actions.call_back(call, True, by=leader, now=at + timedelta(minutes=60))


def _complain(play: Play, stay: Stay, reason: str, severity: int, text: str, at: datetime) -> None:
    am = play.by(Role.ASSISTANT_MANAGER)
    new = NewRequest(Kind.COMPLAINT, text, severity=severity, reason=reason, department=am.department)
    actions.write_down(new, stay=stay, by=am, now=at)
