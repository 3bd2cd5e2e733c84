"""What personnel knows to be owed. One line a room; ``docs/due.md`` tells how an obligation is declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kernel.service import Query
from programmes.daily import Daily, daily
from programmes.due import due
from programmes.obligation import Obligation, parked
from programmes.readers.swap import TERM
from services.personnel.candidacy import due_queries as candidacy
from services.personnel.care import due_queries as care
from services.personnel.ledger import due_queries as ledger
from services.personnel.legs import due_queries as legs
from services.personnel.legs.secondment import EndTerms
from services.personnel.nomination import due_queries as mobilisation
from services.personnel.papers import due_queries as papers
from services.personnel.persons import due_queries as persons
from services.personnel.postings import due_queries as postings
from services.personnel.privacy import due_queries as privacy
from services.personnel.reserve_care import due_queries as reserve_care
from services.personnel.reserves import due_queries as reserves

OBLIGATIONS: Final[tuple[Obligation, ...]] = (
    *candidacy.OBLIGATIONS,
    *mobilisation.OBLIGATIONS,
    *postings.OBLIGATIONS,
    *care.OBLIGATIONS,
    *papers.OBLIGATIONS,
    *ledger.OBLIGATIONS,
    *legs.OBLIGATIONS,
    *privacy.OBLIGATIONS,
    *persons.OBLIGATIONS,
    *reserve_care.OBLIGATIONS,
    *reserves.OBLIGATIONS,
    parked("personnel"),
)
DAILY: Final = (Daily(EndTerms, (TERM,)),)
QUERIES: Final[Mapping[str, Query]] = {**due(OBLIGATIONS), **daily(DAILY)}
