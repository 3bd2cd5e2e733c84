"""A batch: scope, plan, tier split and quotas of one programme, in one stream so that they always fit each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kernel.grounds import rules_of
from kernel.messages import Event
from kernel.part import Part
from kernel.rules import Rules
from programmes.readers.quota import WEAK_VILLAGES
from services.allocation.quotas import amendment, batch_calendar, quota, scope, tiers, unit_division
from services.allocation.quotas.amendment import UNPUBLISHED, BatchAmendmentClosed, BatchPlanAmended, Standing
from services.allocation.quotas.batch_calendar import BatchOverdue
from services.allocation.quotas.quota import ChannelKindQuotaSet, ChannelQuotaSet, Places, UnitQuotaSet
from services.allocation.quotas.scope import BatchPlanPublished, Footing, Group, GroupScopeDefined, foot
from services.allocation.quotas.tiers import TierRow, TierSplitFixed, TierSplitProposed
from services.allocation.quotas.unit_division import ChannelPlacesDivided, UnitQuotaDeviated
from services.allocation.words import programme_of


@dataclass(frozen=True, slots=True)
class Batch:
    """What is fixed so far. ``units`` maps a unit to its channel and places, ``divided`` to those last worked out."""

    groups: tuple[Group, ...] = ()
    totals: tuple[int, int, int] = (0, 0, 0)
    standing: Standing = UNPUBLISHED
    proposed: bool = False
    overdue: bool = False
    tiers: tuple[TierRow, ...] = ()
    channels: Mapping[str, Places] = field(default_factory=dict)
    units: Mapping[str, tuple[str, Places]] = field(default_factory=dict)
    divided: Mapping[str, Places] = field(default_factory=dict)

    def tier(self, name: str) -> TierRow | None:
        """The fixed places of a tier, None before the split is fixed."""
        return next((row for row in self.tiers if row.tier == name), None)

    def arranger(self, area: str) -> str | None:
        """Who arranges the group of the city of ``area``; None where the city takes no part."""
        return next((g.arranger for g in self.groups if any(area.startswith(city) for city in g.cities)), None)

    def footing(self, rules: Rules) -> Iterator[Footing]:
        """The equalities of tiers, channels and units under the plan; what is not fixed yet counts as nothing."""
        for group in self.groups:
            if group.arranger == "province":
                yield foot("tiers: townships", sum(t.townships for t in self.tiers), group.townships)
                weak = rules.value(WEAK_VILLAGES)
                yield foot("tiers: weak villages", sum(t.weak_villages for t in self.tiers), weak)
                others = sum(t.other_villages for t in self.tiers)
                yield foot("tiers: other villages", others, group.villages - weak)
        province = self.tier("province")
        places = self.channels.values()
        if province is not None:
            villages = province.weak_villages + province.other_villages
            yield foot("channels: townships", sum(p.townships for p in places), province.townships)
            yield foot("channels: villages", sum(p.villages for p in places), villages)
        for channel in self.channels:
            left, whole = self.unassigned(channel), self.channels[channel]
            yield foot(f"units of {channel}: townships", whole.townships - left.townships, whole.townships)
            yield foot(f"units of {channel}: villages", whole.villages - left.villages, whole.villages)

    def unassigned(self, channel: str) -> Places:
        """The places of a channel that no unit has yet."""
        whole = self.channels.get(channel, Places(0, 0))
        given = [places for of, places in self.units.values() if of == channel]
        return Places(
            whole.townships - sum(p.townships for p in given), whole.villages - sum(p.villages for p in given)
        )


def decide(
    state: Batch,
    command: scope.DefineGroups
    | scope.PublishBatchPlan
    | amendment.AmendPlan
    | amendment.CloseAmended
    | tiers.ProposeTierSplit
    | tiers.FixTierSplit
    | quota.SetChannelQuotas
    | quota.AssignUnitQuota
    | unit_division.DivideAmong
    | batch_calendar.CheckOpenPlaces,
) -> Sequence[
    TierSplitProposed
    | BatchPlanPublished
    | BatchPlanAmended
    | BatchAmendmentClosed
    | BatchOverdue
    | UnitQuotaDeviated
    | GroupScopeDefined
    | ChannelQuotaSet
    | ChannelKindQuotaSet
    | TierSplitFixed
    | ChannelPlacesDivided
    | UnitQuotaSet
]:
    """Hand each command to its function."""
    match command:
        case scope.DefineGroups():
            return scope.define_groups(state.groups, command)
        case scope.PublishBatchPlan():
            return scope.publish_plan(state.groups, state.standing.published, command)
        case amendment.AmendPlan():
            return amendment.amend(state.groups, state.totals, state.standing, command)
        case amendment.CloseAmended():
            return amendment.close(state.standing, tuple(state.footing(rules_of(command))), command)
        case tiers.ProposeTierSplit():
            return tiers.propose(state.groups, command)
        case tiers.FixTierSplit():
            return tiers.fix(state.groups, state.proposed, command)
        case quota.SetChannelQuotas():
            return quota.set_channels(state.tier("province"), command)
        case quota.AssignUnitQuota():
            (given,) = quota.set_unit(state.channels, state.units, command)
            return [given, *unit_division.deviation(state.divided, given)]
        case unit_division.DivideAmong():
            return unit_division.divide(state.channels, state.units, command)
        case batch_calendar.CheckOpenPlaces():
            return batch_calendar.check(state.overdue, command)
    raise TypeError(f"a batch does not take {type(command).__name__}")


def evolve(state: Batch, event: Event) -> Batch:
    """The batch after one more event."""
    match event:
        case scope.GroupScopeDefined():
            group = Group(
                event.group,
                event.arranger,
                event.cities,
                event.county_units,
                event.townships,
                event.villages,
                event.cadres,
            )
            return replace(state, groups=(*state.groups, group))
        case scope.BatchPlanPublished():
            totals = (event.total, event.townships, event.villages)
            return replace(state, totals=totals, standing=Standing(published=True))
        case amendment.BatchPlanAmended():
            # The split below was made for another plan: it is proposed anew before it is fixed anew.
            totals = (event.total, event.townships, event.villages)
            standing = Standing(True, event.number, amending=True)
            return replace(state, groups=event.groups, totals=totals, standing=standing, proposed=False)
        case amendment.BatchAmendmentClosed():
            return replace(state, standing=replace(state.standing, amending=False))
        case tiers.TierSplitProposed():
            return replace(state, proposed=True)
        case batch_calendar.BatchOverdue():
            return replace(state, overdue=True)
        case tiers.TierSplitFixed():
            return replace(state, tiers=event.tiers)
        case quota.ChannelKindQuotaSet():
            places = Places(event.townships, event.villages)
            return replace(state, channels={**state.channels, event.channel: places})
        case unit_division.ChannelPlacesDivided():
            divided = {share.unit: Places(share.townships, share.villages) for share in event.shares}
            return replace(state, divided={**state.divided, **divided})
        case quota.UnitQuotaSet():
            unit = (event.channel, Places(event.townships, event.villages))
            return replace(state, units={**state.units, event.unit: unit})
    return state


BATCH: Part[Batch] = Part("batch/{programme}", Batch(), decides=(decide,), evolve=evolve, scope=programme_of)
