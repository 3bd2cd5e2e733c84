"""Allocation as its processes know it: which command goes where, who may give it, what follows."""

from __future__ import annotations

from typing import Any

from kernel.decider import Decider
from kernel.messages import Command, Rejected
from kernel.service import Handles, Plan, Service, to
from programmes.roles import CHANNELS, CITIES, COUNTIES, MANAGERS, PROVINCE, ROLE_NAMES, SYSTEM, TOWNSHIPS, UNITS
from services.allocation import projections, schemas
from services.allocation.demand import demand_plans
from services.allocation.demand.county_demand import DEMAND
from services.allocation.demand.village_assignment import AssignVillage, RecordConsultation
from services.allocation.demand.village_funds import FUNDS, RecordVillageFunds
from services.allocation.demand.village_kinds import RecordVillageKinds
from services.allocation.demand.work_team import FormWorkTeam
from services.allocation.jobs.plan_jobs import JOBS
from services.allocation.placement import placement_plans
from services.allocation.placement.ledger import LEDGER, AcknowledgeLedger, FeedBackLedger
from services.allocation.placement.ledger_amendment import FILED_LEDGER
from services.allocation.placement.nominee import NOMINEES
from services.allocation.placement.nominee_pool import POOL
from services.allocation.placement.placement import TARGET, ConfirmPlacements, ReturnPlacement
from services.allocation.placement.propose import ProposePlacements
from services.allocation.placement.review import REVIEW, OpenReview
from services.allocation.planning import planning_plans
from services.allocation.planning.plan_needs import NEEDS, RecordTargetNeeds
from services.allocation.planning.plan_record import PLAN
from services.allocation.planning.plan_terms import TERMS, LockPlacement, UnlockPlacement, WaiveRule
from services.allocation.quotas import quota_plans
from services.allocation.quotas.batch import BATCH
from services.allocation.quotas.batch_calendar import CheckBatch
from services.allocation.quotas.local_quota import LOCAL_QUOTA, SetLocalQuota
from services.allocation.quotas.quota import SetChannelQuotas, SetUnitQuota
from services.allocation.quotas.scope import DefineGroups, PublishBatchPlan
from services.allocation.quotas.tiers import FixTierSplit, ProposeTierSplit
from services.allocation.quotas.unit_county_quota import UNIT_COUNTY, SetUnitCountyQuotas
from services.allocation.quotas.unit_division import DivideChannelPlaces
from services.allocation.reactions import REACTIONS
from services.allocation.registers import register_plans
from services.allocation.registers.area import AREAS, RegisterAreas
from services.allocation.registers.county_body import COUNTY_BODY, RecordCountyBody
from services.allocation.registers.notice import NOTICE, PublishNotice
from services.allocation.registers.notice_delivery import AcknowledgeNotice, SendNotice
from services.allocation.registers.office import OFFICE, RecordOfficeHolder
from services.allocation.registers.programme import PROGRAMME, PublishProfile
from services.allocation.registers.unit import UNIT, RecordHelpTies, RegisterUnit
from services.allocation.reserve import reserve_plans
from services.allocation.reserve.reserve_number import RESERVES, CheckReserves
from services.allocation.swap import pairing_plans, swap_plans
from services.allocation.swap.poor_counties import POOR_COUNTIES, DefinePoorCounties
from services.allocation.swap.swap import PAIR, ConfirmSwap, EndSwaps
from services.allocation.swap.swap_batch import SWAP_BATCHES, EnterSwapQuota, OpenSwapBatch
from services.allocation.swap.swap_composition import COMPOSITION
from services.allocation.swap.swap_leg import AgreePost
from services.allocation.swap.swap_list import SWAP_LIST, FixList
from services.allocation.swap.swap_pair import DefineSwapPairs, NameSwapPartner
from services.allocation.swap.swap_wish import SWAP_WISHES, AdoptPairing, WishSwap, WithdrawSwapWish
from services.allocation.targets import target_plans, work_group_plans
from services.allocation.targets.binding import BINDING
from services.allocation.targets.target import OpenTargets
from services.allocation.targets.village_target import VILLAGE_TARGET
from services.allocation.targets.weak_village import TakeWeakVillage
from services.allocation.targets.work_group import WORK_GROUP

