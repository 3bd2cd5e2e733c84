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
from msgspec.structs import replace

from kernel.codec import data_of, plain
from kernel.messages import Event
from kernel.testing import given
from services.personnel.legs.submission import SUBMISSION, NominationSubmitted, Submit
from services.personnel.schemas import EVENTS, TYPES
from tests.kit.personnel.cast import SENDING_CITY, ctx

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
    assert {path.name.split(".")[0] for path in FILES} >= FOLLOWED
    assert {kind.__name__ for kind in EVENTS} >= FOLLOWED


@pytest.mark.req("AL-058")
def test_the_golden_submission_is_what_the_decision_gives_and_one_of_the_29th_is_late() -> None:
    golden, event = read(GOLDEN / "NominationSubmitted.v1.json")
    assert isinstance(event, NominationSubmitted)

    def submit(on: str, discussed_on: date | None) -> Submit:
        return Submit(
            context=ctx(on, SENDING_CITY, "LN2002"),
            programme=event.programme,
            city=event.city,
            copies=event.copies,
            discussed_on=discussed_on,
            discussion=event.discussion,
            legs=event.legs,
            submission=event.submission,
            substitutes=False,
        )

    given(SUBMISSION).when(submit(golden["occurred_on"], event.discussed_on)).then(event)
    given(SUBMISSION).when(submit(golden["occurred_on"], None)).rejected("discussion_missing", field="discussed_on")
    late = replace(event, occurred_on=date(2002, 6, 29), late=True)
    given(SUBMISSION).when(submit("2002-06-29", event.discussed_on)).then(late)


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
