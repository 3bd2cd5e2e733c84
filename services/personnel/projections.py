"""Read models: who stands where, by id only. Personal fields are here as they are in the log: sealed.

One function an event, each a few row operations; ``project`` finds it by the event's type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.personnel import channel, leg, person, posting, returning, roster, submission, unit

PERSONS = Table(
    "persons",
    {"person": "text"},
    {"sealed": "text", "id_digest": "text", "synthetic": "bool", "registered_on": "date"},
    (("id_digest",),),
)
UNITS = Table("units", {"unit": "text"}, {"name": "text", "channel": "text", "level": "text"}, (("name",),))
SCHEMES = Table("schemes", {"programme": "text", "channel": "text"}, {"title": "text", "filed_on": "date"})
QUOTAS = Table(
    "quotas", {"programme": "text", "unit": "text"}, {"channel": "text", "townships": "int", "villages": "int"}
)
NOMINATIONS = Table(
    "nominations",
    {"nomination": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "channel", "kind", "origin", "decision", "place"), "text"),
        "status": "text", "nominated_on": "date", "checked_on": "date", "conditions": "json", "tags": "json",
        "form": "text", "form_version": "int", "copies": "int", "recipient": "text", "sealed": "text",
    },
    (("programme", "unit", "place"), ("person",)),
)
POSTINGS = Table(
    "postings",
    {"posting": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "channel", "target", "city", "county", "kind"), "text"),
        "role": "text", "tier": "text", "weak": "bool", "status": "text", "items": "int",
        **dict.fromkeys(("placed_on", "on_post_since", "recalled_on", "returned_on"), "date"),
    },
    (("programme", "city", "status"), ("unit",), ("person",), ("target",)),
)
HANDOVER = Table("handover", {"posting": "text", "item": "text"}, {"target": "text", "done_on": "date"})
RECALL_CASES = Table(
    "recall_cases", {"recall_case": "text"}, {"posting": "text", "target": "text", "cause": "text", "noted_on": "date"}
)
RECALLS = Table(
    "recalls",
    {"posting": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "target", "recall_case", "cause"), "text"),
        "recalled_on": "date",
    },
)
REPLACEMENTS = Table(
    "replacements",
    {"posting": "text"},
    {
        **dict.fromkeys(("programme", "unit", "channel", "target", "kind", "successor"), "text"),
        "due_on": "date", "filled_on": "date",
    },
)
RETURNS = Table(
    "returns",
    {"source": "text"},
    {**dict.fromkeys(("programme", "person", "unit", "target", "sending", "host"), "text"), "returned_on": "date"},
)
LEGS = Table(
    "legs",
    {"leg": "text"},
    {
        "programme": "text", "pair": "int", "direction": "text", "level": "text", "seat": "int", "person": "text",
        **dict.fromkeys(("sending", "host", "sending_city", "host_city", "status", "post", "submission"), "text"),
        "substitute": "bool", "late": "bool", "term_from": "date", "term_ends": "date", "reason": "text",
        **dict.fromkeys(("nominated_on", "reported_on", "appointed_on", "withdrawn_on", "ended_on"), "date"),
        "returned_on": "date", "assessment": "text",
    },
    (("programme", "sending_city"), ("programme", "host_city"), ("programme", "status", "term_ends")),
)
SUBMISSIONS = Table(
    "submissions",
    {"submission": "text"},
    {
        "programme": "text", "city": "text", "legs": "int", "copies": "int", "recipient": "text",
        "discussed_on": "date", "discussion": "text", "submitted_on": "date", "late": "bool",
    },
    (("programme", "city"),),
)
ARCHIVE = Table(
    "archive",
    {"person": "text", "document": "text"},
    {**dict.fromkeys(("programme", "leg", "kind", "organ", "sending", "host"), "text"), "filed_on": "date"},
)
PROMOTIONS = Table(
    "promotions",
    {"leg": "text"},
    {
        **dict.fromkeys(("programme", "person", "sending", "host", "evaluation", "post"), "text"),
        "grounds": "json", "promoted_on": "date",
    },
)

TABLES = (
    *(PERSONS, UNITS, SCHEMES, QUOTAS, NOMINATIONS, POSTINGS, HANDOVER, RECALL_CASES, RECALLS, REPLACEMENTS),
    *(RETURNS, LEGS, SUBMISSIONS, ARCHIVE, PROMOTIONS),
)


def _person(e: person.PersonRegistered) -> Iterable[Op]:
    yield PERSONS.put(
        e.person, sealed=e.sealed, id_digest=e.id_digest, synthetic=e.synthetic, registered_on=e.occurred_on
    )


def _unit(e: unit.UnitNoted) -> Iterable[Op]:
    yield UNITS.put(e.unit, name=e.name, channel=e.channel, level=e.level)


def _scheme(e: channel.ChannelSchemeFiled) -> Iterable[Op]:
    yield SCHEMES.put(e.programme, e.channel, title=e.title, filed_on=e.occurred_on)


def _quota(e: roster.UnitQuotaNoted) -> Iterable[Op]:
    yield QUOTAS.put(e.programme, e.unit, channel=e.channel, townships=e.townships, villages=e.villages)


def _nominated(e: roster.CadreNominated) -> Iterable[Op]:
    about = {
        name: getattr(e, name) for name in ("programme", "person", "unit", "channel", "kind", "origin", "decision")
    }
    yield NOMINATIONS.put(e.nomination, **about, place=e.place, status="nominated", nominated_on=e.occurred_on)


def _form(e: roster.FormSubmitted) -> Iterable[Op]:
    yield NOMINATIONS.put(
        e.nomination, form=e.form, form_version=e.version, copies=e.copies, recipient=e.recipient, sealed=e.sealed
    )


def _passed(e: roster.InitialCheckPassed) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, status="passed", checked_on=e.occurred_on, tags=list(e.tags))


def _failed(e: roster.InitialCheckFailed) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, status="failed", checked_on=e.occurred_on, conditions=list(e.conditions))


def _talked(e: roster.CommunicationRecorded) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, status="talked")


def _released(e: roster.RenominationRequested) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, status="released")


def _placed(e: posting.PlacementNoted) -> Iterable[Op]:
    about = {
        n: getattr(e, n) for n in ("programme", "person", "unit", "channel", "target", "kind", "role", "tier", "weak")
    }
    area = {"city": e.target[:4], "county": e.target[:6]}
    yield POSTINGS.put(e.posting, **about, **area, status="placed", placed_on=e.occurred_on)


def _item(e: posting.HandoverItemDone) -> Iterable[Op]:
    yield HANDOVER.put(e.posting, e.item, target=e.target, done_on=e.occurred_on)
    yield POSTINGS.put(e.posting, status="in_transfer")
    yield POSTINGS.add(e.posting, items=1)


def _on_post(e: posting.CadreOnPost) -> Iterable[Op]:
    yield POSTINGS.put(e.posting, status="on_post", on_post_since=e.occurred_on)
    place, number = e.posting.rsplit(".", 1)
    if int(number) > 1:
        yield REPLACEMENTS.put(f"{place}.{int(number) - 1}", successor=e.posting, filled_on=e.occurred_on)


def _case(e: posting.RecallCaseNoted) -> Iterable[Op]:
    yield RECALL_CASES.put(e.case, posting=e.posting, target=e.target, cause=e.trigger, noted_on=e.occurred_on)


def _recalled(e: posting.CadreRecalled) -> Iterable[Op]:
    about = {"programme": e.programme, "person": e.person, "unit": e.unit, "target": e.target}
    yield RECALLS.put(e.posting, **about, recall_case=e.case, cause=e.trigger, recalled_on=e.occurred_on)
    yield POSTINGS.put(e.posting, status="recalled", recalled_on=e.occurred_on)


def _replacement(e: posting.ReplacementDue) -> Iterable[Op]:
    about = {"programme": e.programme, "unit": e.unit, "channel": e.channel, "target": e.target, "kind": e.kind}
    yield REPLACEMENTS.put(e.posting, **about, due_on=e.occurred_on)


def _returned(e: returning.ReturnedToUnit) -> Iterable[Op]:
    about = {name: getattr(e, name) or "" for name in ("programme", "person", "unit", "target", "sending", "host")}
    yield RETURNS.put(e.posting or e.leg, **about, returned_on=e.occurred_on)
    if e.posting is not None:
        yield POSTINGS.put(e.posting, status="returned", returned_on=e.occurred_on)
    else:
        yield LEGS.put(e.leg, status="returned", returned_on=e.occurred_on)


def _leg(e: leg.SwapLegNominated) -> Iterable[Op]:
    about = {n: getattr(e, n) for n in ("programme", "pair", "direction", "level", "seat", "person", "sending", "host")}
    cities = {"sending_city": e.sending[:4], "host_city": e.host[:4]}
    substitute = not e.leg.endswith(".1")
    yield LEGS.put(e.leg, **about, **cities, status="nominated", substitute=substitute, nominated_on=e.occurred_on)


def _submitted(e: submission.NominationSubmitted) -> Iterable[Op]:
    about = {
        n: getattr(e, n) for n in ("programme", "city", "copies", "recipient", "discussed_on", "discussion", "late")
    }
    yield SUBMISSIONS.put(e.submission, **about, legs=len(e.legs), submitted_on=e.occurred_on)
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


def _ended(e: leg.TermEnded) -> Iterable[Op]:
    if e.leg is not None:
        yield LEGS.put(e.leg, status="ended", ended_on=e.occurred_on)


def _assessed(e: leg.AssessmentNoted) -> Iterable[Op]:
    yield LEGS.put(e.leg, assessment=e.assessment)


def _filed(e: leg.FiledInArchive) -> Iterable[Op]:
    about = {name: getattr(e, name) for name in ("programme", "leg", "kind", "organ", "sending", "host")}
    yield ARCHIVE.put(e.person, e.document, **about, filed_on=e.occurred_on)


def _promoted(e: leg.CadrePromoted) -> Iterable[Op]:
    about = {name: getattr(e, name) for name in ("programme", "person", "sending", "host", "evaluation", "post")}
    yield PROMOTIONS.put(e.leg, **about, grounds=list(e.grounds), promoted_on=e.occurred_on)


_WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    person.PersonRegistered: _person,
    unit.UnitNoted: _unit,
    channel.ChannelSchemeFiled: _scheme,
    roster.UnitQuotaNoted: _quota,
    roster.CadreNominated: _nominated,
    roster.FormSubmitted: _form,
    roster.InitialCheckPassed: _passed,
    roster.InitialCheckFailed: _failed,
    roster.CommunicationRecorded: _talked,
    roster.RenominationRequested: _released,
    posting.PlacementNoted: _placed,
    posting.HandoverItemDone: _item,
    posting.CadreOnPost: _on_post,
    posting.RecallCaseNoted: _case,
    posting.CadreRecalled: _recalled,
    posting.ReplacementDue: _replacement,
    returning.ReturnedToUnit: _returned,
    leg.SwapLegNominated: _leg,
    submission.NominationSubmitted: _submitted,
    leg.SecondmentPostNoted: _post,
    leg.SecondmentReported: _reported,
    leg.AppointmentRecorded: _appointed,
    leg.SecondmentWithdrawn: _withdrawn,
    leg.TermEnded: _ended,
    leg.AssessmentNoted: _assessed,
    leg.FiledInArchive: _filed,
    leg.CadrePromoted: _promoted,
}


def project(recorded: Recorded) -> Iterable[Op]:
    """The row operations of one event; none for an event that only carries rules."""
    write = _WRITES.get(type(recorded.event))
    return () if write is None else write(recorded.event)
