"""Which streams a command about a person's data concerns: those of privacy, one for each record of the person.

Invariant: what is asked, approved and destroyed of a person is so of every record that was settled to be that person's;
while it is open whether one more is, nothing is destroyed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kernel.messages import Command
from kernel.service import Room, Step
from services.personnel.persons.refusals import PERSON_UNKNOWN
from services.personnel.postings.changeover_plans import lapsing
from services.personnel.postings.posting import LIVE
from services.personnel.privacy.legal_hold import LiftLegalHold, PlaceLegalHold, RequestHoldLift
from services.personnel.privacy.privacy import ApproveErasure, Destroy, ErasePerson, Privacy, RequestErasure
from services.personnel.privacy.refusals import IDENTITY_UNSETTLED

_RECORDS = """
select r.person, (select count(*) from versions v where v.person = r.person) as versions,
       exists (select 1 from persons o where o.known = r.person and o.identity = 'open') as open
  from persons p join persons r on r.record_of = p.record_of where p.person = %s and r.erased_on is null
 order by r.person
"""
_INCUMBENTS = f"""
select p.posting from postings p where p.status in {LIVE} and (p.programme, p.unit) in (
  select programme, unit from nominations where person = any(%s)
   union select programme, unit from candidacies where person = any(%s)
) order by p.posting
"""
"""Whom the person may be appointed to follow."""


def of_hold(command: PlaceLegalHold | RequestHoldLift | LiftLegalHold, room: Room) -> Iterable[Step]:
    """The stream of a registered person: a hold on one record keeps them all. Rejected where nobody is registered."""
    _registered(command.person, room)
    return (_step(command.person, command),)


def of_person(command: RequestErasure | ApproveErasure, room: Room) -> Iterable[Step]:
    """Every record of which it is not asked, or not approved yet; the one named where there is none, to say why."""
    _registered(command.person, room)
    asker = command.context.actor
    states = _states(command.person, room)
    if isinstance(command, RequestErasure):
        due = [one for one, state in states.items() if not asker.is_(state.requester)]
    else:
        due = [one for one, state in states.items() if state.requester and not state.approved]
    return [_step(one, replace(command, person=one)) for one in due or (command.person,)]


def erase(command: ErasePerson, room: Room) -> Iterable[Step]:
    """Every record, told how many versions of the person's data there are, and what the person was to follow as.

    Who appoints the person a successor at the same instant writes to the posting of the incumbent, which is looked at
    here: whichever of the two is stored first, the other is decided anew. Rejected while an identity is open.
    """
    _registered(command.person, room)  # before looking: whoever enters the person again moves this stream
    rows = room.find(_RECORDS, command.person)
    room.load_all(f"person/{row['person']}" for row in rows)
    if any(row["open"] for row in rows):
        raise IDENTITY_UNSETTLED()
    versions = sum(row["versions"] for row in rows)
    records = [row["person"] for row in rows] or [command.person]
    room.load_all(f"posting/{row['posting']}" for row in room.find(_INCUMBENTS, records, records))
    for one in records:
        order = Destroy(context=command.context, person=one, export=command.export, versions=versions)
        yield _step(one, order)
        yield from lapsing(room, one, "", command.context, "erased")


def _registered(person: str, room: Room) -> None:
    if room.load(f"person/{person}") is None:
        raise PERSON_UNKNOWN()


def _states(person: str, room: Room) -> dict[str, Privacy]:
    records = [row["person"] for row in room.find(_RECORDS, person)]
    room.load_all(f"privacy/{one}" for one in records)
    return {one: room.load(f"privacy/{one}") for one in records}


def _step(person: str, command: Command) -> Step:
    return Step(f"privacy/{person}", command)
