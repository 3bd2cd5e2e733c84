"""Read models of reserves: who stood on the roster when, who acted, reviews and opinions, rounds, cases."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.codec import plain
from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.evaluation.reserves import breach, rounds
from services.evaluation.reserves.reserve import ENTERED, LEFT, ReserveActNoted, ReserveReviewed, VillageOpinionGiven

_PERSON = {"programme": "text", "person": "text"}
STANDINGS = Table(
    "reserve_standings",
    {**_PERSON, "village": "text"},
    {"since": "date", "over": "date", "left_by": "text"},
    (("village",),),
)
"""Since and until when a person last stood on a village's roster, and by which act it was left."""
ACTS = Table(
    "reserve_acts",
    {**_PERSON, "act": "text"},
    {"village": "text", "what": "text", "account": "text", "office": "text", "organ": "text", "done_on": "date"},
)
REVIEWS = Table(
    "reserve_reviews",
    {**_PERSON, "quarter": "text", "level": "text", "version": "int"},
    {"village": "text", "potential": "text", "shortcomings": "text", "opinion": "text", "given_on": "date"},
    (("village",),),
)
ROUNDS = Table(
    "reserve_rounds",
    {"programme": "text", "area": "text", "kind": "text", "period": "text", "version": "int"},
    {"finding": "text", "done_on": "date"},
)
BREACHES = Table(
    "breach_cases",
    {"breach": "text"},
    {**_PERSON, "village": "text", "acts": "json", "finding": "text", "responsible": "json", "opened_on": "date"},
)
PURSUED = Table(
    "responsibility_pursued",
    {"breach": "text", "account": "text", "document": "text"},
    {"village": "text", "measure": "text", "pursued_on": "date"},
)
TABLES = (STANDINGS, ACTS, REVIEWS, ROUNDS, BREACHES, PURSUED)
_KINDS = {
    rounds.HalfYearAnalysis: "analysis",
    rounds.TownshipInspected: "inspection",
    rounds.YearEndAppraised: "appraisal",
}


def rows(recorded: Recorded) -> Iterable[Op]:
    """The rows an event writes."""
    event = recorded.event
    match event:
        case ReserveActNoted():
            yield ACTS.of(event, act=event.source, what=event.act, done_on=event.occurred_on)
            if event.act == ENTERED:
                yield STANDINGS.of(event, since=event.occurred_on, over=None, left_by="")
            elif event.act in LEFT:
                yield STANDINGS.of(event, over=event.occurred_on, left_by=event.act)
        case ReserveReviewed():
            yield from _given(event, "township")
        case VillageOpinionGiven():
            yield from _given(event, "village")
        case rounds.HalfYearAnalysis() | rounds.TownshipInspected() | rounds.YearEndAppraised():
            yield ROUNDS.of(event, kind=_KINDS[type(event)], done_on=event.occurred_on)
        case breach.BreachCaseOpened():
            lists = {"acts": list(event.acts), "responsible": plain(event.responsible)}
            yield BREACHES.of(event, **lists, opened_on=event.occurred_on)
        case breach.ResponsibilityPursued():
            yield PURSUED.of(event, pursued_on=event.occurred_on)


def _given(event: ReserveReviewed | VillageOpinionGiven, level: str) -> Iterable[Op]:
    act = f"{event.quarter}.{level}.{event.version}"
    yield REVIEWS.of(event, level=level, given_on=event.occurred_on)
    yield ACTS.of(event, act=act, what=type(event).__name__, done_on=event.occurred_on)
