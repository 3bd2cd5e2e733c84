"""Personnel as its processes know it."""

from __future__ import annotations

from kernel.vault import stowage
from kernel.vault.postgres import tools
from kernel.wiring import service
from programmes.roles import ROLE_NAMES
from programmes.standing import standing
from services.personnel.concerns import FINDS
from services.personnel.jobs.roster_job import JOBS
from services.personnel.parts import PARTS, PLANS
from services.personnel.persons.looks_queries import tools as looks
from services.personnel.persons.person import duplicate
from services.personnel.persons.photo_plans import tools as photos
from services.personnel.postings.refusals import SUCCESSOR_ELSEWHERE
from services.personnel.privacy.rereading_queries import tools as rereadings
from services.personnel.projections import TABLES, project
from services.personnel.queries import QUERIES
from services.personnel.reactions import HEARD, REACTIONS
from services.personnel.schemas import TYPES

SERVICE = service(
    "personnel",
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
    tools=lambda config: {
        **tools(config),
        **rereadings(config),
        **looks(config),
        **stowage.tools(config),
        **photos(config),
    },
    claims={"id": duplicate, "successor": SUCCESSOR_ELSEWHERE},
)
