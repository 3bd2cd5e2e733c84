"""Which stream a command about a person's data concerns: the person's own stream of privacy."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.personnel.persons.refusals import PERSON_UNKNOWN
from services.personnel.privacy.legal_hold import LiftLegalHold, PlaceLegalHold
from services.personnel.privacy.privacy import ApproveErasure, ErasePerson, RequestErasure


def of_person(
    command: RequestErasure | ApproveErasure | ErasePerson | PlaceLegalHold | LiftLegalHold, room: Room
) -> Iterable[Step]:
    """The stream of a registered person. Rejected where nobody is registered under the id."""
    if room.load(f"person/{command.person}") is None:
        raise PERSON_UNKNOWN()
    return (Step(f"privacy/{command.person}", command),)
