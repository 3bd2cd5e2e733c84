"""Who is registered already under an id number, and who has that person, for plans that enter persons.

Invariant: the stream of a person found here counts as read, so of two commands that enter the same person at once the
second is decided anew. What is found is for the plan to decide on: who asked is told of nobody but the own persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from kernel.messages import Actor
from kernel.service import Room
from services.personnel.persons.person import Engagement

# Of one number there may be several records: the holder's, and those of others that name it (``known``). The records
# that were settled to be one person's have one ``record_of``.
_KNOWN = """
select p.person, p.id_digest, p.known, p.identity, p.erased_on, p.sealed, o.person as record
  from persons p left join persons o on o.record_of = p.record_of
 where p.id_digest = any(%s) order by p.id_digest, p.person, o.person
"""
_FREED = "select id_digest, max(turn) as turn from freed_numbers where id_digest = any(%s) group by id_digest"
# A nomination led to the posting that came of it: one of the same programme, placed on its day or later.
_ENGAGED = """
select n.person, n.programme, n.unit, n.channel, '' as sending, n.nominated_on as since, n.nomination as key,
       n.status in ('failed', 'talked', 'released') or p.over as over, p.over as served, false as gone, '' as village
  from nominations n cross join lateral (
       select count(*) > 0 as over from postings p where p.person = n.person and p.programme = n.programme
          and p.status in ('returned', 'left') and p.placed_on >= n.nominated_on) p
 where n.person = any(%s)
 union all
select person, programme, unit, channel, '', placed_on, posting, status in ('returned', 'left', 'cancelled'), true,
       status = 'deceased', ''
  from postings where person = any(%s)
 union all
select person, programme, '', '', sending, nominated_on, leg, status = 'returned', false, false, ''
  from legs where person = any(%s)
 union all
select person, programme, '', '', '', recommended_on, person, true, false, false, village
  from reserves where person = any(%s)
 order by since, key
"""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a number: of whom, ``known`` who holds the number, ``other`` where it was settled to be another's.

    ``erased`` is one without data, ``damaged`` one whose key is, so that nothing is sealed for the person.
    ``engagements`` are those of all records of the person, the latest last; ``own`` those of this one.
    """

    person: str
    known: str
    other: bool
    sealed: str
    erased: bool
    damaged: bool
    own: tuple[Engagement, ...]
    engagements: tuple[Engagement, ...]

    def had_by(self, actor: Actor) -> bool:
        """True where the actor is who has the person: by the latest engagement."""
        return bool(self.engagements) and self.engagements[-1].of(actor)


@dataclass(frozen=True, slots=True)
class Registered:
    """The records known by one of some digests, by digest; ``freed`` says how often a number was held and left."""

    records: Mapping[str, tuple[Record, ...]] = field(default_factory=dict)
    freed: Mapping[str, int] = field(default_factory=dict)

    def turn(self, digest: str) -> int:
        """For which time the number is held by who is entered with it next."""
        return self.freed.get(digest, 0) + 1

    def find(self, digests: Iterable[str]) -> tuple[Record, ...]:
        """The records that one of ``digests`` tells, the holder's first."""
        if not self.records:
            return ()
        found = [record for digest in digests for record in self.records.get(digest, ())]
        return tuple(sorted(found, key=lambda record: bool(record.known)))

    def foreign(self, digests: Iterable[str], actor: Actor) -> bool:
        """True where one of ``digests`` tells somebody, and in nobody's record the actor has a part."""
        records = self.find(digests)
        return bool(records) and not any(one.of(actor) for record in records for one in record.own)


def registered(room: Room, digests: Iterable[str]) -> Registered:
    """Those of ``digests`` under which somebody is registered. Where nobody is, the same is asked of the tables."""
    asked = sorted(set(digests))
    rows = room.find(_KNOWN, asked)
    freed = {row["id_digest"]: row["turn"] for row in room.find(_FREED, asked)}
    ids = sorted({row["record"] for row in rows})
    room.load_all(f"person/{person}" for person in ids)  # before looking: whoever enters one of them moves its stream
    engaged: dict[str, list[tuple[int, Engagement]]] = {}
    for number, (person, one) in enumerate(engagements_of(room, ids)):
        engaged.setdefault(person, []).append((number, one))

    def past(persons: Iterable[str]) -> tuple[Engagement, ...]:
        every = sorted((one for person in persons for one in engaged.get(person, ())), key=itemgetter(0))
        return tuple(one for _, one in every)

    erased = {row["person"] for row in rows if row["erased_on"]}
    damaged = room.tools["vault"].broken(set(ids) - erased)
    found: dict[str, tuple[Record, ...]] = {}
    for (digest, person), own in groupby(rows, itemgetter("id_digest", "person")):
        first, *more = own
        records = [row["record"] for row in (first, *more)]
        state = (person in erased, person in damaged)
        about = (first["known"], first["identity"] == "other", first["sealed"])
        record = Record(person, *about, *state, past([person]), past(records))
        found[digest] = (*found.get(digest, ()), record)
    return Registered(found, freed)


def engagements_of(room: Room, persons: Iterable[str]) -> list[tuple[str, Engagement]]:
    """(person, engagement) of all ``persons``, the earliest first."""
    ids = list(persons)
    rows = room.find(_ENGAGED, *[ids] * 4)
    return [(row["person"], _engagement(row)) for row in rows]


def _engagement(row: Mapping[str, Any]) -> Engagement:
    organs = tuple(organ for organ in (row["unit"], row["channel"]) if organ)
    return Engagement(row["programme"], row["over"], organs, row["sending"], row["served"], row["gone"], row["village"])
