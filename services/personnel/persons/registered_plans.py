"""Who is registered already, and whether such a person may be entered once more, for plans that enter persons.

Invariant: the stream of a person found here counts as read, so of two commands that enter the same person at once the
second is decided anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kernel.service import Room
from services.personnel.persons.person import Engagement

_KNOWN = "select id_digest, person, erased_on from persons where id_digest = any(%s)"
_ENGAGED = """
select n.person, n.programme,
       coalesce(p.status = 'returned', n.status in ('failed', 'talked', 'released')) as over
  from nominations n left join postings p on p.person = n.person and p.programme = n.programme
 where n.person = any(%s)
 union all
select person, programme, status = 'returned' from postings where person = any(%s)
 union all
select person, programme, status = 'returned' from legs where person = any(%s)
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """The persons known by one of some digests, with their engagements.

    ``erased`` are those without data, ``broken`` those whose key is damaged, so that nothing is sealed for them.
    """

    persons: Mapping[str, str] = field(default_factory=dict)
    engagements: Mapping[str, tuple[Engagement, ...]] = field(default_factory=dict)
    erased: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()

    def find(self, digests: Iterable[str]) -> str | None:
        """The id of the person whom one of ``digests`` tells."""
        return next((self.persons[digest] for digest in digests if digest in self.persons), None)


def registered(room: Room, digests: Iterable[str]) -> Registered:
    """Those of ``digests`` that a registered person holds."""
    found = room.find(_KNOWN, sorted(set(digests)))
    if not found:
        return Registered()
    persons = {row["id_digest"]: row["person"] for row in found}
    ids = sorted(set(persons.values()))
    room.load_all(f"person/{person}" for person in ids)  # before looking: whoever enters one of them moves its stream
    engagements: dict[str, tuple[Engagement, ...]] = {}
    for row in room.find(_ENGAGED, ids, ids, ids):
        one = Engagement(row["programme"], row["over"])
        engagements[row["person"]] = (*engagements.get(row["person"], ()), one)
    erased = frozenset(row["person"] for row in found if row["erased_on"])
    return Registered(persons, engagements, erased, room.tools["vault"].broken(set(ids) - erased))
