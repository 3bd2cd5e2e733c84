"""Each event that a service reacts to, and each the audit follows, is decided somewhere in the service it is named of.

A reaction to an event that nobody sends is a promise that is never kept, and a test of it proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from audit.follows import FOLLOWS, SUBJECT
from kernel.part import Part
from services import FOLLOWS as SERVICES_FOLLOW
from services.allocation import parts as allocation
from services.allocation import reactions as in_allocation
from services.attendance import parts as attendance
from services.attendance import reactions as in_attendance
from services.evaluation import parts as evaluation
from services.evaluation import reactions as in_evaluation
from services.personnel import parts as personnel
from services.personnel import reactions as in_personnel

PARTS: Mapping[str, Iterable[Part[Any]]] = {
    "allocation": allocation.PARTS,
    "attendance": attendance.PARTS,
    "evaluation": evaluation.PARTS,
    "personnel": personnel.PARTS,
}
REACTIONS: Mapping[str, Iterable[str]] = {
    "allocation": in_allocation.REACTIONS,
    "attendance": in_attendance.REACTIONS,
    "evaluation": in_evaluation.REACTIONS,
    "personnel": in_personnel.REACTIONS,
}


def decided(parts: Mapping[str, Iterable[Part[Any]]]) -> set[str]:
    """Every event that a part's own functions or its records may write, as ``service.Event``."""
    return {f"{service}.{event.__name__}" for service, own in parts.items() for part in own for event in part.events}


def unsent(named: Iterable[str]) -> set[str]:
    """Those of ``named`` that no service decides."""
    return set(named) - decided(PARTS)


def test_whom_a_service_follows_is_what_its_relay_is_told() -> None:
    named = {service: {name.split(".")[0] for name in own} for service, own in REACTIONS.items()}
    assert {service: set(sources) for service, sources in SERVICES_FOLLOW.items()} == named


@pytest.mark.parametrize("service", sorted(REACTIONS))
def test_what_a_service_reacts_to_is_sent_by_another(service: str) -> None:
    assert not unsent(REACTIONS[service])
    assert not [kind for kind in REACTIONS[service] if kind.startswith(f"{service}.")]


@pytest.mark.parametrize("service", sorted(FOLLOWS))
def test_what_the_audit_follows_is_sent_and_reacted_to(service: str) -> None:
    assert not unsent(FOLLOWS[service])
    assert FOLLOWS[service] <= set(REACTIONS[service])
    assert FOLLOWS[service] <= SUBJECT.keys()


def test_every_subject_of_the_audit_is_followed() -> None:
    assert set(SUBJECT) == set().union(*FOLLOWS.values())


def test_an_event_that_nobody_sends_is_seen() -> None:
    assert unsent(["personnel.CadreOnPost", "personnel.CadreApplauded"]) == {"personnel.CadreApplauded"}
