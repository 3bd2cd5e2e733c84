"""What personnel knows to be owed. One line a room; ``docs/due.md`` tells how an obligation is declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.service import Query
from programmes.due import due
from programmes.obligation import Obligation
from services.personnel.candidacy import due_queries as candidacy
from services.personnel.postings import due_queries as postings
from services.personnel.reserve_care import due_queries as reserve_care

OBLIGATIONS: Final[tuple[Obligation, ...]] = (*candidacy.OBLIGATIONS, *postings.OBLIGATIONS, *reserve_care.OBLIGATIONS)
QUERIES: Final[Mapping[str, Query]] = due(OBLIGATIONS)
