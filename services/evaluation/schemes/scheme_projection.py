"""Read models of schemes and of who is assessed."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.codec import plain
from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.schemes import appraisee, scheme

SCHEMES = Table(
    "schemes",
    {"programme": "text", "county": "text", "year": "int", "kind": "text", "version": "int"},
    {
        "in_force_from": "date",
        "mass_weight": "int",
        "whole": "int",
        "full_score": "int",
        "parts": "json",
        "bands": "json",
        "marks": "json",
        "document": "text",
    },
)

APPRAISEES = Table(
    "appraisees",
    {"posting": "text"},
    {
        "programme": "text",
        "person": "text",
        "target": "text",
        "kind": "text",
        "unit": "text",
        "opened_on": "date",
        "closed_on": "date",
        "cause": "text",
    },
    (("target",),),
)

SENDERS = Table("senders", {"posting": "text", "since": "date"}, {"target": "text", "unit": "text"})
"""Which unit sends a cadre, and where the village stands, from a day on."""


def sender(posting: str, day: str) -> str:
    """SQL of the unit that sends a posting's cadre on a day, both named by SQL; "" where none was told."""
    last = f"select w.unit from senders w where w.posting = {posting} and w.since <= {day}"
    return f"coalesce(({last} order by w.since desc limit 1), '')"


TABLES = (SCHEMES, APPRAISEES, SENDERS)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case scheme.AssessmentSchemeSet():
            lists = {name: plain(getattr(event, name)) for name in ("parts", "bands", "marks")}
            yield SCHEMES.of(event, in_force_from=event.occurred_on, full_score=event.full, **lists)
        case appraisee.AppraisalOpened():
            yield APPRAISEES.of(event, unit=event.unit or "", opened_on=event.occurred_on)
            yield SENDERS.of(event, since=event.occurred_on, unit=event.unit or "")
        case appraisee.AppraisalMoved():
            yield APPRAISEES.put(event.posting, target=event.target, unit=event.unit or "")
            yield SENDERS.of(event, since=event.occurred_on, unit=event.unit or "")
        case appraisee.AppraisalClosed():
            yield APPRAISEES.put(event.posting, closed_on=event.occurred_on, cause=event.cause)
