"""Golden lines of attendance and evaluation: what others read of their events stays readable, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from kernel import parked
from kernel.codec import canonical, data_of, plain
from services.attendance.wiring import SERVICE as ATTENDANCE
from services.evaluation.wiring import SERVICE as EVALUATION
from tests.kit.golden import files, read

SERVICES = {service.name: service for service in (ATTENDANCE, EVALUATION)}
FILES = [path for name in SERVICES for path in files(name)]
INSIDE = {
    "attendance": {"CommandRefused", "ProfileNoted", "OfficeHolderNoted", "RegisterOpened", "RegisterClosed"},
    "evaluation": {
        "CommandRefused",
        "ProfileNoted",
        "PostingHeld",
        "PostingReleased",
        "RecallClockStarted",
        "RecallClockStopped",
        "SecondmentNoted",
    },
}
"""Events nobody else follows."""
OPERATORS = {kind.__name__ for kind in parked.EVENTS}


@pytest.mark.parametrize("name", SERVICES)
def test_every_event_that_leaves_the_service_has_a_golden_line(name: str) -> None:
    assert {path.name.split(".")[0] for path in files(name)} == set(SERVICES[name].events.by_name) - INSIDE[
        name
    ] - OPERATORS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_line_decodes_to_its_event_and_back(path: Path) -> None:
    line = read(path)
    recorded = SERVICES[path.parent.name].events.recorded(canonical(line))

    assert recorded.event is not None
    assert type(recorded.event).__name__ == line["type"] == path.name.split(".")[0]
    assert plain(data_of(recorded.event)) == line["data"]
    assert recorded.event.occurred_on.isoformat() == line["occurred_on"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_line_names_its_areas_and_its_basis(path: Path) -> None:
    line = read(path)
    kind = SERVICES[path.parent.name].events.by_name[line["type"]]

    assert line["areas"] == [line["data"][field] for field in kind.areas]
    assert kind.rule is not None
    assert line["notice"]
    assert line["clause"]