DECIDERS: dict[str, Decider[Any]] = {
    "notice": NOTICE,
    "programme": PROGRAMME,
    "areas": AREAS,
    "unit": UNIT,
    "batch": BATCH,
    "county-quotas": UNIT_COUNTY,
    "local-quota": LOCAL_QUOTA,
    "demand": DEMAND,
    "funds": FUNDS,
    "office": OFFICE,
    "nominees": NOMINEES,
    "pool": POOL,
    "reserve-number": RESERVES,
    "filed-ledger": FILED_LEDGER,
    "county-body": COUNTY_BODY,
    "target": TARGET,
    "target-needs": NEEDS,
    "placement-terms": TERMS,
    "placement-plan": PLAN,
    "review": REVIEW,
    "binding": BINDING,
    "village-target": VILLAGE_TARGET,
    "ledger": LEDGER,
    "poor-counties": POOR_COUNTIES,
    "pair": PAIR,
    "swap-list": SWAP_LIST,
    "swap-batches": SWAP_BATCHES,
    "swap-composition": COMPOSITION,
    "work-group": WORK_GROUP,
    "swap-wishes": SWAP_WISHES,
}

_BATCH = to(lambda c: f"batch/{c.programme}")
# Everybody who takes part in placement may try to review: the refusal then names notice and clause (AL-018).
_PARTIES = PROVINCE | MANAGERS

_TABLE: tuple[tuple[type[Command], Plan, frozenset[str], str, tuple[str, ...]], ...] = (
    (PublishNotice, register_plans.publish_notice, PROVINCE | CITIES | COUNTIES, "登记通知", ("scope",)),
    (SendNotice, register_plans.deliver_notice, PROVINCE | CITIES | COUNTIES, "发送通知", ()),
    (AcknowledgeNotice, register_plans.deliver_notice, _PARTIES | COUNTIES, "签收通知", ()),
    (PublishProfile, register_plans.publish_profile, PROVINCE | CITIES, "发布方案规则", ()),
    (RegisterAreas, register_plans.register_areas, PROVINCE, "登记区划", ()),
    (DefineGroups, _BATCH, PROVINCE, "确定派驻范围", ()),
    (PublishBatchPlan, _BATCH, PROVINCE, "公布批次计划", ()),
    (ProposeTierSplit, _BATCH, PROVINCE, "提出省市分配", ()),
    (FixTierSplit, _BATCH, PROVINCE, "确定三级分配", ()),
    (SetChannelQuotas, quota_plans.set_channel_quotas, PROVINCE, "分配各领域名额", ()),
    (RegisterUnit, to(lambda c: f"unit/{c.unit}"), MANAGERS, "登记派出单位", ()),
    (RecordHelpTies, register_plans.record_ties, MANAGERS, "登记帮扶联系点", ()),
    (SetUnitQuota, quota_plans.set_unit_quota, MANAGERS, "确定单位名额", ()),
    (DivideChannelPlaces, quota_plans.divide_channel, CHANNELS, "按权重分配单位名额", ()),
    (SetUnitCountyQuotas, demand_plans.set_county_quotas, PROVINCE, "登记省直单位分县名额", ()),
    # The province may try: the refusal then names notice and clause (AL-037).
    (SetLocalQuota, demand_plans.set_local_quota, PROVINCE | CITIES | COUNTIES, "自行确定选派名额", ()),
    (RecordVillageKinds, demand_plans.record_kinds, PROVINCE | CITIES | COUNTIES, "登记村类别", ("county",)),
    (RecordConsultation, demand_plans.record_consultation, CHANNELS | UNITS | COUNTIES, "登记与派驻地沟通", ()),
    # Whoever sends may try to assign: the refusal then names notice and clause (AL-039).
    (AssignVillage, demand_plans.assign_village, _PARTIES | UNITS | COUNTIES, "分配到村", ()),
    (FormWorkTeam, demand_plans.form_team, CITIES | COUNTIES, "组成驻村工作组", ("target",)),
    (
        TakeWeakVillage,
        work_group_plans.take_village,
        CITIES | COUNTIES | TOWNSHIPS,
        "登记包扶薄弱村",
        ("village",),
    ),
    (RecordVillageFunds, demand_plans.record_funds, COUNTIES, "登记涉农资金", ("county",)),
    (OpenTargets, target_plans.open_targets, PROVINCE, "开设派驻点", ()),
    (CheckBatch, quota_plans.check_batch, PROVINCE | SYSTEM, "核对批次进度", ()),
    (CheckReserves, reserve_plans.check_reserves, PROVINCE | COUNTIES | SYSTEM, "核对后备干部人数", ()),
    (RecordCountyBody, register_plans.record_body, CITIES | COUNTIES, "登记选派干部工作机构", ("county",)),
    (RecordOfficeHolder, register_plans.record_holders, PROVINCE | CITIES | COUNTIES, "登记任职", ()),
    (
        RecordTargetNeeds,
        to(lambda c: f"target-needs/{c.programme}.{c.county}"),
        PROVINCE | CITIES | COUNTIES,
        "登记派驻点需求",
        ("county",),
    ),
    # Whoever takes part may try to sign or lock: the refusal then names notice, clause and who may.
    (LockPlacement, planning_plans.agree, _PARTIES | COUNTIES, "锁定人选", ()),
    (UnlockPlacement, planning_plans.agree, _PARTIES | COUNTIES, "解除锁定", ()),
    (WaiveRule, planning_plans.agree, _PARTIES | COUNTIES, "签署豁免", ()),
    (ProposePlacements, placement_plans.propose, MANAGERS, "提出分配方案", ()),
    (OpenReview, placement_plans.open_review, _PARTIES, "开始复核", ()),
    (ConfirmPlacements, placement_plans.confirm, _PARTIES, "复核确定人选", ()),
    (ReturnPlacement, placement_plans.send_back, _PARTIES, "退回人选", ()),
    (FeedBackLedger, placement_plans.feed_back, PROVINCE, "反馈台账", ()),
    (
        AcknowledgeLedger,
        to(lambda c: f"ledger/{c.programme}.{c.city}"),
        PROVINCE | CITIES,
        "签收台账",
        ("city",),
    ),
    (DefinePoorCounties, swap_plans.define_poor_counties, PROVINCE, "确定贫困县名单", ()),
    (DefineSwapPairs, swap_plans.define_pairs, PROVINCE, "确定对口互派双方", ()),
    (NameSwapPartner, swap_plans.name_partner, PROVINCE | CITIES, "确定市内对口方", ("developed_area",)),
    (FixList, swap_plans.fix_list, PROVINCE, "确定选派名单", ()),
    (AgreePost, swap_plans.agree_post, PROVINCE, "落实挂职岗位", ()),
    (ConfirmSwap, to(lambda c: f"pair/{c.programme}.{c.pair}"), PROVINCE, "确认对口互派", ()),
    (
        EnterSwapQuota,
        to(lambda c: swap_plans.batches_stream(c.programme)),
        PROVINCE,
        "录入互派批次名额",
        (),
    ),
    (OpenSwapBatch, swap_plans.open_batch, PROVINCE, "开始互派批次", ()),
    (WishSwap, pairing_plans.wish, PROVINCE | CITIES | COUNTIES, "登记互派意向", ("area",)),
    (WithdrawSwapWish, pairing_plans.withdraw, PROVINCE | CITIES | COUNTIES, "撤回互派意向", ("area",)),
    (AdoptPairing, pairing_plans.adopt, PROVINCE, "确定互派配对", ()),
    (EndSwaps, swap_plans.end_swaps, PROVINCE | SYSTEM, "结束期满的互派", ()),
)


