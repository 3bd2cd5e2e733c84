"""Read models of nominations: schemes and places of channels, who was nominated for which place, how the check went."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kernel.projection import Op, Table
from services.personnel.nomination import channel, roster

SCHEMES = Table("schemes", {"programme": "text", "channel": "text"}, {"title": "text", "filed_on": "date"})
QUOTAS = Table(
    "quotas", {"programme": "text", "unit": "text"}, {"channel": "text", "townships": "int", "villages": "int"}
)
NOMINATIONS = Table(
    "nominations",
    {"nomination": "text"},
    {
        **dict.fromkeys(("programme", "person", "unit", "channel", "kind", "origin", "decision", "place"), "text"),
        "status": "text",
        "nominated_on": "date",
        "checked_on": "date",
        "conditions": "json",
        "tags": "json",
        "form": "text",
        "form_version": "int",
        "copies": "int",
        "recipient": "text",
    },
    (("programme", "unit", "place"), ("person",)),
)
"""What a form holds stands in ``versions`` alone."""

TABLES = (SCHEMES, QUOTAS, NOMINATIONS)


def _scheme(e: channel.ChannelSchemeFiled) -> Iterable[Op]:
    yield SCHEMES.of(e, filed_on=e.occurred_on)


def _quota(e: roster.UnitQuotaNoted) -> Iterable[Op]:
    yield QUOTAS.of(e)


def _nominated(e: roster.CadreNominated) -> Iterable[Op]:
    {name: getattr(e, name) for name in ("programme", "person", "unit", "channel", "kind", "origin", "decision")}
    yield NOMINATIONS.of(e, status="nominated", nominated_on=e.occurred_on)


def _form(e: roster.FormSubmitted) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, form=e.form, form_version=e.version, copies=e.copies, recipient=e.recipient)


def _passed(e: roster.InitialCheckPassed) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, status="passed", checked_on=e.occurred_on, tags=list(e.tags))


def _failed(e: roster.InitialCheckFailed) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, status="failed", checked_on=e.occurred_on, conditions=list(e.conditions))


def _talked(e: roster.CommunicationRecorded) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, status="talked")


def _released(e: roster.RenominationRequested) -> Iterable[Op]:
    yield NOMINATIONS.put(e.nomination, status="released")


WRITES: Mapping[type, Callable[[Any], Iterable[Op]]] = {
    channel.ChannelSchemeFiled: _scheme,
    roster.UnitQuotaNoted: _quota,
    roster.CadreNominated: _nominated,
    roster.FormSubmitted: _form,
    roster.InitialCheckPassed: _passed,
    roster.InitialCheckFailed: _failed,
    roster.CommunicationRecorded: _talked,
    roster.RenominationRequested: _released,
}
