"""Read models of privacy: who read whose data and who entered it, how far each erasure has come, what must be kept by
law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.personnel.candidacy.candidacy import ApplicationFiled
from services.personnel.nomination.roster import FormSubmitted
from services.personnel.persons.person import PersonCorrected, PersonEnteredAgain, PersonRegistered
from services.personnel.persons.person_projection import PERSONS
from services.personnel.privacy import disclosure, legal_hold, privacy

ERASURES = Table(
    "erasures",
    {"person": "text"},
    {
        **dict.fromkeys(("status", "requester", "reason", "approver", "export"), "text"),
        **dict.fromkeys(("requested_on", "approved_on", "exported_on", "erased_on"), "date"),
    },
)
HOLDS = Table(
    "holds",
    {"person": "text", "hold": "text"},
    {
        **dict.fromkeys(("basis", "lift_requester", "lift_reason"), "text"),
        **dict.fromkeys(("placed_on", "lift_requested_on", "lifted_on"), "date"),
    },
)
VERSIONS = Table(
    "versions",
    {"position": "int"},
    {
        **dict.fromkeys(("person", "part", "programme", "nomination", "entered_by", "post", "organ", "sealed"), "text"),
        "fields": "json",
        "entered_on": "date",
        "recorded_at": "int",
    },
    (("person",),),
)
"""Everything that was ever entered of a person, as it was entered: ``part`` is "personal", "form" or
"correction", which holds the corrected fields alone."""
ACCESSES = Table(
    "accesses",
    {"position": "int"},
    {
        **dict.fromkeys(("reader", "post", "organ", "role", "purpose", "correlation"), "text"),
        "persons": "json",
        "fields": "json",
        "count": "int",
        "again": "int",
        "read_on": "date",
        "recorded_at": "int",
    },
    (("read_on",),),
)

TABLES = (ERASURES, HOLDS, ACCESSES, VERSIONS)


READINGS = frozenset((disclosure.PersonalDataRead, disclosure.PersonalDataReadAgain))


def accesses(recorded: Recorded) -> Iterable[Op]:
    """The row of one reading of personal data; who read stands in the envelope too, with post and organ.

    ``again`` is how many times it was repeated within its window.
    """
    e = recorded.event
    if isinstance(e, disclosure.PersonalDataRead):
        yield ACCESSES.put(
            recorded.position,
            reader=e.reader,
            post=recorded.actor["post"],
            organ=recorded.actor["organ"],
            role=e.role,
            purpose=e.purpose,
            correlation=recorded.correlation,
            persons=list(e.persons),
            fields=list(e.fields),
            count=e.count,
            read_on=e.occurred_on,
            recorded_at=recorded.recorded_at,
        )
    if isinstance(e, disclosure.PersonalDataReadAgain):
        yield ACCESSES.add(e.first, again=e.again)


PARTS: Mapping[type, str] = {
    PersonRegistered: "personal",
    PersonEnteredAgain: "personal",
    FormSubmitted: "form",
    ApplicationFiled: "form",
    PersonCorrected: "correction",
}


def versions(recorded: Recorded) -> Iterable[Op]:
    """The row of one version of a person's data; who entered it stands in the envelope."""
    e: Any = recorded.event
    part = PARTS.get(type(e))
    if part is not None:
        named = {"nomination": e.candidacy} if isinstance(e, ApplicationFiled) else {}
        yield VERSIONS.of(
            e,
            **named,
            position=recorded.position,
            part=part,
            sealed=e.changes if isinstance(e, PersonCorrected) else e.sealed,
            fields=list(e.fields) if isinstance(e, PersonCorrected) else [],
            entered_by=recorded.actor["person"],
            post=recorded.actor["post"],
            organ=recorded.actor["organ"],
            entered_on=e.occurred_on,
            recorded_at=recorded.recorded_at,
        )


def _requested(e: privacy.ErasureRequested) -> Iterable[Op]:
    yield ERASURES.of(
        e, status="requested", requested_on=e.occurred_on, approver="", approved_on=None, exported_on=None
    )


def _approved(e: privacy.ErasureApproved) -> Iterable[Op]:
    yield ERASURES.put(e.person, status="approved", approver=e.approver, approved_on=e.occurred_on)


def _exported(e: privacy.PersonalDataExported) -> Iterable[Op]:
    yield ERASURES.put(e.person, status="exported", exported_on=e.occurred_on)


def _erased(e: privacy.PersonErased) -> Iterable[Op]:
    yield PERSONS.put(e.person, erased_on=e.occurred_on)
    yield ERASURES.put(e.person, status="erased", erased_on=e.occurred_on, export=e.export)


def _placed(e: legal_hold.LegalHoldPlaced) -> Iterable[Op]:
    yield HOLDS.of(
        e, placed_on=e.occurred_on, lift_requester="", lift_reason="", lift_requested_on=None, lifted_on=None
    )


def _lift_requested(e: legal_hold.HoldLiftRequested) -> Iterable[Op]:
    asked = {"lift_requester": e.requester, "lift_reason": e.reason, "lift_requested_on": e.occurred_on}
    yield HOLDS.put(e.person, e.hold, **asked)


def _lifted(e: legal_hold.LegalHoldLifted) -> Iterable[Op]:
    yield HOLDS.of(e, lifted_on=e.occurred_on)


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    privacy.ErasureRequested: _requested,
    privacy.ErasureApproved: _approved,
    privacy.PersonalDataExported: _exported,
    privacy.PersonErased: _erased,
    legal_hold.LegalHoldPlaced: _placed,
    legal_hold.HoldLiftRequested: _lift_requested,
    legal_hold.LegalHoldLifted: _lifted,
}
