"""What a ballot needs to know of others, and where its count goes: into the score of the part it was held for."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.service import Room, Step
from services.evaluation.ballots.ballot import Ballot, key_of
from services.evaluation.ballots.casting import CountBallot, Open, OpenBallot
from services.evaluation.grades.grades_plans import posted, subject
from services.evaluation.grades.score import ScoreByBallot


def open_ballot(command: OpenBallot, room: Room) -> Iterable[Step]:
    """The ballot, by the scheme in force."""
    post, scheme = subject(command, command.posting, command.year, room)
    order = Open(context=command.context, year=command.year, part=command.part, post=post, scheme=scheme)
    yield Step(f"ballot/{key_of(command.posting, command.year, command.part)}", order)


def count(command: CountBallot, room: Room) -> Iterable[Step]:
    """The count, and the score that follows from it, by the version the ballot was opened under."""
    key = key_of(command.posting, command.year, command.part)
    yield Step(f"ballot/{key}", command)
    held: Ballot | None = room.load(f"ballot/{key}")
    if held is None or not held.cast:
        return
    post, about = posted(command.posting, room), held.opened
    versions = room.load(f"scheme/{about.programme}.{about.target[:6]}.{command.year}.{post.opened.kind}")
    order = ScoreByBallot(
        context=command.context,
        year=command.year,
        part=command.part,
        score=held.count().score({one.mark: one.worth for one in about.marks}),
        ballot=key,
        post=post,
        scheme=versions[about.scheme - 1],
    )
    yield Step(f"appraisal/{command.posting}.{command.year}", order)
