"""Contracts of the allocation service: the commands it takes, the events it stores, and how older events are lifted.

The marshmallow schemas are derived from these dataclasses (``kernel.schema``); a released event is never edited.
"""

from __future__ import annotations

from kernel import parked
from kernel.codec import EventTypes, Upcaster
from kernel.messages import Command, Event
from services.allocation import (
    area,
    batch_calendar,
    binding,
    ledger,
    nominee,
    notice,
    office,
    placement,
    poor_counties,
    programme,
    propose,
    quota,
    review,
    scope,
    swap,
    swap_leg,
    swap_list,
    swap_pair,
    target,
    tiers,
    unit,
    unit_division,
)

COMMANDS: tuple[type[Command], ...] = (
    notice.PublishNotice,
    programme.PublishProfile,
    area.RegisterAreas,
    scope.DefineGroups,
    scope.PublishBatchPlan,
    tiers.ProposeTierSplit,
    tiers.FixTierSplit,
    quota.SetChannelQuotas,
    unit.RegisterUnit,
    unit.RecordHelpTies,
    quota.SetUnitQuota,
    unit_division.DivideChannelPlaces,
    target.OpenTargets,
    office.RecordOfficeHolder,
    batch_calendar.CheckBatch,
    propose.ProposePlacements,
    review.OpenReview,
    placement.ConfirmPlacements,
    placement.ReturnPlacement,
    ledger.FeedBackLedger,
    ledger.AcknowledgeLedger,
    poor_counties.DefinePoorCounties,
    swap_pair.DefineSwapPairs,
    swap_pair.NameSwapPartner,
    swap_list.FixList,
    swap_leg.AgreePost,
    swap.ConfirmSwap,
    swap.EndSwaps,
)

EVENTS: tuple[type[Event], ...] = (
    notice.NoticeIssued,
    programme.ProfilePublished,
    area.AreasRegistered,
    scope.GroupScopeDefined,
    scope.BatchPlanPublished,
    tiers.TierSplitProposed,
    tiers.TierSplitFixed,
    quota.ChannelQuotaSet,
    quota.ChannelKindQuotaSet,
    unit.UnitRegistered,
    unit.HelpTiesRecorded,
    quota.UnitQuotaSet,
    unit_division.ChannelPlacesDivided,
    unit_division.UnitQuotaDeviated,
    target.TargetOpened,
    batch_calendar.BatchOverdue,
    office.OfficeHolderRecorded,
    nominee.NomineeListed,
    propose.PlacementProposed,
    review.PlacementReviewOpened,
    placement.PlacementConfirmed,
    placement.PlacementReturned,
    binding.BindingCreated,
    binding.BindingReleased,
    ledger.LedgerFedBack,
    ledger.LedgerAcknowledged,
    target.TargetFilled,
    target.TargetVacated,
    target.SuccessorDue,
    target.CoverageGapFound,
    poor_counties.PoorCountySetDefined,
    swap_pair.SwapPairDefined,
    swap_pair.SwapPartnerNamed,
    swap_leg.SwapPlaceFilled,
    swap_list.SwapListFixed,
    swap_leg.SecondmentPostAgreed,
    swap.SwapConfirmed,
    swap_leg.SwapUnbalanced,
    swap_leg.SwapRestored,
    swap.SwapEnded,
)

UPCASTERS: dict[tuple[str, int], Upcaster] = {}

TYPES = EventTypes((*EVENTS, *parked.EVENTS), UPCASTERS)
