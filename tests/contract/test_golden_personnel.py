"""Golden events of personnel: what others read of its events stays readable, field by field.

A golden file is never edited once released: a changed event gets a new version and an upcaster, and the old file must
still decode.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kernel.codec import data_of, plain
from kernel.messages import Event
from services.personnel.schemas import EVENTS, TYPES

GOLDEN = Path(__file__).parent / "golden" / "personnel"
FILES = sorted(GOLDEN.glob("*.json"))
FOLLOWED = {
    "InitialCheckPassed",
    "InitialCheckFailed",
    "NomineeReplaced",
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


def read(path: Path) -> tuple[dict[str, Any], Event]:
    """The golden file and the event it decodes to."""
    golden = dict(json.loads(path.read_text(encoding="utf-8")))
    occurred_on = date.fromisoformat(golden["occurred_on"])
    return golden, TYPES.event(golden["type"], golden["schema"], golden["data"], occurred_on)


def test_every_event_that_others_follow_has_a_golden_line() -> None:
    assert {path.name.split(".")[0] for path in FILES} == FOLLOWED
    assert {kind.__name__ for kind in EVENTS} >= FOLLOWED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_event_decodes_and_encodes_to_itself(path: Path) -> None:
    golden, event = read(path)
    assert type(event).__name__ == golden["type"] == path.name.split(".")[0]
    assert plain(data_of(event)) == golden["data"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_event_names_the_areas_it_concerns_and_nobody(path: Path) -> None:
    golden, event = read(path)
    assert golden["areas"] == [golden["data"][field] for field in event.areas if golden["data"][field] is not None]
    assert not {"sealed", "name", "id_number", "mobile", "id_digest"} & golden["data"].keys()
