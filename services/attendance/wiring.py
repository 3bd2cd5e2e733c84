"""Attendance as its processes know it."""

from __future__ import annotations

from kernel.wiring import service
from programmes.roles import ROLE_NAMES
from programmes.standing import standing
from services.attendance.concerns import FINDS
from services.attendance.parts import PARTS, PLANS
from services.attendance.projections import TABLES, project
from services.attendance.queries import QUERIES
from services.attendance.reactions import HEARD, REACTIONS
from services.attendance.schemas import TYPES

SERVICE = service(
    "attendance",
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
