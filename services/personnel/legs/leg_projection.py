"""Read models of legs: submissions, service, archive, promotion."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.legs import breach, conditions, leg, submission
from services.personnel.postings import returning

LEGS = Table(
    "legs",
    {"leg": "text"},
    {
        "programme": "text",
        "pair": "int",
        "direction": "text",
        "level": "text",
        "seat": "int",
        "person": "text",
        **dict.fromkeys(("sending", "host", "sending_city", "host_city", "status", "post", "submission"), "text"),
        "substitute": "bool",
        "late": "bool",
        "term_from": "date",
        "term_ends": "date",
        "reason": "text",
        **dict.fromkeys(("nominated_on", "reported_on", "appointed_on", "withdrawn_on", "ended_on"), "date"),
        "returned_on": "date",
        "assessment": "text",
    },
    (("programme", "sending_city"), ("programme", "host_city"), ("programme", "status", "term_ends"), ("person",)),
)
SUBMISSIONS = Table(
    "submissions",
    {"submission": "text"},
    {
        "programme": "text",
        "city": "text",
        "legs": "int",
        "copies": "int",
        "recipient": "text",
        "discussed_on": "date",
        "discussion": "text",
        "submitted_on": "date",
        "late": "bool",
    },
    (("programme", "city"),),
)
ARCHIVE = Table(
    "archive",
    {"person": "text", "document": "text"},
    {
        **dict.fromkeys(("programme", "leg", "kind", "organ", "sending", "host"), "text"),
        "filed_on": "date",
        "withdrawn_on": "date",
    },
)
PROMOTIONS = Table(
    "promotions",
    {"leg": "text"},
    {
        **dict.fromkeys(("programme", "person", "sending", "host", "evaluation", "post"), "text"),
        "grounds": "json",
        "promoted_on": "date",
    },
)

BREACHES = Table(
    "swap_breaches",
    {"leg": "text", "kind": "text", "found_on": "date"},
    {**dict.fromkeys(("programme", "person", "sending", "host", "note"), "text")},
)

SWAP_CONDITIONS = Table(
    "swap_conditions",
    {"leg": "text"},
    {
        **dict.fromkeys(("programme", "person", "level", "sending", "host"), "text"),
        **dict.fromkeys(("reserve", "reserve_reason", "education", "education_reason"), "text"),
        "age_limit": "int",
        "age_reference": "date",
        **dict.fromkeys(("age_assumed", "age_by_month"), "bool"),
    },
)

TABLES = (
    BREACHES,
    SWAP_CONDITIONS,
    LEGS,
    SUBMISSIONS,
    ARCHIVE,
    PROMOTIONS,
)


def _leg(e: leg.SwapLegNominated) -> Iterable[Op]:
    about = {n: getattr(e, n) for n in ("programme", "pair", "direction", "level", "seat", "person", "sending", "host")}
    cities = {"sending_city": e.sending[:4], "host_city": e.host[:4]}
    substitute = not e.leg.endswith(".1")
    yield LEGS.put(e.leg, **about, **cities, status="nominated", substitute=substitute, nominated_on=e.occurred_on)


def _submitted(e: submission.NominationSubmitted) -> Iterable[Op]:
    yield SUBMISSIONS.of(e, legs=len(e.legs), submitted_on=e.occurred_on)
    for key in e.legs:
        yield LEGS.put(key, submission=e.submission)


def _post(e: leg.SecondmentPostNoted) -> Iterable[Op]:
    yield LEGS.put(e.leg, post=e.post)


def _reported(e: leg.SecondmentReported) -> Iterable[Op]:
    term = {"term_from": e.term_from, "term_ends": e.term_ends}
    yield LEGS.put(e.leg, status="reported", reported_on=e.occurred_on, late=e.late, **term)


def _appointed(e: leg.AppointmentRecorded) -> Iterable[Op]:
    yield LEGS.put(e.leg, appointed_on=e.occurred_on)


def _withdrawn(e: leg.SecondmentWithdrawn) -> Iterable[Op]:
    yield LEGS.put(e.leg, status="withdrawn", withdrawn_on=e.occurred_on, reason=e.reason)


def _ended(e: returning.TermEnded) -> Iterable[Op]:
    if e.leg is not None:
        yield LEGS.put(e.leg, status="ended", ended_on=e.occurred_on)


def _returned(e: returning.ReturnedToUnit) -> Iterable[Op]:
    if e.leg is not None:
        yield LEGS.put(e.leg, status="returned", returned_on=e.occurred_on)


def _assessed(e: leg.AssessmentNoted) -> Iterable[Op]:
    yield LEGS.put(e.leg, assessment=e.assessment)


def _filed(e: leg.FiledInArchive) -> Iterable[Op]:
    yield ARCHIVE.of(e, filed_on=e.occurred_on, withdrawn_on=None)


def _taken_out(e: leg.ArchiveItemWithdrawn) -> Iterable[Op]:
    yield ARCHIVE.put(e.person, e.document, withdrawn_on=e.occurred_on)


def _promoted(e: leg.CadrePromoted) -> Iterable[Op]:
    yield PROMOTIONS.of(e, grounds=list(e.grounds), promoted_on=e.occurred_on)


def _judged(e: conditions.SwapConditionsJudged) -> Iterable[Op]:
    yield SWAP_CONDITIONS.of(e, age_limit=e.age_limit or 0)


def _breach(e: breach.SwapBreachRecorded) -> Iterable[Op]:
    yield BREACHES.of(e, found_on=e.occurred_on)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    leg.SwapLegNominated: _leg,
    breach.SwapBreachRecorded: _breach,
    conditions.SwapConditionsJudged: _judged,
    submission.NominationSubmitted: _submitted,
    leg.SecondmentPostNoted: _post,
    leg.SecondmentReported: _reported,
    leg.AppointmentRecorded: _appointed,
    leg.SecondmentWithdrawn: _withdrawn,
    returning.TermEnded: _ended,
    returning.ReturnedToUnit: _returned,
    leg.AssessmentNoted: _assessed,
    leg.FiledInArchive: _filed,
    leg.ArchiveItemWithdrawn: _taken_out,
    leg.CadrePromoted: _promoted,
}
