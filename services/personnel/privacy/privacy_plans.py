"""Which stream a command about a person's data concerns: the person's own stream of privacy."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.personnel.persons.refusals import PERSON_UNKNOWN
from services.personnel.privacy.legal_hold import LiftLegalHold, PlaceLegalHold, RequestHoldLift
from services.personnel.privacy.privacy import ApproveErasure, Destroy, ErasePerson, RequestErasure

_VERSIONS = "select count(*) as kept from versions where person = %s"


def of_person(
    command: RequestErasure | ApproveErasure | PlaceLegalHold | RequestHoldLift | LiftLegalHold, room: Room
) -> Iterable[Step]:
    """The stream of a registered person. Rejected where nobody is registered under the id."""
    _registered(command.person, room)
    return (Step(f"privacy/{command.person}", command),)


def erase(command: ErasePerson, room: Room) -> Iterable[Step]:
    """The same, told how many versions of the person's data there are. Rejected as ``of_person``."""
    _registered(command.person, room)  # before looking: whoever enters the person again moves this stream
    (found,) = room.find(_VERSIONS, command.person)
    return (Step(f"privacy/{command.person}", Destroy(**vars(command), versions=found["kept"])),)


def _registered(person: str, room: Room) -> None:
    if room.load(f"person/{person}") is None:
        raise PERSON_UNKNOWN()
