"""Allocation as its processes know it."""

from __future__ import annotations

from kernel.wiring import service
from programmes.roles import ROLE_NAMES
from programmes.standing import standing
from services.allocation.concerns import FINDS
from services.allocation.jobs.plan_jobs import JOBS
from services.allocation.parts import PARTS, PLANS
from services.allocation.placement.engagement import proposed_meanwhile
from services.allocation.projections import QUERIES, TABLES, project
from services.allocation.reactions import HEARD, REACTIONS
from services.allocation.refusals import PROFILE_NAME_TAKEN, TIER_MOVED, UNIT_NAME_TAKEN
from services.allocation.schemas import TYPES

SERVICE = service(
    "allocation",
    PARTS,
    PLANS,
    TYPES,
    FINDS,
    role_names=ROLE_NAMES,
    standing=standing,
    reactions=REACTIONS,
    heard=HEARD,
    tables=TABLES,
    project=project,
    queries=QUERIES,
    jobs=JOBS,
    claims={
        "placed": proposed_meanwhile,
        "place": TIER_MOVED,
        "unit-name": UNIT_NAME_TAKEN,
        "profile": PROFILE_NAME_TAKEN,
    },
)
