"""Groups: agreed with a block, filled by a rooming list, checked in as a whole."""

from __future__ import annotations

from typing import Any

from pms import clock
from pms.api import answers, cursors, queries
from pms.api.answers import Outdated, as_number, may, plan_id_of, sees_prices, shown, type_id_of, version_seen
from pms.api.door import Door
from pms.api.schemas_groups import (
    BlockChange,
    BlockIn,
    BlockNight,
    CancelledIn,
    GroupChange,
    GroupIn,
    GroupLineOut,
    GroupOut,
    GroupPage,
    GroupQuery,
    Released,
    RoomingListIn,
    StatusIn,
)
from pms.api.schemas_stays import ReservationOut
from pms.property import queries as house
from pms.reservations import groups, queries_groups
from pms.reservations.group_guests import import_rooming_list
from pms.reservations.groups import Block, NewGroup
from pms.reservations.models import Group, GroupStatus, Source
from pms.reservations.queries_groups import BlockLine
from pms.say import say
from pms.web.gate import me

bp = Door("Groups")


@bp.does("GET /groups", needs="see_reservations")
def list_groups(query: GroupQuery) -> GroupPage:
    """Groups that have not left, in the order in which they were made."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = queries_groups.groups_after(last, query.leaves_from or clock.business_date(), query.limit + 1)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return GroupPage(items=[shown(GroupLineOut, row) for row in rows], next=following)


@bp.does("POST /groups", needs="manage_groups", status=201)
def create_group(body: GroupIn) -> GroupOut:
    """Open a group and block its rooms, all or none."""
    new = NewGroup(
        kind=Source(body.kind),
        status=GroupStatus(body.status),
        plan_id=plan_id_of(body.plan),
        account_id=queries.account_called(body.account, "account"),
        blocks=tuple(_block(each) for each in body.blocks),
        **body.model_dump(exclude={"kind", "status", "plan", "account", "blocks"}),
    )
    return _group(groups.create_group(new, by=me(), now=clock.now()))


@bp.does("GET /groups/{code}", needs="see_reservations")
def read_group(code: str) -> GroupOut:
    """What was agreed, and the block by night and type."""
    return _group(queries.group_of(code))


@bp.does("PATCH /groups/{code}", needs="manage_groups", holds=True)
def change_group(code: str, body: GroupChange) -> GroupOut:
    """Change what was agreed, if it still is as it was seen."""
    group, seen = queries.group_of(code), as_number(version_seen(body.version))
    if group.version != seen:
        raise Outdated(say("Somebody else has just changed this. Please look at it again."), _group(group))
    changes: dict[str, Any] = body.model_dump(exclude={"version", "kind", "plan", "account"}, exclude_none=True)
    if body.kind:
        changes["kind"] = Source(body.kind)
    if body.plan:
        changes["plan_id"] = plan_id_of(body.plan)
    if body.account:
        changes["account_id"] = queries.account_called(body.account, "account")
    groups.change_group(group, changes, version=seen, by=me(), now=clock.now())
    return _group(group)


@bp.does("PUT /groups/{code}/block", needs="manage_groups")
def change_block(code: str, body: BlockChange) -> GroupOut:
    """Block so many rooms of a type; rooms that have a name are not lost."""
    group = queries.group_of(code)
    groups.change_block(group, _block(body), force=body.force, by=me(), now=clock.now())
    return _group(group)


@bp.does("PUT /groups/{code}/status", needs="manage_groups")
def set_group_status(code: str, body: StatusIn) -> GroupOut:
    """Tentative or definite."""
    group = queries.group_of(code)
    groups.set_status(group, GroupStatus(body.status), by=me(), now=clock.now())
    return _group(group)


@bp.does("POST /groups/{code}/release", needs="manage_groups")
def release_block(code: str) -> Released:
    """Rooms without a name are free for others again."""
    return Released(room_nights=groups.release_block(queries.group_of(code), by=me(), now=clock.now()))


@bp.does("POST /groups/{code}/cancellation", needs="manage_groups")
def cancel_group(code: str, body: CancelledIn) -> GroupOut:
    """Cancel a group with all its stays that have not arrived."""
    group = queries.group_of(code)
    groups.cancel_group(group, body.reason, by=me(), now=clock.now())
    return _group(group)


@bp.does("POST /groups/{code}/rooming-list", needs="manage_groups", status=201)
def take_over_rooming_list(code: str, body: RoomingListIn) -> ReservationOut:
    """Everybody of the list becomes a guest with a room, or nobody does and each mistake is named with its line."""
    group = queries.group_of(code)
    return answers.reservation(import_rooming_list(group, body.list, force=body.force, by=me(), now=clock.now()))


def _block(asked: BlockIn) -> Block:
    return Block(
        type_id=type_id_of(asked.type), rooms=asked.rooms, first=asked.first, until=asked.until, price=asked.price
    )


def _group(group: Group) -> GroupOut:
    known = may("see_incognito") or not (group.leader and group.leader.incognito)
    return shown(
        GroupOut,
        group,
        version=f"{group.version:x}",
        plan=house.facts().plans[group.plan_id].code if group.plan_id else None,
        account=group.account.code if group.account else None,
        leader_id=group.leader_id if known else None,
        block=[_night(line) for line in queries_groups.block_of(group.id)],
    )


def _night(line: BlockLine) -> BlockNight:
    return shown(BlockNight, line, **({} if sees_prices() else {"price": None}))
