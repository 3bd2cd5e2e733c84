"""What allocation says, each decided by its own part, for the desks of those who hear it.

A place is filled the whole way: opened, proposed by the channel of the unit, confirmed after the review.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel.messages import Actor, Command, Context, Event
from kernel.part import Part
from kernel.testing import actor
from services.allocation.placement.nominee import Nominee
from services.allocation.placement.placement import TARGET, ConfirmPlacement, PlacementConfirmed
from services.allocation.placement.propose import Placing, ProposePlacement
from services.allocation.quotas.batch import BATCH, Batch
from services.allocation.quotas.quota import AssignUnitQuota, Places, SetUnitQuota
from services.allocation.registers.office import OFFICE, Holder, KnownPosts, RecordHolder
from services.allocation.registers.tier_organs import tier_of
from services.allocation.registers.unit import UNIT, RegisterUnit
from services.allocation.targets.target import NoteOnPost, NoteVacancy, Opening, OpenTarget
from tests.kit.personnel.cast import CHANNEL, PROVINCE, SYSTEM, ctx


def manager(channel: str) -> Actor:
    """Who acts for a channel: of a city or county its department."""
    role = {"city": "city_org", "county": "county_org"}.get(tier_of(channel))
    return actor(role, areas=(channel,)) if role else actor("channel", units=(channel,))


def unit_registered(unit: str, channel: str = CHANNEL, name: str = "某厅", on: str = "2018-04-17") -> Event:
    """A unit stands in the register, at the level of its channel."""
    at, level = ctx(on, manager(channel)), tier_of(channel)
    order = RegisterUnit(context=at, unit=unit, name=name, channel=channel, level=level)
    return _only(UNIT, UNIT.initial, order)


def unit_quota(
    unit: str, townships: int, villages: int, channel: str = CHANNEL, on: str = "2018-04-17", basis: str = "synthetic"
) -> Event:
    """A unit has places, of a channel that has just these."""
    asked = SetUnitQuota(
        context=ctx(on, manager(channel)),
        programme="LN2018",
        unit=unit,
        townships=townships,
        villages=villages,
        basis=basis,
    )
    batch = Batch(channels={channel: Places(townships, villages)})
    return _only(BATCH, batch, AssignUnitQuota(context=asked.context, asked=asked, channel=channel))


def placement(
    target: str, person: str, unit: str, channel: str = CHANNEL, on: str = "2018-04-27", number: int = 1
) -> PlacementConfirmed:
    """A person of a unit is placed at ``target``, which its channel's tier fills, as the ``number``-th there: those
    before were recalled."""
    kind: Any = "township" if len(target) == 9 else "village"
    tier = tier_of(channel)
    reviewer = PROVINCE if tier == "province" else manager(target[:4])

    def at(by: Actor) -> Context:
        return ctx(on, by, "LN2018", target)

    def placing(who: str) -> tuple[Command, ...]:
        nominee = Nominee(f"n-{who}", who, channel, kind)
        place = Placing(target, unit, who, "无", "薄弱")
        return (
            ProposePlacement(
                context=at(manager(channel)), channel=channel, placing=place, nominee=nominee, ties=(target,), attempt=1
            ),
            ConfirmPlacement(context=at(reviewer), target=target, reviewed=True, bound=True),
        )

    opening = Opening(target, kind, kind == "village" and tier != "county")
    first = OpenTarget(
        context=at(PROVINCE), programme="LN2018", tier=tier, synthetic=True, opening=opening, place=1, live=1,
        quota=1, arranger="province", registered=True,
    )  # fmt: skip
    orders: list[Command] = [first]
    for before in range(1, number):
        posting, gone = f"LN2018.{target}.{before}", f"{person}-before-{before}"
        orders += placing(gone)
        orders.append(NoteOnPost(context=at(SYSTEM), posting=posting, person=gone))
        orders.append(NoteVacancy(context=at(SYSTEM), posting=posting, cause="CadreRecalled", bound=True))
    state: Any = TARGET.initial
    for order in (*orders, *placing(person)):
        made = TARGET.decide(state, order)
        state = TARGET.fold(state, made)
    (confirmed,) = made
    assert isinstance(confirmed, PlacementConfirmed)
    return confirmed


def office_held(organ: str, post: str, person: str, since: str, named: str) -> Event:
    """``person`` holds ``post`` of a division; ``named`` is the post as profiles name it."""
    holder = Holder(organ, post, person, date.fromisoformat(since))
    order = RecordHolder(context=ctx(since, PROVINCE), holder=holder, known=KnownPosts((named,)))
    return _only(OFFICE, OFFICE.initial, order)


def _only(part: Part[Any], state: Any, order: Command) -> Event:
    (event,) = part.decide(state, order)
    return event
