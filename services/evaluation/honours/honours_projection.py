"""Read models of honours: who was selected, consulted about, proposed, and commended."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Event
from kernel.projection import Op, Table
from services.evaluation.honours import commendation, honour

COMMENDATIONS = Table(
    "commendations",
    {"programme": "text", "subject": "text"},
    {
        "kind": "text",
        "person": "text",
        "sending": "text",
        "host": "text",
        "criteria": "json",
        "selected_on": "date",
        "consulted_on": "date",
        "proposed_on": "date",
        "form_filed_on": "date",
        "form_late": "bool",
        "granted_on": "date",
        "reason": "text",
    },
)

ALLOTMENTS = Table("commendation_quota", {"programme": "text", "city": "text"}, {"counties": "int", "persons": "int"})

HONOURS = Table(
    "honours",
    {"honour": "text"},
    {
        "programme": "text",
        "posting": "text",
        "person": "text",
        "target": "text",
        "title": "text",
        "result": "text",
        "preferred": "bool",
        "equal": "text",
        "organ": "text",
        "document": "text",
        "given_on": "date",
    },
    (("posting",),),
)

TABLES = (COMMENDATIONS, ALLOTMENTS, HONOURS)


def rows(event: Event | None) -> Iterable[Op]:
    """The rows an event writes."""
    match event:
        case commendation.CommendationQuotaAllotted():
            yield ALLOTMENTS.of(event)
        case honour.HonourGiven():
            yield HONOURS.of(event, result=event.result or "", given_on=event.occurred_on)
        case commendation.CommendationSelected() | commendation.AdvancedCityChosen():
            said = {"person": event.person or "", "criteria": dict(event.criteria)}
            yield COMMENDATIONS.of(event, selected_on=event.occurred_on, **said)
        case commendation.ReceivingCityConsulted():
            yield COMMENDATIONS.put(event.programme, event.subject, consulted_on=event.occurred_on)
        case commendation.CommendationProposed():
            yield COMMENDATIONS.put(event.programme, event.subject, proposed_on=event.occurred_on)
        case commendation.CommendationFormFiled():
            filed = {"form_filed_on": event.occurred_on, "form_late": event.late}
            yield COMMENDATIONS.put(event.programme, event.subject, **filed)
        case commendation.CommendationGranted():
            granted = {"granted_on": event.occurred_on, "reason": event.reason}
            yield COMMENDATIONS.put(event.programme, event.subject, **granted)
