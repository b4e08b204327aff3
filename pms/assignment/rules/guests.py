"""What suits a kind of guest."""

from __future__ import annotations

from pms.assignment.facts import CLEAN, PEAK, House, RoomFacts, StayFacts
from pms.assignment.rules import Tier, Word, met, missed, of_kind, prefer
from pms.say import say

GOOD_NUMBERS = ("6", "8", "9")
PLAIN = 50  # quality below which a room is plain


# --- VIPs (P1) --------------------------------------------------------------------------------------------------------
@prefer(
    Tier.PROMISE,
    title=say("VIPs have rooms in the best condition"),
    source="P1",
    points={"per_two_points": 3},
    who=of_kind("vip"),
    room=("quality",),
)
def vip_has_the_best_condition(stay: StayFacts, room: RoomFacts, house: House, *, per_two_points: int) -> Word:
    lack = per_two_points * (100 - room.quality) // 2
    if room.quality >= 85:
        return met(say("One of the best rooms of the type: condition {points} of 100.", points=room.quality), lack)
    return missed(say("Not among the best rooms of the type: condition {points} of 100.", points=room.quality), lack)


@prefer(Tier.PROMISE, title=say("VIPs see the city"), source="P1", points=60, who=of_kind("vip"), room=("features",))
def vip_sees_the_city(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    return met(say("City view.")) if "city_view" in room.features else missed(say("No city view."), points)


@prefer(Tier.PROMISE, title=say("VIPs are not disturbed"), source="P1", points=30, who=of_kind("vip"), room=("noisy",))
def vip_is_not_disturbed(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
    return missed(say("Not one of the quiet rooms."), points) if room.noisy else None


@prefer(
    Tier.PROMISE,
    title=say("A VIP's room can be inspected in time"),
    source="P1",
    points=40,
    who=lambda stay, house: "vip" in stay.kinds and house.arrives_today(stay),
    room=("state",),
)
def vip_room_can_be_inspected(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    """The AM inspects the room before others are told: it must be clean in time."""
    if room.state == CLEAN:
        return met(say("Clean: the assistant manager can inspect it now."))
    return missed(say("Not clean yet: the assistant manager cannot inspect it."), points)


# --- Disabled and elderly guests (P13) --------------------------------------------------------------------------------
@prefer(
    Tier.PROMISE,
    title=say("Disabled guests live low"),
    source="P13",
    points=40,
    who=of_kind("disabled"),
    room=("features",),
)
def disabled_guest_lives_low(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    """An accessible room, or else a low floor near the lift."""
    if "accessible" in room.features:
        return met(say("An accessible room."))
    return met(say("A low floor.")) if "low" in room.features else missed(say("Not accessible and not low."), points)


@prefer(
    Tier.PROMISE,
    title=say("Disabled guests live near the lift"),
    source="P13",
    points=40,
    who=of_kind("disabled"),
    room=("features",),
)
def disabled_guest_is_near_the_lift(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
    if "accessible" in room.features:
        return None
    if "near_lift" in room.features:
        return met(say("Near the lift."))
    return missed(say("Neither accessible nor near the lift."), points)


@prefer(
    Tier.SUITS,
    title=say("Elderly guests live low"),
    source="P13",
    points=20,
    who=of_kind("elderly"),
    room=("features",),
)
def elderly_guest_lives_low(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    return met(say("A low floor.")) if "low" in room.features else missed(say("Not a low floor."), points)


@prefer(
    Tier.SUITS,
    title=say("Elderly guests sleep quietly"),
    source="P13",
    points=20,
    who=of_kind("elderly"),
    room=("features", "noisy"),
)
def elderly_guest_sleeps_quietly(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    """Quiet and away from the lift, unlike the disabled guest."""
    if "near_lift" in room.features:
        return missed(say("Near the lift, which an elderly guest hears."), points)
    if room.noisy:
        return missed(say("Not one of the quiet rooms."), points)
    return met(say("Quiet, away from the lift."))


# --- Business and leisure (P11, P12) ----------------------------------------------------------------------------------
@prefer(
    Tier.SUITS,
    title=say("Business guests are on the business floor"),
    source="P11",
    points=20,
    who=of_kind("business"),
    room=("business_floor",),
)
def business_guest_is_on_the_business_floor(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    if room.business_floor:
        return met(say("On the business floor."))
    return missed(say("Not on the business floor."), points)


@prefer(
    Tier.SUITS,
    title=say("Business guests work in peace"),
    source="P11",
    points=10,
    who=of_kind("business"),
    room=("features", "noisy"),
)
def business_guest_works_in_peace(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
    if "near_lift" in room.features:
        return missed(say("Near the lift, where it is louder."), points)
    return missed(say("Not one of the quiet rooms."), points) if room.noisy else None


@prefer(
    Tier.SUITS,
    title=say("The business floor is for business guests"),
    source="P11",
    points=25,
    who=lambda stay, house: (
        "business" not in stay.kinds and not stay.kinds.isdisjoint({"leisure", "group", "family", "newly_weds"})
    ),
    room=("business_floor",),
)
def business_floor_is_for_business(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word | None:
    """Tourists, families and groups are not put where others work."""
    return missed(say("On the business floor, where others work."), points) if room.business_floor else None


@prefer(
    Tier.SUITS,
    title=say("Leisure guests have a newly renovated room"),
    source="P12",
    points=8,
    who=of_kind("leisure"),
    room=("renovated",),
)
def leisure_guest_has_a_new_room(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    return met(say("Newly renovated.")) if room.renovated else missed(say("Not newly renovated."), points)


@prefer(
    Tier.SUITS,
    title=say("Leisure guests live high"),
    source="P12",
    points=8,
    who=of_kind("leisure"),
    room=("features",),
)
def leisure_guest_lives_high(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    return met(say("High up.")) if "high" in room.features else missed(say("Not a high floor."), points)


@prefer(
    Tier.SUITS,
    title=say("Leisure guests have a view"),
    source="P12",
    points=8,
    who=of_kind("leisure"),
    room=("features",),
)
def leisure_guest_has_a_view(stay: StayFacts, room: RoomFacts, house: House, *, points: int) -> Word:
    if not room.features.isdisjoint({"city_view", "lake_view"}):
        return met(say("With a view."))
    return missed(say("No view."), points)


# --- Groups, newly-weds, walk-ins (P3, P14, P17) ----------------------------------------------------------------------
@prefer(
    Tier.SUITS,
    title=say("Groups live low"),
    source="P3",
    points={"at_the_top": 12},
    who=of_kind("group"),
    room=("height",),
)
def group_lives_low(stay: StayFacts, room: RoomFacts, house: House, *, at_the_top: int) -> Word | None:
    lack = at_the_top * room.height // 100
    return missed(say("A higher floor than a group needs."), lack) if lack else met(say("A low floor for a group."))


@prefer(
    Tier.HOUSE,
    title=say("Guides take the plainest rooms in peak season"),
    source="P3",
    points={"per_ten_points": 2},
    who=lambda stay, house: "guide" in stay.kinds and house.season == PEAK,
    room=("quality",),
)
def guide_takes_the_plainest_room(stay: StayFacts, room: RoomFacts, house: House, *, per_ten_points: int) -> Word:
    """In peak season the better rooms are for guests."""
    lack = per_ten_points * room.quality // 10
    if room.quality < PLAIN:
        return met(say("A plain room for the guide, in peak season."), lack)
    return missed(say("A better room than a guide needs in peak season."), lack)


@prefer(
    Tier.SUITS,
    title=say("Newly-weds have a room to remember"),
    source="P14",
    points={"not_02": 12, "not_high": 12, "no_view": 12, "no_king": 24, "no_good_number": 12},
    who=of_kind("newly_weds"),
    room=("number", "features"),
)
def newly_weds_have_a_room_to_remember(
    stay: StayFacts,
    room: RoomFacts,
    house: House,
    *,
    not_02: int,
    not_high: int,
    no_view: int,
    no_king: int,
    no_good_number: int,
) -> Word:
    """An 02 room high up with city view, or else a king room with a good number: the nearer of the two counts."""
    has = room.features.__contains__
    high_02 = (
        not_02 * (not room.number.endswith("02")) + not_high * (not has("high")) + no_view * (not has("city_view"))
    )
    king = no_king * (not has("king")) + no_good_number * (not room.number.endswith(GOOD_NUMBERS))
    if not high_02:
        return met(say("A high 02 room with city view for the newly-weds."))
    if not king:
        return met(say("A king room with a good number for the newly-weds."))
    return missed(say("Neither a high 02 room with city view nor a king room with a good number."), min(high_02, king))


@prefer(
    Tier.SUITS,
    title=say("Walk-ins see the house at its best"),
    source="P17",
    points={"per_ten_points": 2},
    who=of_kind("walk_in"),
    room=("height", "quality"),
)
def walk_in_sees_the_house_at_its_best(stay: StayFacts, room: RoomFacts, house: House, *, per_ten_points: int) -> Word:
    lack = 200 - room.height - room.quality
    if lack <= 70:
        return met(say("High and in good condition."), per_ten_points * lack // 10)
    return missed(say("Not high or not in the best condition."), per_ten_points * lack // 10)
