"""What a person holds in personnel: another posting, a leg or a place in a team, under any id (AL-047, PE-110)."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from programmes.readers.demand import WORK_TEAM_SIZE
from services.personnel.postings.handover import NotePlacement
from services.personnel.postings.posting import LIVE
from services.personnel.postings.team_place import BarTeamPlace

_RECORDS = "select r.person from persons p join persons r on r.record_of = p.record_of where p.person = %s order by 1"
_ENGAGED = f"""
select posting as held from postings
 where person = any(%s) and posting <> %s and status in {LIVE}
 union all
select leg from legs where person = any(%s) and status in ('nominated', 'reported')
 union all
select member from work_team_members where person = any(%s) and left_on is null
 order by held limit 1
"""


def engaged(room: Room, person: str, posting: str) -> str | None:
    """The other posting, the leg or the place in a team that ``person`` holds now, under whichever id."""
    room.load(f"person/{person}")
    records = [person, *(row["person"] for row in room.find(_RECORDS, person))]
    # Before looking: whoever is entered for a leg moves the first of these streams, whoever joins a team the second.
    room.load_all(f"{kind}/{one}" for kind in ("person", "work-team-place") for one in records)
    return next((row["held"] for row in room.find(_ENGAGED, records, posting, records, records)), None)


def giving(note: NotePlacement, room: Room) -> Iterable[Step]:
    """The posting; where its programme has work teams, its person joins none from the same instant on (AL-047)."""
    yield Step(f"posting/{note.posting}", note)
    rules = room.rules(note.programme, note.target)
    if rules is not None and rules.has(WORK_TEAM_SIZE.path):
        order = BarTeamPlace(context=note.context, person=note.person, posting=note.posting)
        yield Step(f"work-team-place/{note.person}", order)
