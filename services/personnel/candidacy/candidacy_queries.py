"""Questions about candidacies, by id only: in the order of preference, with their gates and exceptions."""

from __future__ import annotations

from collections.abc import Mapping

from kernel.listing import Listing, queries
from kernel.service import Query
from services.personnel.candidacy.candidacy_projection import CANDIDACIES, EXCEPTIONS, GATES
from services.personnel.postings.posting import LIVE
from services.personnel.readers import EVERYWHERE, MANAGERS, PLACELESS, REACH, SENDERS, TERRITORY

_OWN = ("unit", "channel")
_READERS = EVERYWHERE | SENDERS | MANAGERS
_PROGRAMME = {"programme": "方案编号"}
_JOINED = f"{GATES.name} g join {CANDIDACIES.name} c using (candidacy)"
_GATES = f"(select g.*, c.programme, c.unit, c.channel from {_JOINED}) as gates"

_WAITING = f"""
(select p.programme, p.posting, p.person, p.unit, p.channel, p.target, p.placed_on as determined_on
   from postings p join {CANDIDACIES.name} c using (posting)
  where p.appointed_on is null and p.status in {LIVE}) as waiting
"""
"""Whom a village was assigned and nobody appointed yet: 及时 has no number, so this is a report (PE-032)."""

QUERIES: Mapping[str, Query] = queries(
    candidacies=Listing(
        "报名人选",
        CANDIDACIES,
        _READERS,
        {**_PROGRAMME, "unit": "派出单位", "status": "环节", "person": "人员编号", "level": "层级"},
        key=("programme", "unit", "rank", "candidacy"),
        units=_OWN,
        reach=PLACELESS,
    ),
    candidate_gates=Listing(
        "人选把关",
        _GATES,
        _READERS,
        {**_PROGRAMME, "candidacy": "报名编号"},
        key=("candidacy", "gate"),
        units=_OWN,
        reach=PLACELESS,
    ),
    condition_exceptions=Listing("条件例外", EXCEPTIONS, _READERS, _PROGRAMME, units=_OWN, reach=PLACELESS),
    appointments_lacking=Listing(
        "未办理任职手续",
        _WAITING,
        EVERYWHERE | SENDERS | TERRITORY,
        _PROGRAMME,
        key=("programme", "posting"),
        areas=("target",),
        units=_OWN,
        reach=REACH,
        needs=("programme",),
    ),
)
