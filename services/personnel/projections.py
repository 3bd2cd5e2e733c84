"""Read models: who stands where, by id only. Personal fields are here as they are in the log: sealed.

Each noun has its own tables with one function an event; ``project`` finds the functions by the event's type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel import profiles
from kernel.messages import Recorded
from kernel.projection import Op
from programmes.duty import DUTIES, rows
from services.personnel import duties
from services.personnel.archive import archive_projection
from services.personnel.candidacy import candidacy_projection
from services.personnel.care import care_projection
from services.personnel.ledger import ledger_projection
from services.personnel.legs import leg_projection
from services.personnel.nomination import roster_projection
from services.personnel.papers import paper_projection
from services.personnel.persons import person_projection
from services.personnel.postings import posting_projection
from services.personnel.privacy import privacy_projection
from services.personnel.reserve_care import book_projection
from services.personnel.reserves import reserve_projection

_NOUNS = (
    person_projection,
    paper_projection,
    archive_projection,
    roster_projection,
    candidacy_projection,
    posting_projection,
    leg_projection,
    ledger_projection,
    privacy_projection,
    reserve_projection,
    book_projection,
)

TABLES = (*(table for noun in _NOUNS for table in noun.TABLES), DUTIES, profiles.IN_FORCE, *care_projection.TABLES)


_WRITES: Mapping[type, tuple[Callable[[Any], Iterable[Op]], ...]] = {
    kind: tuple(other.WRITES[kind] for other in _NOUNS if kind in other.WRITES)
    for noun in _NOUNS
    for kind in noun.WRITES
}


def project(recorded: Recorded) -> Iterable[Op]:
    """The row operations of one event; none for an event that only carries rules."""
    kind = type(recorded.event)
    for write in _WRITES.get(kind, ()):
        yield from write(recorded.event)
    if kind in privacy_projection.READINGS:
        yield from privacy_projection.accesses(recorded)
    if kind in privacy_projection.PARTS:
        yield from privacy_projection.versions(recorded)
    yield from rows(duties.KNOWN, recorded)
    yield from care_projection.writes(recorded)
    yield from profiles.rows(recorded.event)
