"""Read models of candidacies: how far each has come, and what was excepted for whom.

An applicant stands in ``nominations`` too, where whoever asks for a person's form, or for whom a unit sends, finds
those of every programme.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.candidacy import candidacy
from services.personnel.candidacy.further import StepTaken
from services.personnel.nomination.roster import InitialCheckFailed, NomineeReplaced
from services.personnel.nomination.roster_projection import NOMINATIONS

CANDIDACIES = Table(
    "candidacies",
    {"candidacy": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "channel", "level", "status", "pool", "consent"), "text"),
        **dict.fromkeys(("target", "posting", "replaced_by"), "text"),
        **dict.fromkeys(("tags", "preferred", "excepted", "evidence", "conditions"), "json"),
        "rank": "int",
        "retires_in_term": "bool",
        **dict.fromkeys(("applied_on", "qualified_on", "recommended_on", "approved_on", "filed_on"), "date"),
        **dict.fromkeys(("determined_on", "failed_on"), "date"),
    },
    (("programme", "unit", "rank"), ("person",)),
)
"""``rank`` is 0 for whom the notice prefers, 1 for others: equal candidates stand in this order (PE-021)."""
GATES = Table("candidate_gates", {"candidacy": "text", "gate": "text"}, {"author": "text", "passed_on": "date"})
EXCEPTIONS = Table(
    "condition_exceptions",
    {"candidacy": "text", "condition": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "channel", "reason", "organ"), "text"),
        "consented_on": "date",
    },
)
STEPS = Table("candidacy_steps", {"candidacy": "text", "step": "text"}, {"done_on": "date"})
"""The day of each step that a candidate took, of one that repeats the last; of a second candidacy the later days."""
TABLES = (CANDIDACIES, GATES, EXCEPTIONS, STEPS)


def _applied(e: candidacy.ApplicationFiled) -> Iterable[Op]:
    empty: dict[str, Any] = {key: [] for key in ("tags", "preferred", "excepted", "evidence", "conditions")}
    yield CANDIDACIES.of(
        e,
        status=e.step,
        rank=1,
        applied_on=e.occurred_on,
        **dict.fromkeys(("pool", "target", "posting", "replaced_by"), ""),
        **dict.fromkeys(("qualified_on", "recommended_on", "approved_on", "filed_on", "determined_on", "failed_on")),
        **empty,
    )
    yield _step(e)
    yield NOMINATIONS.put(
        e.candidacy,
        **{name: getattr(e, name) for name in ("programme", "person", "unit", "channel", "form")},
        kind="village",
        origin="organisation" if e.consent else "volunteer",
        place="",
        status=e.step,
        nominated_on=e.occurred_on,
        form_version=1,
    )


def _step(e: Any) -> Op:
    return STEPS.put(e.candidacy, e.step, done_on=e.occurred_on)


def _gate(e: candidacy.GatePassed) -> Iterable[Op]:
    yield GATES.of(e, passed_on=e.occurred_on)


def _excepted(e: candidacy.ConditionExcepted) -> Iterable[Op]:
    yield EXCEPTIONS.of(e, consented_on=e.occurred_on)


def _qualified(e: candidacy.NomineeQualified) -> Iterable[Op]:
    found = {"tags": list(e.tags), "preferred": list(e.preferred), "excepted": list(e.excepted)}
    evidence = [{"of": one.of, "source": one.source, "verifier": one.verifier} for one in e.evidence]
    yield CANDIDACIES.put(
        e.candidacy,
        status=e.step,
        pool=e.pool,
        rank=0 if e.preferred else 1,
        retires_in_term=bool(e.retires_in_term),
        evidence=evidence,
        qualified_on=e.occurred_on,
        **found,
    )
    yield NOMINATIONS.put(e.candidacy, status=e.step, checked_on=e.occurred_on, tags=list(e.tags))
    yield _step(e)


def _failed(e: InitialCheckFailed) -> Iterable[Op]:
    if e.nomination.startswith(f"{e.programme}."):
        yield CANDIDACIES.put(e.nomination, status="failed", failed_on=e.occurred_on, conditions=list(e.conditions))


def _replaced(e: NomineeReplaced) -> Iterable[Op]:
    if e.replaces.startswith(f"{e.programme}."):
        yield CANDIDACIES.put(e.replaces, replaced_by=e.nomination)


def _recommended(e: candidacy.NomineeRecommended) -> Iterable[Op]:
    yield CANDIDACIES.put(e.candidacy, status=e.step, recommended_on=e.occurred_on)
    yield NOMINATIONS.put(e.candidacy, status=e.step, decision=e.decision)
    yield _step(e)


def _approved(e: candidacy.PovertyOfficeApproved) -> Iterable[Op]:
    yield CANDIDACIES.put(e.candidacy, status=e.step, approved_on=e.occurred_on)
    yield NOMINATIONS.put(e.candidacy, status=e.step)
    yield _step(e)


def _further(e: StepTaken) -> Iterable[Op]:
    yield CANDIDACIES.put(e.candidacy, status=e.step)
    yield NOMINATIONS.put(e.candidacy, status=e.step)
    yield _step(e)


def _filed(e: candidacy.NomineeFiled) -> Iterable[Op]:
    yield CANDIDACIES.put(e.candidacy, status=e.step, filed_on=e.occurred_on)
    yield NOMINATIONS.put(e.candidacy, status=e.step)
    yield _step(e)


def _determined(e: candidacy.NomineeDetermined) -> Iterable[Op]:
    place = {"target": e.target, "posting": e.posting}
    yield CANDIDACIES.put(e.candidacy, status=e.step, determined_on=e.occurred_on, **place)
    yield NOMINATIONS.put(e.candidacy, status=e.step)
    yield _step(e)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    candidacy.ApplicationFiled: _applied,
    candidacy.GatePassed: _gate,
    candidacy.ConditionExcepted: _excepted,
    candidacy.NomineeQualified: _qualified,
    InitialCheckFailed: _failed,
    NomineeReplaced: _replaced,
    candidacy.NomineeRecommended: _recommended,
    candidacy.PovertyOfficeApproved: _approved,
    StepTaken: _further,
    candidacy.NomineeFiled: _filed,
    candidacy.NomineeDetermined: _determined,
}
