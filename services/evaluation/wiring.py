"""Evaluation as its processes know it."""

from __future__ import annotations

from kernel.wiring import service
from programmes.roles import ROLE_NAMES
from programmes.standing import standing
from services.evaluation.concerns import FINDS
from services.evaluation.parts import PARTS, PLANS
from services.evaluation.projections import TABLES, project
from services.evaluation.queries import QUERIES
from services.evaluation.reactions import HEARD, REACTIONS
from services.evaluation.schemas import TYPES

SERVICE = service(
    "evaluation",
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
)
