"""Golden lines of personnel: what others read of its events stays readable, field by field.

A golden file is a stored line as it travels. It is never edited once released: a changed event gets a new version and
an upcaster, and the old file must still decode.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kernel.codec import canonical, data_of, plain
from services.personnel.schemas import EVENTS, TYPES

GOLDEN = Path(__file__).parent / "golden" / "personnel"
FILES = sorted(GOLDEN.glob("*.json"))
FOLLOWED = {
    "InitialCheckPassed",
    "HandoverItemDone",
    "CadreOnPost",
    "CadreRecalled",
    "ReplacementDue",
    "ReturnedToUnit",
    "SwapLegNominated",
    "NominationSubmitted",
    "SecondmentReported",
    "AppointmentRecorded",
    "SecondmentWithdrawn",
    "TermEnded",
    "FiledInArchive",
    "CadrePromoted",
}


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_every_event_that_others_follow_has_a_golden_line() -> None:
    assert {path.name.split(".")[0] for path in FILES} == FOLLOWED
    assert {kind.__name__ for kind in EVENTS} >= FOLLOWED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_line_decodes_to_its_event_and_back(path: Path) -> None:
    line = read(path)
    recorded = TYPES.recorded(canonical(line))
    assert recorded.event is not None
    assert type(recorded.event).__name__ == line["type"] == path.name.split(".")[0]
    assert plain(data_of(recorded.event)) == line["data"]
    assert recorded.event.occurred_on.isoformat() == line["occurred_on"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_line_names_the_areas_it_concerns_and_nobody(path: Path) -> None:
    line = read(path)
    fields = type(TYPES.recorded(canonical(line)).event).areas
    assert line["areas"] == [line["data"][field] for field in fields if line["data"][field] is not None]
    assert not {"sealed", "name", "id_number", "mobile", "id_digest"} & line["data"].keys()
