"""Allocation as its processes know it."""

from __future__ import annotations

from kernel.messages import Rejected
from kernel.wiring import service
from programmes.roles import ROLE_NAMES
from services.allocation.jobs.plan_jobs import JOBS
from services.allocation.parts import PARTS, PLANS
from services.allocation.projections import QUERIES, TABLES, project
from services.allocation.reactions import REACTIONS
from services.allocation.schemas import TYPES


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


SERVICE = service(
    "allocation",
    PARTS,
    PLANS,
    TYPES,
    role_names=ROLE_NAMES,
    reactions=REACTIONS,
    tables=TABLES,
    project=project,
    queries=QUERIES,
    jobs=JOBS,
    claims={"placed": _placed, "place": _place_taken, "unit-name": _unit_named, "profile": _profile_named},
)
