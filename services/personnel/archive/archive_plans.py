"""Whose archive a paper goes into: the person of a posting or of a reserve."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.personnel.archive.archive import (
    Archived,
    FilePaper,
    FilePostingPaper,
    FileReservePaper,
    WithdrawPaper,
    WithdrawPostingPaper,
    WithdrawReservePaper,
)
from services.personnel.postings.refusals import POSTING_NOT_NOTED
from services.personnel.reserves.refusals import RESERVE_UNKNOWN


def of_posting(command: FilePostingPaper | WithdrawPostingPaper, room: Room) -> Iterable[Step]:
    """The archive of the posting's cadre. Raises Rejected: ``posting_not_noted``."""
    found = room.load(f"posting/{command.posting}")
    if found is None:
        raise POSTING_NOT_NOTED()
    placed = found.placed
    about = Archived(
        placed.programme, command.posting, "posting", placed.person, placed.target, placed.unit, found.on_post_since
    )
    return (_step(command, about),)


def of_reserve(command: FileReservePaper | WithdrawReservePaper, room: Room) -> Iterable[Step]:
    """The archive of the reserve. Raises Rejected: ``reserve_unknown``."""
    found = room.load(f"reserve/{command.reserve}")
    if found is None:
        raise RESERVE_UNKNOWN()
    about = Archived(found.programme, command.reserve, "reserve", found.person, found.village, "", found.since)
    return (_step(command, about),)


def _step(
    command: FilePostingPaper | WithdrawPostingPaper | FileReservePaper | WithdrawReservePaper, about: Archived
) -> Step:
    if isinstance(command, FilePostingPaper | FileReservePaper):
        order: FilePaper | WithdrawPaper = FilePaper(
            context=command.context, about=about, kind=command.kind, document=command.document
        )
    else:
        order = WithdrawPaper(context=command.context, about=about, document=command.document, reason=command.reason)
    return Step(f"archive/{about.subject}", order)
