"""Groups, conferences and weddings with a block of rooms (R8): made, changed, filled by a rooming list, released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pms import access, clock, journal, notices
from pms.db import db
from pms.errors import Conflict, Refused
from pms.guests.actions import guest_or_missing
from pms.lengths import check_lengths
from pms.notices import Department
from pms.property import queries as house
from pms.reservations import blocks, freed, queries_groups, rules, selling, weddings
from pms.reservations.booking import check_plan, sold_type
from pms.reservations.endings import cancel
from pms.reservations.inventory import SoldOut
from pms.reservations.models import Group, GroupStatus, Source, Stay
from pms.reservations.saving import save
from pms.reservations.status import Status
from pms.reservations.words import GROUP_STATUSES
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User

KINDS = (Source.GROUP, Source.CONFERENCE, Source.WEDDING)
COLOURS = 4
TOLD = (Department.FRONT_DESK, Department.SALES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """So many rooms of a type on the nights from `first` to before `until` (None: the group's dates).

    `price` a night in minor units by hand (needs "set_price"); None takes the group's plan.
    """

    type_id: int
    rooms: int
    first: date | None = None
    until: date | None = None
    price: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGroup:
    """A group as it is agreed. `cut_off`: from that day on rooms without a name are sold to others."""

    code: str
    name: str
    arrival: date
    departure: date
    plan_id: int
    name_zh: str = ""
    kind: Source = Source.GROUP
    status: GroupStatus = GroupStatus.DEFINITE
    cut_off: date | None = None
    account_id: int | None = None
    leader_id: int | None = None
    eta: str = ""
    notes: str = ""
    colour: int | None = None  # 1 to 4 on screens; None takes the next one
    blocks: tuple[Block, ...] = ()
    force: bool = False


# What of a group may be changed later; its nights follow from its block and its stays.
CHANGEABLE = ("name", "name_zh", "kind", "cut_off", "plan_id", "account_id", "leader_id", "eta", "colour", "notes")


def create_group(new: NewGroup, *, by: User, now: datetime) -> Group:
    """Open a group and block its rooms. Raises `SoldOut` with offers when full, `Conflict` for a used code."""
    access.require(by, "manage_groups")
    today = clock.business_date()
    code = new.code.strip().upper()
    _check(new, code, today)
    values = {name: getattr(new, name) for name in ("name", "name_zh", "notes")}
    values = {name: text.strip() for name, text in values.items()} | {"code": code}
    check_lengths(Group, values)
    group = Group(
        **values,
        status=new.status,
        kind=new.kind,
        arrival=new.arrival,
        departure=new.departure,
        cut_off=new.cut_off,
        plan_id=new.plan_id,
        account_id=new.account_id,
        leader_id=_leader(new.leader_id),
        eta=new.eta,
    )
    db.session.add(group)
    db.session.flush()
    group.colour = new.colour or (group.id - 1) % COLOURS + 1
    for block in sorted(new.blocks, key=lambda b: b.type_id):
        _block(group, block, force=new.force, by=by)
    db.session.flush()
    rooms = {house.type_of(b.type_id).code: b.rooms for b in new.blocks}
    journal.write(by, "create_group", group, now=now, code=code, rooms=rooms, forced=new.force or None)
    text = say("New group {code} {name}, arrival {arrival}.", code=code, name=group.name, arrival=group.arrival)
    notices.tell(_told(group), text, about=group, by=by, now=now)
    return group


def change_group(group: Group, changes: Mapping[str, Any], *, version: int, by: User, now: datetime) -> None:
    """Change what CHANGEABLE names, if `version` is still the one that was looked at. Raises `Conflict`, `Refused`."""
    access.require(by, "manage_groups")
    blocks.refuse_cancelled(group)
    if group.version != version:
        raise Conflict(say("Somebody else has just changed this. Please look at it again."))
    was = {name: getattr(group, name) for name in CHANGEABLE}
    wanted = was | {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    check_lengths(Group, wanted)
    _check_wording(wanted["name"], wanted["kind"], wanted["plan_id"], wanted["eta"])
    wanted["leader_id"] = _leader(wanted["leader_id"])
    if wanted["cut_off"] and wanted["cut_off"] != group.cut_off:
        _check_cut_off(wanted["cut_off"], clock.business_date(), group.arrival)
    changed = {name: wanted[name] for name in CHANGEABLE if wanted[name] != was[name]}
    if not changed:
        return
    for name, value in changed.items():
        setattr(group, name, value)
    save(group)
    plain = {name: str(value) for name, value in changed.items()}
    journal.write(by, "change_group", group, now=now, was={name: str(was[name]) for name in changed}, now_is=plain)


def change_block(group: Group, block: Block, *, force: bool = False, by: User, now: datetime) -> None:
    """Block more or fewer rooms of a type; rooms that have a name are not lost. Raises `SoldOut` with offers."""
    access.require(by, "manage_groups")
    blocks.refuse_cancelled(group)
    _block(group, block, force=force, by=by)
    code = house.type_of(block.type_id).code
    journal.write(
        by, "change_block", group, now=now, type=code, rooms=block.rooms, first=block.first, until=block.until
    )


def set_leader(group: Group, guest_id: int, *, by: User, now: datetime) -> None:
    """Who leads the group: his room, his signature, his call. Raises `Missing`."""
    access.require(by, "manage_groups")
    group.leader = guest_or_missing(guest_id)
    save(group)
    journal.write(by, "set_leader", group, now=now, guest=guest_id)


def set_status(group: Group, status: GroupStatus, *, by: User, now: datetime) -> None:
    """Tentative to definite or back; a group is cancelled with `cancel_group`."""
    access.require(by, "manage_groups")
    blocks.refuse_cancelled(group)
    if status is GroupStatus.CANCELLED:
        raise Refused(say("Cancel the group with a reason instead."))
    was, group.status = group.status, status
    save(group)
    journal.write(by, "set_group_status", group, now=now, was=was.value, now_is=status.value)
    text = say("Group {code} is now: {status}.", code=group.code, status=GROUP_STATUSES[status])
    notices.tell(_told(group), text, about=group, by=by, now=now)


def release_block(group: Group, *, by: User, now: datetime) -> int:
    """Rooms without a name are free for others again; returns how many room-nights."""
    access.require(by, "manage_groups")
    return _release(group, by=by, now=now)


def release_at_cut_off(*, by: User, now: datetime) -> list[Group]:
    """Release the block of every group whose cut-off has come; sales and reservations are told which.

    Done by the night audit for the new date.
    """
    access.require(by, "run_audit")
    groups = queries_groups.due_for_release(clock.business_date())
    for group in groups:
        count = _release(group, by=by, now=now)
        text = say(
            "Cut-off of group {code}: {count} room-nights without a name are released.", code=group.code, count=count
        )
        notices.tell((Department.SALES, Department.RESERVATIONS), text, about=group, by=by, now=now)
    return groups


def cancel_group(group: Group, reason: str, *, by: User, now: datetime) -> int:
    """Cancel a group with all its stays that have not arrived; returns how many. Nobody of it may be in house."""
    access.require(by, "manage_groups")
    blocks.refuse_cancelled(group)
    if not reason.strip():
        raise Refused(say("Please say why the group is cancelled."), field="reason")
    stays = queries_groups.stays_of(group.id)
    if any(stay.status is Status.IN_HOUSE for stay in stays):
        raise Refused(say("Guests of group {code} are in house; check them out first.", code=group.code))
    reserved = [stay for stay in stays if stay.status is Status.RESERVED]
    for stay in sorted(reserved, key=lambda stay: (stay.held_type_id, stay.arrival)):
        cancel(stay, reason, by=by, now=now)
    release_block(group, by=by, now=now)
    group.status = GroupStatus.CANCELLED
    save(group)
    weddings.off(group, by=by, now=now)
    journal.write(by, "cancel_group", group, now=now, reason=reason.strip(), stays=len(reserved))
    text = say("Group {code} {name} is cancelled: {reason}", code=group.code, name=group.name, reason=reason.strip())
    notices.tell((*_told(group), Department.HOUSEKEEPING), text, about=group, by=by, now=now)
    return len(reserved)


def stays_arriving(group_id: int, day: date) -> list[Stay]:
    """The group's stays to be checked in on `day`, with guest and room."""
    return queries_groups.stays_arriving(group_id, day)


def _check(new: NewGroup, code: str, today: date) -> None:
    if not code:
        raise Refused(say("A group needs a code and a name."), field="code")
    if queries_groups.group_by_code(code):
        raise Conflict(say("There is already a group {code}.", code=code), field="code")
    _check_wording(new.name, new.kind, new.plan_id, new.eta)
    rules.check_dates(new.arrival, new.departure, today, day_use=False)
    if new.cut_off:
        _check_cut_off(new.cut_off, today, new.arrival)


def _leader(guest_id: int | None) -> int | None:
    return None if guest_id is None else guest_or_missing(guest_id).id


def _check_wording(name: str, kind: Source, plan_id: int, eta: str) -> None:
    if not name.strip():
        raise Refused(say("A group needs a code and a name."), field="name")
    if kind not in KINDS:
        raise Refused(say("A group is a group, a conference or a wedding."), field="kind")
    check_plan(plan_id)
    rules.check_eta(eta)


def _check_cut_off(cut_off: date, today: date, arrival: date) -> None:
    if not today <= cut_off <= arrival:
        raise Refused(say("The cut-off lies between today and arrival."), field="cut_off")


def _block(group: Group, block: Block, *, force: bool, by: User) -> None:
    if force:
        access.require(by, "sell_beyond_limit")
    if block.price is not None:
        access.require(by, "set_price")
    if block.rooms < 0 or (block.price or 0) < 0:
        raise Refused(say("Rooms and price of a block are not negative."), field="blocks")
    kind = sold_type(block.type_id)
    first, until = block.first or group.arrival, block.until or group.departure
    if not group.arrival <= first < until <= group.departure:
        raise Refused(say("The nights of a block lie between the group's arrival and departure."), field="blocks")
    nights = rules.nights_of(first, until)
    assert group.plan_id is not None
    prices: Mapping[date, int] = {
        night: house.price_of(group.plan_id, kind.id, night) if block.price is None else block.price for night in nights
    }
    try:
        blocks.resize(group.id, kind.id, dict.fromkeys(nights, block.rooms), prices, force=force)
    except SoldOut as full:
        offers = selling.offers_instead(kind.id, nights)
        raise SoldOut(full.reason, type_id=kind.id, nights=full.nights, offers=offers) from None


def _release(group: Group, *, by: User, now: datetime) -> int:
    released, by_type = 0, _open_by_type(group, clock.business_date())
    for type_id, nights in sorted(by_type.items()):
        blocks.resize(group.id, type_id, {night: named for night, (named, _) in nights.items()}, {}, force=True)
        released += sum(left for _, left in nights.values())
    if released:
        journal.write(by, "release_block", group, now=now, room_nights=released)
    for type_id, nights in sorted(by_type.items()):
        freed.tell_waitlist(type_id, list(nights), by=by, now=now)
    return released


def _open_by_type(group: Group, since: date) -> dict[int, dict[date, tuple[int, int]]]:
    """By type and night from `since` on: rooms with a name, and those without."""
    found: dict[int, dict[date, tuple[int, int]]] = {}
    for line in queries_groups.block_of(group.id):
        if line.open and line.night >= since:
            found.setdefault(line.type_id, {})[line.night] = (line.picked_up, line.open)
    return found


def _told(group: Group) -> tuple[Department, ...]:
    extra = {Source.CONFERENCE: (Department.BANQUET,), Source.WEDDING: (Department.HOUSEKEEPING, Department.SALON)}
    return (*TOLD, *extra.get(group.kind, ()))