def _placed() -> Rejected:
    return Rejected(
        "nominee_placed",
        "该人选已在另一派驻点的分配方案中，一人一点。",
        rule="coverage.full",
        field="person",
        accepted="尚未列入分配方案的人选",
    )


def _place_taken() -> Rejected:
    return Rejected(
        "tier_moved", "名额刚被同时使用，请重新提交。", rule="quota.tiers", field="targets", accepted="重新提交"
    )


def _unit_named() -> Rejected:
    return Rejected("unit_name_taken", "该单位名称已登记在另一编号之下。", field="name", accepted="沿用已登记的编号")


def _profile_named() -> Rejected:
    return Rejected(
        "profile_name_taken",
        "该名称已是另一方案，或另一方案的补充规定。",
        field="profile.programme",
        accepted="尚未使用的名称",
    )


SERVICE = Service(
    name="allocation",
    role_names=ROLE_NAMES,
    events=schemas.TYPES,
    deciders=DECIDERS,
    commands={row[0].__name__: Handles(*row) for row in _TABLE},
    reactions=REACTIONS,
    tables=projections.TABLES,
    project=projections.project,
    queries=projections.QUERIES,
    jobs=JOBS,
    claims={"placed": _placed, "place": _place_taken, "unit-name": _unit_named, "profile": _profile_named},
)
