"""Whose summary is filed."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.evaluation.assessment.refusals import SECONDMENT_UNKNOWN
from services.evaluation.assessment.secondment import Secondment
from services.evaluation.summaries.summary import FileFor, FilePersonalSummary, FileSummary, Place, place_of


def file(command: FileSummary, room: Room) -> Iterable[Step]:
    """The summary of a place."""
    stream = f"summaries/{command.programme}"
    place = place_of(room.load(stream), command.subject)
    about = {"programme": command.programme, "recipient": command.recipient}
    yield Step(stream, FileFor(context=command.context, place=place, person=None, **about))


def file_personal(command: FilePersonalSummary, room: Room) -> Iterable[Step]:
    """The summary of a person. Raises Rejected: ``secondment_unknown``."""
    found: Secondment | None = room.load(f"secondment/{command.leg}")
    if found is None:
        raise SECONDMENT_UNKNOWN()
    noted = found.noted
    place = Place(command.leg, noted.sending, noted.sending[:4], noted.host[:4])
    order = FileFor(
        context=command.context,
        programme=noted.programme,
        place=place,
        person=noted.person,
        recipient=command.recipient,
    )
    yield Step(f"summaries/{noted.programme}", order)
