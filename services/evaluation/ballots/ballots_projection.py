"""Read models of ballots: how many slips were handed out and came back, each ballot that was cast, the count."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.codec import plain
from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.ballots import ballot

BALLOTS = Table(
    "ballots",
    {"ballot": "text"},
    {
        "programme": "text",
        "posting": "text",
        "target": "text",
        "year": "int",
        "part": "text",
        "scheme": "int",
        "marks": "json",
        "opened_on": "date",
        "issued": "int",
        "cast_slips": "int",
        "counted_on": "date",
        "counts": "json",
        "root": "text",
        "score": "int",
        "full_score": "int",
    },
    (("posting",),),
)

CAST = Table("cast_ballots", {"ballot": "text", "serial": "text"}, {"mark": "text"})

TABLES = (BALLOTS, CAST)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case ballot.BallotOpened():
            yield BALLOTS.of(event, marks=plain(event.marks), full_score=event.full, opened_on=event.occurred_on)
        case ballot.SlipsIssued():
            yield BALLOTS.put(event.ballot, issued=event.issued)
        case ballot.BallotsCast():
            yield BALLOTS.put(event.ballot, cast_slips=event.cast)
            yield from (CAST.put(event.ballot, slip.serial, mark=slip.mark) for slip in event.slips)
        case ballot.BallotCounted():
            counts = {one.mark: one.number for one in event.counts}
            found = {"counts": counts, "root": event.root, "score": event.score}
            yield BALLOTS.put(event.ballot, counted_on=event.occurred_on, **found)
